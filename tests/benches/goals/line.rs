//! A day's work on a line of 64 kbit/s and 600 ms there and back, from the first packet of a new connection on. There is no
//! TLS yet; a cold handshake of TLS 1.3 with certificates on both sides is put in as bytes and round trips.

use crate::{goal::Goals, year::Year, year::village};
use daiban_testkit::{Line, Pace, at, workload};
use std::time::{Duration, Instant as Stopwatch};

/// Client hello, certificate, its proof and Finished; and server hello, the county's certificate, its proof and Finished: what
/// rustls sends with an Ed25519 certificate each way and no session to resume, rounded up.
const HANDSHAKE: (usize, usize) = (1_100, 1_100);

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
    let pace = Pace { rate: 8_000.0, delay: Duration::from_millis(300), handshake: HANDSHAKE };
    let (done, took) = runtime.block_on(async {
        let line = Line::slow(&county.url, pace).await;
        let begun = Stopwatch::now();
        let done = desks[0].exchange_at(&line.url, at("02-02T18:30")).await.unwrap();
        (done, begun.elapsed())
    });
    assert_eq!((done.sent, done.received), (100, 100));
    println!(
        "  {} B of bodies, {} request(s), {} B of a modelled TLS handshake",
        done.bytes_up + done.bytes_down,
        done.requests,
        HANDSHAKE.0 + HANDSHAKE.1
    );
    goals.at_most("a day's work at 64 kbit/s and 600 ms", took.as_secs_f64(), 5.0, "s");
}
