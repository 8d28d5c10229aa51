//! Tables as a catalogue, over the one that is published.

use crate::table::{FIELDS, ITEMS, MATERIALS, Row, Table};
use daiban_domain::item::{
    Catalogue, Field, Item, Limit, Material,
    element::{self, Element},
    field::{Form, Misread, Part},
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Why a row isn't taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowError {
    pub sheet: String,
    /// As the spreadsheet counts; 0 where it is about the whole sheet.
    pub row: u32,
    pub column: String,
    pub reason: String,
}

/// What to do with the rows that are right while others are wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taking {
    AllOrNothing,
    /// Of an item with anything wrong nothing is taken.
    TheGood,
}

#[derive(Clone, Debug)]
pub struct Imported {
    /// The base with what was taken; the base itself if nothing was.
    pub catalogue: Catalogue,
    /// Items taken, by their ids.
    pub taken: Vec<String>,
    pub errors: Vec<RowError>,
    /// What a clerk may not have meant: columns nobody knows, items that aren't in the table.
    pub notes: Vec<String>,
}

/// Lays tables over a catalogue. An element without a column, and an item without a row, stay as they are in the base; so
/// do materials or fields whose table isn't there. A row finds its item by id, or by name where it has none.
pub fn import(tables: &[Table], base: &Catalogue, taking: Taking) -> Imported {
    let mut reading = Reading { base: base.newest(), ..Reading::default() };
    match find(tables, ITEMS) {
        Some(table) => reading.items(table),
        None => reading.errors.push(RowError {
            sheet: ITEMS.to_owned(),
            row: 0,
            column: String::new(),
            reason: "没有“事项”表。请用导出的表来填，不要改表名。".to_owned(),
        }),
    }
    if let Some(table) = find(tables, MATERIALS) {
        let material = Parts {
            elements: &element::MATERIAL,
            of: |item: &mut Item| &mut item.materials,
            key: |material: &Material| &material.material_code,
            key_label: "材料代码",
        };
        reading.parts(table, &material);
    }
    if let Some(table) = find(tables, FIELDS) {
        let field = Parts {
            elements: &element::FIELD,
            of: |item: &mut Item| &mut item.fields,
            key: |field: &Field| &field.key,
            key_label: "字段代码",
        };
        reading.parts(table, &field);
        reading.forms(table);
    }
    reading.finish(base, taking)
}

fn find<'a>(tables: &'a [Table], name: &str) -> Option<&'a Table> {
    tables.iter().find(|table| table.name == name)
}

/// Materials or fields: where they lie in an item, and by what they are the same.
struct Parts<T: 'static> {
    elements: &'static [Element<T>],
    of: fn(&mut Item) -> &mut Vec<T>,
    key: fn(&T) -> &String,
    key_label: &'static str,
}

#[derive(Default)]
struct Reading<'a> {
    base: Vec<&'a Item>,
    /// Items as the tables have them so far, in the order of the table.
    items: Vec<Item>,
    /// The ids of these.
    ids: HashSet<String>,
    /// Items that have an error somewhere.
    wrong: BTreeSet<String>,
    errors: Vec<RowError>,
    notes: Vec<String>,
}

impl Reading<'_> {
    fn items(&mut self, table: &Table) {
        self.heading(table, &labels(&element::ITEM));
        let (id, name) = (table.column(element::ITEM_ID), table.column(element::NAME));
        for row in &table.rows {
            let known = self.known(row.cell(id), row.cell(name));
            let new = known.is_none();
            let mut item = known.unwrap_or_else(|| self.new_item(row.cell(id)));
            let (item_id, version) = (item.item_id.clone(), item.version);
            let mut faults = put_row(table, row, &element::ITEM, &mut item, new);
            // A row that found its item by name has no id of its own, and one without a number keeps the version's.
            if item.item_id.is_empty() {
                item.item_id = item_id;
            }
            if item.version == 0 {
                item.version = version;
            }
            if !self.ids.insert(item.item_id.clone()) {
                faults
                    .push((element::ITEM_ID, format!("{} 在前面的行里已经有了。请只留一行。", item.item_id)));
            }
            self.fail(table, row, faults, &item.item_id);
            self.items.push(item);
        }
        for item in &self.base {
            if !self.ids.contains(&item.item_id) {
                self.notes.push(format!(
                    "表里没有 {}“{}”，目录里保留不变。要取消的请填截止日期。",
                    item.item_id, item.name
                ));
            }
        }
    }

    fn known(&self, id: &str, name: &str) -> Option<Item> {
        let by_id = |item: &&&Item| item.item_id == id;
        let by_name = |item: &&&Item| id.is_empty() && item.name == name;
        self.base.iter().find(|item| by_id(item) || by_name(item)).map(|item| (*item).clone())
    }

    fn parts<T: Clone + Default>(&mut self, table: &Table, parts: &Parts<T>) {
        let mut known = vec![element::ITEM_ID, element::NAME];
        known.extend(labels(parts.elements));
        self.heading(table, &known);
        let (id, name) = (table.column(element::ITEM_ID), table.column(element::NAME));
        // The table is the whole list of every item of the table of items.
        let mut before: BTreeMap<String, Vec<T>> = BTreeMap::new();
        for item in &mut self.items {
            before.insert(item.item_id.clone(), std::mem::take((parts.of)(item)));
        }
        let place_by = |name: fn(&Item) -> &String| -> HashMap<String, usize> {
            let places = self.items.iter().enumerate().rev();
            places.map(|(place, item)| (name(item).clone(), place)).collect()
        };
        let (by_id, by_name) = (place_by(|item| &item.item_id), place_by(|item| &item.name));
        for row in &table.rows {
            let (id, name) = (row.cell(id), row.cell(name));
            let place = if id.is_empty() { by_name.get(name) } else { by_id.get(id) };
            let Some(&place) = place else {
                let column = if id.is_empty() { element::NAME } else { element::ITEM_ID };
                let reason = format!(
                    "“事项”表里没有“{}”。请核对，或先在“事项”表里加一行。",
                    if id.is_empty() { name } else { id }
                );
                self.fail(table, row, vec![(column, reason)], id);
                continue;
            };
            let item_id = self.items[place].item_id.clone();
            // Elements without a column stay as they were, so its code is read first.
            let mut part = T::default();
            put_row(table, row, parts.elements, &mut part, false);
            let older = before.get(&item_id).into_iter().flatten();
            let older = older.into_iter().find(|older| (parts.key)(older) == (parts.key)(&part));
            let new = older.is_none();
            let mut part = older.cloned().unwrap_or_default();
            let mut faults = put_row(table, row, parts.elements, &mut part, new);
            let others = (parts.of)(&mut self.items[place]);
            if others.iter().any(|other| (parts.key)(other) == (parts.key)(&part)) {
                faults.push((
                    parts.key_label,
                    format!("这个事项已经有“{}”。请改代码或只留一行。", (parts.key)(&part)),
                ));
            }
            others.push(part);
            self.fail(table, row, faults, &item_id);
        }
    }

    /// What can't be read of the items' forms, each field at its row.
    fn forms(&mut self, table: &Table) {
        let places = ["字段代码", element::ITEM_ID, element::NAME].map(|label| table.column(label));
        let mut misread = Vec::new();
        for item in &self.items {
            let fatal = Form::of(&item.fields).misread.into_iter().filter(|misread| misread.fatal);
            for Misread { key, part, message, .. } in fatal {
                let of_field = |row: &&Row| {
                    let [own, id, name] = places.map(|place| row.cell(place));
                    own == key && if id.is_empty() { name == item.name } else { id == item.item_id }
                };
                let column = match part {
                    Part::Key => "字段代码",
                    Part::Kind => element::FIELD_KIND,
                    Part::Options => element::FIELD_OPTIONS,
                    Part::Rule => element::FIELD_RULE,
                    Part::Condition => element::FIELD_CONDITION,
                };
                let row = table.rows.iter().rev().find(of_field);
                misread.extend(row.map(|row| (row, column, message, item.item_id.clone())));
            }
        }
        for (row, column, message, item_id) in misread {
            // A cell that couldn't be taken is told already.
            let told = |error: &RowError| {
                error.sheet == table.name && error.row == row.number && error.column == column
            };
            if !self.errors.iter().any(told) {
                self.fail(table, row, vec![(column, message)], &item_id);
            }
        }
    }

    /// Columns that nobody knows are told; two of the same name leave open which counts.
    fn heading(&mut self, table: &Table, known: &[&str]) {
        for (i, heading) in table.heading.iter().enumerate().filter(|(_, heading)| !heading.is_empty()) {
            if !known.contains(&heading.as_str()) {
                self.notes.push(format!("“{}”表的“{heading}”列不认识，没有导入。", table.name));
            } else if table.heading[..i].contains(heading) {
                self.errors.push(RowError {
                    sheet: table.name.clone(),
                    row: 1,
                    column: heading.clone(),
                    reason: "这一列有两个。请删去一个。".to_owned(),
                });
            }
        }
    }

    fn fail(&mut self, table: &Table, row: &Row, faults: Vec<(&'static str, String)>, item_id: &str) {
        if !faults.is_empty() {
            self.wrong.insert(item_id.to_owned());
        }
        self.errors.extend(faults.into_iter().map(|(column, reason)| RowError {
            sheet: table.name.clone(),
            row: row.number,
            column: column.to_owned(),
            reason,
        }));
    }

    fn finish(self, base: &Catalogue, taking: Taking) -> Imported {
        let Self { items, wrong, mut errors, notes, .. } = self;
        let mut catalogue = base.clone();
        let mut taken = Vec::new();
        // A fault of a whole sheet makes every row doubtful.
        let whole = errors.iter().any(|error| error.row <= 1);
        if errors.is_empty() || taking == Taking::TheGood && !whole {
            for item in items.into_iter().filter(|item| !wrong.contains(&item.item_id)) {
                let item_id = item.item_id.clone();
                match lay(&mut catalogue, item) {
                    Ok(()) => taken.push(item_id),
                    Err(error) => errors.push(RowError {
                        sheet: ITEMS.to_owned(),
                        row: 0,
                        column: String::new(),
                        reason: format!("{item_id} 写不成目录：{error}。"),
                    }),
                }
            }
        }
        Imported { catalogue, taken, errors, notes }
    }

    /// What a new item begins with, under the id it is given or the next free one.
    fn new_item(&self, id: &str) -> Item {
        let taken = |id: &str| {
            let mut all = self.base.iter().copied().chain(&self.items);
            all.any(|item| item.item_id == id)
        };
        let free = || (1..=u32::MAX).map(|n| format!("I{n:03}")).find(|id| !taken(id)).unwrap_or_default();
        let working_days = Limit { unit: "工作日".to_owned(), ..Limit::default() };
        Item {
            item_id: if id.is_empty() { free() } else { id.to_owned() },
            version: 1,
            statutory_limit: working_days.clone(),
            promise_limit: working_days,
            ..Item::default()
        }
    }
}

/// Into the catalogue: in the place of its version, or behind the rest as a new one. An item that hasn't changed keeps its
/// very text.
fn lay(catalogue: &mut Catalogue, item: Item) -> Result<(), serde_json::Error> {
    let of_item = |known: &Item| known.item_id == item.item_id;
    let newest = catalogue
        .items
        .iter()
        .enumerate()
        .filter(|(_, (known, _))| of_item(known))
        .max_by_key(|(_, (known, _))| known.version)
        .map(|(place, _)| place);
    match newest.map(|place| (place, &catalogue.items[place])) {
        Some((_, (known, _))) if *known == item => {}
        Some((place, (known, text))) => {
            let entry = (item.clone(), item.text_over(text)?);
            if known.version == item.version {
                catalogue.items[place] = entry;
            } else {
                catalogue.items.push(entry);
            }
        }
        None => {
            let text = serde_json::to_string(&item)?;
            catalogue.items.push((item, text));
        }
    }
    Ok(())
}

/// Puts the cells of a row into what it is about; `new` ones need what is required even without its column.
fn put_row<T>(
    table: &Table,
    row: &Row,
    elements: &[Element<T>],
    into: &mut T,
    new: bool,
) -> Vec<(&'static str, String)> {
    let mut faults = Vec::new();
    for element in elements {
        let column = table.column(element.label);
        let text = row.cell(column);
        let fault = match column {
            None if new && element.required => Some("新增的事项要有这一列。请加上。".to_owned()),
            None => None,
            Some(_) if text.is_empty() && element.required => Some("不能空着。请填上。".to_owned()),
            Some(_) if broken_formula(text) => Some(format!("“{text}”是算不出的公式。请改成文字。")),
            Some(_) => (element.put)(into, text).err(),
        };
        faults.extend(fault.map(|fault| (element.label, fault)));
    }
    faults
}

/// What a spreadsheet shows for a formula that went wrong.
fn broken_formula(text: &str) -> bool {
    ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"].contains(&text)
}

fn labels<T>(elements: &[Element<T>]) -> Vec<&'static str> {
    elements.iter().map(|element| element.label).collect()
}
