//! The county's hub: takes in and gives out feeds of entries, signs for what it has stored, enrols devices. It never
//! interprets a case.

mod admit;
mod attachments;
mod bundle;
mod error;
mod exchange;
mod init;
mod serve;
mod store;

pub use admit::IssuedCode;
pub use bundle::{Bundled, Imported};
pub use error::HubError;
pub use init::Founding;
pub use serve::{Station, serve};

use daiban_domain::{DeviceId, UnitCode};
use daiban_exchange::{FeedId, Incarnation, Partition};
use ed25519_dalek::SigningKey;
use rusqlite::Connection;
use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// An open hub folder. One writer at a time; the database also takes the command line's `code` beside it.
pub struct Hub {
    db: Mutex<Connection>,
    county: UnitCode,
    device: DeviceId,
    signing: SigningKey,
}

#[derive(Clone, Copy, Debug)]
struct Identity {
    county: UnitCode,
    hub: DeviceId,
    /// One life of the store.
    store: u64,
    /// The store has had an earlier life.
    restored: bool,
    incarnation: Incarnation,
}

impl Identity {
    /// The feed in which the hub says whom it has enrolled.
    fn feed(&self) -> FeedId {
        self.feed_of(Partition::public(self.county))
    }

    /// The hub's feed of a partition.
    fn feed_of(&self, partition: Partition) -> FeedId {
        FeedId { partition, device: self.hub, incarnation: self.incarnation, branch: None }
    }
}

impl Hub {
    pub fn open(folder: &Path) -> Result<Self, HubError> {
        let (db, signing) = store::open(folder)?;
        let identity = store::identity(&db)?;
        Ok(Self { db: Mutex::new(db), county: identity.county, device: identity.hub, signing })
    }

    pub fn county(&self) -> UnitCode {
        self.county
    }

    /// Who signs its receipts.
    pub fn device(&self) -> DeviceId {
        self.device
    }

    fn db(&self) -> MutexGuard<'_, Connection> {
        // A panic in a request leaves the database as its last commit left it.
        self.db.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
