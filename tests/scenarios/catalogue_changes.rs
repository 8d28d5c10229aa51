use super::*;
use daiban_contract::act::Publish;
use daiban_domain::item::catalogue_to_json;

/// The county publishes new versions while a village is off line: what was registered there keeps the version it was
/// registered under, nobody is asked for what the new one dropped or added, and the next resident gets the new one.
#[tokio::test]
async fn a_case_keeps_the_version_under_which_the_village_registered_it() {
    let story = Story::begin().await;
    let Story { village, township, top, .. } = &story;
    story.all_meet("02-20T09:00").await;

    let mut draft = top.catalogue().unwrap();
    let entry = draft.items.iter_mut().rfind(|(item, _)| item.item_id == "I002").unwrap();
    entry.0.materials.retain(|material| material.material_code != "HK");
    entry.0.promise_limit.days = Some(7);
    entry.1 = entry.0.text_over(&entry.1).unwrap();
    let publish = Publish {
        draft: catalogue_to_json(&draft).unwrap(),
        version: "2026.3".to_owned(),
        from: Some("2026-03-01".parse().unwrap()),
    };
    let published = top.publish(publish, at("02-25T09:00")).unwrap();
    assert!(published.changes.iter().any(|line| line.contains("居民户口簿")), "{:?}", published.changes);

    // The village hasn't heard of it.
    let old = record(village, "I002", &[], "03-03T09:00");
    assert_eq!(see(village, &old, "03-03T09:10").item_version, 1);
    act(village, &old, "handOver", "03-03T10:00").unwrap();
    story.all_meet("03-04T09:00").await;
    act(township, &old, "receive", "03-04T10:00").unwrap();
    let accepted = act(township, &old, "accept", "03-04T10:10").unwrap();
    assert_eq!(accepted.item_version, 1);
    assert!(accepted.materials.iter().any(|material| material.material_code == "HK"));
    assert_eq!(
        clock(&accepted, "promise").due.to_string(),
        "2026-03-18",
        "ten days, as it was promised then"
    );

    // The guide tells what people were told until lately and is so no more.
    let told = village.item_changes(ask::ItemChanges {}, at("03-05T08:00")).unwrap();
    let change = told.iter().find(|change| change.item_id == "I002").unwrap();
    assert_eq!(change.from.to_string(), "2026-03-01");
    assert!(change.says.iter().any(|line| line.contains("户口簿")), "{:?}", change.says);

    let new = record(village, "I002", &[], "03-05T09:00");
    let case = see(village, &new, "03-05T09:10");
    assert_eq!(case.item_version, 2);
    assert!(case.materials.iter().all(|material| material.material_code != "HK"));
}
