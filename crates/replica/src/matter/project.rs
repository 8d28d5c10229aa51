//! From a matter's document to its row in the list.

use super::{MatterRecord, archived};
use crate::{
    ReplicaError,
    document::{Document, RowId},
    public::Projecting,
    rating,
};
use daiban_domain::matter::{fold, term};
use rusqlite::{Connection, params};

pub(crate) fn project(
    db: &Connection,
    document: &Document,
    projecting: &mut Projecting,
) -> Result<(), ReplicaError> {
    let Some(record) = MatterRecord::read(db, document)? else {
        // Its first change isn't here, or has turned out not to count. Of one that has left with its year the row stays.
        let left = archived(db, document.row)?.is_some();
        return if left { Ok(()) } else { forget(db, document.row) };
    };
    let matter = &record.matter;
    let folded = fold(&record.events, matter);
    let term = term(matter, &folded, &*projecting.calendar(db)?, &*projecting.settings(db)?);
    db.prepare_cached(include_str!("insert.sql"))?.execute(params![
        document.row.0,
        record.matter_no,
        matter.unit.to_string(),
        matter.kind.as_str(),
        folded.state.as_str(),
        folded.owner.unit.to_string(),
        folded.owner.person.map(|person| person.0),
        matter.asked_on.to_string(),
        matter.asker_name,
        matter.asker_phone,
        matter.text,
        term.start.to_string(),
        term.due.date.to_string(),
        term.due.provisional,
        folded.doubtful,
        record.incomplete || folded.incomplete,
    ])?;
    rating::project_ticket(db, &record, &folded)
}

/// Takes an erased matter out of the list.
pub(crate) fn forget(db: &Connection, row: RowId) -> Result<(), ReplicaError> {
    db.prepare_cached("DELETE FROM matter WHERE id = ?")?.execute([row.0])?;
    rating::forget_ticket(db, row)
}

/// A new calendar or a county's number may move the terms of any that is still here, also of one that is closed: a row shows
/// what was due.
pub(crate) fn project_all(db: &Connection, projecting: &mut Projecting) -> Result<(), ReplicaError> {
    let mut statement = db.prepare_cached("SELECT id FROM matter WHERE archived IS NULL")?;
    let ids = statement.query_map([], |row| row.get(0).map(RowId))?.collect::<Result<Vec<_>, _>>()?;
    ids.into_iter().try_for_each(|row| project(db, &Document::load(db, row)?, projecting))
}
