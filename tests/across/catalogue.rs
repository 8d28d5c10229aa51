//! The catalogue: checked, edited in tables, published by the county, and the same at every desk.

use daiban_contract::{
    Code,
    act::Publish,
    ask::{self, CheckItems},
};
use daiban_desk::Desk;
use daiban_domain::{
    Instant,
    item::{Catalogue, Item, catalogue_to_json},
};
use daiban_testkit::{
    County, at,
    program::{RunningHub, daiban, run},
};
use jiff::civil::{Date, date};
use serde_json::Value;
use std::fs;

fn minute(n: i64) -> Instant {
    Instant(at("03-05T09:00").0 + n * 60_000)
}

/// The published catalogue with one item changed.
fn draft(desk: &Desk, id: &str, change: impl FnOnce(&mut Item)) -> Publish {
    let mut catalogue = desk.catalogue().unwrap();
    let entry = catalogue.items.iter_mut().rfind(|(item, _)| item.item_id == id).unwrap();
    change(&mut entry.0);
    entry.1 = entry.0.text_over(&entry.1).unwrap();
    Publish { draft: catalogue_to_json(&catalogue).unwrap(), version: "2026.2".into(), from: None }
}

fn versions(catalogue: &Catalogue, id: &str) -> Vec<(u16, Date, String)> {
    let of_item = catalogue.items.iter().filter(|(item, _)| item.item_id == id);
    of_item.map(|(item, _)| (item.version, item.effective_from, item.retention.clone())).collect()
}

#[tokio::test]
async fn what_the_county_publishes_comes_into_force_everywhere_on_its_day() {
    let county = County::new().await;
    let (top, village) = (county.desk("county"), county.desk("village"));
    let published =
        top.publish(draft(&top, "I034", |item| item.retention = "永久".into()), minute(0)).unwrap();
    assert_eq!(published.catalogue, "2026.2");
    assert!(published.changes.iter().any(|line| line.ends_with("保管期限：30年 → 永久")), "{published:?}");
    county.hub_says(minute(1));
    for desk in [&top, &village] {
        county.exchange(desk, minute(1)).await.unwrap();
    }
    let catalogue = village.catalogue().unwrap();
    assert_eq!(catalogue.version, "2026.2");
    let both = [(1, date(2026, 1, 1), "30年".to_owned()), (2, date(2026, 3, 6), "永久".to_owned())];
    assert_eq!(versions(&catalogue, "I034"), both);
    let of_today = |now| village.item(ask::Item { item_id: "I034".into() }, now).unwrap().version;
    assert_eq!((of_today(minute(2)), of_today(at("03-06T09:00"))), (1, 2));
    assert_eq!(village.check_items(CheckItems {}, minute(2)).unwrap().errors, 0);

    // An item that its second version ends is not taken up again by its first.
    let mut ending = draft(&top, "I034", |item| item.effective_to = Some(date(2026, 6, 30)));
    ending.version = "2026.3".into();
    ending.from = Some(date(2026, 4, 1));
    top.publish(ending, minute(3)).unwrap();
    let request = || ask::Item { item_id: "I034".into() };
    assert_eq!(top.item(request(), at("06-30T09:00")).unwrap().version, 3);
    let ended = top.item(request(), at("07-01T09:00")).unwrap_err();
    assert_eq!(ended.code(), Code::UnknownItem);
}

#[tokio::test]
async fn only_the_county_publishes_and_nothing_that_breaks_a_rule() {
    let county = County::new().await;
    let (top, township) = (county.desk("county"), county.desk("township"));
    let refused = |desk: &Desk, publish: Publish| desk.publish(publish, minute(0)).unwrap_err().code();
    let forever = |item: &mut Item| item.retention = "永久".into();
    assert_eq!(refused(&township, draft(&township, "I034", forever)), Code::NoRole);
    assert_eq!(
        refused(&top, draft(&top, "I034", |item| item.promise_limit.days = Some(21))),
        Code::NotAllowed
    );
    assert_eq!(refused(&top, draft(&top, "I034", |_| {})), Code::BadInput);
    let same_name = Publish { version: "2026.1".into(), ..draft(&top, "I034", forever) };
    assert_eq!(refused(&top, same_name), Code::BadInput);
    let yesterday = Publish { from: Some(date(2025, 12, 31)), ..draft(&top, "I034", forever) };
    assert_eq!(refused(&top, yesterday), Code::NotAllowed);
    let no_catalogue = Publish { draft: "{}".into(), ..draft(&top, "I034", forever) };
    assert_eq!(refused(&top, no_catalogue), Code::BadInput);
    assert_eq!(versions(&top.catalogue().unwrap(), "I034").len(), 1);
}

/// Two county desks publish the same version apart from each other: the one published first counts, at every desk.
#[tokio::test]
async fn a_version_published_twice_is_the_same_one_everywhere() {
    let county = County::new().await;
    county.copy("county", "other");
    let (one, other, village) = (county.desk("county"), county.desk("other"), county.desk("village"));
    other.publish(draft(&other, "I034", |item| item.retention = "永久".into()), minute(0)).unwrap();
    one.publish(draft(&one, "I034", |item| item.retention = "50年".into()), minute(1)).unwrap();
    for desk in [&one, &village, &other, &one, &village] {
        county.exchange(desk, minute(2)).await.unwrap();
    }
    let first = [(1, date(2026, 1, 1), "30年".to_owned()), (2, date(2026, 3, 6), "永久".to_owned())];
    for desk in [&one, &other, &village] {
        assert_eq!(versions(&desk.catalogue().unwrap(), "I034"), first);
    }
    drop((one, other, village));
    for name in ["county", "other", "village"] {
        assert_eq!(county.replica(name).verify().unwrap(), [], "{name}");
    }
}

#[tokio::test]
async fn a_clerk_edits_tables_and_the_county_publishes_them() {
    let county = County::folder().await;
    let county = county.path();
    let hub = RunningHub::start(county, 0);
    let items = |desk: &str, arguments: &[&str]| {
        let mut command = daiban(county, desk);
        command
            .env("DAIBAN_NOW", "2026-03-05T09:00:00+08:00")
            .arg("items")
            .args(arguments)
            .current_dir(county);
        command
    };
    let answer = |desk: &str, arguments: &[&str]| run(&mut items(desk, arguments)).unwrap();
    assert_eq!(answer("village", &["check"])["errors"], 0);
    assert_eq!(answer("village", &["办居民养老保险"])[0]["itemId"], "I001");
    assert_eq!(answer("county", &["export", "-o", "目录.csv"])["items"], 41);
    assert_eq!(answer("county", &["export", "-o", "目录.xlsx"])["files"][0], "目录.xlsx");
    assert_eq!(answer("county", &["diff", "目录.xlsx"])["says"], Value::Array(vec![]));

    // The clerk saves what is no number, and is told where.
    let table = county.join("目录-事项.csv");
    let text = fs::read_to_string(&table).unwrap();
    let promise = |days: &str| {
        let line = text.lines().find(|line| line.contains("林木采伐许可证核发")).unwrap();
        let changed = line.replace(",7,工作日,否,", &format!(",{days},工作日,否,"));
        assert_ne!(line, changed);
        fs::write(&table, text.replace(line, &changed)).unwrap();
    };
    promise("七天");
    let output = items("county", &["import", "目录.csv", "--check-only", "--json"]).output().unwrap();
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(!output.status.success());
    let error = &told["errors"][0];
    assert_eq!((&error["row"], &error["column"]), (&35.into(), &"承诺办结时限".into()), "{told}");
    assert_eq!(
        run(&mut items("county", &["publish", "目录.csv", "--as", "2026.2"])).unwrap_err(),
        "bad-input"
    );

    promise("5");
    let drafted = answer("county", &["import", "目录.csv", "-o", "草稿.json"]);
    let line = "林木采伐许可证核发（农村居民自留山、个人承包集体林）（I034）：承诺办结时限：7 → 5";
    assert_eq!(drafted["changes"], Value::Array(vec![line.into()]));
    assert_eq!(answer("county", &["check", "草稿.json"])["errors"], 0);
    assert_eq!(
        run(&mut items("village", &["publish", "草稿.json", "--as", "2026.2"])).unwrap_err(),
        "no-role"
    );
    let published = answer("county", &["publish", "草稿.json", "--as", "2026.2"]);
    assert_eq!(published["catalogue"], "2026.2");
    for desk in ["county", "village"] {
        run(daiban(county, desk).args(["sync", "--hub", &hub.url])).unwrap();
    }
    assert_eq!(
        answer("village", &["diff", "草稿.json"])["says"][0].as_str().map(|line| line.contains("生效日期")),
        Some(true)
    );
}
