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
};
use jiff::civil::Date;
use rusqlite::{Connection, params};
use std::cmp::Reverse;

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
    pub registered_on: Date,
    pub applicant_name: String,
    pub id_no: String,
    pub archived: bool,
}

/// A number's cases of all units held here, the earliest documents first.
pub fn of_number(db: &Connection, id_no: &str) -> Result<Vec<Brief>, ReplicaError> {
    briefs(db, "id_no = ? AND id_no <> ''", [id_no])
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
    temporary && one.applicant_name != other.applicant_name
}

impl Brief {
    fn asking<'a>(&'a self, item: Option<&'a Item>) -> Asking<'a> {
        Asking { item_id: &self.item_id, item, state: self.state, registered_on: self.registered_on }
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
    for (number, other) in resident::linked_numbers(db)? {
        pairs.extend(across_numbers(db, &of_number(db, &number)?, &other)?);
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
    let id_no = case.field("applicant.idNo");
    let own: Vec<Brief> =
        of_number(db, id_no)?.into_iter().filter(|brief| brief.row == case.document).collect();
    for number in resident::other_numbers(db, id_no)? {
        found.extend(across_numbers(db, &own, &number)?);
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

fn across_numbers(db: &Connection, cases: &[Brief], number: &str) -> Result<Vec<Pair>, ReplicaError> {
    let mut projecting = Projecting::default();
    let mut pairs = Vec::new();
    for other in of_number(db, number)? {
        for one in cases {
            if let Some(duplicate) = compare(db, one, &other, &mut projecting)? {
                let (one_document, another) = (one.document, other.document);
                let documents = (one_document.max(another), one_document.min(another));
                pairs.push(Pair { one: one.row, other: other.row, duplicate, documents });
            }
        }
    }
    Ok(pairs)
}
