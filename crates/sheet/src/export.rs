//! A catalogue as tables.

use crate::table::{FIELDS, ITEMS, MATERIALS, Row, Table};
use daiban_domain::item::{
    Catalogue, Item,
    element::{self, Element},
};

/// The newest version of every item, with its materials and fields.
pub fn export(catalogue: &Catalogue) -> Vec<Table> {
    let items = catalogue.newest();
    let texts = items.iter().map(|item| cells(&element::ITEM, *item).collect());
    vec![
        table(ITEMS, labels(&element::ITEM).collect(), texts),
        parts(MATERIALS, &items, &element::MATERIAL, |item| &item.materials),
        parts(FIELDS, &items, &element::FIELD, |item| &item.fields),
    ]
}

/// A table of what items have several of, each row under the item that it belongs to.
fn parts<T: 'static>(
    name: &str,
    items: &[&Item],
    elements: &'static [Element<T>],
    of: fn(&Item) -> &Vec<T>,
) -> Table {
    let heading = [element::ITEM_ID, element::NAME].map(str::to_owned).into_iter().chain(labels(elements));
    let rows = items.iter().flat_map(|item| {
        let whose = [item.item_id.clone(), item.name.clone()];
        of(item).iter().map(move |part| whose.clone().into_iter().chain(cells(elements, part)).collect())
    });
    table(name, heading.collect(), rows)
}

/// What a cell of the column may hold, where that is known.
pub fn choices(table: &str, heading: &str) -> Vec<&'static str> {
    fn of<T: Default>(elements: &[Element<T>], heading: &str) -> Vec<&'static str> {
        let element = elements.iter().find(|element| element.label == heading);
        element.map(|element| (element.choices)(&T::default())).unwrap_or_default()
    }
    match table {
        ITEMS => of(&element::ITEM, heading),
        MATERIALS => of(&element::MATERIAL, heading),
        FIELDS => of(&element::FIELD, heading),
        _ => Vec::new(),
    }
}

fn labels<T>(elements: &[Element<T>]) -> impl Iterator<Item = String> {
    elements.iter().map(|element| element.label.to_owned())
}

fn cells<T>(elements: &[Element<T>], of: &T) -> impl Iterator<Item = String> {
    elements.iter().map(|element| (element.text)(of))
}

fn table(name: &str, heading: Vec<String>, rows: impl Iterator<Item = Vec<String>>) -> Table {
    let rows = (2..).zip(rows).map(|(number, cells)| Row { number, cells }).collect();
    Table { name: name.to_owned(), heading, rows }
}
