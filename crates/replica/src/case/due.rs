//! Cases whose next term ends between two days, soonest first: a list of its own, for its index begins with the day.

use super::list::{Filter, Listed, Scope, read, rows};
use crate::ReplicaError;
use jiff::civil::Date;
use rusqlite::{Connection, ToSql};

const COUNT: &str = concat!("SELECT count(*) FROM (", include_str!("due/rows.sql"), ")");
const PAGE: &str = concat!(
    "SELECT id FROM (",
    include_str!("due/rows.sql"),
    ") ORDER BY due, made, id LIMIT :limit OFFSET :offset"
);

/// A page of them, and how many there are of those that the filter lets through.
pub fn due(
    db: &Connection,
    filter: &Filter,
    (from, to): (Option<Date>, Date),
) -> Result<(u64, Vec<Listed>), ReplicaError> {
    let scope = Scope::of(db, filter)?;
    let from = from.map(|from| from.to_string()).unwrap_or_default();
    let to = to.to_string();
    let days: [(&str, &dyn ToSql); 2] = [(":from", &from), (":to", &to)];
    let within = [scope.params(), days.to_vec()].concat();
    let total = db.prepare_cached(COUNT)?.query_row(&within[..], |row| row.get(0))?;
    let page: [(&str, &dyn ToSql); 2] = [(":limit", &filter.limit), (":offset", &filter.offset)];
    let found = rows(db, PAGE, &[&within[..], &page].concat())?;
    Ok((total, read(db, &found)?))
}
