//! A township's year, written by its village: the same for every row that looks at one.

use crate::{goal::Took, peers};
use daiban_domain::{DocumentId, UnitCode};
use daiban_exchange::{Entry, Log, Page, PartitionKind, Run, Vector, engine, page, wire};
use daiban_replica::Replica;
use daiban_testkit::{County, at, workload};
use std::collections::BTreeMap;
use tokio::runtime::Runtime;

pub struct Year {
    pub runtime: Runtime,
    pub county: County,
    pub cases: u64,
    pub ids: Vec<DocumentId>,
}

pub fn village() -> UnitCode {
    "621099100200".parse().unwrap()
}

impl Year {
    pub fn of(cases: u64) -> Self {
        let runtime = Runtime::new().unwrap();
        let county = runtime.block_on(County::new());
        // Whatever is public is settled before.
        runtime.block_on(county.exchange(&county.desk("village"), at("01-05T07:00"))).unwrap();
        let mut replica = county.replica("village");
        let ids = workload::year(&mut replica, village(), cases, 20_260_101, at("01-05T08:00"));
        replica.checkpoint().unwrap();
        Self { runtime, county, cases, ids }
    }

    pub fn village(&self) -> Replica {
        self.county.replica("village")
    }

    /// All entries about the village's cases, in runs as they are sent.
    pub fn runs(&self) -> Vec<Run> {
        let runs = self.village().intake(|log| {
            let ours = log.vector(village())?;
            engine::missing(log, &ours, &Vector::default(), usize::MAX)
        });
        let work = |run: &Run| run.feed.partition.kind == PartitionKind::Work;
        runs.unwrap().into_iter().filter(work).collect()
    }

    /// The same in pages of the usual size, for a receiver that has had the pages before each, with how many runs are in each.
    pub fn pages(&self) -> Vec<(Page, usize)> {
        let mut theirs = Vector::default();
        let mut replica = self.village();
        let runs = self.runs();
        let mut pages = Vec::new();
        let mut rest = runs.as_slice();
        while !rest.is_empty() {
            let mut size = 0;
            let fits = rest.iter().take_while(|run| {
                size += run.entries.iter().map(Entry::size).sum::<usize>();
                size <= wire::PAGE
            });
            let (these, others) = rest.split_at(fits.count().max(1));
            let page = replica.intake(|log| page::write(log, these, &theirs)).unwrap();
            for run in these {
                let head = daiban_exchange::Head { n: run.last(), chain: [0; 32] };
                theirs.0.insert(run.feed, head);
            }
            pages.push((page, these.len()));
            rest = others;
        }
        pages
    }
}

/// The same documents of the same changes by bare automerge: how many, and what they took.
pub fn by_automerge(runs: &[Run]) -> (usize, Took) {
    let changes = changes(runs);
    Took::by(|| changes.values().map(|changes| peers::merged(changes)).fold(0, |n, _| n + 1))
}

/// The bodies of all changes, by document.
pub fn changes(runs: &[Run]) -> BTreeMap<DocumentId, Vec<Vec<u8>>> {
    let mut changes: BTreeMap<DocumentId, Vec<Vec<u8>>> = BTreeMap::new();
    for entry in runs.iter().flat_map(|run| &run.entries) {
        let document = entry.header().unwrap().document.unwrap();
        changes.entry(document).or_default().push(entry.body.clone());
    }
    changes
}
