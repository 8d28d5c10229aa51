//! The bytes of photos and scans.

use super::{holders, holding::note, partitions, settle};
use crate::{
    ReplicaError,
    document::{self, Writing},
    feed,
};
use daiban_domain::{ContentHash, DeviceId};
use daiban_exchange::{
    Author, Partition, Receipt,
    attachment::{Attachments, CHUNK, Held, Holding, Leaves},
    kind, wire,
};
use rusqlite::{Connection, OptionalExtension, params};

/// Stores a whole attachment under its hash, which it returns. One that is held already is not stored twice.
pub fn keep(writing: &mut Writing<'_>, bytes: &[u8]) -> Result<ContentHash, ReplicaError> {
    let leaves = Leaves::of(bytes);
    let hash = leaves.content().ok_or(ReplicaError::Column("attachment.leaves"))?;
    let held = writing.held(hash)?.map_or(0, |held| held.chunks);
    let rest: Vec<&[u8]> = bytes.chunks(CHUNK).skip(held as usize).collect();
    writing.append(hash, &leaves, held, &rest)?;
    Ok(hash)
}

/// The whole of an attachment; `None` if it isn't whole here.
pub fn bytes(db: &Connection, hash: ContentHash) -> Result<Option<Vec<u8>>, ReplicaError> {
    match held(db, hash)? {
        Some(held) if held.whole() => Ok(Some(read(db, hash, 0, held.chunks)?)),
        _ => Ok(None),
    }
}

/// Lets the bytes of an attachment go. Refused, as `false`, unless the county holds it for every partition that refers to
/// it and has backed that up: the county's last receipt says until when its backups reach.
pub fn purge(writing: &mut Writing<'_>, hash: ContentHash) -> Result<bool, ReplicaError> {
    let hub = writing.identity().hub;
    let receipt: Option<Vec<u8>> =
        writing.tx.query_row("SELECT bytes FROM receipt", [], |row| row.get(0)).optional()?;
    let receipt = receipt.map(|bytes| minicbor::decode::<Receipt>(&bytes)).transpose()?;
    let Some(backup) = receipt.and_then(|receipt| receipt.backup) else { return Ok(false) };
    let partitions = partitions(&writing.tx, hash)?;
    for partition in &partitions {
        let holders = holders(&writing.tx, *partition, hash)?;
        if !holders.iter().any(|holder| holder.device == hub && holder.at < backup.time) {
            return Ok(false);
        }
    }
    for partition in partitions {
        if writing.stated(partition, hash)? {
            writing.say(partition, Holding { hashes: vec![hash], held: false })?;
        }
    }
    writing.tx.execute(
        "DELETE FROM chunk WHERE attachment = (SELECT id FROM attachment WHERE hash = ?)",
        [hash.0],
    )?;
    writing.tx.execute("UPDATE attachment SET held = 0, purged = 1 WHERE hash = ?", [hash.0])?;
    settle(&writing.tx, hash)?;
    Ok(true)
}

/// Says of every photo and scan of this device's cases whether it is held here, where that isn't known yet: what comes back on a
/// stick is what is lacking.
pub fn tell(writing: &mut Writing<'_>) -> Result<(), ReplicaError> {
    let unsaid = unsaid(writing)?;
    for alike in unsaid.chunk_by(|one, next| (one.0, one.1) == (next.0, next.1)) {
        for some in alike.chunks(TOLD_MAX) {
            let (partition, held, _) = some[0];
            let hashes = some.iter().map(|(.., hash)| *hash).collect();
            writing.say(partition, Holding { hashes, held })?;
        }
    }
    Ok(())
}

/// How many one entry speaks of, about 9 kB.
const TOLD_MAX: usize = 256;

fn unsaid(writing: &Writing<'_>) -> Result<Vec<(Partition, bool, ContentHash)>, ReplicaError> {
    let mut statement = writing.tx.prepare(include_str!("unsaid.sql"))?;
    let mut rows = statement.query([writing.identity().device.0])?;
    let mut unsaid = Vec::new();
    while let Some(row) = rows.next()? {
        let partition = document::partition(row, "partition_kind")?;
        unsaid.push((partition, row.get("here")?, ContentHash(row.get("hash")?)));
    }
    Ok(unsaid)
}

/// Whether what is held of an attachment is what its hash says.
pub(super) fn sound(db: &Connection, hash: ContentHash) -> Result<bool, ReplicaError> {
    let Some(held) = held(db, hash)? else { return Ok(true) };
    let bytes = read(db, hash, 0, held.chunks)?;
    let chunks: Vec<&[u8]> = bytes.chunks(CHUNK).collect();
    let fit = (0..).zip(&chunks).all(|(n, chunk)| held.leaves.fits(n, chunk));
    Ok(held.leaves.content() == Some(hash) && chunks.len() == held.chunks as usize && fit)
}

impl Attachments for Writing<'_> {
    type Error = ReplicaError;

    fn author(&self, device: DeviceId) -> Result<Option<Author>, ReplicaError> {
        feed::author(&self.tx, self.identity(), device)
    }

    fn held(&self, hash: ContentHash) -> Result<Option<Held>, ReplicaError> {
        held(&self.tx, hash)
    }

    fn read(&self, hash: ContentHash, first: u32, chunks: u32) -> Result<Vec<u8>, ReplicaError> {
        read(&self.tx, hash, first, chunks)
    }

    fn append(
        &mut self,
        hash: ContentHash,
        leaves: &Leaves,
        first: u32,
        chunks: &[&[u8]],
    ) -> Result<(), ReplicaError> {
        let id: i64 = self
            .tx
            .prepare_cached(
                "INSERT INTO attachment (hash, leaves, chunks, held) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (hash) DO UPDATE SET held = ?4, purged = 0 RETURNING id",
            )?
            .query_row(params![hash.0, leaves.0, leaves.count(), first + chunks.len() as u32], |row| {
                row.get(0)
            })?;
        let mut insert =
            self.tx.prepare_cached("INSERT INTO chunk (attachment, n, bytes) VALUES (?, ?, ?)")?;
        for (n, chunk) in (first..).zip(chunks) {
            insert.execute(params![id, n, chunk])?;
        }
        drop(insert);
        settle(&self.tx, hash)
    }

    fn stated(&self, partition: Partition, hash: ContentHash) -> Result<bool, ReplicaError> {
        let own = self.identity().device;
        Ok(holders(&self.tx, partition, hash)?.iter().any(|holder| holder.device == own))
    }

    fn state(&mut self, partition: Partition, hashes: Vec<ContentHash>) -> Result<(), ReplicaError> {
        self.say(partition, Holding { hashes, held: true })
    }
}

impl Writing<'_> {
    /// Says it where this unit may speak. What comes down from above is known to be there without every reader's word.
    fn say(&mut self, partition: Partition, holding: Holding) -> Result<(), ReplicaError> {
        if !partition.writable_by(self.identity().unit) {
            return Ok(());
        }
        self.enter(partition, self.header(kind::HOLDING, None), wire::encode(&holding))?;
        let feed = self.identity().feed(partition);
        note(&self.tx, &feed, (self.hlc(), self.now()), &holding)
    }
}

fn held(db: &Connection, hash: ContentHash) -> Result<Option<Held>, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT held, leaves FROM attachment WHERE hash = ?")?;
    let held = statement
        .query_row([hash.0], |row| Ok(Held { chunks: row.get("held")?, leaves: Leaves(row.get("leaves")?) }));
    Ok(held.optional()?)
}

fn read(db: &Connection, hash: ContentHash, first: u32, chunks: u32) -> Result<Vec<u8>, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT bytes FROM chunk WHERE attachment = (SELECT id FROM attachment WHERE hash = ?) AND n >= ? ORDER BY n LIMIT ?",
    )?;
    let mut rows = statement.query(params![hash.0, first, chunks])?;
    let mut bytes = Vec::new();
    while let Some(row) = rows.next()? {
        bytes.extend_from_slice(row.get_ref("bytes")?.as_blob().unwrap_or_default());
    }
    Ok(bytes)
}
