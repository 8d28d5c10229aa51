//! The working-day calendar, a document a year.

use crate::{ReplicaError, case, document::Document};
use daiban_domain::calendar::WorkCalendar;
use rusqlite::{Connection, params};
use serde_json::{Map, Value, json};

pub(super) fn project(db: &Connection, document: &Document) -> Result<(), ReplicaError> {
    let (Some(content), Some(year)) = (document.text("content"), document.int("year")) else { return Ok(()) };
    db.execute(
        "INSERT OR REPLACE INTO calendar (year, source, content) VALUES (?, ?, ?)",
        params![year, document.text("source").unwrap_or_default(), content],
    )?;
    case::project_open(db)
}

/// All published years.
pub fn load(db: &Connection) -> Result<WorkCalendar, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT year, source, content FROM calendar ORDER BY year")?;
    let mut rows = statement.query([])?;
    let (mut years, mut source) = (Map::new(), String::new());
    while let Some(row) = rows.next()? {
        let content = row.get_ref("content")?.as_str().unwrap_or_default().to_owned();
        years.insert(row.get::<_, i64>("year")?.to_string(), serde_json::from_str::<Value>(&content)?);
        source = row.get("source")?;
    }
    let table = json!({ "source": source, "years": years }).to_string();
    WorkCalendar::from_json(&table).map_err(|_| ReplicaError::Column("calendar.content"))
}
