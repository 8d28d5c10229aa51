//! The hub over HTTP. Handlers only convert.

use crate::{Hub, HubError};
use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use daiban_domain::{DeviceId, Instant};
use daiban_exchange::{
    client::{HubInfo, HubRefusal, Refused},
    engine::Question,
    enrolment::Application,
    request, wire,
};
use std::{future::Future, sync::Arc};
use tokio::net::TcpListener;

/// The largest body that is read, in bytes: a packed frame is smaller than an unpacked one.
const BODY_MAX: usize = wire::FRAME_MAX;

#[derive(Clone)]
struct Served {
    hub: Arc<Hub>,
    now: fn() -> Instant,
}

/// Serves until `shutdown`; requests that are under way are finished.
pub async fn serve(
    hub: Arc<Hub>,
    listener: TcpListener,
    now: fn() -> Instant,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let router = Router::new()
        .route(request::HUB, get(info))
        .route(request::ENROL, post(enrol))
        .route(request::EXCHANGE, post(exchange))
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .with_state(Served { hub, now });
    axum::serve(listener, router).with_graceful_shutdown(shutdown).await
}

async fn info(State(served): State<Served>) -> Json<HubInfo> {
    Json(HubInfo {
        program: "daiban-hub".to_owned(),
        county: served.hub.county(),
        protocol_min: wire::PROTOCOL_MIN,
        protocol_max: wire::PROTOCOL_MAX,
    })
}

async fn enrol(State(served): State<Served>, body: Bytes) -> Response {
    answer(move || {
        let application: Application = wire::unpack(&body).map_err(|_| HubRefusal::BadFrame)?;
        let admission = served.hub.admit(&application, (served.now)()).map_err(refusal)?;
        Ok(wire::pack(&admission))
    })
    .await
}

async fn exchange(State(served): State<Served>, headers: HeaderMap, body: Bytes) -> Response {
    answer(move || {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let device: DeviceId =
            text(request::DEVICE).and_then(|id| id.parse().ok()).ok_or(HubRefusal::UnknownDevice)?;
        let signature = text(request::SIGNATURE).ok_or(HubRefusal::UnknownDevice)?;
        let known = served.hub.verify(device, request::EXCHANGE, &body, signature).map_err(refusal)?;
        let question: Question = match wire::unpack(&body) {
            Ok(question) => question,
            Err(_) if known => return Err(HubRefusal::BadFrame),
            Err(_) => return Err(HubRefusal::UnknownDevice),
        };
        if !known {
            let key = served.hub.recall(device, &question).map_err(refusal)?;
            let recalled =
                key.is_some_and(|key| request::verify(request::EXCHANGE, &body, device, signature, &key));
            if !recalled {
                return Err(HubRefusal::UnknownDevice);
            }
        }
        let answer = served.hub.exchange(device, &question, (served.now)()).map_err(refusal)?;
        Ok(wire::pack(&answer))
    })
    .await
}

/// SQLite and zstd block; the runtime's threads must not.
async fn answer(act: impl FnOnce() -> Result<Vec<u8>, HubRefusal> + Send + 'static) -> Response {
    match tokio::task::spawn_blocking(act).await {
        Ok(Ok(bytes)) => bytes.into_response(),
        Ok(Err(refusal)) => refuse(refusal),
        Err(panic) => {
            tracing::error!(%panic, "a request failed");
            refuse(HubRefusal::Trouble)
        }
    }
}

fn refuse(error: HubRefusal) -> Response {
    let status = match error {
        HubRefusal::UnknownDevice => StatusCode::UNAUTHORIZED,
        HubRefusal::BadCode => StatusCode::FORBIDDEN,
        HubRefusal::Trouble => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    };
    (status, Json(Refused { error })).into_response()
}

fn refusal(error: HubError) -> HubRefusal {
    match error {
        HubError::Protocol => HubRefusal::Protocol,
        HubError::WrongCounty => HubRefusal::WrongCounty,
        HubError::BadCode => HubRefusal::BadCode,
        HubError::UnknownDevice => HubRefusal::UnknownDevice,
        HubError::UnknownState => HubRefusal::UnknownState,
        HubError::BadFrame => HubRefusal::BadFrame,
        other => {
            tracing::error!(error = &other as &dyn std::error::Error, "the hub has trouble");
            HubRefusal::Trouble
        }
    }
}
