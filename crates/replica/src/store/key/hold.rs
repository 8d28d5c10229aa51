//! Who has a folder open. A database gets another key only while nobody else has.

use crate::ReplicaError;
use std::{
    fs::{File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
};

/// A lock on a file beside the database; let go with the handle, also by a program that dies.
pub(in crate::store) struct Hold {
    file: File,
    path: PathBuf,
}

impl Hold {
    /// Shared with other programs. Waits while one of them gives the database another key.
    pub fn shared(folder: &Path) -> Result<Self, ReplicaError> {
        let path = folder.join("database.lock");
        let failed = |source| ReplicaError::File { path: path.clone(), source };
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
        file.lock_shared().map_err(failed)?;
        Ok(Self { file, path })
    }

    /// Runs something while nobody else has the folder open.
    pub fn alone<T>(&self, act: impl FnOnce() -> Result<T, ReplicaError>) -> Result<T, ReplicaError> {
        let failed = |source| ReplicaError::File { path: self.path.clone(), source };
        self.file.unlock().map_err(failed)?;
        let outcome = match self.file.try_lock() {
            Ok(()) => act(),
            Err(TryLockError::WouldBlock) => Err(ReplicaError::InUse),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        };
        // Nobody else may be alone while this one goes on.
        self.file.unlock().and_then(|()| self.file.lock_shared()).map_err(failed)?;
        outcome
    }
}
