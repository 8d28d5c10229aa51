//! What every act moves: the clock, the anchor, the serials of this incarnation's numbers.

use crate::{ReplicaError, document::Writing};
use daiban_domain::{Hlc, Instant};
use rusqlite::{Connection, OptionalExtension, params};

const HLC: &str = "hlc";
const ANCHOR: &str = "anchor";
const PACE: &str = "pace";

/// The clock's last stamp and the latest hub-signed time.
pub(crate) fn clock(db: &Connection) -> Result<(Hlc, Instant), ReplicaError> {
    let hlc = value(db, HLC)?.unwrap_or_default();
    Ok((Hlc(hlc as u64), Instant(value(db, ANCHOR)?.unwrap_or_default())))
}

pub(crate) fn set_hlc(db: &Connection, hlc: Hlc) -> Result<(), ReplicaError> {
    raise(db, HLC, hlc.0 as i64)
}

/// Moves the anchor, never backwards.
pub(crate) fn raise_anchor(db: &Connection, to: Instant) -> Result<(), ReplicaError> {
    raise(db, ANCHOR, to.0)
}

/// About how many bytes of entries a page took that last came through.
pub(crate) fn pace(db: &Connection) -> Result<Option<u32>, ReplicaError> {
    Ok(value(db, PACE)?.and_then(|pace| pace.try_into().ok()))
}

pub(crate) fn set_pace(db: &Connection, bytes: u32) -> Result<(), ReplicaError> {
    set(db, PACE, bytes.into())
}

pub(crate) fn set(db: &Connection, name: &str, value: i64) -> Result<(), ReplicaError> {
    db.prepare_cached("INSERT OR REPLACE INTO counter (name, value) VALUES (?, ?)")?
        .execute(params![name, value])?;
    Ok(())
}

pub(crate) fn value(db: &Connection, name: &str) -> Result<Option<i64>, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT value FROM counter WHERE name = ?")?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}

pub(crate) fn clear(db: &Connection, name: &str) -> Result<(), ReplicaError> {
    db.prepare_cached("DELETE FROM counter WHERE name = ?")?.execute([name])?;
    Ok(())
}

pub(crate) fn raise(db: &Connection, name: &str, to: i64) -> Result<(), ReplicaError> {
    db.prepare_cached(
        "INSERT INTO counter (name, value) VALUES (?, ?)
         ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)",
    )?
    .execute(params![name, to])?;
    Ok(())
}

impl Writing<'_> {
    /// The last number of a series; 0 where none was given yet.
    pub fn last_serial(&self, series: &str) -> Result<u16, ReplicaError> {
        Ok(value(&self.tx, series)?.and_then(|last| u16::try_from(last).ok()).unwrap_or_default())
    }

    /// The next number of a series, from 1 to 9999, taken in the open transaction. Serials are labels: the tag in a
    /// number keeps two incarnations apart.
    pub fn next_serial(&mut self, series: &str) -> Result<u16, ReplicaError> {
        let mut statement = self.tx.prepare_cached(
            "INSERT INTO counter (name, value) VALUES (?, 1)
             ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value",
        )?;
        let next: u16 = statement.query_row([series], |row| row.get(0))?;
        if next > 9999 { Err(ReplicaError::SerialsSpent) } else { Ok(next) }
    }
}
