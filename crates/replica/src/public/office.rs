//! Service spots and departments, as the unit or one above it keeps them: a document for each in the keeper's public
//! partition.

use super::keep;
use crate::{
    ReplicaError,
    document::{Document, RowId, Writing, kind},
    identity::text,
};
use daiban_domain::{UnitCode, office::Office};
use rusqlite::{Connection, OptionalExtension, params};

pub(super) fn project(db: &Connection, document: &Document) -> Result<(), ReplicaError> {
    db.execute("DELETE FROM office WHERE id = ?", [document.row.0])?;
    let Some(content) = document.text("content") else { return Ok(()) };
    let (keeper, office): (UnitCode, Office) = (document.partition.unit, serde_json::from_str(content)?);
    if !keeper.covers(office.unit) || office.check().is_err() {
        return Ok(());
    }
    db.prepare_cached("INSERT INTO office (id, keeper, unit, name, content) VALUES (?, ?, ?, ?, ?)")?
        .execute(params![
            document.row.0,
            keeper.to_string(),
            office.unit.to_string(),
            office.name,
            content
        ])?;
    Ok(())
}

/// The offices of a unit, by name. Where several keepers speak of one the highest counts, of one keeper's words the later
/// document.
pub fn of_unit(db: &Connection, unit: UnitCode) -> Result<Vec<Office>, ReplicaError> {
    let sql = "SELECT keeper, content FROM office JOIN document USING (id)
               WHERE office.unit = ? ORDER BY name, document.document";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([unit.to_string()])?;
    let mut offices: Vec<(UnitCode, Office)> = Vec::new();
    while let Some(row) = rows.next()? {
        let keeper: UnitCode = text(row, "keeper")?;
        let office: Office = serde_json::from_str(row.get_ref("content")?.as_str().unwrap_or_default())?;
        match offices.last_mut().filter(|(_, last)| last.name == office.name) {
            Some((other, _)) if keeper.level() < other.level() => {}
            Some(last) => *last = (keeper, office),
            None => offices.push((keeper, office)),
        }
    }
    Ok(offices.into_iter().map(|(_, office)| office).collect())
}

/// Publishes what is known of an office in this unit's document.
pub fn publish(writing: &mut Writing<'_>, office: &Office) -> Result<(), ReplicaError> {
    let keeper = writing.identity().unit;
    let sql = "SELECT office.id FROM office JOIN document USING (id)
               WHERE office.unit = ? AND name = ? AND keeper = ? ORDER BY document.document DESC LIMIT 1";
    let kept = writing
        .db()
        .query_row(sql, params![office.unit.to_string(), office.name, keeper.to_string()], |row| {
            row.get(0).map(RowId)
        })
        .optional()?;
    keep(writing, kept, keeper, kind::OFFICE, serde_json::to_string(office)?)
}
