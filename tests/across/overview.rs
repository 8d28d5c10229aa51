//! What is late and who is silent: the sums along the units against a count of every row.

use crate::convergence::{DESKS, request};
use daiban_contract::{
    act::{Act, Channel, ImportUnits, Record},
    ask::{self, DueIn},
    view::{CaseRow, Light, UnitFigures},
};
use daiban_desk::Desk;
use daiban_domain::{Instant, Role, UnitCode};
use daiban_testkit::{County, at};

fn overview(
    desk: &Desk,
    unit: Option<UnitCode>,
    search: &str,
    now: Instant,
) -> daiban_contract::view::OverviewView {
    desk.overview(ask::Overview { unit, search: search.to_owned() }, now).unwrap()
}

fn all(desk: &Desk, unit: UnitCode, now: Instant) -> Vec<CaseRow> {
    desk.cases(ask::Cases { unit: Some(unit), limit: 1000, ..ask::Cases::default() }, now).unwrap().cases
}

/// Every figure of a unit and of those right below it, by looking at each case.
fn recounted(desk: &Desk, figures: &UnitFigures, now: Instant) {
    let rows = all(desk, figures.code, now);
    let until = overview(desk, None, "", now).soon_until;
    let count = |wanted: &dyn Fn(&&CaseRow) -> bool| rows.iter().filter(wanted).count() as u64;
    let today = now.date();
    let late = |row: &&CaseRow| row.due.is_some_and(|due| due < today);
    let soon = |row: &&CaseRow| row.due.is_some_and(|due| (today..=until).contains(&due));
    assert_eq!(
        (figures.cases, figures.open, figures.overdue, figures.soon, figures.doubtful),
        (
            rows.len() as u64,
            count(&|row| !row.state.settled()),
            count(&late),
            count(&soon),
            count(&|row| row.doubtful)
        ),
        "{}",
        figures.name
    );
    assert!(rows.iter().filter(late).all(|row| row.light == Some(Light::Red)));
    // Each figure leads to a list that is as long.
    let listed = |due| {
        let request =
            ask::Cases { unit: Some(figures.code), due: Some(due), limit: 1000, ..ask::Cases::default() };
        let list = desk.cases(request, now).unwrap();
        assert_eq!(list.total, list.cases.len() as u64);
        assert!(list.cases.is_sorted_by_key(|row| row.due), "soonest first");
        list.total
    };
    assert_eq!(
        (listed(DueIn::Overdue), listed(DueIn::Soon)),
        (figures.overdue, figures.soon),
        "{}",
        figures.name
    );
    assert_eq!(listed(DueIn::Today) + listed(DueIn::Next), figures.soon, "{}", figures.name);
}

#[tokio::test]
async fn figures_are_what_a_count_of_every_case_gives() {
    let county = County::new().await;
    let [village, township, top] = DESKS.map(|name| county.desk(name));
    let liuwan = county
        .enrol(
            "liuwan",
            "621099100201",
            Role::working(daiban_domain::Level::Village),
            "张桂芳",
            at("03-01T08:00"),
        )
        .await;
    // More than the newest that are in no sum, on different days, some handed over, some received at the window.
    let record = |desk: &Desk, n: usize, channel: Option<Channel>, now: Instant| {
        desk.record(Record { channel, ..request(n) }, now).unwrap().case_no
    };
    let mut handed = Vec::new();
    for n in 0..50 {
        let now = at(["03-02T09:00", "03-03T09:00", "03-04T09:00", "03-05T09:00"][n % 4]);
        match n % 5 {
            0 | 1 => handed.push(record(&village, n, None, now)),
            2 | 3 => _ = record(&liuwan, n, None, now),
            _ => _ = record(&township, n, Some(Channel::Window), now),
        }
    }
    let act = |desk: &Desk, case_no: &str, event: &str, now: Instant| {
        let act = Act { case_no: case_no.to_owned(), event: event.to_owned(), payload: None, on: None };
        desk.act(act, now).unwrap();
    };
    handed.iter().take(8).for_each(|case_no| act(&village, case_no, "handOver", at("03-05T16:00")));
    county.hub_says(at("03-05T17:00"));
    for desk in [&village, &liuwan, &township, &top, &township] {
        county.exchange(desk, at("03-05T17:00")).await.unwrap();
    }
    handed.iter().take(4).for_each(|case_no| act(&township, case_no, "receive", at("03-06T09:00")));
    // One of them is put in doubt: a phone that two desks corrected.
    for (desk, phone) in [(&village, "13900000001"), (&township, "13900000002")] {
        let set = daiban_contract::act::Set {
            case_no: handed[9].clone(),
            path: "applicant.phone".to_owned(),
            value: phone.to_owned(),
            reason: None,
        };
        desk.set(set, at("03-06T09:30")).unwrap();
    }
    county.hub_says(at("03-06T10:00"));
    for desk in [&village, &township, &top, &township] {
        county.exchange(desk, at("03-06T10:00")).await.unwrap();
    }
    let unit = |code: &str| -> UnitCode { code.parse().unwrap() };
    for now in ["03-06T11:00", "03-09T11:00", "03-12T11:00", "03-20T11:00"].map(at) {
        for desk in [&township, &top] {
            let whole = overview(desk, None, "", now);
            assert!(whole.whole.cases == 50 && whole.whole.doubtful == 1, "{:?}", whole.whole);
            for figures in whole.units.iter().chain([&whole.whole]) {
                recounted(desk, figures, now);
            }
        }
        // One level further down, and by name.
        let below = overview(&top, Some(unit("621099100000")), "", now);
        assert_eq!(below.units.len(), 3);
        below.units.iter().for_each(|figures| recounted(&top, figures, now));
        for (typed, found) in [("上塬", "上塬村"), ("syc", "上塬村"), ("石河", "石河乡")] {
            let sought = overview(&top, None, typed, now);
            assert_eq!(sought.units[0].name, found, "{typed}");
        }
        assert!(overview(&top, None, "没有", now).units.is_empty());
        // What is late comes first.
        assert!(below.units.is_sorted_by_key(|figures| std::cmp::Reverse(figures.overdue)));
    }

    // Who has been heard, and when.
    let now = at("03-09T11:00");
    let below = overview(&top, Some(unit("621099100000")), "", now);
    let of = |code: &str| below.units.iter().find(|figures| figures.code == unit(code)).unwrap().clone();
    let [upper, liuwan, town] = ["621099100200", "621099100201", "621099100001"].map(of);
    assert_eq!((upper.devices, upper.silent_days, liuwan.silent_days), (1, Some(3), Some(4)));
    assert_eq!((town.devices, town.heard), (0, None), "no computer is not silence");
    assert_eq!((below.whole.below, below.whole.below_silent), (2, 2));
    assert_eq!(overview(&top, Some(unit("621099100000")), "", at("03-08T11:00")).whole.below_silent, 1);

    // What was merged stands with its heir, once.
    let file = county.path("区划.csv");
    let table = "区划代码,单位全称,单位简称,生效日期,撤销日期,并入代码\n\
                 621099100200,上塬村便民服务站（演示）,上塬村,,2026-03-10,621099100201\n";
    std::fs::write(&file, table).unwrap();
    top.import_units(ImportUnits { file: file.display().to_string() }, at("03-09T12:00")).unwrap();
    let now = at("03-12T11:00");
    let below = overview(&top, Some(unit("621099100000")), "", now);
    below.units.iter().chain([&below.whole]).for_each(|figures| recounted(&top, figures, now));
    let heir = below.units.iter().find(|figures| figures.code == unit("621099100201")).unwrap();
    assert_eq!((heir.cases, below.whole.cases), (40, 50));
}
