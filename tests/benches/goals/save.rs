//! Saving a case, against committing the same bytes to a bare SQLCipher table with the same pragmas, in turns on one disk.

use crate::{
    goal::{Goals, Times},
    peers,
};
use daiban_contract::{
    act::Record,
    view::{Applicant, MaterialCount},
};
use daiban_domain::Instant;
use daiban_exchange::{Entry, Log, Partition};
use daiban_replica::{Replica, ReplicaError};
use daiban_testkit::{County, at};

const SAVES: usize = 300;

pub fn run(goals: &mut Goals) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let county = runtime.block_on(County::new());
    let desk = county.desk("village");
    let mut reader = county.replica("village");
    let bare = peers::bare_table(&county.path("bare.db"));
    let (mut ours, mut theirs) = (Times::default(), Times::default());
    for i in 0..SAVES {
        let now = Instant(at("03-05T09:00").0 + i as i64 * 60_000);
        ours.take(|| desk.record(request(i), now).unwrap());
        let entries = latest_entries(&mut reader);
        theirs.take(|| peers::insert(&bare, &entries));
    }
    let (ours, theirs) = (ours.median_wall(), theirs.median_wall());
    println!("  a case: {ours:.2} ms; the same bytes in a bare table: {theirs:.2} ms (median of {SAVES})");
    goals.at_most("saving a case, to a bare commit", ours / theirs, 2.0, "×");
}

fn request(i: usize) -> Record {
    Record {
        item_id: "I002".to_owned(),
        applicant: Applicant {
            name: "王𬍛㛃".to_owned(),
            id_no: format!("E{i:08}"),
            id_type: "414".to_owned(),
            phone: "13912345678".to_owned(),
            address: "上塬村三组17号".to_owned(),
            ..Applicant::default()
        },
        materials: ["APP", "ID", "HK", "CARD", "PROXY"]
            .map(|code| MaterialCount { material_code: code.to_owned(), originals: 1, copies: 1 })
            .into(),
        ..Record::default()
    }
}

/// What the last save wrote: a case and a resident.
fn latest_entries(replica: &mut Replica) -> Vec<Entry> {
    let identity = replica.identity();
    let unit = identity.unit;
    let feeds = [Partition::work(unit, 2026), Partition::register(unit)].map(|of| identity.feed(of));
    let entries = replica.intake(|log| {
        let mut entries = Vec::new();
        for feed in feeds {
            let head = log.head(&feed)?;
            entries.extend(head.map(|head| log.entry(&feed, head.n)).transpose()?.flatten());
        }
        Ok::<_, ReplicaError>(entries)
    });
    entries.unwrap()
}
