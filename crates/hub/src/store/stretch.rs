//! Entries in the hub's database: those that came together lie packed together.

use crate::HubError;
use daiban_domain::DocumentId;
use daiban_exchange::{Entry, wire};
use rusqlite::{OptionalExtension, Row, Transaction, params};
use std::{borrow::Cow, cell::RefCell, collections::VecDeque, rc::Rc};

/// About how many bytes of entries a stretch holds: many, and it packs well; few, and one of them is soon read.
const SIZE: usize = 32 * 1024;

/// Stores consecutive entries of a feed.
pub(super) fn store(
    tx: &Transaction<'_>,
    feed: i64,
    mut first: u64,
    mut entries: &[Cow<'_, Entry>],
) -> Result<(), HubError> {
    let mut insert =
        tx.prepare_cached("INSERT INTO stretch (feed, first, last, entries) VALUES (?, ?, ?, ?)")?;
    let mut note = tx.prepare_cached("INSERT OR IGNORE INTO document (document, stretch) VALUES (?, ?)")?;
    while !entries.is_empty() {
        let mut size = 0;
        let fits = entries.iter().take_while(|entry| {
            size += entry.size();
            size <= SIZE
        });
        let (these, rest) = entries.split_at(fits.count().max(1));
        let next = first + these.len() as u64;
        let id = insert.insert(params![feed, first, next - 1, wire::pack_fast(&these)])?;
        for document in these.iter().filter_map(|entry| document(entry)) {
            note.execute(params![document.0, id])?;
        }
        (first, entries) = (next, rest);
    }
    Ok(())
}

/// The entries of a feed between two numbers, both included.
pub(crate) fn read(tx: &Transaction<'_>, feed: i64, from: u64, to: u64) -> Result<Vec<Entry>, HubError> {
    let mut statement = tx.prepare_cached(
        "SELECT first, entries FROM stretch WHERE feed = ? AND last >= ? AND first <= ? ORDER BY last",
    )?;
    let mut rows = statement.query(params![feed, from, to])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        let numbered = (row.get("first")?..).zip(unpack(row)?);
        entries.extend(numbered.filter(|(n, _)| (from..=to).contains(n)).map(|(_, entry)| entry));
    }
    Ok(entries)
}

/// Gives what a feed holds after a number to another one.
pub(super) fn cut(tx: &Transaction<'_>, feed: i64, after: u64, to: i64) -> Result<(), HubError> {
    tx.execute("UPDATE stretch SET feed = ? WHERE feed = ? AND first > ?", params![to, feed, after])?;
    let astride = tx
        .query_row(
            "SELECT id, first, entries FROM stretch WHERE feed = ? AND first <= ? AND last > ?",
            params![feed, after, after],
            |row| Ok((row.get::<_, i64>("id")?, row.get::<_, u64>("first")?, unpack(row))),
        )
        .optional()?;
    let Some((id, first, entries)) = astride else { return Ok(()) };
    let mut entries = entries?;
    let rest = entries.split_off(entries.len().min((after + 1 - first) as usize));
    tx.execute(
        "UPDATE stretch SET last = ?, entries = ? WHERE id = ?",
        params![after, wire::pack_fast(&entries), id],
    )?;
    store(tx, to, after + 1, &rest.into_iter().map(Cow::Owned).collect::<Vec<_>>())
}

/// Turns the entries of a stretch that belong to a document into stubs.
pub(super) fn erase(tx: &Transaction<'_>, row: &Row<'_>, of: DocumentId) -> Result<(), HubError> {
    let mut entries = unpack(row)?;
    for entry in entries.iter_mut().filter(|entry| document(entry) == Some(of)) {
        *entry = entry.stub();
    }
    tx.prepare_cached("UPDATE stretch SET entries = ? WHERE id = ?")?
        .execute(params![wire::pack_fast(&entries), row.get::<_, i64>("id")?])?;
    Ok(())
}

/// The entries of a row.
pub(crate) fn unpack(row: &Row<'_>) -> Result<Vec<Entry>, HubError> {
    let frame = row.get_ref("entries")?.as_blob().unwrap_or_default();
    wire::unpack(frame).map_err(|_| HubError::Stored("stretch.entries"))
}

fn document(entry: &Entry) -> Option<DocumentId> {
    entry.header().ok()?.document
}

/// The stretches that were unpacked last: documents whose entries lie side by side mostly had their earlier ones so too.
#[derive(Default)]
pub(super) struct Recent(RefCell<VecDeque<(i64, Unpacked)>>);

/// Entries, each with the document that its header names.
type Unpacked = Rc<[(Option<DocumentId>, Entry)]>;

impl Recent {
    const MOST: usize = 16;

    /// The entries of a row.
    pub fn unpack(&self, row: &Row<'_>) -> Result<Unpacked, HubError> {
        let id = row.get("id")?;
        let mut recent = self.0.borrow_mut();
        if let Some((_, entries)) = recent.iter().find(|(other, _)| *other == id) {
            return Ok(entries.clone());
        }
        let entries: Unpacked = unpack(row)?.into_iter().map(|entry| (document(&entry), entry)).collect();
        recent.truncate(Self::MOST - 1);
        recent.push_front((id, entries.clone()));
        Ok(entries)
    }

    /// Forgets all: stretches have been changed.
    pub fn forget(&self) {
        self.0.borrow_mut().clear();
    }
}
