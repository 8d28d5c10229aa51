use crate::{Desk, Trouble, line};
use daiban_contract::{act::Exchange, view::Exchanged};
use daiban_domain::Instant;

impl Desk {
    pub async fn exchange(&self, _: Exchange, now: Instant) -> Result<Exchanged, Trouble> {
        let hub_url = self.with(|replica| Ok(replica.identity().hub_url.clone()))?;
        self.exchange_at(&hub_url, now).await
    }

    /// Exchanges with the hub at another address than the one it was enrolled with.
    pub async fn exchange_at(&self, hub_url: &str, now: Instant) -> Result<Exchanged, Trouble> {
        line::exchange(self, hub_url, now).await
    }
}
