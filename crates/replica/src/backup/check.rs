//! Whether a backup can be put back: it is, beside the data, and what comes out is opened, checked and compared.

use super::{BackupError, Broken, Manifest, Shelf, alone, restore::write_database};
use crate::{
    ReplicaError,
    store::{self, DatabaseKey},
    verify,
};
use rusqlite::Connection;
use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

const FOLDER: &str = "backup-check";

/// What a program that died has left behind of a check goes.
pub fn tidy(folder: &Path) {
    let scratch = folder.join(FOLDER);
    if scratch.exists()
        && let Ok(_alone) = alone(folder)
        && let Err(error) = remove(&scratch)
    {
        tracing::warn!(error = &error as &dyn std::error::Error, "what a check of a backup has left stays");
    }
}

/// What tells two moments of a database apart: the heads of its feeds, what it holds of photos, and how many rows.
pub(super) fn heads(db: &Connection) -> Result<[u8; 32], ReplicaError> {
    verify::hash(db, include_str!("heads.sql"))
}

/// Puts it back into a folder of its own. A broken piece is told by its hash.
pub(super) fn check(
    shelf: &Shelf,
    manifest: &Manifest,
    key: &DatabaseKey,
    then: [u8; 32],
    go_on: &dyn Fn() -> bool,
) -> Result<Result<(), ([u8; 32], Broken)>, BackupError> {
    let scratch = key.folder().join(FOLDER);
    remove(&scratch)?;
    let checked = put_back_and_read(&scratch, shelf, manifest, key, then, go_on);
    remove(&scratch)?;
    checked
}

fn put_back_and_read(
    scratch: &Path,
    shelf: &Shelf,
    manifest: &Manifest,
    key: &DatabaseKey,
    then: [u8; 32],
    go_on: &dyn Fn() -> bool,
) -> Result<Result<(), ([u8; 32], Broken)>, BackupError> {
    let failed = |source| ReplicaError::File { path: scratch.to_owned(), source };
    fs::create_dir(scratch).map_err(failed)?;
    if let Err(broken) = write_database(shelf, manifest, &store::file(scratch), go_on)? {
        return Ok(Err(broken));
    }
    if manifest.device_keys(key).is_err() {
        return Err(BackupError::Unlike);
    }
    let db = key.open_elsewhere(scratch)?;
    for check in verify::CHECKS {
        if !go_on() {
            return Err(BackupError::Stopped);
        }
        if !verify::damage(&db, check)?.is_empty() {
            return Err(BackupError::Unsound);
        }
    }
    if heads(&db)? == then { Ok(Ok(())) } else { Err(BackupError::Unlike) }
}

fn remove(scratch: &Path) -> Result<(), ReplicaError> {
    match fs::remove_dir_all(scratch) {
        Err(source) if source.kind() != ErrorKind::NotFound => {
            Err(ReplicaError::File { path: PathBuf::from(scratch), source })
        }
        _ => Ok(()),
    }
}
