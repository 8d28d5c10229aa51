//! A line that breaks, or is slow: between a desk and the hub, on real sockets.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    task::JoinHandle,
    time::{Instant, sleep_until},
};

/// Lets bytes through until it cuts the connection.
pub struct Line {
    pub url: String,
    limits: Arc<Limits>,
    running: JoinHandle<()>,
}

/// How fast a line is. Connections don't share it: the one that a desk makes has it to itself.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Bytes a second, each way.
    pub rate: f64,
    /// From one end to the other.
    pub delay: Duration,
}

impl Pace {
    /// What a packet of so many bytes of content takes on the wire, with the heads of TCP and IP.
    fn takes(&self, content: usize) -> Duration {
        const PACKET: usize = 1400;
        const HEADS: usize = 40;
        let bytes = content + content.div_ceil(PACKET) * HEADS;
        Duration::from_secs_f64(bytes as f64 / self.rate)
    }

    /// From the first packet until TCP may be spoken on: one round trip.
    fn greeting(&self) -> Duration {
        2 * self.delay
    }
}

/// How many bytes of each connection still get through.
struct Limits {
    /// Grows whenever they are set anew, also for connections that are kept.
    turn: AtomicU64,
    up: AtomicU64,
    down: AtomicU64,
    /// Towards the hub, over all connections.
    in_all: AtomicU64,
    /// How many were made.
    connections: AtomicU64,
    /// Bytes that got through, towards the hub and from it.
    sent: AtomicU64,
    received: AtomicU64,
}

impl Limits {
    fn none() -> Self {
        Self {
            turn: AtomicU64::new(0),
            up: AtomicU64::new(u64::MAX),
            down: AtomicU64::new(u64::MAX),
            in_all: AtomicU64::new(u64::MAX),
            connections: AtomicU64::new(0),
            sent: AtomicU64::new(0),
            received: AtomicU64::new(0),
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.running.abort();
    }
}

impl Line {
    /// A whole line to the hub at `url`.
    pub async fn to(url: &str) -> Self {
        let (scheme, hub) = url.split_once("://").unwrap();
        let hub = hub.to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("{scheme}://{}", listener.local_addr().unwrap());
        let limits = Arc::new(Limits::none());
        let cut = limits.clone();
        let running = tokio::spawn(async move {
            while let Ok((desk, _)) = listener.accept().await {
                let Ok(hub) = TcpStream::connect(&hub).await else { continue };
                let limits = cut.clone();
                limits.connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(async move {
                    let (from_desk, to_desk) = desk.into_split();
                    let (from_hub, to_hub) = hub.into_split();
                    let endless = AtomicU64::new(u64::MAX);
                    let up =
                        pour(from_desk, to_hub, (&limits.up, &limits.turn), &limits.in_all, &limits.sent);
                    let down =
                        pour(from_hub, to_desk, (&limits.down, &limits.turn), &endless, &limits.received);
                    // Whichever ends first takes the other with it: a cut line is cut both ways.
                    tokio::select! { () = up => {}, () = down => {} }
                });
            }
        });
        Self { url, limits, running }
    }

    /// A slow line to the hub at `url`. Its connections are made beforehand and wait for what making them would have taken.
    pub async fn slow(url: &str, pace: Pace) -> Self {
        let (scheme, hub) = url.split_once("://").unwrap();
        let hub = hub.to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("{scheme}://{}", listener.local_addr().unwrap());
        let limits = Arc::new(Limits::none());
        let running = tokio::spawn(async move {
            while let Ok((desk, _)) = listener.accept().await {
                let begun = Instant::now();
                let Ok(hub) = TcpStream::connect(&hub).await else { continue };
                tokio::spawn(async move {
                    let (from_desk, to_desk) = desk.into_split();
                    let (from_hub, to_hub) = hub.into_split();
                    let up = trickle(from_desk, to_hub, pace, begun + pace.greeting());
                    let down = trickle(from_hub, to_desk, pace, begun);
                    tokio::select! { () = up => {}, () = down => {} }
                });
            }
        });
        Self { url, limits, running }
    }

    /// Lets so many bytes of each connection through from now on, towards the hub and from it; cuts it when more come. What is
    /// cut has been sent: with 0 from it, a hub has done what it was asked and is never heard.
    pub fn cut_after(&self, up: u64, down: u64) {
        self.limits.up.store(up, Ordering::SeqCst);
        self.limits.down.store(down, Ordering::SeqCst);
        self.limits.turn.fetch_add(1, Ordering::SeqCst);
    }

    /// Lets so many bytes more through towards the hub, over however many connections.
    pub fn cut_for_good_after(&self, up: u64) {
        self.mend();
        self.limits.in_all.store(up, Ordering::SeqCst);
    }

    /// How many connections were made.
    pub fn connections(&self) -> u64 {
        self.limits.connections.load(Ordering::SeqCst)
    }

    /// Bytes that got through, towards the hub and from it.
    pub fn bytes(&self) -> (u64, u64) {
        (self.limits.sent.load(Ordering::SeqCst), self.limits.received.load(Ordering::SeqCst))
    }

    pub fn mend(&self) {
        self.cut_after(u64::MAX, u64::MAX);
        self.limits.in_all.store(u64::MAX, Ordering::SeqCst);
    }
}

async fn pour(
    mut from: impl AsyncReadExt + Unpin,
    mut to: impl AsyncWriteExt + Unpin,
    (limit, turn): (&AtomicU64, &AtomicU64),
    in_all: &AtomicU64,
    counted: &AtomicU64,
) {
    let mut buffer = vec![0; 16 * 1024];
    let (mut left, mut seen) = (limit.load(Ordering::SeqCst), turn.load(Ordering::SeqCst));
    loop {
        let Ok(read @ 1..) = from.read(&mut buffer).await else { return };
        let now = turn.load(Ordering::SeqCst);
        if now != seen {
            (left, seen) = (limit.load(Ordering::SeqCst), now);
        }
        let least = left.min(in_all.load(Ordering::SeqCst));
        let through = read.min(usize::try_from(least).unwrap_or(usize::MAX));
        if to.write_all(&buffer[..through]).await.is_err() || through < read {
            return;
        }
        left -= through as u64;
        in_all.fetch_sub(through as u64, Ordering::SeqCst);
        counted.fetch_add(through as u64, Ordering::SeqCst);
    }
}

/// Lets bytes through as fast as the pace allows, none of them sent before `open`.
async fn trickle(
    mut from: impl AsyncReadExt + Unpin,
    mut to: impl AsyncWriteExt + Unpin,
    pace: Pace,
    open: Instant,
) {
    let (sender, mut underway) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    let read = async move {
        let mut free = open;
        let mut buffer = vec![0; 1400];
        while let Ok(read @ 1..) = from.read(&mut buffer).await {
            free = free.max(Instant::now()) + pace.takes(read);
            if sender.send((free + pace.delay, buffer[..read].to_vec())).is_err() {
                return;
            }
        }
    };
    let write = async move {
        while let Some((arrives, bytes)) = underway.recv().await {
            sleep_until(arrives).await;
            if to.write_all(&bytes).await.is_err() {
                return;
            }
        }
    };
    tokio::join!(read, write);
}
