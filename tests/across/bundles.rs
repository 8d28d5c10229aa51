//! The exchange in a file: a stick carries a village's work to the township and the township's back.

use crate::{
    attachments,
    convergence::{DESKS, request},
};
use daiban_contract::{
    Code,
    act::{Attach, Erase, ExportBundle, ImportBundle, Personal, Set},
    ask,
    view::{Bundled, Imported, Reach, SticksView},
};
use daiban_desk::Desk;
use daiban_domain::{Instant, erasure::Ground};
use daiban_testkit::{County, at};
use std::{fs, path::PathBuf};

fn minute(n: i64) -> Instant {
    Instant(at("03-05T09:00").0 + n * 60_000)
}

struct Stick {
    county: County,
    made: u32,
}

impl Stick {
    fn export(&mut self, desk: &Desk, unit: Option<&str>, n: i64) -> (PathBuf, Bundled) {
        self.made += 1;
        let file = self.county.path(&format!("{}.bundle", self.made));
        let request = ExportBundle {
            file: Some(file.display().to_string()),
            unit: unit.map(|code| code.parse().unwrap()),
            all: false,
        };
        let bundled = desk.export_bundle(request, minute(n)).unwrap();
        (file, bundled)
    }
}

fn import(desk: &Desk, file: &std::path::Path) -> Imported {
    desk.import_bundle(ImportBundle { file: file.display().to_string() }, minute(60)).unwrap()
}

fn refused(desk: &Desk, file: &std::path::Path) -> Code {
    let outcome = desk.import_bundle(ImportBundle { file: file.display().to_string() }, minute(60));
    daiban_contract::Failure::from(outcome.unwrap_err()).code
}

/// A county whose desks have all heard of each other.
async fn county() -> County {
    let county = County::new().await;
    for name in DESKS {
        county.exchange(&county.desk(name), minute(-60)).await.unwrap();
    }
    county
}

const VILLAGE: &str = "621099100200";

#[tokio::test]
async fn a_stick_carries_both_ways_in_one_visit() {
    let county = county().await;
    let [village, township, top] = ["village", "township", "county"].map(|name| county.desk(name));
    let mut stick = Stick { county, made: 0 };
    let case_no = village.record(request(0), minute(0)).unwrap().case_no;
    let (out, bundled) = stick.export(&village, None, 1);
    assert_eq!((bundled.unit_name.as_str(), bundled.recipients), ("清源镇", 2), "{bundled:?}");

    let imported = import(&township, &out);
    assert!(imported.received >= 2 && imported.missing.is_empty(), "{imported:?}");
    assert_eq!(imported.from, "上塬1号本");
    let again = import(&township, &out);
    assert_eq!(again.received, 0, "a second import changes nothing: {again:?}");
    let view = township.case(ask::Case { case_no: case_no.clone() }, minute(2)).unwrap();
    assert!(!view.county_receipt, "what a stick brought is not what the county received");

    // The township's line works: the village's work goes on to the county, the receipt comes back on the stick.
    let set = Set {
        case_no: case_no.clone(),
        path: "applicant.address".to_owned(),
        value: "清源镇人民路66号".to_owned(),
        reason: None,
    };
    township.set(set, minute(3)).unwrap();
    stick.county.exchange(&township, minute(4)).await.unwrap();
    stick.county.exchange(&top, minute(4)).await.unwrap();
    assert!(top.case(ask::Case { case_no: case_no.clone() }, minute(5)).unwrap().county_receipt);
    let (back, bundled) = stick.export(&township, Some(VILLAGE), 6);
    let first = bundled.entries;
    let imported = import(&village, &back);
    assert!(imported.receipt && imported.missing.is_empty(), "{imported:?}");
    let view = village.case(ask::Case { case_no: case_no.clone() }, minute(7)).unwrap();
    assert_eq!(view.applicant.address, "清源镇人民路66号");
    assert!(view.county_receipt, "the county's receipt, carried");

    // The next stick only takes what moved since.
    stick.export(&village, None, 8);
    let (out, _) = stick.export(&village, None, 9);
    import(&township, &out);
    let (_, bundled) = stick.export(&township, Some(VILLAGE), 10);
    assert!(bundled.entries < first, "{} < {first}", bundled.entries);
    for desk in ["village", "township"] {
        assert_eq!(stick.county.replica(desk).verify().unwrap(), []);
    }
}

#[tokio::test]
async fn a_gap_says_what_is_missing_and_closes_when_it_comes() {
    let county = county().await;
    let [village, township] = ["village", "township"].map(|name| county.desk(name));
    let mut stick = Stick { county, made: 0 };
    let first = village.record(request(0), minute(0)).unwrap().case_no;
    let (one, _) = stick.export(&village, None, 1);
    // The village was on line once meanwhile, so its next bundle leaves out what the county has.
    stick.county.exchange(&village, minute(2)).await.unwrap();
    let second = village.record(request(1), minute(3)).unwrap().case_no;
    let (two, _) = stick.export(&village, None, 4);
    let early = import(&township, &two);
    assert!(early.says.contains("还缺") && !early.missing.is_empty(), "{early:?}");
    assert!(early.missing.iter().all(|gap| gap.device == "上塬1号本" && gap.first == 1));
    assert!(township.case(ask::Case { case_no: second.clone() }, minute(5)).is_err());
    assert!(import(&township, &one).received > 0);
    assert!(import(&township, &two).missing.is_empty());
    for case_no in [first, second] {
        township.case(ask::Case { case_no }, minute(6)).unwrap();
    }
}

#[tokio::test]
async fn a_damaged_or_foreign_file_changes_nothing() {
    let county = county().await;
    let [village, township, top] = ["village", "township", "county"].map(|name| county.desk(name));
    let mut stick = Stick { county, made: 0 };
    let case_no = village.record(request(0), minute(0)).unwrap().case_no;
    let (whole, _) = stick.export(&village, None, 1);
    let bytes = fs::read(&whole).unwrap();
    let before = stick.county.replica("township").digest().unwrap();
    let broken = stick.county.path("broken.bundle");
    let step = (bytes.len() / 60).max(1);
    for at in (0..bytes.len()).step_by(step) {
        let mut flipped = bytes.clone();
        flipped[at] ^= 0x10;
        fs::write(&broken, &flipped).unwrap();
        assert_eq!(refused(&township, &broken), Code::BadBundle, "flipped at {at}");
        fs::write(&broken, &bytes[..at]).unwrap();
        assert_eq!(refused(&township, &broken), Code::BadBundle, "cut at {at}");
    }
    assert_eq!(refused(&township, &stick.county.path("nowhere.bundle")), Code::File);
    // Sealed to the township and the county, not back to the village.
    assert_eq!(refused(&village, &whole), Code::BadBundle);
    assert_eq!(stick.county.replica("township").digest().unwrap(), before);
    assert!(township.case(ask::Case { case_no: case_no.clone() }, minute(2)).is_err());
    assert!(import(&top, &whole).received > 0, "the county above can open it too");
}

#[tokio::test]
async fn the_hub_takes_a_stick_and_gives_one_back() {
    let county = county().await;
    let [village, township] = ["village", "township"].map(|name| county.desk(name));
    let mut stick = Stick { county, made: 0 };
    let case_no = village.record(request(0), minute(0)).unwrap().case_no;
    let (out, _) = stick.export(&village, None, 1);
    let file = fs::read(&out).unwrap();
    let hub = stick.county.hub.clone();
    let imported = hub.import_bundle(&file, minute(60)).unwrap();
    assert!(imported.received >= 2 && imported.gaps == 0, "{imported:?}");
    assert_eq!(hub.import_bundle(&file, minute(60)).unwrap().received, 0, "a second import changes nothing");
    assert!(hub.import_bundle(&file[..file.len() - 9], minute(60)).is_err());

    let back = stick.county.path("back.bundle");
    fs::write(&back, hub.export_bundle(VILLAGE.parse().unwrap(), minute(2)).unwrap().file).unwrap();
    let imported = import(&village, &back);
    assert_eq!(imported.from, "县中心");
    assert!(imported.receipt);
    let view = village.case(ask::Case { case_no: case_no.clone() }, minute(3)).unwrap();
    assert!(view.county_receipt, "the hub's receipt, carried on the stick");
    stick.county.exchange(&township, minute(4)).await.unwrap();
    township.case(ask::Case { case_no }, minute(5)).unwrap();
}

#[tokio::test]
async fn a_bundle_in_a_folder_is_named_so_that_its_receiver_finds_it() {
    let county = county().await;
    let [village, township, top] = DESKS.map(|name| county.desk(name));
    village.record(request(0), minute(0)).unwrap();
    let folder = county.path("township").join("bundles");
    fs::create_dir(&folder).unwrap();
    let into = ExportBundle { file: Some(folder.display().to_string()), ..Default::default() };
    let bundled = village.export_bundle(into, minute(1)).unwrap();
    assert_eq!(PathBuf::from(&bundled.file).parent(), Some(folder.as_path()));
    fs::write(folder.join("notes.bundle"), "a person's own name for a file").unwrap();
    // What the township makes for others is not for it.
    township.export_bundle(ExportBundle::default(), minute(2)).unwrap();

    let own =
        |view: SticksView| view.bundles.into_iter().filter(|one| one.stick.is_none()).collect::<Vec<_>>();
    let found = own(township.sticks(ask::Sticks {}, minute(3)).unwrap());
    let [found] = &found[..] else { panic!("{found:?}") };
    assert_eq!((&found.file, &*found.from, found.made), (&bundled.file, "上塬村", minute(1)));
    for other in [&village, &top] {
        assert_eq!(own(other.sticks(ask::Sticks {}, minute(3)).unwrap()), []);
    }
    assert!(import(&township, found.file.as_ref()).received > 0);
}

#[tokio::test]
async fn photos_go_along_and_their_receipt_comes_back() {
    let county = county().await;
    let [village, township, top] = ["village", "township", "county"].map(|name| county.desk(name));
    let mut stick = Stick { county, made: 0 };
    let case_no = village.record(request(0), minute(0)).unwrap().case_no;
    let bytes = attachments::scan(1, 300_000);
    let file = stick.county.path("scan.pdf");
    fs::write(&file, &bytes).unwrap();
    let file = Some(file.display().to_string());
    village.attach(Attach { case_no: case_no.clone(), file, ..Attach::default() }, minute(1)).unwrap();
    let photo = |desk: &Desk, n| {
        let photo =
            desk.case(ask::Case { case_no: case_no.clone() }, minute(n)).unwrap().attachments.remove(0);
        (photo.here, photo.reach)
    };
    assert_eq!(photo(&village, 1), (true, Reach::Here));

    let (out, bundled) = stick.export(&village, None, 2);
    assert_eq!(bundled.attachments, 1);
    let imported = import(&township, &out);
    assert_eq!(imported.attachments, 1);
    assert!(imported.says.contains("1 张照片或扫描件"), "{}", imported.says);
    assert_eq!(photo(&township, 3), (true, Reach::Township), "by its own word, and not the county's");
    let again = import(&township, &out);
    assert_eq!((again.received, again.attachments), (0, 0), "a second import changes nothing");

    // The hub opens the same file; so would the stick reach the county by hand.
    let taken = stick.county.hub.import_bundle(&fs::read(&out).unwrap(), minute(4)).unwrap();
    assert_eq!(taken.attachments, 1);
    // The township's word comes back on the stick: the photo isn't taken along to it again.
    let (back, _) = stick.export(&township, Some(VILLAGE), 5);
    import(&village, &back);
    assert_eq!(photo(&village, 6), (true, Reach::Township));
    let (_, bundled) = stick.export(&village, None, 7);
    assert_eq!(bundled.attachments, 0);
    // The county's comes over the township's line.
    for desk in [&township, &top] {
        stick.county.exchange(desk, minute(8)).await.unwrap();
    }
    assert_eq!(photo(&top, 9), (true, Reach::County));
    let (back, _) = stick.export(&township, Some(VILLAGE), 10);
    import(&village, &back);
    assert_eq!(photo(&village, 11), (true, Reach::County));
    for name in DESKS {
        assert_eq!(stick.county.replica(name).verify().unwrap(), [], "{name}");
    }
}

/// A stick of one visit: the village's way up, then the township's way back.
fn visit(stick: &mut Stick, village: &Desk, township: &Desk, n: i64) -> (Imported, Bundled, Imported) {
    let (out, _) = stick.export(village, None, n);
    let up = import(township, &out);
    let (back, bundled) = stick.export(township, Some(VILLAGE), n);
    (up, bundled, import(village, &back))
}

fn attach(stick: &Stick, desk: &Desk, case_no: &str, bytes: &[u8], n: i64) {
    let file = stick.county.path("scan.pdf");
    fs::write(&file, bytes).unwrap();
    let file = Some(file.display().to_string());
    desk.attach(Attach { case_no: case_no.to_owned(), file, ..Attach::default() }, minute(n)).unwrap();
}

fn here(desk: &Desk, case_no: &str, n: i64) -> usize {
    let view = desk.case(ask::Case { case_no: case_no.to_owned() }, minute(n)).unwrap();
    view.attachments.iter().filter(|photo| photo.here).count()
}

#[tokio::test]
async fn photos_go_both_ways_in_one_visit_and_once() {
    let county = county().await;
    let [village, township] = ["village", "township"].map(|name| county.desk(name));
    let mut stick = Stick { county, made: 0 };
    let case_no = village.record(request(0), minute(0)).unwrap().case_no;
    visit(&mut stick, &village, &township, 1);
    attach(&stick, &village, &case_no, &attachments::scan(1, 100_000), 2);
    attach(&stick, &township, &case_no, &attachments::scan(2, 200_000), 2);
    let (up, bundled, down) = visit(&mut stick, &village, &township, 3);
    assert_eq!(
        (up.attachments, bundled.attachments, down.attachments),
        (1, 1, 1),
        "its own doesn't come back"
    );
    assert_eq!((here(&village, &case_no, 4), here(&township, &case_no, 4)), (2, 2));
    // The same stick again, and the next ones: the village has said what it holds.
    let last = stick.county.path(&format!("{}.bundle", stick.made));
    let again = import(&village, &last);
    assert_eq!((again.received, again.attachments), (0, 0), "a second import changes nothing");
    let (up, bundled, down) = visit(&mut stick, &village, &township, 5);
    assert_eq!((up.attachments, bundled.attachments, down.attachments), (0, 0, 0));
    // It says so once.
    let entries = |stick: &Stick| {
        stick
            .county
            .replica("village")
            .db()
            .query_row("SELECT count(*) FROM entry WHERE kind = 7", [], |row| row.get::<_, u64>(0))
            .unwrap()
    };
    let before = entries(&stick);
    visit(&mut stick, &village, &township, 6);
    assert_eq!(entries(&stick), before);
    for name in ["village", "township"] {
        assert_eq!(stick.county.replica(name).verify().unwrap(), [], "{name}");
    }
}

#[tokio::test]
async fn what_doesnt_fit_on_a_stick_comes_with_the_next() {
    let county = county().await;
    let [village, township] = ["village", "township"].map(|name| county.desk(name));
    let mut stick = Stick { county, made: 0 };
    let case_no = village.record(request(0), minute(0)).unwrap().case_no;
    visit(&mut stick, &village, &township, 1);
    // 9 MiB, of which a stick takes 8.
    for seed in 1..=3 {
        attach(&stick, &township, &case_no, &attachments::scan(seed, 3 << 20), 2);
    }
    let (_, bundled, down) = visit(&mut stick, &village, &township, 3);
    assert_eq!((bundled.attachments, down.attachments), (2, 2));
    let (_, bundled, down) = visit(&mut stick, &village, &township, 4);
    assert_eq!((bundled.attachments, down.attachments), (1, 1));
    assert_eq!(here(&village, &case_no, 5), 3);
}

#[tokio::test]
async fn the_hub_gives_a_village_the_photos_that_it_lacks() {
    let county = county().await;
    let [village, township] = ["village", "township"].map(|name| county.desk(name));
    let mut stick = Stick { county, made: 0 };
    let case_no = village.record(request(0), minute(0)).unwrap().case_no;
    visit(&mut stick, &village, &township, 1);
    attach(&stick, &village, &case_no, &attachments::scan(1, 100_000), 2);
    attach(&stick, &township, &case_no, &attachments::scan(2, 200_000), 2);
    stick.county.exchange(&township, minute(3)).await.unwrap();
    let hub = stick.county.hub.clone();
    let unit = VILLAGE.parse().unwrap();
    let (out, _) = stick.export(&village, None, 4);
    assert_eq!(hub.import_bundle(&fs::read(&out).unwrap(), minute(4)).unwrap().attachments, 1);
    let back = stick.county.path("back.bundle");
    let bundled = hub.export_bundle(unit, minute(5)).unwrap();
    fs::write(&back, &bundled.file).unwrap();
    assert_eq!(bundled.attachments, 1, "what the village brought doesn't come back");
    assert_eq!(import(&village, &back).attachments, 1);
    assert_eq!(here(&village, &case_no, 6), 2);
    assert_eq!(import(&village, &back).attachments, 0);
    let (out, _) = stick.export(&village, None, 7);
    hub.import_bundle(&fs::read(&out).unwrap(), minute(7)).unwrap();
    assert_eq!(hub.export_bundle(unit, minute(8)).unwrap().attachments, 0);
    assert_eq!(stick.county.replica("village").verify().unwrap(), []);
}

#[tokio::test]
async fn an_erased_photo_comes_back_on_no_stick() {
    let county = county().await;
    let [village, township, top] = DESKS.map(|name| county.desk(name));
    let mut stick = Stick { county, made: 0 };
    let case_no = village.record(request(0), minute(0)).unwrap().case_no;
    visit(&mut stick, &village, &township, 1);
    attach(&stick, &township, &case_no, &attachments::scan(1, 100_000), 2);
    let (_, bundled, _) = visit(&mut stick, &village, &township, 3);
    assert_eq!(bundled.attachments, 1);
    let old = stick.county.path(&format!("{}.bundle", stick.made));
    for desk in [&village, &township, &top] {
        stick.county.exchange(desk, minute(4)).await.unwrap();
    }
    let erase = Erase { what: Personal::Case { case_no: case_no.clone() }, ground: Ground::Consent };
    top.erase(erase, minute(5)).unwrap();
    for desk in [&top, &township, &village] {
        stick.county.exchange(desk, minute(6)).await.unwrap();
    }
    let replica = stick.county.replica("village");
    let held =
        || replica.db().query_row("SELECT count(*) FROM chunk", [], |row| row.get::<_, u64>(0)).unwrap();
    assert_eq!(held(), 0);
    assert_eq!(import(&village, &old).attachments, 0, "the stick of before");
    let (_, bundled, down) = visit(&mut stick, &village, &township, 7);
    assert_eq!((bundled.attachments, down.attachments), (0, 0));
    assert_eq!(stick.county.hub.export_bundle(VILLAGE.parse().unwrap(), minute(8)).unwrap().attachments, 0);
    assert_eq!(held(), 0);
}
