//! Cases that look like one request made twice: kept as pairs beside the rows, so that nobody counts a county's cases to
//! find them.

use super::CaseRecord;
use crate::{ReplicaError, document::RowId, identity::text, pairs::Pairs, public::Projecting, resident};
use daiban_domain::{
    DocumentId, UnitCode,
    case::{
        State,
        duplicate::{Asking, Duplicate, duplicate},
    },
    check,
    item::Item,
    resident::same_name,
};
use jiff::civil::Date;
use rusqlite::{Connection, params};
use std::{cmp::Reverse, collections::BTreeMap};

/// A case, as far as its row tells.
#[derive(Clone, Debug)]
pub struct Brief {
    pub row: RowId,
    pub document: DocumentId,
    pub case_no: String,
    pub unit: UnitCode,
    pub item_id: String,
    pub item_version: u16,
    pub state: State,
    pub granted: bool,
    pub registered_on: Date,
    pub applicant_name: String,
    pub id_no: String,
    pub archived: bool,
}

/// A number's cases of all units held here, the earliest documents first.
pub fn of_number(db: &Connection, id_no: &str) -> Result<Vec<Brief>, ReplicaError> {
    briefs(db, "id_no = ? AND id_no <> ''", [id_no])
}

/// A person's cases under a number. Children of one birth go by one temporary number until each has its own: of these only
/// the ones under one of the names.
pub fn of_person(db: &Connection, id_no: &str, names: &[&str]) -> Result<Vec<Brief>, ReplicaError> {
    let mut cases = of_number(db, id_no)?;
    let is_theirs = |case: &Brief| names.iter().any(|name| same_name(name, &case.applicant_name));
    cases.retain(|case| !check::id_temporary(id_no) || is_theirs(case));
    Ok(cases)
}

/// The case of a row.
pub fn brief(db: &Connection, row: RowId) -> Result<Option<Brief>, ReplicaError> {
    Ok(briefs(db, "case_row.id = ?", [row.0])?.pop())
}

fn briefs<P: rusqlite::Params>(db: &Connection, which: &str, params: P) -> Result<Vec<Brief>, ReplicaError> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT case_row.*, document FROM case_row JOIN document USING (id) WHERE {which} ORDER BY document"
    ))?;
    let mut rows = statement.query(params)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let state: String = row.get("state")?;
        found.push(Brief {
            row: RowId(row.get("id")?),
            document: DocumentId(row.get("document")?),
            case_no: row.get("case_no")?,
            unit: text(row, "unit")?,
            item_id: row.get("item_id")?,
            item_version: row.get("item_version")?,
            state: State::parse(&state).ok_or(ReplicaError::Column("case_row.state"))?,
            granted: row.get("granted")?,
            registered_on: text(row, "registered_on")?,
            applicant_name: row.get("applicant_name")?,
            id_no: row.get("id_no")?,
            archived: row.get::<_, Option<i64>>("archived")?.is_some(),
        });
    }
    Ok(found)
}

/// Finds anew what else the applicant of a case has asked for twice. Its row is written already; `new`: it had none before,
/// and so no pairs.
pub(super) fn relate(
    db: &Connection,
    (case, new): (RowId, bool),
    (id_no, item_id): (&str, &str),
    projecting: &mut Projecting,
) -> Result<(), ReplicaError> {
    if !new {
        Pairs::CaseDuplicate.forget(db, case)?;
    }
    if id_no.is_empty() || !asked_again(db, case, id_no, item_id)? {
        return Ok(());
    }
    let cases = of_number(db, id_no)?;
    let Some(own) = cases.iter().find(|brief| brief.row == case) else { return Ok(()) };
    for other in cases.iter().filter(|other| other.row != case && other.item_id == own.item_id) {
        if let Some(found) = compare(db, own, other, projecting)? {
            Pairs::CaseDuplicate.put(db, own.row, other.row, found.as_str())?;
        }
    }
    Ok(())
}

/// Whether a number has another case of the item: hardly any has.
fn asked_again(db: &Connection, case: RowId, id_no: &str, item_id: &str) -> Result<bool, ReplicaError> {
    let sql =
        "SELECT EXISTS (SELECT 1 FROM case_row WHERE id_no = ? AND id_no <> '' AND id <> ? AND item_id = ?)";
    Ok(db.prepare_cached(sql)?.query_row(params![id_no, case.0, item_id], |row| row.get(0))?)
}

/// Of a case that is only a row any more it is no use to tell.
fn compare(
    db: &Connection,
    one: &Brief,
    other: &Brief,
    projecting: &mut Projecting,
) -> Result<Option<Duplicate>, ReplicaError> {
    if one.archived || other.archived || siblings(one, other) {
        return Ok(None);
    }
    let item = projecting.item(db, &one.item_id, one.item_version)?;
    let other_item = projecting.item(db, &other.item_id, other.item_version)?;
    Ok(duplicate(&one.asking(item.as_deref()), &other.asking(other_item.as_deref())))
}

/// Children of one birth, who go by one temporary number until each has its own.
fn siblings(one: &Brief, other: &Brief) -> bool {
    let temporary = check::id_temporary(&one.id_no) || check::id_temporary(&other.id_no);
    temporary && !same_name(&one.applicant_name, &other.applicant_name)
}

impl Brief {
    fn asking<'a>(&'a self, item: Option<&'a Item>) -> Asking<'a> {
        let Self { item_id, state, granted, registered_on, .. } = self;
        Asking { item_id, item, state: *state, granted: *granted, registered_on: *registered_on }
    }
}

/// A case that looks like another one's request.
#[derive(Clone, Debug)]
pub struct Pair {
    pub one: RowId,
    pub other: RowId,
    pub duplicate: Duplicate,
    /// The later document and the earlier one.
    documents: (DocumentId, DocumentId),
}

/// How many pairs of cases look like one request, and the latest of them.
pub fn duplicates(db: &Connection, limit: usize) -> Result<(u64, Vec<Pair>), ReplicaError> {
    let mut pairs = pairs(db, "case_duplicate.id < other", [])?;
    let people = resident::linked_numbers(db)?;
    let numbers = serde_json::to_string(&people.keys().collect::<Vec<_>>())?;
    let which = "archived IS NULL AND id_no <> '' AND id_no IN (SELECT value FROM json_each(?))";
    let mut asked: BTreeMap<(&str, String), Vec<Brief>> = BTreeMap::new();
    for case in briefs(db, which, [numbers])? {
        if let Some(person) = people.get(&case.id_no) {
            asked.entry((person, case.item_id.clone())).or_default().push(case);
        }
    }
    for cases in asked.values().filter(|cases| cases.len() > 1) {
        for (at, case) in cases.iter().enumerate() {
            let others = cases[..at].iter().filter(|other| other.id_no != case.id_no);
            pairs.extend(across_numbers(db, case, others)?);
        }
    }
    pairs.sort_by_key(|pair| Reverse(pair.documents));
    pairs.dedup_by_key(|pair| pair.documents);
    let total = pairs.len() as u64;
    pairs.truncate(limit);
    Ok((total, pairs))
}

/// The cases that look like the same request as this one, also under other numbers of the same person.
pub fn duplicates_of(db: &Connection, case: &CaseRecord) -> Result<Vec<Pair>, ReplicaError> {
    let mut found = pairs(db, "case_duplicate.id = ?", [case.document.0])?;
    let Some(own) = brief(db, case.document)? else { return Ok(found) };
    for number in resident::other_numbers(db, &own.id_no)? {
        found.extend(across_numbers(db, &own, &of_number(db, &number)?)?);
    }
    Ok(found)
}

fn pairs<P: rusqlite::Params>(db: &Connection, which: &str, params: P) -> Result<Vec<Pair>, ReplicaError> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT case_duplicate.*, max(one.document, another.document) AS later, min(one.document, another.document) AS earlier
         FROM case_duplicate
         JOIN document AS one ON one.id = case_duplicate.id
         JOIN document AS another ON another.id = case_duplicate.other
         WHERE {which} ORDER BY later, earlier"
    ))?;
    let mut rows = statement.query(params)?;
    let mut pairs = Vec::new();
    while let Some(row) = rows.next()? {
        let duplicate: String = row.get("duplicate")?;
        let duplicate =
            Duplicate::parse(&duplicate).ok_or(ReplicaError::Column("case_duplicate.duplicate"))?;
        pairs.push(Pair {
            one: RowId(row.get("id")?),
            other: RowId(row.get("other")?),
            duplicate,
            documents: (DocumentId(row.get("later")?), DocumentId(row.get("earlier")?)),
        });
    }
    Ok(pairs)
}

/// The pairs that a case makes with cases under other numbers of its person: they lie beside no row.
fn across_numbers<'a>(
    db: &Connection,
    one: &Brief,
    others: impl IntoIterator<Item = &'a Brief>,
) -> Result<Vec<Pair>, ReplicaError> {
    let mut projecting = Projecting::default();
    let mut pairs = Vec::new();
    for other in others.into_iter().filter(|other| other.item_id == one.item_id) {
        if let Some(duplicate) = compare(db, one, other, &mut projecting)? {
            let documents = (one.document.max(other.document), one.document.min(other.document));
            pairs.push(Pair { one: one.row, other: other.row, duplicate, documents });
        }
    }
    Ok(pairs)
}
