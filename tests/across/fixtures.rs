//! Folders and frames as earlier versions left them, in `tests/fixtures/<day>/`: today's program opens copies, exchanges
//! both ways and finds everything in order. A version that changes what is stored or sent adds a fixture of its own:
//!
//! ```text
//! DAIBAN_FIXTURE=2026-11-25 cargo test -p daiban-tests --test across make_a_fixture -- --ignored
//! ```

use crate::convergence::request;
use daiban_contract::{
    act::{Act, Enrol, Set},
    ask,
};
use daiban_desk::Desk;
use daiban_domain::{Instant, Role};
use daiban_exchange::{
    Log, Vector,
    certificate::Standing,
    engine::{self, Answer, Question},
    page, request, wire,
};
use daiban_hub::Hub;
use daiban_replica::{Replica, ReplicaError};
use daiban_testkit::{County, at, county};
use std::{
    fs,
    path::{Path, PathBuf},
};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn minute(n: i64) -> Instant {
    Instant(at("03-05T09:00").0 + n * 60_000)
}

/// A village that has been to the county and has something unsent, the hub that it went to, and what it says next.
#[tokio::test]
#[ignore = "writes a fixture; run by hand, once for each version that changes what is stored or sent"]
async fn make_a_fixture() {
    let place = fixtures().join(std::env::var("DAIBAN_FIXTURE").unwrap());
    let county = County::new().await;
    let village = county.desk("village");
    let cases: Vec<String> =
        (0..3).map(|n| village.record(request(n), minute(n as i64)).unwrap().case_no).collect();
    county.exchange(&village, minute(10)).await.unwrap();
    let township = county.desk("township");
    county.exchange(&township, minute(11)).await.unwrap();
    set(&township, &cases[1], "13700000002", 12);
    county.exchange(&township, minute(13)).await.unwrap();
    set(&village, &cases[1], "13700000001", 14);
    county.exchange(&village, minute(15)).await.unwrap();
    let hand_over = Act { case_no: cases[0].clone(), event: "handOver".to_owned(), payload: None, on: None };
    village.act(hand_over, minute(16)).unwrap();
    set(&village, &cases[2], "13700000003", 17);
    let unsent = village.record(request(3), minute(18)).unwrap().case_no;
    drop((village, township));

    let mut replica = county.replica("village");
    let device = replica.identity().device;
    let question = wire::pack(&ask_next(&mut replica));
    let signature = request::sign(request::EXCHANGE, &question, device, replica.signing_key());
    county::forget_place(&replica);
    drop(replica);
    let _ = fs::remove_dir_all(&place);
    for name in ["hub", "village"] {
        county.copy(name, &format!("{name}-copy"));
        county::copy(&county.path(&format!("{name}-copy")), &place.join(name));
    }
    fs::create_dir_all(place.join("keys")).unwrap();
    for ending in ["signing", "age", "tags"] {
        let file = format!("{device}.{ending}");
        if let Ok(bytes) = fs::read(county.path("keys").join(&file)) {
            fs::write(place.join("keys").join(file), bytes).unwrap();
        }
    }
    let answer =
        county.hub.exchange(device, &signature, &question, Standing::Good, minute(20)).unwrap().unwrap();
    fs::write(place.join("question.frame"), question).unwrap();
    fs::write(place.join("question.signature"), signature).unwrap();
    fs::write(place.join("answer.frame"), answer).unwrap();
    fs::write(place.join("cases"), [cases, vec![unsent]].concat().join("\n")).unwrap();
    // Opened and closed once, so that all of it lies in one file.
    drop(Hub::open(&place.join("hub")).unwrap());
}

fn set(desk: &Desk, case_no: &str, phone: &str, n: i64) {
    let set = Set {
        case_no: case_no.to_owned(),
        path: "applicant.phone".to_owned(),
        value: phone.to_owned(),
        reason: None,
    };
    desk.set(set, minute(n)).unwrap();
}

/// What the village would ask the hub next.
fn ask_next(replica: &mut Replica) -> Question {
    replica.checkpoint().unwrap();
    let (county, unit) = (replica.identity().county, replica.identity().unit);
    replica
        .intake(|log| {
            let ours = log.vector(unit)?;
            let reach = log.county_reach()?;
            let runs = engine::missing(log, &ours, &reach, wire::PAGE)?;
            Ok::<_, ReplicaError>(Question {
                protocol: wire::PROTOCOL_MAX,
                county,
                since: log.last_receipt()?.map(|last| last.receipt.state),
                vector: ours.since(&log.hub_vector()?),
                page: page::write(log, &runs, &reach)?,
                shown: None,
                room: None,
                alone: false,
                clock: None,
            })
        })
        .unwrap()
}

fn each() -> Vec<PathBuf> {
    let places = fs::read_dir(fixtures()).unwrap().map(|entry| entry.unwrap().path());
    let mut places: Vec<PathBuf> = places.filter(|place| place.is_dir()).collect();
    places.sort();
    assert!(!places.is_empty());
    places
}

#[tokio::test]
async fn folders_of_every_earlier_version_open_and_exchange_both_ways() {
    for place in each() {
        let told = place.display();
        let cases = fs::read_to_string(place.join("cases")).unwrap();
        let county = County::of(&place).await;
        assert_eq!(county.replica("village").verify().unwrap(), [], "{told}");
        let village = county.desk("village");
        county.exchange(&village, minute(30)).await.unwrap();

        // A township that comes new to the old hub gets all of it, and its work goes back.
        let code =
            county.hub.issue_code("621099100000".parse().unwrap(), &[Role::Intake], minute(31)).unwrap();
        let township = Desk::open(county.place("newcomer")).unwrap();
        let enrol = Enrol {
            hub: county.url.clone(),
            code: code.code,
            device: "新设备".to_owned(),
            user: "赵强".to_owned(),
            password: None,
        };
        township.enrol(enrol, minute(31)).await.unwrap();
        set(&township, cases.lines().nth(2).unwrap(), "13700000009", 32);
        for desk in [&township, &village] {
            county.exchange(desk, minute(33)).await.unwrap();
        }
        for case_no in cases.lines() {
            let views = [&village, &township].map(|desk| {
                let view = desk.case(ask::Case { case_no: case_no.to_owned() }, minute(34)).unwrap();
                assert!(
                    view.county_receipt && view.set_aside.is_empty() && !view.incomplete,
                    "{told}: {case_no}"
                );
                (view.state, view.applicant, view.conflicts, view.events.len())
            });
            assert_eq!(views[0], views[1], "{told}: {case_no}");
        }
        let phone = |n: usize| {
            let case_no = cases.lines().nth(n).unwrap().to_owned();
            village.case(ask::Case { case_no }, minute(34)).unwrap().applicant.phone
        };
        assert_eq!([phone(1), phone(2)], ["13700000002", "13700000009"], "{told}");
        for name in ["village", "newcomer"] {
            assert_eq!(county.replica(name).verify().unwrap(), [], "{told}: {name}");
        }
    }
}

#[tokio::test]
async fn frames_of_every_earlier_version_are_understood() {
    for place in each() {
        let told = place.display();
        let question = fs::read(place.join("question.frame")).unwrap();
        let signature = fs::read_to_string(place.join("question.signature")).unwrap();
        let answer: Answer = wire::unpack(&fs::read(place.join("answer.frame")).unwrap()).unwrap();
        let county = County::of(&place).await;
        let mut replica = county.replica("village");
        let (device, key) = (replica.identity().device, replica.identity().hub_key);

        // The old question to today's hub: all that it brings is taken.
        let today =
            county.hub.exchange(device, &signature, &question, Standing::Good, minute(30)).unwrap().unwrap();
        let today: Answer = wire::unpack(&today).unwrap();
        assert_eq!(today.refused, [], "{told}");
        let ours = replica.intake(|log| log.hub_vector()).unwrap();
        let held = Vector::after(ours.clone(), &today.vector);
        assert!(today.receipt.verify(held.root(), &key), "{told}");

        // The old answer to today's desk: its receipt stands, its page can be read.
        let held = Vector::after(ours, &answer.vector);
        assert!(answer.receipt.verify(held.root(), &key), "{told}");
        let runs =
            replica.intake(|log| Ok::<_, ReplicaError>(page::read(log, &answer.page).map(|runs| runs.len())));
        runs.unwrap().unwrap();
    }
}
