//! The register of residents: one entry, used by every form.

use crate::{
    ReplicaError,
    document::{Document, RowId},
    search::{self, Changes, Words},
};
use daiban_domain::{UnitCode, case::State};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

pub(crate) fn project(db: &Connection, document: &Document, found: &mut Changes) -> Result<(), ReplicaError> {
    let text = |key: &str| document.text(key).unwrap_or_default();
    let words = words(db, document.row)?;
    db.prepare_cached(
        "INSERT OR REPLACE INTO resident (id, unit, name, id_type, id_no, phone, address) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
            document.row.0,
            document.partition.unit.to_string(),
            text("name"),
            text("idType"),
            text("idNo"),
            text("phone"),
            text("address")
        ])?;
    found.add(document.row, words, Words::of(text("name"), [text("idNo"), text("phone")]));
    Ok(())
}

/// Takes an erased entry out of the register.
pub(crate) fn forget(db: &Connection, row: RowId, found: &mut Changes) -> Result<(), ReplicaError> {
    found.add(row, words(db, row)?, Words::default());
    db.prepare_cached("DELETE FROM resident WHERE id = ?")?.execute([row.0])?;
    Ok(())
}

/// What the row as it is now is found by.
fn words(db: &Connection, row: RowId) -> Result<Words, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT name, id_no, phone FROM resident WHERE id = ?")?;
    Ok(statement.query_row([row.0], words_of).optional()?.unwrap_or_default())
}

/// What the rows of later documents are found by.
pub(crate) fn words_after(db: &Connection, row: RowId) -> Result<Vec<(RowId, Words)>, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT name, id_no, phone, id FROM resident WHERE id > ?")?;
    let rows = statement.query_map([row.0], |row| Ok((RowId(row.get("id")?), words_of(row)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn words_of(row: &Row<'_>) -> rusqlite::Result<Words> {
    let text = |column| Ok::<_, rusqlite::Error>(row.get_ref(column)?.as_str()?);
    Ok(Words::of(text(0)?, [text(1)?, text(2)?]))
}

/// What is held of a person.
#[derive(Default)]
pub struct Known {
    /// The entry in the unit's register.
    pub resident: Option<RowId>,
    /// Cases of all units.
    pub cases: Vec<Held>,
}

/// A person's case, as far as it matters whether another one is opened.
pub struct Held {
    pub case_no: String,
    pub item_id: String,
    pub state: State,
}

/// What is held of a person, by identity number. Where the register has two entries, the earlier document's counts.
pub fn known(db: &Connection, unit: UnitCode, id_no: &str) -> Result<Known, ReplicaError> {
    let mut known = Known::default();
    let Some(tokens) = search::whole_number(id_no) else { return Ok(known) };
    let mut statement = db.prepare_cached(include_str!("resident/known.sql"))?;
    let unit = unit.to_string();
    let mut rows = statement.query(named_params! { ":tokens": tokens, ":id_no": id_no, ":unit": unit })?;
    while let Some(row) = rows.next()? {
        if row.get("registered")? {
            known.resident = known.resident.or(Some(RowId(row.get("id")?)));
        }
        if let Some(state) = row.get::<_, Option<String>>("state")? {
            let state = State::parse(&state).ok_or(ReplicaError::Column("case_row.state"))?;
            known.cases.push(Held { case_no: row.get("case_no")?, item_id: row.get("item_id")?, state });
        }
    }
    Ok(known)
}

/// The resident of a unit with this identity number.
pub fn find(db: &Connection, unit: UnitCode, id_no: &str) -> Result<Option<RowId>, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT resident.id
         FROM resident JOIN document ON document.id = resident.id
         WHERE (resident.id IN (SELECT rowid FROM search WHERE search MATCH ?)
             OR resident.id > (SELECT value FROM counter WHERE name = 'indexed'))
           AND id_no = ? AND resident.unit = ?
         ORDER BY document.document LIMIT 1",
    )?;
    let Some(tokens) = search::whole_number(id_no) else { return Ok(None) };
    let row = statement.query_row(params![tokens, id_no, unit.to_string()], |row| row.get(0)).optional()?;
    Ok(row.map(RowId))
}
