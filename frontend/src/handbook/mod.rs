//! F1: the handbook, open at the page for where the person is.

mod blocks;
mod sheet;

pub use sheet::Handbook;

use crate::place::{Page, Queue};

/// Before there is a desk to stand at.
pub const ENROLLING: &str = "first-use";
pub const LOCKED: &str = "devices";
pub const DAY_ASKED: &str = "clock";
pub const REVOKED: &str = "revoked";

/// The page of the handbook that tells of a page of the window.
pub fn page_for(page: &Page) -> &'static str {
    match page {
        Page::Home => "home",
        Page::Record => "record",
        Page::HandOver { .. } | Page::Cases(Queue::HandOver) => "hand-over",
        Page::Originals => "originals",
        Page::Cases(Queue::Deliver) => "deliver",
        Page::Cases(Queue::Intake | Queue::Review | Queue::Decision | Queue::Issue) => "accept",
        Page::Cases(Queue::Doubtful) | Page::Merge => "merge",
        Page::Cases(_) | Page::UnitCases { .. } | Page::Case { .. } => "cases",
        Page::Overview => "overview",
        Page::Calendar => "calendar",
        Page::Catalogue => "catalogue",
        Page::Devices => "devices",
        Page::Audit => "audit",
        Page::People => "people",
        Page::Residents { .. } => "residents",
        Page::Matters { .. } => "matters",
        Page::Notices { .. } => "notices",
        Page::Prints => "printing",
        Page::Rate { .. } => "rating",
        Page::Items => "guide",
        Page::Sync => "sync",
        #[cfg(feature = "gallery")]
        Page::Gallery => "keys",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_page_of_the_window_has_one_in_the_handbook() {
        let queues = [
            Queue::All,
            Queue::HandOver,
            Queue::Deliver,
            Queue::Intake,
            Queue::Review,
            Queue::Decision,
            Queue::Issue,
            Queue::Doubtful,
        ];
        let case = Page::Case { case_no: "1".into(), begin: None };
        let others = [
            Page::Home,
            Page::Record,
            case,
            Page::Merge,
            Page::HandOver { batch: None },
            Page::Originals,
            Page::Overview,
            Page::Calendar,
            Page::Catalogue,
            Page::Devices,
            Page::Audit,
            Page::People,
            Page::Residents { person: None },
            Page::Matters { matter_no: None },
            Page::Notices { notice: None },
            Page::Prints,
            Page::Items,
            Page::Sync,
        ];
        let pages = others.into_iter().chain(queues.map(Page::Cases)).map(|page| page_for(&page));
        let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/handbook");
        for page in pages.chain([ENROLLING, LOCKED, DAY_ASKED, REVOKED]) {
            assert!(book.join(page).with_extension("md").exists(), "docs/handbook has no {page}");
        }
    }
}
