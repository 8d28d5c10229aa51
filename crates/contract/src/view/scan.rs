//! The folder that a scanner writes to.

use daiban_domain::Instant;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ScansView {
    /// Empty for none.
    pub folder: String,
    /// It isn't there now.
    pub away: bool,
    /// Photos and scans in it, the latest first.
    pub files: Vec<ScanView>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScanView {
    pub name: String,
    pub at: Instant,
    /// In bytes.
    pub size: u64,
}
