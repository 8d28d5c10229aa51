//! The line to a hub, over HTTP.

use crate::{
    attachment,
    engine::{Answer, Question},
    enrolment::{Admission, Application, Introduce},
    request::{self, HubInfo, HubRefusal, Refused},
    wire,
};
use daiban_domain::{DeviceId, PersonId};
use ed25519_dalek::SigningKey;
use std::time::Duration;

#[derive(Debug, thiserror::Error)]
pub enum ClientError {
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

/// Keeps its connection between requests.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    base: String,
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

impl Client {
    /// `base`: `http://host:port`.
    pub fn new(base: &str) -> Result<Self, ClientError> {
        let http = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(10))
            .read_timeout(SILENCE)
            .no_proxy()
            .build()
            .map_err(ClientError::Unreachable)?;
        Ok(Self { http, base: base.trim_end_matches('/').to_owned() })
    }

    /// Who is there, if it is this program of ours.
    pub async fn info(&self, program: &str) -> Result<HubInfo, ClientError> {
        let response = self.http.get(format!("{}{}", self.base, request::HUB)).send().await;
        let bytes =
            response.map_err(ClientError::Unreachable)?.bytes().await.map_err(ClientError::Unreachable)?;
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
        let response = response.map_err(ClientError::Unreachable)?;
        let status = response.status();
        let bytes = response.bytes().await.map_err(ClientError::Unreachable)?;
        if !status.is_success() {
            let refused: Refused = serde_json::from_slice(&bytes).map_err(|_| ClientError::NoHub)?;
            return Err(ClientError::Refused(refused.error));
        }
        let answer = wire::unpack(&bytes).map_err(ClientError::Answer)?;
        Ok(Delivered { answer, bytes_up, bytes_down: bytes.len() as u64 })
    }
}
