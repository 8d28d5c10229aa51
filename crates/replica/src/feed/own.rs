//! The feeds that this device writes.

use super::{Row, rows};
use crate::{Replica, ReplicaError, document::RowId};
use daiban_domain::DeviceId;
use daiban_exchange::{Checkpoint, Entry, FeedId, Head, Header, kind};
use ed25519_dalek::SigningKey;
use rusqlite::{Connection, TransactionBehavior, params};

/// An entry that was appended.
pub(crate) struct Appended {
    pub id: i64,
    pub n: u64,
    /// Of the document that it is about.
    pub row: Option<RowId>,
}

impl Row {
    /// Appends an entry of this device's; signs when much lies unsigned, and each record of access, so that a check that finds one
    /// altered can name it.
    pub(crate) fn append_own(
        &self,
        db: &Connection,
        feed: &FeedId,
        header: &Header,
        entry: &Entry,
        signing: &SigningKey,
    ) -> Result<Appended, ReplicaError> {
        let head = self.head.next(entry);
        let (id, row) = self.store(db, feed.partition, head.n, Some(header), entry, None, true)?;
        let unsigned = self.unsigned_bytes + entry.size();
        db.prepare_cached(
            "UPDATE feed SET n = ?, chain = ?, unsigned_bytes = ?, actor = coalesce(?, actor) WHERE id = ?",
        )?
        .execute(params![head.n, head.chain, unsigned, header.actor, self.id])?;
        if unsigned > Checkpoint::SPACING || header.kind == kind::ACCESS {
            sign(db, self.id, feed, head, signing)?;
        }
        Ok(Appended { id, n: head.n, row })
    }
}

impl Replica {
    /// Signs the heads of this device's feeds, so that all of them may be sent.
    pub fn checkpoint(&mut self) -> Result<(), ReplicaError> {
        let Self { db, identity, signing, .. } = self;
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        sign_heads(&tx, identity.device, signing)?;
        Ok(tx.commit()?)
    }
}

pub(super) fn sign_heads(
    db: &Connection,
    device: DeviceId,
    signing: &SigningKey,
) -> Result<(), ReplicaError> {
    for (id, feed, head) in unsigned(db, device)? {
        sign(db, id, &feed, head, signing)?;
    }
    Ok(())
}

/// Of all incarnations: an earlier one may have left something behind.
fn unsigned(db: &Connection, device: DeviceId) -> Result<Vec<(i64, FeedId, Head)>, ReplicaError> {
    rows::collect(db, "SELECT * FROM feed WHERE n > signed_n", |row| {
        Ok((row.get("id")?, rows::feed(row)?, Head { n: row.get("n")?, chain: row.get("chain")? }))
    })
    .map(|feeds| feeds.into_iter().filter(|(_, feed, _)| feed.device == device).collect())
}

fn sign(
    db: &Connection,
    id: i64,
    feed: &FeedId,
    head: Head,
    signing: &SigningKey,
) -> Result<(), ReplicaError> {
    let checkpoint = Checkpoint::sign(feed, head, signing);
    store_checkpoint(db, id, &checkpoint)
}

/// Stores a checkpoint at the feed's head.
pub(crate) fn store_checkpoint(
    db: &Connection,
    id: i64,
    checkpoint: &Checkpoint,
) -> Result<(), ReplicaError> {
    let Checkpoint { head, signature } = checkpoint;
    db.prepare_cached("INSERT INTO checkpoint (feed, n, chain, signature) VALUES (?, ?, ?, ?)")?
        .execute(params![id, head.n, head.chain, signature])?;
    db.prepare_cached("UPDATE feed SET signed_n = ?, signed_chain = ?, unsigned_bytes = 0 WHERE id = ?")?
        .execute(params![head.n, head.chain, id])?;
    Ok(())
}
