//! What a person has to look at, settling it, and settling it back.

use crate::{
    convergence::{DESKS, request},
    scenarios::{self, Story, act, message, say},
};
use daiban_contract::{
    act::{Set, Settle, Unsettle},
    ask,
    view::{CaseView, DoubtKind, DoubtsView, EventView},
};
use daiban_desk::Desk;
use daiban_domain::{EventId, Instant, case::review::REVIEW};
use daiban_testkit::{County, at};
use serde_json::json;

fn see(desk: &Desk, case_no: &str, now: Instant) -> CaseView {
    desk.case(ask::Case { case_no: case_no.to_owned() }, now).unwrap()
}

fn settle(desk: &Desk, case_no: &str, value: &str, now: Instant) -> Result<CaseView, String> {
    let request =
        Settle { case_no: case_no.to_owned(), path: "applicant.phone".to_owned(), value: value.to_owned() };
    desk.settle(request, now).map_err(|trouble| trouble.message().to_owned())
}

#[tokio::test]
async fn what_was_settled_is_settled_back_until_somebody_corrects_it() {
    let county = County::new().await;
    let desks = DESKS.map(|name| county.desk(name));
    let [village, township, top] = &desks;
    let case_no = village.record(request(0), at("03-05T09:00")).unwrap().case_no;
    let meet = async |now: &str| {
        county.hub_says(at(now));
        for desk in desks.iter().chain(&desks) {
            county.exchange(desk, at(now)).await.unwrap();
        }
    };
    let set = |desk: &Desk, value: &str, now: &str| {
        let set = Set {
            case_no: case_no.clone(),
            path: "applicant.phone".to_owned(),
            value: value.to_owned(),
            reason: None,
        };
        desk.set(set, at(now)).unwrap();
    };
    meet("03-05T10:00").await;
    assert_eq!(top.doubts(ask::Doubts::default(), at("03-05T10:00")).unwrap().total, 0);
    set(village, "13900000001", "03-06T09:00");
    set(township, "13900000002", "03-06T08:00");
    meet("03-06T10:00").await;

    let waiting = top.doubts(ask::Doubts::default(), at("03-06T11:00")).unwrap();
    let [doubt] = &waiting.doubts[..] else { panic!("{waiting:?}") };
    assert_eq!((waiting.total, doubt.kind, doubt.what.as_str()), (1, DoubtKind::Fields, "联系电话"));
    assert_eq!((doubt.case_no.as_str(), doubt.since), (case_no.as_str(), at("03-06T09:00")));

    // There and back, whichever side.
    assert_eq!(
        settle(top, &case_no, "13900000001", at("03-06T12:00")).unwrap().applicant.phone,
        "13900000001"
    );
    assert_eq!(top.doubts(ask::Doubts::default(), at("03-06T12:00")).unwrap().doubts, []);
    assert_eq!(
        settle(top, &case_no, "13900000002", at("03-06T12:01")).unwrap().applicant.phone,
        "13900000002"
    );
    assert_eq!(
        settle(top, &case_no, "13900000001", at("03-06T12:02")).unwrap().applicant.phone,
        "13900000001"
    );
    let refused = settle(top, &case_no, "13900000009", at("03-06T12:03")).unwrap_err();
    assert!(refused.contains("只能在两边已有的值里选"), "{refused}");
    meet("03-06T13:00").await;
    for desk in &desks {
        let case = see(desk, &case_no, at("03-06T14:00"));
        assert_eq!((case.applicant.phone.as_str(), case.conflicts.len()), ("13900000001", 0));
    }

    // Corrected since: it is no longer what was settled.
    set(village, "13900000003", "03-07T09:00");
    let refused = settle(village, &case_no, "13900000002", at("03-07T09:01")).unwrap_err();
    assert!(refused.contains("只有一个值"), "{refused}");
}

fn waiting(desk: &Desk, now: &str) -> DoubtsView {
    desk.doubts(ask::Doubts::default(), at(now)).unwrap()
}

fn doubtful(desk: &Desk, now: &str) -> u64 {
    desk.cases(ask::Cases { doubtful: true, ..ask::Cases::default() }, at(now)).unwrap().total
}

fn event(desk: &Desk, case_no: &str, kind: &str, now: &str) -> EventView {
    let case = scenarios::see(desk, case_no, now);
    case.events.into_iter().rfind(|event| event.kind == kind).unwrap()
}

/// The township decides while the village, which hasn't heard of it, takes the request back: that doesn't count. One of the
/// two looks at it, and it waits nowhere any more; both still tell of it.
#[tokio::test]
async fn what_does_not_count_waits_until_somebody_has_looked_at_it() {
    let story = Story::begin().await;
    let Story { village, township, top, .. } = &story;
    let case_no = scenarios::record(village, "I002", &[], "03-05T09:00");
    act(village, &case_no, "handOver", "03-05T09:10").unwrap();
    story.all_meet("03-05T10:00").await;
    for event in ["receive", "accept", "startReview"] {
        act(township, &case_no, event, "03-05T10:10").unwrap();
    }
    say(township, &case_no, "propose", "03-05T10:20", json!({"opinion": "拟同意"})).unwrap();
    story.all_meet("03-05T11:00").await;
    act(township, &case_no, "approve", "03-06T09:00").unwrap();
    say(village, &case_no, "withdraw", "03-06T09:30", json!({"reason": "本人不办了"})).unwrap();
    story.all_meet("03-06T10:00").await;
    let withdrawn = event(village, &case_no, "withdraw", "03-06T10:10");
    for desk in [village, township, top] {
        let now = "03-06T10:10";
        let [doubt] = &waiting(desk, now).doubts[..] else { panic!() };
        assert_eq!((doubt.kind, doubt.what.as_str(), doubtful(desk, now)), (DoubtKind::Acts, "撤回", 1));
        let told = event(desk, &case_no, "withdraw", now);
        assert!(told.contested && told.waits && told.seen.is_none());
    }

    // Who may, and of what.
    let look = |desk: &Desk, acts: &[EventId], put_back: bool, now: &str| {
        say(desk, &case_no, REVIEW, now, json!({"acts": acts, "putBack": put_back, "remark": "电话里说好了"}))
    };
    let approved = event(township, &case_no, "approve", "03-06T10:10").id;
    assert!(look(village, &[withdrawn.id], false, "03-06T10:11").unwrap_err().contains("审核人"));
    assert!(look(top, &[], false, "03-06T10:11").unwrap_err().contains("写明"));
    assert!(look(top, &[withdrawn.id, approved], false, "03-06T10:11").unwrap_err().contains("算数"));
    let offers = scenarios::see(top, &case_no, "03-06T10:12").offers;
    assert!(offers.iter().any(|offer| offer.event == REVIEW), "{offers:?}");

    let seen = look(top, &[withdrawn.id], false, "03-06T10:20").unwrap();
    assert!(!seen.contested && !seen.offers.iter().any(|offer| offer.event == REVIEW));
    assert_eq!((waiting(top, "03-06T10:21").total, doubtful(top, "03-06T10:21")), (0, 0));
    assert_eq!(waiting(township, "03-06T10:21").total, 1, "it hasn't heard of it");
    story.all_meet("03-06T11:00").await;
    for desk in [village, township, top] {
        let now = "03-06T11:10";
        assert_eq!((waiting(desk, now), doubtful(desk, now)), (DoubtsView::default(), 0));
        let told = event(desk, &case_no, "withdraw", now);
        assert!(told.contested && !told.waits && told.contested_why.contains("不能办"), "{told:?}");
        assert_eq!(told.may_list_again, !std::ptr::eq(desk, village), "{told:?}");
        let by = told.seen.unwrap();
        assert_eq!((by.at, by.remark.as_str()), (at("03-06T10:20"), "电话里说好了"));
        assert!(!by.by.is_empty() && !by.unit_name.is_empty());
        assert_eq!(event(desk, &case_no, REVIEW, now).says, "撤回；电话里说好了");
    }
    // Once more after all.
    look(township, &[withdrawn.id], true, "03-06T11:20").unwrap();
    story.all_meet("03-06T12:00").await;
    assert_eq!((waiting(top, "03-06T12:10").total, doubtful(top, "03-06T12:10")), (1, 1));
}

/// A field that was settled is put back: its two values stand there as they did, by whom they were written, everywhere.
#[tokio::test]
async fn what_was_settled_is_put_back_as_it_was() {
    let story = Story::begin().await;
    let Story { village, township, top, .. } = &story;
    let case_no = scenarios::record(village, "I002", &[], "03-05T09:00");
    story.all_meet("03-05T10:00").await;
    let set = |desk: &Desk, path: &str, value: &str, now: &str| {
        let (case_no, path, value) = (case_no.clone(), path.to_owned(), value.to_owned());
        desk.set(Set { case_no, path, value, reason: None }, at(now)).unwrap();
    };
    for (path, values) in [
        ("applicant.phone", ["13900000001", "13900000002"]),
        ("applicant.address", ["上塬村三组17号", "上塬村二组6号"]),
    ] {
        set(village, path, values[0], "03-06T09:00");
        set(township, path, values[1], "03-06T08:00");
    }
    story.all_meet("03-06T10:00").await;
    let see = |desk: &Desk, now: &str| scenarios::see(desk, &case_no, now);
    let before = see(top, "03-06T10:10").conflicts;
    // Two addresses fit into a field, two telephone numbers don't.
    let both: Vec<(&str, &str)> =
        before.iter().map(|conflict| (conflict.path.as_str(), conflict.both.as_str())).collect();
    let joined = "上塬村二组6号；上塬村三组17号";
    assert_eq!(both, [("applicant.address", joined), ("applicant.phone", "")]);
    let settle = |desk: &Desk, path: &str, value: &str, now: &str| {
        let (case_no, path, value) = (case_no.clone(), path.to_owned(), value.to_owned());
        desk.settle(Settle { case_no, path, value }, at(now)).map_err(message)
    };
    let unsettle = |desk: &Desk, path: &str, now: &str| {
        let (case_no, path) = (case_no.clone(), path.to_owned());
        desk.unsettle(Unsettle { case_no, path }, at(now)).map_err(message)
    };
    assert!(unsettle(top, "applicant.phone", "03-06T10:20").unwrap_err().contains("没有定过"));
    assert!(settle(top, "applicant.phone", "13900000002；13900000001", "03-06T10:20").is_err());
    let kept = settle(top, "applicant.address", joined, "03-06T10:20").unwrap();
    assert_eq!((kept.applicant.address.as_str(), kept.conflicts.len()), (joined, 1));
    settle(top, "applicant.phone", "13900000001", "03-06T10:21").unwrap();
    assert_eq!(doubtful(top, "03-06T10:22"), 0);
    story.all_meet("03-06T11:00").await;

    // The township puts both back, from the story, and everybody has the choice that was there before.
    let settled = see(township, "03-06T11:05").events;
    assert_eq!(settled.iter().filter(|event| event.may_put_back).count(), 2);
    for path in ["applicant.phone", "applicant.address"] {
        unsettle(township, path, "03-06T11:10").unwrap();
    }
    story.all_meet("03-06T12:00").await;
    for desk in [village, township, top] {
        let case = see(desk, "03-06T12:10");
        assert_eq!(case.conflicts, before);
        assert_eq!((case.applicant.phone.as_str(), doubtful(desk, "03-06T12:10")), ("13900000002", 1));
        assert!(!case.events.iter().any(|event| event.may_put_back));
        assert!(case.events.last().unwrap().says.contains("撤回，重新定"));
    }
    // Settled anew on one side, corrected on the other: neither is lost.
    settle(top, "applicant.phone", "13900000001", "03-06T12:20").unwrap();
    settle(top, "applicant.address", "上塬村三组17号", "03-06T12:21").unwrap();
    set(village, "applicant.phone", "13900000003", "03-06T12:22");
    story.all_meet("03-06T13:00").await;
    for desk in [village, township, top] {
        let case = see(desk, "03-06T13:10");
        let [phone] = &case.conflicts[..] else { panic!("{:?}", case.conflicts) };
        let values: Vec<&str> = phone.values.iter().map(|side| side.value.as_str()).collect();
        assert_eq!((phone.path.as_str(), values), ("applicant.phone", vec!["13900000001", "13900000003"]));
    }
    assert!(unsettle(top, "applicant.phone", "03-06T13:20").is_err(), "somebody has written it since");
}
