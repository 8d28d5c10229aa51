//! The register of residents: one entry, used by every form.

use crate::{
    ReplicaError,
    document::{Document, Edit, RowId, sides},
    identity::text,
    search::{self, Changes, Query, Words},
};
use automerge::ScalarValue;
use daiban_domain::{DocumentId, UnitCode, case::State, resident::Resident};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, named_params, params};
use std::collections::BTreeSet;

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

/// What a document says of a person; of several values the one that counts.
fn read(document: &Document) -> (Resident, BTreeSet<DocumentId>) {
    let (mut resident, mut links) = (Resident::default(), BTreeSet::new());
    for (key, values) in document.values() {
        let field = match key {
            "name" => &mut resident.name,
            "idType" => &mut resident.id_type,
            "idNo" => &mut resident.id_no,
            "sex" => &mut resident.sex,
            "birth" => &mut resident.birth,
            "phone" => &mut resident.phone,
            "address" => &mut resident.address,
            "household" => &mut resident.household,
            "relation" => &mut resident.relation,
            _ => {
                let linked = || sides(values).first().is_some_and(|side| side.value == "true");
                if let Some(other) = key.strip_prefix(LINK).and_then(|id| id.parse().ok())
                    && linked()
                {
                    links.insert(other);
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
        ":sex": resident.sex,
        ":birth": resident.born().map(|born| born.to_string()).unwrap_or_default(),
        ":phone": resident.phone,
        ":address": resident.address,
        ":household": resident.household,
        ":relation": resident.relation,
        ":roster_row": document.bytes(ROSTER_ROW),
    })?;
    db.prepare_cached("DELETE FROM resident_link WHERE id = ?")?.execute([document.row.0])?;
    for other in links {
        db.prepare_cached("INSERT INTO resident_link (id, other) VALUES (?, ?)")?
            .execute(params![document.row.0, other.0])?;
    }
    found.add(document.row, words, Words::of(&resident.name, [&resident.id_no, &resident.phone]));
    Ok(())
}

/// Takes an erased entry out of the register.
pub(crate) fn forget(db: &Connection, row: RowId, found: &mut Changes) -> Result<(), ReplicaError> {
    found.add(row, words(db, row)?, Words::default());
    db.prepare_cached("DELETE FROM resident WHERE id = ?")?.execute([row.0])?;
    db.prepare_cached("DELETE FROM resident_link WHERE id = ?")?.execute([row.0])?;
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

/// Puts what is said of a person into a document; what isn't said stays as it was.
pub fn put(edit: &mut Edit<'_>, resident: &Resident) {
    let said = resident.fields().into_iter().filter(|(_, value)| !value.is_empty());
    said.for_each(|(key, value)| edit.put(key, value));
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

/// What is held of a person.
#[derive(Default)]
pub struct Known {
    /// The entry in the unit's register, and the name there.
    pub resident: Option<(RowId, String)>,
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
        if let (None, Some(name)) = (&known.resident, row.get("registered_as")?) {
            known.resident = Some((RowId(row.get("id")?), name));
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

/// The entry that a document is.
pub fn entry(db: &Connection, document: DocumentId) -> Result<Option<Entry>, ReplicaError> {
    let found = entries(db, "document.document = :document", named_params! { ":document": document.0 })?;
    Ok(found.into_iter().next())
}

/// A unit's register, the earliest documents first.
pub fn of_unit(db: &Connection, unit: UnitCode) -> Result<Vec<Entry>, ReplicaError> {
    entries(db, "resident.unit = :unit", named_params! { ":unit": unit.to_string() })
}

/// Entries of all units held here by two characters of a name, pinyin initials, or a number or the beginning of one.
pub fn search(db: &Connection, text: &str) -> Result<Vec<Entry>, ReplicaError> {
    let Some(query) = Query::of(text) else { return Ok(Vec::new()) };
    let newest = search::among_newest(db, &query)?.into_iter().map(|row| row.0).collect::<Vec<_>>();
    entries(
        db,
        "resident.id IN (SELECT rowid FROM search WHERE search MATCH :search UNION ALL SELECT value FROM json_each(:newest))",
        named_params! { ":search": query.fts(), ":newest": serde_json::to_string(&newest)? },
    )
}

/// Entries with the same number or birth date as one of these: what they are to be compared with.
pub fn comparable(db: &Connection, with: &[Entry]) -> Result<Vec<Entry>, ReplicaError> {
    let numbers: BTreeSet<&str> = with.iter().map(|entry| entry.resident.id_no.as_str()).collect();
    let births: BTreeSet<String> =
        with.iter().filter_map(|entry| entry.resident.born()).map(|born| born.to_string()).collect();
    entries(
        db,
        "id_no <> '' AND id_no IN (SELECT value FROM json_each(:numbers))
         OR birth <> '' AND birth IN (SELECT value FROM json_each(:births))",
        named_params! {
            ":numbers": serde_json::to_string(&numbers)?,
            ":births": serde_json::to_string(&births)?,
        },
    )
}

/// The documents that people have said to be about the same person as this one.
pub fn linked(db: &Connection, entry: &Entry) -> Result<BTreeSet<DocumentId>, ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("resident/linked.sql"))?;
    let others =
        statement.query_map(params![entry.row.0, entry.document.0], |row| row.get(0).map(DocumentId))?;
    Ok(others.collect::<Result<_, _>>()?)
}

fn entries(db: &Connection, which: &str, values: &[(&str, &dyn ToSql)]) -> Result<Vec<Entry>, ReplicaError> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT resident.*, document.document FROM resident JOIN document USING (id)
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
