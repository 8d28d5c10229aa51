//! What a county's desk does with a year that comes in (restore, verify, store, apply, project, index), against bare
//! automerge making the same documents of the same changes.

use crate::{
    goal::{Goals, Took},
    largest,
    year::{self, Year},
};
use daiban_exchange::{engine, page};
use daiban_replica::ReplicaError;

pub fn run(goals: &mut Goals) {
    let year = Year::of(largest());
    let mut desk = year.county.replica("county");
    let unit = desk.identity().unit;
    let mut ours = Took::default();
    let mut entries = 0;
    let pages = year.pages();
    for (n, (page, _)) in pages.iter().enumerate() {
        let (taken, took) = Took::by(|| {
            let taken = desk.intake(|log| {
                // As over a fast line: what arrives within seconds is projected together.
                if n + 1 < pages.len() {
                    log.more_follows();
                }
                let runs = page::read(log, page).map_err(|_| ReplicaError::Column("page"))?;
                engine::take(log, &runs, unit)
            });
            taken.unwrap()
        });
        assert_eq!(taken.refused, []);
        entries += taken.entries;
        ours.add(took);
    }
    let (documents, bare) = year::by_automerge(&year.runs());
    assert_eq!(documents, year.ids.len());
    println!("  {entries} entries of {documents} documents: {ours}; automerge alone: {bare}");
    goals.at_least("county merge, to bare automerge", ours.ratio(bare), 0.6, "×");
}
