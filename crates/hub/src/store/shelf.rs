//! Photos and scans in the hub's database, and the hub's word about them in its own feeds.

use super::{append_own, log::Tx, stretch};
use crate::HubError;
use daiban_domain::{ContentHash, DeviceId, Hlc, Instant, RULES_VERSION, UnitCode};
use daiban_exchange::{
    Author, Entry, Header, Log, Partition, PartitionKind,
    attachment::{Attachments, Held, Holding, Leaves, Owed},
    kind, wire,
};
use rusqlite::{OptionalExtension, Transaction, params};
use std::collections::BTreeMap;

/// The attachments of one request.
pub(crate) struct Shelf<'c> {
    pub log: Tx<'c>,
    pub now: Instant,
}

impl Attachments for Shelf<'_> {
    type Error = HubError;

    fn author(&self, device: DeviceId) -> Result<Option<Author>, HubError> {
        self.log.author(device)
    }

    fn held(&self, hash: ContentHash) -> Result<Option<Held>, HubError> {
        let mut statement =
            self.log.tx.prepare_cached("SELECT held, leaves FROM attachment WHERE hash = ?")?;
        let held = statement.query_row([hash.0], |row| {
            Ok(Held { chunks: row.get("held")?, leaves: Leaves(row.get("leaves")?) })
        });
        Ok(held.optional()?)
    }

    fn read(&self, hash: ContentHash, first: u32, chunks: u32) -> Result<Vec<u8>, HubError> {
        let mut statement = self.log.tx.prepare_cached(
            "SELECT bytes FROM chunk JOIN attachment ON attachment.id = chunk.attachment
             WHERE hash = ? AND n >= ? ORDER BY n LIMIT ?",
        )?;
        let mut rows = statement.query(params![hash.0, first, chunks])?;
        let mut bytes = Vec::new();
        while let Some(row) = rows.next()? {
            bytes.extend_from_slice(row.get_ref("bytes")?.as_blob().unwrap_or_default());
        }
        Ok(bytes)
    }

    fn append(
        &mut self,
        hash: ContentHash,
        leaves: &Leaves,
        first: u32,
        chunks: &[&[u8]],
    ) -> Result<(), HubError> {
        let reach = first + chunks.len() as u32;
        let id: i64 = self
            .log
            .tx
            .prepare_cached(
                "INSERT INTO attachment (hash, leaves, chunks, held) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (hash) DO UPDATE SET held = ?4 RETURNING id",
            )?
            .query_row(params![hash.0, leaves.0, leaves.count(), reach], |row| row.get(0))?;
        let mut insert =
            self.log.tx.prepare_cached("INSERT INTO chunk (attachment, n, bytes) VALUES (?, ?, ?)")?;
        for (n, chunk) in (first..).zip(chunks) {
            insert.execute(params![id, n, chunk])?;
        }
        Ok(())
    }

    fn stated(&self, partition: Partition, hash: ContentHash) -> Result<bool, HubError> {
        Ok(said(&self.log.tx, partition, hash)?.is_some_and(|(held, _)| held))
    }

    fn state(&mut self, partition: Partition, hashes: Vec<ContentHash>) -> Result<(), HubError> {
        say(&self.log, partition, &Holding { hashes, held: true }, self.now)
    }
}

/// Whether a device holds what it has spoken of, and the stamp of its last word.
type Said = BTreeMap<(Partition, ContentHash), (Hlc, bool)>;

impl Tx<'_> {
    /// Photos and scans that a unit's valid devices may hold and haven't all said that they do, cheapest first; what one of them
    /// has let go of last.
    pub fn lacking(&self, to: UnitCode) -> Result<Vec<Owed>, HubError> {
        let mut said: Vec<Said> = Vec::new();
        for device in self.enrolments()?.into_iter().filter(|enrolment| enrolment.unit == to) {
            if self.author(device.device)?.is_some_and(|author| !author.revoked) {
                said.push(self.holdings(device.device)?);
            }
        }
        let mut statement = self.tx.prepare(include_str!("held.sql"))?;
        let mut rows = statement.query([])?;
        let mut lacking = Vec::new();
        while let Some(row) = rows.next()? {
            let (partition, hash) = (super::log::partition(row)?, ContentHash(row.get("hash")?));
            let words = said.iter().map(|said| said.get(&(partition, hash)).map(|(_, held)| *held));
            let words: Vec<Option<bool>> = words.filter(|word| *word != Some(true)).collect();
            if partition.readable_by(to) && !words.is_empty() {
                let let_go = words.iter().all(Option::is_some);
                // Nobody below says that it holds what belongs to a notice of a unit above.
                let from_above = partition.kind == PartitionKind::Public;
                lacking.push(((from_above, let_go), Owed { partition, hash, size: row.get("size")? }));
            }
        }
        lacking.sort_by_key(|(late, owed)| (*late, owed.size, owed.hash));
        Ok(lacking.into_iter().map(|(_, owed)| owed).collect())
    }

    /// What a device has said last of what it holds.
    fn holdings(&self, device: DeviceId) -> Result<Said, HubError> {
        let mut statement = self.tx.prepare(
            "SELECT unit, kind, period, entries FROM stretch JOIN feed ON feed.id = stretch.feed WHERE feed.device = ?",
        )?;
        let mut rows = statement.query([device.0])?;
        let mut holdings = Said::new();
        while let Some(row) = rows.next()? {
            let partition = super::log::partition(row)?;
            for entry in stretch::unpack(row)? {
                let Some(header) = entry.header().ok().filter(|header| header.kind == kind::HOLDING) else {
                    continue;
                };
                let Ok(Holding { hashes, held }) = minicbor::decode(&entry.body) else { continue };
                for hash in hashes {
                    let last = holdings.entry((partition, hash)).or_insert((header.hlc, held));
                    *last = (*last).max((header.hlc, held));
                }
            }
        }
        Ok(holdings)
    }
}

/// What this store has said last of an attachment.
fn said(
    tx: &Transaction<'_>,
    partition: Partition,
    hash: ContentHash,
) -> Result<Option<(bool, Hlc)>, HubError> {
    let mut statement = tx.prepare_cached(
        "SELECT held, hlc FROM holding WHERE hash = ? AND unit = ? AND kind = ? AND period = ?",
    )?;
    let Partition { unit, kind, period } = partition;
    let said = statement.query_row(params![hash.0, unit.to_string(), kind.as_str(), period], |row| {
        Ok((row.get("held")?, Hlc(row.get::<_, i64>("hlc")? as u64)))
    });
    Ok(said.optional()?)
}

/// Says something of attachments in the hub's feed of a partition, later than all that it has said of them.
fn say(log: &Tx<'_>, partition: Partition, holding: &Holding, now: Instant) -> Result<(), HubError> {
    let Tx { tx, identity, signing, .. } = log;
    let mut latest = Hlc::default();
    for hash in &holding.hashes {
        latest = latest.max(said(tx, partition, *hash)?.map(|(_, hlc)| hlc).unwrap_or_default());
    }
    let header = Header {
        kind: kind::HOLDING,
        version: 1,
        document: None,
        person: None,
        at: now,
        hlc: latest.tick(now),
        rules_version: RULES_VERSION,
        anchor: now,
        actor: None,
    };
    let entry = Entry::new(&header, wire::encode(holding));
    append_own(tx, &identity.feed_of(partition), [entry], signing)?;
    note(tx, partition, header.hlc, holding)
}

/// Remembers what this store says, or said in an earlier life; the later word counts.
pub(super) fn note(
    tx: &Transaction<'_>,
    partition: Partition,
    hlc: Hlc,
    Holding { hashes, held }: &Holding,
) -> Result<(), HubError> {
    let Partition { unit, kind, period } = partition;
    for hash in hashes {
        tx.prepare_cached(
            "INSERT INTO holding (hash, unit, kind, period, held, hlc) VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET held = excluded.held, hlc = excluded.hlc WHERE excluded.hlc > hlc",
        )?
        .execute(params![hash.0, unit.to_string(), kind.as_str(), period, held, hlc.0 as i64])?;
    }
    Ok(())
}

/// Deletes the bytes of an attachment that an order names, unless it is held for another partition too.
pub(super) fn erase(tx: &Transaction<'_>, partition: Partition, hash: ContentHash) -> Result<(), HubError> {
    let Partition { unit, kind, period } = partition;
    tx.execute(
        "DELETE FROM holding WHERE hash = ? AND unit = ? AND kind = ? AND period = ?",
        params![hash.0, unit.to_string(), kind.as_str(), period],
    )?;
    if tx.query_row("SELECT EXISTS (SELECT 1 FROM holding WHERE hash = ?)", [hash.0], |row| row.get(0))? {
        return Ok(());
    }
    tx.execute("DELETE FROM chunk WHERE attachment = (SELECT id FROM attachment WHERE hash = ?)", [hash.0])?;
    tx.execute("DELETE FROM attachment WHERE hash = ?", [hash.0])?;
    Ok(())
}

/// Takes back what an earlier life of this store said of attachments that this one doesn't hold: who has them brings them.
pub(crate) fn take_back(log: &Tx<'_>, now: Instant) -> Result<(), HubError> {
    let mut statement = log.tx.prepare(include_str!("forgotten.sql"))?;
    let mut rows = statement.query([])?;
    let mut forgotten: Vec<(Partition, Vec<ContentHash>)> = Vec::new();
    while let Some(row) = rows.next()? {
        let (partition, hash) = (super::log::partition(row)?, ContentHash(row.get("hash")?));
        match forgotten.last_mut() {
            Some((last, hashes)) if *last == partition => hashes.push(hash),
            _ => forgotten.push((partition, vec![hash])),
        }
    }
    for (partition, hashes) in forgotten {
        say(log, partition, &Holding { hashes, held: false }, now)?;
    }
    Ok(())
}
