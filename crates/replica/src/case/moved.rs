//! Cases of which a paper tells an end of a term that isn't so any more.

use crate::{ReplicaError, identity::text};
use daiban_domain::{UnitCode, case::ClockName, deadline::Due};
use jiff::civil::Date;
use rusqlite::Connection;

/// Unmasked.
pub struct Moved {
    pub case_no: String,
    pub unit: UnitCode,
    pub item_id: String,
    pub item_version: u16,
    pub applicant_name: String,
    pub phone: String,
    pub clock: ClockName,
    /// What the last paper told.
    pub told: Date,
    pub now: Due,
}

/// How many there are, and the first of them by what was told.
pub fn moved(db: &Connection, limit: u32) -> Result<(u64, Vec<Moved>), ReplicaError> {
    let count = "SELECT count(*) FROM case_row WHERE told IS NOT NULL";
    let total = db.prepare_cached(count)?.query_row([], |row| row.get(0))?;
    let mut statement = db.prepare_cached(include_str!("moved.sql"))?;
    let mut rows = statement.query([limit])?;
    let mut moved = Vec::new();
    while let Some(row) = rows.next()? {
        let clock: String = row.get("told_clock")?;
        moved.push(Moved {
            case_no: row.get("case_no")?,
            unit: text(row, "unit")?,
            item_id: row.get("item_id")?,
            item_version: row.get("item_version")?,
            applicant_name: row.get("applicant_name")?,
            phone: row.get("phone")?,
            clock: ClockName::parse(&clock).ok_or(ReplicaError::Column("case_row.told_clock"))?,
            told: text(row, "told")?,
            now: Due { date: text(row, "told_now")?, provisional: row.get("told_now_provisional")? },
        });
    }
    Ok((total, moved))
}
