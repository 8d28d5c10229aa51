//! Photos and scans: their bytes by hash, what cases refer to, and who else holds them.

mod holding;
mod store;

pub use holding::{Holder, holders};
pub(crate) use holding::{heed, project_holdings};
pub use store::{bytes, keep, purge, tell};

use crate::{
    ReplicaError,
    case::Attached,
    document::{self, RowId},
};
use daiban_domain::{ContentHash, DeviceId, DocumentId, UnitCode};
use daiban_exchange::{Partition, attachment::Owed};
use rusqlite::{Connection, OptionalExtension, named_params, params};

/// Writes what a case refers to, after its document.
pub(crate) fn project(db: &Connection, row: RowId, attached: &[Attached]) -> Result<(), ReplicaError> {
    db.prepare_cached("DELETE FROM attached WHERE document = ?")?.execute([row.0])?;
    for Attached { attachment, authored } in attached {
        db.prepare_cached(
            "INSERT OR REPLACE INTO attached (document, hash, size, removed, device, owed) VALUES (?, ?, ?, ?, ?, 0)",
        )?
        .execute(params![row.0, attachment.hash.0, attachment.size, attachment.removed, authored.device.0])?;
        settle(db, attachment.hash)?;
    }
    Ok(())
}

/// Finds out anew which side owes an attachment to the other, once anything about it has moved.
pub(crate) fn settle(db: &Connection, hash: ContentHash) -> Result<(), ReplicaError> {
    db.prepare_cached(include_str!("owed.sql"))?.execute([hash.0])?;
    Ok(())
}

/// What a document alone refers to.
pub(crate) fn only_of(db: &Connection, row: RowId) -> Result<Vec<ContentHash>, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT hash FROM attached WHERE document = ?1
         AND NOT EXISTS (SELECT 1 FROM attached AS other WHERE other.hash = attached.hash AND other.document != ?1)",
    )?;
    let hashes = statement.query_map([row.0], |row| row.get(0).map(ContentHash))?;
    Ok(hashes.collect::<Result<_, _>>()?)
}

/// Deletes the bytes of an attachment that no document refers to any more; it isn't fetched again by itself.
pub(crate) fn drop_unreferred(db: &Connection, hash: ContentHash) -> Result<(), ReplicaError> {
    let mut statement = db.prepare_cached("SELECT EXISTS (SELECT 1 FROM attached WHERE hash = ?)")?;
    if statement.query_row([hash.0], |row| row.get(0))? {
        return Ok(());
    }
    db.execute("DELETE FROM chunk WHERE attachment = (SELECT id FROM attachment WHERE hash = ?)", [hash.0])?;
    db.execute("UPDATE attachment SET held = 0, purged = 1 WHERE hash = ?", [hash.0])?;
    Ok(())
}

/// Which side owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Debtor {
    /// Held whole here, and the county hasn't said so.
    Here = 1,
    /// The county holds it, and it is not whole here.
    County = 2,
}

/// The cheapest so many that one side owes; what is still on a case before what was taken off.
pub fn owed(db: &Connection, debtor: Debtor, limit: usize) -> Result<Vec<Owed>, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT unit, partition_kind, period, hash, max(size) AS size
         FROM attached JOIN document ON document.id = attached.document
         WHERE owed = ? AND owed > 0
         GROUP BY unit, partition_kind, period, hash ORDER BY min(removed), max(size), hash LIMIT ?",
    )?;
    let mut rows = statement.query(params![debtor as u8, limit as i64])?;
    let mut owed = Vec::new();
    while let Some(row) = rows.next()? {
        let partition = document::partition(row, "partition_kind")?;
        owed.push(Owed { partition, hash: ContentHash(row.get("hash")?), size: row.get("size")? });
    }
    Ok(owed)
}

/// What a unit's devices may hold and haven't said that they do, cheapest first; `all`: whatever they have said.
pub fn lacking(db: &Connection, to: UnitCode, all: bool) -> Result<Vec<Owed>, ReplicaError> {
    let mut statement = db.prepare(include_str!("lacking.sql"))?;
    let mut rows = statement.query(named_params! { ":to": to.to_string(), ":all": all })?;
    let mut lacking = Vec::new();
    while let Some(row) = rows.next()? {
        let partition = document::partition(row, "partition_kind")?;
        if partition.readable_by(to) {
            lacking.push(Owed { partition, hash: ContentHash(row.get("hash")?), size: row.get("size")? });
        }
    }
    Ok(lacking)
}

/// How many a side owes, and of how many bytes.
pub fn count_owed(db: &Connection, debtor: Debtor) -> Result<(u64, u64), ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT count(*), coalesce(sum(size), 0)
         FROM (SELECT hash, max(size) AS size FROM attached WHERE owed = ? AND owed > 0 GROUP BY hash)",
    )?;
    Ok(statement.query_row([debtor as u8], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// How many a document refers to.
pub fn count_of(db: &Connection, row: RowId) -> Result<u64, ReplicaError> {
    let sql = "SELECT count(*) FROM attached WHERE document = ? AND NOT removed";
    Ok(db.prepare_cached(sql)?.query_row([row.0], |row| row.get(0))?)
}

/// The partitions with a case that refers to an attachment.
pub fn partitions(db: &Connection, hash: ContentHash) -> Result<Vec<Partition>, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT DISTINCT unit, partition_kind, period FROM attached JOIN document ON document.id = attached.document
         WHERE hash = ?",
    )?;
    let mut rows = statement.query([hash.0])?;
    let mut partitions = Vec::new();
    while let Some(row) = rows.next()? {
        partitions.push(document::partition(row, "partition_kind")?);
    }
    Ok(partitions)
}

/// The documents of a partition that refer to an attachment.
pub fn documents(
    db: &Connection,
    partition: Partition,
    hash: ContentHash,
) -> Result<Vec<DocumentId>, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT document.document FROM attached JOIN document ON document.id = attached.document
         WHERE hash = ? AND unit = ? AND partition_kind = ? AND period = ?",
    )?;
    let Partition { unit, kind, period } = partition;
    let rows = statement.query_map(params![hash.0, unit.to_string(), kind.as_str(), period], |row| {
        row.get(0).map(DocumentId)
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether a document of the partition still refers to an attachment that nobody here has let go of.
pub fn wanted(db: &Connection, partition: Partition, hash: ContentHash) -> Result<bool, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT EXISTS (
             SELECT 1 FROM attached JOIN document ON document.id = attached.document
             WHERE hash = ?1 AND unit = ?2 AND partition_kind = ?3 AND period = ?4 AND NOT removed
         ) AND NOT EXISTS (SELECT 1 FROM attachment WHERE hash = ?1 AND purged)",
    )?;
    let Partition { unit, kind, period } = partition;
    let of = params![hash.0, unit.to_string(), kind.as_str(), period];
    Ok(statement.query_row(of, |row| row.get(0))?)
}

/// Whether an attachment is held whole here.
pub fn here(db: &Connection, hash: ContentHash) -> Result<bool, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT held = chunks FROM attachment WHERE hash = ?")?;
    Ok(statement.query_row([hash.0], |row| row.get(0)).optional()?.unwrap_or(false))
}

/// Attachments whose bytes are not what their names say, and those of this device's own cases that are nowhere.
pub(crate) fn faults(
    db: &Connection,
    own: DeviceId,
    hub: DeviceId,
) -> Result<(Vec<ContentHash>, Vec<ContentHash>), ReplicaError> {
    let mut statement = db.prepare("SELECT hash FROM attachment WHERE held > 0")?;
    let held = statement.query_map([], |row| row.get(0).map(ContentHash))?;
    let mut wrong = Vec::new();
    for hash in held {
        let hash = hash?;
        if !store::sound(db, hash)? {
            wrong.push(hash);
        }
    }
    let mut statement = db.prepare(include_str!("lost.sql"))?;
    let lost = statement.query_map(params![own.0, hub.0], |row| row.get(0).map(ContentHash))?;
    Ok((wrong, lost.collect::<Result<_, _>>()?))
}
