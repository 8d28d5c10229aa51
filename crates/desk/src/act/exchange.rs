use crate::{
    Desk, Trouble, attachments,
    line::{self, Way},
};
use daiban_contract::{
    Code, Failure,
    act::{CallRelay, Exchange},
    view::Exchanged,
};
use daiban_domain::Instant;

impl Desk {
    /// With the county's hub; while that can't be reached, with the township's relay, if this desk knows one.
    pub async fn exchange(&self, request: Exchange, now: Instant) -> Result<Exchanged, Trouble> {
        let (hub_url, relay) =
            self.even_revoked(|replica| Ok((replica.identity().hub_url.clone(), replica.ways()?.call)))?;
        match self.visit(Way::Hub(&hub_url), request.clone(), now).await {
            Err(trouble) if trouble.code() == Code::HubUnreachable && !relay.is_empty() => {
                self.visit(Way::Relay(&relay), request, now).await.map_err(|trouble| match trouble.code() {
                    Code::HubUnreachable => trouble.saying(
                        "县中心和镇上的电脑都连不上。数据都在本机，网一通会自动送，也可以先用 U 盘带。",
                    ),
                    _ => trouble,
                })
            }
            outcome => outcome,
        }
    }

    /// Exchanges with the hub at another address than the one it was enrolled with.
    pub async fn exchange_at(&self, hub_url: &str, now: Instant) -> Result<Exchanged, Trouble> {
        self.visit(Way::Hub(hub_url), Exchange::default(), now).await
    }

    /// With the relay this desk knows.
    pub async fn call_relay(&self, _: CallRelay, now: Instant) -> Result<Exchanged, Trouble> {
        let relay = self.even_revoked(|replica| Ok(replica.ways()?.call))?;
        if relay.is_empty() {
            return Err(Trouble::new(Code::BadInput, "还没有填镇上电脑的地址。向镇上问一下，填好再试。"));
        }
        self.exchange_with_relay(&relay, now).await
    }

    /// Exchanges with a township's desk on the local network.
    pub async fn exchange_with_relay(&self, url: &str, now: Instant) -> Result<Exchanged, Trouble> {
        self.visit(Way::Relay(url), Exchange::default(), now).await
    }

    /// Entries first, then photos and scans. What keeps these from moving is told, and the entries have moved all the same.
    pub async fn visit(&self, way: Way<'_>, request: Exchange, now: Instant) -> Result<Exchanged, Trouble> {
        let mut done = line::exchange_by(self, way, now).await.map_err(|trouble| match way {
            Way::Hub(_) => trouble,
            Way::Relay(_) => trouble.at_township(),
        })?;
        if let Err(trouble) = attachments::carry(self, way, request.attachments, now, &mut done).await {
            done.attachments_failed = Some(Failure::from(trouble).code);
        }
        self.retire()?;
        Ok(done)
    }
}
