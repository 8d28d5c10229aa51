//! What was printed on at this device, so that it is offered again. It is in no document and goes nowhere.

use crate::{ReplicaError, document::Writing};
use rusqlite::{Connection, params};

/// Queues and their trays ("" for the usual one), the last one first.
pub fn used(db: &Connection) -> Result<Vec<(String, String)>, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT name, tray FROM printer ORDER BY used DESC")?;
    let used = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(used.collect::<Result<_, _>>()?)
}

pub fn remember(writing: &Writing<'_>, name: &str, tray: &str) -> Result<(), ReplicaError> {
    let sql = "INSERT OR REPLACE INTO printer (name, tray, used) VALUES (?, ?, ?)";
    writing.db().prepare_cached(sql)?.execute(params![name, tray, writing.now().0])?;
    Ok(())
}
