use super::*;
use daiban_contract::act::ImportCalendar;
use serde_json::json;
use std::fs;

/// 28 December, ten working days, and nobody knows the holidays of the year to come: what is printed says so, and when the
/// table arrives the county hears whose day has moved.
#[tokio::test]
async fn a_term_into_an_unknown_year_is_provisional_until_its_table_comes() {
    let story = Story::begin().await;
    let Story { village, township, top, .. } = &story;
    let case_no = record(village, "I002", &[], "12-25T09:00");
    act(village, &case_no, "handOver", "12-25T10:00").unwrap();
    story.all_meet("12-25T12:00").await;
    act(township, &case_no, "receive", "12-28T09:00").unwrap();
    let accepted = act(township, &case_no, "accept", "12-28T09:10").unwrap();
    let promise = clock(&accepted, "promise");
    assert_eq!((promise.due.to_string().as_str(), promise.provisional), ("2027-01-12", true));
    assert!(
        promise.says.starts_with("暂定") && promise.why.contains("2027年的放假安排还没有公布"),
        "{}",
        promise.why
    );
    story.all_meet("12-28T12:00").await;

    let file = story.county.path("2027.json");
    let table = json!({"source": "国务院办公厅通知", "years": {"2027": {
        "weekdayHolidays": ["2027-01-01", "2027-01-04", "2027-10-01"], "weekendWorkdays": ["2027-01-10"]
    }}});
    fs::write(&file, table.to_string()).unwrap();
    let import = ImportCalendar { file: file.display().to_string(), replace: false };
    let published = top.import_calendar(import, at("12-30T09:00")).unwrap();
    story.all_meet("12-30T12:00").await;
    for desk in [village, township, top] {
        let case = see(desk, &case_no, "12-30T12:00");
        let promise = clock(&case, "promise");
        assert_eq!((promise.due.to_string().as_str(), promise.provisional), ("2027-01-12", false));
        assert!(
            promise.why.contains("1月4日放假") || promise.why.contains("1月1日至4日放假"),
            "{}",
            promise.why
        );
        assert!(promise.why.contains("1月10日（周日）补班，算"), "{}", promise.why);
    }
    assert!(published.says.contains("2027"), "{}", published.says);
}
