//! The county publishes its numbers, each from a day on, and every desk counts by them.

use crate::scenarios::{Story, clock, message, record, see};
use daiban_contract::{act::PublishSetting, ask};
use daiban_testkit::at;

fn publish(name: &str, value: u16, since: Option<&str>) -> PublishSetting {
    PublishSetting { name: name.to_owned(), value, since: since.map(|since| since.parse().unwrap()) }
}

#[tokio::test]
async fn a_number_counts_everywhere_from_its_day_and_moves_nothing_before_it() {
    let story = Story::begin().await;
    let Story { village, township, top, .. } = &story;
    let before = record(village, "I002", &[], "03-05T09:00");
    let refused = |desk: &daiban_desk::Desk, request: PublishSetting| {
        desk.publish_setting(request, at("03-05T10:00")).map_err(message).unwrap_err()
    };
    assert!(refused(township, publish("villageDays", 5, None)).contains("没有这个权限"));
    assert!(refused(top, publish("villageDays", 9, None)).contains("只能是 1 到 7"));
    assert!(refused(top, publish("teaBreak", 9, None)).contains("没有“teaBreak”"));
    assert!(refused(top, publish("villageDays", 5, Some("2026-03-05"))).contains("明天"));

    top.publish_setting(publish("villageDays", 5, None), at("03-05T10:00")).unwrap();
    top.publish_setting(publish("villageDays", 4, Some("2026-03-10")), at("03-05T10:01")).unwrap();
    story.all_meet("03-05T12:00").await;
    let after = record(village, "I002", &[], "03-06T09:00");
    let later = record(village, "I002", &[], "03-10T09:00");
    story.all_meet("03-10T12:00").await;
    for desk in [village, township, top] {
        let due = |case_no: &str| clock(&see(desk, case_no, "03-10T12:00"), "village").due.to_string();
        assert_eq!([due(&before), due(&after), due(&later)], ["2026-03-10", "2026-03-13", "2026-03-16"]);
        let all = desk.county_settings(ask::CountySettings {}, at("03-10T12:00")).unwrap();
        assert_eq!(all.iter().find(|one| one.name == "villageDays").unwrap().value, 4);
    }
    for name in ["village", "township", "county"] {
        assert_eq!(story.county.replica(name).verify().unwrap(), [], "{name}");
    }
}
