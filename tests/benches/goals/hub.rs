//! What the hub does with a year that comes in (restore, verify, store durably), against inserting the same bytes into a
//! bare SQLCipher table.

use crate::{
    goal::{Goals, Took},
    largest, peers,
    year::Year,
};
use daiban_exchange::{
    Log,
    certificate::Standing,
    engine::{Answer, Question},
    request, wire,
};
use daiban_testkit::at;

pub fn run(goals: &mut Goals) {
    let year = Year::of(largest());
    let mut village = year.village();
    let (sender, county, unit) = {
        let identity = village.identity();
        (identity.device, identity.county, identity.unit)
    };
    // Nothing is to be answered but the receipt.
    let vector = village.intake(|log| log.vector(unit)).unwrap();
    let (mut ours, mut bare) = (Took::default(), Took::default());
    let table = peers::bare_table(&year.county.path("bare.db"));
    let runs = year.runs();
    let mut rest = runs.as_slice();
    let mut entries = 0;
    for (page, count) in year.pages() {
        let question = Question {
            protocol: wire::PROTOCOL_MAX,
            county,
            since: None,
            vector: vector.clone(),
            page,
            shown: None,
            room: None,
            alone: false,
            clock: None,
        };
        let (these, others) = rest.split_at(count);
        rest = others;
        let body = wire::pack(&question);
        let signature = request::sign(request::EXCHANGE, &body, sender, village.signing_key());
        let exchange =
            || year.county.hub.exchange(sender, &signature, &body, Standing::Good, at("02-01T08:00"));
        let (answer, took) = Took::by(|| exchange().unwrap().unwrap());
        let answer: Answer = wire::unpack(&answer).unwrap();
        assert_eq!(answer.refused, []);
        ours.add(took);
        let (_, took) = Took::by(|| peers::insert(&table, these.iter().flat_map(|run| &run.entries)));
        bare.add(took);
        entries += these.iter().map(|run| run.entries.len()).sum::<usize>();
    }
    println!("  {entries} entries: {ours}; the same bytes into a bare table: {bare}");
    goals.at_least("hub intake, to a bare insert", ours.ratio(bare), 0.5, "×");
}
