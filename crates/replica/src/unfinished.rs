//! What somebody has begun to write: a request, a notice. It is in no document, goes nowhere, and is nobody's but the person's
//! who began it.

use crate::{ReplicaError, document::Writing};
use daiban_domain::{Instant, PersonId};
use rusqlite::{Connection, params};

/// What is to become of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Request,
    Notice,
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Notice => "notice",
        }
    }
}

/// Nobody comes back after that, ms.
const FORGOTTEN: i64 = 90 * 24 * 3600 * 1000;

/// Bodies with the moment of their last keeping, the last one first.
pub fn of(db: &Connection, person: PersonId, kind: Kind) -> Result<Vec<(Instant, String)>, ReplicaError> {
    let sql = "SELECT kept, body FROM unfinished WHERE person = ? AND kind = ? ORDER BY kept DESC, id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params![person.to_string(), kind.as_str()], |row| {
        Ok((Instant(row.get(0)?), row.get(1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keeps one in the place of what was kept under its id, and lets go of what was left long ago.
pub fn keep(writing: &Writing<'_>, kind: Kind, id: u32, body: &str) -> Result<(), ReplicaError> {
    let (now, person) = (writing.now().0, writing.identity().person.to_string());
    let sql = "DELETE FROM unfinished WHERE kept < ?";
    writing.db().prepare_cached(sql)?.execute([now.saturating_sub(FORGOTTEN)])?;
    let sql = "INSERT OR REPLACE INTO unfinished (person, kind, id, kept, body) VALUES (?, ?, ?, ?, ?)";
    writing.db().prepare_cached(sql)?.execute(params![person, kind.as_str(), id, now, body])?;
    Ok(())
}

pub fn forget(writing: &Writing<'_>, kind: Kind, id: u32) -> Result<(), ReplicaError> {
    let sql = "DELETE FROM unfinished WHERE person = ? AND kind = ? AND id = ?";
    let person = writing.identity().person.to_string();
    writing.db().prepare_cached(sql)?.execute(params![person, kind.as_str(), id])?;
    Ok(())
}
