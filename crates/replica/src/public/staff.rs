//! Staff, as their township or the county keeps them: a document for each person in the keeper's own public partition.

use super::{enrolment, keep};
use crate::{
    ReplicaError,
    document::{Document, RowId, Writing, kind},
    identity::text,
};
use daiban_domain::{Level, PersonId, UnitCode, staff::Staff};
use rusqlite::{Connection, OptionalExtension, params};

/// A village keeps no staff: nobody vouches for themselves.
pub(super) fn project(db: &Connection, document: &Document) -> Result<(), ReplicaError> {
    let keeper = document.partition.unit;
    let Some(content) = document.text("content").filter(|_| keeper.level() != Level::Village) else {
        return Ok(());
    };
    // What a newer program has made of it may not be read here; what it said before counts no more.
    db.execute("DELETE FROM staff WHERE id = ?", [document.row.0])?;
    let staff: Staff = serde_json::from_str(content)?;
    db.prepare_cached("INSERT INTO staff (id, unit, person, content) VALUES (?, ?, ?, ?)")?
        .execute(params![document.row.0, keeper.to_string(), staff.person.0, content])?;
    Ok(())
}

/// What counts of a person's post, and who says so: a unit above the person's, the higher before the lower.
pub fn find(db: &Connection, person: PersonId) -> Result<Option<(UnitCode, Staff)>, ReplicaError> {
    let Some(unit) = enrolment::unit(db, person)? else { return Ok(None) };
    let sql = "SELECT staff.unit, content FROM staff CROSS JOIN document USING (id) WHERE person = ? ORDER BY document.document";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([person.0])?;
    let mut found: Option<(UnitCode, Staff)> = None;
    while let Some(row) = rows.next()? {
        let keeper: UnitCode = text(row, "unit")?;
        let lower = found.as_ref().is_some_and(|(other, _)| keeper.level() < other.level());
        if keeper.covers(unit) && !lower {
            let content = row.get_ref("content")?.as_str().unwrap_or_default();
            found = Some((keeper, serde_json::from_str(content)?));
        }
    }
    Ok(found)
}

/// Publishes what is known of a person in this unit's document.
pub fn publish(writing: &mut Writing<'_>, staff: &Staff) -> Result<(), ReplicaError> {
    let unit = writing.identity().unit;
    let sql = "SELECT staff.id FROM staff CROSS JOIN document USING (id)
               WHERE person = ? AND staff.unit = ? ORDER BY document.document DESC LIMIT 1";
    let kept = writing
        .db()
        .query_row(sql, params![staff.person.0, unit.to_string()], |row| row.get(0).map(RowId))
        .optional()?;
    keep(writing, kept, unit, kind::STAFF, serde_json::to_string(staff)?)
}
