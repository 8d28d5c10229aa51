//! A connection cut at every byte of an exchange in turn, towards the hub and from it; disks that are full at every write
//! of a save, an exchange, a bundle.

use crate::convergence::{DESKS, request};
use daiban_contract::{act::Set, ask};
use daiban_domain::Instant;
use daiban_replica::{ReplicaError, document::kind};
use daiban_testkit::{
    County, Line, at,
    program::{RunningHub, cramped, daiban, rounds, run},
    workload,
};
use serde_json::Value;
use std::{fs, path::Path};

fn minute(n: u64) -> Instant {
    Instant(at("03-05T09:00").0 + n as i64 * 60_000)
}

/// Every byte in the long round, every so manieth in the short one.
fn stride() -> usize {
    if rounds() > 20 { 1 } else { 13 }
}

async fn cut_everywhere(towards_hub: bool) {
    let county = County::new().await;
    let line = Line::to(&county.url).await;
    let [village, township, top] = DESKS.map(|name| county.desk(name));
    let case_no = village.record(request(0), minute(0)).unwrap().case_no;
    for desk in [&village, &township, &top] {
        county.exchange(desk, minute(1)).await.unwrap();
    }
    let phone = |n: u64| format!("139{n:08}");
    let case = || ask::Case { case_no: case_no.clone() };
    let (mut cuts, mut received) = (0, 0);
    for (n, limit) in (2u64..).zip((0u64..).step_by(stride())) {
        let set = Set {
            case_no: case_no.clone(),
            path: "applicant.phone".to_owned(),
            value: phone(n),
            reason: None,
        };
        village.set(set, minute(n)).unwrap();
        let (up, down) = if towards_hub { (limit, u64::MAX) } else { (u64::MAX, limit) };
        line.cut_after(up, down);
        let whole = village.exchange_at(&line.url, minute(n)).await.is_ok();
        let claimed = village.case(case(), minute(n)).unwrap().county_receipt;
        assert_eq!(claimed, whole, "cut after {limit} bytes: a receipt is heard whole or not at all");
        if claimed {
            received += 1;
            county.exchange(&top, minute(n)).await.unwrap();
            assert_eq!(top.case(case(), minute(n)).unwrap().applicant.phone, phone(n));
        } else {
            cuts += 1;
        }
        if received == 3 {
            break;
        }
    }
    assert!(cuts > 20, "{cuts}");
    line.mend();
    for desk in [&village, &township, &top, &village] {
        county.exchange(desk, minute(9000)).await.unwrap();
    }
    let views = [&village, &township, &top].map(|desk| desk.case(case(), minute(9001)).unwrap());
    for view in &views {
        assert!(view.county_receipt && view.conflicts.is_empty());
        assert_eq!(view.events, views[0].events, "every correction once");
        assert_eq!(view.events.len(), 1 + cuts + received);
    }
    for name in DESKS {
        assert_eq!(county.replica(name).verify().unwrap(), [], "{name}");
    }
}

#[tokio::test]
async fn a_line_cut_at_every_byte_towards_the_hub() {
    cut_everywhere(true).await;
}

#[tokio::test]
async fn a_line_cut_at_every_byte_of_the_answer() {
    cut_everywhere(false).await;
}

#[tokio::test]
async fn a_disk_full_at_any_page_leaves_nothing_half_done() {
    let county = County::new().await;
    let mut replica = county.replica("village");
    let village = replica.identity().unit;
    let partition = daiban_exchange::Partition::work(village, 2026);
    let (mut failed, mut written) = (0, 0);
    for n in 0..60 {
        let before = replica.digest().unwrap();
        let pages: i64 = replica.db().query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
        // Room for so many pages more.
        let limit = |pages: i64| format!("PRAGMA max_page_count = {pages}");
        replica.db().query_row(&limit(pages + n % 12), [], |_| Ok(())).unwrap();
        let outcome = replica.commit(minute(n as u64), |writing| {
            writing.create::<ReplicaError>(partition, kind::CASE, |edit| {
                edit.put("unit", village.to_string());
                edit.put("caseNo", format!("{village}-20260305-Z1-{n:04}-X"));
                // Several pages of entry, however well it is packed.
                let letters =
                    (0..6000u32).map(|i| char::from_u32(0x4e00 + (i * 7919 + i / 7 * n as u32) % 20_000));
                edit.put("fields.remark", letters.map(Option::unwrap).collect::<String>());
                Ok(())
            })
        });
        replica.db().query_row(&limit(i64::from(i32::MAX)), [], |_| Ok(())).unwrap();
        match outcome {
            Ok(_) => written += 1,
            Err(error) => {
                failed += 1;
                assert!(error.disk_full(), "{error:?}");
                assert_eq!(replica.digest().unwrap(), before);
            }
        }
        assert_eq!(replica.verify().unwrap(), []);
    }
    assert!(failed > 5 && written > 5, "{failed} failed, {written} written");
}

/// Blocks of 512 bytes: less than a page of the databases, so that every write is once the first that fails.
const STEP: usize = 6;

/// The log's index alone takes 64 blocks; with less a database isn't even opened.
const LEAST: u64 = 72;

/// Room to begin with, and each time a little more.
fn rooms() -> impl Iterator<Item = u64> {
    (LEAST..).step_by(if rounds() > 20 { STEP } else { 3 * STEP })
}

/// One outcome of a program with too little room: it says that the disk is full, or it is done.
fn done(outcome: Result<Value, String>, blocks: u64) -> Option<Value> {
    outcome.map_err(|code| assert_eq!(code, "disk-full", "{blocks} blocks")).ok()
}

fn clean(county: &Path, desk: &str) {
    let verified = run(daiban(county, desk).arg("verify")).unwrap();
    assert_eq!(verified["ok"], true, "{desk}: {}", verified["findings"]);
}

/// A village that has recorded a dozen cases, which the hub has heard of, too, if `sent`.
fn a_dozen(county: &Path, hub: &RunningHub, sent: bool) -> Vec<String> {
    let file = county.join("request.json");
    fs::write(&file, serde_json::to_vec(&request(0)).unwrap()).unwrap();
    for desk in ["village", "township", "county", "village"] {
        run(daiban(county, desk).args(["sync", "--hub", &hub.url])).unwrap();
    }
    let record = |_| run(daiban(county, "village").arg("record").arg(&file)).unwrap()["caseNo"].clone();
    let cases = (0..12).map(record).map(|case_no| case_no.as_str().unwrap().to_owned()).collect();
    if sent {
        run(daiban(county, "village").args(["sync", "--hub", &hub.url])).unwrap();
    }
    cases
}

#[tokio::test]
async fn a_desks_disk_full_at_any_write_of_an_exchange() {
    let county = County::folder().await;
    let county = county.path();
    let hub = RunningHub::start(county, 0);
    let cases = a_dozen(county, &hub, true);
    let mut full = 0;
    for blocks in rooms() {
        let mut sync = daiban(county, "township");
        sync.args(["sync", "--hub", &hub.url]);
        if done(run(&mut cramped(&sync, blocks)), blocks).is_some() {
            break;
        }
        full += 1;
        clean(county, "township");
    }
    assert!(full > 1, "{full}");
    for case_no in &cases {
        let view = run(daiban(county, "township").args(["show", case_no])).unwrap();
        assert_eq!(view["countyReceipt"], true);
    }
    clean(county, "township");
}

#[tokio::test]
async fn a_hubs_disk_full_at_any_write_of_an_exchange() {
    let county = County::folder().await;
    let county = county.path();
    let mut hub = RunningHub::start(county, 0);
    let port = hub.port();
    let cases = a_dozen(county, &hub, false);
    let receipt = || {
        let view = run(daiban(county, "village").args(["show", &cases[1]])).unwrap();
        view["countyReceipt"] == true
    };
    let mut full = 0;
    for blocks in rooms() {
        hub.kill();
        hub = RunningHub::start_cramped(county, port, blocks);
        match run(daiban(county, "village").args(["sync", "--hub", &hub.url])) {
            Ok(_) => break,
            Err(code) => assert_eq!(code, "hub-refused", "{blocks} blocks"),
        }
        full += 1;
        assert!(!receipt(), "the hub has stored nothing and signed for nothing");
    }
    assert!(full > 1, "{full}");
    assert!(receipt());
    hub.kill();
    let hub = RunningHub::start(county, port);
    run(daiban(county, "county").args(["sync", "--hub", &hub.url])).unwrap();
    for case_no in &cases {
        run(daiban(county, "county").args(["show", case_no])).unwrap();
    }
    clean(county, "village");
}

#[tokio::test]
async fn a_disk_full_at_any_write_of_an_import() {
    let county = County::folder().await;
    let county = county.path();
    let cases = a_dozen(county, &RunningHub::start(county, 0), false);
    let stick = county.join("stick.bundle");
    run(daiban(county, "village").args(["bundle", "export", "--output"]).arg(&stick)).unwrap();
    let mut full = 0;
    for blocks in rooms() {
        let mut import = daiban(county, "township");
        import.args(["bundle", "import"]).arg(&stick);
        if done(run(&mut cramped(&import, blocks)), blocks).is_some() {
            break;
        }
        full += 1;
        clean(county, "township");
    }
    assert!(full > 1, "{full}");
    for case_no in &cases {
        run(daiban(county, "township").args(["show", case_no])).unwrap();
    }
    clean(county, "township");
}

/// A stick without room for the whole file.
#[tokio::test]
async fn a_full_stick_keeps_no_half_bundle() {
    let county = County::new().await;
    for desk in ["township", "village"] {
        county.exchange(&county.desk(desk), minute(0)).await.unwrap();
    }
    let mut replica = county.replica("village");
    let unit = replica.identity().unit;
    workload::year(&mut replica, unit, 200, 7, minute(1));
    let stick = county.path("stick.bundle");
    let mut export = daiban(&county.path(""), "village");
    export.args(["bundle", "export", "--output"]).arg(&stick);
    let whole = run(&mut export).unwrap()["bytes"].as_u64().unwrap();
    fs::remove_file(&stick).unwrap();
    assert!(whole > 512 * (LEAST + 40), "more than the database's own log needs: {whole}");
    for blocks in [LEAST, whole / 512 - 10] {
        assert!(done(run(&mut cramped(&export, blocks)), blocks).is_none());
        assert!(!stick.exists() && !stick.with_extension("new").exists());
    }
    run(&mut export).unwrap();
}
