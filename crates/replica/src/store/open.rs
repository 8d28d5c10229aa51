//! Opening the database: key, pragmas, migrations.

use super::{
    DatabaseKey,
    key::{self, seal::Secret},
};
use crate::ReplicaError;
use rusqlite::{Connection, config::DbConfig};
use std::{
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

mod migrations {
    refinery::embed_migrations!("../../migrations/replica");
}

const FILE: &str = "daiban.db";

/// Whether a data folder belongs to an enrolled device.
pub fn exists(folder: &Path) -> bool {
    file(folder).exists()
}

/// The database of a data folder.
pub fn file(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

pub fn create(folder: &Path, key: &mut DatabaseKey) -> Result<Connection, ReplicaError> {
    if exists(folder) {
        return Err(ReplicaError::Exists);
    }
    key.connect()
}

pub fn open(folder: &Path, key: &mut DatabaseKey) -> Result<Connection, ReplicaError> {
    if !exists(folder) {
        return Err(ReplicaError::Absent);
    }
    key.connect()
}

/// Closes a database that lies in a folder aside, and moves it to where it belongs, its key first.
pub fn settle(db: Connection, key: DatabaseKey, folder: &Path) -> Result<(), ReplicaError> {
    if exists(folder) {
        return Err(ReplicaError::Exists);
    }
    let aside = key.folder.clone();
    // What is still in the log beside it would stay behind.
    let busy: bool = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy {
        return Err(ReplicaError::InUse);
    }
    db.close().map_err(|(_, error)| error)?;
    drop(key);
    for name in [key::FILE, FILE] {
        let (from, to) = (aside.join(name), folder.join(name));
        let moved = std::fs::rename(&from, &to).and_then(|()| key::keep_name(&to));
        moved.map_err(|source| ReplicaError::File { path: to, source })?;
    }
    Ok(())
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
    db.pragma_update(None, "cache_size", -28672)?;
    // A statement is planned once. Otherwise one whose plan might follow from a bound value (a partial index, a limit) is
    // parsed and planned anew each time another value is bound: a tenth of an intake, a fifth of a list.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    db.set_prepared_statement_cache_capacity(128);
    migrations::migrations::runner().run(&mut db)?;
    Ok(db)
}

#[cfg(test)]
mod tests {
    use super::migrations;
    use crate::unfinished::{self, Kind};
    use daiban_domain::{Instant, PersonId};
    use refinery::Target;
    use rusqlite::Connection;

    #[test]
    fn what_was_begun_before_there_were_kinds_is_a_request() {
        let mut db = Connection::open_in_memory().unwrap();
        migrations::migrations::runner().set_target(Target::Version(35)).run(&mut db).unwrap();
        let person = PersonId([7; 8]);
        let sql = "INSERT INTO unfinished (person, id, kept, body) VALUES (?, 3, 9, '{}')";
        db.execute(sql, [person.to_string()]).unwrap();
        migrations::migrations::runner().run(&mut db).unwrap();
        let of = |kind| unfinished::of(&db, person, kind).unwrap();
        assert_eq!(of(Kind::Request), [(Instant(9), "{}".to_owned())]);
        assert!(of(Kind::Notice).is_empty());
    }
}
