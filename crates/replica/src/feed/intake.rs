//! Taking in what an exchange brought: entries, receipts, and the projections that follow, in one transaction.

use super::{Row, own, rows};
use crate::{
    Identity, Replica, ReplicaError, TakenTags, counter,
    document::{self, RowId, Sound},
    incarnation, public,
};
use daiban_domain::{DeviceId, DocumentId, Hlc, Instant, UnitCode};
use daiban_exchange::{
    Author, Entry, FeedId, Head, Log, Partition, Receipt, Run, Vector, engine::Shown, enrolment::Enrolment,
    kind, run::Verified, wire,
};
use ed25519_dalek::{SigningKey, VerifyingKey};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use std::collections::BTreeSet;

pub struct Intake<'r> {
    pub(super) tx: Transaction<'r>,
    identity: &'r Identity,
    signing: &'r SigningKey,
    tags: &'r TakenTags,
    touched: BTreeSet<RowId>,
    latest: Hlc,
}

impl<'r> Intake<'r> {
    pub(crate) fn begin(replica: &'r mut Replica) -> Result<Self, ReplicaError> {
        let Replica { db, identity, signing, tags, .. } = replica;
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok(Self { tx, identity, signing, tags, touched: BTreeSet::new(), latest: Hlc::default() })
    }

    /// Records how far each feed lies under the county's word: a receipt whose signature over the root of `vector` the
    /// caller has checked. Marks are taken back where the hub holds less than it once did (it was restored), and where its
    /// chain isn't ours.
    pub fn receipt(&mut self, receipt: &Receipt, vector: &Vector) -> Result<(), ReplicaError> {
        self.tx.execute(
            "INSERT OR REPLACE INTO receipt (one, time, bytes, root) VALUES (1, ?, ?, ?)",
            params![receipt.time.0, wire::encode(receipt), vector.root()],
        )?;
        counter::raise_anchor(&self.tx, receipt.time)?;
        for feed in vector.0.keys() {
            Row::open(&self.tx, feed)?;
        }
        for rows::County { id, feed, reach, hub } in rows::county(&self.tx)? {
            let held = vector.get(&feed);
            let same = match held {
                Some(head) if self.chain_at(&feed, head.n)? == Some(head.chain) => head.n,
                // More than we hold, and perhaps the same so far: that shows when the rest is here.
                _ => 0,
            };
            if held != hub || same != reach {
                self.tx
                    .prepare_cached("UPDATE feed SET hub_n = ?, hub_chain = ?, county_n = ? WHERE id = ?")?
                    .execute(params![held.map_or(0, |head| head.n), held.map(|head| head.chain), same, id])?;
            }
        }
        Ok(())
    }

    /// Makes way for what the county holds of this device and this folder has forgotten; see [`crate::incarnation`].
    pub fn reconcile(&mut self, hub: &Vector) -> Result<bool, ReplicaError> {
        incarnation::reconcile(&self.tx, self.identity, self.signing, self.tags, hub)
    }

    /// The county's last receipt, with the root that it signed for.
    pub fn last_receipt(&self) -> Result<Option<Shown>, ReplicaError> {
        let mut statement = self.tx.prepare_cached("SELECT bytes, root FROM receipt")?;
        let row = statement
            .query_row([], |row| Ok((row.get::<_, Vec<u8>>("bytes")?, row.get::<_, [u8; 32]>("root")?)))
            .optional()?;
        Ok(row.and_then(|(bytes, root)| Some(Shown { receipt: minicbor::decode(&bytes).ok()?, root })))
    }

    /// What the county held then.
    pub fn hub_vector(&self) -> Result<Vector, ReplicaError> {
        let county = rows::county(&self.tx)?;
        Ok(Vector(county.into_iter().filter_map(|row| Some((row.feed, row.hub?))).collect()))
    }

    /// Forgets or records the failure of the last exchange.
    pub fn outcome(&mut self, failure: Option<(Instant, &str)>) -> Result<(), ReplicaError> {
        self.tx.execute("DELETE FROM failure", [])?;
        if let Some((at, message)) = failure {
            self.tx
                .execute("INSERT INTO failure (one, at, message) VALUES (1, ?, ?)", params![at.0, message])?;
        }
        Ok(())
    }

    /// Pulls the clock after received stamps, projects every document that got entries, and commits.
    pub(crate) fn finish(self) -> Result<(), ReplicaError> {
        let (hlc, anchor) = counter::clock(&self.tx)?;
        let hlc = hlc.observe(self.latest, anchor.max(hlc.instant()));
        counter::set_hlc(&self.tx, hlc)?;
        for document in &self.touched {
            public::project(&self.tx, *document)?;
        }
        Ok(self.tx.commit()?)
    }

    /// For queries.
    pub fn db(&self) -> &rusqlite::Connection {
        &self.tx
    }

    fn enrol(&self, feed: &FeedId, body: &[u8]) -> Result<(), ReplicaError> {
        let from_hub =
            feed.device == self.identity.hub && feed.partition == Partition::public(self.identity.county);
        if !from_hub {
            tracing::warn!(device = %feed.device, "an enrolment that isn't the hub's is kept and not believed");
            return Ok(());
        }
        match minicbor::decode::<Enrolment>(body) {
            Ok(enrolment) => public::enrolment::project(&self.tx, &enrolment),
            Err(error) => {
                tracing::warn!(%error, "an enrolment can't be read");
                Ok(())
            }
        }
    }
}

impl Log for Intake<'_> {
    type Error = ReplicaError;

    fn vector(&self, reader: UnitCode) -> Result<Vector, ReplicaError> {
        let signed = rows::signed(&self.tx)?;
        Ok(Vector(signed.into_iter().filter(|(feed, _)| feed.partition.readable_by(reader)).collect()))
    }

    fn head(&self, feed: &FeedId) -> Result<Option<Head>, ReplicaError> {
        Ok(Row::find(&self.tx, feed)?.map(|row| row.head))
    }

    fn chain_at(&self, feed: &FeedId, n: u64) -> Result<Option<[u8; 32]>, ReplicaError> {
        let Some(row) = Row::find(&self.tx, feed)? else { return Ok(None) };
        Ok(rows::head_at(&self.tx, row.id, feed, n)?.map(|head| head.chain))
    }

    fn runs(&self, feed: &FeedId, after: u64, bytes: usize) -> Result<Vec<Run>, ReplicaError> {
        match Row::find(&self.tx, feed)? {
            Some(row) => row.runs(&self.tx, feed, after, bytes),
            None => Ok(Vec::new()),
        }
    }

    fn entry(&self, feed: &FeedId, n: u64) -> Result<Option<Entry>, ReplicaError> {
        match Row::find(&self.tx, feed)? {
            Some(row) => Ok(rows::entries(&self.tx, row.id, n, n)?.pop()),
            None => Ok(None),
        }
    }

    fn of_document(
        &self,
        partition: Partition,
        document: DocumentId,
    ) -> Result<Vec<(FeedId, u64, Entry)>, ReplicaError> {
        match document::find(&self.tx, document, partition)? {
            Some(row) => rows::of_document(&self.tx, row),
            None => Ok(Vec::new()),
        }
    }

    fn author(&self, device: DeviceId) -> Result<Option<Author>, ReplicaError> {
        if device == self.identity.hub {
            return Ok(Some(Author { unit: self.identity.county, key: self.identity.hub_key }));
        }
        let mut statement = self.tx.prepare_cached("SELECT unit, key FROM device WHERE device = ?")?;
        let row = statement
            .query_row(params![device.0], |row| {
                Ok((row.get::<_, String>("unit")?, row.get::<_, [u8; 32]>("key")?))
            })
            .optional()?;
        let Some((unit, key)) = row else { return Ok(None) };
        let unit = unit.parse().map_err(|_| ReplicaError::Column("device.unit"))?;
        let key = VerifyingKey::from_bytes(&key).map_err(|_| ReplicaError::Column("device.key"))?;
        Ok(Some(Author { unit, key }))
    }

    fn append(&mut self, verified: &Verified<'_>) -> Result<(), ReplicaError> {
        let Verified { run, checkpoint } = verified;
        let row = Row::open(&self.tx, &run.feed)?;
        for (n, entry) in (run.first..).zip(&run.entries) {
            // A header that can't be read is a newer program's or nonsense: held, forwarded, not applied.
            let header = entry.header().ok();
            let change = header.as_ref().is_some_and(|header| header.kind == kind::CHANGE);
            let unfit = if change { Sound::read(&entry.body).err() } else { None };
            self.touched.extend(row.store(&self.tx, run.feed.partition, n, header.as_ref(), entry, unfit)?);
            if let Some(header) = header {
                self.latest = self.latest.max(header.hlc);
                if header.kind == kind::ENROLMENT {
                    self.enrol(&run.feed, &entry.body)?;
                }
            }
        }
        self.tx.prepare_cached("UPDATE feed SET n = ?, chain = ? WHERE id = ?")?.execute(params![
            checkpoint.head.n,
            checkpoint.head.chain,
            row.id
        ])?;
        own::store_checkpoint(&self.tx, row.id, checkpoint)
    }
}

impl Intake<'_> {
    /// How far the hub is known to hold what we hold.
    pub fn county_reach(&self) -> Result<Vector, ReplicaError> {
        // Only the number matters to whoever asks what is missing.
        let head = |n| Head { n, chain: [0; 32] };
        Ok(Vector(rows::county(&self.tx)?.into_iter().map(|row| (row.feed, head(row.reach))).collect()))
    }
}
