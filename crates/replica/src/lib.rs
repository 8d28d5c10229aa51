//! One device's copy of the data: feeds of entries in an encrypted SQLite database, the automerge documents that they
//! make, and the projections that the pages query.
//!
//! Every write is one transaction that holds the automerge change, its feed entry, the projection and the cursor
//! ([`document::Writing`] for what is made here, [`feed::Intake`] for what arrives). Everything but the feeds can be
//! dropped and rebuilt ([`verify`]).

pub mod access;
pub mod attachment;
pub mod backup;
pub mod case;
pub mod clock;
mod counter;
pub mod document;
pub mod erasure;
mod error;
pub mod feed;
pub mod founding;
mod identity;
mod incarnation;
pub mod inventory;
pub mod item_draft;
pub mod matter;
mod pairs;
pub mod printer;
mod projection;
pub mod public;
pub mod quarantine;
pub mod rating;
pub mod resident;
pub mod revocation;
pub mod scan_folder;
mod search;
pub mod setting;
pub mod store;
mod trust;
pub mod unfinished;
pub mod verify;
mod ways;
pub mod year;

pub use clock::today;
pub use error::{ReplicaError, no_room};
pub use identity::Identity;
pub use incarnation::TakenTags;
pub use projection::PROJECTION_VERSION;
pub use ways::Ways;

use daiban_domain::{Instant, PersonId};
use daiban_exchange::{Referents, key::random, sealed::Cost};
use ed25519_dalek::SigningKey;
use rusqlite::Connection;
use store::{
    DatabaseKey,
    key::{KeySeal, NewUser, seal::Pair},
    open,
};

/// One open data folder. Several may be open on the same folder at once, also in several processes: each has an
/// automerge actor of its own, and entries are numbered under `BEGIN IMMEDIATE`.
pub struct Replica {
    db: Connection,
    identity: Identity,
    signing: SigningKey,
    tags: TakenTags,
    actor: [u8; 8],
    /// Of what was taken in last.
    referents: Referents,
    key: DatabaseKey,
    seal: KeySeal,
    /// With which the person at work signs what they decide.
    person_key: Option<SigningKey>,
}

impl Replica {
    /// Makes the database of a newly enrolled device.
    pub fn create(
        folder: &std::path::Path,
        mut key: DatabaseKey,
        identity: Identity,
        signing: SigningKey,
        tags: TakenTags,
    ) -> Result<Self, ReplicaError> {
        let mut db = open::create(folder, &mut key)?;
        let tx = db.transaction()?;
        identity.insert(&tx)?;
        tx.commit()?;
        let seal = KeySeal::of(&db)?;
        let (actor, referents) = (random()?, Referents::within(8 << 20));
        let person_key = key.pair().map(Pair::signing);
        let mut replica = Self { db, identity, signing, tags, actor, referents, key, seal, person_key };
        replica.recognise(&open::place(folder)?)?;
        replica.renew_projections()?;
        Ok(replica)
    }

    /// Ends a replica that was made in a folder aside, whole, and gives its files their place in `folder`: the database comes
    /// last, and a folder without it belongs to nobody yet.
    pub fn settle(self, folder: &std::path::Path) -> Result<(), ReplicaError> {
        let Self { db, key, .. } = self;
        store::open::settle(db, key, folder)
    }

    /// Opens an existing database; `secrets` finds the device's signing key and its record of tags, which lie elsewhere.
    pub fn open<E: From<ReplicaError>>(
        folder: &std::path::Path,
        mut key: DatabaseKey,
        secrets: impl FnOnce(&Identity, &KeySeal) -> Result<(SigningKey, TakenTags), E>,
    ) -> Result<Self, E> {
        let db = open::open(folder, &mut key)?;
        let mut identity = Identity::load(&db)?;
        identity.person = key.person().unwrap_or(identity.person);
        let seal = KeySeal::of(&db)?;
        let (signing, tags) = secrets(&identity, &seal)?;
        let (actor, referents) = (random().map_err(ReplicaError::from)?, Referents::within(8 << 20));
        let person_key = key.pair().map(Pair::signing);
        let mut replica = Self { db, identity, signing, tags, actor, referents, key, seal, person_key };
        replica.recognise(&open::place(folder)?)?;
        replica.renew_projections()?;
        replica.catch_up()?;
        Ok(replica)
    }

    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    pub fn signing_key(&self) -> &SigningKey {
        &self.signing
    }

    /// The key that opened it, to be sealed for others.
    pub fn database_key(&self) -> &DatabaseKey {
        &self.key
    }

    /// With which the device's own keys are sealed in their folder.
    pub fn key_seal(&self) -> &KeySeal {
        &self.seal
    }

    /// The first password: the key that has lain open until now goes.
    pub fn seal_first(&mut self, user: NewUser<'_>, recovery: &str, cost: Cost) -> Result<(), ReplicaError> {
        self.key.seal_first(&self.db, user, recovery, cost)
    }

    /// Takes away a user's slot; the database gets another key, for they may have kept the one they had. Answers whether
    /// there was such a user beside others.
    pub fn remove_user(&mut self, person: PersonId) -> Result<bool, ReplicaError> {
        self.key.remove_user(&self.db, person)
    }

    /// For queries.
    pub fn db(&self) -> &Connection {
        &self.db
    }

    /// A number that changes whenever another connection has written.
    pub fn data_version(&self) -> Result<i64, ReplicaError> {
        Ok(self.db.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// Runs an act in one transaction: all of it is durable when this returns, or none of it happened.
    pub fn commit<T, E: From<ReplicaError>>(
        &mut self,
        now: Instant,
        act: impl FnOnce(&mut document::Writing<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut writing = document::Writing::begin(self, now)?;
        let outcome = act(&mut writing)?;
        if writing.finish()? {
            self.scrub();
        }
        Ok(outcome)
    }

    /// Runs an exchange's intake in one transaction.
    pub fn intake<T, E: From<ReplicaError>>(
        &mut self,
        act: impl FnOnce(&mut feed::Intake<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut intake = feed::Intake::begin(self)?;
        let outcome = act(&mut intake)?;
        if intake.finish()? {
            self.scrub();
        }
        // Another process may have begun a new incarnation too.
        self.identity.reload(&self.db)?;
        Ok(outcome)
    }

    /// What was erased is overwritten in the database (`secure_delete`); here it leaves the log beside it too.
    fn scrub(&self) {
        let busy = self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>(0));
        if !matches!(busy, Ok(false)) {
            tracing::warn!(?busy, "what was erased leaves the write-ahead log with its next turn");
        }
    }
}
