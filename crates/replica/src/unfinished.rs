//! Requests that somebody has begun to record. They are in no document, go nowhere, and are nobody's but the person's who
//! began them.

use crate::{ReplicaError, document::Writing};
use daiban_domain::{Instant, PersonId};
use rusqlite::{Connection, params};

/// Nobody comes back after that, ms.
const FORGOTTEN: i64 = 90 * 24 * 3600 * 1000;

/// Bodies with the moment of their last keeping, the last one first.
pub fn of(db: &Connection, person: PersonId) -> Result<Vec<(Instant, String)>, ReplicaError> {
    let sql = "SELECT kept, body FROM unfinished WHERE person = ? ORDER BY kept DESC, id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([person.to_string()], |row| Ok((Instant(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keeps one in the place of what was kept under its id, and lets go of what was left long ago.
pub fn keep(writing: &Writing<'_>, id: u32, body: &str) -> Result<(), ReplicaError> {
    let (now, person) = (writing.now().0, writing.identity().person.to_string());
    let sql = "DELETE FROM unfinished WHERE kept < ?";
    writing.db().prepare_cached(sql)?.execute([now.saturating_sub(FORGOTTEN)])?;
    let sql = "INSERT OR REPLACE INTO unfinished (person, id, kept, body) VALUES (?, ?, ?, ?)";
    writing.db().prepare_cached(sql)?.execute(params![person, id, now, body])?;
    Ok(())
}

pub fn forget(writing: &Writing<'_>, id: u32) -> Result<(), ReplicaError> {
    let sql = "DELETE FROM unfinished WHERE person = ? AND id = ?";
    let person = writing.identity().person.to_string();
    writing.db().prepare_cached(sql)?.execute(params![person, id])?;
    Ok(())
}
