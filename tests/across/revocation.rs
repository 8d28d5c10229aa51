//! Devices that are revoked while work goes on everywhere: all desks come to show the same, nothing that anybody else wrote is
//! missing, what the revoked one wrote waits, and it gets nothing any more.

use crate::convergence::{histories, request};
use daiban_contract::{
    Code, Failure,
    act::{Act, ExportBundle, ImportBundle, ReviewHeld, RevokeDevice, Set},
    ask,
};
use daiban_desk::Desk;
use daiban_domain::{DeviceId, Instant, Role, revocation::Ground};
use daiban_testkit::{County, Relay, at};
use proptest::prelude::*;
use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicUsize, Ordering},
};

const DESKS: [&str; 4] = ["village", "second", "township", "county"];
const EVENTS: [&str; 6] = ["handOver", "receive", "accept", "oneTimeNotice", "withdraw", "startReview"];

#[derive(Clone, Debug)]
enum Step {
    Record {
        desk: usize,
    },
    Set {
        desk: usize,
        case: usize,
        value: u32,
    },
    Act {
        desk: usize,
        case: usize,
        event: usize,
    },
    /// The township or the county revokes the village's first laptop, as of so many minutes ago.
    Revoke {
        county: bool,
        minutes: Option<i64>,
    },
    Review {
        county: bool,
        nth: usize,
        accept: bool,
    },
    Exchange {
        desk: usize,
    },
    /// Everybody exchanges once.
    Round,
    Relay {
        desk: usize,
    },
    Stick {
        from: usize,
        to: usize,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let desk = 0..4usize;
    prop_oneof![
        2 => (0..2usize).prop_map(|desk| Step::Record { desk }),
        4 => (desk.clone(), 0..5usize, 0..5u32).prop_map(|(desk, case, value)| Step::Set { desk, case, value }),
        4 => (desk.clone(), 0..5usize, 0..EVENTS.len())
            .prop_map(|(desk, case, event)| Step::Act { desk, case, event }),
        1 => (any::<bool>(), prop::option::weighted(0.8, 0..30i64))
            .prop_map(|(county, minutes)| Step::Revoke { county, minutes }),
        2 => (any::<bool>(), 0..4usize, any::<bool>())
            .prop_map(|(county, nth, accept)| Step::Review { county, nth, accept }),
        3 => desk.clone().prop_map(|desk| Step::Exchange { desk }),
        3 => Just(Step::Round),
        1 => (0..2usize).prop_map(|desk| Step::Relay { desk }),
        2 => (desk.clone(), desk).prop_map(|(from, to)| Step::Stick { from, to }),
    ]
}

/// Documents of revoked devices on which others had built, or of which something waited, in all histories.
static BUILT_ON: AtomicUsize = AtomicUsize::new(0);
static WAITING: AtomicUsize = AtomicUsize::new(0);

fn laptop(desk: &Desk, now: Instant) -> DeviceId {
    let devices = desk.devices(ask::Devices {}, now).unwrap();
    devices.into_iter().find(|device| device.name.contains("上塬")).unwrap().device
}

async fn play(steps: Vec<Step>) {
    let county = County::new().await;
    county.enrol("second", "621099100200", &[Role::Agent], "赵敏", at("03-04T09:00")).await;
    let desks = DESKS.map(|name| county.desk(name));
    for desk in &desks {
        county.exchange(desk, at("03-05T08:00")).await.unwrap();
    }
    let stolen = laptop(&desks[2], at("03-05T08:00"));
    let mut now = at("03-05T09:00");
    let (mut cases, mut said): (Vec<String>, BTreeSet<(String, String)>) = Default::default();
    for step in steps {
        now = Instant(now.0 + 60_000);
        county.hub_says(now);
        match step {
            Step::Record { desk } => {
                if let Ok(recorded) = desks[desk].record(request(cases.len()), now) {
                    cases.push(recorded.case_no);
                }
            }
            Step::Set { desk, case, value } => {
                let Some(case_no) = cases.get(case).cloned() else { continue };
                let (path, value) = ("applicant.phone".to_owned(), format!("1391234567{value}"));
                let _ = desks[desk].set(Set { case_no, path, value, reason: None }, now);
            }
            Step::Act { desk, case, event } => {
                let Some(case_no) = cases.get(case).cloned() else { continue };
                let act = Act {
                    case_no: case_no.clone(),
                    event: EVENTS[event].to_owned(),
                    payload: None,
                    on: None,
                };
                let Ok(view) = desks[desk].act(act, now) else { continue };
                if desk > 0 {
                    said.extend(view.events.last().map(|event| (case_no, event.id.to_string())));
                }
            }
            Step::Revoke { county, minutes } => {
                let since = minutes.map(|minutes| Instant(now.0 - minutes * 60_000));
                let revoke = RevokeDevice { device: stolen, ground: Ground::Lost, since };
                desks[2 + usize::from(county)].revoke_device(revoke, now).unwrap();
            }
            Step::Review { county, nth, accept } => {
                let desk = &desks[2 + usize::from(county)];
                let held = desk.held(ask::Held {}, now).unwrap();
                if let Some(held) = held.get(nth) {
                    desk.review_held(ReviewHeld { document: held.document, accept }, now).unwrap();
                }
            }
            Step::Exchange { desk } => _ = county.exchange(&desks[desk], now).await,
            Step::Round => {
                for desk in &desks {
                    let _ = county.exchange(desk, now).await;
                }
            }
            Step::Relay { desk } => {
                let relay = Relay::of(&county, "township").await;
                let _ = desks[desk].exchange_with_relay(&relay.url, now).await;
            }
            Step::Stick { from, to } if from != to => {
                let file = county.path("stick.bundle").display().to_string();
                let unit =
                    ["621099100200", "621099100200", "621099100000", "621099000000"][to].parse().unwrap();
                let export = ExportBundle { file: Some(file.clone()), unit: Some(unit), all: false };
                if desks[from].export_bundle(export, now).is_ok() {
                    let _ = desks[to].import_bundle(ImportBundle { file }, now);
                }
            }
            Step::Stick { .. } => {}
        }
    }
    for desk in [0, 1, 2, 3, 0, 1, 2, 3, 1, 2, 3] {
        let _ = county.exchange(&desks[desk], now).await;
    }
    for desk in &desks[2..] {
        for (case_no, event) in &said {
            let view = desk.case(ask::Case { case_no: case_no.clone() }, now).unwrap();
            assert!(
                view.events.iter().any(|one| one.id.to_string() == *event),
                "{event} of {case_no} is missing"
            );
        }
    }
    let held = [2, 3].map(|desk: usize| desks[desk].held(ask::Held {}, now).unwrap());
    assert_eq!(held[0].len(), held[1].len());
    BUILT_ON.fetch_add(held[0].iter().filter(|held| held.built_on).count(), Ordering::Relaxed);
    WAITING.fetch_add(
        held[0].iter().filter(|held| held.entries.iter().any(|entry| !entry.counts)).count(),
        Ordering::Relaxed,
    );
    let digests = ["second", "township", "county"].map(|name| {
        let mut replica = county.replica(name);
        assert_eq!(replica.verify().unwrap(), [], "{name}");
        replica.rebuild().unwrap();
        replica.digest().unwrap()
    });
    assert_eq!(digests[1], digests[2], "township and county hold the same and show the same");
}

#[test]
fn a_revoked_device_divides_nobody() {
    histories(step(), play);
    for (of, what) in [(&BUILT_ON, "built on"), (&WAITING, "waiting")] {
        assert!(of.load(Ordering::Relaxed) > 0, "something is {what} on the way");
    }
}

/// Whoever has copied the folder before knows nothing of a revocation, and asks on.
#[tokio::test]
async fn a_revoked_device_is_given_nothing() {
    let county = County::new().await;
    let [village, township, top] = ["village", "township", "county"].map(|name| county.desk(name));
    for desk in [&village, &township, &top, &village] {
        county.exchange(desk, at("03-05T08:00")).await.unwrap();
    }
    let case_no = village.record(request(0), at("03-05T09:00")).unwrap().case_no;
    for desk in [&village, &township, &top] {
        county.exchange(desk, at("03-05T09:10")).await.unwrap();
    }
    county.copy("village", "clone");

    let device = laptop(&township, at("03-05T09:20"));
    let revoke = RevokeDevice { device, ground: Ground::Stolen, since: None };
    township.revoke_device(revoke, at("03-05T09:20")).unwrap();
    let set = Set {
        case_no: case_no.clone(),
        path: "applicant.phone".to_owned(),
        value: "13900000001".to_owned(),
        reason: None,
    };
    township.set(set, at("03-05T09:25")).unwrap();
    county.exchange(&township, at("03-05T09:30")).await.unwrap();

    // It goes on where its last receipt was, brings an entry, and hears no more than that it is revoked.
    let clone = county.desk("clone");
    clone.record(request(1), at("03-05T09:35")).unwrap();
    let done = county.exchange(&clone, at("03-05T09:40")).await.unwrap();
    assert!(done.sent > 0 && done.received > 0, "{done:?}");
    let refused =
        Failure::from(clone.case(ask::Case { case_no: case_no.clone() }, at("03-05T09:45")).unwrap_err());
    assert_eq!(refused.code, Code::Revoked);

    // So does one that pretends not to have heard: the hub itself gives it nothing of the village.
    let again = county.exchange(&clone, at("03-05T09:50")).await;
    assert_eq!(again.unwrap_err().code, Code::Revoked, "its keys are gone by now");

    // Bundles are no longer sealed to it either.
    let file = county.path("stick.bundle").display().to_string();
    let unit = Some("621099100200".parse().unwrap());
    let export = ExportBundle { file: Some(file), unit, all: true };
    let made = township.export_bundle(export, at("03-05T10:00")).unwrap();
    assert_eq!(made.recipients, 2, "the township's device and the county's");
}

/// Where no line reaches, the stick tells a device that it is revoked, takes along what it holds, and brings the receipt for it.
#[tokio::test]
async fn a_stick_revokes_too() {
    let county = County::new().await;
    let [village, township] = ["village", "township"].map(|name| county.desk(name));
    for desk in [&village, &township] {
        county.exchange(desk, at("03-05T08:00")).await.unwrap();
    }
    let case_no = village.record(request(0), at("03-05T09:00")).unwrap().case_no;
    let device = laptop(&township, at("03-05T09:10"));
    township
        .revoke_device(RevokeDevice { device, ground: Ground::Replaced, since: None }, at("03-05T09:10"))
        .unwrap();
    let file = county.path("stick.bundle").display().to_string();
    let export = |from: &Desk, unit: &str, when: &str| {
        let export = ExportBundle { file: Some(file.clone()), unit: Some(unit.parse().unwrap()), all: false };
        from.export_bundle(export, at(when)).unwrap();
    };
    let import =
        |to: &Desk, when: &str| to.import_bundle(ImportBundle { file: file.clone() }, at(when)).unwrap();
    let code = |desk: &Desk, when: &str| {
        Failure::from(desk.cases(ask::Cases::default(), at(when)).unwrap_err()).code
    };

    export(&township, "621099100200", "03-05T10:00");
    import(&village, "03-05T11:00");
    assert_eq!(code(&village, "03-05T11:10"), Code::Revoked);
    let locked = village.desk(ask::Desk {}, at("03-05T11:10")).unwrap().revoked.unwrap();
    assert!(locked.owed > 0 && locked.says.contains("没有交给县中心"), "{}", locked.says);
    assert!(county.path("village/database.key").exists(), "nothing goes before the county has it");

    export(&village, "621099100000", "03-05T11:20");
    import(&township, "03-05T12:00");
    assert_eq!(township.held(ask::Held {}, at("03-05T12:10")).unwrap()[0].number, case_no);
    county.hub_says(at("03-05T12:20"));
    county.exchange(&township, at("03-05T12:20")).await.unwrap();
    export(&township, "621099100200", "03-05T12:30");
    import(&village, "03-05T13:00");
    assert!(!county.path("village/database.key").exists());
    assert_eq!(code(&county.desk("village"), "03-05T13:10"), Code::Revoked);
}

/// A hub that was restored from a backup of before hears of the revocation again from whoever knows.
#[tokio::test]
async fn a_restored_hub_forgets_no_revocation() {
    let mut county = County::new().await;
    let [village, township] = ["village", "township"].map(|name| county.desk(name));
    for desk in [&village, &township] {
        county.exchange(desk, at("03-05T08:00")).await.unwrap();
    }
    county.copy("hub", "hub-backup");
    let device = laptop(&township, at("03-05T09:00"));
    let revoke = RevokeDevice { device, ground: Ground::Stolen, since: None };
    township.revoke_device(revoke, at("03-05T09:00")).unwrap();
    county.exchange(&township, at("03-05T09:10")).await.unwrap();
    county.restore_hub("hub-backup").await;
    county.hub_says(at("03-05T09:20"));
    county.exchange(&township, at("03-05T09:20")).await.unwrap();

    village.record(request(0), at("03-05T09:25")).unwrap();
    county.exchange(&village, at("03-05T09:30")).await.unwrap();
    let locked = village.cases(ask::Cases::default(), at("03-05T09:31")).unwrap_err();
    assert_eq!(Failure::from(locked).code, Code::Revoked);
}

/// The thief's correction was taken for the agent's, and the township went on from it before anyone knew.
#[tokio::test]
async fn what_others_built_on_counts_and_is_told() {
    let county = County::new().await;
    let [village, township] = ["village", "township"].map(|name| county.desk(name));
    let all_meet = async |when: &str| {
        county.hub_says(at(when));
        for desk in [&village, &township, &village] {
            county.exchange(desk, at(when)).await.unwrap();
        }
    };
    let case_no = village.record(request(0), at("03-05T09:00")).unwrap().case_no;
    let act = |desk: &Desk, event: &str, when: &str| {
        let act = Act { case_no: case_no.clone(), event: event.to_owned(), payload: None, on: None };
        desk.act(act, at(when)).unwrap()
    };
    let set = |desk: &Desk, path: &str, value: &str, when: &str| {
        let (path, value) = (path.to_owned(), value.to_owned());
        desk.set(Set { case_no: case_no.clone(), path, value, reason: None }, at(when)).unwrap()
    };
    all_meet("03-05T09:30").await;
    set(&village, "applicant.phone", "13900009999", "03-05T10:00");
    act(&village, "handOver", "03-05T10:05");
    all_meet("03-05T10:30").await;
    act(&township, "receive", "03-05T11:00");
    all_meet("03-05T11:10").await;
    // Nobody has gone on from this one.
    set(&village, "applicant.address", "上塬村九组", "03-05T11:20");
    all_meet("03-05T11:30").await;

    let device = laptop(&township, at("03-05T12:00"));
    let since = Some(at("03-05T09:45"));
    township
        .revoke_device(RevokeDevice { device, ground: Ground::Stolen, since }, at("03-05T12:00"))
        .unwrap();
    let view = township.case(ask::Case { case_no: case_no.clone() }, at("03-05T12:10")).unwrap();
    let events: Vec<&str> = view.events.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(events, ["submit", "correctData", "handOver", "receive"]);
    assert_eq!(view.applicant.phone, "13900009999");
    assert_eq!(view.applicant.address, "上塬村三组", "what nobody built on waits");
    assert!(
        view.set_aside.contains("采用，请核对") && view.set_aside.contains("等人审核"),
        "{}",
        view.set_aside
    );
}
