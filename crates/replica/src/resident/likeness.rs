//! Entries that may be about one person, kept as pairs beside the register: nobody compares a county's residents to find them.

use super::{Entry, entries};
use crate::{ReplicaError, document::RowId, pairs::Pairs};
use daiban_domain::{
    DocumentId,
    resident::{Likeness, Resident, likeness},
};
use rusqlite::{Connection, named_params, params};
use std::collections::{BTreeMap, BTreeSet};

/// What an entry has to do with another one.
#[derive(Clone, Copy, Debug)]
pub struct Related {
    pub document: DocumentId,
    pub likeness: Likeness,
}

/// Finds anew what an entry, whose row is written already, has to do with others.
pub(super) fn relate(db: &Connection, row: RowId, resident: &Resident) -> Result<(), ReplicaError> {
    Pairs::ResidentLikeness.forget(db, row)?;
    for other in comparable(db, resident)?.into_iter().filter(|other| other.row != row) {
        let likeness = likeness(resident, &other.resident);
        if likeness != Likeness::Different {
            Pairs::ResidentLikeness.put(db, row, other.row, likeness.as_str())?;
        }
    }
    Ok(())
}

/// Entries of all registers with the same number, now or formerly, or birth date, the earliest documents first.
pub fn comparable(db: &Connection, with: &Resident) -> Result<Vec<Entry>, ReplicaError> {
    let birth = with.born().map(|born| born.to_string()).unwrap_or_default();
    entries(
        db,
        "id_no <> '' AND id_no IN (:id_no, :former)
         OR former_id_no <> '' AND former_id_no = :id_no
         OR birth <> '' AND birth = :birth",
        named_params! { ":id_no": with.id_no, ":former": with.former_id_no, ":birth": birth },
    )
}

/// What an entry has to do with others.
pub fn related(db: &Connection, entry: &Entry) -> Result<Vec<Related>, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT document, likeness FROM resident_likeness JOIN document ON document.id = other
         WHERE resident_likeness.id = ? ORDER BY document",
    )?;
    let mut rows = statement.query([entry.row.0])?;
    let mut related = Vec::new();
    while let Some(row) = rows.next()? {
        related.push(Related { document: DocumentId(row.get("document")?), likeness: read(row)? });
    }
    Ok(related)
}

fn read(row: &rusqlite::Row<'_>) -> Result<Likeness, ReplicaError> {
    let text: String = row.get("likeness")?;
    Likeness::parse(&text).ok_or(ReplicaError::Column("resident_likeness.likeness"))
}

/// What people have said of an entry and others: whether they are one person.
pub fn said_of(db: &Connection, entry: &Entry) -> Result<BTreeMap<DocumentId, bool>, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT document.document, linked FROM resident_word JOIN document ON document.id = other
         WHERE resident_word.document = ? AND resident_word.id = ?",
    )?;
    let words = statement.query_map(params![entry.document.0, entry.row.0], |row| {
        Ok((DocumentId(row.get(0)?), row.get(1)?))
    })?;
    Ok(words.collect::<Result<_, _>>()?)
}

/// All entries about the person that an entry is about: of the same number and name unless somebody has said that they are
/// two people, and of whom somebody has said that they are one. The earliest documents first.
pub fn person(db: &Connection, entry: &Entry) -> Result<Vec<Entry>, ReplicaError> {
    let mut found = BTreeSet::from([entry.row.0]);
    let mut open: Vec<(i64, [u8; 16])> = vec![(entry.row.0, entry.document.0)];
    let mut statement = db.prepare_cached(include_str!("same_person.sql"))?;
    while let Some((row, document)) = open.pop() {
        for other in statement.query_map(params![row, document], |row| Ok((row.get(0)?, row.get(1)?)))? {
            let (other, document) = other?;
            if found.insert(other) {
                open.push((other, document));
            }
        }
    }
    let rows = serde_json::to_string(&found)?;
    entries(db, "resident.id IN (SELECT value FROM json_each(:rows))", named_params! { ":rows": rows })
}

/// All numbers that a person's entries have, or had.
pub fn numbers(entries: &[Entry]) -> BTreeSet<&str> {
    let numbers = entries.iter().flat_map(|entry| [&entry.resident.id_no, &entry.resident.former_id_no]);
    numbers.map(String::as_str).filter(|number| !number.is_empty()).collect()
}

/// Other numbers under which a number's person is registered, or was.
pub(crate) fn other_numbers(db: &Connection, id_no: &str) -> Result<BTreeSet<String>, ReplicaError> {
    let mut numbers = BTreeSet::new();
    if id_no.is_empty() {
        return Ok(numbers);
    }
    let which = "id_no <> '' AND id_no = :id_no OR former_id_no <> '' AND former_id_no = :id_no";
    for entry in entries(db, which, named_params! { ":id_no": id_no })? {
        numbers.extend(self::numbers(&person(db, &entry)?).into_iter().map(str::to_owned));
    }
    numbers.remove(id_no);
    Ok(numbers)
}

/// Whether two numbers are one person's by somebody's word.
pub fn numbers_linked(db: &Connection, one: &str, other: &str) -> Result<bool, ReplicaError> {
    Ok(other_numbers(db, one)?.contains(other))
}

/// Numbers of people who have several, by the person: somebody has said that they are one, or one number has taken the
/// other's place. A person goes by the least of the numbers.
pub(crate) fn linked_numbers(db: &Connection) -> Result<BTreeMap<String, String>, ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("linked_numbers.sql"))?;
    let mut others: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (one, other): (String, String) = (row.get(0)?, row.get(1)?);
        others.entry(one.clone()).or_default().push(other.clone());
        others.entry(other).or_default().push(one);
    }
    let mut people = BTreeMap::new();
    for number in others.keys() {
        let mut open = vec![number];
        while let Some(next) = open.pop() {
            if !people.contains_key(next) {
                people.insert(next.clone(), number.clone());
                open.extend(&others[next]);
            }
        }
    }
    Ok(people)
}

/// Two entries that a person should know of.
#[derive(Clone, Debug)]
pub struct Alike {
    pub one: DocumentId,
    pub other: DocumentId,
    pub likeness: Likeness,
}

/// How many pairs of entries there are in all, how many of them somebody has to look at, and the first of them: what
/// contradicts itself, then what may be one person, then what is.
pub fn alike(db: &Connection, limit: u32) -> Result<(u64, u64, Vec<Alike>), ReplicaError> {
    let counts = db.prepare_cached(include_str!("count_alike.sql"))?.query_row([], |row| {
        Ok((row.get("pairs")?, row.get::<_, Option<u64>>("open")?.unwrap_or_default()))
    })?;
    let mut statement = db.prepare_cached(include_str!("alike.sql"))?;
    let mut rows = statement.query([limit])?;
    let mut alike = Vec::new();
    while let Some(row) = rows.next()? {
        alike.push(Alike {
            one: DocumentId(row.get("one")?),
            other: DocumentId(row.get("another")?),
            likeness: read(row)?,
        });
    }
    Ok((counts.0, counts.1, alike))
}
