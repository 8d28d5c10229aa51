//! A desk's own backups: on a stick or in a folder, in pieces of the encrypted database, each of which lies there once
//! (decision 038).
//!
//! The database is copied as it lies on the disk. SQLCipher encrypts anew only the pages that change, so the next backup
//! finds most of its pieces there already. Whoever has a password of that day opens it, or the county.

mod check;
mod make;
mod manifest;
mod plan;
mod restore;
mod shelf;
mod snapshot;

pub use check::tidy;
pub use make::{Made, Source};
pub use manifest::{BLOCK, Broken, DeviceKeys, Manifest};
pub use plan::Plan;
pub use restore::{forget, restore, restored};
pub use shelf::{Kept, Shelf};

use crate::ReplicaError;
use std::{fs::OpenOptions, fs::TryLockError, path::Path};

/// Why there is no backup, or none was put back. What was there before is still there.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error(transparent)]
    Replica(#[from] ReplicaError),
    #[error("the folder of the backups")]
    Shelf(#[source] std::io::Error),
    #[error("there is no backup here")]
    None,
    #[error("backups of several devices lie here")]
    Several,
    #[error("no backup is that old")]
    NoneThen,
    #[error("the backup can't be used")]
    Broken(Kept, #[source] Broken),
    #[error("what was read back isn't what was written")]
    Unlike,
    #[error("the database is damaged: its copy doesn't pass the checks")]
    Unsound,
    #[error("the write-ahead log wouldn't come to rest")]
    Restless,
    #[error("another program is backing up or restoring this folder")]
    Busy,
    #[error("the desk was locked meanwhile")]
    Stopped,
    #[error("another key lies in the folder")]
    OtherKey,
}

impl From<rusqlite::Error> for BackupError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Replica(error.into())
    }
}

/// One backup or restoring at a time in a data folder; let go with the handle, also by a program that dies.
fn alone(folder: &Path) -> Result<std::fs::File, BackupError> {
    let path = folder.join("backup.lock");
    let failed = |source| ReplicaError::File { path: path.clone(), source };
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(BackupError::Busy),
        Err(TryLockError::Error(source)) => Err(failed(source).into()),
    }
}
