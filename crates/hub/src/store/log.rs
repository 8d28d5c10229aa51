//! Feeds in the hub's database, on one open transaction.

use super::{
    revocation,
    stretch::{self, Recent},
};
use crate::{HubError, Identity, introduce};
use daiban_domain::{DeviceId, DocumentId, Hlc, Instant, RULES_VERSION, UnitCode};
use daiban_exchange::{
    Author, Branch, Checkpoint, Entry, FeedId, Head, Header, Incarnation, Log, Partition, PartitionKind,
    Referent, Referents, Run, Vector,
    attachment::Holding,
    closure::Closure,
    enrolment::{Enrolment, Introduction},
    erasure::Erasure,
    kind,
    referent::Together,
    revocation::accepts,
    run::Verified,
};
use ed25519_dalek::{SigningKey, VerifyingKey};
use rusqlite::{OptionalExtension, Row, Transaction, params};
use std::{
    borrow::Cow,
    path::Path,
    sync::{Arc, MutexGuard},
};

/// The kind of entry that says of another one that its content can't count. The hub counts them and reads none.
const VERDICT: u16 = 3;

/// The log of one request.
pub(crate) struct Tx<'c> {
    pub tx: Transaction<'c>,
    pub identity: Identity,
    pub folder: &'c Path,
    pub signing: &'c SigningKey,
    referents: MutexGuard<'c, Referents>,
    recent: Recent,
    /// Those of the entries appended here, to be kept once they are committed.
    appended: Vec<(FeedId, u64, Together)>,
    /// Something was erased.
    pub erased: bool,
    /// Somebody has brought back what an earlier life of this store said of attachments.
    pub reminded: bool,
}

impl<'c> Tx<'c> {
    pub fn begin(
        tx: Transaction<'c>,
        folder: &'c Path,
        signing: &'c SigningKey,
        mut referents: MutexGuard<'c, Referents>,
    ) -> Result<Self, HubError> {
        referents.as_of(tx.pragma_query_value(None, "data_version", |row| row.get(0))?);
        Ok(Self {
            identity: super::identity(&tx)?,
            tx,
            folder,
            signing,
            referents,
            recent: Recent::default(),
            appended: Vec::new(),
            erased: false,
            reminded: false,
        })
    }
}

impl Log for Tx<'_> {
    type Error = HubError;

    fn vector(&self, reader: UnitCode) -> Result<Vector, HubError> {
        let mut vector = Vector::default();
        let mut statement = self.tx.prepare_cached(
            "SELECT unit, kind, period, device, incarnation, branch, after, n, chain FROM feed WHERE n > after",
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
        Ok(find(&self.tx, feed)?.map(|found| found.head))
    }

    fn chain_at(&self, feed: &FeedId, n: u64) -> Result<Option<[u8; 32]>, HubError> {
        let Some(found) = find(&self.tx, feed)? else { return Ok(None) };
        let id = found.id;
        if found.head.n == n {
            return Ok(Some(found.head.chain));
        }
        let mut signed = self.tx.prepare_cached(
            "SELECT n, chain FROM checkpoint WHERE feed = ? AND n <= ? ORDER BY n DESC LIMIT 1",
        )?;
        let signed = signed
            .query_row(params![id, n], |row| Ok(Head { n: row.get("n")?, chain: row.get("chain")? }))
            .optional()?
            .unwrap_or(Head { n: feed.after(), chain: found.origin });
        let rest = stretch::read(&self.tx, id, signed.n + 1, n)?;
        let head = rest.iter().fold(signed, Head::next);
        Ok((head.n == n).then_some(head.chain))
    }

    fn lives(&self, feed: &FeedId) -> Result<Vec<(FeedId, Head)>, HubError> {
        let mut statement = self.tx.prepare_cached(include_str!("lives.sql"))?;
        let Partition { unit, kind, period } = feed.partition;
        let mut rows = statement.query(params![
            unit.to_string(),
            kind.as_str(),
            period,
            feed.device.0,
            feed.incarnation.0
        ])?;
        let mut lives = Vec::new();
        while let Some(row) = rows.next()? {
            lives.push((self::feed(row)?, Head { n: row.get("n")?, chain: row.get("chain")? }));
        }
        Ok(lives)
    }

    fn signed_before(&self, feed: &FeedId, n: u64) -> Result<u64, HubError> {
        let Some(Found { id, .. }) = find(&self.tx, feed)? else { return Ok(feed.after()) };
        let mut statement =
            self.tx.prepare_cached("SELECT max(n) FROM checkpoint WHERE feed = ? AND n <= ?")?;
        let signed: Option<u64> = statement.query_row(params![id, n], |row| row.get(0))?;
        Ok(signed.unwrap_or(feed.after()))
    }

    fn runs(&self, feed: &FeedId, after: u64, bytes: usize) -> Result<Vec<Run>, HubError> {
        let Some(Found { id, .. }) = find(&self.tx, feed)? else { return Ok(Vec::new()) };
        let mut checkpoints = self
            .tx
            .prepare_cached("SELECT n, signature FROM checkpoint WHERE feed = ? AND n > ? ORDER BY n")?;
        let mut checkpoints = checkpoints.query(params![id, after])?;
        let mut runs = Vec::new();
        let (mut first, mut size) = (after + 1, 0);
        while let Some(checkpoint) = checkpoints.next()? {
            let last: u64 = checkpoint.get("n")?;
            let entries = stretch::read(&self.tx, id, first, last)?;
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
        let Some(Found { id, .. }) = find(&self.tx, feed)? else { return Ok(None) };
        let mut statement = self.tx.prepare_cached(
            "SELECT id, first, entries FROM stretch WHERE feed = ? AND last >= ?2 AND first <= ?2",
        )?;
        let mut rows = statement.query(params![id, n])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let place = n - row.get::<_, u64>("first")?;
        Ok(self.recent.unpack(row)?.get(place as usize).map(|(_, entry)| entry.clone()))
    }

    fn referent(&self, feed: &FeedId, n: u64) -> Result<Option<Arc<Referent>>, HubError> {
        if let Some(referent) = self.referents.get(feed, n) {
            return Ok(Some(referent));
        }
        Ok(self.entry(feed, n)?.as_ref().and_then(Referent::read).map(Arc::new))
    }

    fn of_document(
        &self,
        partition: Partition,
        document: DocumentId,
        within: Option<&Vector>,
    ) -> Result<Vec<(FeedId, u64, Entry)>, HubError> {
        let mut statement = self.tx.prepare_cached(include_str!("of_document.sql"))?;
        let Partition { unit, kind, period } = partition;
        let mut rows = statement.query(params![document.0, unit.to_string(), kind.as_str(), period])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            let (feed, first) = (feed(row)?, row.get("first")?);
            let reach = within.map_or(u64::MAX, |within| within.reach(&feed));
            // Unpacking takes longest: of a document that many have written to most of it isn't asked for.
            if first > reach {
                continue;
            }
            let stretch = self.recent.unpack(row)?;
            let numbered = (first..=reach).zip(&*stretch);
            let theirs = numbered.filter(|(_, (of, _))| *of == Some(document));
            entries.extend(theirs.map(|(n, (_, entry))| (feed, n, entry.clone())));
        }
        Ok(entries)
    }

    fn author(&self, device: DeviceId) -> Result<Option<Author>, HubError> {
        if device == self.identity.hub {
            let key = self.signing.verifying_key();
            return Ok(Some(Author { unit: self.identity.county, key, revoked: false }));
        }
        let mut statement =
            self.tx.prepare_cached("SELECT unit, key, revoked FROM device WHERE device = ?")?;
        let row: Option<(String, [u8; 32], bool)> = statement
            .query_row(params![device.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        let Some((unit, key, revoked)) = row else { return Ok(None) };
        Ok(Some(Author {
            unit: unit.parse().map_err(|_| HubError::Stored("device.unit"))?,
            key: VerifyingKey::from_bytes(&key).map_err(|_| HubError::Stored("device.key"))?,
            revoked,
        }))
    }

    fn erased(&self, partition: Partition, document: DocumentId) -> Result<bool, HubError> {
        erased(&self.tx, partition, document)
    }

    fn split(&mut self, feed: &FeedId, at: Head, branch: &FeedId) -> Result<(), HubError> {
        let Some(found) = find(&self.tx, feed)? else { return Err(HubError::Stored("feed")) };
        let moment = next_moment(&self.tx)?;
        let to = open(&self.tx, branch, at, found.head, moment)?;
        stretch::cut(&self.tx, found.id, at.n, to)?;
        self.tx.execute(
            "UPDATE checkpoint SET feed = ? WHERE feed = ? AND n > ?",
            params![to, found.id, at.n],
        )?;
        self.tx.execute(
            "UPDATE feed SET n = ?, chain = ?, moment = ? WHERE id = ?",
            params![at.n, at.chain, moment, found.id],
        )?;
        self.recent.forget();
        self.referents.forget();
        self.appended.clear();
        tracing::warn!(device = %feed.device, partition = %feed.partition, after = at.n, "a device has lived twice");
        Ok(())
    }

    fn append(&mut self, verified: &Verified<'_>) -> Result<(), HubError> {
        let Verified { run, before, checkpoint } = verified;
        append(&self.tx, &run.feed, *before, &run.entries, checkpoint)?;
        self.appended.push((run.feed, run.first, run.referents()));
        let own = run.feed.device == self.identity.hub;
        if own || run.feed.partition.kind == PartitionKind::Public {
            for (n, entry) in (run.first..).zip(&run.entries) {
                self.heed(&run.feed, n, entry)?;
            }
        }
        Ok(())
    }
}

impl Tx<'_> {
    /// All devices, as this hub has enrolled them in all its lives.
    pub fn enrolments(&self) -> Result<Vec<Enrolment>, HubError> {
        let mut statement = self.tx.prepare(
            "SELECT entries FROM stretch JOIN feed ON feed.id = stretch.feed WHERE feed.device = ? ORDER BY stretch.id",
        )?;
        let mut rows = statement.query([self.identity.hub.0])?;
        let mut enrolments = Vec::new();
        while let Some(row) = rows.next()? {
            for entry in stretch::unpack(row)? {
                if entry.header().is_ok_and(|header| header.kind == kind::ENROLMENT) {
                    enrolments.extend(minicbor::decode::<Enrolment>(&entry.body));
                }
            }
        }
        Ok(enrolments)
    }

    /// Commits; tells whether something was erased.
    pub fn commit(mut self) -> Result<bool, HubError> {
        self.tx.commit()?;
        for (feed, first, together) in self.appended {
            self.referents.keep(feed, first, together);
        }
        Ok(self.erased)
    }

    /// Heeds what stands in public partitions: revocations, the county's orders to erase; and what the hub itself wrote in an
    /// earlier life of this store, brought back by someone who had heard of it.
    fn heed(&mut self, feed: &FeedId, n: u64, entry: &Entry) -> Result<(), HubError> {
        let own = feed.device == self.identity.hub;
        let Ok(header) = entry.header() else { return Ok(()) };
        match header.kind {
            kind::ENROLMENT if own => {
                if let Ok(enrolment) = minicbor::decode::<Enrolment>(&entry.body) {
                    project_device(&self.tx, &enrolment)?;
                    revocation::tell(&self.tx)?;
                }
            }
            kind::REVOCATION => revocation::note(&self.tx, feed, n, &entry.body)?,
            kind::PERSON if own => {
                if let Ok(introduction) = minicbor::decode::<Introduction>(&entry.body) {
                    introduce::project(&self.tx, &introduction)?;
                }
            }
            // Written in an earlier life of this store, and brought back by someone who had heard of it.
            kind::HOLDING if own => {
                if let Ok(holding) = minicbor::decode::<Holding>(&entry.body) {
                    super::shelf::note(&self.tx, feed.partition, header.hlc, &holding)?;
                    self.reminded = true;
                }
            }
            kind::CLOSURE if own => {
                if let Ok(closure) = minicbor::decode::<Closure>(&entry.body) {
                    project_closure(&self.tx, &closure)?;
                }
            }
            kind::ERASURE if self.counts(feed, n)? => {
                if let Some(order) = Erasure::read(feed, &entry.body) {
                    erase(&self.tx, &order)?;
                    self.recent.forget();
                    self.erased = true;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether what a device says isn't kept from counting by its revocation.
    fn counts(&self, feed: &FeedId, n: u64) -> Result<bool, HubError> {
        let revoked = revocation::revoked(&self.tx)?;
        Ok(revoked.get(&feed.device).is_none_or(|accepted| accepts(accepted, feed, n)))
    }

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

/// An entry in which the hub itself says something.
pub(crate) fn said(kind: u16, body: Vec<u8>, now: Instant) -> Entry {
    let header = Header {
        kind,
        version: 1,
        document: None,
        person: None,
        at: now,
        hlc: Hlc::at(now),
        rules_version: RULES_VERSION,
        anchor: now,
        actor: None,
    };
    Entry::new(&header, body)
}

/// Appends entries of the hub's own and signs them.
pub(crate) fn append_own(
    tx: &Transaction<'_>,
    feed: &FeedId,
    entries: impl IntoIterator<Item = Entry>,
    signing: &SigningKey,
) -> Result<(), HubError> {
    let head = find(tx, feed)?.map_or_else(|| feed.origin(), |found| found.head);
    let entries: Vec<Entry> = entries.into_iter().collect();
    let reached = entries.iter().fold(head, Head::next);
    append(tx, feed, head, &entries, &Checkpoint::sign(feed, reached, signing))
}

/// The row of a device, from its enrolment.
pub(crate) fn project_device(tx: &Transaction<'_>, enrolment: &Enrolment) -> Result<(), HubError> {
    tx.execute(
        "INSERT OR REPLACE INTO device (device, unit, name, key, tag, spare_tag, code) VALUES (?, ?, ?, ?, ?, ?, ?)",
        params![
            enrolment.device.0,
            enrolment.unit.to_string(),
            enrolment.name,
            enrolment.key,
            enrolment.tag,
            enrolment.spare_tag,
            enrolment.code
        ],
    )?;
    Ok(())
}

/// What was last said of a closed year.
pub(crate) fn project_closure(tx: &Transaction<'_>, closure: &Closure) -> Result<(), HubError> {
    let mut insert =
        tx.prepare_cached("INSERT OR REPLACE INTO closure (unit, year, root) VALUES (?, ?, ?)")?;
    for (unit, root) in &closure.roots {
        insert.execute(params![unit.to_string(), closure.year, root.as_slice()])?;
    }
    Ok(())
}

/// Notes an order and turns what is held of its document into stubs.
fn erase(tx: &Transaction<'_>, order: &Erasure) -> Result<(), HubError> {
    let Partition { unit, kind, period } = order.partition;
    let unit = unit.to_string();
    let document = params![order.document.0, unit, kind.as_str(), period];
    tx.execute("INSERT OR IGNORE INTO erasure (document, unit, kind, period) VALUES (?, ?, ?, ?)", document)?;
    let mut held = tx.prepare_cached(include_str!("of_document.sql"))?;
    let mut held = held.query(document)?;
    while let Some(row) = held.next()? {
        stretch::erase(tx, row, order.document)?;
    }
    let alone = order.attachments.iter().flatten();
    alone.copied().try_for_each(|hash| super::shelf::erase(tx, order.partition, hash))
}

fn erased(tx: &Transaction<'_>, partition: Partition, document: DocumentId) -> Result<bool, HubError> {
    let mut statement = tx.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM erasure WHERE document = ? AND unit = ? AND kind = ? AND period = ?)",
    )?;
    let Partition { unit, kind, period } = partition;
    Ok(statement.query_row(params![document.0, unit.to_string(), kind.as_str(), period], |row| row.get(0))?)
}

fn append(
    tx: &Transaction<'_>,
    feed: &FeedId,
    before: Head,
    entries: &[Entry],
    checkpoint: &Checkpoint,
) -> Result<(), HubError> {
    let Checkpoint { head, signature } = checkpoint;
    let moment = next_moment(tx)?;
    let id = open(tx, feed, before, *head, moment)?;
    let orders: bool =
        tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM erasure)")?.query_row([], |row| row.get(0))?;
    let mut verdicts = 0;
    let mut stored = Vec::with_capacity(entries.len());
    for entry in entries {
        let header = entry.header().ok();
        verdicts += u64::from(header.as_ref().is_some_and(|header| header.kind == VERDICT));
        let document = header.and_then(|header| header.document);
        let ordered = match document {
            Some(document) if orders => erased(tx, feed.partition, document)?,
            _ => false,
        };
        stored.push(if ordered { Cow::Owned(entry.stub()) } else { Cow::Borrowed(entry) });
    }
    stretch::store(tx, id, before.n + 1, &stored)?;
    tx.prepare_cached("INSERT INTO checkpoint (feed, n, chain, signature, moment) VALUES (?, ?, ?, ?, ?)")?
        .execute(params![id, head.n, head.chain, signature, moment])?;
    if verdicts > 0 {
        tx.execute("UPDATE feed SET verdicts = verdicts + ? WHERE id = ?", params![verdicts, id])?;
    }
    Ok(())
}

fn next_moment(tx: &Transaction<'_>) -> Result<u64, HubError> {
    Ok(tx
        .prepare_cached("UPDATE identity SET moment = moment + 1 RETURNING moment")?
        .query_row([], |row| row.get(0))?)
}

/// Moves the head of a feed, whose row is made if there is none; `before` is what it follows then. Returns the row.
fn open(tx: &Transaction<'_>, feed: &FeedId, before: Head, head: Head, moment: u64) -> Result<i64, HubError> {
    let Partition { unit, kind, period } = feed.partition;
    Ok(tx.prepare_cached(include_str!("open.sql"))?.query_row(
        params![
            unit.to_string(),
            kind.as_str(),
            period,
            feed.device.0,
            feed.incarnation.0,
            branch(feed),
            feed.after(),
            before.chain,
            head.n,
            head.chain,
            moment
        ],
        |row| row.get(0),
    )?)
}

/// How the column `branch` names it.
fn branch(feed: &FeedId) -> &[u8] {
    feed.branch.as_ref().map_or(&[], |branch| &branch.chain)
}

struct Found {
    id: i64,
    head: Head,
    /// The chain hash before its first entry.
    origin: [u8; 32],
}

fn find(tx: &Transaction<'_>, feed: &FeedId) -> Result<Option<Found>, HubError> {
    let Partition { unit, kind, period } = feed.partition;
    let mut statement = tx.prepare_cached(
        "SELECT id, n, chain, origin FROM feed
         WHERE unit = ? AND kind = ? AND period = ? AND device = ? AND incarnation = ? AND branch = ?",
    )?;
    Ok(statement
        .query_row(
            params![unit.to_string(), kind.as_str(), period, feed.device.0, feed.incarnation.0, branch(feed)],
            |row| {
                let head = Head { n: row.get("n")?, chain: row.get("chain")? };
                Ok(Found { id: row.get("id")?, head, origin: row.get("origin")? })
            },
        )
        .optional()?)
}

/// The partition of a row with columns `unit`, `kind` and `period`.
pub(super) fn partition(row: &Row<'_>) -> Result<Partition, HubError> {
    let (unit, kind): (String, String) = (row.get("unit")?, row.get("kind")?);
    let kind = PartitionKind::ALL.into_iter().find(|known| known.as_str() == kind);
    Ok(Partition {
        unit: unit.parse().map_err(|_| HubError::Stored("unit"))?,
        kind: kind.ok_or(HubError::Stored("kind"))?,
        period: row.get("period")?,
    })
}

/// The feed of a row.
pub(crate) fn feed(row: &Row<'_>) -> Result<FeedId, HubError> {
    let branch = match row.get_ref("branch")?.as_blob().unwrap_or_default() {
        [] => None,
        chain => Some(Branch {
            after: row.get("after")?,
            chain: chain.try_into().map_err(|_| HubError::Stored("feed.branch"))?,
        }),
    };
    Ok(FeedId {
        partition: partition(row)?,
        device: DeviceId(row.get("device")?),
        incarnation: Incarnation(row.get("incarnation")?),
        branch,
    })
}
