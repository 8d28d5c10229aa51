//! Opening the database: key, pragmas, migrations.

use super::{
    DatabaseKey,
    key::{keep_name, seal::Secret},
};
use crate::ReplicaError;
use rusqlite::{Connection, Transaction, config::DbConfig};
use std::{
    fs,
    path::Path,
    time::{Duration, UNIX_EPOCH},
};

mod migrations {
    refinery::embed_migrations!("../../migrations/replica");
}

/// The database in a data folder.
const FILE: &str = "daiban.db";

/// Whether a data folder belongs to an enrolled device.
pub fn exists(folder: &Path) -> bool {
    folder.join(FILE).exists()
}

/// Makes the database with what it begins with. It is whole before it has its place: whoever dies meanwhile leaves a folder of
/// no enrolled device, in which it can be made again.
pub fn create(
    folder: &Path,
    key: &mut DatabaseKey,
    begin: impl FnOnce(&Transaction<'_>) -> Result<(), ReplicaError>,
) -> Result<Connection, ReplicaError> {
    if exists(folder) {
        return Err(ReplicaError::Exists);
    }
    let beside = folder.join("new");
    let failed = |source| ReplicaError::File { path: beside.clone(), source };
    if beside.exists() {
        fs::remove_dir_all(&beside).map_err(failed)?;
    }
    fs::create_dir_all(&beside).map_err(failed)?;
    let mut db = connect(&beside, &key.secret)?;
    let tx = db.transaction()?;
    begin(&tx)?;
    tx.commit()?;
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    db.close().map_err(|(_, error)| error)?;
    let file = folder.join(FILE);
    fs::rename(beside.join(FILE), &file).and_then(|()| keep_name(&file)).map_err(failed)?;
    // What is left of it is empty.
    let _ = fs::remove_dir_all(&beside);
    key.connect()
}

pub fn open(folder: &Path, key: &mut DatabaseKey) -> Result<Connection, ReplicaError> {
    if !exists(folder) {
        return Err(ReplicaError::Absent);
    }
    key.connect()
}

/// Which file the database is. A restored backup or a copy has the same bytes, and is another file.
pub fn place(folder: &Path) -> Result<String, ReplicaError> {
    let path = folder.join(FILE);
    let metadata =
        std::fs::metadata(&path).map_err(|source| ReplicaError::File { path: path.clone(), source })?;
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&metadata);
    #[cfg(not(unix))]
    let number = 0;
    // Not every file system tells when a file was made.
    let made = metadata.created().ok().and_then(|made| made.duration_since(UNIX_EPOCH).ok());
    Ok(format!("{number}/{}", made.map_or(0, |made| made.as_millis())))
}

pub(super) fn connect(folder: &Path, key: &Secret) -> Result<Connection, ReplicaError> {
    let mut db = Connection::open(folder.join(FILE))?;
    db.busy_timeout(Duration::from_secs(20))?;
    // SQLCipher writes to stderr by itself; what goes wrong is told by the error.
    db.pragma_update(None, "cipher_log_level", "NONE")?;
    db.pragma_update(None, "key", key.pragma().as_str())?;
    // The first read tells whether key and file fit, and wants room for the log's index.
    let read = db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    read.map_err(|error| match ReplicaError::from(error) {
        ReplicaError::Database(error) if !ReplicaError::full(&error) => ReplicaError::Damaged(error),
        full => full,
    })?;
    // Acknowledge only what a power cut can't take back.
    db.pragma_update(None, "journal_mode", "wal")?;
    db.pragma_update(None, "synchronous", "full")?;
    db.pragma_update(None, "foreign_keys", "on")?;
    // What is deleted is overwritten: an order to erase leaves nothing in free pages.
    db.pragma_update(None, "secure_delete", "on")?;
    db.pragma_update(None, "cache_size", -32768)?;
    // A statement is planned once. Otherwise one whose plan might follow from a bound value (a partial index, a limit) is
    // parsed and planned anew each time another value is bound: a tenth of an intake, a fifth of a list.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    db.set_prepared_statement_cache_capacity(128);
    migrations::migrations::runner().run(&mut db)?;
    Ok(db)
}
