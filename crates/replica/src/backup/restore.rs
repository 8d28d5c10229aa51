//! Putting a backup back where no desk is.
//!
//! The database gets its name last. Killed before, the folder is still nobody's, and restoring again goes on; the folder that
//! comes out is another file than the one that was copied, and so a new incarnation (decision 009).

use super::{BLOCK, BackupError, Broken, Manifest, Shelf, alone, manifest::LARGEST};
use crate::{
    ReplicaError,
    store::{
        self,
        key::{is_sealed, keep_name, write},
    },
};
use daiban_domain::Instant;
use std::{
    fs::{self, File},
    io::{ErrorKind, Read, Write},
    path::{Path, PathBuf},
};

/// The manifest of what was put back, until somebody has opened it: the device's keys come out of it then.
const MANIFEST: &str = "restored";

/// Puts back the newest backup, or the newest of a time.
pub fn restore(from: &Path, at: Option<Instant>, folder: &Path) -> Result<Manifest, BackupError> {
    if store::exists(folder) {
        return Err(ReplicaError::Exists.into());
    }
    let shelf = Shelf::find(from)?;
    let kept = shelf.kept()?.into_iter().rev().find(|kept| at.is_none_or(|at| kept.time <= at));
    let kept = kept.ok_or(BackupError::NoneThen)?;
    let (manifest, signed) = shelf.signed_manifest(kept)?;
    let broken = |broken| BackupError::Broken(kept, broken);
    if !is_sealed(&manifest.slots) {
        return Err(broken(Broken::Keys));
    }
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let _alone = alone(folder)?;
    if store::key::lies_in(folder) && restored(folder)?.is_none() {
        // It may be all that opens what somebody has put aside.
        return Err(BackupError::OtherKey);
    }
    let database = store::file(folder);
    let half_done = database.with_extension("db.restoring");
    let written = write_database(&shelf, &manifest, &half_done, &|| true);
    if !matches!(written, Ok(Ok(()))) {
        // Half a database would only take up room.
        let _ = fs::remove_file(&half_done);
    }
    written?.map_err(|(_, what)| broken(what))?;
    write(&folder.join(MANIFEST), &signed)?;
    store::key::put_back(folder, &manifest.slots)?;
    // A log of another database would be read as this one's.
    for ending in ["db-wal", "db-shm"] {
        remove(&database.with_extension(ending))?;
    }
    fs::rename(&half_done, &database).and_then(|()| keep_name(&database)).map_err(failed(&database))?;
    tracing::info!(number = kept.number, bytes = manifest.length, "restored");
    Ok(manifest)
}

/// What was put back into a folder, and nobody has opened yet.
pub fn restored(folder: &Path) -> Result<Option<Manifest>, ReplicaError> {
    let path = folder.join(MANIFEST);
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(ReplicaError::File { path, source }),
    };
    let mut bytes = Vec::new();
    file.take(LARGEST).read_to_end(&mut bytes).map_err(failed(&path))?;
    Manifest::read(&bytes).map(Some).map_err(|_| ReplicaError::KeyFile)
}

/// Its keys are where they belong, or another desk begins in the folder.
pub fn forget(folder: &Path) -> Result<(), ReplicaError> {
    remove(&folder.join(MANIFEST))?;
    remove(&store::file(folder).with_extension("db.restoring"))
}

/// Writes the database that a manifest names, and makes it durable. Of a broken piece the hash is told.
pub(super) fn write_database(
    shelf: &Shelf,
    manifest: &Manifest,
    to: &Path,
    go_on: &dyn Fn() -> bool,
) -> Result<Result<(), ([u8; 32], Broken)>, BackupError> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(to).map_err(failed(to))?;
    let mut left = manifest.length;
    for hash in manifest.blocks() {
        if !go_on() {
            return Err(BackupError::Stopped);
        }
        let length = left.min(BLOCK as u64);
        match shelf.get(hash, length as usize)? {
            Ok(bytes) => file.write_all(&bytes).map_err(failed(to))?,
            Err(broken) => return Ok(Err((*hash, broken))),
        }
        left -= length;
    }
    file.sync_all().map_err(failed(to))?;
    Ok(Ok(()))
}

fn remove(path: &Path) -> Result<(), ReplicaError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(failed(path)(error)),
        _ => Ok(()),
    }
}

fn failed(path: &Path) -> impl Fn(std::io::Error) -> ReplicaError {
    let path = PathBuf::from(path);
    move |source| ReplicaError::File { path: path.clone(), source }
}
