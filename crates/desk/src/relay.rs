//! A township's desk as its villages' relay: it takes in their entries and gives out what it holds, over the hub's own routes,
//! on one and the same replica. What it took goes on to the county with its own next exchange.

use crate::{Desk, Trouble};
use daiban_contract::{Code, Failure};
use daiban_domain::{DeviceId, Instant, Level};
use daiban_exchange::{
    attachment,
    certificate::Standing,
    engine::{self, Asker},
    request::{HubInfo, HubRefusal, RELAY_PROGRAM},
    tls::Credentials,
    wire,
};
use daiban_hub::{Limits, Station};
use daiban_replica::{Replica, ReplicaError};
use std::{
    future::{Future, pending},
    io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};
use tokio::{net::TcpListener, task::JoinHandle};

/// The relay that this program keeps beside its other work.
#[derive(Default)]
pub(crate) struct Serving {
    /// Where it was last told to serve: `host:port`, "" for nowhere.
    listen: String,
    /// Runs until it is aborted or the network fails it.
    task: Option<JoinHandle<()>>,
    /// Where villages reach it; empty while it doesn't serve.
    addresses: Vec<String>,
    /// Why it doesn't serve although it should.
    failure: Option<String>,
    /// How many questions were answered.
    pub answered: u64,
}

impl Serving {
    /// Where villages reach it, and why not, as far as it has heeded the setting yet.
    pub fn told(&self, setting: &str) -> (Vec<String>, Option<String>) {
        if self.listen == setting {
            (self.addresses.clone(), self.failure.clone())
        } else {
            Default::default()
        }
    }

    fn runs(&self) -> bool {
        self.task.as_ref().is_some_and(|task| !task.is_finished())
    }
}

struct Relay {
    desk: Arc<Desk>,
    info: HubInfo,
}

impl Desk {
    /// Begins, moves or ends serving as the setting says, and tries again what failed. Answers whether anything is
    /// otherwise than before.
    pub async fn keep_relay(self: &Arc<Self>, now: fn() -> Instant) -> bool {
        let Ok(ways) = self.with(|replica| Ok(replica.ways()?)) else { return false };
        let listen = ways.listen;
        let ending = {
            let mut serving = self.serving();
            if serving.listen == listen && (listen.is_empty() || serving.runs()) {
                return false;
            }
            serving.task.take()
        };
        if let Some(ending) = ending {
            ending.abort();
            // Its port is free once it is gone; that it was ended is no news.
            let _ = ending.await;
        }
        let (mut task, mut addresses, mut failure) = (None, Vec::new(), None);
        if !listen.is_empty() {
            match TcpListener::bind(&listen).await {
                Ok(listener) if !self.may_serve(&listener) => failure = Some(NO_CERTIFICATE.to_owned()),
                Ok(listener) => {
                    addresses = listener.local_addr().map(reached_at).unwrap_or_default();
                    let desk = self.clone();
                    task = Some(tokio::spawn(async move {
                        // What ends it is told when it is tried again.
                        let _ = desk.serve_relay(listener, Limits::default(), now, pending()).await;
                    }));
                }
                Err(error) => failure = Some(told(&listen, &error)),
            }
        }
        let mut serving = self.serving();
        let other = serving.listen != listen || serving.addresses != addresses || serving.failure != failure;
        if other && let Some(failure) = &failure {
            tracing::warn!(failure, "the relay can't listen");
        }
        *serving = Serving { listen, task, addresses, failure, answered: serving.answered };
        other
    }

    /// On the network it needs a certificate.
    fn may_serve(&self, listener: &TcpListener) -> bool {
        listener.local_addr().is_ok_and(|address| address.ip().is_loopback())
            || self.replica().as_ref().is_some_and(|replica| replica.credentials().is_some())
    }

    /// Serves this desk's villages until `shutdown`.
    pub async fn serve_relay(
        self: &Arc<Self>,
        listener: TcpListener,
        limits: Limits,
        now: fn() -> Instant,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), Failure> {
        self.in_earnest()?;
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
        let served = daiban_hub::serve(Arc::new(relay), listener, limits, now, shutdown).await;
        Ok(served.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Trouble::new(Code::NotAllowed, NO_CERTIFICATE).because(error),
            _ => Trouble::file(error),
        })?)
    }
}

impl Station for Relay {
    fn info(&self) -> HubInfo {
        self.info.clone()
    }

    /// As the last exchange with the county left it.
    fn credentials(&self, _: Instant) -> Option<Credentials> {
        self.desk.replica().as_ref().and_then(Replica::credentials)
    }

    fn exchange(
        &self,
        sender: DeviceId,
        signature: &str,
        body: &[u8],
        line: Standing,
        now: Instant,
    ) -> Result<Vec<u8>, HubRefusal> {
        let mut replica = self.desk.replica();
        let Some(replica) = replica.as_mut() else { return Err(HubRefusal::Trouble) };
        let answered = replica.intake(|log| {
            log.sign_heads()?;
            engine::answer(log, sender, signature, body, line, now)?.map_err(Refused::Said)
        });
        if let Err(error) = replica.tend_quarantine(now) {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "what can't count waits for the next exchange"
            );
        }
        self.desk.serving().answered += u64::from(answered.is_ok());
        answered.map_err(refusal)
    }

    fn attachments(
        &self,
        sender: DeviceId,
        signature: &str,
        body: &[u8],
        line: Standing,
        now: Instant,
    ) -> Result<Vec<u8>, HubRefusal> {
        let mut replica = self.desk.replica();
        let Some(replica) = replica.as_mut() else { return Err(HubRefusal::Trouble) };
        let answered = replica.commit(now, |writing| {
            attachment::answer(writing, self.info.county, sender, signature, body, line)?
                .map_err(Refused::Said)
        });
        self.desk.serving().answered += u64::from(answered.is_ok());
        answered.map_err(refusal)
    }

    fn enrol(&self, _: &[u8], _: Instant) -> Result<Vec<u8>, HubRefusal> {
        Err(HubRefusal::NotHere)
    }

    fn introduce(&self, _: DeviceId, _: &str, _: &[u8], _: Instant) -> Result<Vec<u8>, HubRefusal> {
        Err(HubRefusal::NotHere)
    }

    fn give_code(&self, _: DeviceId, _: &str, _: &[u8], _: Instant) -> Result<Vec<u8>, HubRefusal> {
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

/// Where villages reach what listens at an address.
fn reached_at(listening: SocketAddr) -> Vec<String> {
    let hosts = if listening.ip().is_unspecified() { local_addresses() } else { vec![listening.ip()] };
    let at = |ip: IpAddr| {
        let scheme = if ip.is_loopback() { "http" } else { "https" };
        format!("{scheme}://{}", SocketAddr::new(ip, listening.port()))
    };
    hosts.into_iter().map(at).collect()
}

/// The addresses of this machine on its networks; of version 4, since people read them out over the telephone.
fn local_addresses() -> Vec<IpAddr> {
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    let usable = interfaces.into_iter().filter(|one| !one.is_loopback() && !one.is_link_local());
    usable.map(|one| one.ip()).filter(IpAddr::is_ipv4).collect()
}

fn told(listen: &str, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!("{listen} 已经有别的程序在用，转接没有打开。换一个端口，或关掉那个程序。")
        }
        io::ErrorKind::AddrNotAvailable => {
            format!("这台电脑现在没有 {listen} 这个地址，转接没有打开。写成 0.0.0.0 就不用管是哪个地址。")
        }
        io::ErrorKind::PermissionDenied => {
            format!("系统不让用 {listen}，转接没有打开。换一个 1024 以上的端口。")
        }
        _ => format!("{listen} 打不开，转接没有打开。请检查这台电脑的网络，每秒会再试。"),
    }
}

/// A desk that was enrolled before there was TLS.
const NO_CERTIFICATE: &str =
    "这台电脑登记得早，还没有加密用的证书，不能给别的村转接。请向县中心要一个新的登记码，重新登记。";

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
