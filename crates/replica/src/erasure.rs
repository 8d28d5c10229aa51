//! Erased documents. An order holds for all entries of its document, also for those that are still under way: their
//! bodies go, their headers and the bodies' hashes stay, so that chains and signatures can be checked as before.

use crate::{
    ReplicaError, attachment,
    document::{self, RowId, Writing},
    feed::rows,
};
use daiban_domain::{DocumentId, Instant, erasure::Ground};
use daiban_exchange::{Partition, erasure::Erasure, kind, rest, wire};
use rusqlite::{Connection, OptionalExtension, named_params, params};

/// Whether a document of a partition is under an order.
pub(crate) fn ordered(
    db: &Connection,
    partition: Partition,
    document: DocumentId,
) -> Result<bool, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM erasure WHERE document = ? AND unit = ? AND kind = ? AND period = ?)",
    )?;
    let Partition { unit, kind, period } = partition;
    let found = statement
        .query_row(params![document.0, unit.to_string(), kind.as_str(), period], |row| row.get(0))?;
    Ok(found)
}

/// Whether there is any order here.
pub(crate) fn any(db: &Connection) -> Result<bool, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT EXISTS (SELECT 1 FROM erasure)")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// Notes an order and turns what is held of its document into stubs. Returns the document's row, to be projected anew.
pub(crate) fn obey(db: &Connection, order: &Erasure) -> Result<Option<RowId>, ReplicaError> {
    let Partition { unit, kind, period } = order.partition;
    // Of several orders the first counts, whichever arrives first.
    db.prepare_cached(
        "INSERT INTO erasure (document, unit, kind, period, at, ground, label) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET at = excluded.at, ground = excluded.ground, label = excluded.label
         WHERE (excluded.at, excluded.ground, excluded.label) < (at, ground, label)",
    )?
    .execute(params![
        order.document.0,
        unit.to_string(),
        kind.as_str(),
        period,
        order.at.0,
        order.ground,
        order.label
    ])?;
    let mut alone = order.attachments.clone().unwrap_or_default();
    let row = document::find(db, order.document, order.partition)?;
    if let Some(row) = row {
        alone.extend(attachment::only_of(db, row)?);
        db.execute("DELETE FROM attached WHERE document = ?", [row.0])?;
    }
    alone.into_iter().try_for_each(|hash| attachment::drop_unreferred(db, hash))?;
    let Some(row) = row else { return Ok(None) };
    for (id, entry) in rows::whole_of_document(db, row)? {
        let stub = entry.stub();
        db.prepare_cached(include_str!("erasure/stub.sql"))?.execute(named_params! {
            ":header": stub.header, ":body": stub.body, ":packing": rest::PLAIN, ":erased": stub.erased, ":id": id,
        })?;
    }
    Ok(Some(row))
}

/// Search tokens of what was erased go for good when the index is written anew; deleting alone leaves them in its older
/// parts.
pub(crate) fn forget_words(db: &Connection) -> Result<(), ReplicaError> {
    db.execute("INSERT INTO search (search) VALUES ('optimize')", [])?;
    Ok(())
}

/// When a case with this number was ordered to be erased, and why; `None` for a newer program's ground.
pub fn find(db: &Connection, label: &str) -> Result<Option<(Instant, Option<Ground>)>, ReplicaError> {
    if label.is_empty() {
        return Ok(None);
    }
    let mut statement =
        db.prepare_cached("SELECT at, ground FROM erasure WHERE label = ? ORDER BY at LIMIT 1")?;
    let found = statement
        .query_row([label], |row| {
            let ground: String = row.get("ground")?;
            Ok((Instant(row.get("at")?), ground.parse().ok()))
        })
        .optional()?;
    Ok(found)
}

impl Writing<'_> {
    /// Orders that a document be erased, here at once and wherever the order arrives. `label` is a case's number, empty for
    /// what has none.
    pub fn erase(&mut self, row: RowId, ground: Ground, label: &str) -> Result<(), ReplicaError> {
        let (document, partition) = document::identify(&self.tx, row)?;
        let order = Erasure {
            partition,
            document,
            ground: ground.as_str().to_owned(),
            at: self.now(),
            label: label.to_owned(),
            attachments: Some(attachment::only_of(&self.tx, row)?).filter(|hashes| !hashes.is_empty()),
        };
        let publicly = Partition::public(self.identity().county);
        self.enter(publicly, self.header(kind::ERASURE, None), wire::encode(&order))?;
        obey(&self.tx, &order)?;
        self.project(row)?;
        self.erased = true;
        Ok(())
    }
}
