//! What somebody has begun to write and left, and the folder that a scanner writes to.

use crate::{
    requests,
    view::{ScansView, UnfinishedNotice, UnfinishedRequest},
};
use serde::{Deserialize, Serialize};

/// Keeps a request that isn't recorded yet, in the place of what was kept under its id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeepUnfinished {
    pub request: UnfinishedRequest,
}

/// Throws one away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DropUnfinished {
    pub id: u32,
}

/// Keeps a notice that isn't published yet, in the place of what was kept under its id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeepUnfinishedNotice {
    pub notice: UnfinishedNotice,
}

/// Throws one away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DropUnfinishedNotice {
    pub id: u32,
}

/// Says where this device's scanner writes to; an empty text is nowhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetScanFolder {
    pub folder: String,
}

requests! {
    KeepUnfinished -> (),
    DropUnfinished -> (),
    KeepUnfinishedNotice -> (),
    DropUnfinishedNotice -> (),
    SetScanFolder -> ScansView,
}
