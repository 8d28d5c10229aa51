//! Nothing changed at a county desk above 300 villages with 2,400 feeds, which are put straight into both stores.

use crate::goal::Goals;
use daiban_domain::{DeviceId, UnitCode};
use daiban_exchange::{FeedId, Head, Incarnation, Partition};
use daiban_testkit::{County, at, workload::Dice};
use rusqlite::{Connection, params};
use std::{fs, path::Path};

const VILLAGES: u64 = 300;
/// Two devices with two incarnations each, writing two partitions.
const FEEDS: u64 = 8;

pub fn run(goals: &mut Goals) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let county = runtime.block_on(County::new());
    let desk = county.desk("county");
    let exchange = |moment: &str| runtime.block_on(county.exchange(&desk, at(moment))).unwrap();
    exchange("01-05T08:00");
    let replica = county.replica("county");
    for (db, hub) in [(&open(&county.path("hub")), true), (replica.db(), false)] {
        let tx = db.unchecked_transaction().unwrap();
        feeds().iter().for_each(|(feed, head)| plant(&tx, feed, *head, hub));
        tx.commit().unwrap();
    }
    let told = exchange("01-05T08:01");
    println!("  told of {} feeds: {} B", VILLAGES * FEEDS, told.bytes_up + told.bytes_down);
    let idle = exchange("01-05T08:02");
    let bytes = (idle.bytes_up + idle.bytes_down) as f64;
    goals.at_most("nothing changed, county desk with 2,400 feeds", bytes, 4_000.0, "B");
    goals.at_most("nothing changed, county desk", idle.requests as f64, 1.0, "requests");
}

fn feeds() -> Vec<(FeedId, Head)> {
    let mut dice = Dice::new(300);
    let mut feeds = Vec::new();
    for village in 0..VILLAGES {
        let unit: UnitCode =
            format!("621099{:03}{:03}", 300 + village / 20, 200 + village % 20).parse().unwrap();
        for _ in 0..FEEDS / 4 {
            let device = DeviceId(dice.roll().to_be_bytes());
            for _ in 0..2 {
                let incarnation = Incarnation(dice.roll());
                for partition in [Partition::work(unit, 2026), Partition::register(unit)] {
                    let chain = std::array::from_fn(|_| dice.below(256) as u8);
                    let head = Head { n: 1 + dice.below(5_000), chain };
                    feeds.push((FeedId { partition, device, incarnation, branch: None }, head));
                }
            }
        }
    }
    feeds
}

/// A feed with a checkpoint at its head, and nothing behind it.
fn plant(db: &Connection, feed: &FeedId, head: Head, hub: bool) {
    let FeedId { partition, device, incarnation, .. } = feed;
    let (unit, kind) = (partition.unit.to_string(), partition.kind.as_str());
    let incarnation = incarnation.0 as i64;
    let (feeds, checkpoints) = if hub {
        (
            "INSERT INTO feed (unit, kind, period, device, incarnation, branch, after, origin, n, chain, moment)
             VALUES (?1, ?2, ?3, ?4, ?5, x'', 0, ?7, ?6, ?7, 1)",
            "INSERT INTO checkpoint (feed, n, chain, signature, moment) VALUES (?, ?, ?, zeroblob(64), 1)",
        )
    } else {
        (
            "INSERT INTO feed (unit, kind, period, device, incarnation, branch, after, origin, n, chain, signed_n, signed_chain, unsigned_bytes, county_n)
             VALUES (?1, ?2, ?3, ?4, ?5, x'', 0, ?7, ?6, ?7, ?6, ?7, 0, 0)",
            "INSERT INTO checkpoint (feed, n, chain, signature) VALUES (?, ?, ?, zeroblob(64))",
        )
    };
    let values = params![unit, kind, partition.period, device.0, incarnation, head.n, head.chain];
    db.prepare_cached(feeds).unwrap().execute(values).unwrap();
    let id = db.last_insert_rowid();
    db.prepare_cached(checkpoints).unwrap().execute(params![id, head.n, head.chain]).unwrap();
}

fn open(folder: &Path) -> Connection {
    let key = fs::read(folder.join("hub.key")).unwrap();
    let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    let db = Connection::open(folder.join("hub.db")).unwrap();
    db.pragma_update(None, "key", format!("x'{hex}'")).unwrap();
    db
}
