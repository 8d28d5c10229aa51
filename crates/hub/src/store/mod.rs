//! The hub's database: SQLCipher, its key and the hub's signing key in files beside it.

mod log;
mod revocation;
mod shelf;
pub(crate) mod stretch;

pub(crate) use log::{Tx, append_own, feed, project_closure, project_device, said};
pub(crate) use shelf::{Shelf, take_back};

use crate::{HubError, Identity};
use daiban_domain::DeviceId;
use daiban_exchange::{Incarnation, key};
use ed25519_dalek::SigningKey;
use rusqlite::Connection;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    time::Duration,
};

mod migrations {
    refinery::embed_migrations!("../../migrations/hub");
}

const DATABASE: &str = "hub.db";
/// The database under this name is still being founded.
const FOUNDING: &str = "hub.db.founding";
const DATABASE_KEY: &str = "hub.key";
const SIGNING_KEY: &str = "hub.signing";

/// A new database with new keys, under its temporary name.
pub(crate) fn create(folder: &Path) -> Result<(Connection, SigningKey), HubError> {
    if folder.join(DATABASE).exists() {
        return Err(HubError::Exists);
    }
    fs::create_dir_all(folder).map_err(at(folder))?;
    let half_done = folder.join(FOUNDING);
    if half_done.exists() {
        fs::remove_file(&half_done).map_err(at(&half_done))?;
    }
    let database_key: [u8; 32] = key::random()?;
    let signing = key::draw_signing_key()?;
    write_secret(&folder.join(DATABASE_KEY), &database_key)?;
    write_secret(&folder.join(SIGNING_KEY), signing.as_bytes())?;
    // WAL comes when the hub is opened; until then one file is all there is to rename.
    Ok((connect(&half_done, folder)?, signing))
}

/// Gives a founded database its name.
pub(crate) fn publish(folder: &Path) -> Result<(), HubError> {
    let database = folder.join(DATABASE);
    fs::rename(folder.join(FOUNDING), &database).map_err(at(&database))
}

pub(crate) fn open(folder: &Path) -> Result<(Connection, SigningKey), HubError> {
    let database = folder.join(DATABASE);
    if !database.exists() {
        return Err(HubError::Absent);
    }
    let db = connect(&database, folder)?;
    // Acknowledge only what a power cut can't take back.
    db.pragma_update(None, "journal_mode", "wal")?;
    Ok((db, SigningKey::from_bytes(&read_secret(&folder.join(SIGNING_KEY))?)))
}

/// Another connection to a store, for long reading: what is written meanwhile doesn't wait for it.
pub(crate) fn reader(folder: &Path) -> Result<Connection, HubError> {
    connect(&folder.join(DATABASE), folder)
}

/// What SQLite and SQLCipher say of a store's file; nothing of one that is sound.
pub(crate) fn damage(db: &Connection) -> Result<Vec<String>, HubError> {
    let mut damage = Vec::new();
    for check in ["integrity_check", "cipher_integrity_check"] {
        db.pragma_query(None, check, |row| {
            let line: String = row.get(0)?;
            if line != "ok" {
                damage.push(line);
            }
            Ok(())
        })?;
    }
    Ok(damage)
}

/// Opens a database file with the key that lies in a hub's folder.
pub(crate) fn connect(file: &Path, folder: &Path) -> Result<Connection, HubError> {
    let key: [u8; 32] = read_secret(&folder.join(DATABASE_KEY))?;
    let mut db = Connection::open(file)?;
    db.busy_timeout(Duration::from_secs(20))?;
    // SQLCipher writes to stderr by itself; what goes wrong is told by the error.
    db.pragma_update(None, "cipher_log_level", "NONE")?;
    let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    db.pragma_update(None, "key", format!("x'{hex}'"))?;
    // The first read tells whether key and file fit.
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map_err(HubError::Damaged)?;
    db.pragma_update(None, "synchronous", "full")?;
    db.pragma_update(None, "foreign_keys", "on")?;
    // What is deleted is overwritten: an order to erase leaves nothing in free pages.
    db.pragma_update(None, "secure_delete", "on")?;
    db.pragma_update(None, "cache_size", -49152)?;
    db.set_prepared_statement_cache_capacity(64);
    migrations::migrations::runner().run(&mut db)?;
    Ok(db)
}

/// Of the database, in bytes, with what waits in its log.
pub(crate) fn size(folder: &Path) -> Result<u64, HubError> {
    let database = folder.join(DATABASE);
    let log = fs::metadata(folder.join(format!("{DATABASE}-wal"))).map_or(0, |log| log.len());
    Ok(fs::metadata(&database).map_err(at(&database))?.len() + log)
}

/// Copies the keys of one folder into another, without whose company no backup can be opened.
pub(crate) fn copy_keys(from: &Path, to: &Path) -> Result<(), HubError> {
    for name in [DATABASE_KEY, SIGNING_KEY] {
        write_secret(&to.join(name), &read_secret(&from.join(name))?)?;
    }
    Ok(())
}

pub(crate) fn identity(db: &Connection) -> Result<Identity, HubError> {
    let (county, hub, store, restored, incarnation): (String, [u8; 8], u64, bool, u64) =
        db.query_row("SELECT county, hub, store, restored, incarnation FROM identity", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?;
    let county = county.parse().map_err(|_| HubError::Stored("identity.county"))?;
    Ok(Identity { county, hub: DeviceId(hub), store, restored, incarnation: Incarnation(incarnation) })
}

/// What was erased is overwritten in the database (`secure_delete`); here it leaves the log beside it too.
pub(crate) fn scrub(db: &Connection) {
    let busy = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>(0));
    if !matches!(busy, Ok(false)) {
        tracing::warn!(?busy, "what was erased leaves the write-ahead log with its next turn");
    }
}

pub(crate) fn write_secret(path: &Path, bytes: &[u8]) -> Result<(), HubError> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(at(path))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(at(path))
}

fn read_secret(path: &Path) -> Result<[u8; 32], HubError> {
    fs::read(path).map_err(at(path))?.try_into().map_err(|_| HubError::KeyFile)
}

pub(crate) fn at(path: &Path) -> impl FnOnce(std::io::Error) -> HubError {
    let path: PathBuf = path.to_owned();
    move |source| HubError::File { path, source }
}

#[cfg(test)]
mod tests;
