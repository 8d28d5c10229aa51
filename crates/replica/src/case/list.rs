//! Listing cases from their rows.

use crate::{
    ReplicaError,
    document::RowId,
    identity::text,
    public::unit,
    search::{self, Query},
};
use daiban_domain::{
    UnitCode,
    case::{ClockName, Order, State, deadlines::Deadline},
    deadline::Due,
};
use jiff::civil::Date;
use rusqlite::{Connection, Row, ToSql, named_params, types::ValueRef};
use std::{collections::BTreeMap, str::FromStr};

/// Which cases, and which page of them.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Empty for all.
    pub states: Vec<State>,
    /// Registered by this unit, one below it, or one that was merged into them.
    pub unit: Option<UnitCode>,
    /// A field conflict or an event that doesn't count.
    pub doubtful: bool,
    pub order: Order,
    pub limit: u32,
    pub offset: u32,
}

impl Filter {
    /// Whether it lets everything through.
    fn all(&self) -> bool {
        self.states.is_empty() && self.unit.is_none() && !self.doubtful
    }
}

/// A row of the list, unmasked.
#[derive(Clone, Debug)]
pub struct Listed {
    pub case_no: String,
    pub unit: UnitCode,
    pub item_id: String,
    pub item_version: u16,
    pub state: State,
    pub channel: String,
    pub registered_on: Date,
    pub applicant_name: String,
    pub id_no: String,
    pub phone: String,
    /// The running clock that ends first.
    pub deadline: Option<Deadline>,
    pub doubtful: bool,
    pub incomplete: bool,
    pub reached: Reached,
    /// It has left with its closed year; this row is all there is.
    pub archived: bool,
}

/// How far all entries of a document have got, by the signed words of those who hold them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reached {
    /// The county once held all of it, was restored from an old backup, and doesn't yet again.
    Forgotten,
    Here,
    Township,
    County,
}

impl Reached {
    /// From the view `whereabouts`.
    pub(crate) fn from_lacking(lacking: Option<u8>) -> Self {
        match lacking {
            Some(0) => Self::County,
            Some(1) => Self::Township,
            Some(3) => Self::Forgotten,
            _ => Self::Here,
        }
    }
}

/// How far all entries of a document have got.
pub fn reached(db: &Connection, row: RowId) -> Result<Reached, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT max(lacking) FROM whereabouts WHERE document = ?")?;
    Ok(Reached::from_lacking(statement.query_row([row.0], |row| row.get(0))?))
}

/// A page of cases. How many there are in all is told by [`super::Tally`], with a running term by [`count_due`].
pub fn list(db: &Connection, filter: &Filter) -> Result<Vec<Listed>, ReplicaError> {
    let newest =
        "SELECT count(*) FROM case_row WHERE id > (SELECT value FROM counter WHERE name = 'indexed')";
    let newest = db.prepare_cached(newest)?.query_row([], |row| row.get(0))?;
    let (page, all) = (Window::of(filter, newest), filter.all());
    if all && filter.order != Order::Soonest {
        return read(db, &rows(db, &by_made(filter, include_str!("newest.sql")), &page.params())?);
    }
    let scope = Scope::of(db, filter)?;
    if filter.order == Order::Soonest {
        let all: [(&str, &dyn ToSql); 1] = [(":all", &all)];
        let params = [&scope.params()[..], &page.params(), &all].concat();
        return read(db, &rows(db, include_str!("soonest.sql"), &params)?);
    }
    let sql = by_made(filter, include_str!("newest_of.sql"));
    // Far down it is quicker to go through the list and look at each tally than to sort what all of them hold.
    let sql = if page.before > DEEP { sql.replace("WHERE tally IN", "WHERE +tally IN") } else { sql };
    read(db, &rows(db, &sql, &[&scope.params()[..], &page.params()].concat())?)
}

/// How many of the cases that a filter lets through have a term that runs.
pub fn count_due(db: &Connection, filter: &Filter) -> Result<u64, ReplicaError> {
    let (scope, all) = (Scope::of(db, filter)?, filter.all());
    let all: [(&str, &dyn ToSql); 1] = [(":all", &all)];
    let params = [&scope.params()[..], &all].concat();
    Ok(db.prepare_cached(include_str!("count_due.sql"))?.query_row(&params[..], |row| row.get(0))?)
}

/// A statement that reads the newest first, turned where the oldest are wanted first.
fn by_made(filter: &Filter, sql: &str) -> String {
    if filter.order == Order::Oldest { sql.replace(" DESC", "") } else { sql.to_owned() }
}

const DEEP: u32 = 2_000;

/// Where a page lies in an index that lacks the newest rows. Any of them may stand before the page: so many more of the index are
/// read before it as there are newest ones, and left out again when both are in order.
struct Window {
    limit: u32,
    before: u32,
    among: u32,
}

impl Window {
    fn of(filter: &Filter, newest: u32) -> Self {
        let among = filter.offset.min(newest);
        Self { limit: filter.limit, before: filter.offset - among, among }
    }

    fn params(&self) -> [(&str, &dyn ToSql); 3] {
        [(":limit", &self.limit), (":before", &self.before), (":among", &self.among)]
    }
}

/// A page of what is found by two characters of a name, pinyin initials or a number, and how many are found. What is found stands
/// in the index in the order of the list; there is none of terms ([`Order::Soonest`] is refused above).
/// The index knows both without the rows of the others, and what they are filtered by is told by the tally beside their place.
pub fn search(db: &Connection, filter: &Filter, text: &str) -> Result<(u64, Vec<Listed>), ReplicaError> {
    let Some(query) = Query::of(text) else { return Ok((0, Vec::new())) };
    let newest = search::among_newest(db, &query)?;
    let window = Window::of(filter, newest.len() as u32);
    let newest = serde_json::to_string(&newest.iter().map(|row| row.0).collect::<Vec<_>>())?;
    let (tokens, all, scope) = (query.fts(), filter.all(), Scope::of(db, filter)?);
    let sought: [(&str, &dyn ToSql); 4] =
        [(":search", &tokens), (":cases", &search::CASES), (":newest", &newest), (":all", &all)];
    let sought = [scope.params(), sought.to_vec()].concat();
    let sql = by_made(filter, include_str!("found.sql"));
    let found = rows(db, &sql, &[&sought[..], &window.params()].concat())?;
    let last = found.len() < filter.limit as usize && (filter.offset == 0 || !found.is_empty());
    let total = if last {
        u64::from(filter.offset) + found.len() as u64
    } else {
        db.prepare_cached(include_str!("count_found.sql"))?.query_row(&sought[..], |row| row.get(0))?
    };
    Ok((total, read(db, &found)?))
}

/// The cases that a unit, one below it or one that was merged into them registered from one day to another, by day and
/// number.
pub fn registered(
    db: &Connection,
    unit: UnitCode,
    (from, to): (Date, Date),
) -> Result<Vec<(RowId, Listed)>, ReplicaError> {
    let units = Units::of(db, Some(unit))?;
    let (from, to) = (from.to_string(), to.to_string());
    let days: [(&str, &dyn ToSql); 2] = [(":from", &from), (":to", &to)];
    let rows = rows(db, include_str!("registered.sql"), &[&days[..], &units.params()].concat())?;
    Ok(rows.iter().copied().zip(read(db, &rows)?).collect())
}

/// Cases that are over and that nobody has rated, those that ended last first.
pub fn unrated(db: &Connection, limit: u32) -> Result<Vec<Listed>, ReplicaError> {
    let rows = rows(db, include_str!("unrated.sql"), named_params! { ":limit": limit })?;
    read(db, &rows)
}

/// What a filter says in SQL.
pub(super) struct Scope {
    /// As JSON.
    states: String,
    doubtful: bool,
    units: Units,
}

impl Scope {
    pub fn of(db: &Connection, filter: &Filter) -> Result<Self, ReplicaError> {
        let states = if filter.states.is_empty() { &State::ALL[..] } else { &filter.states };
        let states: Vec<&str> = states.iter().map(|state| state.as_str()).collect();
        Ok(Self {
            states: serde_json::to_string(&states)?,
            doubtful: filter.doubtful,
            units: Units::of(db, filter.unit)?,
        })
    }

    pub fn params(&self) -> Vec<(&str, &dyn ToSql)> {
        let kinds: [(&str, &dyn ToSql); 2] = [(":states", &self.states), (":doubtful", &self.doubtful)];
        [&kinds[..], &self.units.params()].concat()
    }
}

/// The codes at and below a unit, or all, and those that were merged into them.
pub(crate) struct Units {
    first: String,
    last: String,
    /// As JSON.
    merged: String,
}

impl Units {
    pub fn of(db: &Connection, unit: Option<UnitCode>) -> Result<Self, ReplicaError> {
        let prefix = unit.map(UnitCode::prefix).unwrap_or_default();
        let merged = unit.map(|unit| unit::merged_into(db, unit)).transpose()?;
        Ok(Self {
            first: format!("{prefix:0<12}"),
            last: format!("{prefix:9<12}"),
            merged: serde_json::to_string(&merged.unwrap_or_default())?,
        })
    }

    pub fn params(&self) -> [(&str, &dyn ToSql); 3] {
        [(":first", &self.first), (":last", &self.last), (":merged", &self.merged)]
    }
}

pub(super) fn rows(
    db: &Connection,
    sql: &str,
    params: &[(&str, &dyn ToSql)],
) -> Result<Vec<RowId>, ReplicaError> {
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params, |row| row.get(0).map(RowId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Reads rows in the order given.
pub(super) fn read(db: &Connection, rows: &[RowId]) -> Result<Vec<Listed>, ReplicaError> {
    let page = serde_json::to_string(&rows.iter().map(|row| row.0).collect::<Vec<_>>())?;
    let mut statement = db.prepare_cached(include_str!("listed.sql"))?;
    let mut rows = statement.query([page])?;
    let mut listed: Vec<(u32, Listed)> = Vec::new();
    while let Some(row) = rows.next()? {
        listed.push((row.get(18)?, from_row(row)?));
    }
    // Here: the database would write each row into a sorter and read it again.
    listed.sort_by_key(|(place, _)| *place);
    Ok(listed.into_iter().map(|(_, case)| case).collect())
}

/// Columns by their places in `listed.sql`: to find them by name would take as long as the query.
fn from_row(row: &Row<'_>) -> Result<Listed, ReplicaError> {
    Ok(Listed {
        case_no: row.get(0)?,
        unit: parsed(row, 1, "case_row.unit")?,
        item_id: row.get(2)?,
        item_version: row.get(3)?,
        state: read_as(row, 4, State::parse).ok_or(ReplicaError::Column("case_row.state"))?,
        channel: row.get(5)?,
        registered_on: parsed(row, 6, "case_row.registered_on")?,
        applicant_name: row.get(7)?,
        id_no: row.get(8)?,
        phone: row.get(9)?,
        deadline: deadline(row)?,
        doubtful: row.get(14)?,
        incomplete: row.get(15)?,
        archived: row.get(16)?,
        reached: Reached::from_lacking(row.get(17)?),
    })
}

fn deadline(row: &Row<'_>) -> Result<Option<Deadline>, ReplicaError> {
    if row.get_ref(10)? == ValueRef::Null {
        return Ok(None);
    }
    Ok(Some(Deadline {
        organ: None,
        clock: read_as(row, 10, ClockName::parse).ok_or(ReplicaError::Column("case_row.clock"))?,
        start: parsed(row, 11, "case_row.clock_start")?,
        due: Due { date: parsed(row, 12, "case_row.due")?, provisional: row.get(13)? },
        running: true,
        term: None,
        why: String::new(),
        told: None,
    }))
}

fn read_as<T>(row: &Row<'_>, column: usize, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
    row.get_ref(column).ok()?.as_str().ok().and_then(parse)
}

fn parsed<T: FromStr>(row: &Row<'_>, column: usize, name: &'static str) -> Result<T, ReplicaError> {
    read_as(row, column, |text| text.parse().ok()).ok_or(ReplicaError::Column(name))
}

/// When the next term of each open case ends, by case number.
pub fn dues(db: &Connection) -> Result<BTreeMap<String, Date>, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT case_no, due FROM case_row WHERE due IS NOT NULL")?;
    let mut rows = statement.query([])?;
    let mut dues = BTreeMap::new();
    while let Some(row) = rows.next()? {
        dues.insert(row.get("case_no")?, text(row, "due")?);
    }
    Ok(dues)
}

/// Cases held, cases with entries not yet under the county's receipt, such entries, and the county's last word.
pub struct Counts {
    pub cases: u64,
    pub pending_cases: u64,
    /// Of these, cases that lie wholly at a township.
    pub township_cases: u64,
    pub pending_entries: u64,
    pub township_word: Option<i64>,
    pub last_receipt: Option<i64>,
    /// The county's time at its last backup.
    pub county_backup: Option<i64>,
    pub failed_at: Option<i64>,
    pub failure: Option<String>,
}

pub fn counts(db: &Connection) -> Result<Counts, ReplicaError> {
    Ok(db.prepare_cached(include_str!("counts.sql"))?.query_row([], |row| {
        Ok(Counts {
            cases: row.get("cases")?,
            pending_cases: row.get("pending_cases")?,
            township_cases: row.get("township_cases")?,
            pending_entries: row.get("pending_entries")?,
            township_word: row.get("township_word")?,
            last_receipt: row.get("last_receipt")?,
            county_backup: row.get("county_backup")?,
            failed_at: row.get("failed_at")?,
            failure: row.get("failure")?,
        })
    })?)
}
