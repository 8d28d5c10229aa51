//! The way in: connections, TLS, and what a caller may ask before anything of it is read. Who is turned away leaves a line in the
//! log, and nothing else.

use crate::{
    Limits, Station,
    limits::Allowance,
    serve::{Now, refuse, router, signed_by},
};
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::{Request, State},
    http::{header, request::Parts},
    middleware::{self, Next},
    response::Response,
};
use daiban_domain::Instant;
use daiban_exchange::{
    attachment,
    certificate::{self, Root, Standing},
    request::{self, HubRefusal},
    tls::{Credentials, Served},
    wire,
};
use http_body_util::BodyExt;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
    service::TowerToHyperService,
};
use rustls::pki_types::CertificateDer;
use std::{
    future::Future,
    io,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::JoinSet,
    time::{self, timeout, timeout_at},
};
use tokio_rustls::TlsAcceptor;

/// What somebody without a certificate may send: an application is a few hundred bytes.
const APPLICATION_MAX: usize = 16 * 1024;

/// How often the certificate that is shown is made anew.
const FRESH: Duration = Duration::from_secs(60 * 60);

/// How long requests that are under way are waited for.
const FAREWELL: Duration = Duration::from_secs(30);

/// Who is at the other end of a connection.
#[derive(Clone)]
struct Caller {
    address: SocketAddr,
    /// The certificates it has shown; empty without TLS and for strangers.
    shown: Arc<[CertificateDer<'static>]>,
}

struct Door {
    limits: Limits,
    /// With TLS.
    root: Option<Root>,
    now: Now,
    seats: Arc<Semaphore>,
    strangers: Arc<Semaphore>,
    spent: Mutex<Spent>,
}

struct Spent {
    requests: Allowance<Asker>,
    wrong_codes: Allowance<IpAddr>,
    all_wrong_codes: Allowance<()>,
}

/// Whose requests are counted together.
#[derive(PartialEq, Eq, Hash)]
enum Asker {
    Key([u8; 32]),
    Address(IpAddr),
}

/// Serves until `shutdown`; requests that are under way are finished. With TLS unless only this machine can call.
pub async fn serve(
    station: Arc<dyn Station>,
    listener: TcpListener,
    limits: Limits,
    now: impl Fn() -> Instant + Send + Sync + 'static,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let now: Now = Arc::new(now);
    let shown = if limits.tls || !listener.local_addr()?.ip().is_loopback() {
        let missing = || io::Error::new(io::ErrorKind::NotFound, "no certificate to show");
        Some(credentials(&station, &now).await.ok_or_else(missing)?)
    } else {
        None
    };
    let clock = now.clone();
    let tls = shown.as_ref().map(|shown| Served::new(shown, move || clock()));
    let tls = tls.transpose().map_err(io::Error::other)?;
    let door = Arc::new(Door {
        root: shown.map(|credentials| credentials.root),
        now: now.clone(),
        seats: Arc::new(Semaphore::new(limits.connections)),
        strangers: Arc::new(Semaphore::new(limits.strangers)),
        spent: Mutex::new(Spent {
            requests: Allowance::new(limits.requests),
            wrong_codes: Allowance::new(limits.wrong_codes),
            all_wrong_codes: Allowance::new(limits.all_wrong_codes),
        }),
        limits,
    });
    let router =
        router(station.clone(), now.clone()).layer(middleware::from_fn_with_state(door.clone(), enter));
    let (graceful, mut connections) = (GracefulShutdown::new(), JoinSet::new());
    let mut fresh = time::interval_at(time::Instant::now() + FRESH, FRESH);
    tokio::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = fresh.tick() => {
                if let Some(tls) = &tls
                    && let Some(credentials) = credentials(&station, &now).await
                {
                    tls.show(&credentials).map_err(io::Error::other)?;
                }
                continue;
            }
            () = &mut shutdown => break,
        };
        while connections.try_join_next().is_some() {}
        let (stream, address) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors, mostly: some are free again in a moment.
                tracing::error!(%error, "a connection couldn't be taken");
                time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let acceptor = tls.as_ref().map(|tls| TlsAcceptor::from(tls.config.clone()));
        let (door, router, watcher) = (door.clone(), router.clone(), graceful.watcher());
        connections.spawn(async move {
            let Ok(_seat) = door.seats.clone().try_acquire_owned() else {
                return tracing::warn!(%address, "refused: too many connections");
            };
            door.attend(stream, address, acceptor, router, watcher).await;
        });
    }
    // What takes longer than this is cut.
    let _ = timeout(FAREWELL, graceful.shutdown()).await;
    Ok(())
}

/// Files and databases block; the runtime's threads must not.
async fn credentials(station: &Arc<dyn Station>, now: &Now) -> Option<Credentials> {
    let (station, now) = (station.clone(), now.clone());
    tokio::task::spawn_blocking(move || station.credentials(now())).await.ok().flatten()
}

impl Door {
    /// Serves one connection to its end.
    async fn attend(
        &self,
        stream: TcpStream,
        address: SocketAddr,
        acceptor: Option<TlsAcceptor>,
        router: axum::Router,
        watcher: Watcher,
    ) {
        // Answers are whole before they are sent: nothing is gained by waiting for more.
        let _ = stream.set_nodelay(true);
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(self.limits.headers);
        let Some(acceptor) = acceptor else {
            let service = router.layer(Extension(Caller { address, shown: Arc::new([]) }));
            let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
            return ended(address, watcher.watch(connection).await);
        };
        let stream = match timeout(self.limits.handshake, acceptor.accept(stream)).await {
            Ok(Ok(stream)) => stream,
            Ok(Err(error)) => return tracing::warn!(%address, %error, "refused: no handshake"),
            Err(_) => return tracing::warn!(%address, "refused: the handshake took too long"),
        };
        let shown: Arc<[_]> = stream.get_ref().1.peer_certificates().unwrap_or_default().into();
        let seat =
            if shown.is_empty() { self.strangers.clone().try_acquire_owned().map(Some) } else { Ok(None) };
        let Ok(_seat) = seat else {
            return tracing::warn!(%address, "refused: too many connections without a certificate");
        };
        let service = router.layer(Extension(Caller { address, shown }));
        let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        ended(address, watcher.watch(connection).await);
    }

    /// Looks at a request before it is read, reads it, and says how its certificate stands.
    async fn look(&self, caller: &Caller, head: &Parts, body: Body) -> Result<(Standing, Bytes), HubRefusal> {
        let (path, ip) = (head.uri.path(), caller.address.ip());
        let key = caller.shown.first().and_then(certificate::key);
        let asker = key.map_or(Asker::Address(ip), Asker::Key);
        let now = time::Instant::now();
        let mut most = if path == request::ATTACHMENTS { attachment::BODY_MAX } else { wire::FRAME_MAX };
        {
            let mut spent = self.spent();
            if !spent.requests.take(asker, now) {
                return Err(HubRefusal::TooOften);
            }
            let guessed = spent.wrong_codes.spent(&ip, now) || spent.all_wrong_codes.spent(&(), now);
            if path == request::ENROL && guessed {
                return Err(HubRefusal::TooOften);
            }
        }
        let line = match &self.root {
            Some(_) if caller.shown.is_empty() => {
                let open = match path {
                    request::HUB | request::ENROL => true,
                    // For whoever runs it, sitting at it.
                    "/" => ip.is_loopback(),
                    _ => false,
                };
                if !open {
                    return Err(HubRefusal::NoCertificate);
                }
                Standing::Good
            }
            Some(root) => certificate::standing(&caller.shown, root, (self.now)())
                .map_err(|_| HubRefusal::NoCertificate)?,
            None => Standing::Good,
        };
        let deposits = matches!(path, request::HUB | request::EXCHANGE | request::ATTACHMENTS);
        if line == Standing::Expired && !deposits {
            return Err(HubRefusal::ExpiredCertificate);
        }
        if path == request::ENROL || (self.root.is_some() && caller.shown.is_empty()) {
            most = APPLICATION_MAX;
        }
        let body = self.read(head, body, most).await?;
        // What is signed for is signed with the very key that the line was made with.
        if let (Some(key), Some((device, signature))) = (key, signed_by(&head.headers)) {
            let key = key.as_slice().try_into().map_err(|_| HubRefusal::OtherCertificate)?;
            if !request::verify(path, &body, device, signature, &key) {
                return Err(HubRefusal::OtherCertificate);
            }
        }
        Ok((line, body))
    }

    /// Reads a body that isn't too large and doesn't come too slowly.
    async fn read(&self, head: &Parts, mut body: Body, most: usize) -> Result<Bytes, HubRefusal> {
        let said = head.headers.get(header::CONTENT_LENGTH);
        let said: Option<usize> = said.and_then(|said| said.to_str().ok()?.parse().ok());
        if said.is_some_and(|said| said > most) {
            return Err(HubRefusal::TooLarge);
        }
        let begun = time::Instant::now();
        let mut bytes = Vec::new();
        loop {
            let frame = timeout_at(self.limits.due(begun, bytes.len()), body.frame());
            let frame = match frame.await.map_err(|_| HubRefusal::TooSlow)? {
                Some(frame) => frame.map_err(|_| HubRefusal::BadFrame)?,
                None => return Ok(bytes.into()),
            };
            if let Ok(data) = frame.into_data() {
                if bytes.len() + data.len() > most {
                    return Err(HubRefusal::TooLarge);
                }
                bytes.extend_from_slice(&data);
            }
        }
    }

    fn spent(&self) -> MutexGuard<'_, Spent> {
        self.spent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn ended(address: SocketAddr, outcome: hyper::Result<()>) {
    if let Err(error) = outcome {
        if error.is_timeout() {
            tracing::warn!(%address, "refused: headers took too long");
        } else {
            tracing::debug!(%address, %error, "a connection broke");
        }
    }
}

async fn enter(
    State(door): State<Arc<Door>>,
    Extension(caller): Extension<Caller>,
    request: Request,
    next: Next,
) -> Response {
    let (mut head, body) = request.into_parts();
    let path = head.uri.path().to_owned();
    let device = signed_by(&head.headers).map(|(device, _)| device.to_string()).unwrap_or_default();
    let response = match door.look(&caller, &head, body).await {
        Ok((line, body)) => {
            head.extensions.insert(line);
            next.run(Request::from_parts(head, Body::from(body))).await
        }
        Err(refusal) => refuse(refusal),
    };
    if let Some(refusal) = response.extensions().get::<HubRefusal>() {
        let address = caller.address;
        tracing::warn!(%address, device, path, ?refusal, "refused");
        if *refusal == HubRefusal::BadCode {
            let (mut spent, now) = (door.spent(), time::Instant::now());
            spent.wrong_codes.take(address.ip(), now);
            spent.all_wrong_codes.take((), now);
        }
    }
    response
}
