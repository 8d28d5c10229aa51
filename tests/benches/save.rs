//! Saving a case, against committing the same bytes to a bare SQLCipher table with the same pragmas.
//! Prints a ratio: both are run in turns on the same disk.
#![allow(clippy::unwrap_used)]

use daiban_contract::{
    act::Record,
    view::{Applicant, MaterialCount},
};
use daiban_domain::Instant;
use daiban_testkit::{County, at};
use rusqlite::{Connection, params};
use std::time::{Duration, Instant as Stopwatch};

const SAVES: usize = 300;

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let county = runtime.block_on(County::new());
    let desk = county.desk("village");
    let reader = county.replica("village");
    let bare = bare_table(&county.path("bare.db"));
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for i in 0..SAVES {
        let now = Instant(at("03-05T09:00").0 + i as i64 * 60_000);
        let begun = Stopwatch::now();
        desk.record(request(i), now).unwrap();
        ours.push(begun.elapsed());
        let entries = latest_entries(reader.db());
        let begun = Stopwatch::now();
        let tx = bare.unchecked_transaction().unwrap();
        for (header, body) in &entries {
            tx.execute("INSERT INTO entry (header, body) VALUES (?, ?)", params![header, body]).unwrap();
        }
        tx.commit().unwrap();
        theirs.push(begun.elapsed());
    }
    let (ours, theirs) = (median(ours), median(theirs));
    println!(
        "save a case: {:.2} ms; the same bytes in a bare SQLCipher table: {:.2} ms; ratio {:.2} (goal ≤ 2)",
        ours.as_secs_f64() * 1e3,
        theirs.as_secs_f64() * 1e3,
        ours.as_secs_f64() / theirs.as_secs_f64()
    );
}

fn request(i: usize) -> Record {
    Record {
        item_id: "I002".to_owned(),
        applicant: Applicant {
            name: "王𬍛㛃".to_owned(),
            id_no: format!("E{i:08}"),
            id_type: "414".to_owned(),
            phone: "13912345678".to_owned(),
            address: "上塬村三组17号".to_owned(),
        },
        materials: ["APP", "ID", "HK", "CARD", "PROXY"]
            .map(|code| MaterialCount { material_code: code.to_owned(), originals: 1, copies: 1 })
            .into(),
        ..Record::default()
    }
}

/// Header and body of what the last save wrote: a case and a resident.
fn latest_entries(db: &Connection) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut statement = db.prepare_cached("SELECT header, body FROM entry ORDER BY id DESC LIMIT 2").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

fn bare_table(file: &std::path::Path) -> Connection {
    let db = Connection::open(file).unwrap();
    db.pragma_update(None, "key", format!("x'{}'", "ab".repeat(32))).unwrap();
    db.pragma_update(None, "journal_mode", "wal").unwrap();
    db.pragma_update(None, "synchronous", "full").unwrap();
    db.pragma_update(None, "cache_size", -65536).unwrap();
    db.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, header BLOB, body BLOB)", []).unwrap();
    db
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
