//! Exchanges in a file: what a stick brings from where no line reaches, and what it takes back.

use crate::{
    Hub, HubError,
    store::{self, Shelf, Tx, take_back},
};
use daiban_domain::{Instant, UnitCode};
use daiban_exchange::{
    Log, Vector, attachment,
    bundle::{Bundle, BundleError, Carried, TakeError, hub_identity, hub_secret},
    engine::Holder,
};
use rusqlite::{TransactionBehavior, params};
use serde::Serialize;

/// What importing a bundle did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Entries that were new here.
    pub received: u64,
    /// Feeds that it goes on from further than they are held here: bundles or exchanges that must come first.
    pub gaps: u64,
    /// Photos and scans of the bundle that are whole here now.
    pub attachments: u64,
}

/// A bundle that was made.
pub struct Bundled {
    pub file: Vec<u8>,
    pub entries: u64,
    /// Photos and scans.
    pub attachments: u64,
    /// Devices that can open it.
    pub recipients: u64,
}

impl Hub {
    /// What opens what was sealed to the county, as age spells it.
    pub fn bundle_key(&self) -> String {
        hub_secret(&self.signing)
    }

    /// Takes in a bundle; a damaged or foreign one changes nothing.
    pub fn import_bundle(&self, file: &[u8], now: Instant) -> Result<Imported, HubError> {
        let identity = hub_identity(&self.signing).ok_or(HubError::KeyFile)?;
        let opened = Bundle::open(file, &identity)?;
        let mut db = self.db();
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut log = self.log(tx)?;
        let us = log.party();
        let taken = opened.take(&mut log, us).map_err(|error| match error {
            TakeError::Bundle(error) => error.into(),
            TakeError::Log(error) => error,
        })?;
        if log.reminded {
            take_back(&log, now)?;
        }
        let live = opened.bundle.live_attachments(&log)?;
        let (whole, log) = {
            let mut shelf = Shelf { log, now };
            let reached = attachment::keep(&mut shelf, &live, taken.sender)?;
            (reached.iter().filter(|reached| reached.whole).count(), shelf.log)
        };
        if log.commit()? {
            store::scrub(&db);
        }
        let gaps = taken.gaps.len() as u64;
        Ok(Imported { received: taken.entries, gaps, attachments: whole as u64 })
    }

    /// All that a unit may read, with a receipt for it and what it lacks of photos and scans, sealed to the unit's devices and those above it.
    pub fn export_bundle(&self, to: UnitCode, now: Instant) -> Result<Bundled, HubError> {
        let mut db = self.db();
        let tx = db.transaction()?;
        let log = self.log(tx)?;
        let known: bool = log.tx.query_row(
            "SELECT EXISTS (SELECT 1 FROM unit WHERE code = ?)",
            params![to.to_string()],
            |row| row.get(0),
        )?;
        if !known {
            return Err(HubError::UnknownUnit(to));
        }
        let (recipients, revoked) = log.recipients(to)?;
        if recipients.is_empty() {
            return Err(HubError::NoRecipient(to));
        }
        self.bundle(log, to, &recipients, &revoked, now)
    }

    /// The same for these devices; the revoked ones are given a notice.
    pub(crate) fn bundle(
        &self,
        log: Tx<'_>,
        to: UnitCode,
        recipients: &[String],
        revoked: &[String],
        now: Instant,
    ) -> Result<Bundled, HubError> {
        let vector = log.vector(to)?;
        let receipt = log.receipt(to, vector.root(), now)?;
        let carried = Carried { receipt, vector, others: Default::default() };
        let notice = if revoked.is_empty() {
            None
        } else {
            Some(Bundle::notice(&log, log.party(), to, Some(carried.clone()), now)?)
        };
        let (mut bundle, entries) =
            Bundle::make(&log, log.party(), to, &Vector::default(), Some(carried), now)?;
        let owed = log.lacking(to)?.into_iter().map(|owed| (owed, Vec::new())).collect();
        bundle.add_attachments(&Shelf { log, now }, owed)?;
        let file = match notice {
            None => bundle.seal(&self.signing, recipients)?,
            Some(notice) => bundle.seal_with_notice(&self.signing, recipients, &notice, revoked)?,
        };
        let attachments = bundle.attachments.len() as u64;
        Ok(Bundled { file, entries, attachments, recipients: recipients.len() as u64 })
    }
}

impl From<BundleError> for HubError {
    fn from(error: BundleError) -> Self {
        Self::Bundle(error)
    }
}

impl Tx<'_> {
    /// Where bundles for a unit are sealed to: its devices and those of all units above it; and the revoked ones of them, to
    /// whom only a notice is.
    fn recipients(&self, unit: UnitCode) -> Result<(Vec<String>, Vec<String>), HubError> {
        let (mut valid, mut revoked) = (Vec::new(), Vec::new());
        for enrolment in self.enrolments()? {
            if enrolment.unit.covers(unit) {
                let author = self.author(enrolment.device)?;
                let to = if author.is_some_and(|author| author.revoked) { &mut revoked } else { &mut valid };
                to.push(enrolment.recipient);
            }
        }
        Ok((valid, revoked))
    }
}
