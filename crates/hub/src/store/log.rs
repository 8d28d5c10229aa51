//! Feeds in the hub's database, on one open transaction.

use crate::{HubError, Identity};
use daiban_domain::{DeviceId, DocumentId, UnitCode};
use daiban_exchange::{
    Author, Checkpoint, Entry, FeedId, Head, Incarnation, Log, Partition, PartitionKind, Run, Vector,
    enrolment::Enrolment, kind, run::Verified,
};
use ed25519_dalek::{SigningKey, VerifyingKey};
use rusqlite::{OptionalExtension, Row, Transaction, params};

/// The log of one request.
pub(crate) struct Tx<'c> {
    pub tx: Transaction<'c>,
    pub identity: Identity,
    pub key: VerifyingKey,
}

impl Log for Tx<'_> {
    type Error = HubError;

    fn vector(&self, reader: UnitCode) -> Result<Vector, HubError> {
        let mut vector = Vector::default();
        let mut statement = self.tx.prepare_cached(
            "SELECT unit, kind, period, device, incarnation, n, chain FROM feed WHERE n > 0",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let feed = feed(row)?;
            if feed.partition.readable_by(reader) {
                vector.0.insert(feed, Head { n: row.get("n")?, chain: row.get("chain")? });
            }
        }
        Ok(vector)
    }

    fn head(&self, feed: &FeedId) -> Result<Option<Head>, HubError> {
        Ok(find(&self.tx, feed)?.map(|(_, head)| head))
    }

    fn chain_at(&self, feed: &FeedId, n: u64) -> Result<Option<[u8; 32]>, HubError> {
        let Some((id, _)) = find(&self.tx, feed)? else { return Ok(None) };
        let mut signed = self.tx.prepare_cached(
            "SELECT n, chain FROM checkpoint WHERE feed = ? AND n <= ? ORDER BY n DESC LIMIT 1",
        )?;
        let signed = signed
            .query_row(params![id, n], |row| Ok(Head { n: row.get("n")?, chain: row.get("chain")? }))
            .optional()?
            .unwrap_or_else(|| feed.origin());
        let mut rest = self.tx.prepare_cached(
            "SELECT header, body FROM entry WHERE feed = ? AND n BETWEEN ? AND ? ORDER BY n",
        )?;
        let mut head = signed;
        for entry in rest.query_map(params![id, signed.n + 1, n], entry)? {
            head = head.next(&entry?);
        }
        Ok((head.n == n).then_some(head.chain))
    }

    fn runs(&self, feed: &FeedId, after: u64, bytes: usize) -> Result<Vec<Run>, HubError> {
        let Some((id, _)) = find(&self.tx, feed)? else { return Ok(Vec::new()) };
        let mut checkpoints = self
            .tx
            .prepare_cached("SELECT n, signature FROM checkpoint WHERE feed = ? AND n > ? ORDER BY n")?;
        let mut entries = self.tx.prepare_cached(
            "SELECT header, body FROM entry WHERE feed = ? AND n BETWEEN ? AND ? ORDER BY n",
        )?;
        let mut checkpoints = checkpoints.query(params![id, after])?;
        let mut runs = Vec::new();
        let (mut first, mut size) = (after + 1, 0);
        while let Some(checkpoint) = checkpoints.next()? {
            let last: u64 = checkpoint.get("n")?;
            let entries: Vec<Entry> =
                entries.query_map(params![id, first, last], entry)?.collect::<Result<_, _>>()?;
            size += entries.iter().map(Entry::size).sum::<usize>();
            if size > bytes && !runs.is_empty() {
                break;
            }
            runs.push(Run { feed: *feed, first, entries, signature: checkpoint.get("signature")? });
            first = last + 1;
        }
        Ok(runs)
    }

    fn entry(&self, feed: &FeedId, n: u64) -> Result<Option<Entry>, HubError> {
        let Some((id, _)) = find(&self.tx, feed)? else { return Ok(None) };
        let mut statement =
            self.tx.prepare_cached("SELECT header, body FROM entry WHERE feed = ? AND n = ?")?;
        Ok(statement.query_row(params![id, n], entry).optional()?)
    }

    fn of_document(
        &self,
        partition: Partition,
        document: DocumentId,
    ) -> Result<Vec<(FeedId, u64, Entry)>, HubError> {
        let mut statement = self.tx.prepare_cached(include_str!("of_document.sql"))?;
        let Partition { unit, kind, period } = partition;
        let mut rows = statement.query(params![document.0, unit.to_string(), kind.as_str(), period])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            entries.push((feed(row)?, row.get("n")?, entry(row)?));
        }
        Ok(entries)
    }

    fn author(&self, device: DeviceId) -> Result<Option<Author>, HubError> {
        if device == self.identity.hub {
            return Ok(Some(Author { unit: self.identity.county, key: self.key }));
        }
        let mut statement = self.tx.prepare_cached("SELECT unit, key FROM device WHERE device = ?")?;
        let row: Option<(String, [u8; 32])> =
            statement.query_row(params![device.0], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let Some((unit, key)) = row else { return Ok(None) };
        Ok(Some(Author {
            unit: unit.parse().map_err(|_| HubError::Stored("device.unit"))?,
            key: VerifyingKey::from_bytes(&key).map_err(|_| HubError::Stored("device.key"))?,
        }))
    }

    fn append(&mut self, verified: &Verified<'_>) -> Result<(), HubError> {
        let Verified { run, checkpoint } = verified;
        append(&self.tx, &run.feed, run.first, &run.entries, checkpoint)?;
        if run.feed.device == self.identity.hub {
            // Written in an earlier life of this store, and brought back by someone who had heard of it.
            for entry in &run.entries {
                let enrolment = entry.header().is_ok_and(|header| header.kind == kind::ENROLMENT);
                if enrolment && let Ok(enrolment) = minicbor::decode::<Enrolment>(&entry.body) {
                    project_device(&self.tx, &enrolment)?;
                }
            }
        }
        Ok(())
    }
}

impl Tx<'_> {
    /// The store's moment.
    pub fn moment(&self) -> Result<u64, HubError> {
        Ok(self.tx.query_row("SELECT moment FROM identity", [], |row| row.get(0))?)
    }

    /// What was held at an earlier moment of this store.
    pub fn vector_at(&self, reader: UnitCode, moment: u64) -> Result<Vector, HubError> {
        let mut vector = Vector::default();
        let mut statement = self.tx.prepare_cached(include_str!("vector_at.sql"))?;
        let mut rows = statement.query([moment])?;
        while let Some(row) = rows.next()? {
            let feed = feed(row)?;
            if feed.partition.readable_by(reader) {
                vector.0.insert(feed, Head { n: row.get("n")?, chain: row.get("chain")? });
            }
        }
        Ok(vector)
    }
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry { header: row.get("header")?, body: row.get("body")? })
}

/// Appends entries of the hub's own and signs them.
pub(crate) fn append_own(
    tx: &Transaction<'_>,
    feed: &FeedId,
    entries: impl IntoIterator<Item = Entry>,
    signing: &SigningKey,
) -> Result<(), HubError> {
    let head = find(tx, feed)?.map_or_else(|| feed.origin(), |(_, head)| head);
    let entries: Vec<Entry> = entries.into_iter().collect();
    let reached = entries.iter().fold(head, Head::next);
    append(tx, feed, head.n + 1, &entries, &Checkpoint::sign(feed, reached, signing))
}

/// The row of a device, from its enrolment.
pub(crate) fn project_device(tx: &Transaction<'_>, enrolment: &Enrolment) -> Result<(), HubError> {
    tx.execute(
        "INSERT OR REPLACE INTO device (device, unit, key, tag, spare_tag, code) VALUES (?, ?, ?, ?, ?, ?)",
        params![
            enrolment.device.0,
            enrolment.unit.to_string(),
            enrolment.key,
            enrolment.tag,
            enrolment.spare_tag,
            enrolment.code
        ],
    )?;
    Ok(())
}

fn append(
    tx: &Transaction<'_>,
    feed: &FeedId,
    first: u64,
    entries: &[Entry],
    checkpoint: &Checkpoint,
) -> Result<(), HubError> {
    let partition = feed.partition;
    let Checkpoint { head, signature } = checkpoint;
    let moment: u64 = tx
        .prepare_cached("UPDATE identity SET moment = moment + 1 RETURNING moment")?
        .query_row([], |row| row.get(0))?;
    tx.prepare_cached(
        "INSERT INTO feed (unit, kind, period, device, incarnation, n, chain, moment) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET n = excluded.n, chain = excluded.chain, moment = excluded.moment",
    )?
    .execute(params![
        partition.unit.to_string(),
        partition.kind.as_str(),
        partition.period,
        feed.device.0,
        feed.incarnation.0,
        head.n,
        head.chain,
        moment
    ])?;
    let Some((id, _)) = find(tx, feed)? else { return Err(HubError::Stored("feed")) };
    let mut insert =
        tx.prepare_cached("INSERT INTO entry (feed, n, document, header, body) VALUES (?, ?, ?, ?, ?)")?;
    for (n, entry) in (first..).zip(entries) {
        let document = entry.header().ok().and_then(|header| header.document);
        insert.execute(params![id, n, document.map(|document| document.0), entry.header, entry.body])?;
    }
    tx.prepare_cached("INSERT INTO checkpoint (feed, n, chain, signature, moment) VALUES (?, ?, ?, ?, ?)")?
        .execute(params![id, head.n, head.chain, signature, moment])?;
    Ok(())
}

fn find(tx: &Transaction<'_>, feed: &FeedId) -> Result<Option<(i64, Head)>, HubError> {
    let partition = feed.partition;
    let mut statement = tx.prepare_cached(
        "SELECT id, n, chain FROM feed
         WHERE unit = ? AND kind = ? AND period = ? AND device = ? AND incarnation = ?",
    )?;
    Ok(statement
        .query_row(
            params![
                partition.unit.to_string(),
                partition.kind.as_str(),
                partition.period,
                feed.device.0,
                feed.incarnation.0
            ],
            |row| Ok((row.get("id")?, Head { n: row.get("n")?, chain: row.get("chain")? })),
        )
        .optional()?)
}

fn feed(row: &Row<'_>) -> Result<FeedId, HubError> {
    let (unit, kind): (String, String) = (row.get("unit")?, row.get("kind")?);
    let kind = PartitionKind::ALL.into_iter().find(|known| known.as_str() == kind);
    let partition = Partition {
        unit: unit.parse().map_err(|_| HubError::Stored("feed.unit"))?,
        kind: kind.ok_or(HubError::Stored("feed.kind"))?,
        period: row.get("period")?,
    };
    Ok(FeedId {
        partition,
        device: DeviceId(row.get("device")?),
        incarnation: Incarnation(row.get("incarnation")?),
    })
}
