//! Answering questions.

use crate::{
    Hub, HubError, backup,
    ca::Ca,
    store::{self, Tx, take_back},
    visit,
};
use daiban_domain::{DeviceId, Instant, UnitCode};
use daiban_exchange::{
    Author, Receipt, State, Vector,
    bundle::Carried,
    certificate::{Chain, LIFE_MS, Standing},
    engine::{self, Holder, Party, Shown, Visit},
    request::HubRefusal,
};
use rusqlite::{Transaction, TransactionBehavior};
use std::sync::PoisonError;

impl Hub {
    /// Takes in what a question brings, then answers with what its sender lacks and with a receipt for all that is
    /// held. One transaction; what is acknowledged is durable, and a refusal leaves nothing.
    pub fn exchange(
        &self,
        sender: DeviceId,
        signature: &str,
        body: &[u8],
        line: Standing,
        now: Instant,
    ) -> Result<Result<Vec<u8>, HubRefusal>, HubError> {
        let mut db = self.db();
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut log = self.log(tx)?;
        let answer = engine::answer(&mut log, sender, signature, body, line, now)?;
        if answer.is_ok() {
            if log.reminded {
                take_back(&log, now)?;
            }
            if log.commit()? {
                store::scrub(&db);
            }
            tracing::info!(device = %sender, "exchange");
        }
        Ok(answer)
    }

    pub(crate) fn log<'c>(&'c self, tx: Transaction<'c>) -> Result<Tx<'c>, HubError> {
        let referents = self.referents.lock().unwrap_or_else(PoisonError::into_inner);
        Tx::begin(tx, &self.folder, &self.signing, referents)
    }
}

impl Holder for Tx<'_> {
    fn party(&self) -> Party {
        let county = self.identity.county;
        Party { county, unit: county, device: self.identity.hub }
    }

    fn state(&self) -> Result<State, HubError> {
        Ok(State { store: self.identity.store, moment: self.moment()? })
    }

    fn vector_at(&self, reader: UnitCode, state: State) -> Result<Option<Vector>, HubError> {
        let State { store, moment } = self.state()?;
        let known = state.store == store && state.moment <= moment;
        Ok(if known { Some(self.vector_at(reader, state.moment)?) } else { None })
    }

    /// A restored store begins a new life, with a new feed of its own, so that nothing that it has forgotten is written a
    /// second time; what it has forgotten it is told again by those who have it.
    fn heed(&mut self, Shown { receipt, root }: &Shown) -> Result<(), HubError> {
        let State { store, moment } = receipt.state;
        let restored = receipt.holder == self.identity.hub
            && store == self.identity.store
            && moment > self.moment()?
            && receipt.verify(*root, &self.signing.verifying_key());
        if restored {
            backup::begin_life(&self.tx, &mut self.identity, moment + 1)?;
        }
        Ok(())
    }

    fn receipt(&self, _: UnitCode, root: [u8; 32], now: Instant) -> Result<Receipt, HubError> {
        let state = self.state()?;
        let backup = backup::last(&self.tx, state.store)?;
        let unsigned = Receipt { holder: self.identity.hub, state, time: now, backup, signature: [0; 64] };
        Ok(unsigned.signed(root, self.signing))
    }

    fn carried(&self, _: UnitCode) -> Result<Option<Carried>, HubError> {
        Ok(None)
    }

    fn certify(
        &self,
        device: DeviceId,
        author: &Author,
        line: Standing,
        now: Instant,
    ) -> Result<Option<Chain>, HubError> {
        let Some(ca) = Ca::load(self.folder)? else { return Ok(None) };
        // It would last no longer than the one that the device has.
        if line == Standing::Due && ca.until().0 < now.0 + LIFE_MS / 3 {
            return Ok(None);
        }
        Ok(Some(ca.device(device, author.unit, author.key.to_bytes(), now)?))
    }

    fn met(&mut self, visit: &Visit<'_>) -> Result<(), HubError> {
        visit::note(&self.tx, visit, self.moment()?)
    }
}
