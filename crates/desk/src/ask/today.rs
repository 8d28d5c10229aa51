//! What the day brings a township or the county, in groups: how many, and what there is of no list.

use super::{
    cases::{Rows, days, next_working_day},
    matters,
};
use daiban_contract::{
    ask::DueIn,
    view::{TodayView, UnderWay},
};
use daiban_domain::{Instant, case::State, matter::Kind};
use daiban_replica::{
    ReplicaError,
    case::{Filter, due, under_way},
    matter,
};

/// What fits beside the groups.
const FEW: u32 = 5;
const BATCHES: u32 = 20;

pub(super) fn today(
    rows: &mut Rows<'_>,
    count: &impl Fn(State) -> u64,
    now: Instant,
) -> Result<TodayView, ReplicaError> {
    let db = rows.db;
    let next = next_working_day(rows.today, &rows.calendar);
    let ending = |when| due(db, &Filter::default(), days(db, when, now)?).map(|(total, _)| total);
    let few = matter::Filter { open: true, limit: FEW, ..matter::Filter::default() };
    let bad_ratings = matter::Filter { kind: Some(Kind::BadRating), ..few.clone() };
    let bad_due = matter::Filter { kind: Some(Kind::BadRating), due: Some(next), limit: 0, ..few.clone() };
    let bad_due = matters::listed(db, &bad_due, now)?.total;
    // Bad ratings stand in a group of their own: enough are read that leaving them out leaves a few.
    let due_soon = matter::Filter { due: Some(next), limit: FEW + bad_due as u32, ..few };
    let mut matters = matters::listed(db, &due_soon, now)?;
    matters.matters.retain(|matter| matter.kind != Kind::BadRating);
    matters.matters.truncate(FEW as usize);
    matters.total -= bad_due;
    let mut batches = Vec::new();
    for batch in under_way(db, BATCHES)? {
        let unit_name = rows.unit_name(batch.unit)?;
        batches.push(UnderWay { batch: batch.batch, unit_name, cases: batch.cases, case_no: batch.case_no });
    }
    Ok(TodayView {
        overdue: ending(DueIn::Overdue)?,
        due_today: ending(DueIn::Today)?,
        due_next: ending(DueIn::Next)?,
        next_working_day: next,
        on_their_way: count(State::InTransit),
        registered: count(State::Registered),
        await_supplement: count(State::AwaitSupplement),
        bad_ratings: matters::listed(db, &bad_ratings, now)?,
        matters,
        under_way: batches,
    })
}
