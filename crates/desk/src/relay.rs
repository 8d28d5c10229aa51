//! A township's desk as its villages' relay: it takes in their entries and gives out what it holds, over the hub's own routes,
//! on one and the same replica. What it took goes on to the county with its own next exchange.

use crate::{Desk, Trouble};
use daiban_contract::{Code, Failure};
use daiban_domain::{DeviceId, Instant, Level};
use daiban_exchange::{
    attachment,
    engine::{self, Asker},
    request::{HubInfo, HubRefusal, RELAY_PROGRAM},
    wire,
};
use daiban_hub::Station;
use daiban_replica::ReplicaError;
use std::{future::Future, sync::Arc};
use tokio::net::TcpListener;

struct Relay {
    desk: Arc<Desk>,
    info: HubInfo,
}

impl Desk {
    /// Serves this desk's villages until `shutdown`.
    pub async fn serve_relay(
        self: &Arc<Self>,
        listener: TcpListener,
        now: fn() -> Instant,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), Failure> {
        let info = self.with(|replica| {
            let identity = replica.identity();
            if identity.unit.level() == Level::Village {
                let message = "村里的电脑不能给别的村转接。请在乡镇的电脑上打开。";
                return Err(Trouble::new(Code::NotAllowed, message));
            }
            Ok(HubInfo {
                program: RELAY_PROGRAM.to_owned(),
                county: identity.county,
                holder: identity.device,
                protocol_min: wire::PROTOCOL_MIN,
                protocol_max: wire::PROTOCOL_MAX,
            })
        })?;
        let relay = Relay { desk: self.clone(), info };
        Ok(daiban_hub::serve(Arc::new(relay), listener, now, shutdown).await.map_err(Trouble::file)?)
    }
}

impl Station for Relay {
    fn info(&self) -> HubInfo {
        self.info.clone()
    }

    fn exchange(
        &self,
        sender: DeviceId,
        signature: &str,
        body: &[u8],
        now: Instant,
    ) -> Result<Vec<u8>, HubRefusal> {
        let mut replica = self.desk.replica();
        let Some(replica) = replica.as_mut() else { return Err(HubRefusal::Trouble) };
        let answered = replica.intake(|log| {
            log.sign_heads()?;
            engine::answer(log, sender, signature, body, now)?.map_err(Refused::Said)
        });
        if let Err(error) = replica.tend_quarantine(now) {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "what can't count waits for the next exchange"
            );
        }
        answered.map_err(refusal)
    }

    fn attachments(
        &self,
        sender: DeviceId,
        signature: &str,
        body: &[u8],
        now: Instant,
    ) -> Result<Vec<u8>, HubRefusal> {
        let mut replica = self.desk.replica();
        let Some(replica) = replica.as_mut() else { return Err(HubRefusal::Trouble) };
        let answered = replica.commit(now, |writing| {
            attachment::answer(writing, self.info.county, sender, signature, body)?.map_err(Refused::Said)
        });
        answered.map_err(refusal)
    }

    fn enrol(&self, _: &[u8], _: Instant) -> Result<Vec<u8>, HubRefusal> {
        Err(HubRefusal::NotHere)
    }

    fn page(&self, _: Instant) -> Result<String, HubRefusal> {
        Err(HubRefusal::NotHere)
    }
}

fn refusal(refused: Refused) -> HubRefusal {
    match refused {
        Refused::Said(refusal) => refusal,
        Refused::Replica(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "the relay has trouble");
            HubRefusal::Trouble
        }
    }
}

/// Why a transaction is given up.
enum Refused {
    Said(HubRefusal),
    Replica(ReplicaError),
}

impl From<ReplicaError> for Refused {
    fn from(error: ReplicaError) -> Self {
        Self::Replica(error)
    }
}
