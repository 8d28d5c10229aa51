//! Taking in what an exchange brought: entries, receipts, and the projections that follow, in one transaction.

use super::{Row, own, rows};
use crate::{
    Identity, Replica, ReplicaError, TakenTags, access, attachment, clock, counter,
    document::{self, RowId, judge_alone},
    erasure, incarnation, projection,
    public::{self, Heeded, Projecting, enrolment},
    quarantine, revocation,
};
use daiban_domain::{DeviceId, DocumentId, Hlc, Instant, UnitCode};
use daiban_exchange::{
    Author, Entry, FeedId, Head, Log, Partition, Receipt, Referent, Referents, Run, State, Vector,
    bundle::Carried,
    engine::{self, Asker, Holder, Last, Party, Shown},
    kind,
    referent::Together,
    run::Verified,
    wire,
};
use ed25519_dalek::{SigningKey, VerifyingKey};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use std::{collections::BTreeSet, sync::Arc};

pub struct Intake<'r> {
    pub(super) tx: Transaction<'r>,
    identity: &'r Identity,
    signing: &'r SigningKey,
    tags: &'r TakenTags,
    referents: &'r mut Referents,
    /// Those of the entries appended here, to be kept once they are committed.
    appended: Vec<(FeedId, u64, Together)>,
    touched: BTreeSet<RowId>,
    /// There are orders to erase.
    orders: bool,
    /// There are revocations.
    revocations: bool,
    /// More is on its way.
    more: bool,
    projecting: Projecting,
    /// Something was erased.
    erased: bool,
    /// Received stamps.
    stamps: Vec<Hlc>,
    /// When the county was asked and had answered, by this device's clock.
    between: Option<(Instant, Instant)>,
}

impl<'r> Intake<'r> {
    pub(crate) fn begin(replica: &'r mut Replica) -> Result<Self, ReplicaError> {
        let Replica { db, identity, signing, tags, referents, .. } = replica;
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        referents.as_of(tx.pragma_query_value(None, "data_version", |row| row.get(0))?);
        let (orders, revocations) = (erasure::any(&tx)?, revocation::any(&tx)?);
        Ok(Self {
            tx,
            identity,
            signing,
            tags,
            referents,
            appended: Vec::new(),
            touched: BTreeSet::new(),
            orders,
            revocations,
            more: false,
            projecting: Projecting::default(),
            erased: false,
            stamps: Vec::new(),
            between: None,
        })
    }

    /// Says when the question was asked and its answer had come, by this device's clock: the receipt tells how far it is off.
    pub fn between(&mut self, asked_and_answered: Option<(Instant, Instant)>) {
        self.between = asked_and_answered;
    }

    /// Records how far each feed lies under the county's word: a receipt whose signature over the root of `vector` the
    /// caller has checked. Marks are taken back where the hub holds less than it once did (it was restored), and where its
    /// chain isn't ours.
    fn county_receipt(&mut self, receipt: &Receipt, vector: &Vector) -> Result<(), ReplicaError> {
        let last = self.last_receipt()?.map(|last| last.receipt);
        self.tx.execute(
            "INSERT OR REPLACE INTO receipt (one, time, bytes, root) VALUES (1, ?, ?, ?)",
            params![receipt.time.0, wire::encode(receipt), vector.root()],
        )?;
        counter::raise_anchor(&self.tx, receipt.time)?;
        match self.between {
            Some(between) => clock::compare(&self.tx, between, receipt.time)?,
            None => clock::hear(&self.tx, receipt.time)?,
        }
        // What an earlier life of the county's store was backed up with says nothing of this one.
        let anew = last.as_ref().is_some_and(|last| last.state.store != receipt.state.store);
        if anew {
            self.tx.execute("UPDATE checkpoint SET moment = NULL", [])?;
            self.tx.execute("UPDATE feed SET backup_n = 0", [])?;
        }
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
                    .prepare_cached("UPDATE feed SET hub_n = ?, hub_chain = ? WHERE id = ?")?
                    .execute(params![held.map_or(0, |head| head.n), held.map(|head| head.chain), id])?;
            }
            if same != reach || anew {
                let from = if anew { 0 } else { reach };
                rows::reached(&self.tx, id, from, same, receipt.time, Some(receipt.state.moment))?;
            }
        }
        if anew || last.is_none_or(|last| last.backup != receipt.backup) {
            rows::backed_up(&self.tx, receipt.backup)?;
        }
        Ok(())
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

    /// How far the county is known to hold what is held here.
    pub fn county_reach(&self) -> Result<Vector, ReplicaError> {
        let mut reached = Vector::default();
        for rows::County { feed, reach, hub, .. } in rows::county(&self.tx)? {
            let chain = match hub {
                Some(hub) if hub.n == reach => Some(hub.chain),
                _ if reach > feed.after() => self.chain_at(&feed, reach)?,
                _ => None,
            };
            reached.0.extend(chain.map(|chain| (feed, Head { n: reach, chain })));
        }
        Ok(reached)
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

    /// Pulls the clock after received stamps, projects every document that got entries unless more follows, and commits.
    /// Tells whether something was erased.
    pub(crate) fn finish(mut self) -> Result<bool, ReplicaError> {
        incarnation::part(&self.tx, self.identity, self.tags)?;
        let (hlc, anchor) = counter::clock(&self.tx)?;
        let hlc = self.stamps.iter().fold(hlc, |hlc, stamp| hlc.observe(*stamp, anchor));
        counter::set_hlc(&self.tx, hlc)?;
        quarantine::catch_up(&self.tx)?;
        // What was ordered to be erased goes at once.
        if self.more && !self.erased {
            projection::put_off(&self.tx, self.touched)?;
        } else {
            projection::catch_up(&self.tx, self.touched, &mut self.projecting)?;
        }
        if self.erased {
            erasure::forget_words(&self.tx)?;
        }
        self.tx.commit()?;
        for (feed, first, together) in self.appended {
            self.referents.keep(feed, first, together);
        }
        Ok(self.erased)
    }

    /// Leaves documents to be projected with what comes next; see [`Replica::catch_up`].
    pub fn more_follows(&mut self) {
        self.more = true;
    }

    /// Who signs for the county.
    pub fn hub(&self) -> DeviceId {
        self.identity.hub
    }

    /// The unit of this desk.
    pub fn unit(&self) -> UnitCode {
        self.identity.unit
    }

    /// For queries.
    pub fn db(&self) -> &rusqlite::Connection {
        &self.tx
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
        Ok(rows::head_at(&self.tx, &row, feed, n)?.map(|head| head.chain))
    }

    fn lives(&self, feed: &FeedId) -> Result<Vec<(FeedId, Head)>, ReplicaError> {
        rows::lives(&self.tx, feed)
    }

    fn signed_before(&self, feed: &FeedId, n: u64) -> Result<u64, ReplicaError> {
        let Some(row) = Row::find(&self.tx, feed)? else { return Ok(feed.after()) };
        let mut statement =
            self.tx.prepare_cached("SELECT max(n) FROM checkpoint WHERE feed = ? AND n <= ?")?;
        let signed: Option<u64> = statement.query_row(params![row.id, n], |row| row.get(0))?;
        Ok(signed.unwrap_or(feed.after()))
    }

    fn runs(&self, feed: &FeedId, after: u64, bytes: usize) -> Result<Vec<Run>, ReplicaError> {
        match Row::find(&self.tx, feed)? {
            Some(row) => row.runs(&self.tx, feed, after, bytes),
            None => Ok(Vec::new()),
        }
    }

    fn entry(&self, feed: &FeedId, n: u64) -> Result<Option<Entry>, ReplicaError> {
        rows::entry(&self.tx, feed, n)
    }

    fn referent(&self, feed: &FeedId, n: u64) -> Result<Option<Arc<Referent>>, ReplicaError> {
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
    ) -> Result<Vec<(FeedId, u64, Entry)>, ReplicaError> {
        match document::find(&self.tx, document, partition)? {
            Some(row) => rows::of_document(&self.tx, row, within),
            None => Ok(Vec::new()),
        }
    }

    fn author(&self, device: DeviceId) -> Result<Option<Author>, ReplicaError> {
        author(&self.tx, self.identity, device)
    }

    fn split(&mut self, feed: &FeedId, at: Head, branch: &FeedId) -> Result<(), ReplicaError> {
        self.referents.forget();
        self.appended.clear();
        rows::split(&self.tx, feed, at, branch)?;
        self.keep_up(feed.device)
    }

    fn erased(&self, partition: Partition, document: DocumentId) -> Result<bool, ReplicaError> {
        erasure::ordered(&self.tx, partition, document)
    }

    fn append(&mut self, verified: &Verified<'_>) -> Result<(), ReplicaError> {
        let Verified { run, before, checkpoint } = verified;
        let mut row = Row::open(&self.tx, &run.feed)?;
        if self.revocations {
            self.keep_up(run.feed.device)?;
            row = Row::open(&self.tx, &run.feed)?;
        }
        let counts = |n: u64| row.held_after.is_none_or(|last| n <= last);
        let mut actor = match row.actor {
            None if run.feed.branch.is_some() => rows::actor_before(&self.tx, &run.feed, before.chain)?,
            ref named => named.clone(),
        };
        self.appended.push((run.feed, run.first, run.referents()));
        for (n, entry) in (run.first..).zip(&run.entries) {
            // A header that can't be read is a newer program's or nonsense: held, forwarded, not applied.
            let header = entry.header().ok();
            // Of a stub only the actor that its header may name is left to tell.
            let judged = judge_alone(header.as_ref(), entry, &mut actor);
            let unfit = judged.as_ref().err().copied().filter(|_| entry.erased.is_none());
            let (id, document) =
                row.store(&self.tx, run.feed.partition, n, header.as_ref(), entry, unfit, self.orders)?;
            self.touched.extend(document);
            if let Some(header) = header {
                self.stamps.push(header.hlc);
                if let (Ok(Some(sound)), None) = (judged, entry.erased) {
                    self.projecting.arrived.put(id, header, sound);
                    continue;
                }
                match header.kind {
                    kind::VERDICT | kind::REISSUE if header.understood() => {
                        quarantine::heed(&self.tx, &run.feed, n, header.kind, &entry.body)?;
                    }
                    kind::HOLDING => attachment::heed(&self.tx, &run.feed, &header, &entry.body)?,
                    kind::ACCESS if header.understood() => {
                        access::heed(&self.tx, &run.feed, id, &header, &entry.body)?;
                    }
                    kind::REVOCATION | kind::REVIEW | kind::ROLES if header.understood() => {
                        let told = revocation::heed(&self.tx, &run.feed, n, &header, &entry.body)?;
                        self.touched.extend(told);
                        self.revocations = true;
                    }
                    // What it would destroy can't be brought back.
                    kind::ERASURE if !counts(n) => {}
                    kind => {
                        self.orders |= kind == kind::ERASURE;
                        match public::heed(&self.tx, self.identity, &run.feed, kind, &entry.body)? {
                            Heeded::Nothing => {}
                            Heeded::Erased(document) => {
                                self.erased = true;
                                self.touched.insert(document);
                            }
                            Heeded::Introduced(device, person) => {
                                self.touched.extend(enrolment::written_by(&self.tx, device, person)?);
                                if self.revocations {
                                    self.touched.extend(revocation::tell(&self.tx)?);
                                }
                            }
                        }
                    }
                }
            }
        }
        self.tx
            .prepare_cached(
                "UPDATE feed SET n = ?, chain = ?, origin = coalesce(origin, ?), actor = ? WHERE id = ?",
            )?
            .execute(params![checkpoint.head.n, checkpoint.head.chain, before.chain, actor, row.id])?;
        own::store_checkpoint(&self.tx, row.id, checkpoint)?;
        self.keep_up(run.feed.device)
    }
}

impl Intake<'_> {
    /// Tells anew how far the feeds of a revoked device count.
    fn keep_up(&mut self, device: DeviceId) -> Result<(), ReplicaError> {
        if self.revocations && revocation::revoked(&self.tx, device)?.is_some() {
            self.touched.extend(revocation::keep_up(&self.tx, device)?);
        }
        Ok(())
    }
}

impl Asker for Intake<'_> {
    fn sign_heads(&mut self) -> Result<(), ReplicaError> {
        own::sign_heads(&self.tx, self.identity.device, self.signing)
    }

    fn last(&self, holder: DeviceId) -> Result<Option<Last>, ReplicaError> {
        if holder != self.identity.hub {
            let Some(held) = self.held_by(holder)? else { return Ok(None) };
            let common = engine::common(self, &self.vector(self.identity.unit)?, &held)?;
            return Ok(Some(Last { shown: None, held, common }));
        }
        let Some(shown) = self.last_receipt()? else { return Ok(None) };
        Ok(Some(Last { shown: Some(shown), held: self.hub_vector()?, common: self.county_reach()? }))
    }

    fn reconcile(&mut self, held: &Vector) -> Result<bool, ReplicaError> {
        incarnation::reconcile(&self.tx, self.identity, self.tags, held)
    }

    fn receipt(
        &mut self,
        receipt: &Receipt,
        held: &Vector,
        carried: Option<&Carried>,
    ) -> Result<(), ReplicaError> {
        if receipt.holder == self.identity.hub {
            return self.county_receipt(receipt, held);
        }
        if let Some(author) = self.author(receipt.holder)? {
            self.meet(receipt.holder, author.unit, receipt.time, held, false)?;
        }
        match carried.filter(|carried| carried.verify(&self.identity.hub_key)) {
            Some(carried) => self.heed_carried(carried),
            None => Ok(()),
        }
    }

    fn pace(&self) -> Result<Option<u32>, ReplicaError> {
        counter::pace(&self.tx)
    }

    fn set_pace(&mut self, bytes: u32) -> Result<(), ReplicaError> {
        counter::set_pace(&self.tx, bytes)
    }
}

/// A township's desk answers its villages while the line to the county is down. It remembers no earlier states: on the
/// local network a whole vector costs nothing.
impl Holder for Intake<'_> {
    fn party(&self) -> Party {
        let Identity { county, unit, device, .. } = *self.identity;
        Party { county, unit, device }
    }

    fn state(&self) -> Result<State, ReplicaError> {
        Ok(State { store: self.identity.incarnation.0, moment: 0 })
    }

    fn vector_at(&self, _: UnitCode, _: State) -> Result<Option<Vector>, ReplicaError> {
        Ok(None)
    }

    fn heed(&mut self, _: &Shown) -> Result<(), ReplicaError> {
        Ok(())
    }

    fn receipt(&self, _: UnitCode, root: [u8; 32], now: Instant) -> Result<Receipt, ReplicaError> {
        let state = self.state()?;
        let unsigned =
            Receipt { holder: self.identity.device, state, time: now, backup: None, signature: [0; 64] };
        Ok(unsigned.signed(root, self.signing))
    }

    fn carried(&self, reader: UnitCode) -> Result<Option<Carried>, ReplicaError> {
        self.carry_receipt(reader)
    }
}

/// A device as its enrolment, or this desk's own, describes it.
pub(crate) fn author(
    db: &rusqlite::Connection,
    identity: &Identity,
    device: DeviceId,
) -> Result<Option<Author>, ReplicaError> {
    if device == identity.hub {
        return Ok(Some(Author { unit: identity.county, key: identity.hub_key, revoked: false }));
    }
    let mut statement = db.prepare_cached("SELECT unit, key FROM device WHERE device = ?")?;
    let row = statement
        .query_row(params![device.0], |row| {
            Ok((row.get::<_, String>("unit")?, row.get::<_, [u8; 32]>("key")?))
        })
        .optional()?;
    let Some((unit, key)) = row else { return Ok(None) };
    let unit = unit.parse().map_err(|_| ReplicaError::Column("device.unit"))?;
    let key = VerifyingKey::from_bytes(&key).map_err(|_| ReplicaError::Column("device.key"))?;
    Ok(Some(Author { unit, key, revoked: revocation::revoked(db, device)?.is_some() }))
}
