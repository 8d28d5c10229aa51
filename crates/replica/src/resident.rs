//! The register of residents: one entry, used by every form.

mod likeness;
pub mod link;

pub use likeness::{Alike, Related, alike, comparable, numbers, numbers_linked, person, related, said_of};
pub(crate) use likeness::{linked_numbers, other_numbers};

use crate::{
    ReplicaError,
    document::{Document, Edit, RowId, sides},
    identity::text,
    pairs::Pairs,
    search::{self, Changes, Place, Query, Words},
};
use automerge::ScalarValue;
use daiban_domain::{DocumentId, UnitCode, check, resident::Resident};
use link::{End, Ends};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, named_params};
use std::collections::BTreeMap;

/// An entry of a unit's register.
#[derive(Clone, Debug)]
pub struct Entry {
    pub row: RowId,
    pub document: DocumentId,
    pub unit: UnitCode,
    pub resident: Resident,
    /// Of the roster's row that was taken last.
    pub roster_row: Option<[u8; 32]>,
}

/// Keys that say of another document that it is about the same person, and why.
const LINK: &str = "links/";
const REASON: &str = "linkReasons/";
const ROSTER_ROW: &str = "rosterRow";
const FORMER: &str = "formerIdNo";

/// What a document says of a person, and whether it says of others that they are the same; of several values the one that
/// counts.
fn read(document: &Document) -> (Resident, BTreeMap<DocumentId, bool>) {
    let (mut resident, mut links) = (Resident::default(), BTreeMap::new());
    for (key, values) in document.values() {
        let field = match key {
            "name" => &mut resident.name,
            "idType" => &mut resident.id_type,
            "idNo" => &mut resident.id_no,
            FORMER => &mut resident.former_id_no,
            "sex" => &mut resident.sex,
            "birth" => &mut resident.birth,
            "phone" => &mut resident.phone,
            "address" => &mut resident.address,
            "household" => &mut resident.household,
            "relation" => &mut resident.relation,
            _ => {
                if let Some(other) = key.strip_prefix(LINK).and_then(|id| id.parse().ok())
                    && let Some(side) = sides(values).first()
                {
                    links.insert(other, side.value == "true");
                }
                continue;
            }
        };
        if let Some(side) = sides(values).into_iter().next() {
            *field = side.value;
        }
    }
    (resident, links)
}

pub(crate) fn project(db: &Connection, document: &Document, found: &mut Changes) -> Result<(), ReplicaError> {
    let (resident, links) = read(document);
    let words = words(db, document.row)?;
    db.prepare_cached(include_str!("resident/insert.sql"))?.execute(named_params! {
        ":id": document.row.0,
        ":unit": document.partition.unit.to_string(),
        ":name": resident.name,
        ":id_type": resident.id_type,
        ":id_no": resident.id_no,
        ":former_id_no": resident.former_id_no,
        ":sex": resident.sex,
        ":birth": resident.born().map(|born| born.to_string()).unwrap_or_default(),
        ":phone": resident.phone,
        ":address": resident.address,
        ":household": resident.household,
        ":relation": resident.relation,
        ":roster_row": document.bytes(ROSTER_ROW),
    })?;
    likeness::relate(db, document.row, &resident)?;
    link::clear(db, document.row)?;
    let end = |document_id| End { document: document_id, unit: document.partition.unit };
    for (other, linked) in links {
        if let Some(ends) = Ends::of(end(document.id), end(other)) {
            link::insert(db, document.row, &ends, Some(linked))?;
        }
    }
    let numbers = [&resident.id_no, &resident.former_id_no, &resident.phone].map(String::as_str);
    found.add(place(document.row), words, Words::of(&resident.name, numbers));
    Ok(())
}

/// Takes an erased entry out of the register.
pub(crate) fn forget(db: &Connection, row: RowId, found: &mut Changes) -> Result<(), ReplicaError> {
    found.add(place(row), words(db, row)?, Words::default());
    db.prepare_cached("DELETE FROM resident WHERE id = ?")?.execute([row.0])?;
    Pairs::ResidentLikeness.forget(db, row)?;
    link::forget(db, row)
}

/// Where a row's words stand in the search index.
fn place(row: RowId) -> Place {
    Place { row, at: row.0 }
}

/// What the row as it is now is found by.
fn words(db: &Connection, row: RowId) -> Result<Words, ReplicaError> {
    let mut statement =
        db.prepare_cached("SELECT name, id_no, former_id_no, phone FROM resident WHERE id = ?")?;
    Ok(statement.query_row([row.0], words_of).optional()?.unwrap_or_default())
}

/// What the rows of later documents are found by.
pub(crate) fn words_after(db: &Connection, row: RowId) -> Result<Vec<(Place, Words)>, ReplicaError> {
    let sql = "SELECT name, id_no, former_id_no, phone, id FROM resident WHERE id > ?";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([row.0], |row| Ok((place(RowId(row.get("id")?)), words_of(row)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn words_of(row: &Row<'_>) -> rusqlite::Result<Words> {
    let text = |column| Ok::<_, rusqlite::Error>(row.get_ref(column)?.as_str()?);
    Ok(Words::of(text(0)?, [text(1)?, text(2)?, text(3)?]))
}

/// Puts what is said of a person into a document; what isn't said stays as it was.
pub fn put(edit: &mut Edit<'_>, resident: &Resident) {
    let said = resident.fields().into_iter().filter(|(_, value)| !value.is_empty());
    said.for_each(|(key, value)| edit.put(key, value));
}

/// Puts another number in the place of the one that stands; a temporary one stays known.
pub fn put_number(edit: &mut Edit<'_>, resident: &Resident, id_type: &str, id_no: &str) {
    if check::id_temporary(&resident.id_no) && !check::id_temporary(id_no) {
        edit.put(FORMER, resident.id_no.as_str());
    }
    edit.affirm("idNo", id_no);
    edit.put("idType", id_type);
}

/// Notes which row of a roster was taken.
pub fn put_roster_row(edit: &mut Edit<'_>, row: [u8; 32]) {
    edit.put(ROSTER_ROW, ScalarValue::Bytes(row.to_vec()));
}

/// What a roster's row is known by.
pub fn roster_row(resident: &Resident) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for (key, value) in resident.fields() {
        hasher.update(key.as_bytes()).update(&(value.len() as u64).to_le_bytes()).update(value.as_bytes());
    }
    *hasher.finalize().as_bytes()
}

/// Says in the earlier document of two whether the later one is about the same person, and why.
pub fn put_link(edit: &mut Edit<'_>, later: DocumentId, linked: bool, reason: &str) {
    edit.put(&format!("{LINK}{later}"), linked);
    if !reason.is_empty() {
        edit.put(&format!("{REASON}{later}"), reason);
    }
}

/// The entries of a unit's register with this number, or that went by it, the earliest documents first. Only a temporary
/// number may be several people's.
pub fn of_number(db: &Connection, unit: UnitCode, id_no: &str) -> Result<Vec<Entry>, ReplicaError> {
    entries(
        db,
        "(id_no <> '' AND id_no = :id_no OR former_id_no <> '' AND former_id_no = :id_no) AND resident.unit = :unit",
        named_params! { ":id_no": id_no, ":unit": unit.to_string() },
    )
}

/// The entry that a document is.
pub fn entry(db: &Connection, document: DocumentId) -> Result<Option<Entry>, ReplicaError> {
    let found = entries(
        db,
        "resident.id IN (SELECT id FROM document WHERE document = :document)",
        named_params! { ":document": document.0 },
    )?;
    Ok(found.into_iter().next())
}

/// A unit's register, the earliest documents first.
pub fn of_unit(db: &Connection, unit: UnitCode) -> Result<Vec<Entry>, ReplicaError> {
    entries(db, "resident.unit = :unit", named_params! { ":unit": unit.to_string() })
}

/// The entries of all units held here that came last, the last one first.
pub fn latest(db: &Connection, limit: usize) -> Result<Vec<Entry>, ReplicaError> {
    let mut found = entries(
        db,
        "resident.id IN (SELECT id FROM resident ORDER BY id DESC LIMIT :limit)",
        named_params! { ":limit": limit },
    )?;
    found.sort_by_key(|entry| std::cmp::Reverse(entry.row));
    Ok(found)
}

/// Entries of all units held here by two characters of a name, pinyin initials, or a number or the beginning of one.
pub fn search(db: &Connection, text: &str) -> Result<Vec<Entry>, ReplicaError> {
    let Some(query) = Query::of(text) else { return Ok(Vec::new()) };
    let newest = search::among_newest(db, &query)?.into_iter().map(|row| row.0).collect::<Vec<_>>();
    entries(
        db,
        "resident.id IN (
             SELECT rowid FROM search WHERE search MATCH :search AND rowid < :cases
             UNION ALL
             SELECT value FROM json_each(:newest))",
        named_params! {
            ":search": query.fts(), ":cases": search::CASES, ":newest": serde_json::to_string(&newest)?,
        },
    )
}

fn entries(db: &Connection, which: &str, values: &[(&str, &dyn ToSql)]) -> Result<Vec<Entry>, ReplicaError> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT resident.*, document.document FROM resident CROSS JOIN document USING (id)
         WHERE {which} ORDER BY document.document"
    ))?;
    let mut rows = statement.query(values)?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(Entry {
            row: RowId(row.get("id")?),
            document: DocumentId(row.get("document")?),
            unit: text(row, "unit")?,
            resident: Resident {
                name: row.get("name")?,
                id_type: row.get("id_type")?,
                id_no: row.get("id_no")?,
                former_id_no: row.get("former_id_no")?,
                sex: row.get("sex")?,
                birth: row.get("birth")?,
                phone: row.get("phone")?,
                address: row.get("address")?,
                household: row.get("household")?,
                relation: row.get("relation")?,
            },
            // Of another length only if a newer program knows its rows otherwise.
            roster_row: row.get::<_, Option<Vec<u8>>>("roster_row")?.and_then(|row| row.try_into().ok()),
        });
    }
    Ok(entries)
}
