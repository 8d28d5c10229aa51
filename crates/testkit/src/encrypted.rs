//! TLS in tests: a hub that serves with it even on loopback, a connection that is written to by hand, and what the log says.

use crate::County;
use daiban_domain::Instant;
use daiban_exchange::tls::Trust;
use daiban_hub::{Limits, Station, serve};
use std::{
    io::{self, Write},
    sync::{Arc, Mutex, atomic::Ordering},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::{Duration, sleep},
};
use tokio_rustls::{TlsConnector, client::TlsStream};
use tracing::subscriber::DefaultGuard;

/// Serves until it is dropped.
pub struct Encrypted {
    pub url: String,
    serving: JoinHandle<()>,
}

impl Drop for Encrypted {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Encrypted {
    pub async fn new(
        station: Arc<dyn Station>,
        limits: Limits,
        now: impl Fn() -> Instant + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        let limits = Limits { tls: true, ..limits };
        let serving = tokio::spawn(async move {
            serve(station, listener, limits, now, std::future::pending()).await.unwrap();
        });
        Self { url, serving }
    }
}

impl County {
    /// The hub at another address, with TLS.
    pub async fn encrypted(&self, limits: Limits) -> Encrypted {
        let clock = self.clock.clone();
        Encrypted::new(self.hub.clone(), limits, move || Instant(clock.load(Ordering::SeqCst))).await
    }
}

/// A connection without HTTP's manners.
pub struct Raw(TlsStream<TcpStream>);

impl Raw {
    pub async fn connect(url: &str, trust: &Trust) -> io::Result<Self> {
        let address = url.strip_prefix("https://").unwrap();
        let name = address.split(':').next().unwrap().to_owned().try_into().unwrap();
        let connector = TlsConnector::from(Arc::new(trust.config().unwrap()));
        Ok(Self(connector.connect(name, TcpStream::connect(address).await?).await?))
    }

    pub async fn write(&mut self, text: impl AsRef<[u8]>) -> io::Result<()> {
        self.0.write_all(text.as_ref()).await?;
        self.0.flush().await
    }

    /// What comes until the other side closes, or has answered whole.
    pub async fn read(&mut self) -> String {
        let mut answer = Vec::new();
        let mut buffer = [0; 4096];
        while !whole(&answer)
            && let Ok(read @ 1..) = self.0.read(&mut buffer).await
        {
            answer.extend_from_slice(&buffer[..read]);
        }
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Sends a whole request and returns status and body.
    pub async fn ask(&mut self, path: &str, headers: &[(&str, &str)], body: &[u8]) -> (u16, String) {
        let mut head = format!("POST {path} HTTP/1.1\r\nhost: hub\r\ncontent-length: {}\r\n", body.len());
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        self.write([format!("{head}\r\n").as_bytes(), body].concat()).await.unwrap();
        let answer = self.read().await;
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        (status, answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default())
    }
}

/// Whether an answer is here as long as it says that it is.
fn whole(answer: &[u8]) -> bool {
    let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(&answer[..end]);
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    length.is_some_and(|length| answer.len() - end - 4 >= length.parse().unwrap())
}

/// What is logged on this thread while it lives.
pub struct Words {
    written: Buffer,
    _guard: DefaultGuard,
}

#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Words {
    pub fn hear() -> Self {
        let written = Buffer::default();
        let buffer = written.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_max_level(tracing::Level::INFO)
            .with_writer(move || buffer.clone())
            .finish();
        Self { written, _guard: tracing::subscriber::set_default(subscriber) }
    }

    /// All of it, up to now.
    pub fn said(&self) -> String {
        String::from_utf8(self.written.0.lock().unwrap().clone()).unwrap()
    }

    /// The lines in which something was turned away.
    pub fn refused(&self) -> Vec<String> {
        self.said().lines().filter(|line| line.contains("refused")).map(str::to_owned).collect()
    }

    /// Waits until something was turned away for a reason: the other end may hear of it before it is logged.
    pub async fn refused_for(&self, reason: &str) {
        for _ in 0..1_000 {
            if self.refused().iter().any(|line| line.contains(reason)) {
                return;
            }
            sleep(Duration::from_millis(10)).await;
        }
        panic!("{reason} isn't among {:#?}", self.refused());
    }
}
