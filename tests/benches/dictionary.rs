//! Trains dictionaries on made-up cases: a year from another seed than the benchmarks', and many small exchanges. Run by hand,
//! for a new dictionary with a number of its own:
//! `cargo bench -p daiban-tests --bench dictionary -- wire FILE` for what frames on the line are packed with, `rest` for
//! what entries at rest are packed with.
#![allow(clippy::unwrap_used)]

use daiban_domain::{Instant, UnitCode};
use daiban_exchange::{Log, Run, Vector, engine, page, rest, wire};
use daiban_replica::{Replica, ReplicaError};
use daiban_testkit::{County, at, workload};

/// Bytes: more than this helps little, and every desk and hub carries it.
const SIZE: usize = 112 * 1024;
const SEED: u64 = 777;

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let [kind, file] = arguments.as_slice() else {
        println!("dictionary: no file named, nothing trained");
        return;
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let county = runtime.block_on(County::new());
    let village: UnitCode = "621099100200".parse().unwrap();
    let mut replica = county.replica("village");
    let samples = match kind.as_str() {
        "wire" => frames(&mut replica, village),
        "rest" => entries(&mut replica, village),
        _ => panic!("wire or rest"),
    };
    let dictionary = zstd::dict::from_samples(&samples, SIZE).unwrap();
    std::fs::write(file, &dictionary).unwrap();
    println!("{}: {} B from {} samples", file, dictionary.len(), samples.len());
}

fn frames(replica: &mut Replica, village: UnitCode) -> Vec<Vec<u8>> {
    let held = vector(replica, village);
    let ids = workload::year(replica, village, 1_000, SEED, at("01-05T08:00"));
    let mut samples = pages(replica, village, &held, 1);
    for (i, some) in ids.chunks(4).enumerate() {
        let held = vector(replica, village);
        let now = Instant(at("02-02T08:00").0 + i as i64 * 3_600_000);
        workload::day(replica, village, some, SEED + i as u64, now);
        samples.extend(pages(replica, village, &held, usize::MAX));
    }
    samples
}

fn entries(replica: &mut Replica, village: UnitCode) -> Vec<Vec<u8>> {
    workload::year(replica, village, 1_000, SEED, at("01-05T08:00"));
    let runs = missing(replica, village, &Vector::default(), usize::MAX);
    let entries = runs.into_iter().flat_map(|run| run.entries);
    entries.map(|entry| rest::join(&entry)).collect()
}

fn vector(replica: &mut Replica, unit: UnitCode) -> Vector {
    replica.checkpoint().unwrap();
    replica.intake(|log| log.vector(unit)).unwrap()
}

fn missing(replica: &mut Replica, unit: UnitCode, theirs: &Vector, budget: usize) -> Vec<Run> {
    let ours = vector(replica, unit);
    replica.intake(|log| engine::missing(log, &ours, theirs, budget)).unwrap()
}

/// What a receiver that holds `theirs` would be sent, so many runs a page.
fn pages(replica: &mut Replica, unit: UnitCode, theirs: &Vector, runs_a_page: usize) -> Vec<Vec<u8>> {
    let runs = missing(replica, unit, theirs, wire::PAGE);
    let pages = replica.intake(|log| {
        let pages = runs.chunks(runs_a_page.min(runs.len().max(1)));
        pages
            .map(|runs| Ok(wire::encode(&page::write(log, runs, theirs)?)))
            .collect::<Result<_, ReplicaError>>()
    });
    pages.unwrap()
}
