//! Folding a case of 20 events, beside reading the same events from their bytes.

use crate::goal::{Goals, Times};
use daiban_domain::{
    EventId, Hlc, Instant, RULES_VERSION, Role, UnitCode,
    case::{
        Event, State,
        event::LegalDate,
        fold,
        transition::{self, Setting},
    },
};
use daiban_replica::public::item;
use daiban_testkit::{County, at};
use std::hint::black_box;

const ROUNDS: usize = 2_000;

/// An act, and the role and whether of the village that it takes.
const ACTS: [(&str, Role, bool); 20] = [
    ("submit", Role::Agent, true),
    ("correctData", Role::Agent, true),
    ("handOver", Role::Agent, true),
    ("receive", Role::Intake, false),
    ("oneTimeNotice", Role::Intake, false),
    ("supplement", Role::Intake, false),
    ("accept", Role::Intake, false),
    ("startReview", Role::Reviewer, false),
    ("assign", Role::CentreHead, false),
    ("pause", Role::Reviewer, false),
    ("resume", Role::Reviewer, false),
    ("propose", Role::Reviewer, false),
    ("sendBack", Role::Approver, false),
    ("assign", Role::CentreHead, false),
    ("propose", Role::Reviewer, false),
    ("approve", Role::Approver, false),
    ("close", Role::Issuer, false),
    ("correctData", Role::CentreHead, false),
    ("deliver", Role::Issuer, false),
    ("archive", Role::Issuer, false),
];

pub fn run(goals: &mut Goals) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let county = runtime.block_on(County::new());
    let item = item::version(county.replica("county").db(), "I002", 1).unwrap().unwrap();
    let setting = Setting { item: &item, window: false, unit: unit(true) };
    let events: Vec<Event> = (0..).map(event).take(ACTS.len()).collect();
    let bytes: Vec<Vec<u8>> = events.iter().map(|event| minicbor::to_vec(event).unwrap()).collect();
    let folded = fold(&events, &setting);
    let refused: Vec<_> = folded.placed.iter().filter(|placed| placed.contested.is_some()).collect();
    assert_eq!((folded.state, refused.len()), (State::Archived, 0), "{refused:?}");
    let (mut ours, mut reading) = (Times::default(), Times::default());
    for _ in 0..ROUNDS {
        ours.take(|| black_box(fold(black_box(&events), &setting)));
        reading.take(|| {
            black_box(bytes.iter().map(|bytes| minicbor::decode(bytes).unwrap()).collect::<Vec<Event>>())
        });
    }
    println!(
        "  20 events: {:.1} µs, p95 {:.1} µs; reading them: {:.1} µs",
        ours.median() * 1e3,
        ours.percentile(95) * 1e3,
        reading.median() * 1e3
    );
    goals.at_most("folding a case of 20 events, p95", ours.percentile(95), 1.0, "ms");
}

fn unit(village: bool) -> UnitCode {
    (if village { "621099100200" } else { "621099100000" }).parse().unwrap()
}

/// The nth act of the case, a day after the one before.
fn event(n: usize) -> Event {
    let (kind, role, village) = ACTS[n];
    let id = |n: usize| EventId([n as u8; 8]);
    let moment = Instant(at("03-05T09:00").0 + n as i64 * 86_400_000);
    Event {
        id: id(n),
        kind: kind.to_owned(),
        after: n.checked_sub(1).map(id).into_iter().collect(),
        rank: transition::rank(kind, unit(village).level()),
        hlc: Hlc::default().tick(moment),
        at: moment,
        on: LegalDate(moment.date()),
        person: daiban_domain::PersonId([role as u8; 8]),
        role: role.as_str().to_owned(),
        unit: unit(village),
        device: daiban_domain::DeviceId([village as u8; 8]),
        rules_version: RULES_VERSION,
        item_version: 1,
        paper: None,
        payload: String::new(),
        authority: Default::default(),
    }
}
