//! A connection cut at every byte of an exchange in turn, towards the hub and from it; a disk that is full at every page.

use crate::convergence::{DESKS, request};
use daiban_contract::{act::Set, ask};
use daiban_domain::Instant;
use daiban_replica::{ReplicaError, document::kind};
use daiban_testkit::{County, Line, at, program::rounds};

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
                // Several pages of entry.
                edit.put("fields.remark", "长".repeat(6000));
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
