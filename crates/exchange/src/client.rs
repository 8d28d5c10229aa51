//! The line to a hub, over HTTP and TLS.

use crate::{
    attachment,
    engine::{Answer, Question},
    enrolment::{Admission, Application, AskCode, GivenCode, Introduce},
    request::{self, HubInfo, HubRefusal, Refused},
    tls::{self, Trust},
    wire,
};
use daiban_domain::{DeviceId, PersonId};
use ed25519_dalek::SigningKey;
use reqwest::{Url, redirect::Policy};
use std::{error::Error, io, net::IpAddr, time::Duration};

#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    #[error("that is no address")]
    Address,
    #[error("the address isn't on this machine, and without TLS")]
    Plain,
    #[error("this device has no certificate to show")]
    NoCertificate,
    #[error("TLS can't be set up")]
    Tls(#[source] rustls::Error),
    #[error("who answers there isn't whom the line should lead to")]
    Stranger(#[source] reqwest::Error),
    #[error("who answers there doesn't let this device in")]
    TurnedAway(#[source] reqwest::Error),
    #[error("the hub can't be reached")]
    Unreachable(#[source] reqwest::Error),
    #[error("what answers there is no hub")]
    NoHub,
    #[error("the hub refused: {0:?}")]
    Refused(HubRefusal),
    #[error("no protocol is spoken by both sides; the older one: {0:?}")]
    NoCommonProtocol(wire::Older),
    #[error("the hub's answer can't be read")]
    Answer(#[source] wire::FrameError),
}

impl ClientError {
    /// Somebody was there, and the line broke before the answer was whole: a smaller page may come through.
    pub fn broke(&self) -> bool {
        matches!(self, Self::Unreachable(error) if !error.is_connect() && !error.is_builder())
    }
}

/// Keeps its connection between requests, and what is needed to resume it.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    trust: Option<Trust>,
}

/// An answer with the bytes that it cost, HTTP bodies alone.
#[derive(Debug)]
pub struct Delivered<T> {
    pub answer: T,
    pub bytes_up: u64,
    pub bytes_down: u64,
}

/// How long a line may stay silent before it counts as dead.
const SILENCE: Duration = Duration::from_secs(30);

/// How long a connection waits for its next request: the desk's exchanges are a minute apart, and the hub waits a little longer.
const IDLE: Duration = Duration::from_secs(90);

impl Client {
    /// `base`: `https://host:port`, or `http://host:port` of this very machine, where nobody is on the line.
    pub fn new(base: &str, trust: Option<Trust>) -> Result<Self, ClientError> {
        let url = Url::parse(base).map_err(|_| ClientError::Address)?;
        let builder = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(10))
            .read_timeout(SILENCE)
            .pool_idle_timeout(IDLE)
            .redirect(Policy::none())
            .no_proxy();
        let config = match (url.scheme(), &trust) {
            ("http", _) if is_this_machine(url.host_str().unwrap_or_default()) => tls::nobody(),
            ("http", _) => return Err(ClientError::Plain),
            ("https", Some(trust)) => trust.config(),
            ("https", None) => return Err(ClientError::NoCertificate),
            _ => return Err(ClientError::Address),
        };
        let builder = builder.tls_backend_preconfigured(config.map_err(ClientError::Tls)?);
        let http = builder.build().map_err(ClientError::Unreachable)?;
        Ok(Self { http, base: base.trim().trim_end_matches('/').to_owned(), trust })
    }

    /// Whether it leads to the same place with the same certificates.
    pub fn serves(&self, base: &str, trust: Option<&Trust>) -> bool {
        let same = match (&self.trust, trust) {
            (Some(one), Some(other)) => one.same(other),
            (one, other) => one.is_none() && other.is_none(),
        };
        same && self.leads_to(base)
    }

    pub fn leads_to(&self, base: &str) -> bool {
        self.base == base.trim().trim_end_matches('/')
    }

    /// Who is there, if it is this program of ours.
    pub async fn info(&self, program: &str) -> Result<HubInfo, ClientError> {
        let response = self.http.get(format!("{}{}", self.base, request::HUB)).send().await;
        let bytes = response.map_err(failed)?.bytes().await.map_err(failed)?;
        let info: HubInfo = serde_json::from_slice(&bytes).map_err(|_| ClientError::NoHub)?;
        if info.program == program { Ok(info) } else { Err(ClientError::NoHub) }
    }

    pub async fn enrol(&self, application: &Application) -> Result<Admission, ClientError> {
        let body = wire::pack(application);
        let response = self.http.post(format!("{}{}", self.base, request::ENROL)).body(body).send().await;
        Ok(Self::read(response, 0).await?.answer)
    }

    pub async fn exchange(
        &self,
        question: &Question,
        device: DeviceId,
        key: &SigningKey,
    ) -> Result<Delivered<Answer>, ClientError> {
        self.ask(request::EXCHANGE, wire::pack(question), device, key).await
    }

    /// Brings and fetches attachments.
    pub async fn attachments(
        &self,
        question: &attachment::Question,
        device: DeviceId,
        key: &SigningKey,
    ) -> Result<Delivered<attachment::Answer>, ClientError> {
        self.ask(request::ATTACHMENTS, wire::pack_plain(question), device, key).await
    }

    /// Asks for another person at a device; asked again with the same code it answers the same.
    pub async fn introduce(
        &self,
        person: &Introduce,
        device: DeviceId,
        key: &SigningKey,
    ) -> Result<PersonId, ClientError> {
        Ok(self.ask(request::USERS, wire::pack(person), device, key).await?.answer)
    }

    /// Asks for a one-time code.
    pub async fn ask_code(
        &self,
        wanted: &AskCode,
        device: DeviceId,
        key: &SigningKey,
    ) -> Result<GivenCode, ClientError> {
        Ok(self.ask(request::CODES, wire::pack(wanted), device, key).await?.answer)
    }

    /// A request that a device signs for.
    async fn ask<T: for<'b> minicbor::Decode<'b, ()>>(
        &self,
        path: &str,
        body: Vec<u8>,
        device: DeviceId,
        key: &SigningKey,
    ) -> Result<Delivered<T>, ClientError> {
        let up = body.len() as u64;
        let response = self
            .http
            .post(format!("{}{path}", self.base))
            .header(request::DEVICE, device.to_string())
            .header(request::SIGNATURE, request::sign(path, &body, device, key))
            .body(body)
            .send()
            .await;
        Self::read(response, up).await
    }

    async fn read<T: for<'b> minicbor::Decode<'b, ()>>(
        response: Result<reqwest::Response, reqwest::Error>,
        bytes_up: u64,
    ) -> Result<Delivered<T>, ClientError> {
        let response = response.map_err(failed)?;
        let status = response.status();
        let bytes = response.bytes().await.map_err(failed)?;
        if !status.is_success() {
            let refused: Refused = serde_json::from_slice(&bytes).map_err(|_| ClientError::NoHub)?;
            return Err(ClientError::Refused(refused.error));
        }
        let answer = wire::unpack(&bytes).map_err(ClientError::Answer)?;
        Ok(Delivered { answer, bytes_up, bytes_down: bytes.len() as u64 })
    }
}

/// Whether a host, without its port, is the machine that this runs on.
pub fn is_this_machine(host: &str) -> bool {
    let ip = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost" || ip.is_ok_and(|ip| ip.is_loopback())
}

/// A certificate that isn't taken, here or there, is another matter than a line that is down.
fn failed(error: reqwest::Error) -> ClientError {
    match of_tls(&error) {
        Some(rustls::Error::AlertReceived(_)) => ClientError::TurnedAway(error),
        Some(_) => ClientError::Stranger(error),
        None => ClientError::Unreachable(error),
    }
}

fn of_tls(error: &reqwest::Error) -> Option<&rustls::Error> {
    let mut cause = error.source();
    while let Some(error) = cause {
        // An error of TLS travels inside one of input and output, which doesn't name it as its source.
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        if let Some(found) = inner.and_then(|inner| inner.downcast_ref()) {
            return Some(found);
        }
        cause = inner.map(|inner| inner as &(dyn Error + 'static)).or_else(|| error.source());
    }
    None
}
