use crate::{
    Desk, Trouble,
    attachments::{self, Way},
    line,
};
use daiban_contract::{Code, Failure, act::Exchange, view::Exchanged};
use daiban_domain::Instant;

impl Desk {
    /// With the county's hub; while that can't be reached, with the township's relay, if this desk knows one.
    pub async fn exchange(&self, request: Exchange, now: Instant) -> Result<Exchanged, Trouble> {
        let (hub_url, relay) =
            self.with(|replica| Ok((replica.identity().hub_url.clone(), replica.ways()?.call)))?;
        match self.call(&hub_url, request.clone(), now).await {
            Err(trouble) if trouble.code() == Code::HubUnreachable && !relay.is_empty() => {
                self.visit(Way::Relay(&relay), request, now).await
            }
            outcome => outcome,
        }
    }

    /// Exchanges with the hub at another address than the one it was enrolled with.
    pub async fn exchange_at(&self, hub_url: &str, now: Instant) -> Result<Exchanged, Trouble> {
        self.call(hub_url, Exchange::default(), now).await
    }

    /// The same, as a request says.
    pub async fn call(&self, hub_url: &str, request: Exchange, now: Instant) -> Result<Exchanged, Trouble> {
        self.visit(Way::Hub(hub_url), request, now).await
    }

    /// Exchanges with a township's desk on the local network.
    pub async fn exchange_with_relay(&self, url: &str, now: Instant) -> Result<Exchanged, Trouble> {
        self.visit(Way::Relay(url), Exchange::default(), now).await
    }

    /// Entries first, then photos and scans. What keeps these from moving is told, and the entries have moved all the same.
    async fn visit(&self, way: Way<'_>, request: Exchange, now: Instant) -> Result<Exchanged, Trouble> {
        let mut done = way.exchange(self, now).await?;
        if let Err(trouble) = attachments::carry(self, way, request.attachments, now, &mut done).await {
            done.attachments_failed = Some(Failure::from(trouble).code);
        }
        Ok(done)
    }
}

impl Way<'_> {
    /// Entries alone.
    pub(crate) async fn exchange(self, desk: &Desk, now: Instant) -> Result<Exchanged, Trouble> {
        match self {
            Way::Hub(url) => line::exchange(desk, url, now).await,
            Way::Relay(url) => line::exchange_with_relay(desk, url).await,
        }
    }
}
