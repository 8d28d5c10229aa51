use crate::{Desk, Trouble, line};
use daiban_contract::{Code, act::Exchange, view::Exchanged};
use daiban_domain::Instant;

impl Desk {
    /// With the county's hub; while that can't be reached, with the township's relay, if this desk knows one.
    pub async fn exchange(&self, _: Exchange, now: Instant) -> Result<Exchanged, Trouble> {
        let (hub_url, relay) =
            self.with(|replica| Ok((replica.identity().hub_url.clone(), replica.ways()?.call)))?;
        match self.exchange_at(&hub_url, now).await {
            Err(trouble) if trouble.code() == Code::HubUnreachable && !relay.is_empty() => {
                self.exchange_with_relay(&relay, now).await
            }
            outcome => outcome,
        }
    }

    /// Exchanges with the hub at another address than the one it was enrolled with.
    pub async fn exchange_at(&self, hub_url: &str, now: Instant) -> Result<Exchanged, Trouble> {
        line::exchange(self, hub_url, now).await
    }

    /// Exchanges with a township's desk on the local network.
    pub async fn exchange_with_relay(&self, url: &str, now: Instant) -> Result<Exchanged, Trouble> {
        line::exchange_with_relay(self, url, now).await
    }
}
