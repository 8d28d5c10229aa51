//! Answering questions.

use crate::{Hub, HubError, store::Tx};
use daiban_domain::{DeviceId, Instant};
use daiban_exchange::{
    Log, Receipt, Run, Vector,
    engine::{self, Answer, Question},
    run::Refusal,
    wire,
};
use rusqlite::TransactionBehavior;

impl Hub {
    /// Takes in what the question brings, then answers with what its sender lacks and with receipts for all that is
    /// held. One transaction; what is acknowledged is durable.
    pub fn exchange(&self, sender: DeviceId, question: &Question, now: Instant) -> Result<Answer, HubError> {
        if !(wire::PROTOCOL_MIN..=wire::PROTOCOL_MAX).contains(&question.protocol) {
            return Err(HubError::Protocol);
        }
        if question.county != self.identity.county {
            return Err(HubError::WrongCounty);
        }
        let mut db = self.db();
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut log = Tx { tx, identity: self.identity, key: self.signing.verifying_key() };
        let unit = log.author(sender)?.ok_or(HubError::UnknownDevice)?.unit;
        // Who may not read a partition has no business carrying it.
        let (carried, foreign): (Vec<&Run>, Vec<&Run>) =
            question.runs.iter().partition(|run| run.feed.partition.readable_by(unit));
        let taken = engine::take(&mut log, carried, self.identity.county)?;
        let vector = log.vector(unit)?;
        let runs = engine::missing(&log, &vector, &question.vector)?;
        let receipts = self.receipts(&vector, now);
        log.tx.commit()?;
        let mut refused = taken.refused;
        refused.extend(foreign.iter().map(|run| (run.feed, Refusal::OutOfScope)));
        tracing::info!(device = %sender, taken = taken.entries, sent = runs.len(), refused = refused.len(), "exchange");
        Ok(Answer { vector, runs, receipts, refused })
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
        let log = Tx { tx: db.transaction()?, identity: self.identity, key: self.signing.verifying_key() };
        let author = log.author(device)?;
        Ok(author.is_some_and(|author| {
            daiban_exchange::request::verify(path, body, device, signature, &author.key)
        }))
    }

    fn receipts(&self, vector: &Vector, now: Instant) -> Vec<Receipt> {
        let receipt = |partition| {
            Receipt {
                holder: self.identity.hub,
                store: self.identity.store,
                time: now,
                partition,
                root: vector.root(partition),
                withheld: Vec::new(),
                backup: None,
                signature: [0; 64],
            }
            .signed(&self.signing)
        };
        vector.partitions().into_iter().map(receipt).collect()
    }
}
