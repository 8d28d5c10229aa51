//! Clocks that are wrong: whoever has one is told, what it writes is taken and marked, and nobody else is harmed.

use crate::convergence::{DESKS, request};
use daiban_contract::{
    act::{Set, Settle},
    ask,
    view::{CaseView, SyncView},
};
use daiban_desk::Desk;
use daiban_domain::Instant;
use daiban_replica::Replica;
use daiban_testkit::{County, at};

const FIVE_MINUTES: i64 = 5 * 60_000;

/// The hub's time, and that of whoever has a right clock.
fn right(minutes: i64) -> Instant {
    Instant(at("03-05T09:00").0 + minutes * 60_000)
}

/// What a clock shows that is off by so many years.
fn wrong(years: i64, minutes: i64) -> Instant {
    Instant(right(minutes).0 + years * 365 * 86_400_000)
}

fn phone(case_no: &str, value: &str) -> Set {
    Set {
        case_no: case_no.to_owned(),
        path: "applicant.phone".to_owned(),
        value: value.to_owned(),
        reason: None,
    }
}

fn case(desk: &Desk, case_no: &str, now: Instant) -> CaseView {
    desk.case(ask::Case { case_no: case_no.to_owned() }, now).unwrap()
}

fn sync(desk: &Desk, now: Instant) -> SyncView {
    desk.sync(ask::Sync {}, now).unwrap()
}

/// A replica's hybrid clock, in milliseconds.
fn stamp(replica: &Replica) -> i64 {
    let hlc = "SELECT coalesce(max(value), 0) >> 16 FROM counter WHERE name = 'hlc'";
    replica.db().query_row(hlc, [], |row| row.get(0)).unwrap()
}

#[tokio::test]
async fn a_clock_in_2099_and_one_in_2019_harm_nobody_else() {
    let county = County::new().await;
    let [village, township, top] = DESKS.map(|name| county.desk(name));
    county.hub_says(right(0));
    // The village's clock is 73 years ahead, the township's 7 behind, the county's is right.
    let ahead = |minutes| wrong(73, minutes);
    let behind = |minutes| wrong(-7, minutes);
    let case_no = village.record(request(0), ahead(0)).unwrap().case_no;
    county.exchange(&village, ahead(1)).await.unwrap();
    county.exchange(&township, behind(1)).await.unwrap();
    county.exchange(&top, right(1)).await.unwrap();

    // The same field at once: the higher unit counts, whatever the clocks say.
    village.set(phone(&case_no, "13700000001"), ahead(2)).unwrap();
    township.set(phone(&case_no, "13700000002"), behind(2)).unwrap();
    for round in 3..6 {
        county.hub_says(right(round));
        county.exchange(&village, ahead(round)).await.unwrap();
        county.exchange(&township, behind(round)).await.unwrap();
        county.exchange(&top, right(round)).await.unwrap();
    }
    let desks = [(&village, ahead(6)), (&township, behind(6)), (&top, right(6))];
    for (desk, now) in desks {
        let view = case(desk, &case_no, now);
        assert!(view.county_receipt, "accepted like any other");
        assert_eq!(view.applicant.phone, "13700000002");
        let sides: Vec<(&str, bool)> =
            view.conflicts[0].values.iter().map(|side| (side.value.as_str(), side.time_doubtful)).collect();
        assert_eq!(sides, [("13700000002", true), ("13700000001", true)]);
        assert!(view.events.iter().all(|event| event.time_doubtful));
    }
    let settle = Settle {
        case_no: case_no.clone(),
        path: "applicant.phone".to_owned(),
        value: "13700000001".to_owned(),
    };
    let settled = top.settle(settle, right(6)).unwrap();
    assert!(!settled.events.last().unwrap().time_doubtful, "the county's own clock is right");
    for (desk, now) in [(&top, right(6)), (&village, ahead(6)), (&township, behind(6))] {
        county.exchange(desk, now).await.unwrap();
        let view = case(desk, &case_no, now);
        assert_eq!((view.conflicts.len(), view.applicant.phone.as_str()), (0, "13700000001"));
    }
    // Each is told of its own clock alone.
    assert_eq!(sync(&village, ahead(6)).clock_off.unwrap().short, "快 73 年");
    assert_eq!(sync(&township, behind(6)).clock_off.unwrap().short, "慢 7 年");
    assert_eq!(sync(&top, right(6)).clock_off, None);
    // No stamp in 2099 has moved another's clock, and a clock in 2019 stamps after what it had heard of.
    for name in ["township", "county"] {
        let stamp = stamp(&county.replica(name));
        assert!((right(0).0..=right(6).0 + FIVE_MINUTES).contains(&stamp), "{name}: {}", Instant(stamp));
    }
    let digests = DESKS.map(|name| {
        let mut replica = county.replica(name);
        assert_eq!(replica.verify().unwrap(), [], "{name}");
        replica.digest().unwrap()
    });
    assert_eq!(digests[1], digests[2]);

    // Put right, the village's clock is no longer spoken of; its stamps stay ahead, so that what it writes now still comes
    // after what it wrote before.
    for value in ["13700000004", "13700000005"] {
        village.set(phone(&case_no, value), right(7)).unwrap();
    }
    county.hub_says(right(8));
    county.exchange(&village, right(8)).await.unwrap();
    assert_eq!(sync(&village, right(8)).clock_off, None);
    let view = case(&village, &case_no, right(9));
    assert_eq!(view.applicant.phone, "13700000005");
    let last = view.events.last().unwrap();
    assert!(last.says.contains("13700000005") && !last.time_doubtful, "{last:?}");
    assert!(stamp(&county.replica("village")) > right(365 * 1440 * 70).0);
}

#[tokio::test]
async fn stamps_cannot_push_a_clock_ahead_step_by_step() {
    let county = County::new().await;
    let [village, township, _] = DESKS.map(|name| county.desk(name));
    county.hub_says(right(0));
    county.exchange(&township, right(0)).await.unwrap();
    // Each exchange brings a stamp four minutes beyond the last: every one of them is near, all of them together are not.
    for step in 1..6 {
        village.record(request(0), right(4 * step)).unwrap();
        county.exchange(&village, right(4 * step)).await.unwrap();
        county.exchange(&township, right(0)).await.unwrap();
    }
    assert!(stamp(&county.replica("township")) <= right(0).0 + FIVE_MINUTES);
}

#[tokio::test]
async fn a_few_minutes_are_nobodys_business() {
    let county = County::new().await;
    let village = county.desk("village");
    let case_no = village.record(request(0), right(4)).unwrap().case_no;
    for (hub, told) in [(0, None), (10, Some(-6)), (4, None), (-2, Some(6))] {
        county.hub_says(right(hub));
        county.exchange(&village, right(4)).await.unwrap();
        assert_eq!(sync(&village, right(4)).clock_off.map(|off| off.minutes), told, "the hub at {hub}");
    }
    assert!(!case(&village, &case_no, right(4)).events[0].time_doubtful);
}
