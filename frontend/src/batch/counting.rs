//! What is found while a hand-over is counted: which cases' papers are there, and how many of each.

use crate::widgets::checklist::{Brought, Count};
use daiban_contract::{
    act::ReceivedLine,
    view::{BatchLine, BatchMaterial, BatchView, MaterialCount},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};
use yew::Reducible;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counting {
    /// Cases whose papers aren't there.
    absent: BTreeSet<String>,
    /// What was counted otherwise, by case and material.
    counts: BTreeMap<(String, String), Count>,
}

pub enum Found {
    There(String, bool),
    /// Of a case's material; it was handed over like this.
    Material(String, Count, Brought),
}

pub fn handed(material: &BatchMaterial) -> Count {
    Count { originals: material.originals, copies: material.copies }
}

impl Counting {
    pub fn there(&self, case_no: &str) -> bool {
        !self.absent.contains(case_no)
    }

    pub fn of(&self, case_no: &str, material: &BatchMaterial) -> Count {
        let key = (case_no.to_owned(), material.material_code.clone());
        self.counts.get(&key).copied().unwrap_or_else(|| handed(material))
    }

    /// How many cases are received.
    pub fn arrived(&self, batch: &BatchView) -> usize {
        batch.lines.iter().filter(|line| line.under_way && self.there(&line.case_no)).count()
    }

    /// What isn't as it was handed over.
    pub fn lines(&self, batch: &BatchView) -> Vec<ReceivedLine> {
        batch.lines.iter().filter(|line| line.under_way).filter_map(|line| self.line(line)).collect()
    }

    fn line(&self, line: &BatchLine) -> Option<ReceivedLine> {
        let case_no = line.case_no.clone();
        if !self.there(&case_no) {
            return Some(ReceivedLine { case_no, missing: true, counted: None });
        }
        let count = |material: &BatchMaterial| self.of(&line.case_no, material);
        if line.materials.iter().all(|material| count(material) == handed(material)) {
            return None;
        }
        let counted = line.materials.iter().filter(|material| count(material).any()).map(|material| {
            let Count { originals, copies } = count(material);
            MaterialCount { material_code: material.material_code.clone(), originals, copies }
        });
        Some(ReceivedLine { case_no, missing: false, counted: Some(counted.collect()) })
    }
}

impl Reducible for Counting {
    type Action = Found;

    fn reduce(self: Rc<Self>, found: Found) -> Rc<Self> {
        let mut next = (*self).clone();
        match found {
            Found::There(case_no, true) => _ = next.absent.remove(&case_no),
            Found::There(case_no, false) => _ = next.absent.insert(case_no),
            Found::Material(case_no, handed, brought) => {
                let (Brought::Tick(code) | Brought::Count(code, ..)) = &brought;
                let count = next.counts.entry((case_no, code.to_string())).or_insert(handed);
                match brought {
                    Brought::Tick(_) => *count = count.ticked(handed),
                    Brought::Count(_, part, number) => count.put(part, number),
                }
            }
        }
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::widgets::checklist::Part;
    use jiff::civil::date;

    fn material(code: &str, originals: u16, copies: u16) -> BatchMaterial {
        BatchMaterial {
            material_code: code.to_owned(),
            name: code.to_owned(),
            originals,
            copies,
            counted_originals: None,
            counted_copies: None,
        }
    }

    fn line(case_no: &str, under_way: bool) -> BatchLine {
        BatchLine {
            case_no: case_no.to_owned(),
            applicant_name: String::new(),
            item_name: String::new(),
            received: !under_way,
            under_way,
            materials: vec![material("ID", 1, 1), material("APP", 1, 0)],
        }
    }

    fn batch() -> BatchView {
        BatchView {
            batch: "20260305-A3-001".to_owned(),
            unit_name: String::new(),
            by: String::new(),
            on: date(2026, 3, 5),
            lines: vec![line("1", true), line("2", true), line("3", false)],
        }
    }

    fn after(found: impl IntoIterator<Item = Found>) -> Rc<Counting> {
        found.into_iter().fold(Rc::new(Counting::default()), Reducible::reduce)
    }

    fn brought(case_no: &str, brought: Brought) -> Found {
        Found::Material(case_no.to_owned(), Count { originals: 1, copies: 1 }, brought)
    }

    #[test]
    fn only_what_differs_is_said() {
        let whole = after([]);
        assert_eq!((whole.lines(&batch()), whole.arrived(&batch())), (vec![], 2));
        let there_after_all = after([Found::There("1".into(), false), Found::There("1".into(), true)]);
        assert_eq!(there_after_all.lines(&batch()), []);
        let ticked_twice =
            after([brought("1", Brought::Tick("ID".into())), brought("1", Brought::Tick("ID".into()))]);
        assert_eq!(ticked_twice.lines(&batch()), []);
    }

    #[test]
    fn what_is_missing_and_what_was_counted_goes_to_the_desk() {
        let counting = after([
            Found::There("2".into(), false),
            Found::There("3".into(), false),
            brought("1", Brought::Count("ID".into(), Part::Copies, 0)),
        ]);
        let counted = |code: &str, originals, copies| MaterialCount {
            material_code: code.to_owned(),
            originals,
            copies,
        };
        let short = ReceivedLine {
            case_no: "1".to_owned(),
            missing: false,
            counted: Some(vec![counted("ID", 1, 0), counted("APP", 1, 0)]),
        };
        let absent = ReceivedLine { case_no: "2".to_owned(), missing: true, counted: None };
        assert_eq!(counting.lines(&batch()), [short, absent], "what has arrived already isn't counted again");
        assert_eq!(counting.arrived(&batch()), 1);
    }
}
