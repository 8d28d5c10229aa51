//! What is set at this device alone: numbers by name. They are in no document and go nowhere.

use crate::{ReplicaError, document::Writing};
use rusqlite::{Connection, OptionalExtension, params};

pub fn find(db: &Connection, name: &str) -> Result<Option<i64>, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT value FROM setting WHERE name = ?")?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}

pub fn put(writing: &Writing<'_>, name: &str, value: i64) -> Result<(), ReplicaError> {
    let sql = "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)";
    writing.db().prepare_cached(sql)?.execute(params![name, value])?;
    Ok(())
}
