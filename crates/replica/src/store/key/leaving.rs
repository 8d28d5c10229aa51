//! What leaves with a backup, and comes back with it: the key, sealed, and what is sealed under it.

use super::{DatabaseKey, FILE, Hold, KeyFile, read, seal::Secret, slots::Slots, write};
use crate::{
    ReplicaError,
    store::open::{connect, file},
};
use daiban_exchange::sealed::{open_under, seal_under};
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// What the key for a device's keys is derived for.
const DEVICE_KEYS: &str = "daiban 2026-11-26 keys of a device in its backup";

impl DatabaseKey {
    /// Another handle to the same folder, for who goes on beside this one.
    pub(crate) fn again(&self) -> Result<Self, ReplicaError> {
        Ok(Self {
            folder: self.folder.clone(),
            secret: self.secret.clone(),
            next: None,
            person: self.person,
            pair: self.pair.clone(),
            hold: Hold::shared(&self.folder)?,
        })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Another connection to the database, and its file.
    pub(crate) fn beside(&self) -> Result<(Connection, PathBuf), ReplicaError> {
        Ok((connect(&self.folder, &self.secret)?, file(&self.folder)))
    }

    /// Opens a copy that lies elsewhere.
    pub(crate) fn open_elsewhere(&self, folder: &Path) -> Result<Connection, ReplicaError> {
        connect(folder, &self.secret)
    }

    /// The key file as it may leave the machine: where the key lies open, sealed to the county alone.
    pub(crate) fn for_backup(&self, recovery: &str) -> Result<Vec<u8>, ReplicaError> {
        let leaves = match read(&self.folder)? {
            KeyFile::Open { .. } => KeyFile::Slots(Slots::new(Some(recovery), &self.secret)?),
            sealed => sealed,
        };
        Ok(serde_json::to_vec_pretty(&leaves)?)
    }

    pub(crate) fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, ReplicaError> {
        Ok(seal_under(&derived(&self.secret), plain)?)
    }

    /// Also with the key that the database was about to get: either may be the one of the day.
    pub(crate) fn unseal(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, ReplicaError> {
        let opened = open_under(&derived(&self.secret), sealed);
        match (&self.next, opened) {
            (Some(next), Err(_)) => Ok(open_under(&derived(next), sealed)?),
            (_, opened) => Ok(opened?),
        }
    }
}

fn derived(secret: &Secret) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(blake3::derive_key(DEVICE_KEYS, &**secret))
}

/// Whether these are the bytes of a key file that opens to nobody without a password, or without the county.
pub fn is_sealed(bytes: &[u8]) -> bool {
    serde_json::from_slice(bytes).is_ok_and(|file| !matches!(file, KeyFile::Open { .. }))
}

/// Whether a folder has a key file.
pub fn lies_in(folder: &Path) -> bool {
    folder.join(FILE).exists()
}

/// Writes the key file that left with a backup.
pub fn put_back(folder: &Path, bytes: &[u8]) -> Result<(), ReplicaError> {
    write(&folder.join(FILE), bytes)
}
