//! Photos and scans between village, township, county and hub: over bad lines, once and whole, and never lost.

use crate::convergence::{DESKS, request};
use daiban_contract::{
    Code, Failure,
    act::{Attach, ChangeSetting, Detach, Enrol, Exchange, PurgeAttachments},
    ask,
    view::{AttachmentView, Exchanged, Reach},
};
use daiban_desk::{Desk, Limits, Way};
use daiban_domain::{ContentHash, Instant};
use daiban_exchange::{
    Partition,
    attachment::{Answer, CHUNK, Leaves, Offered, Part, Question, Refused, Session, Wanted},
    certificate::Standing,
    client::Client,
    request as signing, wire,
};
use daiban_replica::attachment::{self, Debtor};
use daiban_testkit::{
    County, Line, at,
    program::{daiban, run},
};
use std::{fs, path::PathBuf, sync::Arc};
use tokio::net::TcpListener;

fn minute(n: i64) -> Instant {
    Instant(at("03-05T09:00").0 + n * 60_000)
}

/// A scan of so many bytes, which no packing makes smaller; stored as it is.
pub fn scan(seed: u8, size: usize) -> Vec<u8> {
    let mut state = u64::from(seed) + 1;
    let mut bytes = b"%PDF-1.7".to_vec();
    bytes.resize_with(size, || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    });
    bytes
}

struct Story {
    county: County,
    village: Desk,
    township: Desk,
    top: Desk,
    case_no: String,
}

impl Story {
    /// A case that everybody has.
    async fn begin() -> Self {
        let county = County::new().await;
        let [village, township, top] = DESKS.map(|name| county.desk(name));
        let case_no = village.record(request(0), minute(0)).unwrap().case_no;
        let story = Self { county, village, township, top, case_no };
        for desk in [&story.village, &story.township, &story.top] {
            story.exchange(desk).await;
        }
        story
    }

    async fn exchange(&self, desk: &Desk) -> Exchanged {
        let done = self.county.exchange(desk, minute(1)).await.unwrap();
        assert_eq!(done.attachments_failed, None);
        done
    }

    fn file(&self, bytes: &[u8]) -> PathBuf {
        let file = self.county.path("scan.pdf");
        fs::write(&file, bytes).unwrap();
        file
    }

    fn attach_to(&self, desk: &Desk, case_no: &str, bytes: &[u8]) -> AttachmentView {
        let attach = Attach {
            case_no: case_no.to_owned(),
            file: Some(self.file(bytes).display().to_string()),
            material_code: Some("APP".to_owned()),
            ..Attach::default()
        };
        let hash = Leaves::of(bytes).content().unwrap();
        let attachments = desk.attach(attach, minute(2)).unwrap().attachments;
        attachments.into_iter().find(|view| view.hash == hash).unwrap()
    }

    fn attach(&self, bytes: &[u8]) -> AttachmentView {
        self.attach_to(&self.village, &self.case_no, bytes)
    }

    fn attachments(&self, desk: &Desk) -> Vec<AttachmentView> {
        desk.case(ask::Case { case_no: self.case_no.clone() }, minute(3)).unwrap().attachments
    }

    fn reach(&self, desk: &Desk) -> Vec<(bool, Reach)> {
        self.attachments(desk).iter().map(|view| (view.here, view.reach)).collect()
    }

    /// Whether a desk has the whole of it, and it is what it should be.
    fn holds(&self, name: &str, hash: ContentHash) -> bool {
        let bytes = attachment::bytes(self.county.replica(name).db(), hash).unwrap();
        bytes.is_some_and(|bytes| Leaves::of(&bytes).content() == Some(hash))
    }

    fn verify(&self) {
        for name in DESKS {
            assert_eq!(self.county.replica(name).verify().unwrap(), [], "{name}");
        }
    }
}

#[tokio::test]
async fn a_scan_arrives_whole_at_township_and_county() {
    let story = Story::begin().await;
    let bytes = scan(1, 5 * CHUNK + 77);
    let view = story.attach(&bytes);
    assert_eq!((view.here, view.reach, view.material_code.as_str()), (true, Reach::Here, "APP"));
    let sync = story.village.sync(ask::Sync {}, minute(2)).unwrap();
    assert_eq!((sync.attachments_waiting, sync.attachments_waiting_bytes), (1, bytes.len() as u64));

    let sent = story.exchange(&story.village).await;
    assert_eq!((sent.attachments_sent, sent.attachments_waiting), (1, 0));
    assert_eq!(story.reach(&story.village), [(true, Reach::County)]);
    let idle = story.exchange(&story.village).await;
    assert_eq!(idle.requests, 1, "nothing to send, nothing to ask: {idle:?}");

    for (desk, name) in [(&story.township, "township"), (&story.top, "county")] {
        assert_eq!(story.exchange(desk).await.attachments_received, 1);
        assert_eq!(story.reach(desk), [(true, Reach::County)]);
        assert!(story.holds(name, view.hash));
    }
    for desk in [&story.village, &story.township, &story.top] {
        story.exchange(desk).await;
    }
    // The township's word has come to the others, too.
    let village = story.county.replica("village");
    let partition = Partition::work(village.identity().unit, 2026);
    assert_eq!(attachment::holders(village.db(), partition, view.hash).unwrap().len(), 2);
    let [one, other] = ["township", "county"].map(|name| story.county.replica(name).digest().unwrap());
    assert_eq!(one, other);
    story.verify();
}

#[tokio::test]
async fn a_cut_line_goes_on_where_it_was_and_sends_nothing_twice() {
    let story = Story::begin().await;
    let bytes = scan(2, 12 * CHUNK);
    let view = story.attach(&bytes);
    story.exchange_entries().await;
    let line = Line::to(&story.county.url).await;
    // Two chunks and a bit on each connection.
    line.cut_after(2 * CHUNK as u64 + 20_000, u64::MAX);
    let (mut acknowledged, mut visits) = (0, 0);
    while story.reach(&story.village) != [(true, Reach::County)] {
        let done = story.village.exchange_at(&line.url, minute(3)).await.unwrap();
        acknowledged += done.bytes_up;
        visits += 1;
        assert!(visits < 20, "every visit gets something through");
    }
    assert!(visits > 2, "{visits}");
    let overhead = acknowledged - bytes.len() as u64;
    assert!(overhead < 10_000, "{overhead} bytes beside {}", bytes.len());
    line.mend();
    // And the way down.
    line.cut_after(u64::MAX, 3 * CHUNK as u64);
    let (mut received, mut visits) = (0, 0);
    while !story.holds("county", view.hash) {
        received += story.top.exchange_at(&line.url, minute(4)).await.unwrap().bytes_down;
        visits += 1;
        assert!(visits < 20, "every visit gets something through");
    }
    assert!(visits > 1 && received < bytes.len() as u64 + 10_000, "{visits} visits, {received} bytes");
    assert!(story.holds("county", view.hash));
    story.verify();
}

impl Story {
    /// An exchange of the village's that leaves photos out.
    async fn exchange_entries(&self) {
        let metered = |value: &str| {
            let set = ChangeSetting { name: "metered".to_owned(), value: value.to_owned() };
            self.village.change_setting(set, minute(2)).unwrap();
        };
        metered("true");
        self.exchange(&self.village).await;
        metered("false");
    }
}

#[tokio::test]
async fn one_photo_of_two_cases_travels_once_and_the_small_one_first() {
    let story = Story::begin().await;
    let second = story.village.record(request(1), minute(1)).unwrap().case_no;
    let (large, small) = (scan(3, 6 * CHUNK), scan(4, 100));
    story.attach(&large);
    story.attach_to(&story.village, &second, &large);
    story.attach(&small);
    let waiting = attachment::owed(story.county.replica("village").db(), Debtor::Here, 10).unwrap();
    assert_eq!(waiting.iter().map(|owed| owed.size).collect::<Vec<_>>(), [100, large.len() as u64]);
    let done = story.exchange(&story.village).await;
    assert!(done.bytes_up < large.len() as u64 + 10_000, "{done:?}");
    assert_eq!(story.reach(&story.village), [(true, Reach::County); 2]);
    // Another case, another year perhaps: what the hub holds is not sent again.
    let third = story.village.record(request(2), minute(1)).unwrap().case_no;
    story.attach_to(&story.village, &third, &large);
    assert!(story.exchange(&story.village).await.bytes_up < 10_000);
    story.exchange(&story.top).await;
    let view = story.top.case(ask::Case { case_no: third }, minute(3)).unwrap();
    assert!(view.attachments[0].here);
    story.verify();
}

#[tokio::test]
async fn a_metered_line_carries_entries_and_leaves_photos_for_later() {
    let story = Story::begin().await;
    let set = ChangeSetting { name: "metered".to_owned(), value: "true".to_owned() };
    assert!(story.village.change_setting(set, minute(1)).unwrap().metered);
    story.attach(&scan(5, 3 * CHUNK));
    let done = story.exchange(&story.village).await;
    assert!(done.attachments_deferred && done.sent > 0 && done.bytes_up < 10_000, "{done:?}");
    assert_eq!(done.attachments_waiting, 1);
    // The county knows of it and doesn't have it.
    story.exchange(&story.top).await;
    assert_eq!(story.reach(&story.top), [(false, Reach::Here)]);
    let content = ask::Attachment {
        case_no: story.case_no.clone(),
        hash: story.attachments(&story.top)[0].hash.to_string(),
        small: false,
    };
    let failure = Failure::from(story.top.attachment(content, minute(2)).unwrap_err());
    assert_eq!(failure.code, Code::UnknownAttachment);

    let insist = Exchange { attachments: true };
    let done = story.village.visit(Way::Hub(&story.county.url), insist, minute(4)).await.unwrap();
    assert_eq!((done.attachments_sent, done.attachments_deferred), (1, false));
}

#[tokio::test]
async fn what_the_hub_stored_before_it_died_is_not_sent_again() {
    let story = Story::begin().await;
    let bytes = scan(6, 4 * CHUNK);
    let view = story.attach(&bytes);
    story.exchange_entries().await;
    {
        // A desk that hears no answer: the hub died after its commit, each time.
        let mut village = story.county.replica("village");
        let (device, county) = (village.identity().device, village.identity().county);
        let key = village.signing_key().clone();
        let hub = |question: &Question| -> Answer {
            let body = wire::pack_plain(question);
            let signature = signing::sign(signing::ATTACHMENTS, &body, device, &key);
            let answer = story.county.hub.attachments(device, &signature, &body, Standing::Good, minute(2));
            wire::unpack(&answer.unwrap().unwrap()).unwrap()
        };
        let mut session = Session::new(county);
        let waiting = attachment::owed(village.db(), Debtor::Here, 10).unwrap();
        let ask = |session: &Session, village: &mut daiban_replica::Replica| {
            let asked = village.commit(minute(2), |writing| session.question(writing, &waiting, &[]));
            asked.unwrap().unwrap()
        };
        let question = ask(&session, &mut village);
        let answer = hub(&question);
        village.commit(minute(2), |writing| session.take(writing, &question, &answer)).unwrap();
        let question = ask(&session, &mut village);
        assert_eq!(question.offered[0].part.bytes.len(), CHUNK);
        for _ in 0..3 {
            let answer = hub(&question);
            assert_eq!(answer.reached[0].chunks, 1, "once and no more");
        }
    }
    let done = story.exchange(&story.village).await;
    assert!(done.bytes_up < 3 * CHUNK as u64 + 5_000, "{done:?}");
    assert_eq!(story.exchange(&story.top).await.attachments_received, 1);
    assert!(story.holds("county", view.hash));
}

#[tokio::test]
async fn bytes_are_let_go_only_when_the_county_has_them_in_its_backup() {
    let story = Story::begin().await;
    let back_up = |time| story.county.hub.backup(&story.county.path("backups"), None, time).unwrap();
    back_up(at("01-04T07:59"));
    let view = story.attach(&scan(7, 2 * CHUNK));
    let purge = || {
        let purge = PurgeAttachments { case_no: story.case_no.clone() };
        story.village.purge_attachments(purge, minute(5)).map_err(|trouble| Failure::from(trouble).code)
    };
    assert_eq!(purge().unwrap_err(), Code::NotAllowed, "nobody else has it");
    story.exchange(&story.village).await;
    assert_eq!(purge().unwrap_err(), Code::NotAllowed, "the county has it, its backup hasn't");
    assert!(story.holds("village", view.hash));
    back_up(minute(0));
    assert_eq!(purge().unwrap_err(), Code::NotAllowed, "the village hasn't heard of the backup");
    story.exchange(&story.village).await;
    let purged = purge().unwrap().attachments;
    assert_eq!((purged[0].here, purged[0].reach), (false, Reach::County));
    assert!(!story.holds("village", view.hash));
    let done = story.exchange(&story.village).await;
    assert_eq!((done.attachments_received, done.requests), (0, 1), "it stays away");
    story.verify();
}

#[tokio::test]
async fn what_was_taken_off_again_reaches_the_county_all_the_same() {
    let story = Story::begin().await;
    let view = story.attach(&scan(8, CHUNK));
    let detach = Detach { case_no: story.case_no.clone(), hash: view.hash.to_string()[..12].to_owned() };
    assert_eq!(story.village.detach(detach, minute(3)).unwrap().attachments, []);
    let done = story.exchange(&story.village).await;
    assert_eq!(done.attachments_sent, 1, "nothing recorded is lost");
    assert_eq!(story.exchange(&story.top).await.attachments_received, 0, "nobody looks for it");
    // Put back, it is there.
    story.attach(&scan(8, CHUNK));
    story.exchange(&story.village).await;
    assert_eq!(story.exchange(&story.top).await.attachments_received, 1);
    assert_eq!(story.reach(&story.top), [(true, Reach::County)]);
    story.verify();
}

#[tokio::test]
async fn a_device_outside_the_scope_neither_brings_nor_gets() {
    let story = Story::begin().await;
    let view = story.attach(&scan(9, 100));
    story.exchange(&story.village).await;
    let code = story
        .county
        .hub
        .issue_code("621099100201".parse().unwrap(), &[daiban_domain::Role::Agent], minute(1))
        .unwrap()
        .code;
    let newcomer = Desk::open(story.county.place("newcomer")).unwrap();
    let enrol = Enrol {
        hub: story.county.url.clone(),
        code,
        device: "邻村1号本".to_owned(),
        user: "赵强".to_owned(),
        password: None,
    };
    newcomer.enrol(enrol, minute(2)).await.unwrap();
    let replica = story.county.replica("newcomer");
    let partition = Partition::work("621099100200".parse().unwrap(), 2026);
    let other = scan(10, 50);
    let leaves = Leaves::of(&other);
    let part = Part { hash: leaves.content().unwrap(), first: 0, leaves, bytes: other };
    let question = Question {
        protocol: wire::PROTOCOL_MAX,
        county: replica.identity().county,
        offered: vec![Offered { partition, part }],
        wanted: vec![Wanted { partition, hash: view.hash, first: 0 }],
        room: 1_000_000,
    };
    let client = Client::new(&story.county.url, None).unwrap();
    let (device, key) = (replica.identity().device, replica.signing_key());
    let answer = client.attachments(&question, device, key).await.unwrap().answer;
    assert_eq!(answer.reached[0].refused, Some(Refused::OutOfScope));
    assert_eq!(answer.parts, []);
    // And nobody speaks for another device.
    let village = story.county.replica("village").identity().device;
    assert!(client.attachments(&question, village, key).await.is_err());
}

#[tokio::test]
async fn a_restored_hub_takes_its_word_back_and_is_brought_what_it_forgot() {
    let mut story = Story::begin().await;
    let kept = story.attach(&scan(11, 100));
    story.exchange(&story.village).await;
    story.county.copy("hub", "backup");
    let bytes = scan(12, 3 * CHUNK);
    let forgotten = story.attach(&bytes);
    story.exchange(&story.village).await;
    story.exchange(&story.township).await;
    story.county.restore_hub("backup").await;

    // First it hears that something was forgotten, then what.
    story.exchange(&story.village).await;
    let filled = story.exchange(&story.village).await;
    assert_eq!(filled.attachments_sent, 1, "the one that was lost: {filled:?}");
    assert_eq!(story.exchange(&story.top).await.attachments_received, 2);
    for name in ["village", "county"] {
        assert!(story.holds(name, forgotten.hash));
        assert!(story.holds(name, kept.hash));
    }
    story.exchange(&story.township).await;
    for desk in [&story.village, &story.township, &story.top] {
        story.exchange(desk).await;
        assert_eq!(story.reach(desk), [(true, Reach::County); 2]);
    }
    story.verify();
}

#[tokio::test]
async fn a_township_keeps_a_villages_photo_while_the_county_is_out_of_reach() {
    let story = Story::begin().await;
    let township = Arc::new(story.county.desk("township"));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let relay = township.clone();
    let serving = tokio::spawn(async move {
        relay.serve_relay(listener, Limits::default(), || minute(5), std::future::pending()).await
    });
    let bytes = scan(13, 3 * CHUNK);
    let view = story.attach(&bytes);
    let relayed = story.village.exchange_with_relay(&url, minute(3)).await.unwrap();
    assert_eq!((relayed.attachments_sent, relayed.attachments_failed), (1, None), "{relayed:?}");
    assert_eq!(story.reach(&story.village), [(true, Reach::Township)]);
    assert!(story.holds("township", view.hash));

    // The township's line is back: the photo goes on, and the county's word comes down the same way.
    assert_eq!(story.exchange(&township).await.attachments_sent, 1);
    story.village.exchange_with_relay(&url, minute(6)).await.unwrap();
    assert_eq!(story.reach(&story.village), [(true, Reach::County)]);
    // What the county sends down reaches a village through its township.
    let answered = scan(14, CHUNK);
    let answer = story.attach_to(&story.top, &story.case_no, &answered);
    story.exchange(&story.top).await;
    story.exchange(&township).await;
    let relayed = story.village.exchange_with_relay(&url, minute(7)).await.unwrap();
    assert_eq!(relayed.attachments_received, 1, "{relayed:?}");
    assert!(story.holds("village", answer.hash));
    serving.abort();
    story.verify();
}

#[tokio::test]
async fn the_command_line_adds_shows_and_saves_photos() {
    let story = Story::begin().await;
    let Story { county, case_no, .. } = &story;
    let folder = county.path("");
    let image = image::RgbImage::from_fn(1200, 600, |x, y| image::Rgb([x as u8, y as u8, 0]));
    image.save(county.path("photo.png")).unwrap();
    fs::write(county.path("notes.txt"), "这不是照片").unwrap();
    let attach = |file: &str, material: &str| {
        let mut command = daiban(&folder, "village");
        run(command.args(["attach", case_no]).arg(county.path(file)).args(["--material", material]))
    };
    let settings = |arguments: &[&str]| run(daiban(&folder, "village").arg("settings").args(arguments));
    assert_eq!(settings(&[]).unwrap()["attachmentLongEdge"], 2000);
    assert_eq!(settings(&["attachmentLongEdge", "600"]).unwrap()["attachmentLongEdge"], 600);
    for wrong in [["attachmentLongEdge", "9"], ["colour", "1"], ["metered", "perhaps"]] {
        assert_eq!(settings(&wrong).unwrap_err(), "bad-input");
    }
    assert_eq!(attach("notes.txt", "APP").unwrap_err(), "bad-attachment");
    assert_eq!(attach("nowhere.png", "APP").unwrap_err(), "file");
    assert_eq!(attach("photo.png", "NONE").unwrap_err(), "unknown-field");
    let shown = attach("photo.png", "APP").unwrap();
    assert_eq!(attach("photo.png", "APP").unwrap(), shown, "a second time changes nothing");
    assert_eq!((&shown[0]["width"], &shown[0]["height"]), (&600.into(), &300.into()));
    assert_eq!((&shown[0]["mediaType"], &shown[0]["reach"]), (&"image/jpeg".into(), &"HERE".into()));
    let hash = shown[0]["hash"].as_str().unwrap();
    let attachments =
        |arguments: &[&str]| run(daiban(&folder, "village").args(["attachments", case_no]).args(arguments));
    assert_eq!(attachments(&[]).unwrap(), shown);
    let file = county.path("saved.jpg");
    let saved = attachments(&["--save", &hash[..8], "-o", file.to_str().unwrap()]).unwrap();
    assert_eq!(saved["size"], fs::metadata(&file).unwrap().len());
    assert_eq!(image::open(&file).unwrap().width(), 600);
    assert_eq!(attachments(&["--save", "00"]).unwrap_err(), "unknown-attachment");
    assert_eq!(attachments(&["--purge"]).unwrap_err(), "not-allowed");
    let removed = run(daiban(&folder, "village").args(["detach", case_no, hash])).unwrap();
    assert_eq!(removed, serde_json::json!([]));
    let verified = run(daiban(&folder, "village").arg("verify")).unwrap();
    assert_eq!(verified["ok"], true);
}
