//! A day's work on a line of 64 kbit/s and 600 ms there and back, from the first packet of a new connection on: a cold handshake of
//! TLS 1.3 with certificates on both sides is part of it.

use crate::{goal::Goals, year::Year, year::village};
use daiban_exchange::{client::Client, tls::Holder};
use daiban_hub::Limits;
use daiban_testkit::{County, Line, Pace, at, workload};
use std::time::{Duration, Instant as Stopwatch};

pub fn run(goals: &mut Goals) {
    let year = Year::of(1_000);
    let Year { runtime, county, ids, .. } = &year;
    let desks = ["village", "township"].map(|name| county.desk(name));
    let exchange =
        |desk: usize, moment: &str| runtime.block_on(county.exchange(&desks[desk], at(moment))).unwrap();
    exchange(0, "02-01T08:00");
    exchange(1, "02-01T09:00");
    workload::day(&mut county.replica("village"), village(), &ids[..100], 1, at("02-02T08:00"));
    let mut there: Vec<_> = ids[..20].to_vec();
    there.extend(&ids[100..180]);
    workload::day(&mut county.replica("township"), village(), &there, 2, at("02-02T08:01"));
    exchange(1, "02-02T18:00");
    let pace = Pace { rate: 8_000.0, delay: Duration::from_millis(300) };
    let (done, took) = runtime.block_on(async {
        let hub = county.encrypted(Limits::default()).await;
        let line = Line::slow(&hub.url, pace).await;
        let begun = Stopwatch::now();
        let done = desks[0].exchange_at(&line.url, at("02-02T18:30")).await.unwrap();
        (done, begun.elapsed())
    });
    assert_eq!((done.sent, done.received), (100, 100));
    let (up, down) = runtime.block_on(handshake(county));
    println!(
        "  {} B of bodies, {} request(s); a cold handshake: {up} B up, {down} B down",
        done.bytes_up + done.bytes_down,
        done.requests,
    );
    goals.at_most("a day's work at 64 kbit/s and 600 ms", took.as_secs_f64(), 5.0, "s");
}

/// Bytes that TLS adds to a request on a new connection, towards the hub and from it.
async fn handshake(county: &County) -> (u64, u64) {
    let hub = county.encrypted(Limits::default()).await;
    let trust = county.replica("village").trust(Holder::Hub).unwrap();
    let (plain, encrypted) = (Line::to(&county.url).await, Line::to(&hub.url).await);
    for line in [&plain, &encrypted] {
        Client::new(&line.url, trust.clone()).unwrap().info("daiban-hub").await.unwrap();
    }
    let ((plain_up, plain_down), (up, down)) = (plain.bytes(), encrypted.bytes());
    (up - plain_up, down - plain_down)
}
