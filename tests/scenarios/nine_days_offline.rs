use super::*;
use daiban_contract::{
    act::{ExportBundle, ImportBundle},
    view::Light,
};
use daiban_domain::case::State;

/// 6 to 14 January: the road is closed. The agent goes on, the clocks tell the truth, and nothing is lost or late that
/// needn't be.
#[tokio::test]
async fn a_village_is_cut_off_for_nine_days_and_its_stick_brings_everything() {
    let story = Story::begin().await;
    let Story { village, township, .. } = &story;
    story.all_meet("01-05T17:00").await;
    let mut cases = Vec::new();
    let mut record_on = |day: usize| {
        for n in (0..29).filter(|n| 6 + n * 9 / 29 == day) {
            cases.push(record(village, "I002", &[], &format!("01-{day:02}T10:{n:02}")));
        }
    };
    record_on(6);
    // The village's receipt is the legal one for two more; for these the five days run from here.
    let told = record(village, "I030", &["ID"], "01-06T11:00");
    let silent = record(village, "I030", &[], "01-06T11:10");
    assert_eq!(see(village, &told, "01-06T11:20").state, State::Received);

    let lights = [(6, Light::Green), (8, Light::Amber), (9, Light::Amber), (12, Light::Red)];
    let oldest =
        village.cases(ask::Cases::default(), at("01-06T12:00")).unwrap().cases.pop().unwrap().case_no;
    for day in 6..15 {
        if day > 6 {
            record_on(day);
        }
        let noon = format!("01-{day:02}T12:00");
        if let Some((_, light)) = lights.iter().find(|(on, _)| *on == day) {
            assert_eq!(clock(&see(village, &oldest, &noon), "village").light, *light, "{noon}");
        }
        if day == 9 {
            assert_eq!(clock(&see(village, &told, &noon), "notice").due.to_string(), "2026-01-13");
            assert_eq!(act(village, &told, "oneTimeNotice", &noon).unwrap().state, State::AwaitSupplement);
        }
    }
    assert_eq!(cases.len(), 29);
    let first = &cases[0];

    // Day nine: the stick.
    for case_no in &cases {
        act(village, case_no, "handOver", "01-14T16:00").unwrap();
    }
    let file = Some(story.county.path("stick.bundle").display().to_string());
    village
        .export_bundle(ExportBundle { file: file.clone(), ..ExportBundle::default() }, at("01-14T16:30"))
        .unwrap();
    let brought =
        || township.import_bundle(ImportBundle { file: file.clone().unwrap() }, at("01-15T09:00")).unwrap();
    assert!(brought().received > 60, "31 cases and what happened to them");
    assert_eq!(brought().received, 0, "the same stick again changes nothing");
    let doubtful = ask::Cases { doubtful: true, ..ask::Cases::default() };
    assert_eq!(township.cases(doubtful, at("01-15T09:00")).unwrap().total, 0);
    assert_eq!(township.cases(ask::Cases::default(), at("01-15T09:00")).unwrap().total, 31);

    // Paper in hand: the township's clock starts today, not when the village wrote.
    let received = act(township, first, "receive", "01-15T10:00").unwrap();
    assert_eq!(received.state, State::Received);
    assert_eq!(clock(&received, "notice").due.to_string(), "2026-01-22");
    // Nobody answered the other legal receipt: acceptance by silence, found here, counted from the receipt.
    let found = see(township, &silent, "01-15T10:00");
    assert!(found.deemed_accepted);
    assert!(explain(township, &silent, "01-15T10:00").contains("自 2026年1月6日 起可能视同受理"));
    assert!(!see(township, &told, "01-15T10:00").deemed_accepted, "the notice went out in time");
}
