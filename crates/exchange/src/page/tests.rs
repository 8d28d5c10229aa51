use super::*;
use crate::{
    Entry, Log, Vector,
    change::{self, Outline},
    column, engine,
    tests::{COUNTY, Memory, TOWNSHIP, VILLAGE, unit},
    wire,
};
use automerge::{Automerge, ROOT, ReadDoc, ScalarValue, transaction::Transactable};
use daiban_domain::{Hlc, Instant, PersonId};
use proptest::prelude::*;

/// What two desks write about a few documents of one partition, hearing of each other now and then: both feeds, as one
/// log that holds all.
fn history() -> impl Strategy<Value = Memory> {
    let act = (any::<bool>(), 0..3u8, 0..6u8, 0..5u8, any::<bool>());
    prop::collection::vec(act, 1..40).prop_map(|acts| {
        let mut log = Memory::default();
        let work = Partition::work(unit(VILLAGE), 2026);
        log.orders.extend((0..3).map(|document| (work, DocumentId([document; 16]))));
        let mut desks: [[Automerge; 3]; 2] = std::array::from_fn(|desk| {
            std::array::from_fn(|_| Automerge::new().with_actor(ActorId::from([desk as u8 + 1; 8])))
        });
        for (i, (desk, document, key, value, hear)) in acts.into_iter().enumerate() {
            let (desk, index) = (usize::from(desk), usize::from(document));
            if hear {
                let mut others = desks[1 - desk][index].clone();
                desks[desk][index].merge(&mut others).unwrap();
            }
            let writer = &mut desks[desk][index];
            let name = match key {
                0 => "events/00112233445566778899aabbccddeeff".to_owned(),
                1 => "注".to_owned(),
                other => format!("applicant.k{other}"),
            };
            let stands = writer.get(ROOT, &name).unwrap().is_some();
            let mut tx = writer.transaction();
            match value {
                0 if stands => tx.delete(ROOT, &name).unwrap(),
                1 => tx.put(ROOT, &name, i as i64 - 20).unwrap(),
                2 => {
                    // Like an event: what the key and the header say stands in it once more.
                    let at = 1_767_600_000_000 + i as i64 * 180_000;
                    let tail = [
                        0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd,
                        0xee, 0xff,
                    ];
                    let bytes =
                        [&tail[..], &[i as u8; 5], &at.to_be_bytes(), &at.to_be_bytes(), &[7; 8]].concat();
                    tx.put(ROOT, &name, ScalarValue::Bytes(bytes)).unwrap();
                }
                3 => tx.put(ROOT, &name, f64::from(i as u32) / 3.0).unwrap(),
                _ => tx.put(ROOT, &name, format!("王𬍛㛃 {i}")).unwrap(),
            }
            if let (Some(_), _) = tx.commit() {
                let change = writer.get_last_local_change().unwrap();
                let header =
                    header(i as i64, document, (i % 7 == 0).then(|| change.actor_id().to_bytes().to_vec()));
                let body = if i % 11 == 3 { vec![1, 2, 3] } else { change.raw_bytes().to_vec() };
                let author = [VILLAGE, TOWNSHIP][desk];
                let entry = Entry::new(&header, body);
                let erased = i % 10 == 7 && header.document.is_some();
                log.write_these(author, work, [if erased { entry.stub() } else { entry }]);
            }
        }
        log
    })
}

fn header(i: i64, document: u8, actor: Option<Vec<u8>>) -> Header {
    Header {
        kind: if i % 13 == 5 { 900 } else { crate::kind::CHANGE },
        version: 1,
        document: (i % 17 != 6).then_some(DocumentId([document; 16])),
        person: (i % 5 != 0).then_some(PersonId([7; 8])),
        at: Instant(1_767_600_000_000 + i * 180_000),
        hlc: Hlc(((1_767_600_000_000 + i as u64 * 180_000) << 16) + 3),
        rules_version: 1,
        anchor: Instant(0),
        actor,
    }
}

/// A log that holds only the beginning of each feed.
fn cut(log: &Memory, share: usize) -> Memory {
    let mut cut = log.clone();
    cut.feeds.clear();
    for (i, (feed, rows)) in log.feeds.iter().enumerate() {
        let mut rows = rows.clone();
        rows.truncate(rows.len() * ((share >> i) % 4) / 3);
        while rows.last().is_some_and(|(_, _, signature)| signature.is_none()) {
            rows.pop();
        }
        cut.feeds.insert(*feed, rows);
    }
    cut
}

proptest! {
    #[test]
    fn every_entry_comes_out_as_it_was_written(log in history(), share in 0..16usize) {
        let mut there = cut(&log, share);
        let theirs = there.vector(unit(COUNTY)).unwrap();
        let ours = log.vector(unit(COUNTY)).unwrap();
        let runs = engine::missing(&log, &ours, &theirs, wire::PAGE).unwrap();
        let page = write(&log, &runs, &theirs).unwrap();
        let bytes = wire::encode(&page);
        let page: Page = minicbor::decode(&bytes).unwrap();
        prop_assert_eq!(&read(&there, &page).unwrap(), &runs);
        let taken = engine::take(&mut there, &runs, unit(COUNTY)).unwrap();
        prop_assert_eq!(taken.refused, vec![]);
        prop_assert_eq!(there.vector(unit(COUNTY)).unwrap(), ours);
    }

    #[test]
    fn hostile_pages_are_told_apart(log in history(), at in any::<prop::sample::Index>(), with in any::<u8>()) {
        let runs = engine::missing(&log, &log.vector(unit(COUNTY)).unwrap(), &Vector::default(), wire::PAGE).unwrap();
        let mut bytes = wire::encode(&write(&log, &runs, &Vector::default()).unwrap());
        let at = at.index(bytes.len());
        bytes[at] = with;
        if let Ok(page) = minicbor::decode::<Page>(&bytes) {
            // No panic, no endless work; whatever comes out has its chain and signature to pass.
            let _ = read(&Memory::default(), &page);
        }
    }
}

#[test]
fn keys_are_split_only_where_they_come_together_again() {
    for key in [
        "events/00112233445566778899aabbccddeeff",
        "events/00112233445566778899AABBCCDDEEFF",
        "events/+0112233445566778899aabbccddeeff",
        "申请人申请人申请人申请人申请人申请人",
        "",
        "applicant.phone",
    ] {
        let (head, tail) = split_key(key);
        let mut joined = Vec::new();
        join_key(head, tail, &mut joined);
        assert_eq!(joined, key.as_bytes());
    }
    assert!(split_key("events/00112233445566778899aabbccddeeff").1.is_some());
}

/// A page of one run, which claims so many entries.
fn claiming(count: u64) -> Page {
    let mut page = Page {
        feeds: vec![crate::tests::feed(VILLAGE, Partition::register(unit(VILLAGE)))],
        ..Page::default()
    };
    column::put(&mut page.runs, 0);
    column::put(&mut page.runs, 1);
    column::put(&mut page.runs, count);
    page.runs.extend([0; 64]);
    page
}

#[test]
fn a_small_frame_cant_grow_into_any_memory() {
    let log = Memory::default();
    let refused = |page: &Page| {
        let frame = wire::pack(page);
        assert!(frame.len() < 100_000, "{} bytes do it", frame.len());
        matches!(read(&log, &wire::unpack(&frame).unwrap()), Err(PageError::Malformed))
    };
    let empty = 4_000_000;
    let mut many = claiming(empty);
    many.headers = vec![flag::VERBATIM; empty as usize];
    many.values = vec![0; 2 * empty as usize];
    assert!(refused(&many), "entries of no length");

    let mut long = claiming(1);
    long.keys = vec!["k".repeat(1 << 20)];
    long.names = vec![0; 8];
    long.headers = vec![flag::CHANGE | flag::NO_DOCUMENT, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0];
    let operations = 500_000;
    column::put(&mut long.operations, operations);
    long.operations.extend([0, tag::NULL].repeat(operations as usize));
    long.references = vec![0; 1 + operations as usize];
    assert!(refused(&long), "one long key, named again and again");

    let mut list = claiming(0);
    list.keys = vec![String::new(); wire::LIST_MAX + 1];
    assert!(wire::unpack::<Page>(&wire::pack(&list)).is_err(), "a byte each, and a string each in memory");
}

#[test]
fn a_change_claims_no_more_operations_than_it_has_bytes() {
    // `count` times the same put of null, in five run-length coded columns.
    let change = |count: u64, preds: u64| {
        let mut run = Vec::new();
        column::put(&mut run, count);
        let mut group = run.clone();
        column::put(&mut group, preds);
        let columns = [
            (0x15, [&run[..], &[1, b'k']].concat()),
            (0x34, run.clone()),
            (0x42, [&run[..], &[1]].concat()),
            (0x56, [&run[..], &[0]].concat()),
            (0x70, group),
        ];
        let mut data = vec![0, 1, 9, 1, 1, 0, 0, 0, columns.len() as u8];
        columns.iter().for_each(|(name, column)| data.extend([*name, column.len() as u8]));
        columns.iter().for_each(|(_, column)| data.extend(column));
        let mut body = vec![0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, 1, data.len() as u8];
        body.extend(data);
        body
    };
    let mut sound = change(2, 0);
    let checksum = automerge::Change::from_bytes(sound.clone()).unwrap().hash();
    sound[4..8].copy_from_slice(&checksum.0[..4]);
    assert_eq!(change::read(&sound).unwrap().0.operations.len(), 2);
    for (count, preds) in [(1 << 40, 0), (9_000, 0), (1, 1 << 40), (1 << 20, 1 << 50), (3, u64::MAX - 1)] {
        assert!(change::read(&change(count, preds)).is_none());
    }
}

#[test]
fn a_long_name_repeated_in_a_short_change_is_not_spelt_out() {
    // One key on all operations, and one actor that all of them replace, in run-length coded columns.
    let change = |count: u64, key: usize, actor: usize| {
        let mut run = Vec::new();
        column::put_leb(&mut run, count as i64);
        let mut keys = run.clone();
        column::put_bytes(&mut keys, &vec![b'k'; key]);
        let with = |value: u8| [&run[..], &[value]].concat();
        let columns = [
            (0x15, keys),
            (0x34, {
                let mut inserts = Vec::new();
                column::put(&mut inserts, count);
                inserts
            }),
            (0x42, with(1)),
            (0x56, with(0)),
            (0x70, with(1)),
            (0x71, with(1)),
            (0x73, with(1)),
        ];
        let mut data = vec![0, 1, 9, 1, 1, 0, 0, 1];
        column::put_bytes(&mut data, &vec![3; actor]);
        data.push(columns.len() as u8);
        for (name, column) in &columns {
            data.push(*name);
            column::put(&mut data, column.len() as u64);
        }
        columns.iter().for_each(|(_, column)| data.extend(column));
        let mut body = vec![0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, 1];
        column::put_bytes(&mut body, &data);
        let checksum = automerge::Change::from_bytes(body.clone()).unwrap().hash();
        body[4..8].copy_from_slice(&checksum.0[..4]);
        body
    };
    let short = change(50, 60, 60);
    assert_eq!(change::read(&short).unwrap().0.operations.len(), 50);
    assert_eq!(Outline::read(&short).unwrap().operations, 50);
    for (count, key, actor) in [(9_000, 9_000, 8), (9_000, 9_000_000, 8), (50, 60, 9_000), (9_000, 60, 9_000)]
    {
        let long = change(count, key, actor);
        assert!(change::read(&long).is_none(), "{count} {key} {actor}");
        assert!(Outline::read(&long).is_none(), "{count} {key} {actor}");
    }
}

#[test]
fn what_builds_on_an_oddly_written_change_comes_out_as_it_was_written() {
    // A key and a flag of one operation, and nothing of what it does: none for automerge.
    let mut odd = vec![0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, 1];
    let mut data = vec![0, 8];
    data.extend([9; 8]);
    data.extend([1, 1, 0, 0, 0, 2, 0x15, 3, 0x34, 1, 0x7f, 1, b'k', 1]);
    column::put_bytes(&mut odd, &data);
    let checksum = automerge::Change::from_bytes(odd.clone()).unwrap().hash();
    odd[4..8].copy_from_slice(&checksum.0[..4]);
    let (read_whole, hash) = change::read(&odd).unwrap();
    assert_eq!((read_whole.operations.len(), Outline::read(&odd).unwrap().operations), (0, 1));
    let next = automerge::ExpandedChange {
        operations: Vec::new(),
        actor_id: ActorId::from([8; 8]),
        hash: None,
        seq: 1,
        start_op: std::num::NonZeroU64::MIN,
        time: 0,
        message: None,
        deps: vec![hash],
        extra_bytes: Vec::new(),
        author: None,
    };
    let mut log = Memory::default();
    let work = Partition::work(unit(VILLAGE), 2026);
    let bodies = [(9, odd), (8, change::write(&next).unwrap().0)];
    let entries = bodies.map(|(actor, body)| Entry::new(&header(1, 1, Some(vec![actor; 8])), body));
    log.write_these(VILLAGE, work, entries);
    let ours = log.vector(unit(COUNTY)).unwrap();
    let runs = engine::missing(&log, &ours, &Vector::default(), wire::PAGE).unwrap();
    let page = write(&log, &runs, &Vector::default()).unwrap();
    assert_eq!(read(&Memory::default(), &page).unwrap(), runs);
}

#[test]
fn a_change_names_no_more_actors_than_it_could_need() {
    let naming = |others: u64| {
        let mut data = vec![0, 1, 9, 1, 1, 0, 0];
        column::put(&mut data, others);
        data.resize(data.len() + others as usize, 0);
        data.push(0);
        let mut body = vec![0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, 1];
        column::put_bytes(&mut body, &data);
        let checksum = automerge::Change::from_bytes(body.clone()).unwrap().hash();
        body[4..8].copy_from_slice(&checksum.0[..4]);
        body
    };
    assert!(Outline::read(&naming(3)).is_some());
    assert!(Outline::read(&naming(70_000)).is_none() && change::read(&naming(70_000)).is_none());
}
