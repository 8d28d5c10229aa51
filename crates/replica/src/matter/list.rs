//! Listing matters from their rows.

use crate::{ReplicaError, case::Reached, identity::text};
use daiban_domain::{
    PersonId, UnitCode,
    deadline::Due,
    matter::{Kind, Owner, State},
};
use jiff::civil::Date;
use rusqlite::{Connection, Row, named_params};

/// Which matters, and which page of them; those that are due first come first.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub kind: Option<Kind>,
    /// Those that concern this unit or one below it.
    pub unit: Option<UnitCode>,
    /// Not those that are closed.
    pub open: bool,
    /// Due by this day.
    pub due: Option<Date>,
    pub limit: u32,
    pub offset: u32,
}

/// A row of the list, unmasked.
#[derive(Clone, Debug)]
pub struct Listed {
    pub matter_no: String,
    pub unit: UnitCode,
    pub kind: Kind,
    pub state: State,
    pub owner: Owner,
    pub asked_on: Date,
    pub asker_name: String,
    pub asker_phone: String,
    pub text: String,
    pub term_start: Date,
    pub due: Due,
    pub doubtful: bool,
    pub incomplete: bool,
    pub reached: Reached,
    /// It has left with its closed year; this row is all there is.
    pub archived: bool,
}

/// A page of matters, and how many there are in all.
pub fn list(db: &Connection, filter: &Filter) -> Result<(u64, Vec<Listed>), ReplicaError> {
    let unit = filter.unit.map(|unit| format!("{}%", unit.prefix()));
    let (kind, due) = (filter.kind.map(Kind::as_str), filter.due.map(|due| due.to_string()));
    let scope = named_params! { ":unit": unit, ":kind": kind, ":open": filter.open, ":due": due };
    let total = db.prepare_cached(include_str!("count.sql"))?.query_row(scope, |row| row.get(0))?;
    let mut statement = db.prepare_cached(include_str!("list.sql"))?;
    let mut rows = statement.query(named_params! {
        ":unit": unit, ":kind": kind, ":open": filter.open, ":due": due,
        ":limit": filter.limit, ":offset": filter.offset,
    })?;
    let mut listed = Vec::new();
    while let Some(row) = rows.next()? {
        listed.push(from_row(row)?);
    }
    Ok((total, listed))
}

fn from_row(row: &Row<'_>) -> Result<Listed, ReplicaError> {
    let (kind, state): (String, String) = (row.get("kind")?, row.get("state")?);
    Ok(Listed {
        matter_no: row.get("matter_no")?,
        unit: text(row, "unit")?,
        kind: Kind::parse(&kind).ok_or(ReplicaError::Column("matter.kind"))?,
        state: State::parse(&state).ok_or(ReplicaError::Column("matter.state"))?,
        owner: Owner {
            unit: text(row, "owner_unit")?,
            person: row.get::<_, Option<[u8; 8]>>("owner")?.map(PersonId),
        },
        asked_on: text(row, "asked_on")?,
        asker_name: row.get("asker_name")?,
        asker_phone: row.get("asker_phone")?,
        text: row.get("text")?,
        term_start: text(row, "term_start")?,
        due: Due { date: text(row, "due")?, provisional: row.get("due_provisional")? },
        doubtful: row.get("doubtful")?,
        incomplete: row.get("incomplete")?,
        reached: Reached::from_lacking(row.get("lacking")?),
        archived: row.get::<_, Option<i64>>("archived")?.is_some(),
    })
}
