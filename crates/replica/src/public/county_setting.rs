//! The numbers in which counties differ, a document for each that the county has published.

use super::{Projecting, terms_moved};
use crate::{
    ReplicaError,
    document::{Document, Writing, kind},
    identity::text,
};
use daiban_domain::case::CountySettings;
use daiban_exchange::Partition;
use jiff::civil::Date;
use rusqlite::{Connection, params};

pub(super) fn project(
    db: &Connection,
    document: &Document,
    projecting: &mut Projecting,
) -> Result<(), ReplicaError> {
    let since = document.text("since").and_then(|since| since.parse::<Date>().ok());
    let (Some(name), Some(value), Some(since)) = (document.text("name"), document.int("value"), since) else {
        return forget(db, document, projecting);
    };
    db.execute(
        "INSERT OR REPLACE INTO county_setting (id, name, value, since) VALUES (?, ?, ?, ?)",
        params![document.row.0, name, value, since.to_string()],
    )?;
    terms_moved(db, projecting)
}

/// Takes back what a document said that no longer says it.
pub(super) fn forget(
    db: &Connection,
    document: &Document,
    projecting: &mut Projecting,
) -> Result<(), ReplicaError> {
    if db.execute("DELETE FROM county_setting WHERE id = ?", [document.row.0])? == 0 {
        return Ok(());
    }
    terms_moved(db, projecting)
}

/// As far as they have come here. Of two for one day the later document counts: its id begins with when it was made.
pub fn load(db: &Connection) -> Result<CountySettings, ReplicaError> {
    // Most counties go by the usual numbers, and every save asks.
    let any = "SELECT EXISTS (SELECT 1 FROM county_setting)";
    if !db.prepare_cached(any)?.query_row([], |row| row.get::<_, bool>(0))? {
        return Ok(CountySettings::default());
    }
    let mut statement = db.prepare_cached(
        "SELECT name, value, since FROM county_setting CROSS JOIN document USING (id) ORDER BY since, document.document",
    )?;
    let mut rows = statement.query([])?;
    let mut published = Vec::new();
    while let Some(row) = rows.next()? {
        published.push((text(row, "since")?, row.get::<_, String>("name")?, row.get("value")?));
    }
    Ok(CountySettings::of(published.iter().map(|(since, name, value)| (*since, name.as_str(), *value))))
}

/// Publishes a number; whether it may be is the desk's to ask.
pub fn publish(writing: &mut Writing<'_>, name: &str, value: u16, since: Date) -> Result<(), ReplicaError> {
    let partition = Partition::public(writing.identity().county);
    writing.create(partition, kind::COUNTY_SETTING, |edit| {
        edit.put("name", name);
        edit.put("value", i64::from(value));
        edit.put("since", since.to_string());
        Ok::<_, ReplicaError>(())
    })?;
    Ok(())
}
