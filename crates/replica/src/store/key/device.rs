//! The device's own keys, which lie in a folder beside the data: sealed with a secret that the database holds, so that either
//! folder without the other, or both without a password, signs and opens nothing (decision 044).

use super::{seal::Secret, write};
use crate::ReplicaError;
use daiban_exchange::{
    key::random,
    sealed::{open_under, seal_under},
};
use rusqlite::{Connection, OptionalExtension, params};
use std::path::Path;
use zeroize::Zeroizing;

const MAGIC: &[u8] = b"daiban key 1\n";

/// Stays the same under every password, for the database is encrypted anew around it.
pub struct KeySeal(Secret);

impl KeySeal {
    pub(crate) fn of(db: &Connection) -> Result<Self, ReplicaError> {
        let read = "SELECT secret FROM key_seal";
        if let Some(secret) = db.query_row(read, [], |row| row.get(0)).optional()? {
            return Ok(Self(Secret::new(secret)));
        }
        let drawn = Zeroizing::new(random::<32>()?);
        // Another program on the same folder may be faster.
        db.execute(
            "INSERT INTO key_seal (one, secret) VALUES (1, ?1) ON CONFLICT DO NOTHING",
            params![&*drawn],
        )?;
        Ok(Self(Secret::new(db.query_row(read, [], |row| row.get(0))?)))
    }

    /// Writes a key's file.
    pub fn write(&self, file: &Path, key: &[u8]) -> Result<(), ReplicaError> {
        write(file, &[MAGIC, &seal_under(&self.0, key)?].concat())
    }

    /// Reads a key's file; one that lies open, as before there was this seal, is sealed now. `KeyFile` where it was sealed for
    /// another database.
    pub fn read(&self, file: &Path) -> Result<Zeroizing<Vec<u8>>, ReplicaError> {
        let failed = |source| ReplicaError::File { path: file.to_owned(), source };
        let bytes = Zeroizing::new(std::fs::read(file).map_err(failed)?);
        if let Some(sealed) = bytes.strip_prefix(MAGIC) {
            return open_under(&self.0, sealed).map_err(|_| ReplicaError::KeyFile);
        }
        self.write(file, &bytes)?;
        Ok(bytes)
    }
}
