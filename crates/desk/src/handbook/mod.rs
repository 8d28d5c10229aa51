//! The handbook of `docs/handbook`, in the program: Markdown as it is written there, and its pictures.

mod pictures;
mod read;

pub(crate) use read::{contents, read};

macro_rules! pages {
    ($($page:literal),* $(,)?) => {
        [$(($page, include_str!(concat!("../../../../docs/handbook/", $page, ".md")))),*]
    };
}

/// By their names in links, in the order of the table of contents.
const PAGES: &[(&str, &str)] = &pages![
    "first-use",
    "practice",
    "home",
    "record",
    "hand-over",
    "originals",
    "deliver",
    "rating",
    "cases",
    "residents",
    "matters",
    "notices",
    "guide",
    "sync",
    "accept",
    "printing",
    "merge",
    "overview",
    "calendar",
    "catalogue",
    "people",
    "devices",
    "audit",
    "backup",
    "clock",
    "revoked",
    "keys",
    "questions",
];
