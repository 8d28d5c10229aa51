//! Units, as the county publishes them.

use crate::{ReplicaError, document::Document, identity::text};
use daiban_domain::{Level, Unit, UnitCode};
use rusqlite::{Connection, OptionalExtension, Row, params};

pub(super) fn project(db: &Connection, document: &Document) -> Result<(), ReplicaError> {
    let Some(content) = document.text("content") else { return Ok(()) };
    let unit: Unit = serde_json::from_str(content)?;
    db.execute(
        "INSERT OR REPLACE INTO unit (code, full_name, short_name, level, uscc, address, phone, complaint_phone)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            unit.code.to_string(),
            unit.full_name,
            unit.short_name,
            format!("{:?}", unit.level),
            unit.uscc,
            unit.address,
            unit.phone,
            unit.complaint_phone
        ],
    )?;
    Ok(())
}

/// One unit, if it is known here.
pub fn find(db: &Connection, code: UnitCode) -> Result<Option<Unit>, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT * FROM unit WHERE code = ?")?;
    statement.query_row(params![code.to_string()], |row| Ok(from_row(row))).optional()?.transpose()
}

/// The unit and all below it, in the order of their codes.
pub fn below(db: &Connection, code: UnitCode) -> Result<Vec<Unit>, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT * FROM unit WHERE code LIKE ? || '%' ORDER BY code")?;
    let mut rows = statement.query(params![code.prefix()])?;
    let mut units = Vec::new();
    while let Some(row) = rows.next()? {
        units.push(from_row(row)?);
    }
    Ok(units)
}

fn from_row(row: &Row<'_>) -> Result<Unit, ReplicaError> {
    let level: String = row.get("level")?;
    let level = [Level::Village, Level::Township, Level::County]
        .into_iter()
        .find(|known| format!("{known:?}") == level)
        .ok_or(ReplicaError::Column("unit.level"))?;
    Ok(Unit {
        code: text(row, "code")?,
        full_name: row.get("full_name")?,
        short_name: row.get("short_name")?,
        level,
        uscc: row.get("uscc")?,
        address: row.get("address")?,
        phone: row.get("phone")?,
        complaint_phone: row.get("complaint_phone")?,
    })
}
