//! The catalogue and its drafts.

use daiban_domain::item::draft;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Publishes what a draft changes in the catalogue, each item as its next version. The county's to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Publish {
    /// A catalogue in the shape of `data/items.json`.
    pub draft: String,
    /// What the catalogue is called from now on, e.g. 2026.2.
    pub version: String,
    /// When changed items come into force where the draft doesn't say; tomorrow by default.
    #[serde(default)]
    pub from: Option<Date>,
}

/// Begins a draft of the catalogue, empty: this unit's proposal (三上三下).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BeginDraft {
    pub title: String,
}

/// An act on a draft of the catalogue: `submit`, `comment`, `return`, `sumUp`, `withdraw`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ActOnDraft {
    pub draft_no: String,
    pub event: String,
    pub says: draft::Said,
    /// Of a submission: a catalogue in the shape of `data/items.json`. What it has in common with the published one is
    /// left out.
    pub content: String,
}

/// Publishes what a draft has come to once it is summed up, as [`Publish`] does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PublishDraft {
    pub draft_no: String,
    pub version: String,
    #[serde(default)]
    pub from: Option<Date>,
}
