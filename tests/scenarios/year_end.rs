use super::*;
use daiban_contract::act::{ImportCalendar, SaveForm};
use serde_json::json;
use std::fs;

fn print(story: &Story, desk: &Desk, case_no: &str, when: &str) {
    let file = story.county.path("F02.pdf").display().to_string();
    desk.save_form(
        SaveForm {
            case_no: case_no.to_owned(),
            form: "F02".to_owned(),
            file: Some(file),
            ..SaveForm::default()
        },
        at(when),
    )
    .unwrap();
}

fn publish(story: &Story, table: Value, when: &str) -> daiban_contract::view::CalendarImported {
    let file = story.county.path("calendar.json");
    fs::write(&file, table.to_string()).unwrap();
    let import = ImportCalendar { file: file.display().to_string(), replace: true };
    story.top.import_calendar(import, at(when)).unwrap()
}

/// 28 December, ten working days, and nobody knows the holidays of the year to come: what is printed says so. When the
/// table arrives the day moves, and the village and the township are told whom to call, until the notice is printed anew.
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
    print(&story, township, &case_no, "12-28T09:20");
    story.all_meet("12-28T12:00").await;
    assert_eq!(to_tell(village, "12-28T12:00"), []);

    let table = json!({"source": "国务院办公厅通知", "years": {"2027": {
        "weekdayHolidays": ["2027-01-01", "2027-01-04", "2027-01-05", "2027-10-01"],
        "weekendWorkdays": ["2027-01-10"]
    }}});
    let published = publish(&story, table, "12-30T09:00");
    assert!(published.says.contains("2027"), "{}", published.says);
    story.all_meet("12-30T12:00").await;
    for desk in [village, township, top] {
        let case = see(desk, &case_no, "12-30T12:00");
        let promise = clock(&case, "promise");
        assert_eq!((promise.due.to_string().as_str(), promise.provisional), ("2027-01-13", false));
        assert!(promise.why.contains("1月1日至5日放假"), "{}", promise.why);
        assert!(promise.why.contains("1月10日（周日）补班，算"), "{}", promise.why);
        let says = "文书上印的承诺办结期限是 1月12日（周二），按现在公布的放假安排是 1月13日（周三）。请告诉本人，可以补打一份。";
        assert_eq!(to_tell(desk, "12-30T12:00"), [(case_no.clone(), says.to_owned())]);
    }
    print(&story, township, &case_no, "12-30T15:00");
    story.all_meet("12-30T16:00").await;
    for desk in [village, township, top] {
        assert_eq!(to_tell(desk, "12-30T16:00"), [], "the new paper tells the new day");
    }
}

/// A day that was printed for certain is kept: a holiday that is published later makes the resident wait no longer, and a
/// pause still does.
#[tokio::test]
async fn a_printed_day_is_kept_when_the_calendar_changes() {
    let story = Story::begin().await;
    let Story { township, top, .. } = &story;
    let [told, untold] =
        ["09:00", "09:05"].map(|time| walk_in(township, "I002", &[], &format!("11-25T{time}")));
    for case_no in [&told, &untold] {
        act(township, case_no, "accept", "11-25T09:10").unwrap();
    }
    print(&story, township, &told, "11-25T09:20");
    let due =
        |desk: &Desk, case_no: &str, when: &str| clock(&see(desk, case_no, when), "promise").due.to_string();
    assert_eq!(due(township, &told, "11-25T09:30"), "2026-12-09");

    let mut table: Value = serde_json::from_str(include_str!("../../data/calendar.json")).unwrap();
    let holidays = table["years"]["2026"]["weekdayHolidays"].as_array_mut().unwrap();
    holidays.push(json!("2026-12-07"));
    publish(&story, table, "11-26T09:00");
    story.all_meet("11-26T12:00").await;
    for desk in [township, top] {
        assert_eq!(due(desk, &untold, "11-26T12:00"), "2026-12-10");
        assert_eq!(due(desk, &told, "11-26T12:00"), "2026-12-09");
        assert_eq!(to_tell(desk, "11-26T12:00"), [], "the paper still says what is so");
    }
    let why = explain(township, &told, "11-26T12:00");
    assert!(why.contains("文书上印的是 2026年12月9日，之后放假安排变了，仍按印出的算。"), "{why}");

    act(township, &told, "startReview", "11-26T14:00").unwrap();
    let pause = json!({"procedure": "现场勘查", "basis": "本办法第十条", "expectedDays": 3, "told": true});
    say(township, &told, "pause", "11-27T09:00", pause).unwrap();
    act(township, &told, "resume", "12-01T09:00").unwrap();
    assert_eq!(due(township, &told, "12-01T09:30"), "2026-12-11", "two working days later than printed");
    for name in ["village", "township", "county"] {
        assert_eq!(story.county.replica(name).verify().unwrap(), [], "{name}");
    }
}

fn to_tell(desk: &Desk, when: &str) -> Vec<(String, String)> {
    let home = desk.home(ask::Home {}, at(when)).unwrap().to_tell;
    assert_eq!(home, desk.to_tell(ask::ToTell {}, at(when)).unwrap());
    assert_eq!(home.total, home.cases.len() as u64);
    home.cases.into_iter().map(|case| (case.case_no, case.says)).collect()
}
