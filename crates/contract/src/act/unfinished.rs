//! Requests that somebody has begun to record and left, and the folder that a scanner writes to.

use crate::{
    requests,
    view::{ScansView, UnfinishedRequest},
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

/// Says where this device's scanner writes to; an empty text is nowhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetScanFolder {
    pub folder: String,
}

requests! {
    KeepUnfinished -> (),
    DropUnfinished -> (),
    SetScanFolder -> ScansView,
}
