//! What hostile bytes are put through. Each function takes whatever bytes it is given and comes back: a panic, or more than
//! 256 MB of memory, is a finding.

mod backup;
mod chain;
mod log;
mod sealed;
mod table;

pub use backup::{backup, backups};
pub use chain::{certificate, certificates};
pub use sealed::{sealed, sealings};
pub use table::{table, tables};

use age::x25519;
use daiban_domain::{DeviceId, Hlc, Instant, PersonId, RULES_VERSION, UnitCode};
use daiban_exchange::{
    Entry, FeedId, Head, Header, Incarnation, Log as _, Page, Partition, Vector,
    access::Access,
    attachment,
    bundle::Bundle,
    certificate::{self, Certified, Standing},
    change,
    closure::Closure,
    engine::{self, Answer, Question},
    enrolment::{
        Admission, Application, Code, Enrolment, Introduce, Introduction,
        file::{Answered, Asked},
    },
    erasure::Erasure,
    kind,
    mark::{Mark, Marked},
    page,
    person::PersonKey,
    request,
    revocation::{self, Review, Revocation, RoleChange, Told},
    verdict::{Reissue, Spoken, Verdict},
    wire,
};
use daiban_replica::document;
use ed25519_dalek::SigningKey;
use log::Log;
use sha2::{Digest, Sha256};

/// Who opens the corpus's bundles.
const IDENTITY: &str = "AGE-SECRET-KEY-1QURSWPC8QURSWPC8QURSWPC8QURSWPC8QURSWPC8QURSWPC8QURSKMP32K";

/// The device that writes what the targets take, and its key.
const DEVICE: DeviceId = DeviceId([7; 8]);

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn county() -> UnitCode {
    "621099000000".parse().unwrap_or_else(|_| unreachable!("a division code"))
}

fn village() -> UnitCode {
    "621099100200".parse().unwrap_or_else(|_| unreachable!("a division code"))
}

/// For the targets' start: libFuzzer takes every panic for a finding, and automerge's are caught (`exchange::change`).
/// Those that escape still end the run.
pub fn quiet() {
    std::panic::set_hook(Box::new(|_| {}));
}

/// A frame as it comes from a line: every type that is unpacked of one; a question is answered, under its device's
/// signature, by a holder that has a little and by one that has nothing.
pub fn frame(bytes: &[u8]) {
    for mut holder in [Log::default(), Log::with_a_little(DEVICE, &key())] {
        let signature = request::sign(request::EXCHANGE, bytes, DEVICE, &key());
        let now = Instant(1_767_600_000_000);
        let answered = engine::answer(&mut holder, DEVICE, &signature, bytes, Standing::Good, now);
        if let Ok(Ok(answer)) = answered {
            let answer: Answer = wire::unpack(&answer).expect("an answer that we wrote");
            page::read(&Log::default(), &answer.page).ok();
        }
        if let Ok(answer) = wire::unpack::<Answer>(bytes) {
            page::read(&holder, &answer.page).ok();
            answer.receipt.verify(answer.vector.root(), &key().verifying_key());
        }
        if let Ok(page) = wire::unpack::<Page>(bytes) {
            take(&mut holder, &page);
        }
        if let Ok(question) = wire::unpack::<Question>(bytes) {
            take(&mut holder, &question.page);
        }
    }
    if let Ok(question) = wire::unpack::<attachment::Question>(bytes) {
        question.offered.iter().for_each(|offered| check(&offered.part));
    }
    if let Ok(answer) = wire::unpack::<attachment::Answer>(bytes) {
        answer.parts.iter().for_each(check);
    }
    if let Ok(introduce) = wire::unpack::<Introduce>(bytes) {
        Code::parse(&introduce.code);
    }
    if let Ok(application) = wire::unpack::<Application>(bytes) {
        application.verify();
        Code::parse(&application.code);
    }
    let code = Code::new([3; 12], key().verifying_key().as_bytes());
    for asked in [Asked::read(bytes).ok(), wire::unpack(bytes).ok()].into_iter().flatten() {
        asked.made_with(&code.hash());
        asked.application().ok().and_then(|application| application.verify());
    }
    for answered in [Answered::read(bytes).ok(), wire::unpack(bytes).ok()].into_iter().flatten() {
        answered.verify(&code);
        bundle(&answered.bundle);
    }
    if let Ok(admission) = wire::unpack::<Admission>(bytes) {
        admission.verify(&Code::new([0; 12], key().verifying_key().as_bytes()));
        if let Some(Certified { root, hub, device }) = &admission.certified {
            let now = Instant(1_767_600_000_000);
            let _ = (root.key(), device.key(), hub.vouches_for_hub(&[7; 32], root, now));
            // Whether it leads there is not what matters here.
            let _ = certificate::standing(&device.ders(), root, now);
        }
    }
}

/// A bundle's file, and what is inside of one: bytes that a seal would keep from getting further are unpacked as well.
pub fn bundle(bytes: &[u8]) {
    let identity: x25519::Identity = IDENTITY.parse().expect("an identity");
    if let Ok(opened) = Bundle::open(bytes, &identity) {
        opened.verify(&key().verifying_key());
        take(&mut Log::default(), &opened.bundle.page);
    }
    if let Ok(bundle) = wire::unpack::<Bundle>(bytes) {
        take(&mut Log::with_a_little(DEVICE, &key()), &bundle.page);
        if let Some(carried) = &bundle.receipt {
            carried.verify(&key().verifying_key());
        }
    }
}

/// Entries of one document, each led by the lengths of its header and body (2 bytes each, little-endian): judged, and
/// moved under their author's signature. What an author has signed is always held, and comes out of a page as it went in.
pub fn entry(bytes: &[u8]) {
    let entries = entries(bytes);
    let partition = Partition::work(village(), 2026);
    let feed = FeedId { partition, device: DEVICE, incarnation: Incarnation(7), branch: None };
    for entry in &entries {
        if let Ok(header) = entry.header() {
            let _ = (header.at.to_string(), header.at.date(), header.anchor.to_string());
        }
        if let Some((change, _)) = change::read(&entry.body) {
            change::write(&change);
        }
        Erasure::read(&FeedId { partition: Partition::public(county()), ..feed }, &entry.body);
        minicbor::decode::<Verdict>(&entry.body).ok();
        minicbor::decode::<Reissue>(&entry.body).ok();
        minicbor::decode::<Closure>(&entry.body).ok();
        minicbor::decode::<attachment::Holding>(&entry.body).ok();
        minicbor::decode::<Enrolment>(&entry.body).ok();
        minicbor::decode::<Introduction>(&entry.body).ok();
        minicbor::decode::<Review>(&entry.body).ok();
        minicbor::decode::<RoleChange>(&entry.body).ok();
        minicbor::decode::<Access>(&entry.body).ok();
    }
    revoke(&entries);
    let bodies: Vec<&[u8]> = entries.iter().map(|entry| entry.body.as_slice()).collect();
    let judged = document::judge_together(&bodies);
    let backwards: Vec<&[u8]> = bodies.iter().rev().copied().collect();
    let mut again = document::judge_together(&backwards);
    again.reverse();
    assert_eq!(judged, again, "the order in which they came decided");

    let mut author = Log::knowing(DEVICE, &key());
    author.write(feed, entries.iter().cloned(), &key());
    let sent = author.runs(&feed, 0, usize::MAX).expect("a log in memory");
    let page = page::write(&author, &sent, &Vector::default()).expect("a log in memory");
    let mut holder = Log::knowing(DEVICE, &key());
    let came = page::read(&holder, &page).expect("a page that we wrote");
    assert_eq!(came, sent);
    let taken = engine::take(&mut holder, &came, county()).expect("a log in memory");
    assert_eq!(taken.entries, entries.len() as u64, "{:?}", taken.refused);
}

/// What entries revoke, as if devices whose numbers end alike had written them in turn: which stand, whatever the order.
fn revoke(entries: &[Entry]) {
    let told = |(n, entry): (u64, &Entry)| {
        let revocation: Revocation = minicbor::decode(&entry.body).ok()?;
        let device = DeviceId([entry.header.last().map_or(0, |byte| byte % 4); 8]);
        let partition = Partition::public(county());
        let feed = FeedId { partition, device, incarnation: Incarnation(1), branch: None };
        Some(Told { feed, n, of: village(), revocation })
    };
    let told: Vec<Told> = (1..).zip(entries).filter_map(told).collect();
    let backwards = told.iter().rev().cloned().collect();
    let stands = revocation::accepted(&revocation::standing(told));
    assert_eq!(stands, revocation::accepted(&revocation::standing(backwards)), "the order decided");
}

/// What a scanner read of a paper's code, or a person typed: what is a mark is the same one when it is printed again, and the
/// signature beside it stands for nothing but that.
pub fn mark(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    Code::parse(&text);
    daiban_exchange::mark::serial(&text);
    let Some(marked) = Marked::read(&text) else { return };
    let public = key().verifying_key().to_bytes();
    marked.mark.tag();
    if marked.signed_by(&public) {
        assert_eq!(marked.mark, printed(), "somebody else's words under our signature");
    }
    let again = Marked::read(&marked.mark.signed(&key())).expect("a mark that we signed");
    assert_eq!(again.mark, marked.mark);
    assert!(again.signed_by(&public));
}

/// The one paper that the key has signed.
fn printed() -> Mark {
    let on = jiff::civil::date(2026, 9, 28);
    Mark::of("F02", "621099100200-20260928-A1-0007-8", "清源镇受〔2026〕A1-0012号", on).expect("a mark")
}

/// What the corpus of [`mark`] begins with.
pub fn marks() -> Vec<Vec<u8>> {
    let (key, other) = (key(), SigningKey::from_bytes(&[8; 32]));
    let mark = printed();
    let bare = Mark::unnumbered("F12", "621099100200", "A1", mark.on);
    let texts = [
        mark.signed(&key),
        mark.signed(&other),
        mark.signed(&key).replace("20260928 ", "20260931 "),
        bare.signed(&other),
        Mark::unsigned("F02", "621099100200-20260928-A1-0007-8"),
        "K7Q2M-9XW4R-8T5ND-0EHJK-3VBCP".to_owned(),
    ];
    texts.into_iter().map(String::into_bytes).collect()
}

fn check(part: &attachment::Part) {
    part.leaves.content();
    part.leaves.fits(part.first, &part.bytes);
}

fn take(holder: &mut Log, page: &Page) {
    if let Ok(runs) = page::read(holder, page) {
        engine::take(holder, &runs, county()).expect("a log in memory");
    }
}

/// Parts of what a target takes: each led by its length, 2 bytes little-endian; the last may be cut short.
fn split(mut bytes: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk::<2>() {
        let (part, rest) = rest.split_at(rest.len().min(u16::from_le_bytes(*length).into()));
        parts.push(part);
        bytes = rest;
    }
    parts
}

fn join(parts: &[&[u8]]) -> Vec<u8> {
    parts.iter().flat_map(|part| [&(part.len() as u16).to_le_bytes(), *part].concat()).collect()
}

fn entries(mut bytes: &[u8]) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut hashes: Vec<[u8; 32]> = Vec::new();
    while let Some((lengths, rest)) = bytes.split_first_chunk::<4>() {
        let [a, b, c, d] = *lengths;
        let (header, rest) = rest.split_at(rest.len().min(u16::from_le_bytes([a, b]).into()));
        let (body, rest) = rest.split_at(rest.len().min(u16::from_le_bytes([c, d]).into()));
        let mut body = body.to_vec();
        hashes.push(mend(&mut body, hashes.last()));
        entries.push(Entry::of(header.to_vec(), body, None));
        bytes = rest;
    }
    entries
}

/// Makes a change's checksum fit, and its dependency if it has a single one: no mutation would find them.
fn mend(body: &mut [u8], before: Option<&[u8; 32]>) -> [u8; 32] {
    let length = body.iter().skip(9).take_while(|byte| **byte >= 0x80).count();
    let deps = 10 + length;
    if let (Some(1), Some(dep), Some(before)) =
        (body.get(deps).copied(), body.get_mut(deps + 1..deps + 33), before)
    {
        dep.copy_from_slice(before);
    }
    let hash: [u8; 32] = Sha256::digest(body.get(8..).unwrap_or_default()).into();
    if let Some(checksum) = body.get_mut(4..8) {
        checksum.copy_from_slice(&hash[..4]);
    }
    hash
}

/// What people and units say of devices and of each other, for the corpus of [`entry`]: two that revoke each other among it.
pub fn said() -> Vec<u8> {
    let (us, them) = (DEVICE, DeviceId([6; 8]));
    let feed = FeedId {
        partition: Partition::public(county()),
        device: us,
        incarnation: Incarnation(1),
        branch: None,
    };
    let head = Head { n: 3, chain: [9; 32] };
    let accepted = Vector([(feed, head)].into_iter().collect());
    let person = PersonId([5; 8]);
    let roles = vec!["AGENT".to_owned()];
    let of = |device, accepted| Revocation { device, accepted, ground: "stolen".to_owned() };
    let introduction = Introduction {
        person,
        name: "李秀兰".to_owned(),
        unit: village(),
        device: us,
        roles: roles.clone(),
        code: [4; 32],
        key: Some(key().verifying_key().to_bytes()),
    };
    let access = Access {
        what: "unmask".to_owned(),
        about: "621099100200-20260928-A1-0007-8".to_owned(),
        part: "applicant.idNo".to_owned(),
        rows: 1,
        reason: "核对证件".to_owned(),
    };
    let bodies = [
        (kind::REVOCATION, wire::encode(&of(them, accepted.clone()))),
        (kind::REVOCATION, wire::encode(&of(us, Vector::default()))),
        (kind::REVOCATION, wire::encode(&of(DeviceId([1; 8]), accepted.clone()))),
        (kind::PERSON, wire::encode(&introduction)),
        (kind::REVIEW, wire::encode(&Review { on: vec![Spoken::of(&feed, 4, b"body")], accepted: true })),
        (kind::ROLES, wire::encode(&RoleChange { person, roles, before: accepted })),
        (kind::ACCESS, wire::encode(&access)),
    ];
    let at = Instant(1_767_600_000_000);
    let header = |kind| Header {
        kind,
        version: 1,
        document: None,
        person: Some(person),
        at,
        hlc: Hlc::default().tick(at),
        rules_version: RULES_VERSION,
        anchor: at,
        actor: None,
    };
    let entries: Vec<Entry> =
        bodies.into_iter().map(|(kind, body)| Entry::new(&header(kind), body)).collect();
    write_entries(&entries)
}

/// An admission, plain for mutations to bite.
pub fn admitted(admission: &Admission) -> Vec<u8> {
    plain(admission)
}

/// Entries as [`entry`] reads them.
pub fn write_entries(entries: &[Entry]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in entries {
        for part in [&entry.header, &entry.body] {
            bytes.extend_from_slice(&(part.len() as u16).to_le_bytes());
        }
        bytes.extend_from_slice(&entry.header);
        bytes.extend_from_slice(&entry.body);
    }
    bytes
}

/// What the corpus begins with, of entries that a real desk has written: for [`frame`] a question that brings them, its
/// answer, and what else travels; for [`bundle`] a stick with them. Each packed, and plain for mutations to bite.
pub fn seeds(entries: &[Entry]) -> (Vec<Vec<u8>>, Vec<Vec<u8>>) {
    let mut author = Log::knowing(DEVICE, &key());
    let partition = Partition::work(village(), 2026);
    let feed = FeedId { partition, device: DEVICE, incarnation: Incarnation(7), branch: None };
    author.write(feed, entries.iter().cloned(), &key());
    let runs = author.runs(&feed, 0, usize::MAX).expect("a log in memory");
    let vector = author.vector(county()).expect("a log in memory");
    let page = page::write(&author, &runs, &Vector::default()).expect("a log in memory");
    let question = Question {
        protocol: wire::PROTOCOL_MAX,
        county: county(),
        since: None,
        vector: vector.clone(),
        page: page.clone(),
        shown: None,
        room: Some(100_000),
        alone: false,
        clock: None,
    };
    let nothing = Question { vector: Vector::default(), page: Page::default(), ..question.clone() };
    let body = wire::pack(&nothing);
    let signature = request::sign(request::EXCHANGE, &body, DEVICE, &key());
    let answer =
        engine::answer(&mut author, DEVICE, &signature, &body, Standing::Good, Instant(1_767_600_000_000));
    let answer = answer.expect("a log in memory").expect("a question that we wrote");
    let answer: Answer = wire::unpack(&answer).expect("an answer that we wrote");
    let application = Application {
        protocol: wire::PROTOCOL_MAX,
        code: Code::new([3; 12], key().verifying_key().as_bytes()).to_string(),
        key: [0; 32],
        recipient: recipient(),
        incarnation: Incarnation(7),
        device_name: "上塬1号本".to_owned(),
        person_name: "测试员".to_owned(),
        signature: [0; 64],
        person_key: Some(PersonKey::of(&key(), key().verifying_key().as_bytes())),
    };
    let asked = Asked::new(
        &Application { code: String::new(), ..application.clone() }.signed(&key()),
        &Code::new([3; 12], key().verifying_key().as_bytes()),
    );
    let bundle = Bundle {
        protocol: wire::PROTOCOL_MAX,
        county: county(),
        sender: DEVICE,
        time: Instant(1_767_600_000_000),
        vector,
        page: page.clone(),
        receipt: None,
        attachments: Vec::new(),
    };
    let sealed = bundle.seal(&key(), &[recipient()]).expect("a recipient");
    let frames = vec![
        wire::pack(&question),
        wire::pack(&answer),
        plain(&question),
        plain(&nothing),
        plain(&answer),
        plain(&page),
        plain(&application.signed(&key())),
        asked.write(),
        plain(&asked),
        answered(&asked, &sealed).write(),
    ];
    (frames, vec![sealed, wire::pack(&bundle), plain(&bundle)])
}

/// What a county says to an application, with a stick's file to begin with.
fn answered(asked: &Asked, bundle: &[u8]) -> Answered {
    let application = asked.application().expect("an application that we wrote");
    let enrolment = Enrolment {
        device: DEVICE,
        unit: village(),
        name: application.device_name,
        key: key().verifying_key().to_bytes(),
        recipient: application.recipient,
        incarnation: application.incarnation,
        tag: "A1".to_owned(),
        spare_tag: "A2".to_owned(),
        person: PersonId([7; 8]),
        person_name: application.person_name,
        roles: vec!["AGENT".to_owned()],
        code: [3; 32],
        person_key: Some(key().verifying_key().to_bytes()),
    };
    let (hub, time) = (DEVICE, Instant(1_767_600_000_000));
    let admission = Admission { enrolment, hub, hub_key: [0; 32], time, signature: [0; 64], certified: None };
    Answered::signed(admission.signed(&key()), "https://10.0.0.5:7621".to_owned(), bundle.to_vec(), &key())
}

fn recipient() -> String {
    let identity: x25519::Identity = IDENTITY.parse().expect("an identity");
    identity.to_public().to_string()
}

/// A frame that nothing has compressed.
fn plain<T: minicbor::Encode<()>>(value: &T) -> Vec<u8> {
    [&[0], wire::encode(value).as_slice()].concat()
}
