//! This desk's own backups.

use crate::{
    requests,
    view::{BackedUp, BackupView, Restored},
};
use daiban_domain::Instant;
use serde::{Deserialize, Serialize};

/// Makes a backup on a stick or in a folder, and puts it back once to see that it can be.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct BackUp {
    /// `None`: the folder that is set.
    pub folder: Option<String>,
    /// Older backups there, this one counted, are removed beyond so many.
    pub keep: Option<u32>,
}

/// Sets where backups go by themselves, and how often. What isn't named stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PlanBackups {
    /// Empty: nowhere.
    pub folder: Option<String>,
    /// 0: by hand alone.
    pub every_days: Option<u32>,
}

/// Puts a backup back into a folder that is nobody's yet. What comes of it opens with a password of that day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Restore {
    /// The stick or folder that it lies on.
    pub from: String,
    /// The newest that isn't newer; `None`: the newest of all.
    #[serde(default)]
    pub at: Option<Instant>,
}

requests! {
    BackUp -> BackedUp,
    PlanBackups -> BackupView,
    Restore -> Restored,
}
