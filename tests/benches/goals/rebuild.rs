//! All projections of a county's desk made anew, against bare automerge making the same documents.

use crate::{
    goal::{Goals, Took},
    set,
    year::{self, Year},
};

pub fn run(goals: &mut Goals) {
    for cases in set("DAIBAN_REBUILT", "100000") {
        let year = Year::of(cases);
        let mut replica = year.village();
        let (_, ours) = Took::by(|| replica.rebuild().unwrap());
        let (documents, bare) = year::by_automerge(&year.runs());
        assert_eq!(documents, year.ids.len());
        println!("  {cases} cases: {ours}; automerge alone: {bare}");
        goals.at_least("projecting all cases anew, to bare automerge", ours.ratio(bare), 0.6, "×");
    }
}
