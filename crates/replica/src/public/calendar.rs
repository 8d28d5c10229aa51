//! The working-day calendar, a document a year.

use super::{Projecting, memo::Memo, terms_moved};
use crate::{
    ReplicaError,
    document::{Document, Edit, RowId},
};
use daiban_domain::calendar::{WorkCalendar, Year};
use rusqlite::{Connection, params};
use std::{collections::BTreeMap, sync::Arc};

static PARSED: Memo<WorkCalendar> = Memo::new();

pub(super) fn project(
    db: &Connection,
    document: &Document,
    projecting: &mut Projecting,
) -> Result<(), ReplicaError> {
    let table = match (document.int("year"), document.text("content")) {
        (Some(year), Some(content)) => {
            let read = WorkCalendar::from_json(&table("", [(year, content)])?);
            read.inspect_err(
                |error| tracing::warn!(document = %document.id, %error, "a calendar can't be read"),
            )
            .is_ok()
            .then_some((year, content))
        }
        _ => None,
    };
    match table {
        Some((year, content)) => db.execute(
            "INSERT OR REPLACE INTO calendar (id, year, source, content) VALUES (?, ?, ?, ?)",
            params![document.row.0, year, document.text("source").unwrap_or_default(), content],
        )?,
        None => db.execute("DELETE FROM calendar WHERE id = ?", [document.row.0])?,
    };
    terms_moved(db, projecting)
}

/// All published years. Where two documents are about one year, the later counts.
pub fn load(db: &Connection) -> Result<Arc<WorkCalendar>, ReplicaError> {
    let years = in_force(db)?;
    let source = years.values().last().map_or("", |table| &table.source);
    let text = table(source, years.iter().map(|(year, table)| (*year, table.content.as_str())))?;
    PARSED
        .of(&text, |text| WorkCalendar::from_json(text).map_err(|_| ReplicaError::Column("calendar.content")))
}

/// Where a year's table comes from; empty where there is none.
pub fn source(db: &Connection, year: i16) -> Result<String, ReplicaError> {
    Ok(in_force(db)?.remove(&i64::from(year)).map(|table| table.source).unwrap_or_default())
}

/// Years' tables in the shape of `data/calendar.json`.
fn table<'t>(source: &str, years: impl IntoIterator<Item = (i64, &'t str)>) -> Result<String, ReplicaError> {
    let years: Vec<String> =
        years.into_iter().map(|(year, content)| format!("\"{year}\":{content}")).collect();
    Ok(format!("{{\"source\":{},\"years\":{{{}}}}}", serde_json::to_string(source)?, years.join(",")))
}

/// Which table of a year counts here: the first eight digits of the hash of its content; empty for none.
pub fn version(db: &Connection, year: i16) -> Result<String, ReplicaError> {
    let table = in_force(db)?.remove(&i64::from(year));
    let digits = |table: Table| blake3::hash(table.content.as_bytes()).to_hex()[..8].to_owned();
    Ok(table.map(digits).unwrap_or_default())
}

/// Says a year's table in its document.
pub fn put(edit: &mut Edit<'_>, year: i16, source: &str, content: &Year) -> Result<(), ReplicaError> {
    edit.put("year", i64::from(year));
    edit.put("source", source);
    edit.put("content", serde_json::to_string(content)?);
    Ok(())
}

/// A year's table that counts, and the document that says it.
pub struct Table {
    pub document: RowId,
    source: String,
    content: String,
}

pub fn in_force(db: &Connection) -> Result<BTreeMap<i64, Table>, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT calendar.* FROM calendar CROSS JOIN document USING (id) ORDER BY document.document",
    )?;
    let mut rows = statement.query([])?;
    let mut years = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let document = RowId(row.get("id")?);
        let table = Table { document, source: row.get("source")?, content: row.get("content")? };
        years.insert(row.get("year")?, table);
    }
    Ok(years)
}
