//! The second quarantine: entries that are authentic, held and counted, but whose content can't count. Whoever receives one
//! says so in an entry (a verdict); its author says again, on good ground, what was withheld and what waits for it (a
//! re-issue). Both happen beside the exchange, once for each entry, and nobody has to do anything.

mod ground;
mod judge;
mod reissue;

use crate::{
    Replica, ReplicaError,
    document::{RowId, Unfit},
    feed::{Row, rows, stored},
};
use daiban_domain::Instant;
use daiban_exchange::{
    FeedId, kind,
    verdict::{Reissue, Replaced, Spoken, Verdict},
};
use rusqlite::{Connection, OptionalExtension, params};

/// What verdicts and re-issues say of whoever wrote them.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");

impl Replica {
    /// Passes verdicts on what others wrote that can't count, and says again what this device wrote. Returns how many
    /// entries that made.
    pub fn tend_quarantine(&mut self, now: Instant) -> Result<u64, ReplicaError> {
        let own = self.identity.device;
        if !judge::due(&self.db, own)? && reissue::due(&self.db, own)?.is_empty() {
            return Ok(0);
        }
        self.commit(now, |writing| {
            let written = judge::pass(writing)? + reissue::say_again(writing)?;
            if written > 0 {
                tracing::warn!(written, "verdicts and re-issues");
            }
            Ok(written)
        })
    }
}

/// Takes note of a verdict or a re-issue, in the open transaction. One that can't be read, or that speaks of another
/// partition, is kept and not heeded.
pub(crate) fn heed(
    db: &Connection,
    feed: &FeedId,
    n: u64,
    kind: u16,
    body: &[u8],
) -> Result<(), ReplicaError> {
    if Row::find(db, feed)?.and_then(|row| row.held_after).is_some_and(|last| n > last) {
        // A revoked device's.
        return Ok(());
    }
    let heeded = match kind {
        kind::VERDICT => heed_verdict(db, feed, body)?,
        kind::REISSUE => heed_reissue(db, feed, n, body)?,
        _ => true,
    };
    if !heeded {
        tracing::warn!(device = %feed.device, partition = %feed.partition, n, "a verdict or re-issue that can't be heeded");
    }
    Ok(())
}

/// Nobody judges himself.
fn heed_verdict(db: &Connection, feed: &FeedId, body: &[u8]) -> Result<bool, ReplicaError> {
    let Ok(Verdict { on, reason, .. }) = minicbor::decode(body) else { return Ok(false) };
    if on.feed.partition != feed.partition || on.feed.device == feed.device || reason == 0 {
        return Ok(false);
    }
    db.prepare_cached(
        "INSERT INTO verdict (feed, n, body, reason, entry) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET reason = min(reason, excluded.reason)",
    )?
    .execute(params![Row::open(db, &on.feed.main())?.id, on.n, on.body, reason, find(db, &on)?])?;
    Ok(true)
}

/// Nobody answers for another.
fn heed_reissue(db: &Connection, feed: &FeedId, n: u64, body: &[u8]) -> Result<bool, ReplicaError> {
    let Ok(Reissue { replaced, program }) = minicbor::decode(body) else { return Ok(false) };
    let mut heeded = true;
    for Replaced { old, by } in replaced {
        let own = old.feed.partition == feed.partition && old.feed.device == feed.device && by < n;
        let by_entry = if by == 0 { Some(0) } else { said_before(db, feed, by)? };
        let (true, Some(by_entry)) = (own, by_entry) else {
            heeded = false;
            continue;
        };
        db.prepare_cached(
            "INSERT OR IGNORE INTO reissue (feed, n, body, by_entry, program, entry) VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            Row::open(db, &old.feed.main())?.id,
            old.n,
            old.body,
            by_entry,
            program,
            find(db, &old)?
        ])?;
    }
    Ok(heeded)
}

/// `entry.id` of an earlier entry of a feed, or of what a branch goes on from.
fn said_before(db: &Connection, feed: &FeedId, n: u64) -> Result<Option<i64>, ReplicaError> {
    let life = if n > feed.after() { *feed } else { feed.main() };
    let Some(row) = Row::find(db, &life)? else { return Ok(None) };
    let mut statement = db.prepare_cached("SELECT id FROM entry WHERE feed = ? AND n = ?")?;
    Ok(statement.query_row(params![row.id, n], |row| row.get(0)).optional()?)
}

/// `entry.id` of what is spoken of, in whichever life of its feed, if it is here.
pub(crate) fn find(db: &Connection, spoken: &Spoken) -> Result<Option<i64>, ReplicaError> {
    for (life, _) in rows::lives(db, &spoken.feed)? {
        let Some(row) = Row::find(db, &life)? else { continue };
        let mut statement = db
            .prepare_cached("SELECT header, body, packing, erased, id FROM entry WHERE feed = ? AND n = ?")?;
        let mut found = statement.query(params![row.id, spoken.n])?;
        if let Some(row) = found.next()?
            && spoken.is(&stored::read(row)?.body)
        {
            return Ok(Some(row.get("id")?));
        }
    }
    Ok(None)
}

/// Finds what was spoken of before it was here.
pub(crate) fn catch_up(db: &Connection) -> Result<(), ReplicaError> {
    for table in ["verdict", "reissue", "review"] {
        let sql = format!(
            "SELECT feed.*, {table}.feed AS feed_id, {table}.n AS number, {table}.body
             FROM {table} JOIN feed ON feed.id = {table}.feed WHERE {table}.entry IS NULL"
        );
        let mut statement = db.prepare_cached(&sql)?;
        let mut pending = statement.query([])?;
        let mut found: Vec<(i64, i64, u64, [u8; 32])> = Vec::new();
        while let Some(row) = pending.next()? {
            let spoken = Spoken { feed: rows::feed(row)?, n: row.get("number")?, body: row.get("body")? };
            if let Some(entry) = find(db, &spoken)? {
                found.push((entry, row.get("feed_id")?, spoken.n, spoken.body));
            }
        }
        drop(pending);
        let sql = format!("UPDATE {table} SET entry = ? WHERE feed = ? AND n = ? AND body = ?");
        for (entry, feed, n, body) in found {
            db.execute(&sql, params![entry, feed, n, body])?;
        }
    }
    Ok(())
}

/// Takes note of all verdicts and re-issues anew.
pub(crate) fn rebuild(db: &Connection) -> Result<(), ReplicaError> {
    db.execute("DELETE FROM verdict", [])?;
    db.execute("DELETE FROM reissue", [])?;
    let mut statement = db.prepare(
        "SELECT feed.*, entry.n AS number, entry.kind AS entry_kind, entry.body
         FROM entry JOIN feed ON feed.id = entry.feed WHERE entry.kind IN (?, ?)",
    )?;
    let mut found = statement.query(params![kind::VERDICT, kind::REISSUE])?;
    while let Some(row) = found.next()? {
        let body = row.get_ref("body")?.as_blob().unwrap_or_default();
        heed(db, &rows::feed(row)?, row.get("number")?, row.get("entry_kind")?, body)?;
    }
    Ok(())
}

/// Why each change of a document that doesn't count, and for which nothing else stands yet, doesn't; `None` for a reason
/// of a newer program's.
pub fn unanswered(db: &Connection, row: RowId) -> Result<Vec<Option<Unfit>>, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT id, min(reason) FROM unanswered WHERE document = ? GROUP BY id ORDER BY id",
    )?;
    let reasons = statement.query_map([row.0], |row| row.get(1).map(Unfit::numbered))?;
    Ok(reasons.collect::<Result<_, _>>()?)
}

const WAITING: u8 = Unfit::Waiting as u8;
