//! Acts that don't count, and that somebody has looked at.

use super::*;

fn review(id: u8, acts: &[u8], hlc: u64, after: &[u8]) -> Event {
    says(id, Reviewed { acts: ids(acts), ..Reviewed::default() }, hlc, after)
}

fn put_back(id: u8, acts: &[u8], hlc: u64, after: &[u8]) -> Event {
    says(id, Reviewed { acts: ids(acts), put_back: true, ..Reviewed::default() }, hlc, after)
}

fn says(id: u8, said: Reviewed, hlc: u64, after: &[u8]) -> Event {
    let payload = serde_json::to_string(&said).unwrap();
    Event { payload, ..event(id, REVIEW, TOWNSHIP, Role::Reviewer, hlc, after) }
}

fn ids(acts: &[u8]) -> Vec<EventId> {
    acts.iter().map(|id| EventId([*id; 8])).collect()
}

/// Accepted by the township, and handed over once more by a village that hadn't heard of it.
fn accepted_and_handed_over() -> Vec<Event> {
    let mut events = received();
    events.push(event(4, "accept", TOWNSHIP, Role::Intake, 9, &[3]));
    events.push(event(5, "handOver", VILLAGE, Role::Agent, 4, &[3]));
    events
}

/// What waits, and what was seen in which review.
fn told(events: &[Event]) -> (Vec<u8>, Vec<(u8, u8)>) {
    let folded = fold(events, &setting(catalogue_item("I002")));
    let id = |placed: &Placed| events[placed.event].id.0[0];
    let waits: Vec<u8> = folded.placed.iter().filter(|placed| placed.waits()).map(id).collect();
    let seen = folded.placed.iter().filter_map(|placed| Some((id(placed), placed.seen?.0[0])));
    let mut seen: Vec<(u8, u8)> = seen.collect();
    seen.sort_unstable();
    assert_eq!(folded.doubtful(), !waits.is_empty());
    assert!(
        waits.len() + folded.placed.iter().filter(|placed| placed.seen.is_some()).count()
            == folded.placed.iter().filter(|placed| placed.contested.is_some()).count()
    );
    (waits, seen)
}

#[test]
fn what_somebody_has_looked_at_waits_no_longer() {
    let mut events = accepted_and_handed_over();
    assert_eq!(told(&events), (vec![5], vec![]));
    events.push(review(6, &[5], 10, &[4, 5]));
    assert_eq!(told(&events), (vec![], vec![(5, 6)]));
    // Taken back, it waits again; who looked apart from that has looked.
    events.push(put_back(7, &[5], 11, &[6]));
    assert_eq!(told(&events), (vec![5], vec![]));
    events.push(review(8, &[5], 10, &[4, 5]));
    assert_eq!(told(&events), (vec![], vec![(5, 8)]));
    events.push(put_back(9, &[5], 12, &[7, 8]));
    assert_eq!(told(&events), (vec![5], vec![]));
}

#[test]
fn nobody_has_looked_at_what_they_were_not_shown() {
    let events = accepted_and_handed_over();
    for (name, review) in [
        ("one that names nothing", review(6, &[], 10, &[4, 5])),
        ("one that can't have known of it", review(6, &[5], 10, &[4])),
        ("one by somebody who may not", Event { role: "INTAKE".to_owned(), ..review(6, &[5], 10, &[4, 5]) }),
    ] {
        assert!(told(&[&events[..], &[review]].concat()).0.contains(&5), "{name}");
    }
}

/// The review came after both, but when it was made the extension counted: the other one, signed earlier, came later.
#[test]
fn what_no_longer_counts_after_the_review_waits() {
    let mut events = accepted_and_handed_over();
    events.push(event(6, "extend", TOWNSHIP, Role::Approver, 12, &[4]));
    events.push(review(7, &[5], 13, &[5, 6]));
    assert_eq!(told(&events), (vec![], vec![(5, 7)]));
    events.push(event(8, "extend", TOWNSHIP, Role::Approver, 11, &[4]));
    events.last_mut().unwrap().payload = r#"{"days":3}"#.to_owned();
    assert_eq!(told(&events), (vec![6], vec![(5, 7)]));
    events.push(review(9, &[6], 14, &[7, 8]));
    assert_eq!(told(&events), (vec![], vec![(5, 7), (6, 9)]));
}

#[test]
fn looking_decides_nothing_between_two_papers() {
    let mut events = received();
    events.push(event(4, "oneTimeNotice", TOWNSHIP, Role::Intake, 4, &[3]));
    events.push(event(5, "accept", TOWNSHIP, Role::Intake, 5, &[3]));
    events.push(print(6, 4, "告1", 6));
    events.push(review(7, &[5], 9, &[5, 6]));
    assert_eq!(told(&events), (vec![], vec![(5, 7)]));
    // The second paper is heard of after that.
    events.push(print(8, 5, "受1", 7));
    assert_eq!(told(&events), (vec![5], vec![]));
    events.push(review(9, &[5], 11, &[7, 8]));
    assert_eq!(told(&events), (vec![5], vec![]));
}

proptest! {
    #[test]
    fn only_what_does_not_count_and_was_named_is_seen(events in history()) {
        let folded = fold(&events, &setting(catalogue_item("I002")));
        let (printed, history) = (printed(&events), History::of(&events));
        for placed in &folded.placed {
            let Some(review) = placed.seen else { continue };
            let act = events[placed.event].id;
            let by = events.iter().find(|event| event.id == review).unwrap();
            prop_assert!(placed.contested.is_some() && !printed.contains_key(&act));
            prop_assert!(history.before[&review].contains(&act) && Reviewed::of(by).acts.contains(&act));
        }
        // It moves nothing else: without all reviews the others come to the same.
        let ids: BTreeSet<EventId> = events.iter().filter(|event| event.kind == REVIEW).map(|event| event.id).collect();
        let without = place(&events, &history, &setting(catalogue_item("I002")), &printed, &ids);
        let with = place(&events, &history, &setting(catalogue_item("I002")), &printed, &BTreeSet::new());
        prop_assert_eq!(without.state, with.state);
        prop_assert_eq!(without.clocks, with.clocks);
        prop_assert_eq!(without.days, with.days);
    }
}
