//! Old backups, copies and rolled-back disks, of desks and of the hub: nothing that was acknowledged is lost, no number
//! is given twice where it can be helped, and nobody has to do anything.

use crate::convergence::{DESKS, request};
use daiban_contract::{act::Enrol, ask};
use daiban_desk::Desk;
use daiban_domain::Instant;
use daiban_replica::verify::Fault;
use daiban_testkit::{County, at};
use std::{collections::BTreeSet, fs};

fn minute(n: i64) -> Instant {
    Instant(at("03-05T09:00").0 + n * 60_000)
}

fn record(desk: &Desk, n: i64) -> String {
    desk.record(request(n as usize), minute(n)).unwrap().case_no
}

async fn settle(county: &County, desks: &[&Desk], n: i64) {
    for desk in desks.iter().chain(desks).chain(desks) {
        county.exchange(desk, minute(n)).await.unwrap();
    }
}

/// The county's desk shows every case under the county's receipt, and all replicas are in order and say the same.
fn all_is_there(county: &County, cases: &[String], n: i64) {
    let top = county.desk("county");
    for case_no in cases {
        let view = top.case(ask::Case { case_no: case_no.clone() }, minute(n)).unwrap();
        assert!(view.county_receipt, "{case_no}");
    }
    let digests = DESKS.map(|name| {
        let mut replica = county.replica(name);
        assert_eq!(replica.verify().unwrap(), [], "{name}");
        replica.digest().unwrap()
    });
    assert_eq!(digests[1], digests[2]);
}

#[tokio::test]
async fn a_desk_restored_from_a_backup_goes_on_under_its_spare_tag() {
    let county = County::new().await;
    let top = county.desk("county");
    let township = county.desk("township");
    let mut cases = Vec::new();
    {
        let village = county.desk("village");
        cases.push(record(&village, 0));
        county.exchange(&village, minute(1)).await.unwrap();
        // In the backup, but not yet sent.
        cases.push(record(&village, 2));
        drop(village);
        county.copy("village", "backup");
        let village = county.desk("village");
        cases.push(record(&village, 3));
        county.exchange(&village, minute(4)).await.unwrap();
    }
    county.restore("backup", "village");
    let village = county.desk("village");
    let after = record(&village, 5);
    assert!(after.contains("-A2-"), "{after}: the spare tag");
    cases.push(after);
    settle(&county, &[&village, &township, &top], 6).await;
    let numbers: BTreeSet<&String> = cases.iter().collect();
    assert_eq!(numbers.len(), 4, "no number twice");
    all_is_there(&county, &cases, 7);
    for case_no in &cases {
        village.case(ask::Case { case_no: case_no.clone() }, minute(8)).unwrap();
    }
}

#[tokio::test]
async fn what_a_rolled_back_disk_wrote_meanwhile_is_kept_beside_what_it_forgot() {
    let county = County::new().await;
    let [township, top] = ["township", "county"].map(|name| county.desk(name));
    let (forgotten, meanwhile, database) = {
        let village = county.desk("village");
        record(&village, 0);
        county.exchange(&village, minute(1)).await.unwrap();
        drop(village);
        county.copy("village", "snapshot");
        let village = county.desk("village");
        let forgotten = record(&village, 2);
        county.exchange(&village, minute(3)).await.unwrap();
        drop(village);
        // The same file with the bytes of yesterday, as a virtual disk's snapshot leaves it.
        let database = county.path("village").join("daiban.db");
        for ending in ["-wal", "-shm"] {
            let _ = fs::remove_file(county.path("village").join(format!("daiban.db{ending}")));
        }
        let yesterday = fs::read(county.path("snapshot").join("daiban.db")).unwrap();
        fs::write(&database, yesterday).unwrap();
        let village = county.desk("village");
        let meanwhile = record(&village, 4);
        settle(&county, &[&village, &township, &top], 5).await;
        (forgotten, meanwhile, database)
    };
    assert!(database.exists());
    // Nothing could tell the desk before its first exchange: both carry one number, and both are there.
    assert_eq!(forgotten, meanwhile);
    for name in DESKS {
        let found =
            county.desk(name).cases(ask::Cases { limit: 20, ..ask::Cases::default() }, minute(6)).unwrap();
        assert_eq!(found.total, 3, "{name}");
    }
    all_is_there(&county, &[meanwhile], 7);
    let village = county.desk("village");
    assert!(record(&village, 8).contains("-A2-"), "from now on under the spare tag");
}

#[tokio::test]
async fn two_copies_of_one_desk_work_side_by_side() {
    let county = County::new().await;
    let [township, top] = ["township", "county"].map(|name| county.desk(name));
    let village = county.desk("village");
    let mut cases = vec![record(&village, 0)];
    county.exchange(&village, minute(1)).await.unwrap();
    cases.push(record(&village, 2));
    drop(village);
    county.copy("village", "clone");
    let (village, clone) = (county.desk("village"), county.desk("clone"));
    cases.push(record(&village, 3));
    cases.push(record(&clone, 4));
    for n in 5..8 {
        county.exchange(&clone, minute(n)).await.unwrap();
        cases.push(record(&village, n));
        county.exchange(&village, minute(n)).await.unwrap();
        cases.push(record(&clone, n));
    }
    settle(&county, &[&village, &clone, &township, &top], 9).await;
    assert_eq!(cases.iter().collect::<BTreeSet<_>>().len(), cases.len(), "no number twice");
    all_is_there(&county, &cases, 10);
    let mut replicas = [county.replica("village"), county.replica("clone")];
    let [one, other] = replicas.each_mut().map(|replica| replica.digest().unwrap());
    assert_eq!(one, other);
}

#[tokio::test]
async fn a_hub_restored_from_a_backup_is_told_what_it_forgot() {
    let mut county = County::new().await;
    let [village, township, top] = DESKS.map(|name| county.desk(name));
    let mut cases = vec![record(&village, 0)];
    settle(&county, &[&village, &township, &top], 1).await;
    county.copy("hub", "backup");
    cases.push(record(&village, 2));
    settle(&county, &[&village, &township, &top], 3).await;
    // Enrolled after the backup: the restored hub has never heard of it, nor of its code.
    let unit = "621099100201".parse().unwrap();
    let code = county.hub.issue_code(unit, &[daiban_domain::Role::Agent], minute(4)).unwrap().code;
    let newcomer = Desk::open(county.place("newcomer")).unwrap();
    let enrol = |hub: &str| Enrol {
        hub: hub.to_owned(),
        code: code.clone(),
        device: "新设备".to_owned(),
        user: "赵强".to_owned(),
        password: None,
    };
    newcomer.enrol(enrol(&county.url), minute(5)).await.unwrap();
    cases.push(record(&newcomer, 6));
    county.exchange(&newcomer, minute(7)).await.unwrap();

    county.restore_hub("backup").await;
    // At its first exchange the village hears that the county holds less; its own copy fills the gap at once.
    let filled = county.exchange(&village, minute(8)).await.unwrap();
    assert!(filled.sent > 0, "{filled:?}");
    county.exchange(&newcomer, minute(9)).await.unwrap();
    settle(&county, &[&village, &newcomer, &township, &top], 10).await;
    all_is_there(&county, &cases, 11);
    // Spent is spent.
    let thief = Desk::open(county.place("thief")).unwrap();
    assert!(thief.enrol(enrol(&county.url), minute(12)).await.is_err());
}

#[tokio::test]
async fn marks_fall_back_while_a_restored_hub_lacks_a_case() {
    let mut county = County::new().await;
    let [village, township, top] = DESKS.map(|name| county.desk(name));
    county.copy("hub", "backup");
    let case_no = record(&village, 0);
    settle(&county, &[&village, &township], 1).await;
    let received =
        |desk: &Desk| desk.case(ask::Case { case_no: case_no.clone() }, minute(2)).unwrap().county_receipt;
    assert!(received(&village) && received(&township));
    county.restore_hub("backup").await;
    // The county's own desk never had the case, so its exchange fills nothing, but begins the store's new life.
    county.exchange(&top, minute(3)).await.unwrap();
    assert!(received(&township), "nobody has told the township yet");
    county.exchange(&township, minute(4)).await.unwrap();
    assert!(received(&township), "told, and filled, in one go");
    county.exchange(&village, minute(5)).await.unwrap();
    county.exchange(&top, minute(5)).await.unwrap();
    all_is_there(&county, &[case_no], 6);
}

#[tokio::test]
async fn a_packed_row_that_was_changed_is_told() {
    let county = County::new().await;
    record(&county.desk("village"), 0);
    let mut village = county.replica("village");
    assert_eq!(village.verify().unwrap(), []);
    let changed = village.db().execute("UPDATE entry SET body = x'00ff00ff' WHERE packing = 1", []).unwrap();
    assert!(changed > 0);
    let faults = village.verify().unwrap();
    assert!(faults.iter().any(|fault| matches!(fault, Fault::Chain { .. })), "{faults:?}");
}
