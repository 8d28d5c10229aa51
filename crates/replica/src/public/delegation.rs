//! Who stands in for whom: a document each, in the public partition of the unit that both work at.

use super::{enrolment, keep};
use crate::{
    ReplicaError,
    document::{Document, RowId, Writing, kind},
    identity::text,
};
use daiban_domain::{PersonId, UnitCode, delegation::Delegation};
use rusqlite::{Connection, ToSql, params};

pub(super) fn project(db: &Connection, document: &Document) -> Result<(), ReplicaError> {
    let Some(content) = document.text("content") else { return Ok(()) };
    // What a newer program has made of it may not be read here; what it said before counts no more.
    db.execute("DELETE FROM delegation WHERE id = ?", [document.row.0])?;
    let delegation: Delegation = serde_json::from_str(content)?;
    let sql = "INSERT INTO delegation (id, unit, substitute, content) VALUES (?, ?, ?, ?)";
    db.prepare_cached(sql)?.execute(params![
        document.row.0,
        document.partition.unit.to_string(),
        delegation.to.0,
        content
    ])?;
    Ok(())
}

/// What others have left to a person, the earliest word first.
pub fn to(db: &Connection, person: PersonId) -> Result<Vec<Delegation>, ReplicaError> {
    counting(db, "substitute = ?", &person.0)
}

/// All of a unit.
pub fn of_unit(db: &Connection, unit: UnitCode) -> Result<Vec<Delegation>, ReplicaError> {
    counting(db, "delegation.unit = ?", &unit.to_string())
}

fn counting(db: &Connection, which: &str, value: &dyn ToSql) -> Result<Vec<Delegation>, ReplicaError> {
    let rows = read(db, which, value)?;
    Ok(rows.into_iter().map(|(_, delegation)| delegation).collect())
}

/// A delegation counts between two who work at the unit that says so.
fn read(db: &Connection, which: &str, value: &dyn ToSql) -> Result<Vec<(RowId, Delegation)>, ReplicaError> {
    let sql = format!(
        "SELECT delegation.id, delegation.unit, content FROM delegation CROSS JOIN document USING (id)
         WHERE {which} ORDER BY document.document"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([value])?;
    let mut counting = Vec::new();
    while let Some(row) = rows.next()? {
        let unit: UnitCode = text(row, "unit")?;
        let content = row.get_ref("content")?.as_str().unwrap_or_default();
        let delegation: Delegation = serde_json::from_str(content)?;
        let here = |person| Ok::<_, ReplicaError>(enrolment::unit(db, person)? == Some(unit));
        if here(delegation.from)? && here(delegation.to)? {
            counting.push((RowId(row.get("id")?), delegation));
        }
    }
    Ok(counting)
}

/// Publishes a delegation. Of the same two people from the same day on there is one, which this replaces.
pub fn publish(writing: &mut Writing<'_>, delegation: &Delegation) -> Result<(), ReplicaError> {
    let unit = writing.identity().unit;
    let before = read(writing.db(), "substitute = ?", &delegation.to.0)?;
    let same = |other: &Delegation| other.from == delegation.from && other.since == delegation.since;
    let row = before.into_iter().rev().find(|(_, other)| same(other)).map(|(row, _)| row);
    keep(writing, row, unit, kind::DELEGATION, serde_json::to_string(delegation)?)
}
