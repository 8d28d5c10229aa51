//! Verdicts: what this device says of others' entries that can't count.

use super::{
    PROGRAM,
    ground::{Ground, Held, behind},
};
use crate::{
    ReplicaError,
    document::{RowId, Unfit, Writing},
    feed::{rows, stored},
};
use daiban_domain::{DeviceId, DocumentId};
use daiban_exchange::{
    FeedId, Header, Partition, kind,
    verdict::{Spoken, Verdict},
    wire,
};
use rusqlite::{Connection, params};

/// An entry that nobody has judged yet.
struct Unjudged {
    entry: i64,
    partition: Partition,
    on: Spoken,
    reason: u8,
    document: Option<DocumentId>,
    row: Option<RowId>,
}

/// Whether there may be something to say.
pub(super) fn due(db: &Connection, own: DeviceId) -> Result<bool, ReplicaError> {
    let sql = concat!("SELECT EXISTS (", include_str!("unjudged.sql"), ")");
    Ok(db
        .prepare_cached(sql)?
        .query_row(params![own.0, super::WAITING, Unfit::Held as u8], |row| row.get(0))?)
}

/// Passes the verdicts that are due, on what this device may write about.
pub(super) fn pass(writing: &mut Writing<'_>) -> Result<u64, ReplicaError> {
    let (own, unit) = (writing.identity().device, writing.identity().unit);
    let mut passed = 0;
    for unjudged in unjudged(writing.db(), own)? {
        let Unjudged { entry, partition, on, reason, document, row } = unjudged;
        if !partition.writable_by(unit) {
            continue;
        }
        let dependents = match row {
            Some(row) => dependents(writing.db(), row, entry)?,
            None => Vec::new(),
        };
        let verdict = Verdict { on, reason, dependents, program: PROGRAM.to_owned() };
        let header = Header { person: None, ..writing.header(kind::VERDICT, document) };
        let body = wire::encode(&verdict);
        let appended = writing.enter(partition, header, body.clone())?;
        let own_feed = writing.identity().feed(partition);
        super::heed(writing.db(), &own_feed, appended.n, kind::VERDICT, &body)?;
        passed += 1;
    }
    Ok(passed)
}

fn unjudged(db: &Connection, own: DeviceId) -> Result<Vec<Unjudged>, ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("unjudged.sql"))?;
    let mut found = statement.query(params![own.0, super::WAITING, Unfit::Held as u8])?;
    let mut unjudged = Vec::new();
    while let Some(row) = found.next()? {
        let feed = rows::feed(row)?;
        let body = stored::read(row)?.body;
        unjudged.push(Unjudged {
            entry: row.get("entry")?,
            partition: feed.partition,
            on: Spoken::of(&feed, row.get("number")?, &body),
            reason: row.get("withheld")?,
            document: row.get::<_, Option<[u8; 16]>>("document_id")?.map(DocumentId),
            row: row.get::<_, Option<i64>>("document")?.map(RowId),
        });
    }
    Ok(unjudged)
}

/// What builds on an entry, and so waits.
fn dependents(db: &Connection, row: RowId, entry: i64) -> Result<Vec<(FeedId, u64)>, ReplicaError> {
    let ground = Ground::load(db, row)?;
    let judged = ground.changes.iter().find(|held| held.entry == entry);
    let Some(hash) = judged.and_then(Held::hash) else { return Ok(Vec::new()) };
    let behind = behind(&ground.changes, [hash].into());
    let waiting = ground
        .changes
        .iter()
        .filter(|held| held.hash().is_some_and(|other| other != hash && behind.contains(&other)));
    Ok(waiting.map(|held| (held.feed, held.n)).collect())
}
