use super::*;
use crate::{DeviceId, Hlc, Instant, RULES_VERSION, case::event::LegalDate};
use jiff::civil::date;
use proptest::prelude::*;

const TOWNSHIP: &str = "621099100000";
const COUNTY: &str = "621099000000";

fn draft() -> Draft {
    Draft { unit: TOWNSHIP.parse().unwrap(), title: "2026 年调整".to_owned(), begun_on: date(2026, 3, 5) }
}

/// An act of the unit's head, or of the county's clerk.
fn taken(id: u8, kind: &str, hlc: u64, after: &[u8], payload: &str) -> Event {
    let units = matches!(kind, "submit" | "withdraw");
    by(if units { TOWNSHIP } else { COUNTY }, id, kind, hlc, after, payload)
}

fn by(unit: &str, id: u8, kind: &str, hlc: u64, after: &[u8], payload: &str) -> Event {
    let role = if unit == COUNTY { Role::CountyMerge } else { Role::CentreHead };
    Event {
        id: EventId([id; 8]),
        kind: kind.to_owned(),
        after: after.iter().map(|id| EventId([*id; 8])).collect(),
        rank: RANK,
        hlc: Hlc(hlc),
        at: Instant(0),
        on: LegalDate(date(2026, 3, 6)),
        person: PersonId([id; 8]),
        role: role.as_str().to_owned(),
        unit: unit.parse().unwrap(),
        device: DeviceId([1; 8]),
        rules_version: RULES_VERSION,
        item_version: 0,
        paper: None,
        payload: payload.to_owned(),
        authority: Default::default(),
    }
}

fn on(submission: u8, fix: &str) -> String {
    format!(r#"{{"of":"{}","itemId":"I034","fix":"{fix}","text":"改"}}"#, EventId([submission; 8]))
}

fn contested(folded: &Folded) -> Vec<&str> {
    folded.placed.iter().filter_map(|(_, contested)| contested.as_deref()).collect()
}

#[test]
fn three_rounds_up_and_down_then_the_summary() {
    let mut events = vec![
        taken(1, "submit", 1, &[], ""),
        taken(2, "comment", 2, &[1], &on(1, "NAME")),
        taken(3, "comment", 3, &[2], &on(1, "BASIS")),
        taken(4, "return", 4, &[3], ""),
        taken(5, "submit", 5, &[4], ""),
        taken(6, "comment", 6, &[5], &on(5, "BASIS")),
        taken(7, "return", 7, &[6], ""),
        taken(8, "submit", 8, &[7], ""),
    ];
    let folded = fold(&events, &draft());
    assert_eq!((folded.state, folded.round(), contested(&folded)), (State::UnderReview, 3, vec![]));
    let fixes: Vec<[usize; 3]> = folded.fixes().into_iter().map(|(_, counts)| counts).collect();
    assert_eq!(fixes, [[1, 0, 0], [1, 1, 0], [0; 3], [0; 3], [0; 3]]);
    let again = Act::find("return").unwrap();
    let county = COUNTY.parse().unwrap();
    assert!(fits(&folded, again, &Said::default(), county, |_| true, &draft()).is_err(), "no fourth round");
    events.push(taken(9, "sumUp", 9, &[8], r#"{"text":"可以发布"}"#));
    events.push(taken(10, "publish", 10, &[9], r#"{"catalogue":"2026.2"}"#));
    let folded = fold(&events, &draft());
    assert_eq!((folded.state, folded.catalogue.as_str()), (State::Published, "2026.2"));
}

#[test]
fn rounds_are_left_out_with_a_reason_and_fixes_asked_for_by_kind() {
    let (draft, county) = (draft(), COUNTY.parse().unwrap());
    let folded = fold(&[taken(1, "submit", 1, &[], "")], &draft);
    let said = |text: &str| serde_json::from_str::<Said>(text).unwrap();
    for (name, payload, allowed) in [
        ("sumUp", r#"{"text":"可以"}"#, false),
        ("sumUp", r#"{"text":"可以","reason":"只改一个电话"}"#, true),
        ("comment", r#"{"text":"改"}"#, false),
        ("comment", r#"{"fix":"NAME"}"#, false),
        ("comment", r#"{"fix":"NAME","text":"改"}"#, true),
        ("return", "{}", false),
        ("return", r#"{"reason":"没有附件"}"#, true),
        ("withdraw", "{}", false),
    ] {
        let ready = ready(&folded, Act::find(name).unwrap(), &said(payload));
        assert_eq!(ready.is_ok(), allowed, "{name} {payload}: {ready:?}");
        assert!(ready.err().is_none_or(|why| why.ends_with('。')), "{name}");
    }
    let publish = Act::find("publish").unwrap();
    assert!(
        fits(&folded, publish, &Said::default(), county, |_| true, &draft).is_err(),
        "not before the summary"
    );
}

#[test]
fn each_side_does_what_is_its_own() {
    let sideways = fold(&[by("621099200000", 1, "submit", 1, &[], "")], &draft());
    assert_eq!((sideways.state, contested(&sideways)), (State::Drafting, vec!["报送要由起草的单位来做"]));
    let own = fold(&[taken(1, "submit", 1, &[], ""), by(TOWNSHIP, 2, "return", 2, &[1], "")], &draft());
    assert_eq!(own.state, State::UnderReview, "a township reviews nothing");
    let newer = fold(&[taken(1, "vote", 1, &[], "")], &draft());
    assert!(newer.incomplete && contested(&newer).is_empty());
}

#[test]
fn what_two_reviewers_do_apart_is_all_kept() {
    let events = [
        taken(1, "submit", 1, &[], ""),
        taken(2, "comment", 2, &[1], &on(1, "NAME")),
        taken(3, "return", 3, &[2], ""),
        taken(4, "comment", 4, &[1], &on(1, "DUTY")),
        taken(5, "return", 5, &[4], r#"{"reason":"一起改"}"#),
        taken(6, "comment", 6, &[1], &on(9, "DUTY")),
    ];
    let folded = fold(&events, &draft());
    assert_eq!(folded.rounds[0].comments.len(), 2);
    assert_eq!((folded.state, contested(&folded)), (State::Drafting, vec!["意见说的不是报送过的一稿"]));
    assert_eq!(folded.rounds[0].returned.as_ref().map(|(_, why)| why.as_str()), Some("一起改"));
    let mut resubmitted = events.to_vec();
    resubmitted.truncate(5);
    resubmitted.push(taken(7, "submit", 3, &[3], ""));
    let folded = fold(&resubmitted, &draft());
    assert_eq!(
        (folded.state, folded.round(), contested(&folded)),
        (State::UnderReview, 2, vec![]),
        "who sent down the first draft hasn't seen the second"
    );
    let unseen = [
        taken(1, "submit", 1, &[], ""),
        taken(2, "return", 2, &[1], r#"{"reason":"x"}"#),
        taken(3, "submit", 3, &[2], ""),
        taken(4, "sumUp", 4, &[1], r#"{"text":"可以"}"#),
    ];
    assert_eq!(contested(&fold(&unseen, &draft())), ["小结的不是最后报送的一稿"]);
    let newer = [taken(1, "submit", 1, &[], ""), taken(2, "comment", 2, &[1], &on(1, "COLOUR"))];
    let folded = fold(&newer, &draft());
    assert!(folded.incomplete && contested(&folded).is_empty(), "a kind of fix that is not known yet");
    let summed = [
        taken(1, "submit", 1, &[], ""),
        taken(2, "sumUp", 2, &[1], r#"{"text":"可以","reason":"x"}"#),
        taken(3, "return", 3, &[1], ""),
    ];
    // Sent down after all, and the summary with it: nothing was published yet.
    assert_eq!(fold(&summed, &draft()).state, State::Drafting);
}

prop_compose! {
    /// A random causally closed history.
    fn history()(seeds in proptest::collection::vec((any::<u8>(), any::<u64>(), any::<u16>()), 1..14)) -> Vec<Event> {
        let kinds = ["submit", "comment", "return", "sumUp", "publish", "withdraw", "submit", "return", "vote"];
        let mut events: Vec<Event> = Vec::new();
        for (place, (pick, hlc, links)) in seeds.into_iter().enumerate() {
            let id = place as u8 + 1;
            let after: Vec<u8> = (1..id).filter(|earlier| links >> (earlier % 16) & 1 == 1).collect();
            let kind = kinds[usize::from(pick) % kinds.len()];
            events.push(taken(id, kind, hlc % 64, &after, &on(id.saturating_sub(1).max(1), "NAME")));
        }
        events
    }
}

proptest! {
    #[test]
    fn the_order_of_arrival_makes_no_difference(events in history(), seed in any::<u64>()) {
        let mut shuffled = events.clone();
        shuffled.sort_by_key(|event| seed.wrapping_mul(u64::from(event.id.0[0]) * 2 + 1));
        shuffled.push(events[0].clone());
        let outcome = |events: &[Event]| {
            let mut folded = fold(events, &draft());
            let placed: Vec<_> =
                std::mem::take(&mut folded.placed).into_iter().map(|(place, why)| (events[place].id, why)).collect();
            (folded, placed)
        };
        let (folded, placed) = outcome(&events);
        prop_assert_eq!(&(folded.clone(), placed.clone()), &outcome(&shuffled));
        prop_assert_eq!(placed.len() + folded.waiting.len(), events.len(), "nothing is lost");
        prop_assert!(folded.round() <= ROUNDS);
        if folded.state == State::Published {
            prop_assert!(folded.summary.is_some() && !folded.rounds.is_empty());
        }
    }
}
