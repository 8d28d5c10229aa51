//! The hand-overs that cases have travelled with.

use crate::{ReplicaError, document::RowId, identity::text};
use daiban_domain::{
    UnitCode,
    case::{Folded, State},
};
use rusqlite::{Connection, params};

/// `new`: nothing was known of the case before.
pub(super) fn project(
    db: &Connection,
    (row, new): (RowId, bool),
    folded: Option<&Folded>,
) -> Result<(), ReplicaError> {
    if !new {
        forget(db, row)?;
    }
    let Some(custody) = folded.map(|folded| &folded.custody) else { return Ok(()) };
    let sql = "INSERT OR IGNORE INTO hand_over (id, batch, under_way, differs) VALUES (?, ?, ?, ?)";
    let mut insert = db.prepare_cached(sql)?;
    custody.batches.iter().try_for_each(|batch| {
        let (under_way, differs) = (custody.travels_with(batch), custody.differing.contains(batch));
        insert.execute(params![row.0, batch, under_way && !custody.goes_back(), differs]).map(drop)
    })?;
    Ok(())
}

pub(super) fn forget(db: &Connection, row: RowId) -> Result<(), ReplicaError> {
    db.prepare_cached("DELETE FROM hand_over WHERE id = ?")?.execute([row.0])?;
    Ok(())
}

/// The cases that have travelled with a hand-over, in the order in which they were registered.
pub fn of_batch(db: &Connection, batch: &str) -> Result<Vec<RowId>, ReplicaError> {
    let sql = "SELECT id FROM hand_over JOIN case_row USING (id) WHERE hand_over.batch = ? ORDER BY made";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([batch], |row| row.get(0).map(RowId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A hand-over, in sums.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    pub batch: String,
    pub unit: UnitCode,
    pub cases: u64,
    /// That haven't arrived.
    pub under_way: u64,
    /// Of which something else was counted.
    pub differing: u64,
}

/// Those under way, and the latest others.
pub fn batches(db: &Connection, limit: u32) -> Result<Vec<Batch>, ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("batches.sql"))?;
    let rows = statement.query_and_then([limit], |row| {
        Ok(Batch {
            batch: row.get("batch")?,
            unit: text(row, "unit")?,
            cases: row.get("cases")?,
            under_way: row.get("under_way")?,
            differing: row.get("differing")?,
        })
    })?;
    rows.collect()
}

/// Cases of a hand-over whose papers haven't arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnderWay {
    pub batch: String,
    pub unit: UnitCode,
    pub cases: u64,
    /// The first of them.
    pub case_no: String,
}

/// Hand-overs under way, the oldest first. A case that was handed over again is under way with the last one.
pub fn under_way(db: &Connection, limit: u32) -> Result<Vec<UnderWay>, ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("under_way.sql"))?;
    let rows = statement.query_and_then(params![State::InTransit.as_str(), limit], |row| {
        Ok(UnderWay {
            batch: row.get("batch")?,
            unit: text(row, "unit")?,
            cases: row.get("cases")?,
            case_no: row.get("case_no")?,
        })
    })?;
    rows.collect()
}
