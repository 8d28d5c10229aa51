//! The folder that a scanner writes to, at this device alone.

use crate::{ReplicaError, document::Writing};
use rusqlite::{Connection, OptionalExtension};

/// Empty for none.
pub fn find(db: &Connection) -> Result<String, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT folder FROM scan_folder")?;
    Ok(statement.query_row([], |row| row.get(0)).optional()?.unwrap_or_default())
}

pub fn put(writing: &Writing<'_>, folder: &str) -> Result<(), ReplicaError> {
    let sql = "INSERT OR REPLACE INTO scan_folder (one, folder) VALUES (1, ?)";
    writing.db().prepare_cached(sql)?.execute([folder])?;
    Ok(())
}
