//! The handbook, page by page, as simple blocks.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandbookView {
    /// Its name in links.
    pub page: String,
    pub title: String,
    pub blocks: Vec<Block>,
    /// All pages, or those in which what was looked for is said.
    pub contents: Vec<HandbookEntry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandbookEntry {
    pub page: String,
    pub title: String,
    /// The sentence in which it is said.
    pub says: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Block {
    Heading(String),
    Paragraph(Vec<Span>),
    /// What is to be done, one after the other.
    Steps(Vec<Vec<Span>>),
    Points(Vec<Vec<Span>>),
    /// Rows below their headings.
    Table {
        head: Vec<Vec<Span>>,
        rows: Vec<Vec<Vec<Span>>>,
    },
    Picture {
        says: String,
        /// A data URL.
        source: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Span {
    Text(String),
    Key(String),
    Link { page: String, text: String },
}
