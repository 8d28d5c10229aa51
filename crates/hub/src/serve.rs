//! A hub or a relay over HTTP. Handlers only convert.

use crate::{Hub, HubError, status};
use axum::{
    Extension, Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::{get, post},
};
use daiban_domain::{DeviceId, Instant};
use daiban_exchange::{
    certificate::Standing,
    enrolment::Application,
    request::{self, HUB_PROGRAM, HubInfo, HubRefusal, Refused},
    tls::Credentials,
    wire,
};
use std::sync::Arc;

/// What stands behind the routes: the county's hub, or a township's desk that serves its villages.
pub trait Station: Send + Sync + 'static {
    fn info(&self) -> HubInfo;

    /// What it shows on the line, made anew; `None` if it has no certificate, or can't make one now.
    fn credentials(&self, now: Instant) -> Option<Credentials>;

    /// Answers a packed question that a device has signed. `line`: how the certificate stands that it has shown.
    fn exchange(
        &self,
        sender: DeviceId,
        signature: &str,
        body: &[u8],
        line: Standing,
        now: Instant,
    ) -> Result<Vec<u8>, HubRefusal>;

    /// Answers a packed question about attachments that a device has signed.
    fn attachments(
        &self,
        sender: DeviceId,
        signature: &str,
        body: &[u8],
        line: Standing,
        now: Instant,
    ) -> Result<Vec<u8>, HubRefusal>;

    /// Answers a packed application.
    fn enrol(&self, body: &[u8], now: Instant) -> Result<Vec<u8>, HubRefusal>;

    /// Answers a packed request for another person at the device that has signed it.
    fn introduce(
        &self,
        sender: DeviceId,
        signature: &str,
        body: &[u8],
        now: Instant,
    ) -> Result<Vec<u8>, HubRefusal>;

    /// Answers a packed request for a one-time code.
    fn give_code(
        &self,
        sender: DeviceId,
        signature: &str,
        body: &[u8],
        now: Instant,
    ) -> Result<Vec<u8>, HubRefusal>;

    /// How everything is, as HTML for whoever runs it.
    fn page(&self, now: Instant) -> Result<String, HubRefusal>;
}

/// Who hasn't come for so many days stands first on the hub's page.
const ABSENT_DAYS: u32 = 7;

impl Station for Hub {
    fn info(&self) -> HubInfo {
        HubInfo {
            program: HUB_PROGRAM.to_owned(),
            county: self.county(),
            holder: self.device(),
            protocol_min: wire::PROTOCOL_MIN,
            protocol_max: wire::PROTOCOL_MAX,
        }
    }

    fn credentials(&self, now: Instant) -> Option<Credentials> {
        self.credentials(now).unwrap_or_else(|error| {
            tracing::error!(error = &error as &dyn std::error::Error, "no certificate could be made");
            None
        })
    }

    fn exchange(
        &self,
        sender: DeviceId,
        signature: &str,
        body: &[u8],
        line: Standing,
        now: Instant,
    ) -> Result<Vec<u8>, HubRefusal> {
        self.exchange(sender, signature, body, line, now).map_err(refusal)?
    }

    fn attachments(
        &self,
        sender: DeviceId,
        signature: &str,
        body: &[u8],
        line: Standing,
        now: Instant,
    ) -> Result<Vec<u8>, HubRefusal> {
        self.attachments(sender, signature, body, line, now).map_err(refusal)?
    }

    fn enrol(&self, body: &[u8], now: Instant) -> Result<Vec<u8>, HubRefusal> {
        let application: Application = wire::unpack(body).map_err(|_| HubRefusal::BadFrame)?;
        Ok(wire::pack(&self.admit(&application, now).map_err(refusal)?))
    }

    fn introduce(
        &self,
        sender: DeviceId,
        signature: &str,
        body: &[u8],
        now: Instant,
    ) -> Result<Vec<u8>, HubRefusal> {
        Ok(wire::pack(&self.introduce(sender, signature, body, now).map_err(refusal)?))
    }

    fn give_code(
        &self,
        sender: DeviceId,
        signature: &str,
        body: &[u8],
        now: Instant,
    ) -> Result<Vec<u8>, HubRefusal> {
        Ok(wire::pack(&self.give_code(sender, signature, body, now).map_err(refusal)?))
    }

    fn page(&self, now: Instant) -> Result<String, HubRefusal> {
        Ok(status::html(&self.status(ABSENT_DAYS, now).map_err(refusal)?))
    }
}

/// The clock.
pub(crate) type Now = Arc<dyn Fn() -> Instant + Send + Sync>;

#[derive(Clone)]
struct Served {
    station: Arc<dyn Station>,
    now: Now,
}

/// The routes to a station.
pub(crate) fn router(station: Arc<dyn Station>, now: Now) -> Router {
    Router::new()
        .route("/", get(page))
        .route(request::HUB, get(info))
        .route(request::ENROL, post(enrol))
        .route(request::USERS, post(introduce))
        .route(request::CODES, post(give_code))
        .route(request::EXCHANGE, post(exchange))
        .route(request::ATTACHMENTS, post(attachments))
        // Bodies have been read, and weighed, at the door.
        .layer(DefaultBodyLimit::disable())
        .with_state(Served { station, now })
}

async fn info(State(served): State<Served>) -> Json<HubInfo> {
    Json(served.station.info())
}

async fn page(State(served): State<Served>) -> Response {
    match blocking(move || served.station.page((served.now)())).await {
        Ok(page) => {
            let headers = [
                (header::CACHE_CONTROL, "no-store"),
                (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'"),
            ];
            (headers, Html(page)).into_response()
        }
        Err(refusal) => refuse(refusal),
    }
}

async fn enrol(State(served): State<Served>, body: Bytes) -> Response {
    answer(move || served.station.enrol(&body, (served.now)())).await
}

async fn introduce(State(served): State<Served>, headers: HeaderMap, body: Bytes) -> Response {
    signed(headers, move |sender, signature| {
        served.station.introduce(sender, signature, &body, (served.now)())
    })
    .await
}

async fn give_code(State(served): State<Served>, headers: HeaderMap, body: Bytes) -> Response {
    signed(headers, move |sender, signature| {
        served.station.give_code(sender, signature, &body, (served.now)())
    })
    .await
}

async fn exchange(
    State(served): State<Served>,
    Extension(line): Extension<Standing>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    signed(headers, move |sender, signature| {
        served.station.exchange(sender, signature, &body, line, (served.now)())
    })
    .await
}

async fn attachments(
    State(served): State<Served>,
    Extension(line): Extension<Standing>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    signed(headers, move |sender, signature| {
        served.station.attachments(sender, signature, &body, line, (served.now)())
    })
    .await
}

/// Answers a request that a device has signed.
async fn signed(
    headers: HeaderMap,
    of: impl FnOnce(DeviceId, &str) -> Result<Vec<u8>, HubRefusal> + Send + 'static,
) -> Response {
    answer(move || {
        let (sender, signature) = signed_by(&headers).ok_or(HubRefusal::UnknownDevice)?;
        of(sender, signature)
    })
    .await
}

/// Whose request it claims to be, and the signature that is to show it.
pub(crate) fn signed_by(headers: &HeaderMap) -> Option<(DeviceId, &str)> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    Some((text(request::DEVICE)?.parse().ok()?, text(request::SIGNATURE)?))
}

async fn answer(act: impl FnOnce() -> Result<Vec<u8>, HubRefusal> + Send + 'static) -> Response {
    blocking(act).await.map_or_else(refuse, IntoResponse::into_response)
}

/// SQLite and zstd block; the runtime's threads must not.
async fn blocking<T: Send + 'static>(
    act: impl FnOnce() -> Result<T, HubRefusal> + Send + 'static,
) -> Result<T, HubRefusal> {
    tokio::task::spawn_blocking(act).await.unwrap_or_else(|panic| {
        // Its message may quote what was being read.
        tracing::error!(cancelled = panic.is_cancelled(), "a request failed");
        Err(HubRefusal::Trouble)
    })
}

pub(crate) fn refuse(error: HubRefusal) -> Response {
    let status = match error {
        HubRefusal::UnknownDevice | HubRefusal::NoCertificate => StatusCode::UNAUTHORIZED,
        HubRefusal::BadCode | HubRefusal::OtherCertificate | HubRefusal::ExpiredCertificate => {
            StatusCode::FORBIDDEN
        }
        HubRefusal::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        HubRefusal::TooOften => StatusCode::TOO_MANY_REQUESTS,
        HubRefusal::TooSlow => StatusCode::REQUEST_TIMEOUT,
        HubRefusal::Trouble => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    };
    // The reason once more, for whoever logs it.
    (status, Extension(error), Json(Refused { error })).into_response()
}

fn refusal(error: HubError) -> HubRefusal {
    match error {
        HubError::Frame => HubRefusal::BadFrame,
        HubError::Protocol => HubRefusal::Protocol,
        HubError::BadCode => HubRefusal::BadCode,
        HubError::NotAllowed | HubError::UnknownUnit(_) => HubRefusal::NotAllowed,
        HubError::UnknownDevice => HubRefusal::UnknownDevice,
        other => {
            tracing::error!(error = &other as &dyn std::error::Error, "the hub has trouble");
            HubRefusal::Trouble
        }
    }
}
