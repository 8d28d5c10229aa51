use super::*;
use crate::{
    DeviceId, Hlc, Instant, RULES_VERSION,
    case::{
        Paper,
        event::{LegalDate, rank},
        review::Reviewed,
    },
    item::{Item, tests::catalogue_item},
};
use jiff::civil::date;
use proptest::prelude::*;

mod review;

const VILLAGE: &str = "621099100200";
const TOWNSHIP: &str = "621099100000";

fn event(id: u8, kind: &str, unit: &str, role: Role, hlc: u64, after: &[u8]) -> Event {
    let unit: crate::UnitCode = unit.parse().unwrap();
    Event {
        id: EventId([id; 8]),
        kind: kind.to_owned(),
        after: after.iter().map(|id| EventId([*id; 8])).collect(),
        rank: transition::rank(kind, unit.level()),
        hlc: Hlc(hlc),
        at: Instant(0),
        on: LegalDate(date(2026, 3, 5)),
        person: PersonId([0; 8]),
        role: role.as_str().to_owned(),
        unit,
        device: DeviceId([unit.level() as u8; 8]),
        rules_version: RULES_VERSION,
        item_version: 1,
        paper: None,
        payload: String::new(),
        authority: Default::default(),
    }
}

/// One of the window's, after nothing.
pub(crate) fn sample(id: u8, kind: &str, hlc: u64) -> Event {
    event(id, kind, TOWNSHIP, Role::Intake, hlc, &[])
}

fn print(id: u8, act: u8, number: &str, hlc: u64) -> Event {
    let paper = Paper { form: "F02".to_owned(), number: number.to_owned(), act: EventId([act; 8]), copy: 1 };
    Event { paper: Some(paper), ..event(id, "print", TOWNSHIP, Role::Intake, hlc, &[act]) }
}

fn setting(item: &Item) -> Setting<'_> {
    Setting { item, window: false, unit: VILLAGE.parse().unwrap() }
}

/// Registered, handed over, received.
fn received() -> Vec<Event> {
    vec![
        event(1, "submit", VILLAGE, Role::Agent, 1, &[]),
        event(2, "handOver", VILLAGE, Role::Agent, 2, &[1]),
        event(3, "receive", TOWNSHIP, Role::Intake, 3, &[2]),
    ]
}

#[test]
fn a_case_walks_to_its_end() {
    let item = catalogue_item("I002");
    let mut events = received();
    for (id, kind, role) in [
        (4, "accept", Role::Intake),
        (5, "startReview", Role::Reviewer),
        (6, "propose", Role::Reviewer),
        (7, "approve", Role::Approver),
        (8, "close", Role::Issuer),
        (9, "deliver", Role::Issuer),
    ] {
        events.push(event(id, kind, TOWNSHIP, role, u64::from(id), &[id - 1]));
    }
    let folded = fold(&events, &setting(item));
    assert_eq!(folded.state, State::Delivered);
    assert!(folded.placed.iter().all(|placed| placed.contested.is_none()));
    assert_eq!(folded.accepted_on, Some(date(2026, 3, 5)));
}

/// What comes after the end ends nothing, and what was void has never been at an end.
#[test]
fn a_case_is_over_on_the_day_of_its_end() {
    let item = catalogue_item("I002");
    let ended = |acts: &[(&str, Role)]| {
        let mut events = received();
        for (kind, role) in acts {
            let id = events.len() as u8 + 1;
            let on = LegalDate(date(2026, 3, id as i8));
            events.push(Event { on, ..event(id, kind, TOWNSHIP, *role, u64::from(id), &[id - 1]) });
        }
        let folded = fold(&events, &setting(item));
        assert!(folded.placed.iter().all(|placed| placed.contested.is_none()), "{acts:?}");
        crate::case::ended_on(&folded, &events).map(|day| day.day())
    };
    let (accept, review, approve) =
        (("accept", Role::Intake), ("startReview", Role::Reviewer), ("approve", Role::Approver));
    let (propose, close, deliver) =
        (("propose", Role::Reviewer), ("close", Role::Issuer), ("deliver", Role::Issuer));
    let (archive, reopen) = (("archive", Role::Issuer), ("reopen", Role::CentreHead));
    let closed = [accept, review, propose, approve, close];
    assert_eq!(ended(&closed[..4]), None);
    assert_eq!(ended(&closed), Some(8));
    assert_eq!(ended(&[&closed[..], &[deliver, archive]].concat()), Some(8));
    assert_eq!(ended(&[&closed[..], &[reopen]].concat()), None);
    assert_eq!(ended(&[&closed[..], &[reopen, propose, approve, close]].concat()), Some(12));
    assert_eq!(ended(&[("withdraw", Role::Intake), deliver, archive]), Some(4));
    assert_eq!(ended(&[("refuse", Role::Intake), deliver]), Some(4));
    assert_eq!(ended(&[("void", Role::CentreHead), archive]), None);
}

/// A benefit that is decided anew is another one: nobody waits for the end of the old.
#[test]
fn two_reports_of_an_end_are_one_and_a_new_decision_ends_the_wait() {
    let item = catalogue_item("I002");
    let mut events = received();
    for (kind, role) in [
        ("accept", Role::Intake),
        ("startReview", Role::Reviewer),
        ("propose", Role::Reviewer),
        ("approve", Role::Approver),
        ("close", Role::Issuer),
    ] {
        let id = events.len() as u8 + 1;
        events.push(event(id, kind, TOWNSHIP, role, u64::from(id), &[id - 1]));
    }
    for (id, day) in [(9, 7), (10, 9)] {
        let payload = format!(r#"{{"reason":"{day} 日听说"}}"#);
        let on = LegalDate(date(2026, 3, day));
        events.push(Event {
            payload,
            on,
            ..event(id, "reportEnd", VILLAGE, Role::Agent, u64::from(id), &[8])
        });
    }
    let stop = |folded: &Folded| folded.clocks.get(crate::case::ClockName::Stop).unwrap().clone();
    let folded = fold(&events, &setting(item));
    assert_eq!((stop(&folded).start, folded.benefit.reported), (date(2026, 3, 7), Some(date(2026, 3, 7))));
    events.push(event(11, "reopen", TOWNSHIP, Role::CentreHead, 11, &[9, 10]));
    let folded = fold(&events, &setting(item));
    assert!(!folded.benefit.runs() && !stop(&folded).running());
}

#[test]
fn the_organs_act_goes_before_a_village_edit_made_apart() {
    let item = catalogue_item("I002");
    let mut events = received();
    events.push(event(4, "withdraw", VILLAGE, Role::Agent, 4, &[3]));
    events.push(event(5, "accept", TOWNSHIP, Role::Intake, 9, &[3]));
    let folded = fold(&events, &setting(item));
    assert_eq!(folded.state, State::Withdrawn, "accepted first, then withdrawn: both stand");
    events[3].kind = "handOver".to_owned();
    let folded = fold(&events, &setting(item));
    assert_eq!(folded.state, State::Accepted);
    assert!(folded.placed.iter().any(|placed| placed.event == 3 && placed.contested.is_some()));
}

#[test]
fn the_only_printed_act_stands() {
    let item = catalogue_item("I002");
    let mut events = received();
    events.push(event(4, "oneTimeNotice", TOWNSHIP, Role::Intake, 4, &[3]));
    events.push(event(5, "accept", TOWNSHIP, Role::Intake, 5, &[3]));
    assert_eq!(fold(&events, &setting(item)).state, State::AwaitSupplement);
    events.push(print(6, 5, "受1", 6));
    let folded = fold(&events, &setting(item));
    assert_eq!(folded.state, State::Accepted);
    assert!(!folded.contested);
    events.push(print(7, 4, "告1", 7));
    assert!(fold(&events, &setting(item)).contested, "two papers that exclude each other");
}

/// Behind an act that steps aside for paper the same act may stand once more, taken by somebody else.
#[test]
fn paper_stands_before_one_act_that_two_took_unprinted() {
    let item = catalogue_item("I002");
    let mut events = received();
    events.push(event(4, "accept", TOWNSHIP, Role::Intake, 9, &[3]));
    events.push(print(5, 4, "受1", 10));
    for (id, hlc) in [(6, 4), (7, 5)] {
        events.push(event(id, "void", TOWNSHIP, Role::CentreHead, hlc, &[3]));
    }
    let folded = fold(&events, &setting(item));
    assert_eq!((folded.state, folded.contested), (State::Accepted, false));
    let aside: Vec<usize> =
        folded.placed.iter().filter(|placed| placed.contested.is_some()).map(|placed| placed.event).collect();
    assert_eq!(aside, [5, 6]);
}

/// Setting aside what says the same as a paper that counts helps no other paper, however often it is tried.
#[test]
fn two_papers_exclude_each_other_beside_the_same_act_unprinted() {
    let item = catalogue_item("I002");
    let mut events = received();
    for id in [4, 5, 6] {
        events.push(event(id, "accept", TOWNSHIP, Role::Intake, u64::from(id), &[3]));
    }
    events.push(print(7, 4, "受1", 7));
    events.push(print(8, 5, "受2", 8));
    let folded = fold(&events, &setting(item));
    assert_eq!((folded.state, folded.contested), (State::Accepted, true));
}

#[test]
fn identical_acts_are_one() {
    let item = catalogue_item("I002");
    let mut events = received();
    events.push(event(4, "accept", TOWNSHIP, Role::Intake, 4, &[3]));
    events.push(event(5, "accept", TOWNSHIP, Role::Intake, 5, &[3]));
    let folded = fold(&events, &setting(item));
    assert_eq!(folded.state, State::Accepted);
    assert!(folded.placed.iter().all(|placed| placed.contested.is_none()));
}

#[test]
fn of_two_extensions_made_apart_one_counts_everywhere() {
    let item = catalogue_item("I002");
    let mut events = received();
    events.push(event(4, "accept", TOWNSHIP, Role::Intake, 4, &[3]));
    for (id, days) in [(5, 2), (6, 9)] {
        let payload = format!(r#"{{"days":{days}}}"#);
        events.push(Event { payload, ..event(id, "extend", TOWNSHIP, Role::Approver, u64::from(id), &[4]) });
    }
    let folded = fold(&events, &setting(item));
    let promise = folded.clocks.get(crate::case::ClockName::Promise).unwrap();
    assert_eq!((folded.extensions, promise.extension), (1, 2));
    let contested: Vec<&str> = folded.placed.iter().filter_map(|p| p.contested.as_deref()).collect();
    assert_eq!(contested, ["已经延期过一次，不能再延期"]);
}

#[test]
fn a_printed_extension_stands_and_bystanders_are_left_alone() {
    let item = catalogue_item("I002");
    let mut events = received();
    events.push(event(4, "accept", TOWNSHIP, Role::Intake, 4, &[3]));
    for (id, days) in [(5, 2), (6, 9)] {
        let payload = format!(r#"{{"days":{days}}}"#);
        events.push(Event { payload, ..event(id, "extend", TOWNSHIP, Role::Approver, u64::from(id), &[4]) });
    }
    events.push(Event {
        paper: Some(Paper {
            form: "F10".to_owned(),
            number: "延1".to_owned(),
            act: EventId([6; 8]),
            copy: 1,
        }),
        ..event(7, "print", TOWNSHIP, Role::Approver, 7, &[6])
    });
    let folded = fold(&events, &setting(item));
    assert_eq!(folded.clocks.get(crate::case::ClockName::Promise).unwrap().extension, 9, "the printed one");

    // Two acceptances with two papers: nothing that was done on one side is undone for it.
    let mut events = received();
    events.push(event(4, "accept", TOWNSHIP, Role::Intake, 4, &[3]));
    events.push(event(5, "accept", TOWNSHIP, Role::Intake, 5, &[3]));
    events.push(print(6, 4, "受1", 6));
    events.push(print(7, 5, "受2", 7));
    events.push(event(8, "startReview", TOWNSHIP, Role::Reviewer, 8, &[4]));
    events.push(event(9, "propose", TOWNSHIP, Role::Reviewer, 9, &[8]));
    let folded = fold(&events, &setting(item));
    assert_eq!((folded.state, folded.contested), (State::PendingDecision, true));
}

#[test]
fn a_case_goes_from_agent_to_agent_and_moves_nowhere() {
    let item = catalogue_item("I002");
    let mut events = received();
    assert_eq!(fold(&events, &setting(item)).agent, Some(PersonId([0; 8])));
    let payload = format!(r#"{{"agent":"{}"}}"#, PersonId([7; 8]));
    events.push(Event { payload, ..event(4, "changeAgent", VILLAGE, Role::VillageHead, 4, &[3]) });
    let folded = fold(&events, &setting(item));
    assert_eq!((folded.state, folded.agent), (State::Received, Some(PersonId([7; 8]))));
    events.push(event(5, "changeAgent", "621099200000", Role::CentreHead, 5, &[4]));
    let folded = fold(&events, &setting(item));
    assert!(folded.placed[4].contested.is_some(), "not another township's to say");
    assert_eq!(folded.agent, Some(PersonId([7; 8])));
}

#[test]
fn what_is_not_understood_changes_nothing_and_is_told() {
    let item = catalogue_item("I002");
    let mut events = received();
    events.push(event(4, "teleport", TOWNSHIP, Role::Intake, 4, &[3]));
    let folded = fold(&events, &setting(item));
    assert_eq!((folded.state, folded.incomplete), (State::Received, true));
    events.push(event(5, "accept", TOWNSHIP, Role::Intake, 5, &[99]));
    let folded = fold(&events, &setting(item));
    assert_eq!((folded.state, folded.waiting), (State::Received, vec![EventId([5; 8])]));
    let stranger = event(6, "accept", "621099200000", Role::Intake, 6, &[3]);
    let folded = fold(&[received(), vec![stranger]].concat(), &setting(item));
    assert_eq!(folded.state, State::Received, "another township's word doesn't count");
}

prop_compose! {
    /// A random causally closed history; a sixth of it are printings of earlier acts.
    fn history()(seeds in proptest::collection::vec((any::<u8>(), any::<u64>(), any::<u16>()), 1..16)) -> Vec<Event> {
        let kinds = [
            ("submit", Role::Agent), ("handOver", Role::Agent), ("receive", Role::Intake),
            ("oneTimeNotice", Role::Intake), ("accept", Role::Intake), ("supplement", Role::Agent),
            ("startReview", Role::Reviewer), ("propose", Role::Reviewer), ("approve", Role::Approver),
            ("reject", Role::Approver), ("close", Role::Issuer), ("withdraw", Role::Agent),
            ("correctData", Role::Agent), ("unheardOf", Role::Intake),
            ("tolerantAccept", Role::Intake), ("tolerantDone", Role::Intake), ("pause", Role::Reviewer),
            ("resume", Role::Reviewer), ("extend", Role::Approver), ("jointDispatch", Role::Reviewer),
            ("jointOpinion", Role::Reviewer), ("forward", Role::Reviewer), ("upperResult", Role::Reviewer),
            ("publicNoticeStart", Role::Reviewer), ("publicNoticeObjection", Role::Agent),
            ("oneTimeNotice", Role::CentreHead), ("reopen", Role::CentreHead), ("returnToVillage", Role::Intake),
            ("reportEnd", Role::Agent), ("stopBenefit", Role::Reviewer), ("keepBenefit", Role::Approver),
            ("takeBack", Role::Agent), ("jointMeeting", Role::Reviewer), ("confirmDays", Role::CentreHead),
            ("commitmentReplace", Role::Agent), ("share", Role::Intake), ("verifyCommitment", Role::Reviewer),
            ("deliver", Role::Issuer), ("archive", Role::Issuer), ("void", Role::CentreHead),
            (REVIEW, Role::Reviewer), (REVIEW, Role::CentreHead), (REVIEW, Role::Intake),
        ];
        let mut events: Vec<Event> = Vec::new();
        for (i, (pick, hlc, links)) in seeds.into_iter().enumerate() {
            let id = i as u8 + 1;
            let after: Vec<u8> = (1..id).filter(|earlier| links >> (earlier % 16) & 1 == 1).collect();
            if pick % 6 == 0 && i > 0 {
                let act = (hlc % i as u64) as u8 + 1;
                let mut paper = print(id, act, &format!("受{}", pick % 2), hlc % 64);
                paper.payload = r#"{"due":{"clock":"promise","date":"2026-03-20","provisional":false,"calendar":"x"}}"#.to_owned();
                paper.after.extend(after.iter().map(|id| EventId([*id; 8])));
                events.push(paper);
            } else {
                let (kind, role) = kinds[usize::from(pick) % kinds.len()];
                let unit = if role == Role::Agent { VILLAGE } else { TOWNSHIP };
                let payload = r#"{"owed":["HK"],"days":3,"organ":"林业站","opinion":"同意","limitDays":4,
                    "reason":"去世","replaces":["HK"],"signed":true,"source":"公安","holds":true}"#.to_owned();
                let payload = if kind == REVIEW {
                    let acts = (1..id).filter(|act| hlc >> (act % 64) & 1 == 1).map(|act| EventId([act; 8]));
                    let said = Reviewed { acts: acts.collect(), put_back: hlc % 5 == 0, ..Reviewed::default() };
                    serde_json::to_string(&said).unwrap()
                } else {
                    payload
                };
                let on = LegalDate(date(2026, 3, 5).saturating_add(jiff::Span::new().days(i64::from(id))));
                events.push(Event { payload, on, ..event(id, kind, unit, role, hlc % 64, &after) });
            }
        }
        events
    }
}

/// Why each event doesn't count, and who has looked at it.
type ById = Vec<(EventId, Option<String>, Option<EventId>)>;

/// Outcome by id, whatever the order of the slice.
fn outcome(events: &[Event], item: &Item) -> (Folded, ById) {
    let mut folded = fold(events, &setting(item));
    let placed = std::mem::take(&mut folded.placed);
    (folded, placed.into_iter().map(|p| (events[p.event].id, p.contested, p.seen)).collect())
}

proptest! {
    #[test]
    fn the_order_of_arrival_makes_no_difference(events in history(), seed in any::<u64>()) {
        let item = catalogue_item("I002");
        let mut shuffled = events.clone();
        shuffled.sort_by_key(|event| seed.wrapping_mul(u64::from(event.id.0[0]) * 2 + 1));
        shuffled.push(events[0].clone());
        prop_assert_eq!(outcome(&events, item), outcome(&shuffled, item));
    }

    #[test]
    fn a_closed_part_counts_in_the_order_of_the_whole(events in history(), mask in any::<u16>()) {
        let item = catalogue_item("I002");
        let mut part: Vec<Event> = Vec::new();
        for event in &events {
            let closed = event.after.iter().all(|id| part.iter().any(|kept| kept.id == *id));
            if closed && mask >> (event.id.0[0] % 16) & 1 == 1 {
                part.push(event.clone());
            }
        }
        let ids = |events: &[Event]| -> Vec<EventId> {
            fold(events, &setting(item)).placed.iter().map(|placed| events[placed.event].id).collect()
        };
        let kept: Vec<EventId> = part.iter().map(|event| event.id).collect();
        let whole: Vec<EventId> = ids(&events).into_iter().filter(|id| kept.contains(id)).collect();
        prop_assert_eq!(ids(&part), whole);
    }

    #[test]
    fn no_paper_gives_way_to_an_unprinted_act_made_apart(events in history()) {
        let item = catalogue_item("I002");
        let folded = fold(&events, &setting(item));
        let printed = printed(&events);
        let history = History::of(&events);
        for placed in folded.placed.iter().filter(|placed| placed.contested.is_some()) {
            let paper = events[placed.event].id;
            if !printed.contains_key(&paper) {
                continue;
            }
            // What it rests on has stepped aside for another paper: two papers exclude each other, and a person decides.
            let aside = |other: &&Placed| other.contested.as_deref() == Some("和已经出具的文书不一致");
            let rests_on = |other: &Placed| history.before[&paper].contains(&events[other.event].id);
            if folded.placed.iter().filter(aside).any(rests_on) {
                prop_assert!(folded.contested);
                continue;
            }
            // Without anything unprinted that was made apart from it, it still wouldn't count.
            let apart = |event: &&Event| !printed.contains_key(&event.id) && history.concurrent(event.id, paper);
            let without: BTreeSet<EventId> = events.iter().filter(apart).map(|event| event.id).collect();
            let alone = place(&events, &history, &setting(item), &printed, &without);
            let stands = alone.placed.iter().any(|one| events[one.event].id == paper && one.contested.is_none());
            prop_assert!(!stands, "{:?} gave way", paper);
        }
    }
}

#[test]
fn ranks_are_the_ones_the_law_gives() {
    assert_eq!(transition::rank("accept", Level::Township), rank::LEGAL_ACT);
    assert_eq!(transition::rank("receive", Level::Township), rank::ORGAN);
    assert_eq!(transition::rank("accept", Level::Village), rank::VILLAGE);
}
