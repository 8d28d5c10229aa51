//! A township's year as a first copy, a day's work (100 + 100 edits, 20 cases on both sides), and nothing at all, in bytes
//! of HTTP bodies and requests.

use crate::{
    goal::Goals,
    peers, sizes,
    year::{self, Year, village},
};
use automerge::Automerge;
use daiban_domain::DocumentId;
use daiban_testkit::{at, workload};
use std::{collections::BTreeMap, time::Instant as Stopwatch};

/// Automerge's own sync is run for so many cases, and counted up.
const SYNCED: usize = 500;

pub fn run(goals: &mut Goals) {
    let mut days = Vec::new();
    for cases in sizes() {
        let first = cases == sizes()[sizes().len() - 1];
        days.push(exchange(goals, cases, first));
    }
    if let (Some(least), Some(most)) = (days.iter().min(), days.iter().max()) {
        let spread = (*most as f64 / *least as f64 - 1.0) * 100.0;
        goals.at_most("a day's work, the largest year's against the smallest's: more", spread, 5.0, "%");
    }
}

fn exchange(goals: &mut Goals, cases: u64, largest: bool) -> u64 {
    let year = Year::of(cases);
    let Year { runtime, county, ids, .. } = &year;
    let desks = ["village", "township"].map(|name| county.desk(name));
    let exchange = |desk: usize, moment: &str| {
        let begun = Stopwatch::now();
        let done = runtime.block_on(county.exchange(&desks[desk], at(moment))).unwrap();
        (done, begun.elapsed().as_secs_f64())
    };
    let (sent, secs) = exchange(0, "02-01T08:00");
    println!("  {cases} cases sent: {:.2} MB, {} requests, {secs:.1} s", mb(sent.bytes_up), sent.requests);
    let (copy, secs) = exchange(1, "02-01T09:00");
    println!(
        "  first copy: {:.2} MB, {} B a case, {} requests, {secs:.1} s",
        mb(copy.bytes_down),
        copy.bytes_down / cases,
        copy.requests
    );
    if largest {
        // The goal is for 10,000 cases.
        let goal = 8_000.0 * cases as f64 / 10_000.0;
        goals.at_most(&format!("first copy of {cases} cases"), copy.bytes_down as f64 / 1e3, goal, "kB");
        let requests = 30.0 * (cases as f64 / 10_000.0).max(1.0);
        goals.at_most("first copy", copy.requests as f64, requests, "requests");
    }
    let before = if largest { Some(documents(&year)) } else { None };
    // 20 cases on both sides, 80 on each alone.
    workload::day(&mut county.replica("village"), village(), &ids[..100], 1, at("02-02T08:00"));
    let mut there: Vec<_> = ids[..20].to_vec();
    there.extend(&ids[100..180]);
    workload::day(&mut county.replica("township"), village(), &there, 2, at("02-02T08:01"));
    exchange(1, "02-02T18:00");
    let (day, _) = exchange(0, "02-02T18:30");
    assert_eq!((day.sent, day.received), (100, 100));
    let bytes = day.bytes_up + day.bytes_down;
    println!(
        "  a day's work: {} B up + {} B down, {} request(s)",
        day.bytes_up, day.bytes_down, day.requests
    );
    goals.at_most(&format!("a day's work at {cases} cases"), bytes as f64 / 1e3, 17.0, "kB");
    goals.at_most("a day's work", day.requests as f64, 1.0, "requests");
    exchange(1, "02-02T18:31");
    let (idle, _) = exchange(0, "02-02T18:32");
    goals.at_most("nothing changed, village desk", (idle.bytes_up + idle.bytes_down) as f64, 200.0, "B");
    goals.at_most("nothing changed, village desk", idle.requests as f64, 1.0, "requests");
    if let Some(before) = before {
        beside(&year, &before);
    }
    bytes
}

/// What automerge's own sync needs for the same, a document at a time.
fn beside(year: &Year, before: &BTreeMap<DocumentId, Vec<Vec<u8>>>) {
    let after = documents(year);
    let (mut first, mut day, mut synced) = ((0, 0), (0, 0), 0);
    for (id, changes) in after.iter().filter(|(id, _)| before.contains_key(id)).take(SYNCED) {
        let mut whole = peers::merged(changes);
        let mut old = peers::merged(&before[id]);
        let (messages, bytes) = peers::sync(&mut Automerge::new(), &mut old.clone());
        first = (first.0 + messages, first.1 + bytes);
        let (messages, bytes) = peers::sync(&mut old, &mut whole);
        day = (day.0 + messages, day.1 + bytes);
        synced += 1;
    }
    let scale = |number: u64| number as f64 * year.cases as f64 / f64::from(synced);
    println!(
        "  beside it: automerge's own sync, counted up from {synced} cases: first copy {:.1} MB, {:.0} messages; a day's work {:.0} kB, {:.0} messages",
        scale(first.1) / 1e6,
        scale(first.0),
        scale(day.1) / 1e3,
        scale(day.0)
    );
}

fn documents(year: &Year) -> BTreeMap<DocumentId, Vec<Vec<u8>>> {
    year::changes(&year.runs())
}

fn mb(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
