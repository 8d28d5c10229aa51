//! What grows is kept small and what must go goes: closed years leave the village's laptop, and an order to erase reaches
//! every place where a document lies or will arrive.

use crate::{
    attachments,
    convergence::{DESKS, request},
};
use daiban_contract::{
    Code, Failure,
    act::{Act, Archive, Attach, Enrol, Erase, ExportBundle, ImportBundle, Personal, Record, Set},
    ask,
};
use daiban_desk::{Desk, Trouble};
use daiban_domain::{Instant, Role, erasure::Ground};
use daiban_exchange::{Entry, Log, Run, engine, run::Refusal, wire};
use daiban_replica::{Replica, ReplicaError};
use daiban_testkit::{
    County, at,
    program::{RunningHub, daiban, program, run, run_with},
};
use rusqlite::{Connection, MAIN_DB};
use std::{fs, process::Command};

const VILLAGE: &str = "621099100200";

fn minute(n: i64) -> Instant {
    Instant(at("03-05T09:00").0 + n * 60_000)
}

/// A minute of the year after.
fn next_year(n: i64) -> Instant {
    Instant("2027-02-01T09:00:00+08:00".parse::<Instant>().unwrap().0 + n * 60_000)
}

fn code<T: std::fmt::Debug>(outcome: Result<T, Trouble>) -> Code {
    Failure::from(outcome.unwrap_err()).code
}

fn phone(case_no: &str, value: &str) -> Set {
    Set {
        case_no: case_no.to_owned(),
        path: "applicant.phone".to_owned(),
        value: value.to_owned(),
        reason: None,
    }
}

fn act(case_no: &str, event: &str) -> Act {
    Act { case_no: case_no.to_owned(), event: event.to_owned(), payload: None, on: None }
}

async fn settle(county: &County, desks: &[&Desk], now: Instant) {
    for desk in desks.iter().chain(desks) {
        county.exchange(desk, now).await.unwrap();
    }
}

fn total(desk: &Desk, search: Option<&str>) -> u64 {
    let question = ask::Cases { search: search.map(str::to_owned), ..ask::Cases::default() };
    desk.cases(question, next_year(0)).unwrap().total
}

fn show(desk: &Desk, case_no: &str) -> Code {
    code(desk.case(ask::Case { case_no: case_no.to_owned() }, next_year(0)))
}

fn clean(county: &County, name: &str) {
    assert_eq!(county.replica(name).verify().unwrap(), [], "{name}");
}

/// Backs up the hub, which the desk hears at once; returns how many cases leave it then.
async fn back_up(county: &County, desk: &Desk, now: Instant) -> u64 {
    county.hub.backup(&county.path("backups"), None, now).unwrap();
    county.exchange(desk, now).await.unwrap().archived
}

fn held(replica: &mut Replica) -> daiban_exchange::Vector {
    let unit = replica.identity().unit;
    replica.intake(|log| log.vector(unit)).unwrap()
}

fn archive(desk: &Desk) -> u64 {
    desk.archive(Archive {}, next_year(0)).unwrap().cases
}

#[tokio::test]
async fn a_closed_year_leaves_once_nothing_of_it_is_open_and_a_backup_holds_it() {
    let county = County::new().await;
    let [village, township, top] = DESKS.map(|name| county.desk(name));
    let mut cases = Vec::new();
    for n in 0..12 {
        cases.push(village.record(request(n), minute(n as i64)).unwrap().case_no);
        village.set(phone(&cases[n], "13700000001"), minute(n as i64)).unwrap();
    }
    for case_no in &cases[1..] {
        village.act(act(case_no, "withdraw"), minute(60)).unwrap();
    }
    settle(&county, &[&village, &township, &top], minute(61)).await;
    assert!(county.hub.close(2026, minute(62)).is_err(), "the year isn't over");
    let closed = county.hub.close(2026, next_year(0)).unwrap();
    assert_eq!((closed.units, closed.signed), (1, 1));
    assert_eq!(county.hub.close(2026, next_year(0)).unwrap().signed, 0, "nothing new to say");
    county.exchange(&village, next_year(1)).await.unwrap();
    assert_eq!(back_up(&county, &village, next_year(1)).await, 0, "one case is still open");

    village.act(act(&cases[0], "withdraw"), next_year(2)).unwrap();
    settle(&county, &[&village, &township, &top], next_year(3)).await;
    assert_eq!(archive(&village), 0, "the county signed for less than there is");
    county.hub.close(2026, next_year(4)).unwrap();
    assert_eq!(county.exchange(&village, next_year(5)).await.unwrap().archived, 0, "no backup holds it yet");
    let before = held(&mut county.replica("village"));
    let size = pages(&county, "village").len();
    assert_eq!(back_up(&county, &village, next_year(5)).await, 12);
    assert_eq!(archive(&village), 0);

    assert_eq!(held(&mut county.replica("village")), before, "vectors are what they were");
    let entries: i64 = county
        .replica("village")
        .db()
        .query_row(
            "SELECT count(*) FROM entry JOIN feed ON feed.id = feed WHERE feed.kind = 'work'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(entries, 0);
    let after = pages(&county, "village").len();
    assert!(after < size, "{after} < {size}");
    let idle = county.exchange(&village, next_year(6)).await.unwrap();
    assert_eq!((idle.sent, idle.received, idle.requests, idle.pending), (0, 0, 1, 0), "{idle:?}");
    // The list still knows them, also after it was made anew.
    for _ in 0..2 {
        let list = village.cases(ask::Cases::default(), next_year(7)).unwrap();
        assert_eq!(list.total, 12);
        assert!(list.cases.iter().all(|case| case.marks.contains(&"已归档".to_owned())));
        assert_eq!((total(&village, Some("王𬍛")), total(&village, Some(&cases[5]))), (12, 1));
        clean(&county, "village");
        county.replica("village").rebuild().unwrap();
    }
    assert_eq!(show(&village, &cases[3]), Code::Archived);
    assert_eq!(code(village.set(phone(&cases[3], "13700000002"), next_year(7))), Code::Archived);
    assert_eq!(village.sync(ask::Sync {}, next_year(7)).unwrap().archived, 12);
    for desk in [&township, &top] {
        assert_eq!(archive(desk), 0);
        assert!(desk.case(ask::Case { case_no: cases[3].clone() }, next_year(7)).unwrap().county_receipt);
    }
    // The new year's work goes on.
    let fresh = village.record(request(40), next_year(8)).unwrap().case_no;
    assert!(county.exchange(&village, next_year(8)).await.unwrap().sent > 0);
    assert!(village.case(ask::Case { case_no: fresh }, next_year(8)).unwrap().county_receipt);
}

#[tokio::test]
async fn what_is_written_into_a_closed_year_still_arrives() {
    let county = County::new().await;
    let [village, township, top] = DESKS.map(|name| county.desk(name));
    let case_no = village.record(request(0), minute(0)).unwrap().case_no;
    let (scan, file) = (attachments::scan(9, 70_000), county.path("scan.pdf"));
    fs::write(&file, &scan).unwrap();
    let file = Some(file.display().to_string());
    village.attach(Attach { case_no: case_no.clone(), file, ..Attach::default() }, minute(0)).unwrap();
    village.act(act(&case_no, "withdraw"), minute(1)).unwrap();
    settle(&county, &[&village, &township, &top], minute(2)).await;
    county.hub.close(2026, next_year(0)).unwrap();
    county.exchange(&village, next_year(1)).await.unwrap();
    assert!(contains_scan(&pages(&county, "village"), &scan));
    assert_eq!(back_up(&county, &village, next_year(1)).await, 1);
    assert!(!contains_scan(&pages(&county, "village"), &scan), "its photos leave with it");
    assert!(contains_scan(&pages(&county, "county"), &scan));
    // It builds on what the village no longer holds, and the hub can't know that.
    township.set(phone(&case_no, "13700000003"), next_year(2)).unwrap();
    county.exchange(&township, next_year(2)).await.unwrap();
    let done = county.exchange(&village, next_year(3)).await.unwrap();
    assert!(done.received > 0, "{done:?}");
    let idle = county.exchange(&village, next_year(4)).await.unwrap();
    assert_eq!((idle.sent, idle.received, idle.requests), (0, 0, 1), "{idle:?}");
    assert_eq!((show(&village, &case_no), total(&village, None)), (Code::Archived, 1));
    clean(&county, "village");
    // A stick from the village carries nothing that it doesn't hold, and breaks nothing.
    let file = county.path("late.bundle").display().to_string();
    let export = ExportBundle { file: Some(file.clone()), unit: None, all: true };
    village.export_bundle(export, next_year(5)).unwrap();
    township.import_bundle(ImportBundle { file }, next_year(5)).unwrap();
    // Signed again, it leaves again.
    assert_eq!(county.hub.close(2026, next_year(6)).unwrap().signed, 1);
    county.exchange(&village, next_year(7)).await.unwrap();
    back_up(&county, &village, next_year(7)).await;
    let mut replica = county.replica("village");
    let left: i64 = replica
        .db()
        .query_row("SELECT count(*) FROM feed WHERE kind = 'work' AND hollow_n < n", [], |row| row.get(0))
        .unwrap();
    assert_eq!(left, 0);
    assert_eq!(replica.verify().unwrap(), []);
}

/// Whether some stretch of a scan is there: not all of them lie within one page.
fn contains_scan(pages: &[u8], scan: &[u8]) -> bool {
    let stretches = [10_000, 20_001, 30_002, 40_003].map(|at| &scan[at..at + 100]);
    pages.windows(100).any(|window| stretches.contains(&window))
}

/// A whole database as it lies in its file, free pages included, decrypted.
fn pages(county: &County, name: &str) -> Vec<u8> {
    let mut db = database(county, name);
    db.serialize(MAIN_DB).unwrap().to_vec()
}

/// All that the hub's entries say.
fn bodies(county: &County) -> Vec<u8> {
    let db = database(county, "hub");
    let mut frames = db.prepare("SELECT entries FROM stretch").unwrap();
    let frames = frames.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
    let entries = frames.flat_map(|frame| wire::unpack::<Vec<Entry>>(&frame.unwrap()).unwrap());
    entries.flat_map(|entry| entry.body).collect()
}

fn database(county: &County, name: &str) -> Connection {
    let folder = county.path(name);
    let (file, key) = if name == "hub" {
        let key = fs::read(folder.join("hub.key")).unwrap();
        ("hub.db", key.iter().map(|byte| format!("{byte:02x}")).collect())
    } else {
        let key: serde_json::Value =
            serde_json::from_slice(&fs::read(folder.join("database.key")).unwrap()).unwrap();
        ("daiban.db", key["open"]["key"].as_str().unwrap().to_owned())
    };
    let db = Connection::open(folder.join(file)).unwrap();
    db.pragma_update(None, "key", format!("x'{key}'")).unwrap();
    db
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

fn erase(case_no: &str) -> Erase {
    Erase { what: Personal::Case { case_no: case_no.to_owned() }, ground: Ground::Consent }
}

/// A second desk of the village or another unit, enrolled now.
async fn newcomer(county: &County, name: &str, unit: &str, role: Role) -> Desk {
    let code = county.hub.issue_code(unit.parse().unwrap(), &[role], at("01-04T08:00")).unwrap().code;
    let desk = Desk::open(county.place(name)).unwrap();
    let enrol = Enrol {
        hub: county.url.clone(),
        code,
        device: name.to_owned(),
        user: "赵强".to_owned(),
        password: None,
    };
    desk.enrol(enrol, at("01-04T08:00")).await.unwrap();
    desk
}

const FIRST: &str = "13755550001";
const LATER: &str = "18644440002";
const OFFLINE: &str = "15933330003";

/// What stands of a number wherever it stands: the search index leaves out what a token shares with the one before.
fn tail(phone: &str) -> &str {
    &phone[3..]
}

/// The search index as it lies in the file.
fn index(county: &County, name: &str) -> Vec<u8> {
    let replica = county.replica(name);
    let mut statement = replica.db().prepare("SELECT block FROM search_data").unwrap();
    let blocks = statement.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
    blocks.flat_map(Result::unwrap).collect()
}

fn whom(phone: &str) -> Record {
    let mut record = request(0);
    record.applicant.phone = phone.to_owned();
    record
}

#[tokio::test]
async fn an_order_reaches_every_place_and_nothing_is_left_there() {
    let county = County::new().await;
    let [village, township, top] = DESKS.map(|name| county.desk(name));
    let offline = newcomer(&county, "offline", VILLAGE, Role::Agent).await;
    let by_stick = newcomer(&county, "stick", "621099100000", Role::Intake).await;
    let case_no = village.record(whom(FIRST), minute(0)).unwrap().case_no;
    village.set(phone(&case_no, LATER), minute(1)).unwrap();
    let other = village.record(request(1), minute(2)).unwrap().case_no;
    // So many more that the words of the first have come into the search index.
    let more = 40;
    for n in 0..more {
        village.record(request(n as usize), minute(2)).unwrap();
    }
    // One scan of this case alone, one that another case has too.
    let scans = [7, 8].map(|seed| attachments::scan(seed, 70_000));
    let attach = |case_no: &str, bytes: &[u8]| {
        let file = county.path("scan.pdf");
        fs::write(&file, bytes).unwrap();
        let file = Some(file.display().to_string());
        village.attach(Attach { case_no: case_no.to_owned(), file, ..Attach::default() }, minute(2)).unwrap();
    };
    attach(&case_no, &scans[0]);
    attach(&case_no, &scans[1]);
    attach(&other, &scans[1]);
    settle(&county, &[&village, &township, &top, &offline, &by_stick], minute(3)).await;
    assert!(scans.iter().all(|scan| contains_scan(&pages(&county, "hub"), scan)));
    offline.set(phone(&case_no, OFFLINE), minute(4)).unwrap();
    let everywhere = ["village", "township", "county", "offline", "stick"];
    for name in everywhere {
        assert!(contains(&pages(&county, name), LATER), "{name}");
        assert!(contains(&index(&county, name), tail(LATER)), "{name}");
    }
    assert!(contains(&bodies(&county), LATER));

    // The resident's entry of the register is another document, under an order of its own.
    let resident = Personal::Resident { unit: VILLAGE.parse().unwrap(), id_no: whom("").applicant.id_no };
    top.erase(erase(&case_no), minute(5)).unwrap();
    top.erase(Erase { what: resident, ground: Ground::Consent }, minute(5)).unwrap();
    assert_eq!(show(&top, &case_no), Code::Erased);
    settle(&county, &[&top, &township, &village], minute(6)).await;
    let stick = county.path("order.bundle").display().to_string();
    let export =
        ExportBundle { file: Some(stick.clone()), unit: Some("621099100000".parse().unwrap()), all: true };
    village.export_bundle(export, minute(7)).unwrap();
    by_stick.import_bundle(ImportBundle { file: stick }, minute(8)).unwrap();
    let late = county.exchange(&offline, minute(9)).await.unwrap();
    assert!(late.sent > 0, "what was written meanwhile is held, as a stub: {late:?}");
    settle(&county, &[&village, &township, &top, &by_stick, &offline], minute(10)).await;

    for name in everywhere {
        let desk = county.desk(name);
        assert_eq!((show(&desk, &case_no), total(&desk, None)), (Code::Erased, 1 + more), "{name}");
        assert_eq!((total(&desk, Some(LATER)), total(&desk, Some(&case_no))), (0, 0), "{name}");
        desk.case(ask::Case { case_no: other.clone() }, minute(11)).unwrap();
        clean(&county, name);
        let pages = pages(&county, name);
        for phone in [FIRST, LATER, OFFLINE] {
            assert!(!contains(&pages, tail(phone)), "{name} still holds {phone}");
        }
    }
    for name in ["village", "township", "county", "hub"] {
        let pages = pages(&county, name);
        assert!(!contains_scan(&pages, &scans[0]), "{name}: the scan of the erased case");
        assert!(contains_scan(&pages, &scans[1]), "{name}: another case has it too");
    }
    let bodies = bodies(&county);
    assert!([FIRST, LATER, OFFLINE].iter().all(|phone| !contains(&bodies, tail(phone))), "the hub");
    let digests = ["township", "county", "stick"].map(|name| county.replica(name).digest().unwrap());
    assert_eq!((digests[0], digests[0]), (digests[1], digests[2]));
    // Whoever comes later gets stubs, and the order with them.
    let newcomer = newcomer(&county, "newcomer", VILLAGE, Role::Agent).await;
    assert_eq!((show(&newcomer, &case_no), total(&newcomer, None)), (Code::Erased, 1 + more));
    clean(&county, "newcomer");
    // The same person may come again.
    village.record(whom(FIRST), minute(12)).unwrap();
}

#[tokio::test]
async fn records_of_an_organ_are_kept_and_only_the_county_orders() {
    let county = County::new().await;
    let [village, township, top] = DESKS.map(|name| county.desk(name));
    let case_no = village.record(request(0), minute(0)).unwrap().case_no;
    village.act(act(&case_no, "handOver"), minute(1)).unwrap();
    settle(&county, &[&village, &township], minute(2)).await;
    township.act(act(&case_no, "receive"), minute(3)).unwrap();
    township.act(act(&case_no, "accept"), minute(3)).unwrap();
    settle(&county, &[&township, &top], minute(4)).await;
    assert_eq!(code(top.erase(erase(&case_no), minute(5))), Code::StatutoryRecord);
    assert_eq!(code(township.erase(erase(&case_no), minute(5))), Code::NoRole);
    assert_eq!(code(village.erase(erase(&case_no), minute(5))), Code::NoRole);
    assert_eq!(code(top.erase(erase("621099100200-20260101-A1-0001-0"), minute(5))), Code::UnknownCase);
    let stranger = Personal::Resident { unit: VILLAGE.parse().unwrap(), id_no: "1".to_owned() };
    let outcome = top.erase(Erase { what: stranger, ground: Ground::Unlawful }, minute(5));
    assert_eq!(code(outcome), Code::UnknownResident);
    assert!(top.case(ask::Case { case_no }, minute(5)).is_ok());
}

#[tokio::test]
async fn the_command_line_orders_and_closes() {
    let folder = County::folder().await;
    let county = folder.path();
    let close = |year: &str| {
        let mut command = Command::new(program("daiban-hub"));
        run(command.args(["close", "--year", year, "--data"]).arg(county.join("hub")))
    };
    assert_eq!(close("2099").unwrap_err(), "year-open");
    assert_eq!(close("2025").unwrap()["units"], 0);
    let hub = RunningHub::start(county, 0);
    let record = serde_json::to_string(&request(0)).unwrap();
    let recorded = run_with(daiban(county, "village").args(["record", "-"]), &record).unwrap();
    let case_no = recorded["caseNo"].as_str().unwrap();
    for desk in ["village", "county"] {
        run(daiban(county, desk).args(["sync", "--hub", &hub.url])).unwrap();
    }
    let top = |arguments: &[&str]| run(daiban(county, "county").args(arguments));
    assert_eq!(top(&["erase", "--ground", "consent"]).unwrap_err(), "bad-input");
    assert_eq!(top(&["erase", case_no, "--ground", "whim"]).unwrap_err(), "bad-input");
    let ordered = top(&["erase", case_no, "--ground", "consent"]).unwrap();
    assert!(ordered["says"].as_str().unwrap().contains("本人撤回同意"), "{ordered}");
    let id_no = request(0).applicant.id_no;
    top(&["erase", "--resident", &id_no, "--unit", VILLAGE, "--ground", "consent"]).unwrap();
    for desk in ["county", "village"] {
        run(daiban(county, desk).args(["sync", "--hub", &hub.url])).unwrap();
    }
    assert_eq!(run(daiban(county, "village").args(["show", case_no])).unwrap_err(), "erased");
    assert_eq!(run(daiban(county, "village").arg("archive")).unwrap()["cases"], 0);
}

#[tokio::test]
async fn whoever_takes_a_body_out_without_an_order_is_not_believed() {
    let county = County::new().await;
    let [village, township, top] = DESKS.map(|name| county.desk(name));
    settle(&county, &[&village, &township, &top], minute(0)).await;
    let case_no = village.record(request(0), minute(1)).unwrap().case_no;
    county.exchange(&village, minute(2)).await.unwrap();
    let mut holder = county.replica("village");
    let vector = held(&mut holder);
    let runs: Vec<Run> = holder
        .intake(|log| {
            let mut runs = Vec::new();
            for feed in vector.0.keys().filter(|feed| feed.partition.to_string().contains("work")) {
                runs.extend(log.runs(feed, 0, wire::PAGE)?);
            }
            Ok::<_, ReplicaError>(runs)
        })
        .unwrap();
    let mut hollow = runs.clone();
    hollow[0].entries[0] = hollow[0].entries[0].stub();
    let mut taker = county.replica("county");
    let unit = taker.identity().unit;
    let taken = taker.intake(|log| engine::take(log, &hollow, unit)).unwrap();
    assert_eq!((taken.entries, taken.refused), (0, vec![(runs[0].feed, Refusal::Erased)]));
    // It comes from elsewhere, whole.
    county.exchange(&top, minute(3)).await.unwrap();
    assert_eq!(top.case(ask::Case { case_no }, minute(4)).unwrap().applicant.phone, "13912345678");
    clean(&county, "county");
}

#[tokio::test]
async fn a_stick_brings_no_erased_photo_back() {
    let county = County::new().await;
    let [village, township, top] = DESKS.map(|name| county.desk(name));
    settle(&county, &[&village, &township, &top], minute(-1)).await;
    let scans = [7, 8].map(|seed| attachments::scan(seed, 70_000));
    let attach = |case_no: &str, bytes: &[u8], n: i64| {
        let file = county.path("scan.pdf");
        fs::write(&file, bytes).unwrap();
        let file = Some(file.display().to_string());
        village.attach(Attach { case_no: case_no.to_owned(), file, ..Attach::default() }, minute(n)).unwrap();
    };
    let export = |n: i64| {
        let file = county.path(&format!("{n}.bundle")).display().to_string();
        let request = ExportBundle { file: Some(file.clone()), unit: None, all: true };
        assert!(village.export_bundle(request, minute(n)).unwrap().attachments > 0);
        fs::read(file).unwrap()
    };
    let case_no = village.record(request(0), minute(0)).unwrap().case_no;
    attach(&case_no, &scans[0], 1);
    let before = export(2);
    settle(&county, &[&village, &top], minute(3)).await;
    top.erase(erase(&case_no), minute(4)).unwrap();
    settle(&county, &[&top], minute(5)).await;
    // One stick from before the order, and one from somebody who hasn't heard of it and goes on.
    attach(&case_no, &scans[1], 6);
    let meanwhile = export(7);
    for file in [before, meanwhile] {
        assert_eq!(county.hub.import_bundle(&file, minute(8)).unwrap().attachments, 0);
    }
    settle(&county, &[&village, &top], minute(9)).await;
    let pages = pages(&county, "hub");
    assert!(!scans.iter().any(|scan| contains_scan(&pages, scan)));
}
