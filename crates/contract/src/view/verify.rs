//! Care of the file: what was found in it, put away and erased.

use serde::{Deserialize, Serialize};

/// What was ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// e.g. 已下删除令 …
    pub says: String,
}

/// What left with its closed year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archived {
    pub cases: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VerifyView {
    pub ok: bool,
    pub findings: Vec<Finding>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    pub code: String,
    pub message: String,
}

/// `check id|uscc|mobile|name VALUE` of the command line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckView {
    pub ok: bool,
    pub code: String,
    pub message: String,
    pub normalised: String,
}
