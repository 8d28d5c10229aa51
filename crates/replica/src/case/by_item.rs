//! How often each item is asked for.

use crate::ReplicaError;
use jiff::civil::Date;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Cases by item since the beginning of a day's month. `None` while the cases held here don't reach back that far.
pub fn count_by_item(db: &Connection, since: Date) -> Result<Option<BTreeMap<String, u64>>, ReplicaError> {
    let month = since.strftime("%Y-%m").to_string();
    let earliest: Option<String> =
        db.prepare_cached(include_str!("earliest_month.sql"))?.query_row([], |row| row.get(0))?;
    if earliest.is_none_or(|earliest| earliest > month) {
        return Ok(None);
    }
    let mut statement = db.prepare_cached(include_str!("count_by_item.sql"))?;
    let counts = statement.query_map([month], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Some(counts.collect::<Result<_, _>>()?))
}
