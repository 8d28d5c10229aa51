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
    case::{ClockName, State, deadlines::Deadline},
    deadline::Due,
};
use jiff::civil::Date;
use rusqlite::{Connection, Row, named_params};
use std::collections::BTreeMap;

/// Which cases, and which page of them.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Empty for all.
    pub states: Vec<State>,
    /// Registered by this unit, one below it, or one that was merged into them.
    pub unit: Option<UnitCode>,
    /// A field conflict or an event that doesn't count.
    pub doubtful: bool,
    /// Terms still running, soonest first, instead of newest first.
    pub by_due: bool,
    pub search: Option<String>,
    pub limit: u32,
    pub offset: u32,
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

/// A page of cases, and how many there are in all.
pub fn list(db: &Connection, filter: &Filter) -> Result<(u64, Vec<Listed>), ReplicaError> {
    let (tokens, newest) = match filter.search.as_deref().map(str::trim) {
        None | Some("") => (None, Vec::new()),
        Some(text) => match Query::of(text) {
            Some(query) => (Some(query.fts()), search::among_newest(db, &query)?),
            None => return Ok((0, Vec::new())),
        },
    };
    let newest = serde_json::to_string(&newest.iter().map(|row| row.0).collect::<Vec<_>>())?;
    let states: String = filter.states.iter().map(|state| format!(" {state} ")).collect();
    let prefix = filter.unit.map(|unit| format!("{}%", unit.prefix()));
    let merged = merged(db, filter.unit)?;
    let scope = named_params! {
        ":states": states,
        ":unit": prefix,
        ":merged": merged,
        ":doubtful": filter.doubtful,
        ":by_due": filter.by_due,
        ":search": tokens,
        ":newest": newest,
    };
    let (count, page) = if tokens.is_some() {
        (include_str!("count_found.sql"), include_str!("list_found.sql"))
    } else {
        let page = if filter.by_due { include_str!("list_due.sql") } else { include_str!("list_newest.sql") };
        (include_str!("count.sql"), page)
    };
    let total = db.prepare_cached(count)?.query_row(scope, |row| row.get(0))?;
    let mut statement = db.prepare_cached(page)?;
    let mut rows = statement.query(named_params! {
        ":states": states,
        ":unit": prefix,
        ":merged": merged,
        ":doubtful": filter.doubtful,
        ":by_due": filter.by_due,
        ":search": tokens,
        ":newest": newest,
        ":limit": filter.limit,
        ":offset": filter.offset,
    })?;
    let mut listed = Vec::new();
    while let Some(row) = rows.next()? {
        listed.push(from_row(row)?);
    }
    Ok((total, listed))
}

/// What belongs to a unit under other codes, as JSON.
fn merged(db: &Connection, unit: Option<UnitCode>) -> Result<String, ReplicaError> {
    let merged = unit.map(|unit| unit::merged_into(db, unit)).transpose()?;
    Ok(serde_json::to_string(&merged.unwrap_or_default())?)
}

fn from_row(row: &Row<'_>) -> Result<Listed, ReplicaError> {
    let state: String = row.get("state")?;
    Ok(Listed {
        case_no: row.get("case_no")?,
        unit: text(row, "unit")?,
        item_id: row.get("item_id")?,
        item_version: row.get("item_version")?,
        state: State::parse(&state).ok_or(ReplicaError::Column("case_row.state"))?,
        channel: row.get("channel")?,
        registered_on: text(row, "registered_on")?,
        applicant_name: row.get("applicant_name")?,
        id_no: row.get("id_no")?,
        phone: row.get("phone")?,
        deadline: deadline(row)?,
        doubtful: row.get("doubtful")?,
        incomplete: row.get("incomplete")?,
        reached: Reached::from_lacking(row.get("lacking")?),
        archived: row.get::<_, Option<i64>>("archived")?.is_some(),
    })
}

fn deadline(row: &Row<'_>) -> Result<Option<Deadline>, ReplicaError> {
    let Some(clock) = row.get::<_, Option<String>>("clock")? else { return Ok(None) };
    Ok(Some(Deadline {
        organ: None,
        clock: ClockName::parse(&clock).ok_or(ReplicaError::Column("case_row.clock"))?,
        start: text(row, "clock_start")?,
        due: Due { date: text(row, "due")?, provisional: row.get("due_provisional")? },
        running: true,
        term: None,
        why: String::new(),
        told: None,
    }))
}

/// How many cases there are of each state at and below a unit, and of those merged into them.
pub fn count_by_state(db: &Connection, unit: Option<UnitCode>) -> Result<BTreeMap<State, u64>, ReplicaError> {
    let prefix = unit.map_or_else(|| "%".to_owned(), |unit| format!("{}%", unit.prefix()));
    let mut statement = db.prepare_cached(include_str!("count_by_state.sql"))?;
    let mut rows = statement.query([prefix, merged(db, unit)?])?;
    let mut counts = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let state: String = row.get("state")?;
        counts.insert(State::parse(&state).ok_or(ReplicaError::Column("case_row.state"))?, row.get("cases")?);
    }
    Ok(counts)
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
