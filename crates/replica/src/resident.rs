//! The register of residents: one entry, used by every form.

use crate::{
    ReplicaError,
    document::{Document, RowId},
};
use daiban_domain::UnitCode;
use rusqlite::{Connection, OptionalExtension, params};

pub(crate) fn project(db: &Connection, document: &Document) -> Result<(), ReplicaError> {
    let text = |key: &str| document.text(key).unwrap_or_default();
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
    Ok(())
}

/// The resident of a unit with this identity number.
pub fn find(db: &Connection, unit: UnitCode, id_no: &str) -> Result<Option<RowId>, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT id FROM resident JOIN document USING (id)
         WHERE id_no = ? AND resident.unit = ? ORDER BY document.document LIMIT 1",
    )?;
    let row = statement.query_row(params![id_no, unit.to_string()], |row| row.get(0)).optional()?;
    Ok(row.map(RowId))
}
