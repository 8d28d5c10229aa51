//! Taking in and giving out photos and scans.

use crate::{Hub, HubError, store::Shelf};
use daiban_domain::{DeviceId, Instant};
use daiban_exchange::{attachment, certificate::Standing, request::HubRefusal};
use rusqlite::TransactionBehavior;

impl Hub {
    /// Takes in what a question brings and gives what it wants. One transaction; what is acknowledged is durable, and a
    /// refusal leaves nothing.
    pub fn attachments(
        &self,
        sender: DeviceId,
        signature: &str,
        body: &[u8],
        line: Standing,
        now: Instant,
    ) -> Result<Result<Vec<u8>, HubRefusal>, HubError> {
        let mut db = self.db();
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut shelf = Shelf { log: self.log(tx)?, now };
        let answer = attachment::answer(&mut shelf, self.county(), sender, signature, body, line)?;
        if answer.is_ok() {
            shelf.log.tx.commit()?;
            tracing::info!(device = %sender, "attachments");
        }
        Ok(answer)
    }
}
