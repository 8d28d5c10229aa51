//! What people say of two entries of different registers: a document of the lowest unit above both, whose villages don't
//! see it.

use super::Entry;
use crate::{
    ReplicaError,
    document::{Document, Edit, RowId},
    identity::text,
};
use daiban_domain::{
    DocumentId, UnitCode,
    case::Event,
    resident::link::{Link, folded},
};
use daiban_exchange::Partition;
use rusqlite::{Connection, Row, params};

/// An entry, and the unit whose register it lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct End {
    pub document: DocumentId,
    pub unit: UnitCode,
}

impl End {
    pub fn of(entry: &Entry) -> Self {
        Self { document: entry.document, unit: entry.unit }
    }
}

/// Two entries, the earlier document first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    pub one: End,
    pub other: End,
    /// The lowest unit above both.
    pub covering: UnitCode,
}

impl Ends {
    /// `None` for an entry and itself, and for entries of two counties.
    pub fn of(one: End, other: End) -> Option<Self> {
        let covering = one.unit.common(other.unit).filter(|_| one.document != other.document)?;
        Some(Self { one: one.min(other), other: one.max(other), covering })
    }

    pub fn partition(&self) -> Partition {
        Partition::internal(self.covering)
    }
}

/// Names the two in a document that is being made.
pub fn fill(edit: &mut Edit<'_>, ends: &Ends) {
    edit.put("one", ends.one.document.to_string());
    edit.put("oneUnit", ends.one.unit.to_string());
    edit.put("other", ends.other.document.to_string());
    edit.put("otherUnit", ends.other.unit.to_string());
}

/// `None` if the document isn't (yet) whole, or doesn't lie where such documents lie.
fn read(document: &Document) -> Option<Ends> {
    let end = |id: &str, unit: &str| {
        Some(End { document: document.text(id)?.parse().ok()?, unit: document.text(unit)?.parse().ok()? })
    };
    let ends = Ends::of(end("one", "oneUnit")?, end("other", "otherUnit")?)?;
    (ends.partition() == document.partition && ends.one.unit != ends.other.unit).then_some(ends)
}

/// Several documents about the same two count together: two desks may each have made one.
pub(crate) fn project(db: &Connection, document: &Document) -> Result<(), ReplicaError> {
    forget(db, document.row)?;
    let Some(ends) = read(document) else { return Ok(()) };
    insert(db, document.row, &ends, None)?;
    count(db, &ends)
}

fn count(db: &Connection, ends: &Ends) -> Result<(), ReplicaError> {
    let linked = said(db, ends)?.1.linked;
    documents(db, ends)?.into_iter().try_for_each(|row| insert(db, row, ends, linked))
}

/// Both ways, so that either end finds it.
pub(super) fn insert(
    db: &Connection,
    row: RowId,
    ends: &Ends,
    linked: Option<bool>,
) -> Result<(), ReplicaError> {
    let mut insert = db.prepare_cached("INSERT OR REPLACE INTO resident_link VALUES (?, ?, ?, ?, ?, ?)")?;
    for (from, to) in [(ends.one, ends.other), (ends.other, ends.one)] {
        let (from_unit, to_unit) = (from.unit.to_string(), to.unit.to_string());
        insert.execute(params![row.0, from.document.0, from_unit, to.document.0, to_unit, linked])?;
    }
    Ok(())
}

/// Takes out what a document says, of one register or across.
pub(super) fn clear(db: &Connection, row: RowId) -> Result<(), ReplicaError> {
    db.prepare_cached("DELETE FROM resident_link WHERE id = ?")?.execute([row.0])?;
    Ok(())
}

/// Takes out what was said across registers in a document; what is said of the same two in others counts without it.
pub(crate) fn forget(db: &Connection, row: RowId) -> Result<(), ReplicaError> {
    let mut statement = db.prepare_cached("SELECT * FROM resident_link WHERE id = ? AND one < other")?;
    let end = |row: &Row<'_>, document: &str, unit: &'static str| {
        Ok::<_, ReplicaError>(End { document: DocumentId(row.get(document)?), unit: text(row, unit)? })
    };
    let mut rows = statement.query([row.0])?;
    let mut about = Vec::new();
    while let Some(row) = rows.next()? {
        about.extend(Ends::of(end(row, "one", "one_unit")?, end(row, "other", "other_unit")?));
    }
    clear(db, row)?;
    about.iter().try_for_each(|ends| count(db, ends))
}

/// The documents that say something of two entries of different registers, the earliest first.
pub fn documents(db: &Connection, ends: &Ends) -> Result<Vec<RowId>, ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("link_documents.sql"))?;
    let Ends { one, other, covering } = ends;
    let rows = statement.query_map(
        params![
            one.document.0,
            one.unit.to_string(),
            other.document.0,
            other.unit.to_string(),
            covering.to_string()
        ],
        |row| row.get(0).map(RowId),
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The documents in which something is said of an entry and one of another register.
pub fn about(db: &Connection, entry: DocumentId) -> Result<Vec<RowId>, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT DISTINCT resident_link.id FROM resident_link JOIN document USING (id)
         WHERE one = ? AND partition_kind = 'internal'",
    )?;
    let rows = statement.query_map([entry.0], |row| row.get(0).map(RowId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What was said of two entries of different registers, in the order of the clock, and what it comes to.
pub fn said(db: &Connection, ends: &Ends) -> Result<(Vec<Event>, Link), ReplicaError> {
    let mut events = Vec::new();
    for row in documents(db, ends)? {
        events.extend(Document::load(db, row)?.events(db)?);
    }
    events.sort_by_key(|event| (event.hlc, event.id));
    let link = folded(&events, ends.covering);
    Ok((events, link))
}
