//! Drafts of the catalogue: a document each, in the internal partition of the unit whose proposal it is, so that the unit
//! and the county see it and nobody else. There are few; a list reads them all.

use crate::{
    ReplicaError,
    document::{Document, Edit, RowId, Writing, kind},
};
use daiban_domain::{
    EventId,
    case::Event,
    item::{
        Item,
        draft::{Draft, Folded, fold},
    },
};
use daiban_exchange::Partition;
use rusqlite::Connection;
use std::collections::BTreeMap;

pub struct DraftRecord {
    pub document: RowId,
    pub draft_no: String,
    pub draft: Draft,
    pub events: Vec<Event>,
    /// What each submission would have items be, with the text; an item's version is the published one that it was made
    /// from, 0 for none.
    pub contents: BTreeMap<EventId, Vec<(Item, String)>>,
    /// There is an entry that only a newer program understands.
    pub incomplete: bool,
}

/// Lays down a draft, empty.
pub fn begin(writing: &mut Writing<'_>, draft_no: &str, draft: &Draft) -> Result<(), ReplicaError> {
    writing.create(Partition::internal(draft.unit), kind::ITEM_DRAFT, |edit| {
        edit.put("draftNo", draft_no);
        edit.put("title", draft.title.as_str());
        edit.put("begunOn", draft.begun_on.to_string());
        Ok::<_, ReplicaError>(())
    })?;
    Ok(())
}

/// Writes what a submission would have items be.
pub fn put_content(edit: &mut Edit<'_>, submission: EventId, content: &[(Item, String)]) {
    for (item, text) in content {
        edit.put(&format!("rounds/{submission}/{}", item.item_id), text.as_str());
    }
}

impl DraftRecord {
    /// `None` if the document is not (yet) a whole draft.
    fn read(db: &Connection, document: &Document) -> Result<Option<Self>, ReplicaError> {
        let events = document.events(db)?;
        Ok(Self::of(document, events))
    }

    fn of(document: &Document, events: Vec<Event>) -> Option<Self> {
        let mut contents: BTreeMap<EventId, Vec<(Item, String)>> = BTreeMap::new();
        let mut unread = false;
        for (key, _) in document.values() {
            if let Some((submission, _)) = key.strip_prefix("rounds/").and_then(|key| key.split_once('/')) {
                let text = document.text(key).unwrap_or_default();
                match (submission.parse(), serde_json::from_str(text)) {
                    (Ok(submission), Ok(item)) => {
                        contents.entry(submission).or_default().push((item, text.to_owned()));
                    }
                    _ => unread = true,
                }
            }
        }
        Some(Self {
            document: document.row,
            draft_no: document.text("draftNo")?.to_owned(),
            draft: Draft {
                unit: document.partition.unit,
                title: document.text("title")?.to_owned(),
                begun_on: document.text("begunOn")?.parse().ok()?,
            },
            events,
            contents,
            incomplete: document.incomplete || unread,
        })
    }

    pub fn folded(&self) -> Folded {
        let mut folded = fold(&self.events, &self.draft);
        folded.incomplete |= self.incomplete;
        folded
    }

    /// What a submission would have items be; nothing while it isn't here.
    pub fn content(&self, submission: EventId) -> &[(Item, String)] {
        self.contents.get(&submission).map_or(&[], Vec::as_slice)
    }
}

/// All that are here, the newest first.
pub fn all(db: &Connection) -> Result<Vec<DraftRecord>, ReplicaError> {
    // Out of place it is nobody's proposal.
    let sql = "SELECT id FROM document WHERE partition_kind = 'internal' AND kind = ? ORDER BY document DESC";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([kind::ITEM_DRAFT], |row| row.get(0).map(RowId))?;
    let mut drafts = Vec::new();
    for row in rows {
        drafts.extend(DraftRecord::read(db, &Document::load(db, row?)?)?);
    }
    Ok(drafts)
}

/// The draft of a number. Of two with one number the earlier document.
pub fn find(db: &Connection, draft_no: &str) -> Result<Option<DraftRecord>, ReplicaError> {
    Ok(all(db)?.into_iter().rev().find(|record| record.draft_no == draft_no))
}
