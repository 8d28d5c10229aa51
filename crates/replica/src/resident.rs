//! The register of residents: one entry, used by every form.

use crate::{
    ReplicaError,
    document::{Document, RowId},
    search::{self, Changes, Words},
};
use daiban_domain::UnitCode;
use rusqlite::{Connection, OptionalExtension, params};

pub(crate) fn project(db: &Connection, document: &Document, found: &mut Changes) -> Result<(), ReplicaError> {
    let text = |key: &str| document.text(key).unwrap_or_default();
    let words = words(db, document.row)?;
    db.prepare_cached(
        "INSERT OR REPLACE INTO resident (id, unit, name, id_type, id_no, phone, address) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
            document.row.0,
            document.partition.unit.to_string(),
            text("name"),
            text("idType"),
            text("idNo"),
            text("phone"),
            text("address")
        ])?;
    found.add(document.row, words, Words::of(text("name"), [text("idNo"), text("phone")]));
    Ok(())
}

/// Takes an erased entry out of the register.
pub(crate) fn forget(db: &Connection, row: RowId, found: &mut Changes) -> Result<(), ReplicaError> {
    found.add(row, words(db, row)?, Words::default());
    db.prepare_cached("DELETE FROM resident WHERE id = ?")?.execute([row.0])?;
    Ok(())
}

/// What the row as it is now is found by.
fn words(db: &Connection, row: RowId) -> Result<Words, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT name, id_no, phone FROM resident WHERE id = ?")?;
    let words = statement.query_row(params![row.0], |row| {
        let text = |column| Ok::<_, rusqlite::Error>(row.get_ref(column)?.as_str()?);
        Ok(Words::of(text(0)?, [text(1)?, text(2)?]))
    });
    Ok(words.optional()?.unwrap_or_default())
}

/// The resident of a unit with this identity number.
pub fn find(db: &Connection, unit: UnitCode, id_no: &str) -> Result<Option<RowId>, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT resident.id
         FROM search JOIN resident ON resident.id = search.rowid JOIN document ON document.id = resident.id
         WHERE search MATCH ? AND id_no = ? AND resident.unit = ? ORDER BY document.document LIMIT 1",
    )?;
    let Some(tokens) = search::whole_number(id_no) else { return Ok(None) };
    let row = statement.query_row(params![tokens, id_no, unit.to_string()], |row| row.get(0)).optional()?;
    Ok(row.map(RowId))
}
