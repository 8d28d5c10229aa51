//! What a person has to look at, settling it, and settling it back.

use crate::convergence::{DESKS, request};
use daiban_contract::{
    act::{Set, Settle},
    ask,
    view::{CaseView, DoubtKind},
};
use daiban_desk::Desk;
use daiban_domain::Instant;
use daiban_testkit::{County, at};

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
