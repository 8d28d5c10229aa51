//! 一件事: what the county has published to be handled together, a document each.

use crate::{ReplicaError, document::Document};
use daiban_domain::item::bundle::LifeEventBundle;
use rusqlite::{Connection, OptionalExtension, params};

pub(super) fn project(db: &Connection, document: &Document) -> Result<(), ReplicaError> {
    let Some(content) = document.text("content") else { return Ok(()) };
    let bundle: LifeEventBundle = serde_json::from_str(content)?;
    db.prepare_cached("INSERT OR REPLACE INTO life_event (id, bundle_id, content) VALUES (?, ?, ?)")?
        .execute(params![document.row.0, bundle.bundle_id, content])?;
    Ok(())
}

/// Of several published under one id the latest document counts.
pub fn find(db: &Connection, bundle_id: &str) -> Result<Option<LifeEventBundle>, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT content FROM life_event CROSS JOIN document USING (id) WHERE bundle_id = ? ORDER BY document.document DESC LIMIT 1",
    )?;
    let content: Option<String> = statement.query_row([bundle_id], |row| row.get(0)).optional()?;
    Ok(content.map(|content| serde_json::from_str(&content)).transpose()?)
}

/// Whether the county has published any.
pub fn any(db: &Connection) -> Result<bool, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT EXISTS (SELECT 1 FROM life_event)")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}
