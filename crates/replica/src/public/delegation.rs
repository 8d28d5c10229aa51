//! Who stands in for whom: a document each, in the public partition of the unit that both work at.

use super::{Projecting, enrolment, keep};
use crate::{
    ReplicaError,
    document::{Document, RowId, Writing, kind},
    identity::text,
};
use daiban_domain::{PersonId, UnitCode, delegation::Delegation};
use rusqlite::{Connection, OptionalExtension, ToSql, params};
use std::collections::BTreeSet;

/// Acts that were taken by it, or could not be, count anew.
pub(super) fn project(
    db: &Connection,
    document: &Document,
    projecting: &mut Projecting,
) -> Result<(), ReplicaError> {
    let Some(content) = document.text("content") else { return Ok(()) };
    let before = db
        .prepare_cached("SELECT content FROM delegation WHERE id = ?")?
        .query_row([document.row.0], |row| row.get::<_, String>(0))
        .optional()?;
    if before.as_deref() == Some(content) {
        return Ok(());
    }
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
    let before = before.and_then(|before| serde_json::from_str::<Delegation>(&before).ok());
    let people = before.iter().flat_map(|before| [before.from, before.to]);
    for person in people.chain([delegation.from, delegation.to]).collect::<BTreeSet<_>>() {
        super::project(db, acted_for(db, person)?, projecting)?;
    }
    Ok(())
}

/// Notes who took acts for somebody else in a document, and for whom.
pub(super) fn note(db: &Connection, document: &Document) -> Result<(), ReplicaError> {
    db.prepare_cached("DELETE FROM acted_for WHERE document = ?")?.execute([document.row.0])?;
    for person in document.acted_for() {
        db.prepare_cached("INSERT INTO acted_for (document, person) VALUES (?, ?)")?
            .execute(params![document.row.0, person.0])?;
    }
    Ok(())
}

/// Documents in which somebody took an act for somebody else, or somebody else for them.
pub(super) fn acted_for(db: &Connection, person: PersonId) -> Result<Vec<RowId>, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT document FROM acted_for WHERE person = ?")?;
    let rows = statement.query_map([person.0], |row| row.get(0).map(RowId))?;
    Ok(rows.collect::<Result<_, _>>()?)
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
