//! 通知 and 政策: a document each in the public partition of the county or of a township; and who has read them, a document
//! each in the public partition of the unit that says so. Nobody else can write there, and all units above read it.

use crate::{
    ReplicaError, attachment,
    case::{Attached, attached},
    document::{Document, Edit, RowId, Writing, kind},
    identity::text,
};
use automerge::ScalarValue;
use daiban_domain::{
    DocumentId, Instant, Level, PersonId, UnitCode,
    case::{Attachment, attachment::PREFIX},
    notice::Notice,
};
use daiban_exchange::Partition;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeMap;

/// A notice as it was published, and what has become of it.
#[derive(Clone, Debug)]
pub struct NoticeRecord {
    pub document: RowId,
    pub id: DocumentId,
    /// Who publishes it.
    pub unit: UnitCode,
    pub notice: Notice,
    /// By the publisher's clock.
    pub at: Instant,
    pub by: Option<PersonId>,
    pub taken_back: Option<TakenBack>,
}

#[derive(Clone, Debug)]
pub struct TakenBack {
    pub at: Instant,
    pub by: Option<PersonId>,
    pub reason: String,
}

/// A unit's word that it has read one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub at: Instant,
    pub by: Option<PersonId>,
}

const CONTENT: &str = "content";
const TAKEN_BACK: &str = "takenBack";
const OF: &str = "notice";

/// A village publishes nothing: there is nobody below it.
pub(super) fn project(db: &Connection, document: &Document) -> Result<(), ReplicaError> {
    forget(db, document.row)?;
    let level = document.partition.unit.level();
    let Some(content) = document.text(CONTENT).filter(|_| level != Level::Village) else { return Ok(()) };
    serde_json::from_str::<Notice>(content)?;
    let (mut published, mut back, mut all) = (None, None, Vec::new());
    for (key, values) in document.values() {
        match key {
            CONTENT => published = values.last().map(|value| value.authored),
            TAKEN_BACK => back = values.last().map(|value| value.authored),
            _ if key.starts_with(PREFIX) => all.extend(attached(&values)),
            _ => {}
        }
    }
    let Some(published) = published else { return Ok(()) };
    db.prepare_cached(
        "INSERT INTO notice (id, unit, content, at, person, reason, taken_at, taken_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        document.row.0,
        document.partition.unit.to_string(),
        content,
        published.at.0,
        published.person.map(|person| person.0),
        document.text(TAKEN_BACK),
        back.map(|back| back.at.0),
        back.and_then(|back| back.person).map(|person| person.0),
    ])?;
    attachment::project(db, document.row, &all)
}

pub(super) fn project_receipt(db: &Connection, document: &Document) -> Result<(), ReplicaError> {
    forget(db, document.row)?;
    let of = document.text(OF).and_then(|of| of.parse::<DocumentId>().ok());
    let wrote = document.values().find(|(key, _)| *key == OF);
    let wrote = wrote.and_then(|(_, values)| values.last().map(|value| value.authored));
    let Some((of, wrote)) = of.zip(wrote) else { return Ok(()) };
    db.prepare_cached("INSERT INTO notice_receipt (id, notice, unit, at, person) VALUES (?, ?, ?, ?, ?)")?
        .execute(params![
            document.row.0,
            of.0,
            document.partition.unit.to_string(),
            wrote.at.0,
            wrote.person.map(|person| person.0)
        ])?;
    Ok(())
}

/// Takes back what a document said that no longer says it: its device was revoked.
pub(super) fn forget(db: &Connection, row: RowId) -> Result<(), ReplicaError> {
    if db.prepare_cached("DELETE FROM notice WHERE id = ?")?.execute([row.0])? > 0 {
        attachment::project(db, row, &[])?;
    }
    db.prepare_cached("DELETE FROM notice_receipt WHERE id = ?")?.execute([row.0])?;
    Ok(())
}

/// All that are here, the latest first.
pub fn all(db: &Connection) -> Result<Vec<NoticeRecord>, ReplicaError> {
    let sql =
        "SELECT notice.*, document FROM notice JOIN document USING (id) ORDER BY at DESC, document DESC";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_and_then([], read)?;
    rows.collect()
}

pub fn find(db: &Connection, id: DocumentId) -> Result<Option<NoticeRecord>, ReplicaError> {
    let sql = "SELECT notice.*, document FROM notice JOIN document USING (id) WHERE document = ?";
    let mut statement = db.prepare_cached(sql)?;
    statement.query_row([id.0], |row| Ok(read(row))).optional()?.transpose()
}

fn read(row: &Row<'_>) -> Result<NoticeRecord, ReplicaError> {
    let person = |column: &str| row.get::<_, Option<[u8; 8]>>(column).map(|person| person.map(PersonId));
    let taken_back = match row.get::<_, Option<i64>>("taken_at")? {
        Some(at) => Some(TakenBack { at: Instant(at), by: person("taken_by")?, reason: row.get("reason")? }),
        None => None,
    };
    Ok(NoticeRecord {
        document: RowId(row.get("id")?),
        id: DocumentId(row.get("document")?),
        unit: text(row, "unit")?,
        notice: serde_json::from_str(row.get_ref("content")?.as_str().unwrap_or_default())?,
        at: Instant(row.get("at")?),
        by: person("person")?,
        taken_back,
    })
}

/// Which units have read one: of several words of a unit the first.
pub fn receipts(db: &Connection, of: DocumentId) -> Result<BTreeMap<UnitCode, Receipt>, ReplicaError> {
    let sql = "SELECT notice_receipt.* FROM notice_receipt JOIN document USING (id) WHERE notice = ? ORDER BY at, document";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([of.0])?;
    let mut receipts = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let by = row.get::<_, Option<[u8; 8]>>("person")?.map(PersonId);
        receipts.entry(text(row, "unit")?).or_insert(Receipt { at: Instant(row.get("at")?), by });
    }
    Ok(receipts)
}

/// What a unit has said of one.
pub fn receipt(db: &Connection, of: DocumentId, unit: UnitCode) -> Result<Option<Receipt>, ReplicaError> {
    let sql = "SELECT at, person FROM notice_receipt JOIN document USING (id)
               WHERE notice = ? AND notice_receipt.unit = ? ORDER BY at, document LIMIT 1";
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_row(params![of.0, unit.to_string()], |row| {
        let by = row.get::<_, Option<[u8; 8]>>("person")?.map(PersonId);
        Ok(Receipt { at: Instant(row.get("at")?), by })
    });
    Ok(found.optional()?)
}

/// Pictures and papers that belong to one.
pub fn attachments(db: &Connection, row: RowId) -> Result<Vec<Attachment>, ReplicaError> {
    let document = Document::load(db, row)?;
    let keys = document.values().filter(|(key, _)| key.starts_with(PREFIX));
    let all: Vec<Attached> = keys.filter_map(|(_, values)| attached(&values)).collect();
    Ok(all.into_iter().map(|one| one.attachment).filter(|one| !one.removed).collect())
}

/// Publishes one, with what belongs to it; the bytes are kept already.
pub fn publish(
    writing: &mut Writing<'_>,
    notice: &Notice,
    attachments: &[Attachment],
) -> Result<DocumentId, ReplicaError> {
    let content = serde_json::to_string(notice)?;
    let publicly = Partition::public(writing.identity().unit);
    let document = writing.create(publicly, kind::NOTICE, |edit: &mut Edit<'_>| {
        edit.put(CONTENT, content);
        for attachment in attachments {
            let bytes = minicbor::to_vec(attachment).map_err(|_| ReplicaError::Column("attachment"))?;
            edit.put(&attachment.key(), ScalarValue::Bytes(bytes));
        }
        Ok::<_, ReplicaError>(())
    })?;
    Ok(document.id)
}

/// Says of one that it no longer holds, and why.
pub fn take_back(writing: &mut Writing<'_>, record: &NoticeRecord, reason: &str) -> Result<(), ReplicaError> {
    let mut document = writing.load(record.document)?;
    writing.edit(&mut document, |edit| {
        edit.put(TAKEN_BACK, reason);
        Ok(())
    })
}

/// Says for this unit that one has been read.
pub fn confirm(writing: &mut Writing<'_>, of: DocumentId) -> Result<(), ReplicaError> {
    let publicly = Partition::public(writing.identity().unit);
    writing.create(publicly, kind::NOTICE_RECEIPT, |edit| {
        edit.put(OF, of.to_string());
        Ok::<_, ReplicaError>(())
    })?;
    Ok(())
}
