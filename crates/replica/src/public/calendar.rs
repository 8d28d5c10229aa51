//! The working-day calendar, a document a year.

use super::{Projecting, memo::Memo, terms_moved};
use crate::{ReplicaError, document::Document};
use daiban_domain::calendar::WorkCalendar;
use rusqlite::{Connection, params};
use std::sync::Arc;

static PARSED: Memo<WorkCalendar> = Memo::new();

pub(super) fn project(
    db: &Connection,
    document: &Document,
    projecting: &mut Projecting,
) -> Result<(), ReplicaError> {
    let (Some(content), Some(year)) = (document.text("content"), document.int("year")) else { return Ok(()) };
    serde_json::from_str::<serde::de::IgnoredAny>(content)?;
    db.execute(
        "INSERT OR REPLACE INTO calendar (year, source, content) VALUES (?, ?, ?)",
        params![year, document.text("source").unwrap_or_default(), content],
    )?;
    terms_moved(db, projecting)
}

/// All published years.
pub fn load(db: &Connection) -> Result<Arc<WorkCalendar>, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT year, source, content FROM calendar ORDER BY year")?;
    let mut rows = statement.query([])?;
    let (mut years, mut source) = (Vec::new(), String::new());
    while let Some(row) = rows.next()? {
        let content = row.get_ref("content")?.as_str().unwrap_or_default();
        years.push(format!("\"{}\":{content}", row.get::<_, i64>("year")?));
        source = row.get("source")?;
    }
    let table =
        format!("{{\"source\":{},\"years\":{{{}}}}}", serde_json::to_string(&source)?, years.join(","));
    PARSED.of(&table, |table| {
        WorkCalendar::from_json(table).map_err(|_| ReplicaError::Column("calendar.content"))
    })
}
