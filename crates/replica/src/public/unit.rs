//! Units, as the county publishes them.

use super::keep;
use crate::{
    ReplicaError,
    document::{Document, RowId, Writing, kind},
    identity::text,
};
use daiban_domain::{Level, Unit, UnitCode};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeSet;

pub(super) fn project(db: &Connection, document: &Document) -> Result<(), ReplicaError> {
    let Some(content) = document.text("content") else { return Ok(()) };
    let unit: Unit = serde_json::from_str(content)?;
    let day = |date: Option<Date>| date.map(|date| date.to_string());
    db.prepare_cached(include_str!("unit/project.sql"))?.execute(params![
        unit.code.to_string(),
        unit.full_name,
        unit.short_name,
        format!("{:?}", unit.level),
        unit.uscc,
        unit.address,
        unit.phone,
        unit.complaint_phone,
        document.row.0,
        day(unit.valid_from),
        day(unit.valid_to),
        unit.successor_code.map(|code| code.to_string()),
        unit.second_name,
    ])?;
    Ok(())
}

/// Publishes a unit, in the document that it has. One that was given the code of another that has ended gets its own.
pub fn publish(writing: &mut Writing<'_>, unit: &Unit) -> Result<(), ReplicaError> {
    let content = serde_json::to_string(unit)?;
    let sql = "SELECT document FROM unit WHERE code = ? AND full_name = ?";
    let document = writing
        .db()
        .query_row(sql, params![unit.code.to_string(), unit.full_name], |row| row.get(0).map(RowId))
        .optional()?;
    let county = writing.identity().county;
    keep(writing, document, county, kind::UNIT, content)
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

/// Units elsewhere whose cases are this unit's to look after, for they were merged into it or into one below it, at once or
/// one after the other; and all units below them.
pub fn merged_into(db: &Connection, code: UnitCode) -> Result<Vec<UnitCode>, ReplicaError> {
    let mut statement =
        db.prepare_cached("SELECT code, successor_code FROM unit WHERE successor_code IS NOT NULL")?;
    let pairs = statement.query_and_then([], |row| -> Result<(UnitCode, UnitCode), ReplicaError> {
        Ok((text(row, "code")?, text(row, "successor_code")?))
    })?;
    let mut merged = pairs.collect::<Result<Vec<_>, _>>()?;
    let mut heirs = vec![code];
    let mut all = BTreeSet::new();
    while let Some(heir) = heirs.pop() {
        let (into, others) = merged.into_iter().partition(|(_, successor)| heir.covers(*successor));
        merged = others;
        let into: Vec<(UnitCode, UnitCode)> = into;
        for (gone, _) in into {
            heirs.push(gone);
            all.extend(below(db, gone)?.into_iter().map(|unit| unit.code));
        }
    }
    Ok(all.into_iter().filter(|gone| !code.covers(*gone)).collect())
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
        second_name: row.get("second_name")?,
        short_name: row.get("short_name")?,
        level,
        uscc: row.get("uscc")?,
        address: row.get("address")?,
        phone: row.get("phone")?,
        complaint_phone: row.get("complaint_phone")?,
        valid_from: maybe(row, "valid_from")?,
        valid_to: maybe(row, "valid_to")?,
        successor_code: maybe(row, "successor_code")?,
    })
}

fn maybe<T: std::str::FromStr>(row: &Row<'_>, column: &'static str) -> Result<Option<T>, ReplicaError> {
    if row.get_ref(column)? == rusqlite::types::ValueRef::Null {
        Ok(None)
    } else {
        text(row, column).map(Some)
    }
}
