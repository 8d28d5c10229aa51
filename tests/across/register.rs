//! The register of residents: rosters, who is who, and two desks that write the same register.

use daiban_contract::{
    Code, Failure,
    act::{ImportResidents, LinkResidents, Record, SetResident},
    ask,
    view::{Applicant, ResidentRow, RosterImported},
};
use daiban_desk::Desk;
use daiban_domain::{DocumentId, Instant};
use daiban_testkit::{
    County, at,
    program::{daiban, run},
};
use proptest::prelude::*;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

const VILLAGE: &str = "621099100200";
const HEADING: &str = "姓名,证件类型,证件号码,性别,出生日期,联系电话,住址,户号,与户主关系";

/// A number of GB 11643 in the county that nobody lives in.
fn id_no(year: u32, order: u32) -> String {
    let first17 = format!("621099{year}0315{order:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = first17.bytes().zip(weights).map(|(byte, weight)| u32::from(byte - b'0') * weight).sum();
    format!("{first17}{}", char::from(b"10X98765432"[(sum % 11) as usize]))
}

fn row(i: u32) -> String {
    let surname = ["王", "李", "张", "马", "阿卜杜·"][i as usize % 5];
    let given = ["一", "二", "秀兰", "建国", "买提"][i as usize / 5 % 5];
    let number = id_no(1940 + i / 20, 1 + i % 999);
    format!(
        "{surname}{given},居民身份证,{number},,,139{:08},上塬村{}组,{:04},户主",
        10_000_000 + i,
        i % 9,
        i / 4
    )
}

fn roster(county: &County, rows: &[String]) -> PathBuf {
    let file = county.path("roster.csv");
    fs::write(&file, format!("\u{feff}{HEADING}\r\n{}\r\n", rows.join("\r\n"))).unwrap();
    file
}

fn import(desk: &Desk, file: &Path, good_rows: bool, now: Instant) -> RosterImported {
    let unit = Some(VILLAGE.parse().unwrap());
    let request = ImportResidents { file: file.display().to_string(), good_rows, unit };
    desk.import_residents(request, now).map_err(Failure::from).unwrap()
}

fn find(desk: &Desk, text: &str) -> Vec<ResidentRow> {
    desk.residents(ask::Residents { search: text.to_owned() }, at("03-05T12:00")).unwrap()
}

fn entries(county: &County) -> i64 {
    county.replica("village").db().query_row("SELECT count(*) FROM entry", [], |row| row.get(0)).unwrap()
}

#[tokio::test]
async fn of_a_thousand_rows_with_37_wrong_none_are_taken_or_exactly_the_others() {
    let county = County::new().await;
    let village = county.desk("village");
    let now = at("03-05T09:00");
    let mut rows: Vec<String> = (0..1000).map(row).collect();
    // What is done to the row, and the column that it shows in.
    type Spoil = fn(&str) -> String;
    let spoils: [(Spoil, &str); 8] = [
        (|row| row.replacen(',', "1,", 1), "姓名"),
        (|row| row[row.find(',').unwrap()..].to_owned(), "姓名"),
        (|row| row.replace("居民身份证", "驾驶证"), "证件类型"),
        (|row| row.replace("0315", "0316"), "证件号码"),
        (|row| row.replace("0315", "0230"), "证件号码"),
        (|row| row.replace(",,,139", ",公,,139"), "性别"),
        (|row| row.replace(",,,139", ",,1901-01-01,139"), "出生日期"),
        (|row| row.replace(",,,139", ",,,239"), "联系电话"),
    ];
    let mut expected = Vec::new();
    for k in 0..36 {
        let i = 11 + 27 * k;
        let (spoil, column) = spoils[k % spoils.len()];
        rows[i] = spoil(&rows[i]);
        expected.push((i as u64 + 2, column));
    }
    // The same line twice.
    rows[999] = rows[0].clone();
    expected.push((1001, "证件号码"));
    let file = roster(&county, &rows);

    let before = entries(&county);
    let refused = import(&village, &file, false, now);
    assert!(!refused.taken);
    let told: Vec<(u64, &str)> =
        refused.faults.iter().map(|fault| (fault.row, fault.column.as_str())).collect();
    assert_eq!(told, expected);
    for fault in &refused.faults {
        assert!(fault.reason.chars().any(|c| c > '\u{4e00}'), "{}", fault.reason);
        let cells = rows[fault.row as usize - 2].split(',').filter(|cell| cell.chars().count() > 5);
        cells.for_each(|cell| assert!(!fault.reason.contains(cell), "personal data: row {}", fault.row));
    }
    assert_eq!((entries(&county), find(&village, "建国").len()), (before, 0), "nothing is taken");

    let taken = import(&village, &file, true, now);
    assert!(taken.taken);
    assert_eq!((taken.made, taken.changed, taken.unchanged, taken.faults), (963, 0, 0, refused.faults));
    let latest = find(&village, " ");
    let named = |i: usize| rows[i].split(',').next().unwrap().to_owned();
    assert_eq!(latest.len(), 50);
    assert_eq!((&latest[0].name, &latest[1].name), (&named(998), &named(997)), "the last ones first");
    assert_eq!(entries(&county), before + 963);
    let again = import(&village, &file, true, now);
    assert_eq!((again.made, again.changed, again.unchanged), (0, 0, 963));
    assert_eq!(entries(&county), before + 963, "a second import changes nothing");
    assert_eq!(county.replica("village").verify().unwrap(), []);
}

#[tokio::test]
async fn an_old_roster_taken_again_undoes_no_correction() {
    let county = County::new().await;
    let village = county.desk("village");
    let now = at("03-05T09:00");
    let unnumbered = "王小宝,,,男,2026-01-05,无,,0017,子".to_owned();
    let file = roster(&county, &[row(0), unnumbered.clone()]);
    assert_eq!(import(&village, &file, false, now).made, 2);
    for found in find(&village, "王") {
        let request =
            SetResident { id: found.id, field: "phone".to_owned(), value: "139 8765 4321".to_owned() };
        assert_eq!(village.set_resident(request, now).unwrap().phone, "139****4321");
    }
    assert_eq!(import(&village, &file, false, now).unchanged, 2);
    assert!(find(&village, "王").iter().all(|found| found.phone == "139****4321"));
    // A new roster may say something new.
    let moved = row(0).replace("上塬村", "柳湾村");
    let imported = import(&village, &roster(&county, &[moved, unnumbered]), false, now);
    assert_eq!((imported.made, imported.changed, imported.unchanged), (0, 1, 1));
}

#[tokio::test]
async fn people_are_found_told_apart_and_linked_by_hand() {
    let county = County::new().await;
    let village = county.desk("village");
    let now = at("03-05T09:00");
    let [one, other] = [id_no(2016, 33), id_no(2016, 34)];
    let rows = [
        format!("单大双,,{one},,,13900000001,,0017,子"),
        format!("单小双,,{other},,,,,0017,子"),
        "单大双,,,男,2016-03-15,,,0018,孙".to_owned(),
        "阿卜杜·买买提,护照,E12345678,,1990-01-01,,,,".to_owned(),
    ];
    let imported = import(&village, &roster(&county, &rows), false, now);
    assert_eq!((imported.made, imported.faults), (4, vec![]));

    for (text, count) in
        [("单大", 2), ("sds", 2), ("sxs", 1), (one.as_str(), 1), ("E1234", 1), ("1390000", 1), ("李", 0)]
    {
        assert_eq!(find(&village, text).len(), count, "{text}");
    }
    let [twin] = find(&village, &one).try_into().unwrap();
    let [brother] = find(&village, &other).try_into().unwrap();
    let unnumbered = find(&village, "sds").into_iter().find(|found| found.id_no.is_empty()).unwrap();
    assert_eq!(twin.id_no, format!("621099********{}", &one[14..]), "masked");
    assert_eq!((&twin.same, &twin.perhaps), (&vec![], &vec![unnumbered.id]), "twins aren't joined");
    assert_eq!((&brother.perhaps, &brother.namesakes), (&vec![], &vec![]));

    let link = |desk: &Desk, one: DocumentId, other, linked, reason: &str| {
        let request = LinkResidents { one, other, linked, reason: reason.to_owned() };
        desk.link_residents(request, now).map_err(|trouble| trouble.code())
    };
    let before = entries(&county);
    for (one, other) in [(twin.id, unnumbered.id), (unnumbered.id, twin.id)] {
        let linked = link(&village, one, other, true, "").unwrap();
        assert_eq!((linked.same, linked.perhaps), (vec![other], vec![]));
    }
    assert_eq!(entries(&county), before + 1, "said once, from whichever side");
    assert_eq!(link(&village, twin.id, brother.id, true, "重号"), Err(Code::NoRole));
    assert_eq!(link(&village, twin.id, twin.id, true, ""), Err(Code::BadInput));
    assert_eq!(link(&village, twin.id, DocumentId([0; 16]), true, ""), Err(Code::UnknownResident));
    let parted = link(&village, unnumbered.id, twin.id, false, "查过户口簿").unwrap();
    assert_eq!((parted.same, parted.perhaps), (vec![], vec![]), "nobody asks again");
    assert_eq!(county.replica("village").verify().unwrap(), []);

    let township = county.desk("township");
    for desk in [&village, &township] {
        county.exchange(desk, now).await.unwrap();
    }
    assert_eq!(link(&township, twin.id, brother.id, true, ""), Err(Code::BadInput), "a reason is needed");
    assert_eq!(link(&township, twin.id, brother.id, true, "公安更正重号").unwrap().same, [brother.id]);
}

#[tokio::test]
async fn a_number_under_another_name_is_told_and_joins_nobody() {
    let county = County::new().await;
    let village = county.desk("village");
    let now = at("03-05T09:00");
    let number = id_no(1942, 1);
    import(&village, &roster(&county, &[format!("王一,,{number},,,,,,")]), false, now);
    let imported = import(&village, &roster(&county, &[format!("李二,,{number},,,,,,")]), false, now);
    assert_eq!(
        (imported.taken, imported.faults[0].row, imported.faults[0].column.as_str()),
        (false, 2, "姓名")
    );
    let applicant = Applicant { name: "李二".to_owned(), id_no: number.clone(), ..Applicant::default() };
    let request = Record { item_id: "I002".to_owned(), applicant, ..Record::default() };
    let recorded = village.record(request, now).unwrap();
    assert!(recorded.warnings.iter().any(|warning| warning.code == "id-of-another"));
    let names: Vec<String> = find(&village, &number).into_iter().map(|found| found.name).collect();
    assert_eq!(names, ["王一"]);
}

#[derive(Clone, Debug)]
enum Step {
    Import { desk: usize, rows: Vec<u32> },
    Set { desk: usize, nth: usize, value: u32 },
    Link { desk: usize, one: usize, other: usize, linked: bool },
    Exchange { desk: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let desk = 0..2usize;
    prop_oneof![
        (desk.clone(), prop::collection::vec(0..12u32, 1..6))
            .prop_map(|(desk, rows)| Step::Import { desk, rows }),
        (desk.clone(), 0..12usize, 0..4u32).prop_map(|(desk, nth, value)| Step::Set { desk, nth, value }),
        (desk.clone(), 0..12usize, 0..12usize, any::<bool>())
            .prop_map(|(desk, one, other, linked)| Step::Link { desk, one, other, linked }),
        desk.prop_map(|desk| Step::Exchange { desk }),
    ]
}

/// Village and township both write the village's register.
async fn play(steps: Vec<Step>) {
    let county = County::new().await;
    let desks = ["village", "township"].map(|name| county.desk(name));
    let mut now = at("03-05T09:00");
    let all = |desk: &Desk| -> Vec<ResidentRow> {
        let found: Vec<ResidentRow> =
            ["王", "李", "张", "马", "阿"].iter().flat_map(|name| find(desk, name)).collect();
        found
    };
    for step in steps {
        now = Instant(now.0 + 60_000);
        match step {
            Step::Import { desk, rows } => {
                let rows: BTreeSet<u32> = rows.into_iter().collect();
                // The two rosters word addresses differently.
                let words = ["上塬村", "上塬行政村"][desk];
                let rows: Vec<String> = rows.into_iter().map(|i| row(i).replace("上塬村", words)).collect();
                assert!(import(&desks[desk], &roster(&county, &rows), false, now).taken);
            }
            Step::Set { desk, nth, value } => {
                if let Some(found) = all(&desks[desk]).get(nth) {
                    let value = format!("1391234567{value}");
                    let request = SetResident { id: found.id, field: "phone".to_owned(), value };
                    desks[desk].set_resident(request, now).unwrap();
                }
            }
            Step::Link { desk, one, other, linked } => {
                let all = all(&desks[desk]);
                if let (Some(one), Some(other)) = (all.get(one), all.get(other)) {
                    let (one, other) = (one.id, other.id);
                    let request = LinkResidents { one, other, linked, reason: String::new() };
                    // Two numbers, or one entry: refused, and nothing was promised.
                    let _ = desks[desk].link_residents(request, now);
                }
            }
            Step::Exchange { desk } => _ = county.exchange(&desks[desk], now).await.unwrap(),
        }
    }
    for desk in [&desks[0], &desks[1], &desks[0]] {
        county.exchange(desk, now).await.unwrap();
    }
    assert_eq!(all(&desks[0]), all(&desks[1]));
    drop(desks);
    let register = ["village", "township"].map(|name| {
        let mut replica = county.replica(name);
        assert_eq!(replica.verify().unwrap(), [], "{name}");
        let before = replica.digest().unwrap();
        replica.rebuild().unwrap();
        assert_eq!(replica.digest().unwrap(), before, "{name}");
        let sql = "SELECT hex(document.document) || name || id_no || phone || address || hex(roster_row)
                   || coalesce((SELECT group_concat(hex(other)) FROM resident_link WHERE resident_link.id = resident.id), '')
                   FROM resident JOIN document USING (id) ORDER BY 1";
        let mut statement = replica.db().prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<Vec<String>, _>>().unwrap()
    });
    assert_eq!(register[0], register[1]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn two_desks_that_write_one_register_end_with_the_same(steps in prop::collection::vec(step(), 1..12)) {
        tokio::runtime::Runtime::new().unwrap().block_on(play(steps));
    }
}

#[tokio::test]
async fn the_command_line_imports_finds_and_links() {
    let county = County::new().await;
    let people = |arguments: &[&str]| {
        let folder = county.path("village");
        run(daiban(folder.parent().unwrap(), "village").arg("people").args(arguments))
    };
    let file = roster(&county, &[row(0), format!("王一,,,,{},,,,", "1940-03-15")]);
    let file = file.display().to_string();
    let imported = people(&["import", &file]).unwrap();
    assert_eq!(imported["says"], "登记了 2 人，更新 0 人，没有变化 0 人。");
    let found = people(&["find", "wy"]).unwrap();
    let ids: Vec<&str> =
        found.as_array().unwrap().iter().map(|found| found["id"].as_str().unwrap()).collect();
    assert_eq!(found[0]["perhaps"][0], ids[1]);
    assert_eq!(people(&["link", ids[0], ids[1]]).unwrap()["same"][0], ids[1]);
    assert_eq!(people(&["unlink", ids[0], ids[1]]).unwrap()["same"].as_array().unwrap().len(), 0);
    assert_eq!(people(&["set", ids[0], "phone", "1"]).unwrap_err(), "bad-input");
    assert_eq!(people(&["import", "/nowhere.csv"]).unwrap_err(), "file");
}
