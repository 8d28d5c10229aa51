//! The lives of a device's data folder. A folder that was restored from a backup or copied begins a new one: it writes
//! feeds of its own and gives numbers under its spare tag, so that nothing that it has forgotten is written a second time.

use crate::{
    Identity, Replica, ReplicaError,
    feed::{Row, rows},
};
use daiban_exchange::{Checkpoint, FeedId, Incarnation, Vector, key};
use ed25519_dalek::SigningKey;
use rusqlite::{Connection, TransactionBehavior, params};
use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    path::PathBuf,
};

impl Replica {
    /// Begins a new incarnation if the database is no longer the file that it was.
    pub(crate) fn recognise(&mut self, place: &str) -> Result<(), ReplicaError> {
        let known: String = self.db.query_row("SELECT place FROM identity", [], |row| row.get(0))?;
        if known == place {
            return Ok(());
        }
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if !known.is_empty() {
            tracing::warn!("this folder is a copy or a restored backup: it takes a new incarnation");
            begin(&tx, &self.tags)?;
        }
        tx.execute("UPDATE identity SET place = ?", [place])?;
        tx.commit()?;
        self.identity = Identity::load(&self.db)?;
        Ok(())
    }
}

/// The tags that lives of this device have taken, in a file beside its signing key, which no backup holds: a backup that is
/// put back twice offers its spare tag twice.
#[derive(Clone, Debug)]
pub struct TakenTags(pub PathBuf);

impl TakenTags {
    /// The spare tag if no life has taken it yet, else one that the hub gives to nobody: a digit comes first.
    fn take(&self, spare: String) -> Result<String, ReplicaError> {
        let taken = match fs::read_to_string(&self.0) {
            Ok(taken) => taken,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(source) => return Err(self.failed(source)),
        };
        let free = |tag: &String| !tag.is_empty() && taken.lines().all(|other| other != tag.as_str());
        let mut tag = spare;
        while !free(&tag) {
            let [digit, letter] = key::random::<2>()?;
            tag = format!("{}{}", char::from(b'0' + digit % 10), char::from(b'A' + letter % 26));
        }
        // Taken before it is used.
        let mut file =
            OpenOptions::new().create(true).append(true).open(&self.0).map_err(|error| self.failed(error))?;
        writeln!(file, "{tag}").and_then(|()| file.sync_all()).map_err(|error| self.failed(error))?;
        Ok(tag)
    }

    fn failed(&self, source: std::io::Error) -> ReplicaError {
        ReplicaError::File { path: self.0.clone(), source }
    }
}

/// Takes a new incarnation and a tag for it.
fn begin(db: &Connection, tags: &TakenTags) -> Result<(), ReplicaError> {
    let spare: String = db.query_row("SELECT spare_tag FROM identity", [], |row| row.get(0))?;
    db.execute(
        "UPDATE identity SET incarnation = ?, tag = ?, spare_tag = ''",
        params![Incarnation::draw()?.0 as i64, tags.take(spare)?],
    )?;
    Ok(())
}

/// Looks for entries of this device that the county holds and this folder doesn't know, or knows otherwise: it was
/// rolled back. What it wrote meanwhile moves, as it is, to feeds of a new incarnation; the county's is adopted.
pub(crate) fn reconcile(
    db: &Connection,
    identity: &Identity,
    signing: &SigningKey,
    tags: &TakenTags,
    hub: &Vector,
) -> Result<bool, ReplicaError> {
    let own = |feed: &FeedId| feed.device == identity.device;
    let mut forked = Vec::new();
    for row in rows::county(db)?.into_iter().filter(|row| own(&row.feed)) {
        let Some(theirs) = hub.get(&row.feed) else { continue };
        let ours = Row::open(db, &row.feed)?;
        // More than we hold is adopted as it comes; if it doesn't follow from what we hold, we hold too much.
        let same = theirs.n <= ours.head.n && rows::head_at(db, row.id, &row.feed, theirs.n)? == Some(theirs);
        if !same {
            forked.push((row, ours));
        }
    }
    if forked.is_empty() {
        return Ok(false);
    }
    tracing::warn!(feeds = forked.len(), "the county holds other entries of this device: it was rolled back");
    let alive = forked.iter().any(|(row, _)| row.feed.incarnation == identity.incarnation);
    if alive {
        begin(db, tags)?;
    }
    let identity = Identity::load(db)?;
    for (row, ours) in forked {
        let Some(common) = rows::head_at(db, row.id, &row.feed, row.reach)? else { continue };
        let written = rows::entries(db, row.id, common.n + 1, ours.head.n)?;
        db.execute("DELETE FROM entry WHERE feed = ? AND n > ?", params![row.id, common.n])?;
        db.execute("DELETE FROM checkpoint WHERE feed = ? AND n > ?", params![row.id, common.n])?;
        db.execute(
            "UPDATE feed SET n = ?2, chain = ?3, signed_n = ?2, signed_chain = ?3, unsigned_bytes = 0, actor = NULL
             WHERE id = ?1",
            params![row.id, common.n, common.chain],
        )?;
        if written.is_empty() {
            continue;
        }
        let feed = identity.feed(row.feed.partition);
        let to = Row::open(db, &feed)?;
        let mut head = to.head;
        for entry in &written {
            head = head.next(entry);
            let header = entry.header().ok();
            to.store(db, feed.partition, head.n, header.as_ref(), entry, None)?;
        }
        db.execute("UPDATE feed SET n = ?, chain = ? WHERE id = ?", params![head.n, head.chain, to.id])?;
        crate::feed::store_checkpoint(db, to.id, &Checkpoint::sign(&feed, head, signing))?;
    }
    Ok(true)
}
