//! Answering questions.

use crate::{Hub, HubError, store::Tx};
use daiban_domain::{DeviceId, Instant};
use daiban_exchange::{
    Incarnation, Log, Receipt, Run, State, Vector,
    engine::{self, Answer, Question, Shown},
    page::{self, PageError},
    run::Refusal,
    wire,
};
use ed25519_dalek::VerifyingKey;
use rusqlite::{TransactionBehavior, params};

impl Hub {
    /// Takes in what the question brings, then answers with what its sender lacks and with a receipt for all that is
    /// held. One transaction; what is acknowledged is durable.
    pub fn exchange(&self, sender: DeviceId, question: &Question, now: Instant) -> Result<Answer, HubError> {
        if !(wire::PROTOCOL_MIN..=wire::PROTOCOL_MAX).contains(&question.protocol) {
            return Err(HubError::Protocol);
        }
        let mut db = self.db();
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut log = self.log(tx)?;
        if question.county != log.identity.county {
            return Err(HubError::WrongCounty);
        }
        if let Some(shown) = &question.shown {
            heed(&mut log, shown)?;
        }
        let unit = log.author(sender)?.ok_or(HubError::UnknownDevice)?.unit;
        let since = match question.since {
            Some(state) if state.store == log.identity.store && state.moment <= log.moment()? => {
                Some(log.vector_at(unit, state.moment)?)
            }
            Some(_) => return Err(HubError::UnknownState),
            None => None,
        };
        let theirs = Vector::after(since.clone().unwrap_or_default(), &question.vector);
        let brought = read_page(&log, question)?;
        // Who may not read a partition has no business carrying it.
        let (carried, foreign): (Vec<&Run>, Vec<&Run>) =
            brought.iter().partition(|run| run.feed.partition.readable_by(unit));
        let taken = engine::take(&mut log, carried, question.county)?;
        let vector = log.vector(unit)?;
        let runs = engine::missing(&log, &vector, &theirs, wire::PAGE)?;
        let page = page::write(&log, &runs, &theirs)?;
        let receipt = Receipt {
            holder: log.identity.hub,
            state: State { store: log.identity.store, moment: log.moment()? },
            time: now,
            backup: None,
            signature: [0; 64],
        }
        .signed(vector.root(), &self.signing);
        log.tx.commit()?;
        let mut refused = taken.refused;
        refused.extend(foreign.iter().map(|run| (run.feed, Refusal::OutOfScope)));
        tracing::info!(device = %sender, taken = taken.entries, sent = runs.len(), refused = refused.len(), "exchange");
        let vector = match since {
            Some(since) => vector.since(&since),
            None => vector,
        };
        Ok(Answer { vector, page, receipt, refused })
    }

    /// Whether a request's signature is the device's.
    pub(crate) fn verify(
        &self,
        device: DeviceId,
        path: &str,
        body: &[u8],
        signature: &str,
    ) -> Result<bool, HubError> {
        let mut db = self.db();
        let log = self.log(db.transaction()?)?;
        Ok(log.author(device)?.is_some_and(|author| {
            daiban_exchange::request::verify(path, body, device, signature, &author.key)
        }))
    }

    /// The key of a device that this store doesn't know, but whose enrolment by this hub the question itself carries: the
    /// store was restored from a backup that is older than the enrolment. The enrolments are taken in.
    pub(crate) fn recall(
        &self,
        device: DeviceId,
        question: &Question,
    ) -> Result<Option<VerifyingKey>, HubError> {
        let mut db = self.db();
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut log = self.log(tx)?;
        let (hub, county) = (log.identity.hub, log.identity.county);
        let brought = read_page(&log, question)?;
        engine::take(&mut log, brought.iter().filter(|run| run.feed.device == hub), county)?;
        let author = log.author(device)?;
        if author.is_some() {
            log.tx.commit()?;
        }
        Ok(author.map(|author| author.key))
    }

    fn log<'c>(&self, tx: rusqlite::Transaction<'c>) -> Result<Tx<'c>, HubError> {
        let identity = crate::store::identity(&tx)?;
        Ok(Tx { tx, identity, key: self.signing.verifying_key() })
    }
}

fn read_page(log: &Tx<'_>, question: &Question) -> Result<Vec<Run>, HubError> {
    page::read(log, &question.page).map_err(|error| match error {
        // References that lead nowhere: the sender believes more of this store than it holds.
        PageError::Malformed => HubError::UnknownState,
        PageError::Log(error) => error,
    })
}

/// A receipt of this very store from a moment that it hasn't reached: it was restored from a backup. It begins a new life,
/// with a new feed of its own, so that nothing that it has forgotten is written a second time; what it has forgotten it is
/// told again by those who have it.
fn heed(log: &mut Tx<'_>, Shown { receipt, root }: &Shown) -> Result<(), HubError> {
    let State { store, moment } = receipt.state;
    let restored = receipt.holder == log.identity.hub
        && store == log.identity.store
        && moment > log.moment()?
        && receipt.verify(*root, &log.key);
    if restored {
        tracing::warn!(store, moment, "this store was restored from a backup; it takes a new incarnation");
        log.identity.store = Incarnation::draw()?.0;
        log.identity.incarnation = Incarnation::draw()?;
        log.tx.execute(
            "UPDATE identity SET store = ?, incarnation = ?, moment = ?, restored = 1",
            params![log.identity.store, log.identity.incarnation.0, moment + 1],
        )?;
    }
    Ok(())
}
