//! The exchange of a township's year and of a day's work (100 + 100 edits, 20 cases on both sides), in bytes of HTTP
//! bodies and requests. The peers' figures for the same work stand in docs/benchmarks.md.
//!
//! `DAIBAN_CASES` sets the size of the year, 2000 by default.
#![allow(clippy::unwrap_used)]

use daiban_domain::UnitCode;
use daiban_testkit::{County, at, workload};
use std::time::Instant as Stopwatch;

fn main() {
    let cases: u64 = std::env::var("DAIBAN_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(2000);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let county = County::new().await;
        let village: UnitCode = "621099100200".parse().unwrap();
        let ids = {
            let mut replica = county.replica("village");
            workload::year(&mut replica, village, cases, 20_260_101, at("01-05T08:00"))
        };
        let desks = ["village", "township", "county"].map(|name| county.desk(name));
        let begun = Stopwatch::now();
        let sent = county.exchange(&desks[0], at("02-01T08:00")).await.unwrap();
        println!("{cases} cases sent: {:.2} MB, {} requests, {:.1} s", mb(sent.bytes_up), sent.requests, secs(begun));
        let begun = Stopwatch::now();
        let first = county.exchange(&desks[1], at("02-01T09:00")).await.unwrap();
        println!(
            "first copy: {:.2} MB, {} B a case, {} requests, {:.1} s",
            mb(first.bytes_down),
            first.bytes_down / cases,
            first.requests,
            secs(begun)
        );
        // 20 cases on both sides, 80 on each alone.
        workload::day(&mut county.replica("village"), village, &ids[..100], 1, at("02-02T08:00"));
        let mut there: Vec<_> = ids[..20].to_vec();
        there.extend(&ids[100..180]);
        workload::day(&mut county.replica("township"), village, &there, 2, at("02-02T08:01"));
        county.exchange(&desks[1], at("02-02T18:00")).await.unwrap();
        let day = county.exchange(&desks[0], at("02-02T18:30")).await.unwrap();
        println!(
            "a day's work: {} B up + {} B down = {:.1} kB, {} request(s) (goal for now ≤ 40 kB, 1 request; floor 10.6 kB)",
            day.bytes_up,
            day.bytes_down,
            (day.bytes_up + day.bytes_down) as f64 / 1e3,
            day.requests
        );
        assert_eq!((day.sent, day.received), (100, 100));
        let idle = county.exchange(&desks[0], at("02-02T18:31")).await.unwrap();
        println!("nothing changed: {} B, {} request(s)", idle.bytes_up + idle.bytes_down, idle.requests);
    });
}

fn mb(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn secs(begun: Stopwatch) -> f64 {
    begun.elapsed().as_secs_f64()
}
