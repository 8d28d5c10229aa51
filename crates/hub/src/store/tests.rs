use super::{migrations, stretch};
use crate::Hub;
use daiban_domain::{DeviceId, DocumentId, Instant, UnitCode};
use daiban_exchange::{
    Branch, Checkpoint, Entry, FeedId, Head, Header, Incarnation, Log, Partition, Run, Vector,
    erasure::Erasure, kind, run::Verified, wire,
};
use refinery::Target;
use rusqlite::{Connection, MAIN_DB, params};
use tempfile::TempDir;

const NOW: Instant = Instant(1_772_000_000_000);

fn unit(code: &str) -> UnitCode {
    code.parse().unwrap()
}

fn hub() -> (TempDir, Hub) {
    let folder = TempDir::new().unwrap();
    let county = unit("621099000000");
    Hub::init(&folder.path().join("hub"), county, &[], Vec::new(), NOW).unwrap();
    let hub = Hub::open(&folder.path().join("hub")).unwrap();
    (folder, hub)
}

fn feed() -> FeedId {
    let partition = Partition::work(unit("621099100200"), 2026);
    FeedId { partition, device: DeviceId([7; 8]), incarnation: Incarnation(1), branch: None }
}

/// Ten documents take turns. Nothing makes the bodies shorter, so that they can be seen in the file.
fn entries(count: u64) -> Vec<Entry> {
    let body = |n: u64| {
        let mut state = n;
        let noise = std::iter::repeat_with(|| {
            state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
            (state >> 56) as u8
        });
        noise.take(1000).collect()
    };
    (1..=count).map(|n| entry(kind::CHANGE, Some(document(n % 10)), body(n))).collect()
}

fn document(n: u64) -> DocumentId {
    DocumentId([[0; 8], n.to_be_bytes()].concat().try_into().unwrap())
}

fn entry(kind: u16, document: Option<DocumentId>, body: Vec<u8>) -> Entry {
    let header = super::said(kind, Vec::new(), NOW).header().unwrap();
    Entry::new(&Header { document, ..header }, body)
}

/// Heads after each entry, that before the first included.
fn heads(feed: &FeedId, entries: &[Entry]) -> Vec<Head> {
    let mut heads = vec![feed.origin()];
    heads
        .extend(Run { feed: *feed, first: 1, entries: entries.to_vec(), signature: [0; 64] }.heads(heads[0]));
    heads
}

/// Appends entries as they would have come in one run.
fn append(log: &mut super::Tx<'_>, feed: &FeedId, before: Head, entries: &[Entry]) {
    let head = entries.iter().fold(before, Head::next);
    let run = Run { feed: *feed, first: before.n + 1, entries: entries.to_vec(), signature: [1; 64] };
    let checkpoint = Checkpoint { head, signature: run.signature };
    log.append(&Verified { run: &run, before, checkpoint }).unwrap();
}

fn in_order(mut found: Vec<(FeedId, u64, Entry)>) -> Vec<(FeedId, u64, Entry)> {
    found.sort_by_key(|(feed, n, _)| (*feed, *n));
    found
}

#[test]
fn what_came_together_is_read_from_any_place_of_it() {
    let (_folder, hub) = hub();
    let mut db = hub.db();
    let mut log = hub.log(db.transaction().unwrap()).unwrap();
    let (feed, entries) = (feed(), entries(120));
    let heads = heads(&feed, &entries);
    // A hundred at once, then day by day.
    for (from, to) in [(0, 100), (100, 101), (101, 120)] {
        append(&mut log, &feed, heads[from], &entries[from..to]);
    }
    let rows: u64 = log.tx.query_row("SELECT count(*) FROM stretch", [], |row| row.get(0)).unwrap();
    assert!((5..10).contains(&rows), "{rows}");
    for n in 0..=120 {
        let held = (n as usize).checked_sub(1).map(|i| entries[i].clone());
        assert_eq!(log.entry(&feed, n).unwrap(), held);
        assert_eq!(log.chain_at(&feed, n).unwrap(), Some(heads[n as usize].chain));
        let runs = log.runs(&feed, n, usize::MAX).unwrap();
        assert_eq!(runs.first().map(|run| run.first), (n < 120).then_some(n + 1));
        assert_eq!(
            runs.iter().flat_map(|run| &run.entries).cloned().collect::<Vec<_>>(),
            entries[n as usize..]
        );
    }
    assert_eq!((log.entry(&feed, 121).unwrap(), log.chain_at(&feed, 121).unwrap()), (None, None));
    assert_eq!(log.runs(&feed, 0, 1).unwrap().len(), 1);
    let third = in_order(log.of_document(feed.partition, document(3), None).unwrap());
    let numbers: Vec<u64> = third.iter().map(|(_, n, _)| *n).collect();
    assert_eq!(numbers, (3..=120).step_by(10).collect::<Vec<_>>());
    assert!(third.iter().all(|(_, n, entry)| entries[*n as usize - 1] == *entry));
    assert_eq!(log.of_document(Partition::work(unit("621099100201"), 2026), document(3), None).unwrap(), []);
    // Only what somebody has of it.
    for n in [0, 2, 3, 60, 119, 120] {
        let theirs = Vector(n.gt(&0).then_some((feed, heads[n as usize])).into_iter().collect());
        let held = in_order(log.of_document(feed.partition, document(3), Some(&theirs)).unwrap());
        let within: Vec<_> = third.iter().filter(|(_, at, _)| *at <= n).cloned().collect();
        assert_eq!(held, within, "{n}");
    }
}

#[test]
fn an_order_leaves_stubs_within_a_stretch_and_whole_what_lies_beside() {
    let (folder, hub) = hub();
    let (feed, entries) = (feed(), entries(100));
    let heads = heads(&feed, &entries);
    let order = Erasure {
        partition: feed.partition,
        document: document(3),
        ground: "consent".to_owned(),
        at: NOW,
        label: String::new(),
        attachments: None,
    };
    let orders = FeedId { partition: Partition::public(unit("621099000000")), ..feed };
    {
        let mut db = hub.db();
        let mut log = hub.log(db.transaction().unwrap()).unwrap();
        append(&mut log, &feed, heads[0], &entries[..60]);
        // Read once before, so that nothing read earlier is told later.
        assert_eq!(log.entry(&feed, 13).unwrap().unwrap().erased, None);
        append(&mut log, &orders, orders.origin(), &[entry(kind::ERASURE, None, wire::encode(&order))]);
        append(&mut log, &feed, heads[60], &entries[60..]);
        for n in 1..=100 {
            let written = &entries[n as usize - 1];
            let left = if n % 10 == 3 { written.stub() } else { written.clone() };
            assert_eq!(log.entry(&feed, n).unwrap(), Some(left));
            assert_eq!(log.chain_at(&feed, n).unwrap(), Some(heads[n as usize].chain));
        }
        assert!(log.commit().unwrap());
        super::scrub(&db);
    }
    let mut db = super::reader(&folder.path().join("hub")).unwrap();
    let pages = db.serialize(MAIN_DB).unwrap();
    let found = |n: usize| pages.windows(32).any(|window| window == &entries[n - 1].body[500..532]);
    assert_eq!([12, 13, 14, 93].map(found), [true, false, true, false]);
}

#[test]
fn a_branch_takes_its_part_of_a_stretch() {
    let (_folder, hub) = hub();
    let mut db = hub.db();
    let mut log = hub.log(db.transaction().unwrap()).unwrap();
    let (feed, entries) = (feed(), entries(100));
    let heads = heads(&feed, &entries);
    append(&mut log, &feed, heads[0], &entries);
    assert!(log.entry(&feed, 51).unwrap().is_some());
    let branch = FeedId { branch: Some(Branch { after: 50, chain: heads[51].chain }), ..feed };
    log.split(&feed, heads[50], &branch).unwrap();
    for n in 1..=100 {
        let held = Some(entries[n as usize - 1].clone());
        let places = [&feed, &branch].map(|life| log.entry(life, n).unwrap());
        assert_eq!(places, if n <= 50 { [held, None] } else { [None, held] }, "{n}");
    }
    assert_eq!(log.chain_at(&feed, 50).unwrap(), Some(heads[50].chain));
    assert_eq!(log.chain_at(&branch, 77).unwrap(), Some(heads[77].chain));
    let runs = log.runs(&branch, 50, usize::MAX).unwrap();
    assert_eq!(runs.iter().map(|run| (run.first, run.entries.len())).collect::<Vec<_>>(), [(51, 50)]);
    let third = in_order(log.of_document(feed.partition, document(3), None).unwrap());
    let places: Vec<(FeedId, u64)> = third.into_iter().map(|(life, n, _)| (life, n)).collect();
    let expected = (3..=93).step_by(10).map(|n| (if n <= 50 { feed } else { branch }, n));
    assert_eq!(places, expected.collect::<Vec<_>>());
}

#[test]
fn entries_of_before_are_carried_over() {
    let known = entries(5);
    let newer = Entry::of([known[1].header.clone(), vec![0; 300]].concat(), b"anything".to_vec(), None);
    let written = [
        known[0].clone(),
        newer,
        entry(kind::CHANGE, Some(document(3)), known[2].body.repeat(70)),
        known[3].stub(),
        entry(kind::HOLDING, None, Vec::new()),
    ];
    let mut db = Connection::open_in_memory().unwrap();
    migrations::migrations::runner().set_target(Target::Version(4)).run(&mut db).unwrap();
    db.execute_batch(
        "INSERT INTO feed (unit, kind, period, device, incarnation, branch, after, origin, n, chain, moment)
         VALUES ('621099100200', 'work', 2026, x'07', 1, x'', 0, x'00', 5, x'00', 1)",
    )
    .unwrap();
    for (n, entry) in (1..).zip(&written) {
        let document = entry.header().unwrap().document.map(|document| document.0);
        db.execute(
            "INSERT INTO entry (feed, n, document, header, body, erased) VALUES (1, ?, ?, ?, ?, ?)",
            params![n, document, entry.header, entry.body, entry.erased],
        )
        .unwrap();
    }
    migrations::migrations::runner().run(&mut db).unwrap();
    let tx = db.transaction().unwrap();
    assert_eq!(stretch::read(&tx, 1, 1, 5).unwrap(), written);
    let mut named = tx.prepare("SELECT document, stretch FROM document ORDER BY stretch").unwrap();
    let named = named.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let named: Vec<([u8; 16], u64)> = named.map(Result::unwrap).collect();
    assert_eq!(named, [1, 2, 3, 4].map(|n| (document(n).0, n)));
}
