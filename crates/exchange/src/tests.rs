//! Runs, vectors and receipts against a small log in memory.

use crate::{
    engine::{self, Answer, Question},
    enrolment::Code,
    run::{Refusal, Verified},
    *,
};
use daiban_domain::{DeviceId, DocumentId, Hlc, Instant, UnitCode};
use ed25519_dalek::SigningKey;
use minicbor::{Decode, Encode};
use proptest::prelude::*;
use std::{collections::BTreeMap, convert::Infallible};

pub(crate) const COUNTY: &str = "621099000000";
pub(crate) const TOWNSHIP: &str = "621099100000";
pub(crate) const VILLAGE: &str = "621099100200";
const NEIGHBOUR: &str = "621099100201";

pub(crate) fn unit(code: &str) -> UnitCode {
    code.parse().unwrap()
}

fn device(code: &str) -> DeviceId {
    DeviceId(unit(code).to_string().as_bytes()[4..].try_into().unwrap())
}

fn key(code: &str) -> SigningKey {
    SigningKey::from_bytes(blake3::hash(code.as_bytes()).as_bytes())
}

/// What `author` writes into a partition.
fn feed(author: &str, partition: Partition) -> FeedId {
    FeedId { partition, device: device(author), incarnation: Incarnation(7) }
}

fn entry(n: u64) -> Entry {
    let header = Header {
        kind: entry::kind::CHANGE,
        version: 1,
        document: None,
        person: None,
        at: Instant(1_700_000_000_000 + n as i64),
        hlc: Hlc(n),
        rules_version: 1,
        anchor: Instant(0),
        actor: None,
    };
    Entry::new(&header, format!("body {n}").into_bytes())
}

/// An entry, the head after it, and the signature if a checkpoint lies there.
pub(crate) type Row = (Entry, Head, Option<[u8; 64]>);

/// Every device of the test is enrolled.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    pub(crate) feeds: BTreeMap<FeedId, Vec<Row>>,
}

impl Memory {
    /// Writes entries and signs the last.
    fn write(&mut self, author: &str, partition: Partition, count: u64) -> FeedId {
        let held = self.rows(&feed(author, partition)).len() as u64;
        self.write_these(author, partition, (1..=count).map(|i| entry(held + i)))
    }

    pub(crate) fn write_these(
        &mut self,
        author: &str,
        partition: Partition,
        entries: impl IntoIterator<Item = Entry>,
    ) -> FeedId {
        let feed = feed(author, partition);
        let rows = self.feeds.entry(feed).or_default();
        for entry in entries {
            let head = rows.last().map_or_else(|| feed.origin(), |(_, head, _)| *head);
            let next = head.next(&entry);
            rows.push((entry, next, None));
        }
        if let Some((_, head, signature)) = rows.last_mut() {
            *signature = Some(Checkpoint::sign(&feed, *head, &key(author)).signature);
        }
        feed
    }

    fn rows(&self, feed: &FeedId) -> &[Row] {
        self.feeds.get(feed).map_or(&[], Vec::as_slice)
    }
}

impl Log for Memory {
    type Error = Infallible;

    fn vector(&self, reader: UnitCode) -> Result<Vector, Infallible> {
        let heads = self.feeds.iter().filter(|(feed, _)| feed.partition.readable_by(reader)).filter_map(
            |(feed, rows)| {
                let signed = rows.iter().rev().find(|(_, _, signature)| signature.is_some())?;
                Some((*feed, signed.1))
            },
        );
        Ok(Vector(heads.collect()))
    }

    fn head(&self, feed: &FeedId) -> Result<Option<Head>, Infallible> {
        Ok(self.rows(feed).last().map(|(_, head, _)| *head))
    }

    fn chain_at(&self, feed: &FeedId, n: u64) -> Result<Option<[u8; 32]>, Infallible> {
        Ok(self.rows(feed).iter().find(|(_, head, _)| head.n == n).map(|(_, head, _)| head.chain))
    }

    fn runs(&self, feed: &FeedId, after: u64, _: usize) -> Result<Vec<Run>, Infallible> {
        let mut runs = Vec::new();
        let mut entries = Vec::new();
        let mut first = after + 1;
        for (entry, head, signature) in self.rows(feed).iter().filter(|(_, head, _)| head.n > after) {
            entries.push(entry.clone());
            if let Some(signature) = signature {
                runs.push(Run {
                    feed: *feed,
                    first,
                    entries: std::mem::take(&mut entries),
                    signature: *signature,
                });
                first = head.n + 1;
            }
        }
        Ok(runs)
    }

    fn entry(&self, feed: &FeedId, n: u64) -> Result<Option<Entry>, Infallible> {
        Ok(self.rows(feed).iter().find(|(_, head, _)| head.n == n).map(|(entry, _, _)| entry.clone()))
    }

    fn of_document(
        &self,
        partition: Partition,
        document: DocumentId,
    ) -> Result<Vec<(FeedId, u64, Entry)>, Infallible> {
        let feeds = self.feeds.iter().filter(|(feed, _)| feed.partition == partition);
        let entries =
            feeds.flat_map(|(feed, rows)| rows.iter().map(|(entry, head, _)| (*feed, head.n, entry)));
        let about = |entry: &Entry| entry.header().is_ok_and(|header| header.document == Some(document));
        Ok(entries.filter(|(_, _, e)| about(e)).map(|(feed, n, e)| (feed, n, e.clone())).collect())
    }

    fn author(&self, device: DeviceId) -> Result<Option<Author>, Infallible> {
        let known =
            [COUNTY, TOWNSHIP, VILLAGE, NEIGHBOUR].into_iter().find(|code| self::device(code) == device);
        Ok(known.map(|code| Author { unit: unit(code), key: key(code).verifying_key() }))
    }

    fn append(&mut self, verified: &Verified<'_>) -> Result<(), Infallible> {
        let rows = self.feeds.entry(verified.run.feed).or_default();
        for entry in &verified.run.entries {
            let head = rows.last().map_or_else(|| verified.run.feed.origin(), |(_, head, _)| *head);
            rows.push((entry.clone(), head.next(entry), None));
        }
        if let Some((_, head, signature)) = rows.last_mut() {
            assert_eq!(*head, verified.checkpoint.head);
            *signature = Some(verified.checkpoint.signature);
        }
        Ok(())
    }
}

fn runs(log: &Memory, feed: &FeedId, after: u64) -> Vec<Run> {
    log.runs(feed, after, usize::MAX).unwrap()
}

fn refused(log: &mut Memory, run: &Run) -> Option<Refusal> {
    let before = log.feeds.len();
    let taken = engine::take(log, std::slice::from_ref(run), unit(COUNTY)).unwrap();
    let refusal = taken.refused.first().map(|(_, refusal)| *refusal);
    assert!(
        refusal.is_none() || log.feeds.len() == before && taken.entries == 0,
        "a refusal leaves no trace"
    );
    refusal
}

#[test]
fn one_round_brings_each_side_what_it_lacks_and_a_second_nothing() {
    let (mut desk, mut hub) = (Memory::default(), Memory::default());
    let work = Partition::work(unit(VILLAGE), 2026);
    desk.write(VILLAGE, work, 3);
    hub.write(TOWNSHIP, work, 2);
    hub.write(NEIGHBOUR, Partition::work(unit(NEIGHBOUR), 2026), 5);
    let reader = unit(VILLAGE);
    for expected in [(3, 2), (0, 0)] {
        let ours = desk.vector(reader).unwrap();
        let theirs = hub.vector(reader).unwrap();
        let up = engine::missing(&desk, &ours, &theirs, wire::PAGE).unwrap();
        let sent = engine::take(&mut hub, &up, unit(COUNTY)).unwrap();
        let down = engine::missing(&hub, &hub.vector(reader).unwrap(), &ours, wire::PAGE).unwrap();
        let received = engine::take(&mut desk, &down, reader).unwrap();
        assert_eq!((sent.entries, received.entries), expected);
        assert_eq!((sent.refused, received.refused), (Vec::new(), Vec::new()));
    }
    assert_eq!(
        desk.vector(reader).unwrap(),
        hub.vector(reader).unwrap(),
        "the neighbour's cases stayed where they were"
    );
}

#[test]
fn a_run_is_refused_for_what_is_wrong_with_it() {
    let mut author = Memory::default();
    let work = Partition::work(unit(VILLAGE), 2026);
    let feed = author.write(VILLAGE, work, 2);
    let first = runs(&author, &feed, 0).remove(0);
    author.write(VILLAGE, work, 2);
    let second = runs(&author, &feed, 2).remove(0);
    let mut hub = Memory::default();
    assert_eq!(refused(&mut hub, &second), Some(Refusal::Gap));
    assert_eq!(refused(&mut hub, &first), None);
    assert_eq!(refused(&mut hub, &first), None, "the same again is nothing new");
    assert_eq!(refused(&mut hub, &second), None);

    // The same incarnation has lived twice.
    let mut twin = Memory::default();
    twin.feeds.insert(feed, Vec::new());
    for n in [40, 41] {
        let rows = twin.feeds.get_mut(&feed).unwrap();
        let head = rows.last().map_or_else(|| feed.origin(), |(_, head, _)| *head);
        let next = head.next(&entry(n));
        rows.push((entry(n), next, Some(Checkpoint::sign(&feed, next, &key(VILLAGE)).signature)));
    }
    let both = Run {
        entries: vec![entry(40), entry(41)],
        signature: runs(&twin, &feed, 1)[0].signature,
        ..first.clone()
    };
    assert_eq!(refused(&mut hub, &both), Some(Refusal::Branch));

    let mut elsewhere = Memory::default();
    let foreign = elsewhere.write(VILLAGE, Partition::work(unit(NEIGHBOUR), 2026), 1);
    assert_eq!(refused(&mut hub, &runs(&elsewhere, &foreign, 0)[0]), Some(Refusal::OutOfScope));
    let mut stranger = runs(&author, &feed, 0).remove(0);
    stranger.feed.device = DeviceId([9; 8]);
    assert_eq!(refused(&mut hub, &stranger), Some(Refusal::UnknownAuthor));
    let empty = Run { entries: Vec::new(), ..first };
    assert_eq!(refused(&mut hub, &empty), Some(Refusal::Gap));
}

proptest! {
    #[test]
    fn one_flipped_bit_anywhere_in_a_run_is_found_out(entry in 0usize..3, byte in any::<u16>(), bit in 0u8..8, part in 0..3) {
        let mut author = Memory::default();
        let feed = author.write(VILLAGE, Partition::work(unit(VILLAGE), 2026), 3);
        let mut run = runs(&author, &feed, 0).remove(0);
        let bytes = match part {
            0 => &mut run.entries[entry].header[..],
            1 => &mut run.entries[entry].body[..],
            _ => &mut run.signature[..],
        };
        let at = usize::from(byte) % bytes.len();
        bytes[at] ^= 1 << bit;
        let mut hub = Memory::default();
        prop_assert_eq!(refused(&mut hub, &run), Some(Refusal::Unauthentic));
    }

    #[test]
    fn hostile_frames_are_errors_and_nothing_else(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(wire::unpack::<Question>(&bytes).is_err());
        let packed = zstd::bulk::compress(&bytes, 1).unwrap();
        let _ = wire::unpack::<Question>(&packed);
        let _ = wire::unpack::<Answer>(&packed);
        let _ = Code::parse(&String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn what_a_newer_program_adds_to_a_header_is_skipped_and_kept() {
    #[derive(Encode, Decode)]
    #[cbor(array)]
    struct Newer {
        #[n(0)]
        kind: u16,
        #[n(1)]
        version: u8,
        #[n(2)]
        document: Option<u8>,
        #[n(3)]
        person: Option<u8>,
        #[n(4)]
        at: i64,
        #[n(5)]
        hlc: u64,
        #[n(6)]
        rules_version: u16,
        #[n(7)]
        anchor: i64,
        #[n(8)]
        actor: Option<u8>,
        #[n(9)]
        mood: String,
    }
    let newer = Newer {
        kind: 99,
        version: 3,
        document: None,
        person: None,
        at: 5,
        hlc: 6,
        rules_version: 2,
        anchor: 0,
        actor: None,
        mood: "calm".to_owned(),
    };
    let entry = Entry { header: wire::encode(&newer), body: b"unheard of".to_vec() };
    let header = entry.header().unwrap();
    assert_eq!((header.kind, header.at, header.hlc), (99, Instant(5), Hlc(6)));
    assert_eq!(entry::kind::known(header.kind), None);
    let forwarded: Entry = minicbor::decode(&wire::encode(&entry)).unwrap();
    assert_eq!(forwarded, entry, "forwarded to the byte");
}

#[test]
fn a_receipt_stands_for_the_vector_that_came_with_it_and_for_no_other() {
    let mut hub = Memory::default();
    hub.write(VILLAGE, Partition::work(unit(VILLAGE), 2026), 3);
    let vector = hub.vector(unit(VILLAGE)).unwrap();
    let state = State { store: 1, moment: 4 };
    let receipt =
        Receipt { holder: device(COUNTY), state, time: Instant(5), backup: None, signature: [0; 64] }
            .signed(vector.root(), &key(COUNTY));
    let hub_key = key(COUNTY).verifying_key();
    assert!(receipt.verify(vector.root(), &hub_key));
    hub.write(VILLAGE, Partition::register(unit(VILLAGE)), 1);
    assert!(!receipt.verify(hub.vector(unit(VILLAGE)).unwrap().root(), &hub_key));
    assert!(!receipt.verify(vector.root(), &key(TOWNSHIP).verifying_key()));
    let later = Receipt { time: Instant(6), ..receipt.clone() };
    assert!(!later.verify(vector.root(), &hub_key));
    let elsewhere = Receipt { state: State { store: 2, ..state }, ..receipt };
    assert!(!elsewhere.verify(vector.root(), &hub_key));
}

#[test]
fn a_vector_is_what_it_was_and_what_moved_since() {
    let mut log = Memory::default();
    let [work, register] = [Partition::work(unit(VILLAGE), 2026), Partition::register(unit(VILLAGE))];
    log.write(VILLAGE, work, 3);
    log.write(TOWNSHIP, work, 2);
    let before = log.vector(unit(VILLAGE)).unwrap();
    log.write(VILLAGE, work, 1);
    log.write(VILLAGE, register, 1);
    log.feeds.remove(&feed(TOWNSHIP, work));
    let after = log.vector(unit(VILLAGE)).unwrap();
    let moved = after.since(&before);
    assert_eq!(moved.0.len(), 3, "one grew, one came, one went");
    assert_eq!(Vector::after(before, &moved), after);
    assert_eq!(after.since(&after), Vector::default());
}

#[test]
fn a_code_survives_being_read_aloud_and_pins_its_hub() {
    let hub = key(COUNTY).verifying_key();
    let code = Code::new([3, 30, 31, 0, 1, 17, 9, 8, 7, 6, 5, 4], &hub);
    let typed = code.to_string().to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
    assert_eq!(Code::parse(&typed), Some(code.clone()));
    assert!(code.pins(&hub) && !code.pins(&key(VILLAGE).verifying_key()));
    assert_eq!(Code::parse("too short"), None);
}

/// A page of three changes of one document: made, edited by another desk, and edited again by the first.
fn page() -> Vec<u8> {
    use automerge::{ActorId, Automerge, ROOT, ScalarValue, transaction::Transactable};
    let mut log = Memory::default();
    let work = Partition::work(unit(VILLAGE), 2026);
    let mut document = Automerge::new();
    for (n, author) in [VILLAGE, TOWNSHIP, VILLAGE].into_iter().enumerate() {
        let actor = device(author).0;
        document.set_actor(ActorId::from(actor));
        let mut tx = document.transaction();
        tx.put(ROOT, "applicant.phone", format!("1391234567{n}")).unwrap();
        tx.put(ROOT, format!("events/{n:032x}"), ScalarValue::Bytes(vec![n as u8; 20])).unwrap();
        tx.commit();
        let header = Header {
            kind: kind::CHANGE,
            version: 1,
            document: Some(DocumentId([5; 16])),
            person: Some(daiban_domain::PersonId([6; 8])),
            at: Instant(1_700_000_000_000 + n as i64 * 1000),
            hlc: Hlc((1_700_000_000_000 + n as u64 * 1000) << 16),
            rules_version: 1,
            anchor: Instant(1_690_000_000_000),
            actor: (n < 2).then(|| actor.to_vec()),
        };
        let body = document.get_last_local_change().unwrap().raw_bytes().to_vec();
        log.write_these(author, work, [Entry::new(&header, body)]);
    }
    let ours = log.vector(unit(COUNTY)).unwrap();
    let runs = engine::missing(&log, &ours, &Vector::default(), wire::PAGE).unwrap();
    let page = page::write(&log, &runs, &Vector::default()).unwrap();
    assert_eq!(page::read(&Memory::default(), &page).unwrap(), runs);
    wire::encode(&page)
}

/// A change of any of these is a new protocol.
#[test]
fn the_formats_are_the_ones_that_were_published() {
    let vectors: serde_json::Value =
        serde_json::from_str(include_str!("../../../tests/vectors/exchange.json")).unwrap();
    let hex = |bytes: &[u8]| -> String { bytes.iter().map(|byte| format!("{byte:02x}")).collect() };
    let mut log = Memory::default();
    let work = Partition::work(unit(VILLAGE), 2026);
    let feed = log.write(VILLAGE, work, 2);
    let run = runs(&log, &feed, 0).remove(0);
    let head = log.head(&feed).unwrap().unwrap();
    let found = serde_json::json!({
        "feed": hex(&wire::encode(&feed)),
        "origin": hex(&feed.origin().chain),
        "entry": hex(&wire::encode(&run.entries[0])),
        "chain": hex(&head.chain),
        "signature": hex(&run.signature),
        "run": hex(&wire::encode(&run)),
        "page": hex(&page()),
        "root": hex(&log.vector(unit(VILLAGE)).unwrap().root()),
        "request": request::sign("/v1/exchange", b"body", device(VILLAGE), &key(VILLAGE)),
    });
    assert_eq!(found, vectors, "{found:#}");
}
