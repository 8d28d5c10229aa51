//! The line with real TLS, to a real hub: who may not get in doesn't, with the reason in the log and nothing stored; and who may
//! does, whatever their clock says.

use crate::convergence::request;
use daiban_contract::{
    Code, Failure,
    act::{Enrol, Exchange, RevokeDevice, Set},
    ask,
};
use daiban_desk::{Desk, Limits};
use daiban_domain::{DeviceId, DocumentId, Instant, Role, revocation::Ground};
use daiban_exchange::{
    Entry, Partition, PartitionKind, Vector,
    certificate::{LIFE_MS, Root},
    client::{Client, ClientError},
    engine::Question,
    enrolment::{self, Application},
    kind,
    request::{self as signing, HubRefusal},
    run::Refusal,
    tls::{Anchor, Credentials, Holder, Trust},
    wire,
};
use daiban_hub::{Station, ca};
use daiban_testkit::{Author, County, Encrypted, Line, Raw, Words, at};
use ed25519_dalek::SigningKey;
use std::{sync::Arc, time::Duration};

fn minute(n: i64) -> Instant {
    Instant(at("03-05T09:00").0 + n * 60_000)
}

fn entries(county: &County) -> u64 {
    county.hub.status(7, minute(0)).unwrap().store.entries
}

/// What a desk of the county believes and shows.
fn trust(county: &County, desk: &str) -> Trust {
    county.replica(desk).trust(Holder::Hub).unwrap().unwrap()
}

/// The same, showing nothing.
fn nameless(county: &County, desk: &str) -> Trust {
    Trust { us: None, ..trust(county, desk) }
}

/// A question that only asks.
fn asks(county: &County, desk: &str) -> (Question, DeviceId, SigningKey) {
    let replica = county.replica(desk);
    let identity = replica.identity();
    let question = Question {
        protocol: wire::PROTOCOL_MAX,
        county: identity.county,
        since: None,
        vector: Vector::default(),
        page: Default::default(),
        shown: None,
        room: None,
        alone: false,
        clock: None,
    };
    (question, identity.device, replica.signing_key().clone())
}

/// Headers of a signed request.
fn signed(path: &str, body: &[u8], device: DeviceId, key: &SigningKey) -> [(&'static str, String); 2] {
    [(signing::DEVICE, device.to_string()), (signing::SIGNATURE, signing::sign(path, body, device, key))]
}

fn borrowed<'a>(headers: &'a [(&'static str, String); 2]) -> [(&'static str, &'a str); 2] {
    [(headers[0].0, &headers[0].1), (headers[1].0, &headers[1].1)]
}

#[tokio::test]
async fn a_desk_enrols_and_exchanges_whatever_its_clock_says() {
    let county = County::new().await;
    let hub = county.encrypted(Limits::default()).await;
    county.hub_says(minute(0));
    let code =
        county.hub.issue_code("621099100200".parse().unwrap(), &[Role::Agent], minute(0)).unwrap().code;
    let newcomer = county.desk("newcomer");
    let enrol =
        Enrol {
            hub: hub.url.clone(), code, device: "上塬2号本".into(), user: "赵敏".into(), password: None
        };
    newcomer.enrol(enrol, minute(1)).await.unwrap();
    let long_ago: Instant = "2019-06-01T08:00:00+08:00".parse().unwrap();
    let case_no = newcomer.record(request(0), minute(2)).unwrap().case_no;
    let done = newcomer.exchange(Exchange::default(), long_ago).await.unwrap();
    assert!(done.sent > 0 && done.pending == 0, "{done:?}");
    let later: Instant = "2061-06-01T08:00:00+08:00".parse().unwrap();
    newcomer.exchange(Exchange::default(), later).await.unwrap();
    let township = county.desk("township");
    township.exchange_at(&hub.url, minute(3)).await.unwrap();
    township.case(ask::Case { case_no }, minute(3)).unwrap();
}

#[tokio::test]
async fn without_a_certificate_one_may_only_enrol() {
    let county = County::new().await;
    let hub = county.encrypted(Limits::default()).await;
    county.desk("village").record(request(0), minute(0)).unwrap();
    let words = Words::hear();
    let before = entries(&county);
    let client = Client::new(&hub.url, Some(nameless(&county, "village"))).unwrap();
    let (question, device, key) = asks(&county, "village");
    let outcome = client.exchange(&question, device, &key).await;
    assert!(matches!(outcome, Err(ClientError::Refused(HubRefusal::NoCertificate))), "{outcome:?}");
    assert_eq!(client.info("daiban-hub").await.unwrap().county, county.hub.county());
    words.refused_for("NoCertificate").await;
    assert_eq!(entries(&county), before);
}

#[tokio::test]
async fn a_certificate_of_another_county_opens_nothing() {
    let county = County::new().await;
    let hub = county.encrypted(Limits::default()).await;
    let words = Words::hear();
    let before = entries(&county);
    let stranger = County::of(County::folder().await.path()).await;
    std::fs::remove_dir_all(stranger.path("hub/ca")).unwrap();
    ca::found(&stranger.path("hub"), stranger.hub.county(), None, minute(0)).unwrap();
    let foreign = stranger.hub.credentials(minute(0)).unwrap().unwrap();
    // The device shows another county's word for its key.
    let mut trust = trust(&county, "village");
    let key = trust.us.as_ref().unwrap().1.clone();
    trust.us = Some((foreign.chain.clone(), foreign.signing.clone()));
    let client = Client::new(&hub.url, Some(trust)).unwrap();
    let (question, device, _) = asks(&county, "village");
    let outcome = client.exchange(&question, device, &key).await;
    assert!(matches!(outcome, Err(ClientError::TurnedAway(_) | ClientError::Unreachable(_))), "{outcome:?}");
    words.refused_for("invalid peer certificate").await;
    assert_eq!(entries(&county), before);

    // And its hub isn't ours: nothing is sent there.
    let other = stranger.encrypted(Limits::default()).await;
    let village = county.desk("village");
    village.record(request(0), minute(0)).unwrap();
    let (pending, held) = (village.sync(ask::Sync {}, minute(1)).unwrap().pending, entries(&stranger));
    let failure = Failure::from(village.exchange_at(&other.url, minute(1)).await.unwrap_err());
    assert_eq!(failure.code, Code::HubWrong, "{}", failure.message);
    assert_eq!(village.sync(ask::Sync {}, minute(1)).unwrap().pending, pending);
    assert_eq!(entries(&stranger), held);
    assert!(!words.said().contains("INFO"), "neither hub answered anything: {}", words.said());
}

#[tokio::test]
async fn who_comes_with_an_expired_certificate_deposits_is_given_another_and_then_reads() {
    let county = County::new().await;
    let hub = county.encrypted(Limits::default()).await;
    let [village, township] = ["village", "township"].map(|name| county.desk(name));
    let before = village.record(request(1), minute(0)).unwrap().case_no;
    village.exchange_at(&hub.url, minute(0)).await.unwrap();
    township.exchange_at(&hub.url, minute(0)).await.unwrap();
    let late = |n: i64| Instant(minute(n).0 + LIFE_MS);
    let case_no = village.record(request(0), minute(1)).unwrap().case_no;
    // The township works on, while the village is away for a quarter of a year.
    county.hub_says(late(1));
    let hub = county.encrypted(Limits::default()).await;
    let address = "清源镇人民路66号";
    let (path, value) = ("applicant.address".to_owned(), address.to_owned());
    township.set(Set { case_no: before.clone(), path, value, reason: None }, late(1)).unwrap();
    township.exchange_at(&hub.url, late(1)).await.unwrap();

    // Raw: what it is answered with that certificate is its own and public feeds, and a new certificate.
    let old = trust(&county, "village");
    let client = Client::new(&hub.url, Some(old.clone())).unwrap();
    let (question, device, key) = asks(&county, "village");
    let answer = client.exchange(&question, device, &key).await.unwrap().answer;
    let foreign = |feed: &daiban_exchange::FeedId| {
        feed.device != device && feed.partition.kind != PartitionKind::Public
    };
    assert!(!answer.vector.0.is_empty() && !answer.vector.0.keys().any(foreign));
    assert!(answer.certificate.is_some());

    let done = village.exchange_at(&hub.url, late(2)).await.unwrap();
    assert!(done.sent > 0 && done.received > 0 && done.pending == 0, "{done:?}");
    let view = village.case(ask::Case { case_no: before }, late(2)).unwrap();
    assert_eq!(view.applicant.address, address, "with the new certificate it has read");
    assert_ne!(trust(&county, "village").us.unwrap().0, old.us.unwrap().0);
    township.exchange_at(&hub.url, late(3)).await.unwrap();
    township.case(ask::Case { case_no }, late(3)).unwrap();
    let words = Words::hear();
    let (question, device, key) = asks(&county, "village");
    let client = Client::new(&hub.url, Some(trust(&county, "village"))).unwrap();
    let answer = client.exchange(&question, device, &key).await.unwrap().answer;
    assert!(answer.certificate.is_none(), "it has just got one");
    assert_eq!(words.refused(), Vec::<String>::new());
}

#[tokio::test]
async fn a_revoked_device_only_deposits_and_gets_no_certificate() {
    let county = County::new().await;
    let hub = county.encrypted(Limits::default()).await;
    let [village, township] = ["village", "township"].map(|name| county.desk(name));
    village.exchange_at(&hub.url, minute(0)).await.unwrap();
    township.exchange_at(&hub.url, minute(0)).await.unwrap();
    let devices = township.devices(ask::Devices {}, minute(1)).unwrap();
    let stolen = devices.into_iter().find(|device| device.name.contains("上塬")).unwrap().device;
    township
        .revoke_device(RevokeDevice { device: stolen, ground: Ground::Stolen, since: None }, minute(1))
        .unwrap();
    township.exchange_at(&hub.url, minute(2)).await.unwrap();
    // Its certificate has run out as well: it would be renewed, were it not revoked.
    county.hub_says(Instant(minute(2).0 + LIFE_MS));
    let client = Client::new(&hub.url, Some(trust(&county, "village"))).unwrap();
    let (question, device, key) = asks(&county, "village");
    let answer = client.exchange(&question, device, &key).await.unwrap().answer;
    assert!(answer.certificate.is_none());
    assert!(
        answer
            .vector
            .0
            .keys()
            .all(|feed| { feed.device == device || feed.partition.kind == PartitionKind::Public })
    );
}

#[tokio::test]
async fn what_may_not_be_written_is_not_stored() {
    let county = County::new().await;
    let hub = county.encrypted(Limits::default()).await;
    for partition in [
        Partition::work("621099100201".parse().unwrap(), 2026),
        Partition::public("621099100201".parse().unwrap()),
        Partition::public("621099100000".parse().unwrap()),
    ] {
        let mut author = Author::beside(&county, "village", partition, minute(0));
        let header = author.header(kind::CHANGE, Some(DocumentId([7; 16])), Some([7; 8]));
        author.write(Entry::new(&header, vec![1, 2, 3]));
        let (question, key) = (author.question(), author.replica.signing_key().clone());
        let before = entries(&county);
        let client = Client::new(&hub.url, Some(trust(&county, "village"))).unwrap();
        let delivered = client.exchange(&question, author.feed.device, &key).await.unwrap();
        assert_eq!(delivered.answer.refused, [(author.feed, Refusal::OutOfScope)], "{partition}");
        assert_eq!(entries(&county), before);
    }
}

#[tokio::test]
async fn a_request_is_its_senders_alone_and_twice_the_same() {
    let county = County::new().await;
    let hub = county.encrypted(Limits::default()).await;
    let words = Words::hear();
    let (question, device, key) = asks(&county, "village");
    let body = wire::pack(&question);
    let headers = signed(signing::EXCHANGE, &body, device, &key);
    let headers = borrowed(&headers);
    let mut own = Raw::connect(&hub.url, &trust(&county, "village")).await.unwrap();
    let (status, _) = own.ask(signing::EXCHANGE, &headers, &body).await;
    assert_eq!(status, 200);
    let before = entries(&county);
    assert_eq!(
        own.ask(signing::EXCHANGE, &headers, &body).await.0,
        200,
        "asked again, on the same connection"
    );
    for (trust, reason) in
        [(trust(&county, "township"), "other-certificate"), (nameless(&county, "village"), "no-certificate")]
    {
        let mut other = Raw::connect(&hub.url, &trust).await.unwrap();
        let (status, body) = other.ask(signing::EXCHANGE, &headers, &body).await;
        assert!((400..500).contains(&status) && body.contains(reason), "{status} {body}");
    }
    words.refused_for("OtherCertificate").await;
    words.refused_for(&device.to_string()).await;
    assert_eq!(entries(&county), before);
}

#[tokio::test]
async fn what_is_too_large_or_too_slow_is_not_waited_for() {
    let county = County::new().await;
    let short = Duration::from_millis(200);
    let hub = county.encrypted(Limits { headers: short, patience: short, ..Limits::default() }).await;
    let words = Words::hear();
    let before = entries(&county);
    let village = trust(&county, "village");
    let mut large = Raw::connect(&hub.url, &village).await.unwrap();
    large.write("POST /v1/exchange HTTP/1.1\r\nhost: hub\r\ncontent-length: 40000000\r\n\r\n").await.unwrap();
    assert!(large.read().await.contains("too-large"));
    let mut nameless = Raw::connect(&hub.url, &nameless(&county, "village")).await.unwrap();
    nameless
        .write("POST /v1/enrol HTTP/1.1\r\nhost: hub\r\ntransfer-encoding: chunked\r\n\r\n")
        .await
        .unwrap();
    // The hub may have hung up before all of it was sent.
    let _ = nameless.write([b"8000\r\n".as_slice(), &[b'x'; 0x8000], b"\r\n"].concat()).await;
    assert!(nameless.read().await.contains("too-large"));
    let mut slow = Raw::connect(&hub.url, &village).await.unwrap();
    slow.write("POST /v1/exchange HTTP/1.1\r\nhost: hub\r\ncontent-length: 100\r\n\r\nx").await.unwrap();
    assert!(slow.read().await.contains("too-slow"));
    let mut slower = Raw::connect(&hub.url, &village).await.unwrap();
    slower.write("POST /v1/exchange HTTP/1.1\r\nho").await.unwrap();
    slower.read().await;
    let handshakes = county.encrypted(Limits { handshake: short, ..Limits::default() }).await;
    let silent =
        tokio::net::TcpStream::connect(handshakes.url.strip_prefix("https://").unwrap()).await.unwrap();
    silent.readable().await.unwrap();
    for reason in ["TooLarge", "TooSlow", "headers took too long", "the handshake took too long"] {
        words.refused_for(reason).await;
    }
    assert_eq!(entries(&county), before);
}

#[tokio::test]
async fn connections_and_requests_have_an_end() {
    let county = County::new().await;
    let few = daiban_hub::Rate { at_once: 3.0, a_second: 0.0 };
    let hub =
        county.encrypted(Limits { connections: 2, strangers: 1, requests: few, ..Limits::default() }).await;
    let words = Words::hear();
    let (question, device, key) = asks(&county, "village");
    let body = wire::pack(&question);
    let headers = signed(signing::EXCHANGE, &body, device, &key);
    let mut own = Raw::connect(&hub.url, &trust(&county, "village")).await.unwrap();
    let mut answers = Vec::new();
    for _ in 0..4 {
        answers.push(own.ask(signing::EXCHANGE, &borrowed(&headers), &body).await.0);
    }
    assert_eq!(answers, [200, 200, 200, 429]);
    words.refused_for("TooOften").await;
    let _second = Raw::connect(&hub.url, &trust(&county, "township")).await.unwrap();
    assert!(Raw::connect(&hub.url, &trust(&county, "county")).await.is_err());
    words.refused_for("too many connections").await;
}

#[tokio::test]
async fn ten_thousand_wrong_codes_get_nowhere() {
    let county = County::new().await;
    let never = |at_once| daiban_hub::Rate { at_once, a_second: 0.0 };
    let requests = never(20_000.0);
    let limits =
        Limits { wrong_codes: never(10.0), all_wrong_codes: never(100.0), requests, ..Limits::default() };
    let hub = county.encrypted(limits).await;
    let words = Words::hear();
    county.hub_says(minute(0));
    let issued = county.hub.issue_code("621099100200".parse().unwrap(), &[Role::Agent], minute(0)).unwrap();
    let before = entries(&county);
    let client = Client::new(&hub.url, Some(nameless(&county, "village"))).unwrap();
    let key = SigningKey::from_bytes(&[9; 32]);
    let application = |code: String| {
        let recipient = county.replica("village").identity().recipient.clone();
        let incarnation = daiban_exchange::Incarnation(7);
        let names = ("电脑".to_owned(), "某人".to_owned());
        let unsigned = Application {
            protocol: wire::PROTOCOL_MAX,
            code,
            key: [0; 32],
            recipient,
            incarnation,
            device_name: names.0,
            person_name: names.1,
            signature: [0; 64],
            person_key: None,
        };
        unsigned.signed(&key)
    };
    let one = application(String::new());
    let mut counts = (0, 0);
    for n in 0..10_000u32 {
        let mut guess = one.clone();
        let secret: [u8; 12] = std::array::from_fn(|i| if i < 4 { n.to_le_bytes()[i] } else { i as u8 });
        guess.code = enrolment::Code::under_root(secret, &[1; 32]).to_string();
        match client.enrol(&guess.signed(&key)).await {
            Err(ClientError::Refused(HubRefusal::BadCode)) => counts.0 += 1,
            Err(ClientError::Refused(HubRefusal::TooOften)) => counts.1 += 1,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(counts, (10, 9_990));
    let right = client.enrol(&application(issued.code.clone())).await;
    assert!(
        matches!(right, Err(ClientError::Refused(HubRefusal::TooOften))),
        "nor does the right one from there"
    );
    words.refused_for("BadCode").await;
    words.refused_for("TooOften").await;
    assert!(!words.said().contains(&issued.code), "no code is logged");
    assert_eq!(entries(&county), before);
    // Over another way in it still counts.
    county.enrol_with("newcomer", &issued.code, "赵敏", minute(1)).await;
}

#[tokio::test]
async fn an_intercepted_first_contact_hears_nothing() {
    let county = County::new().await;
    let stranger = County::of(County::folder().await.path()).await;
    std::fs::remove_dir_all(stranger.path("hub/ca")).unwrap();
    ca::found(&stranger.path("hub"), stranger.hub.county(), None, minute(0)).unwrap();
    county.hub_says(minute(0));
    let code =
        county.hub.issue_code("621099100200".parse().unwrap(), &[Role::Agent], minute(0)).unwrap().code;
    // A hub of the attacker's own, and an enrolled device in the hub's place.
    let impostor = county.replica("township").credentials().unwrap();
    let inside =
        Encrypted::new(Arc::new(Impostor(impostor, county.hub.clone())), Limits::default(), || minute(0));
    for there in [stranger.encrypted(Limits::default()).await, inside.await] {
        let words = Words::hear();
        let newcomer = county.desk("newcomer");
        let enrol = Enrol {
            hub: there.url.clone(),
            code: code.clone(),
            device: "本".into(),
            user: "赵敏".into(),
            password: None,
        };
        let failure = Failure::from(newcomer.enrol(enrol, minute(1)).await.unwrap_err());
        assert_eq!(failure.code, Code::HubWrong, "{}", failure.message);
        words.refused_for("no handshake").await;
        assert_eq!(words.refused().len(), 1, "it hung up before a request was made: {}", words.said());
    }
    county.enrol_with("newcomer", &code, "赵敏", minute(1)).await;
}

/// Answers like the hub, with other credentials.
struct Impostor(Credentials, Arc<daiban_hub::Hub>);

impl Station for Impostor {
    fn info(&self) -> signing::HubInfo {
        Station::info(&*self.1)
    }

    fn credentials(&self, _: Instant) -> Option<Credentials> {
        Some(self.0.clone())
    }

    fn exchange(
        &self,
        _: DeviceId,
        _: &str,
        _: &[u8],
        _: daiban_exchange::certificate::Standing,
        _: Instant,
    ) -> Result<Vec<u8>, HubRefusal> {
        panic!("a question was sent to it")
    }

    fn attachments(
        &self,
        _: DeviceId,
        _: &str,
        _: &[u8],
        _: daiban_exchange::certificate::Standing,
        _: Instant,
    ) -> Result<Vec<u8>, HubRefusal> {
        panic!("a question was sent to it")
    }

    fn enrol(&self, _: &[u8], _: Instant) -> Result<Vec<u8>, HubRefusal> {
        panic!("an application was sent to it")
    }

    fn introduce(&self, _: DeviceId, _: &str, _: &[u8], _: Instant) -> Result<Vec<u8>, HubRefusal> {
        panic!("a code was sent to it")
    }

    fn give_code(&self, _: DeviceId, _: &str, _: &[u8], _: Instant) -> Result<Vec<u8>, HubRefusal> {
        panic!("a code was asked of it")
    }

    fn page(&self, _: Instant) -> Result<String, HubRefusal> {
        Err(HubRefusal::NotHere)
    }
}

#[tokio::test]
async fn a_townships_relay_is_known_by_its_certificate() {
    let county = County::new().await;
    let [village, township, top] = ["village", "township", "county"].map(|name| county.desk(name));
    for desk in [&village, &township, &top] {
        county.exchange(desk, minute(0)).await.unwrap();
    }
    let township = Arc::new(township);
    let relay = |desk: Arc<Desk>| async move {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        let limits = Limits { tls: true, ..Limits::default() };
        let serving = tokio::spawn(async move {
            desk.serve_relay(listener, limits, || minute(5), std::future::pending()).await
        });
        (url, serving)
    };
    let (url, _serving) = relay(township.clone()).await;
    let case_no = village.record(request(0), minute(1)).unwrap().case_no;
    let done = village.exchange_with_relay(&url, minute(2)).await.unwrap();
    assert!(done.sent > 0 && done.relayed, "{done:?}");
    township.case(ask::Case { case_no }, minute(3)).unwrap();

    // Once it is revoked, nobody of its villages speaks with it any more.
    let devices = top.devices(ask::Devices {}, minute(4)).unwrap();
    let lost = devices.into_iter().find(|device| device.name.contains("清源镇")).unwrap().device;
    top.revoke_device(RevokeDevice { device: lost, ground: Ground::Lost, since: None }, minute(4)).unwrap();
    for desk in [&top, &village] {
        county.exchange(desk, minute(5)).await.unwrap();
    }
    let failure = Failure::from(village.exchange_with_relay(&url, minute(6)).await.unwrap_err());
    assert_eq!(failure.code, Code::HubWrong, "{}", failure.message);
}

#[tokio::test]
async fn nothing_is_sent_without_tls_but_to_this_machine() {
    let county = County::new().await;
    let village = county.desk("village");
    for url in ["http://10.0.0.5:7621", "http://hub.example:7621", "ftp://10.0.0.5", "10.0.0.5:7621"] {
        let failure = Failure::from(village.exchange_at(url, minute(0)).await.unwrap_err());
        assert_eq!(failure.code, Code::HubWrong, "{url}: {}", failure.message);
        assert!(failure.message.contains("https://"), "{}", failure.message);
    }
}

#[tokio::test]
async fn a_connection_is_kept_from_one_exchange_to_the_next() {
    let county = County::new().await;
    let hub = county.encrypted(Limits::default()).await;
    let line = Line::to(&hub.url).await;
    let village = county.desk("village");
    for n in 0..4 {
        village.record(request(n as usize), minute(n)).unwrap();
        village.exchange_at(&line.url, minute(n)).await.unwrap();
    }
    assert_eq!(line.connections(), 1);
}

#[tokio::test]
async fn the_root_signs_with_its_password_and_may_lie_elsewhere() {
    let county = County::new().await;
    let (hub, kept) = (county.path("hub"), county.path("kept"));
    std::fs::remove_dir_all(hub.join("ca")).unwrap();
    let password = Some("一个足够长的根密钥口令");
    ca::found(&hub, county.hub.county(), password, minute(0)).unwrap();
    let root = |county: &County| county.hub.credentials(minute(0)).unwrap().unwrap().root;
    let first: Root = root(&county);
    assert_eq!(ca::renew(&hub, None, Some("猜的"), minute(1)).unwrap_err().code(), "wrong-password");
    ca::export(&hub, &kept, true).unwrap();
    assert_eq!(ca::renew(&hub, None, password, minute(1)).unwrap_err().code(), "root-key-away");
    let until = ca::renew(&hub, Some(&kept), password, minute(1)).unwrap();
    assert!(until.0 > minute(1).0 + LIFE_MS);
    assert_eq!(root(&county), first, "desks go on believing it");
    assert_eq!(ca::found(&hub, county.hub.county(), None, minute(2)).unwrap_err().code(), "not-empty");
    let kept: Vec<u8> = std::fs::read(county.path("kept/root.key.json")).unwrap();
    assert!(String::from_utf8(kept).unwrap().contains("sealed"));
    let anchor = Anchor::Root(first);
    let desk = Trust { anchor, holder: Holder::Hub, since: minute(0), us: None };
    let serving = county.encrypted(Limits::default()).await;
    Client::new(&serving.url, Some(desk)).unwrap().info("daiban-hub").await.unwrap();
}
