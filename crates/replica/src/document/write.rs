//! Writing: automerge change, feed entry and projection in one transaction.

use super::{
    Edit,
    load::{Authored, Document, RowId},
};
use crate::{
    Identity, Replica, ReplicaError, clock, counter, erasure, feed,
    public::{self, Projecting},
    search,
};
use automerge::ScalarValue;
use daiban_domain::{DocumentId, Hlc, Instant, RULES_VERSION};
use daiban_exchange::{Entry, Header, Partition, entry, key::random, kind, mark::Mark};
use ed25519_dalek::SigningKey;
use jiff::civil::Date;
use rusqlite::{Connection, Transaction, TransactionBehavior};

/// One act in progress. Nothing of it exists before [`Writing::finish`].
pub struct Writing<'r> {
    pub(crate) tx: Transaction<'r>,
    identity: &'r Identity,
    signing: &'r SigningKey,
    person_key: Option<&'r SigningKey>,
    actor: [u8; 8],
    now: Instant,
    hlc: Hlc,
    anchor: Instant,
    projecting: Projecting,
    /// Something was erased.
    pub(crate) erased: bool,
}

impl<'r> Writing<'r> {
    pub(crate) fn begin(replica: &'r mut Replica, now: Instant) -> Result<Self, ReplicaError> {
        let Replica { db, identity, signing, person_key, actor, .. } = replica;
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if !identity.current(&tx)? {
            identity.reload(&tx)?;
        }
        let (hlc, anchor) = counter::clock(&tx)?;
        Ok(Self {
            tx,
            identity,
            signing,
            person_key: person_key.as_ref(),
            actor: *actor,
            now,
            hlc: hlc.tick(now.max(anchor)),
            anchor,
            projecting: Projecting::default(),
            erased: false,
        })
    }

    /// For reading what is being written.
    pub fn db(&self) -> &Connection {
        &self.tx
    }

    pub fn identity(&self) -> &Identity {
        self.identity
    }

    pub fn now(&self) -> Instant {
        self.now
    }

    /// The stamp of everything in this act.
    pub fn hlc(&self) -> Hlc {
        self.hlc
    }

    pub fn load(&self, row: RowId) -> Result<Document, ReplicaError> {
        Document::load(&self.tx, row)
    }

    /// Makes a document. The first change carries a nonce, so that no change of one document applies to another.
    pub fn create<E: From<ReplicaError>>(
        &mut self,
        partition: Partition,
        kind: &str,
        fill: impl FnOnce(&mut Edit<'_>) -> Result<(), E>,
    ) -> Result<Document, E> {
        let id = DocumentId::new(self.now.0, random().map_err(ReplicaError::from)?);
        let nonce: [u8; 16] = random().map_err(ReplicaError::from)?;
        let mut document = Document::empty(id, partition);
        self.edit(&mut document, |edit| {
            edit.put("nonce", ScalarValue::Bytes(nonce.to_vec()));
            edit.put("kind", kind);
            fill(edit)
        })?;
        Ok(document)
    }

    /// Changes a document; an edit that changes nothing leaves no entry.
    pub fn edit<E: From<ReplicaError>>(
        &mut self,
        document: &mut Document,
        act: impl FnOnce(&mut Edit<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let actor = document.actor(self.actor).map_err(ReplicaError::from)?;
        let mut edit = Edit::of(&document.registers).signed_by(document.id, self.person_key);
        act(&mut edit)?;
        if let Some((sound, bytes)) = edit.finish(actor)? {
            // The same judgement that everybody else will pass on it.
            document.registers.take(&sound).map_err(ReplicaError::Unfit)?;
            document.authored(sound.hash, self.authored());
            let header =
                Header { actor: Some(actor.to_vec()), ..self.header(kind::CHANGE, Some(document.id)) };
            document.row = self
                .enter(document.partition, header, bytes)?
                .row
                .ok_or(ReplicaError::Column("header.document"))?;
            public::project_document(&self.tx, document, &mut self.projecting)?;
        }
        Ok(())
    }

    /// What the QR code of a paper says that this desk prints.
    pub fn mark(&self, form: &str, case_no: &str, number: &str, on: Date) -> String {
        match Mark::of(form, case_no, number, on) {
            Some(mark) => mark.signed(self.signing),
            None => Mark::unsigned(form, case_no),
        }
    }

    /// Projects a document anew of which only other entries than changes have been written.
    pub(crate) fn project(&mut self, row: RowId) -> Result<(), ReplicaError> {
        public::project(&self.tx, [row], &mut self.projecting)
    }

    fn authored(&self) -> Authored {
        Authored {
            person: Some(self.identity.person),
            device: self.identity.device,
            unit: self.identity.unit,
            at: self.now,
            hlc: self.hlc,
            entry: None,
        }
    }

    /// The header of an entry of this act by the person here.
    pub(crate) fn header(&self, kind: u16, document: Option<DocumentId>) -> Header {
        Header {
            kind,
            version: entry::VERSION,
            document,
            person: Some(self.identity.person),
            at: self.now,
            hlc: self.hlc,
            rules_version: RULES_VERSION,
            anchor: self.anchor,
            actor: None,
        }
    }

    /// Appends an entry to this device's feed of a partition. The header's actor is only named where the feed hasn't named
    /// it last.
    pub(crate) fn enter(
        &self,
        partition: Partition,
        mut header: Header,
        body: Vec<u8>,
    ) -> Result<feed::Appended, ReplicaError> {
        let id = self.identity.feed(partition);
        let feed = feed::Row::open(&self.tx, &id)?;
        if feed.actor == header.actor {
            header.actor = None;
        }
        feed.append_own(&self.tx, &id, &header, &Entry::new(&header, body), self.signing)
    }

    /// Commits; tells whether something was erased.
    pub(crate) fn finish(self) -> Result<bool, ReplicaError> {
        counter::set_hlc(&self.tx, self.hlc)?;
        clock::see(&self.tx, self.now)?;
        self.projecting.found.write(&self.tx)?;
        search::catch_up(&self.tx)?;
        if self.erased {
            erasure::forget_words(&self.tx)?;
        }
        self.tx.commit()?;
        Ok(self.erased)
    }
}
