//! The exchange by stick.

use daiban_domain::{Instant, UnitCode};
use serde::{Deserialize, Serialize};

/// Where bundles may go to and come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SticksView {
    /// Where a bundle goes unless another place is named: the first stick, else the desk's own folder.
    pub folder: String,
    pub sticks: Vec<StickView>,
    /// Bundles that this desk may open, newest first.
    pub bundles: Vec<BundleView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StickView {
    /// What the person who formatted it called it.
    pub name: String,
    pub folder: String,
}

/// A bundle by its file's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BundleView {
    pub file: String,
    /// The unit that made it.
    pub from: String,
    pub made: Instant,
    /// On this stick; `None`: in the desk's own folder.
    pub stick: Option<String>,
}

/// An application that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolmentAsked {
    pub file: String,
}

/// A bundle that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Bundled {
    pub file: String,
    pub unit: UnitCode,
    pub unit_name: String,
    pub entries: u64,
    /// Photos and scans that go along.
    pub attachments: u64,
    /// Of the file.
    pub bytes: u64,
    /// Devices that can open it.
    pub recipients: u64,
}

/// What importing a bundle did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Imported {
    /// What people call the device that made the bundle, and when it did.
    pub from: String,
    pub made: Instant,
    /// Entries that were new here.
    pub received: u64,
    /// Photos and scans that were new here.
    pub attachments: u64,
    /// The county's receipt came with it.
    pub receipt: bool,
    /// What must come first, from another bundle or over the line.
    pub missing: Vec<Missing>,
    /// e.g. 收到 12 条，都是新的。
    pub says: String,
}

/// Entries of a device between what is held and what the bundle brings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Missing {
    pub device: String,
    pub partition: String,
    pub first: u64,
    pub last: u64,
}
