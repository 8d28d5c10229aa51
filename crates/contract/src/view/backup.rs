//! This desk's own backups.

use super::FailureView;
use daiban_domain::{DeviceId, Instant};
use serde::{Deserialize, Serialize};

/// Where backups go, and how the last ones went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BackupView {
    /// `None`: nobody has chosen one.
    pub folder: Option<String>,
    /// Whether it is there now; a stick may not be.
    pub folder_there: bool,
    /// 0: by hand alone.
    pub every_days: u32,
    /// The last backup that was put back once and compared, and where it is.
    pub made: Option<Instant>,
    pub made_in: Option<String>,
    /// It is time for another.
    pub due: bool,
    /// The last that failed, since the last that didn't.
    pub last_failure: Option<FailureView>,
    /// How it stands, and what to do.
    pub says: String,
}

/// A backup that was made, put back once and compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BackedUp {
    pub folder: String,
    /// Of this device's backups there.
    pub number: u64,
    pub time: Instant,
    /// Of the database.
    pub bytes: u64,
    /// Pieces of it, and those that weren't there yet.
    pub blocks: u64,
    pub new_blocks: u64,
    pub new_bytes: u64,
    /// Older backups that went for it.
    pub removed: u64,
    pub says: String,
}

/// A backup that was put back where no desk was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    pub device: DeviceId,
    pub number: u64,
    /// When it was made.
    pub time: Instant,
    pub bytes: u64,
    /// What to do next.
    pub says: String,
}
