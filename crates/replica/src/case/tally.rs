//! How many cases there are of each unit and state, doubtful ones apart: a sum for each, kept by the database's triggers as
//! rows come, move and go. What a list filters by is which sums it goes through; the indices that it is read from begin with them.
//!
//! The newest cases are in no sum and no index yet, as they aren't in the search index (`search.rs`).

use super::{Units, place};
use crate::{ReplicaError, document::RowId};
use daiban_domain::{DocumentId, UnitCode, case::State};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};
use std::collections::BTreeMap;

/// How many cases there are of a state, and how many of them are doubtful.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub cases: u64,
    pub doubtful: u64,
}

/// The cases at and below a unit, or all, and those that were merged into them, by state.
pub fn tallies(db: &Connection, unit: Option<UnitCode>) -> Result<BTreeMap<State, Tally>, ReplicaError> {
    let units = Units::of(db, unit)?;
    let mut statement = db.prepare_cached(include_str!("tally/by_state.sql"))?;
    let mut rows = statement.query(&units.params()[..])?;
    let mut tallies = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let state: String = row.get("state")?;
        let state = State::parse(&state).ok_or(ReplicaError::Column("case_row.state"))?;
        let tally: &mut Tally = tallies.entry(state).or_default();
        tally.cases += row.get::<_, u64>("cases")?;
        tally.doubtful += row.get::<_, u64>("doubtful")?;
    }
    tallies.retain(|_, tally| tally.cases > 0);
    Ok(tallies)
}

/// The sum that a row of a unit and a state, doubtful or not, belongs to; `None` for the newest.
pub(super) fn of(
    db: &Connection,
    row: RowId,
    (unit, state, doubtful): (&str, &str, bool),
) -> Result<Option<i64>, ReplicaError> {
    let kind = params![unit, state, doubtful, row.0];
    let id = |row: &Row<'_>| row.get(0);
    for sql in [include_str!("tally/find.sql"), include_str!("tally/open.sql")] {
        if let Some(id) = db.prepare_cached(sql)?.query_row(kind, id).optional()? {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

pub(super) fn put(db: &Connection, row: RowId, tally: Option<i64>) -> Result<(), ReplicaError> {
    db.prepare_cached("UPDATE case_row SET tally = ? WHERE id = ?")?.execute(params![tally, row.0])?;
    Ok(())
}

/// Counts the cases of documents after one, as far as they are indexed now, and gives them their places.
pub(crate) fn count_after(db: &Connection, after: RowId) -> Result<(), ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("tally/uncounted.sql"))?;
    let uncounted = statement.query_map([after.0], |row| {
        let (unit, state): (String, String) = (row.get("unit")?, row.get("state")?);
        Ok((RowId(row.get("id")?), unit, state, row.get("doubtful")?, DocumentId(row.get("document")?)))
    })?;
    for (row, unit, state, doubtful, document) in uncounted.collect::<Result<Vec<_>, _>>()? {
        let tally = of(db, row, (&unit, &state, doubtful))?;
        db.prepare_cached("UPDATE case_row SET tally = ?, made = ? WHERE id = ?")?.execute(params![
            tally,
            place::free(db, document)?,
            row.0
        ])?;
    }
    Ok(())
}

/// Counts what there is of cases anew.
pub(super) fn begin_anew(db: &Connection) -> Result<(), ReplicaError> {
    db.execute("UPDATE case_row SET tally = NULL", [])?;
    db.execute("DELETE FROM case_tally", [])?;
    db.execute("DELETE FROM item_tally", [])?;
    count_after(db, RowId(0))
}

/// Whether a sum or an index isn't that of the rows.
pub(crate) fn miscounted(db: &Connection) -> Result<bool, ReplicaError> {
    let in_order = named_params! { ":in_order": place::IN_ORDER };
    Ok(db.query_row(include_str!("tally/miscounted.sql"), in_order, |row| row.get(0))?)
}
