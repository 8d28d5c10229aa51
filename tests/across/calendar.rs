//! A new year's working days: published by the county, and the terms of the whole county follow.

use crate::convergence::{DESKS, request};
use daiban_contract::{
    Code,
    act::{Channel, ImportCalendar, Record},
    ask,
};
use daiban_desk::Desk;
use daiban_domain::Instant;
use daiban_testkit::{
    County, at,
    program::{daiban, run},
};
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use std::fs;

fn of_2027(holidays: &[&str]) -> Value {
    json!({"source": "国办发明电〔2026〕0号", "years": {"2027": {
        "weekdayHolidays": holidays, "weekendWorkdays": ["2027-02-20"]
    }}})
}

fn import(
    county: &County,
    desk: &Desk,
    table: &str,
    replace: bool,
    now: Instant,
) -> Result<daiban_contract::view::CalendarImported, Code> {
    let file = county.path("calendar.json");
    fs::write(&file, table).unwrap();
    let request = ImportCalendar { file: file.display().to_string(), replace };
    desk.import_calendar(request, now).map_err(|trouble| trouble.code())
}

fn due(desk: &Desk, now: Instant) -> Option<Date> {
    desk.cases(ask::Cases::default(), now).unwrap().cases[0].due
}

#[tokio::test]
async fn a_new_years_table_moves_the_terms_of_the_whole_county() {
    let county = County::new().await;
    let [village, township, top] = DESKS.map(|name| county.desk(name));
    let now = at("12-28T09:00");
    let case_no =
        township.record(Record { channel: Some(Channel::Window), ..request(0) }, now).unwrap().case_no;
    assert_eq!(due(&township, now), Some(date(2027, 1, 5)), "provisional");
    for desk in [&township, &top] {
        county.exchange(desk, now).await.unwrap();
    }
    let table = of_2027(&["2027-01-01", "2027-01-04", "2027-10-01"]).to_string();
    assert_eq!(import(&county, &township, &table, false, now), Err(Code::NoRole));
    let imported = import(&county, &top, &table, false, now).unwrap();
    assert_eq!(imported.years, [2027]);
    let year = top.calendar(ask::Calendar { year: 2027 }, now).unwrap();
    assert_eq!((year.year, year.provisional, year.holidays[0]), (2027, false, date(2027, 1, 1)));
    let special = |day: i8| {
        let day = date(2027, 2, day);
        (year.holidays.contains(&day), year.made_up.contains(&day))
    };
    assert_eq!([special(19), special(20), special(21)], [(false, false), (false, true), (false, false)]);
    assert!(top.calendar(ask::Calendar { year: 2028 }, now).unwrap().provisional);
    assert!(top.calendar(ask::Calendar { year: 20_000 }, now).is_err());
    let moved: Vec<(&str, Date, Date)> =
        imported.moved.iter().map(|moved| (moved.case_no.as_str(), moved.was, moved.due)).collect();
    assert_eq!(moved, [(case_no.as_str(), date(2027, 1, 5), date(2027, 1, 6))]);
    let again = import(&county, &top, &table, false, now).unwrap();
    assert_eq!((again.years, again.unchanged, again.moved), (vec![], vec![2027], vec![]));

    for desk in [&top, &township, &village] {
        county.exchange(desk, now).await.unwrap();
    }
    assert_eq!(due(&township, now), Some(date(2027, 1, 6)));
    assert_eq!(village.desk(ask::Desk {}, now).unwrap().calendar_years, [2024, 2025, 2026, 2027]);

    let other = of_2027(&["2027-01-01", "2027-01-04", "2027-01-05", "2027-10-01"]).to_string();
    assert_eq!(import(&county, &top, &other, false, now), Err(Code::AlreadyPublished));
    assert_eq!(due(&top, now), Some(date(2027, 1, 6)), "nothing changed");
    assert_eq!(import(&county, &top, &other, true, now).unwrap().years, [2027]);
    for desk in [&top, &township] {
        county.exchange(desk, now).await.unwrap();
        assert_eq!(due(desk, now), Some(date(2027, 1, 7)));
    }
    for name in DESKS {
        assert_eq!(county.replica(name).verify().unwrap(), [], "{name}");
    }
}

#[tokio::test]
async fn a_table_that_cannot_be_right_changes_nothing() {
    let county = County::new().await;
    let top = county.desk("county");
    let entries = || -> i64 {
        let count = "SELECT count(*) FROM entry";
        county.replica("county").db().query_row(count, [], |row| row.get(0)).unwrap()
    };
    let before = entries();
    let weekend = of_2027(&["2027-01-01", "2027-10-01", "2027-10-02"]).to_string();
    let good_and_bad = {
        let mut table: Value = serde_json::from_str(include_str!("../../data/calendar.json")).unwrap();
        table["years"]["2027"] = of_2027(&["2027-01-01"])["years"]["2027"].clone();
        table.to_string()
    };
    for table in ["", "{}", "[]", "{\"years\":[]}", "{\"years\":{\"2027\":{}}}", &weekend, &good_and_bad] {
        assert_eq!(import(&county, &top, table, true, at("11-25T09:00")), Err(Code::BadCalendar), "{table}");
    }
    assert_eq!(entries(), before);
}

/// Two devices of the county may publish the same year before they hear of each other.
#[tokio::test]
async fn of_two_tables_for_a_year_all_take_the_same() {
    let county = County::new().await;
    let now = at("11-25T09:00");
    county.copy("county", "second");
    let desks = ["county", "second", "township"].map(|name| county.desk(name));
    let tables = [["2027-01-01", "2027-01-04", "2027-10-01"], ["2027-01-01", "2027-01-05", "2027-10-01"]];
    for (desk, holidays) in desks.iter().zip(tables) {
        import(&county, desk, &of_2027(&holidays).to_string(), false, now).unwrap();
    }
    for i in [1, 0, 2, 1, 0, 2] {
        county.exchange(&desks[i], now).await.unwrap();
    }
    let shown: Vec<Date> = desks
        .iter()
        .map(|desk| {
            let request = ask::Due { from: date(2026, 12, 31), working_days: 2 };
            desk.due(request, now).unwrap().due
        })
        .collect();
    assert_eq!(shown[0], shown[1]);
    assert_eq!(shown[0], shown[2]);
    drop(desks);
    let digests = ["county", "second"].map(|name| {
        let mut replica = county.replica(name);
        assert_eq!(replica.verify().unwrap(), [], "{name}");
        replica.digest().unwrap()
    });
    assert_eq!(digests[0], digests[1]);
}

#[tokio::test]
async fn the_command_line_publishes_a_year() {
    let county = County::folder().await;
    let file = county.path().join("calendar.json");
    let calendar = |desk: &str| run(daiban(county.path(), desk).args(["calendar", "import"]).arg(&file));
    fs::write(&file, of_2027(&["2027-01-01", "2027-10-01"]).to_string()).unwrap();
    assert_eq!(calendar("village").unwrap_err(), "no-role");
    assert_eq!(calendar("county").unwrap()["says"], "公布了 2027 年的放假安排，办件的期限没有变动。");
    fs::write(&file, "不是日历").unwrap();
    assert_eq!(calendar("county").unwrap_err(), "bad-calendar");
}
