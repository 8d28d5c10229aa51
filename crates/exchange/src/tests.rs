//! Runs, vectors and receipts against a small log in memory.

use crate::{
    engine::{self, Answer, Question},
    enrolment::Code,
    run::Refusal,
    *,
};
use daiban_domain::{DeviceId, DocumentId, Hlc, Instant, UnitCode};
use ed25519_dalek::SigningKey;
pub(crate) use memory::Memory;
use minicbor::{Decode, Encode};
use proptest::prelude::*;

mod enrolment;
mod memory;
mod network;

pub(crate) const COUNTY: &str = "621099000000";
pub(crate) const TOWNSHIP: &str = "621099100000";
pub(crate) const VILLAGE: &str = "621099100200";
pub(crate) const NEIGHBOUR: &str = "621099100201";

pub(crate) fn unit(code: &str) -> UnitCode {
    code.parse().unwrap()
}

pub(crate) fn device(code: &str) -> DeviceId {
    DeviceId(unit(code).to_string().as_bytes()[4..].try_into().unwrap())
}

pub(crate) fn key(code: &str) -> SigningKey {
    SigningKey::from_bytes(blake3::hash(code.as_bytes()).as_bytes())
}

/// What `author` writes into a partition.
pub(crate) fn feed(author: &str, partition: Partition) -> FeedId {
    FeedId { partition, device: device(author), incarnation: Incarnation(7), branch: None }
}

pub(crate) fn entry(n: u64) -> Entry {
    of_kind(entry::kind::CHANGE, n)
}

fn of_kind(kind: u16, n: u64) -> Entry {
    let header = Header {
        kind,
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

    let mut elsewhere = Memory::default();
    let foreign = elsewhere.write(VILLAGE, Partition::work(unit(NEIGHBOUR), 2026), 1);
    assert_eq!(refused(&mut hub, &runs(&elsewhere, &foreign, 0)[0]), Some(Refusal::OutOfScope));
    let mut stranger = runs(&author, &feed, 0).remove(0);
    stranger.feed.device = DeviceId([9; 8]);
    assert_eq!(refused(&mut hub, &stranger), Some(Refusal::UnknownAuthor));
    let misplaced = Run { first: 2, entries: first.entries[1..].to_vec(), ..first.clone() };
    assert_eq!(refused(&mut Memory::default(), &misplaced), Some(Refusal::Gap));
    let empty = Run { entries: Vec::new(), ..first };
    assert_eq!(refused(&mut hub, &empty), Some(Refusal::Gap));
}

#[test]
fn units_above_say_in_public_what_they_hold_and_nothing_else() {
    use entry::kind::{CHANGE, HOLDING};
    let public = |code: &str| Partition::public(unit(code));
    let table = [
        (COUNTY, public(TOWNSHIP), vec![HOLDING, HOLDING], None),
        (COUNTY, public(VILLAGE), vec![HOLDING], None),
        (COUNTY, public(TOWNSHIP), vec![HOLDING, CHANGE], Some(Refusal::OutOfScope)),
        (COUNTY, public(TOWNSHIP), vec![CHANGE], Some(Refusal::OutOfScope)),
        (VILLAGE, public(TOWNSHIP), vec![HOLDING], Some(Refusal::OutOfScope)),
        (VILLAGE, Partition::work(unit(NEIGHBOUR), 2026), vec![HOLDING], Some(Refusal::OutOfScope)),
    ];
    for (author, partition, kinds, expected) in table {
        let mut log = Memory::default();
        let feed = log.write_these(author, partition, (1..).zip(&kinds).map(|(n, kind)| of_kind(*kind, n)));
        let run = &runs(&log, &feed, 0)[0];
        assert_eq!(refused(&mut Memory::default(), run), expected, "{author} in {partition}: {kinds:?}");
    }
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
fn a_body_may_be_missing_only_where_an_order_says_so() {
    let mut author = Memory::default();
    let work = Partition::work(unit(VILLAGE), 2026);
    let document = DocumentId([5; 16]);
    let header = Header { document: Some(document), ..entry(1).header().unwrap() };
    let feed =
        author.write_these(VILLAGE, work, [entry(1), Entry::new(&header, b"a name".to_vec()), entry(3)]);
    let whole = runs(&author, &feed, 0).remove(0);
    let without = |n: usize| {
        let mut run = whole.clone();
        run.entries[n] = run.entries[n].stub();
        run
    };
    let mut hub = Memory::default();
    assert_eq!(refused(&mut hub, &without(1)), Some(Refusal::Erased), "nobody ordered it");
    hub.orders.insert((work, DocumentId([6; 16])));
    hub.orders.insert((Partition::register(unit(VILLAGE)), document));
    assert_eq!(refused(&mut hub, &without(1)), Some(Refusal::Erased), "something else was ordered");
    hub.orders.insert((work, document));
    assert_eq!(refused(&mut hub, &without(0)), Some(Refusal::Erased), "another entry");
    let mut forged = without(1);
    forged.entries[1].erased = Some([7; 32]);
    assert_eq!(refused(&mut hub, &forged), Some(Refusal::Unauthentic));
    assert_eq!(refused(&mut hub, &without(1)), None);
    assert_eq!(hub.head(&feed).unwrap(), author.head(&feed).unwrap());
    assert_eq!(refused(&mut hub, &whole), None, "the same with its body is nothing new");
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
    let entry = Entry::of(wire::encode(&newer), b"unheard of".to_vec(), None);
    let header = entry.header().unwrap();
    assert_eq!((header.kind, header.at, header.hlc), (99, Instant(5), Hlc(6)));
    assert_eq!(entry::kind::known(header.kind), None);
    let forwarded: Entry = minicbor::decode(&wire::encode(&entry)).unwrap();
    assert_eq!(forwarded, entry, "forwarded to the byte");
}

#[test]
fn an_older_hub_reads_what_a_newer_desk_asks() {
    let question = Question {
        protocol: wire::PROTOCOL_MAX,
        county: unit(COUNTY),
        since: None,
        vector: Vector::default(),
        page: Page::default(),
        shown: None,
        room: None,
        alone: false,
        clock: None,
    };
    let bytes = wire::encode(&question);
    assert!(bytes.len() < wire::encode(&Question { alone: true, clock: None, ..question.clone() }).len());
    assert_eq!(minicbor::decode::<Question>(&bytes).unwrap(), question);
    let alone = wire::encode(&Question { alone: true, clock: None, ..question });
    assert!(minicbor::decode::<Question>(&alone).unwrap().alone);
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
    let code = Code::new([3, 30, 31, 0, 1, 17, 9, 8, 7, 6, 5, 4], hub.as_bytes());
    let typed = code.to_string().to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
    assert_eq!(Code::parse(&typed), Some(code.clone()));
    assert!(code.pins(hub.as_bytes()) && !code.pins(key(VILLAGE).verifying_key().as_bytes()));
    let code = Code::under_root([3; 12], hub.as_bytes());
    assert_eq!(Code::parse(&code.to_string()), Some(code.clone()));
    assert!(code.pins_root(hub.as_bytes()) && !code.pins(hub.as_bytes()), "a root is no hub");
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
    let branch = FeedId { branch: Some(Branch { after: 1, chain: head.chain }), ..feed };
    let vector = log.vector(unit(VILLAGE)).unwrap();
    let state = State { store: 1, moment: 4 };
    let receipt =
        Receipt { holder: device(COUNTY), state, time: Instant(5), backup: None, signature: [0; 64] }
            .signed(vector.root(), &key(COUNTY));
    let question = Question {
        protocol: 2,
        county: unit(COUNTY),
        since: Some(state),
        vector: vector.clone(),
        page: Page::default(),
        shown: None,
        room: Some(65_536),
        alone: false,
        clock: None,
    };
    let answer = Answer {
        vector,
        page: Page::default(),
        receipt: receipt.clone(),
        refused: vec![(feed, Refusal::Gap)],
        carried: None,
        certificate: None,
    };
    let found = serde_json::json!({
        "feed": hex(&wire::encode(&feed)),
        "origin": hex(&feed.origin().chain),
        "entry": hex(&wire::encode(&run.entries[0])),
        "chain": hex(&head.chain),
        "signature": hex(&run.signature),
        "branch": hex(&wire::encode(&branch)),
        "receipt": hex(&wire::encode(&receipt)),
        "question": hex(&wire::encode(&question)),
        "answer": hex(&wire::encode(&answer)),
        "run": hex(&wire::encode(&run)),
        "page": hex(&page()),
        "stub": hex(&wire::encode(&run.entries[0].stub())),
        "closure": hex(&wire::encode(&closure::Closure {
            year: 2026,
            roots: closure::roots(&log.vector(unit(VILLAGE)).unwrap(), 2026),
        })),
        "erasure": hex(&wire::encode(&erasure::Erasure {
            partition: work,
            document: DocumentId([5; 16]),
            ground: "consent".to_owned(),
            at: Instant(1_700_000_000_000),
            label: "621099100200-20261123-A3-0007-8".to_owned(),
            attachments: None,
        })),
        "root": hex(&log.vector(unit(VILLAGE)).unwrap().root()),
        "asked": hex(&enrolment::asked().write()),
        "answered": hex(&enrolment::answered().write()),
        "request": request::sign("/v1/exchange", b"body", device(VILLAGE), &key(VILLAGE)),
    });
    assert_eq!(found, vectors, "{found:#}");
}
