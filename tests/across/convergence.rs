//! Three desks, random edits, events and scans, orders to erase, clocks that jump, old backups of desks and hub put back, exchanges in any order over a
//! line that drops questions and answers, over the township's relay and by stick: all end identical, and no edit and no
//! event is missing.

use crate::{attachments, lists};
use daiban_contract::{
    Code, Failure,
    act::{
        Act, AnswerSuggestion, Attach, Detach, Entrust, Erase, ExportBundle, HandOver, ImportBundle,
        Personal, PublishSetting, Record, RevokeEntrustment, Set, Suggest,
    },
    ask,
    view::{Applicant, CaseView, MaterialCount, MayRateView, Reach},
};
use daiban_desk::Desk;
use daiban_domain::{
    Instant,
    case::{State, entrustment::Power},
    erasure::Ground,
};
use daiban_testkit::{County, Line, Relay, at, program::rounds};
use proptest::prelude::*;
use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicU32, Ordering},
};

pub const DESKS: [&str; 3] = ["village", "township", "county"];
const EVENTS: [&str; 25] = [
    "handOver",
    "receive",
    "accept",
    "oneTimeNotice",
    "supplement",
    "startReview",
    "propose",
    "approve",
    "close",
    "deliver",
    "withdraw",
    "tolerantAccept",
    "tolerantDone",
    "refuse",
    "returnToVillage",
    "pause",
    "resume",
    "extend",
    "forward",
    "upperResult",
    "jointDispatch",
    "jointOpinion",
    "sendBack",
    "reopen",
    "returnOriginals",
];

/// What any of them may need to have said.
fn says() -> serde_json::Map<String, serde_json::Value> {
    let says = serde_json::json!({
        "reason": "申请人来电", "opinion": "同意", "organ": "林业站", "limitDays": 3, "days": 2, "owed": ["HK"],
        "signed": true, "told": true, "procedure": "现场勘查", "basis": "县里的办法", "expectedDays": 4,
    });
    serde_json::from_value(says).unwrap()
}

#[derive(Clone, Debug)]
enum Step {
    Record {
        desk: usize,
    },
    Set {
        desk: usize,
        case: usize,
        phone: bool,
        value: u32,
    },
    Act {
        desk: usize,
        case: usize,
        event: usize,
    },
    /// The village suggests a card number, whoever may answers what waits.
    Suggest {
        desk: usize,
        case: usize,
        adopt: bool,
    },
    Entrust {
        desk: usize,
        case: usize,
        revoke: bool,
    },
    /// All that is registered goes over in one hand-over.
    HandOver,
    /// The county changes one of its numbers.
    Publish {
        value: u16,
    },
    /// Puts a scan on a case, or takes it off.
    Attach {
        desk: usize,
        case: usize,
        scan: u8,
        take_off: bool,
    },
    /// The county orders a case to be erased.
    Erase {
        case: usize,
    },
    /// The desk's folder as it was at the last backup takes the place of what it is now; what it had by then is at the
    /// county.
    Restore {
        desk: usize,
    },
    RestoreHub,
    Backup,
    /// The village calls at the township's desk.
    Relay,
    /// A stick from one desk to another unit.
    Stick {
        from: usize,
        to: usize,
    },
    /// A desk's clock is so many minutes off from now on.
    Clock {
        desk: usize,
        minutes: i64,
    },
    /// With the line cut after so many bytes each way, or whole.
    Exchange {
        desk: usize,
        cut: Option<(u64, u64)>,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let desk = 0..3usize;
    let cut = prop_oneof![
        2 => Just(None),
        1 => (0u64..3000).prop_map(|up| Some((up, u64::MAX))),
        1 => (0u64..3000).prop_map(|down| Some((u64::MAX, down))),
    ];
    prop_oneof![
        1 => (0..2usize).prop_map(|desk| Step::Record { desk }),
        3 => (desk.clone(), 0..4usize, any::<bool>(), 0..5u32)
            .prop_map(|(desk, case, phone, value)| Step::Set { desk, case, phone, value }),
        4 => (desk.clone(), 0..4usize, 0..EVENTS.len()).prop_map(|(desk, case, event)| Step::Act { desk, case, event }),
        1 => (desk.clone(), 0..4usize, any::<bool>()).prop_map(|(desk, case, adopt)| Step::Suggest { desk, case, adopt }),
        1 => (desk.clone(), 0..4usize, any::<bool>()).prop_map(|(desk, case, revoke)| Step::Entrust { desk, case, revoke }),
        1 => Just(Step::HandOver),
        1 => (1..7u16).prop_map(|value| Step::Publish { value }),
        2 => (desk.clone(), 0..4usize, 0..3u8, prop::bool::weighted(0.3))
            .prop_map(|(desk, case, scan, take_off)| Step::Attach { desk, case, scan, take_off }),
        3 => (desk.clone(), cut).prop_map(|(desk, cut)| Step::Exchange { desk, cut }),
        3 => (0..4usize).prop_map(|case| Step::Erase { case }),
        1 => Just(Step::Backup),
        1 => desk.prop_map(|desk| Step::Restore { desk }),
        1 => Just(Step::RestoreHub),
        2 => Just(Step::Relay),
        2 => (0..3usize, 0..3usize).prop_map(|(from, to)| Step::Stick { from, to }),
        1 => (0..3usize, prop_oneof![Just(0), -600..600i64, Just(38_000_000), Just(-3_600_000)])
            .prop_map(|(desk, minutes)| Step::Clock { desk, minutes }),
    ]
}

/// Orders to erase that were given in all histories.
static ERASED: AtomicU32 = AtomicU32::new(0);

/// Everything that was acknowledged to a person.
#[derive(Default)]
struct Said {
    cases: Vec<String>,
    /// (case, event id).
    events: BTreeSet<(String, String)>,
    /// Cases under an order.
    erased: BTreeSet<String>,
}

impl Said {
    fn hear(&mut self, case: &CaseView) {
        self.events.extend(case.events.iter().map(|event| (case.case_no.clone(), event.id.to_string())));
    }
}

async fn play(steps: Vec<Step>) {
    let mut county = County::new().await;
    let mut line = Line::to(&county.url).await;
    let mut desks = DESKS.map(|name| county.desk(name));
    for desk in &desks {
        // All have heard of each other.
        county.exchange(desk, at("03-05T08:00")).await.unwrap();
    }
    county.exchange(&desks[0], at("03-05T08:00")).await.unwrap();
    backup(&county);
    let mut said = Said::default();
    let mut beginning = at("03-05T09:00");
    let mut off = [0; 3];
    for step in steps {
        beginning = Instant(beginning.0 + 60_000);
        let clock = |desk: usize| Instant(beginning.0 + off[desk] * 60_000);
        match step {
            Step::Record { desk } => {
                let recorded = desks[desk].record(request(said.cases.len()), clock(desk)).unwrap();
                said.hear(
                    &desks[desk].case(ask::Case { case_no: recorded.case_no.clone() }, clock(desk)).unwrap(),
                );
                said.cases.push(recorded.case_no);
            }
            Step::Set { desk, case, phone, value } => {
                let Some(case_no) = said.cases.get(case).cloned() else { continue };
                let (path, value) = if phone {
                    ("applicant.phone", format!("1391234567{value}"))
                } else {
                    ("applicant.address", format!("上塬村{value}组"))
                };
                let request = Set { case_no, path: path.to_owned(), value, reason: None };
                // Not here yet, or not this desk's to correct: nothing was promised then.
                if let Ok(view) = desks[desk].set(request, clock(desk)) {
                    said.hear(&view);
                }
            }
            Step::Act { desk, case, event } => {
                let Some(case_no) = said.cases.get(case).cloned() else { continue };
                let payload = Some(says()).filter(|_| event >= EVENTS.len() - 14);
                let request = Act { case_no, event: EVENTS[event].to_owned(), payload, on: None };
                if let Ok(view) = desks[desk].act(request, clock(desk)) {
                    said.hear(&view);
                }
            }
            Step::Suggest { desk, case, adopt } => {
                let Some(case_no) = said.cases.get(case).cloned() else { continue };
                let suggest = Suggest {
                    case_no: case_no.clone(),
                    path: "fields.bankAccount".to_owned(),
                    value: "6217000000000000012".to_owned(),
                    reason: "补办了卡".to_owned(),
                };
                let waiting = desks[desk].case(ask::Case { case_no: case_no.clone() }, clock(desk)).ok();
                let waiting = waiting.and_then(|case| case.suggestions.first().map(|one| one.id));
                let done = match waiting {
                    Some(suggestion) => {
                        let answer = AnswerSuggestion { case_no, suggestion, adopt, reason: String::new() };
                        desks[desk].answer_suggestion(answer, clock(desk))
                    }
                    None => desks[desk].suggest(suggest, clock(desk)),
                };
                done.iter().for_each(|view| said.hear(view));
            }
            Step::Entrust { desk, case, revoke } => {
                let Some(case_no) = said.cases.get(case).cloned() else { continue };
                let done = if revoke {
                    let revoke = RevokeEntrustment { case_no, ..RevokeEntrustment::default() };
                    desks[desk].revoke_entrustment(revoke, clock(desk))
                } else {
                    let powers = vec![[Power::Submit, Power::Collect][desk % 2]];
                    desks[desk].entrust(Entrust { case_no, powers, ..Entrust::default() }, clock(desk))
                };
                done.iter().for_each(|view| said.hear(view));
            }
            Step::HandOver => {
                let states = vec![State::Registered];
                let listed = ask::Cases { states, ..ask::Cases::default() };
                let registered = desks[0].cases(listed, clock(0)).unwrap().cases;
                let case_nos = registered.into_iter().map(|case| case.case_no).collect();
                // One that can't go keeps all of them here.
                let _ = desks[0].hand_over(HandOver { case_nos }, clock(0));
            }
            Step::Publish { value } => {
                let setting = PublishSetting { name: "villageDays".to_owned(), value, since: None };
                desks[2].publish_setting(setting, clock(2)).unwrap();
            }
            Step::Attach { desk, case, scan, take_off } => {
                let Some(case_no) = said.cases.get(case).cloned() else { continue };
                let bytes = attachments::scan(scan, 70_000);
                let file = county.path("scan.pdf");
                std::fs::write(&file, &bytes).unwrap();
                // Not here yet: nothing was promised then.
                let _ = if take_off {
                    let hash = daiban_exchange::attachment::Leaves::of(&bytes).content().unwrap();
                    desks[desk].detach(Detach { case_no, hash: hash.to_string() }, clock(desk))
                } else {
                    let file = Some(file.display().to_string());
                    desks[desk].attach(Attach { case_no, file, ..Attach::default() }, clock(desk))
                };
            }
            Step::Erase { case } => {
                let Some(case_no) = said.cases.get(case).cloned() else { continue };
                // The others may go on writing to it, and hear of the order whenever they do.
                line.mend();
                for desk in [0, 1, 2] {
                    desks[desk].exchange_at(&line.url, clock(desk)).await.unwrap();
                }
                let what = Personal::Case { case_no: case_no.clone() };
                // Kept by law, perhaps.
                if desks[2].erase(Erase { what, ground: Ground::Consent }, clock(2)).is_ok() {
                    said.erased.insert(case_no);
                    ERASED.fetch_add(1, Ordering::Relaxed);
                }
            }
            Step::Backup => backup(&county),
            Step::Relay => {
                let relay = Relay::of(&county, "township").await;
                desks[0].exchange_with_relay(&relay.url, clock(0)).await.unwrap();
            }
            Step::Stick { from, to } if from != to => {
                let file = county.path("stick.bundle").display().to_string();
                let unit = desks[to].desk(ask::Desk {}, clock(to)).unwrap().unit;
                let export = ExportBundle { file: Some(file.clone()), unit: Some(unit), all: false };
                desks[from].export_bundle(export, clock(from)).unwrap();
                // Gaps wait; nothing else may go wrong.
                desks[to].import_bundle(ImportBundle { file }, clock(to)).unwrap();
            }
            Step::Stick { .. } => {}
            Step::Clock { desk, minutes } => off[desk] = minutes,
            Step::Restore { desk } => {
                line.mend();
                desks[desk].exchange_at(&line.url, clock(desk)).await.unwrap();
                let name = DESKS[desk];
                county.restore(&format!("{name}-backup"), name);
                desks[desk] = county.desk(name);
            }
            Step::RestoreHub => {
                // What the hub alone still had is gone with it: every desk has it by now.
                line.mend();
                for desk in [0, 1, 2, 0, 1, 2] {
                    desks[desk].exchange_at(&line.url, clock(desk)).await.unwrap();
                }
                county.restore_hub("hub-backup").await;
                line = Line::to(&county.url).await;
            }
            Step::Exchange { desk, cut } => {
                let (up, down) = cut.unwrap_or((u64::MAX, u64::MAX));
                line.cut_after(up, down);
                let outcome = desks[desk].exchange_at(&line.url, clock(desk)).await;
                let whole = outcome.is_ok_and(|done| done.attachments_failed.is_none());
                assert!(whole || cut.is_some(), "a whole line carries everything");
            }
        }
    }
    let now = beginning;
    line.mend();
    for desk in [0, 1, 2, 0, 1, 2, 0, 1, 2] {
        desks[desk].exchange_at(&line.url, now).await.unwrap();
    }
    agree(&desks, &said, now);
    // The county holds what all others hold.
    let duplicates = [&desks[1], &desks[2]].map(|desk| {
        let mut found = desk.duplicates(ask::Duplicates::default(), now).unwrap();
        // Who may void differs from desk to desk.
        found.cases.iter_mut().for_each(|pair| pair.blocked.clear());
        found
    });
    assert_eq!(duplicates[0], duplicates[1]);
    let digests = DESKS.map(|name| {
        let mut replica = county.replica(name);
        assert_eq!(replica.verify().unwrap(), [], "{name}");
        lists::are_whole(&replica);
        replica.rebuild().unwrap();
        replica.digest().unwrap()
    });
    assert_eq!(digests[1], digests[2], "township and county hold the same and show the same");
}

fn backup(county: &County) {
    for name in DESKS.into_iter().chain(["hub"]) {
        let _ = std::fs::remove_dir_all(county.path(&format!("{name}-backup")));
        county.copy(name, &format!("{name}-backup"));
    }
}

fn agree(desks: &[Desk; 3], said: &Said, now: Instant) {
    for case_no in &said.erased {
        for desk in desks {
            let shown = desk.case(ask::Case { case_no: case_no.clone() }, now).map_err(Failure::from);
            assert_eq!(shown.unwrap_err().code, Code::Erased, "{case_no}");
        }
    }
    for case_no in said.cases.iter().filter(|case_no| !said.erased.contains(*case_no)) {
        let views: Vec<CaseView> = desks
            .iter()
            .filter_map(|desk| desk.case(ask::Case { case_no: case_no.clone() }, now).ok())
            .map(|mut view| {
                // Whose it is to answer differs from desk to desk.
                view.suggestions.iter_mut().for_each(|suggestion| suggestion.answerable = false);
                // And so does what else it holds of the applicant.
                view.materials.iter_mut().for_each(|material| material.brought_before.clear());
                CaseView {
                    offers: Vec::new(),
                    correctable: Vec::new(),
                    duplicates: Vec::new(),
                    may_rate: MayRateView::default(),
                    ..view
                }
            })
            .collect();
        // What the township's window records is not the village's to see.
        let expected = if case_no.starts_with("621099100000") { 2 } else { 3 };
        assert_eq!(views.len(), expected, "{case_no}");
        for view in &views {
            assert_eq!(view, &views[0], "{case_no} looks the same everywhere");
            assert!(view.county_receipt);
            assert!(
                view.attachments.iter().all(|scan| scan.here && scan.reach == Reach::County),
                "{case_no}"
            );
        }
        let shown: BTreeSet<String> = views[0].events.iter().map(|event| event.id.to_string()).collect();
        for (_, event) in said.events.iter().filter(|(case, _)| case == case_no) {
            assert!(shown.contains(event), "event {event} of {case_no} is missing");
        }
    }
}

pub fn request(n: usize) -> Record {
    let material = |code: &str| MaterialCount { material_code: code.to_owned(), originals: 1, copies: 1 };
    // Every other request lacks a required material.
    let codes: &[&str] =
        if n.is_multiple_of(2) { &["APP", "ID", "CARD", "PROXY"] } else { &["APP", "PROXY"] };
    Record {
        item_id: "I002".to_owned(),
        applicant: Applicant {
            name: "王𬍛㛃".to_owned(),
            id_no: "621099194203150014".to_owned(),
            phone: "13912345678".to_owned(),
            address: "上塬村三组".to_owned(),
            ..Applicant::default()
        },
        fields: [("paidYears", "15"), ("bankAccount", "6217000000000000012")]
            .map(|(key, value)| (key.to_owned(), value.into()))
            .into(),
        materials: codes.iter().map(|code| material(code)).collect(),
        ..Record::default()
    }
}

/// Plays random histories of a kind of step, as many as the rounds are. A fixed seed: what fails once fails again.
pub fn histories<S: std::fmt::Debug, P: Future<Output = ()>>(
    step: impl Strategy<Value = S>,
    play: impl Fn(Vec<S>) -> P,
) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let cases = u32::try_from(rounds()).unwrap();
    let mut runner = proptest::test_runner::TestRunner::new_with_rng(
        ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() },
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let outcome = runner.run(&proptest::collection::vec(step, 10..40), |steps| {
        runtime.block_on(play(steps));
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn all_desks_end_identical_and_nothing_is_missing() {
    histories(step(), play);
    assert!(ERASED.load(Ordering::Relaxed) > 0, "some order was given on the way");
}

#[tokio::test]
async fn two_correct_the_same_phone_and_both_are_shown_until_one_settles_it() {
    let county = County::new().await;
    let [village, township, top] = DESKS.map(|name| county.desk(name));
    let now = at("03-05T09:00");
    let later = |minutes: i64| Instant(now.0 + minutes * 60_000);
    let case_no = village.record(request(0), now).unwrap().case_no;
    for desk in [&village, &township, &top] {
        county.exchange(desk, now).await.unwrap();
    }
    let set = |path: &str, value: &str| Set {
        case_no: case_no.clone(),
        path: path.to_owned(),
        value: value.to_owned(),
        reason: None,
    };
    // The township's clock is the earlier one: the higher unit counts all the same.
    township.set(set("applicant.phone", "13700000002"), later(1)).unwrap();
    township.set(set("applicant.address", "清源镇人民路66号"), later(2)).unwrap();
    village.set(set("applicant.phone", "13700000001"), later(9)).unwrap();
    for desk in [&village, &township, &top, &village] {
        county.exchange(desk, later(10)).await.unwrap();
    }
    for desk in [&village, &township, &top] {
        let view = desk.case(ask::Case { case_no: case_no.clone() }, later(11)).unwrap();
        assert_eq!(view.applicant.phone, "13700000002");
        assert_eq!(view.applicant.address, "清源镇人民路66号");
        let sides: Vec<(&str, &str)> =
            view.conflicts[0].values.iter().map(|side| (side.value.as_str(), side.by.as_str())).collect();
        assert_eq!(sides, [("13700000002", "王建国"), ("13700000001", "李秀兰")]);
    }
    let settle = daiban_contract::act::Settle {
        case_no: case_no.clone(),
        path: "applicant.phone".to_owned(),
        value: "13700000001".to_owned(),
    };
    top.settle(settle, later(12)).unwrap();
    for desk in [&top, &village, &township] {
        county.exchange(desk, later(13)).await.unwrap();
        let view = desk.case(ask::Case { case_no: case_no.clone() }, later(14)).unwrap();
        assert_eq!((view.conflicts.len(), view.applicant.phone.as_str()), (0, "13700000001"));
    }
}

#[tokio::test]
async fn re_affirming_a_value_shows_beside_anothers_change() {
    let county = County::new().await;
    let [village, township, _] = DESKS.map(|name| county.desk(name));
    let now = at("03-05T09:00");
    let case_no = village.record(request(0), now).unwrap().case_no;
    for desk in [&village, &township] {
        county.exchange(desk, now).await.unwrap();
    }
    let set = |value: &str| Set {
        case_no: case_no.clone(),
        path: "applicant.phone".to_owned(),
        value: value.to_owned(),
        reason: None,
    };
    village.set(set("13912345678"), now).unwrap();
    township.set(set("13700000002"), now).unwrap();
    for desk in [&village, &township, &village] {
        county.exchange(desk, now).await.unwrap();
    }
    for desk in [&village, &township] {
        let view = desk.case(ask::Case { case_no: case_no.clone() }, now).unwrap();
        let values: Vec<&str> = view.conflicts[0].values.iter().map(|side| side.value.as_str()).collect();
        assert_eq!(values, ["13700000002", "13912345678"]);
    }
}
