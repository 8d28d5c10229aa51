//! The county's hub: takes in and gives out feeds of entries, signs for what it has stored, enrols devices. It never
//! interprets a case.

mod admit;
mod attachments;
mod backup;
mod bundle;
pub mod ca;
mod close;
mod door;
mod error;
mod exchange;
mod give_code;
mod init;
mod introduce;
mod inventory;
mod limits;
mod serve;
mod status;
mod store;
mod units;
mod verify;
mod visit;

pub use admit::{ByFile, IssuedCode};
pub use backup::BackedUp;
pub use bundle::{Bundled, Imported};
pub use close::Closed;
pub use door::serve;
pub use error::HubError;
pub use init::Founding;
pub use inventory::Inventory;
pub use limits::{Limits, Rate};
pub use serve::Station;
pub use status::Status;
pub use verify::Fault;

use daiban_domain::{DeviceId, UnitCode};
use daiban_exchange::{FeedId, Incarnation, Partition, Referents};
use ed25519_dalek::SigningKey;
use rusqlite::Connection;
use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// An open hub folder. One writer at a time; the database also takes the command line's `code` beside it.
pub struct Hub {
    folder: PathBuf,
    db: Mutex<Connection>,
    /// Of what was stored last; locked by whoever holds the database.
    referents: Mutex<Referents>,
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
        let (mut db, signing) = store::open(folder)?;
        backup::recognise(&mut db)?;
        let identity = store::identity(&db)?;
        let hub = Self {
            folder: folder.to_owned(),
            db: Mutex::new(db),
            referents: Mutex::new(Referents::within(16 << 20)),
            county: identity.county,
            device: identity.hub,
            signing,
        };
        hub.learn_names()?;
        Ok(hub)
    }

    /// Notes the names of devices that were enrolled when they weren't noted yet.
    fn learn_names(&self) -> Result<(), HubError> {
        let mut db = self.db();
        let tx = db.transaction()?;
        let unnamed = "SELECT EXISTS (SELECT 1 FROM device WHERE name = '')";
        if !tx.query_row(unnamed, [], |row| row.get(0))? {
            return Ok(());
        }
        let log = self.log(tx)?;
        for enrolment in log.enrolments()? {
            store::project_device(&log.tx, &enrolment)?;
        }
        Ok(log.tx.commit()?)
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
