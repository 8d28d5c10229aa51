//! Trains the dictionary that frames on the line are packed with, on pages of made-up cases: a year from another seed than
//! the benchmarks', and many small exchanges. Run by hand, for a new dictionary with a number of its own:
//! `cargo bench -p daiban-tests --bench dictionary -- FILE`
#![allow(clippy::unwrap_used)]

use daiban_domain::{Instant, UnitCode};
use daiban_exchange::{Log, Vector, engine, page, wire};
use daiban_replica::{Replica, ReplicaError};
use daiban_testkit::{County, at, workload};

/// Bytes: more than this helps little, and every desk and hub carries it.
const SIZE: usize = 112 * 1024;
const SEED: u64 = 777;

fn main() {
    let Some(file) = std::env::args().skip(1).find(|argument| !argument.starts_with("--")) else {
        println!("dictionary: no file named, nothing trained");
        return;
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let county = runtime.block_on(County::new());
    let village: UnitCode = "621099100200".parse().unwrap();
    let mut replica = county.replica("village");
    let held = vector(&mut replica, village);
    let ids = workload::year(&mut replica, village, 1_000, SEED, at("01-05T08:00"));
    let mut samples = pages(&mut replica, village, &held, 1);
    for (i, some) in ids.chunks(4).enumerate() {
        let held = vector(&mut replica, village);
        let now = Instant(at("02-02T08:00").0 + i as i64 * 3_600_000);
        workload::day(&mut replica, village, some, SEED + i as u64, now);
        samples.extend(pages(&mut replica, village, &held, usize::MAX));
    }
    let dictionary = zstd::dict::from_samples(&samples, SIZE).unwrap();
    std::fs::write(&file, &dictionary).unwrap();
    println!("{}: {} B from {} samples", file, dictionary.len(), samples.len());
}

fn vector(replica: &mut Replica, unit: UnitCode) -> Vector {
    replica.checkpoint().unwrap();
    replica.intake(|log| log.vector(unit)).unwrap()
}

/// What a receiver that holds `theirs` would be sent, so many runs a page.
fn pages(replica: &mut Replica, unit: UnitCode, theirs: &Vector, runs_a_page: usize) -> Vec<Vec<u8>> {
    let ours = vector(replica, unit);
    let pages = replica.intake(|log| {
        let runs = engine::missing(log, &ours, theirs, wire::PAGE)?;
        let pages = runs.chunks(runs_a_page.min(runs.len().max(1)));
        pages
            .map(|runs| Ok(wire::encode(&page::write(log, runs, theirs)?)))
            .collect::<Result<_, ReplicaError>>()
    });
    pages.unwrap()
}
