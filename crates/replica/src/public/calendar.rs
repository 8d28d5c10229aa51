//! The working-day calendar, a document a year.

use super::{Projecting, memo::Memo};
use crate::{
    ReplicaError, case,
    document::{Document, RowId},
};
use daiban_domain::calendar::WorkCalendar;
use rusqlite::{Connection, params};
use std::{collections::BTreeMap, sync::Arc};

static PARSED: Memo<WorkCalendar> = Memo::new();

pub(super) fn project(
    db: &Connection,
    document: &Document,
    projecting: &mut Projecting,
) -> Result<(), ReplicaError> {
    let (Some(content), Some(year)) = (document.text("content"), document.int("year")) else { return Ok(()) };
    serde_json::from_str::<serde::de::IgnoredAny>(content)?;
    db.execute(
        "INSERT OR REPLACE INTO calendar (id, year, source, content) VALUES (?, ?, ?, ?)",
        params![document.row.0, year, document.text("source").unwrap_or_default(), content],
    )?;
    projecting.published();
    case::project_open(db, projecting)
}

/// All published years. Where two documents are about one year, the later counts.
pub fn load(db: &Connection) -> Result<Arc<WorkCalendar>, ReplicaError> {
    let (mut years, mut source) = (Vec::new(), String::new());
    for (year, table) in in_force(db)? {
        years.push(format!("\"{year}\":{}", table.content));
        source = table.source;
    }
    let table =
        format!("{{\"source\":{},\"years\":{{{}}}}}", serde_json::to_string(&source)?, years.join(","));
    PARSED.of(&table, |table| {
        WorkCalendar::from_json(table).map_err(|_| ReplicaError::Column("calendar.content"))
    })
}

/// A year's table that counts, and the document that says it.
pub struct Table {
    pub document: RowId,
    pub source: String,
    pub content: String,
}

pub fn in_force(db: &Connection) -> Result<BTreeMap<i64, Table>, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT calendar.* FROM calendar JOIN document USING (id) ORDER BY document.document",
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
