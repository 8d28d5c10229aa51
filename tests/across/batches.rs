//! Several cases go from the village to the township with their paper, which is counted on both sides.

use crate::scenarios::{Story, act, message, record, see};
use daiban_contract::{
    act::{HandOver, ReceiveBatch, ReceivedLine},
    ask,
    view::{MaterialCount, MaterialView},
};
use daiban_desk::Desk;
use daiban_domain::case::{
    State,
    custody::Whereabouts::{self, Returned, ToTownship, ToVillage, Township, Village},
};
use daiban_testkit::at;

fn material<'m>(materials: &'m [MaterialView], code: &str) -> &'m MaterialView {
    materials.iter().find(|material| material.material_code == code).unwrap()
}

#[tokio::test]
async fn what_is_counted_counts_and_what_isnt_there_stays_under_way() {
    let story = Story::begin().await;
    let Story { village, township, .. } = &story;
    let cases: Vec<String> =
        (0..3).map(|n| record(village, "I002", &[], &format!("03-05T09:0{n}"))).collect();
    let [whole, short, absent] = cases.as_slice() else { panic!() };
    let nothing = village.hand_over(HandOver::default(), at("03-05T10:00")).map_err(message);
    assert!(nothing.unwrap_err().contains("请选择"));
    let moved_on = record(village, "I002", &[], "03-05T09:30");
    act(village, &moved_on, "withdraw", "03-05T09:40").unwrap();
    let mixed = HandOver { case_nos: vec![whole.clone(), moved_on.clone()] };
    let mixed = village.hand_over(mixed, at("03-05T09:50")).map_err(message).unwrap_err();
    assert!(mixed.starts_with(&moved_on) && mixed.contains("已撤回"), "{mixed}");
    let unknown = HandOver { case_nos: vec![whole.clone(), "621099100200-20260305-A3-9999-X".to_owned()] };
    assert!(village.hand_over(unknown, at("03-05T10:00")).is_err());
    assert_eq!(see(village, whole, "03-05T10:00").state, State::Registered, "all of them, or none");

    let handed = village.hand_over(HandOver { case_nos: cases.clone() }, at("03-05T10:00")).unwrap();
    assert_eq!(handed.lines.len(), 3);
    assert!(handed.lines.iter().all(|line| line.under_way && !line.materials.is_empty()));
    assert_eq!(material(&see(village, whole, "03-05T10:00").materials, "ID").whereabouts, "移交途中");
    assert_eq!(sums(village, "03-05T10:00"), [(handed.batch.clone(), [3, 3, 0])]);
    // What was brought for the withdrawn one lies here, too, until it is given back.
    assert_eq!(lie(village, 0, "03-05T10:00"), [(Village, 1), (ToTownship, 3)]);
    story.all_meet("03-05T12:00").await;

    // One identity card isn't in the envelope, and one case's paper not in the bag.
    let listed = handed.lines.iter().find(|line| line.case_no == *short).unwrap();
    let counted = listed.materials.iter().filter(|material| material.material_code != "ID").map(|material| {
        MaterialCount {
            material_code: material.material_code.clone(),
            originals: material.originals,
            copies: material.copies,
        }
    });
    let lines = vec![
        ReceivedLine { case_no: short.clone(), counted: Some(counted.collect()), ..ReceivedLine::default() },
        ReceivedLine { case_no: absent.clone(), missing: true, ..ReceivedLine::default() },
    ];
    let slip = ReceivedLine { case_no: format!("{absent}0"), missing: true, ..ReceivedLine::default() };
    let typo = ReceiveBatch { batch: handed.batch.clone(), lines: vec![slip] };
    let typo = township.receive_batch(typo, at("03-06T08:59")).map_err(message).unwrap_err();
    assert!(typo.contains("不在这个批次里"), "{typo}");
    let receive = ReceiveBatch { batch: handed.batch.clone(), lines };
    let received = township.receive_batch(receive.clone(), at("03-06T09:00")).unwrap();
    let states: Vec<(bool, bool)> =
        received.lines.iter().map(|line| (line.received, line.under_way)).collect();
    assert_eq!(states, [(true, false), (true, false), (false, true)]);
    let differing: Vec<&str> = received.lines[1]
        .materials
        .iter()
        .filter(|material| material.counted_originals != Some(material.originals))
        .map(|material| material.name.as_str())
        .collect();
    assert_eq!(differing, ["居民身份证"]);
    assert!(act(township, short, "accept", "03-06T09:10").unwrap_err().contains("居民身份证"));
    assert_eq!(act(township, whole, "accept", "03-06T09:10").unwrap().state, State::Accepted);
    let again = township.receive_batch(receive, at("03-06T09:20")).map_err(message);
    assert!(again.unwrap_err().contains("没有还在途中"));

    // The village sees both counts, and where the originals are.
    story.all_meet("03-06T12:00").await;
    let shown = village.batch(ask::Batch { batch: handed.batch.clone() }, at("03-06T12:00")).unwrap();
    assert_eq!(shown, received);
    assert_eq!(material(&see(village, whole, "03-06T12:00").materials, "ID").whereabouts, "在乡镇");
    assert_eq!(see(village, short, "03-06T12:00").conflicts, []);

    assert_eq!(sums(village, "03-06T12:00"), [(handed.batch.clone(), [3, 1, 1])]);
    let everywhere = village.originals(ask::Originals::default(), at("03-06T12:00")).unwrap();
    let first = &everywhere.rows[0];
    assert_eq!((&first.case_no, first.place, first.days), (absent, ToTownship, 1), "the longest first");
    assert_eq!((everywhere.total, everywhere.rows.len()), (4, 4));
    assert_eq!(
        lie(village, 8, "03-13T08:00"),
        [(Village, 1), (ToTownship, 1)],
        "the others have been there for a week"
    );

    // It turns up a week later; in the end the originals go home.
    let later = ReceiveBatch { batch: handed.batch.clone(), lines: Vec::new() };
    let complete = township.receive_batch(later, at("03-13T09:00")).unwrap();
    assert!(complete.lines.iter().all(|line| line.received));
    let returned = act(township, whole, "returnOriginals", "03-13T10:00").unwrap();
    assert_eq!(material(&returned.materials, "ID").whereabouts, "已退还本人");
    assert_eq!(sums(township, "03-13T10:00"), [(handed.batch.clone(), [3, 0, 1])]);
    assert_eq!(lie(township, 0, "03-13T10:00"), [(Village, 1), (Township, 2), (Returned, 1)]);
    let held = township.originals(ask::Originals::default(), at("03-13T10:00")).unwrap();
    assert_eq!(held.total, 3, "what the resident has again is asked for only by its place");
    assert!(held.rows.iter().all(|row| row.place != Returned));
    assert_eq!(story.county.replica("township").verify().unwrap(), []);
}

/// Each hand-over, with its cases, those under way and those counted otherwise.
fn sums(desk: &Desk, when: &str) -> Vec<(String, [u64; 3])> {
    let rows = desk.batches(ask::Batches::default(), at(when)).unwrap().into_iter();
    rows.map(|row| (row.batch, [row.cases, row.under_way, row.differing])).collect()
}

/// Of how many cases the originals are where, for so many days at least.
fn lie(desk: &Desk, days: u16, when: &str) -> Vec<(Whereabouts, u64)> {
    let asked = ask::Originals { days, ..ask::Originals::default() };
    desk.originals(asked, at(when)).unwrap().counts.into_iter().collect()
}

/// Where the village's receipt was the legal one the case stays received, and its paper travels all the same.
#[tokio::test]
async fn paper_of_a_case_received_by_the_village_is_received_too() {
    let story = Story::begin().await;
    let Story { village, township, .. } = &story;
    let case_no = record(village, "I030", &[], "03-05T09:00");
    let handed = village.hand_over(HandOver { case_nos: vec![case_no.clone()] }, at("03-05T10:00")).unwrap();
    assert_eq!(see(village, &case_no, "03-05T10:00").state, State::Received);
    story.all_meet("03-05T12:00").await;
    let receive = ReceiveBatch { batch: handed.batch, lines: Vec::new() };
    let received = township.receive_batch(receive, at("03-06T09:00")).unwrap();
    assert!(received.lines[0].received && !received.lines[0].under_way);
    let case = see(township, &case_no, "03-06T09:00");
    assert_eq!(case.state, State::Received);
    assert!(case.materials.iter().filter(|one| one.originals > 0).all(|one| one.whereabouts == "在乡镇"));
    story.all_meet("03-06T12:00").await;
    let again = village.hand_over(HandOver { case_nos: vec![case_no] }, at("03-06T13:00")).map_err(message);
    assert!(again.unwrap_err().contains("不在村里"));
}

#[tokio::test]
async fn paper_that_was_sent_back_is_under_way_until_the_village_has_it() {
    let story = Story::begin().await;
    let Story { village, township, .. } = &story;
    let case_no = record(village, "I002", &[], "03-05T09:00");
    act(village, &case_no, "handOver", "03-05T10:00").unwrap();
    assert!(act(village, &case_no, "takeBack", "03-05T11:00").unwrap_err().contains("没有退回来"));
    story.all_meet("03-05T12:00").await;
    act(township, &case_no, "receive", "03-06T09:00").unwrap();
    let wrong = serde_json::json!({"reason": "登记错了村"});
    crate::scenarios::say(township, &case_no, "returnToVillage", "03-06T09:10", wrong).unwrap();
    story.all_meet("03-06T12:00").await;
    let held = |desk, when| material(&see(desk, &case_no, when).materials, "ID").whereabouts.clone();
    assert_eq!(held(village, "03-06T12:00"), "退回村里途中");
    assert_eq!(lie(village, 0, "03-06T12:00"), [(ToVillage, 1)]);
    assert!(sums(village, "03-06T12:00").iter().all(|(_, [_, under_way, _])| *under_way == 0));
    assert!(act(township, &case_no, "takeBack", "03-06T13:00").unwrap_err().contains("代办员"));
    let back = see(village, &case_no, "03-07T09:00");
    assert!(back.offers.iter().any(|offer| offer.event == "takeBack"));
    act(village, &case_no, "takeBack", "03-07T09:00").unwrap();
    story.all_meet("03-07T12:00").await;
    assert_eq!(held(township, "03-07T12:00"), "在村里");
}
