//! What an organ decides bears the signature of the person who decided it: the computer's key alone, or another user's
//! password, makes no decision of theirs.

use crate::convergence::request;
use automerge::{ROOT, ScalarValue, transaction::Transactable};
use daiban_contract::{
    Failure, Secret,
    act::{Act, AddUser, SetPassword, Unlock},
    ask,
    view::EventView,
};
use daiban_desk::Desk;
use daiban_domain::{
    EventId, Hlc, Instant, PersonId, RULES_VERSION, Role,
    case::{Event, State, event::LegalDate, transition},
};
use daiban_exchange::{Entry, Header, Partition, kind, person};
use daiban_replica::{
    case, document,
    store::key::{Login, recovery::Recovery},
};
use daiban_testkit::{Author, County, at, county::open_replica_as};
use ed25519_dalek::SigningKey;
use serde_json::json;
use std::{fs, path::Path};

const TOWNSHIP: &str = "621099100000";
const FIRST: &str = "杏花开了去赶集";
const SECOND: &str = "腊月二十三祭灶";
const ACTOR: [u8; 8] = [7; 8];

fn act(desk: &Desk, case_no: &str, event: &str, when: &str) -> State {
    let payload = json!({ "told": true }).as_object().cloned();
    let act = Act { case_no: case_no.to_owned(), event: event.to_owned(), payload, on: None };
    desk.act(act, at(when)).map_err(Failure::from).unwrap().state
}

/// The acceptance of a case, as a desk shows it.
fn acceptance(desk: &Desk, case_no: &str) -> EventView {
    let view = desk.case(ask::Case { case_no: case_no.to_owned() }, at("03-05T18:00")).unwrap();
    view.events.into_iter().find(|event| event.kind == "accept").unwrap()
}

/// A township's computer whose clerk has a password, and the sample's desks.
struct Story {
    county: County,
    village: Desk,
    clerk: Desk,
    top: Desk,
}

impl Story {
    async fn begin() -> Self {
        let county = County::new().await;
        let (village, top) = (county.desk("village"), county.desk("county"));
        county.exchange(&village, at("03-05T08:00")).await.unwrap();
        let (roles, now) = ([Role::Intake, Role::Reviewer], at("03-05T08:00"));
        county.hub_says(now);
        let code = county.hub.issue_code(TOWNSHIP.parse().unwrap(), &roles, now).unwrap().code;
        let clerk = county.enrol_under("clerk", &code, "赵四", Some(FIRST), now).await;
        Self { county, village, clerk, top }
    }

    async fn all_meet(&self, when: &str) {
        for desk in [&self.village, &self.clerk, &self.village, &self.top, &self.clerk] {
            self.county.exchange(desk, at(when)).await.unwrap();
        }
    }

    /// A case that waits at the township.
    async fn received(&self, n: usize) -> String {
        let case_no = self.village.record(request(2 * n), at("03-05T09:00")).unwrap().case_no;
        act(&self.village, &case_no, "handOver", "03-05T09:10");
        self.all_meet("03-05T09:20").await;
        act(&self.clerk, &case_no, "receive", "03-05T09:30");
        case_no
    }

    fn everywhere(&self, case_no: &str, check: impl Fn(&EventView)) {
        for desk in [&self.village, &self.clerk, &self.top] {
            check(&acceptance(desk, case_no));
        }
    }

    /// Somebody who has the clerk's folder open and the computer's key, but not her own key.
    fn beside(&self, case_no: &str, now: Instant) -> Forger {
        let login = Login { person: None, password: FIRST };
        let replica = open_replica_as(&self.county.path("clerk"), &self.county.path("keys"), Some(login));
        let row = case::find(replica.db(), case_no).unwrap().unwrap();
        let (document, partition) = document::identify(replica.db(), row).unwrap();
        Forger { author: Author::of(replica, partition, now), document, now }
    }
}

struct Forger {
    author: Author,
    document: daiban_domain::DocumentId,
    now: Instant,
}

impl Forger {
    fn accept(&self, id: u8, person: PersonId) -> Event {
        let identity = self.author.replica.identity();
        Event {
            id: EventId([id; 8]),
            kind: "accept".to_owned(),
            after: Vec::new(),
            rank: transition::rank("accept", identity.unit.level()),
            hlc: Hlc::at(self.now),
            at: self.now,
            on: LegalDate(self.now.date()),
            person,
            role: Role::Intake.to_string(),
            unit: identity.unit,
            device: identity.device,
            rules_version: RULES_VERSION,
            item_version: 1,
            paper: None,
            payload: r#"{"told":true}"#.to_owned(),
            authority: Default::default(),
        }
    }

    async fn write(&mut self, county: &County, event: &Event, value: Vec<u8>) {
        let mut automerge = self.author.document(self.document, ACTOR);
        let mut tx = automerge.transaction();
        tx.put(ROOT, format!("events/{}", event.id), ScalarValue::Bytes(value)).unwrap();
        tx.commit();
        let body = automerge.get_last_local_change().unwrap().raw_bytes().to_vec();
        let header = self.author.header(kind::CHANGE, Some(self.document), Some(ACTOR));
        self.author.write(Entry::new(&Header { person: Some(event.person), ..header }, body));
        self.author.send(county).await;
    }
}

#[tokio::test]
async fn a_decision_bears_its_authors_signature_on_every_desk() {
    let story = Story::begin().await;
    let case_no = story.received(0).await;
    assert_eq!(act(&story.clerk, &case_no, "accept", "03-05T10:00"), State::Accepted);
    story.all_meet("03-05T10:10").await;
    story.everywhere(&case_no, |event| assert!(event.signed && !event.contested, "{event:?}"));
    for name in ["village", "county"] {
        assert_eq!(story.county.replica(name).verify().unwrap(), [], "{name}");
    }
}

#[tokio::test]
async fn the_computers_key_alone_decides_nothing() {
    let story = Story::begin().await;
    let genuine = story.received(0).await;
    act(&story.clerk, &genuine, "accept", "03-05T10:00");
    type Forge = fn(&Forger, &Event, Vec<u8>) -> Vec<u8>;
    let forgeries: [(&str, Forge); 3] = [
        ("without a signature", |_, _, event| event),
        ("by another key", |forger, _, event| {
            person::sign(event, forger.document, &SigningKey::from_bytes(&[5; 32]))
        }),
        ("by the computer's", |forger, _, event| {
            person::sign(event, forger.document, forger.author.replica.signing_key())
        }),
    ];
    for (n, (what, forge)) in forgeries.into_iter().enumerate() {
        let case_no = story.received(n + 1).await;
        let mut forger = story.beside(&case_no, at("03-05T11:00"));
        let person = forger.author.replica.identity().person;
        let event = forger.accept(n as u8 + 1, person);
        let value = forge(&forger, &event, minicbor::to_vec(&event).unwrap());
        forger.write(&story.county, &event, value).await;
        story.all_meet("03-05T12:00").await;
        story.everywhere(&case_no, |event| {
            assert!(!event.signed && event.contested_why.contains("没有本人的签字"), "{what}: {event:?}");
        });
    }
}

/// A signature that was given once isn't taken for another case, or another decision.
#[tokio::test]
async fn a_signature_can_be_used_once() {
    let story = Story::begin().await;
    let genuine = story.received(0).await;
    let other = story.received(1).await;
    act(&story.clerk, &genuine, "accept", "03-05T10:00");
    story.all_meet("03-05T10:10").await;
    let signed = {
        let forger = story.beside(&genuine, at("03-05T11:00"));
        let db = forger.author.replica.db();
        let document = document::Document::load(db, case::find(db, &genuine).unwrap().unwrap()).unwrap();
        let events = document.events(db).unwrap();
        let accept = events.iter().find(|event| event.kind == "accept").unwrap().clone();
        let value = document.bytes(&format!("events/{}", accept.id)).unwrap().to_vec();
        (accept, value)
    };
    let mut forger = story.beside(&other, at("03-05T11:00"));
    forger.write(&story.county, &signed.0, signed.1).await;
    story.all_meet("03-05T12:00").await;
    story.everywhere(&other, |event| assert!(!event.signed && event.contested, "{event:?}"));
    story.everywhere(&genuine, |event| assert!(event.signed && !event.contested, "{event:?}"));
}

/// Somebody of one computer isn't believed at another.
#[tokio::test]
async fn nobody_decides_from_a_computer_at_which_they_do_not_work() {
    let story = Story::begin().await;
    let case_no = story.received(0).await;
    let someone = story.county.replica("township").identity().person;
    let mut forger = story.beside(&case_no, at("03-05T11:00"));
    let event = forger.accept(1, someone);
    let value = minicbor::to_vec(&event).unwrap();
    forger.write(&story.county, &event, value).await;
    story.all_meet("03-05T12:00").await;
    story.everywhere(&case_no, |event| {
        assert!(event.contested_why.contains("没有登记在这台电脑上"), "{event:?}");
    });
}

#[tokio::test]
async fn another_password_another_user_and_a_forgotten_password() {
    let story = Story::begin().await;
    let Story { county, clerk, .. } = &story;
    let cases =
        [story.received(0).await, story.received(1).await, story.received(2).await, story.received(3).await];
    act(clerk, &cases[0], "accept", "03-05T10:00");

    // Another password leaves the key what it was.
    let change = SetPassword { old: Some(Secret::new(FIRST)), new: Secret::new(SECOND) };
    let users = clerk.set_password(change, at("03-05T10:10")).unwrap();
    let unlock = |person: PersonId, password: &str| {
        clerk.unlock(Unlock { person: Some(person), password: Secret::new(password) }, at("03-05T10:20"))
    };
    let first = users.users[0].person;
    unlock(first, SECOND).unwrap();
    act(clerk, &cases[1], "accept", "03-05T10:30");

    // Another user signs as themselves.
    let now = at("03-05T10:40");
    county.hub_says(now);
    let code = county.hub.issue_code(TOWNSHIP.parse().unwrap(), &[Role::Intake], now).unwrap().code;
    let add = AddUser { code, name: "马得草".to_owned(), password: Secret::new(FIRST) };
    let users = clerk.add_user(add, now).await.unwrap();
    let second = users.users.iter().find(|user| user.person != first).unwrap().person;
    unlock(second, FIRST).unwrap();
    act(clerk, &cases[2], "accept", "03-05T10:50");

    // Who has forgotten the password signs with another key, for which the county has signed.
    let (asked, answer) = (county.path("asked"), county.path("answer"));
    clerk.ask_recovery(&asked).unwrap();
    let read = |file: &Path| serde_json::from_slice::<Recovery>(&fs::read(file).unwrap()).unwrap();
    let answered = read(&asked).answer(&county.hub.bundle_key(), |key| county.hub.vouch(key)).unwrap();
    fs::write(&answer, serde_json::to_vec(&answered).unwrap()).unwrap();
    clerk.recover(&answer, "赵四", &Secret::new("正月十五看花灯"), at("03-05T11:00")).unwrap();
    unlock(first, "正月十五看花灯").unwrap();
    act(clerk, &cases[3], "accept", "03-05T11:10");

    story.all_meet("03-05T12:00").await;
    for (n, case_no) in cases.iter().enumerate() {
        story.everywhere(case_no, |event| assert!(event.signed && !event.contested, "{n}: {event:?}"));
    }
    let by: Vec<String> = cases.iter().map(|case_no| acceptance(&story.top, case_no).by).collect();
    assert_eq!(by, ["赵四", "赵四", "马得草", "赵四"]);
    // And the same when everything is told anew.
    for name in ["village", "county"] {
        assert_eq!(county.replica(name).verify().unwrap(), [], "{name}");
    }
}

/// A key that the hub hasn't signed for is nobody's.
#[tokio::test]
async fn a_key_without_the_hubs_word_is_not_believed() {
    let story = Story::begin().await;
    let case_no = story.received(0).await;
    let key = SigningKey::from_bytes(&[5; 32]);
    let mut forger = story.beside(&case_no, at("03-05T11:00"));
    let person = forger.author.replica.identity().person;
    let claimed = person::AnotherKey {
        person,
        key: key.verifying_key().to_bytes(),
        signature: person::AnotherKey::vouch(
            forger.author.replica.signing_key(),
            key.verifying_key().as_bytes(),
        ),
    };
    let unit = TOWNSHIP.parse().unwrap();
    let login = Login { person: None, password: FIRST };
    let replica = open_replica_as(&story.county.path("clerk"), &story.county.path("keys"), Some(login));
    let mut claims = Author::of(replica, Partition::public(unit), at("03-05T11:00"));
    let header = claims.header(kind::PERSON_KEY, None, None);
    claims.write(Entry::new(&header, daiban_exchange::wire::encode(&claimed)));
    claims.send(&story.county).await;
    let event = forger.accept(1, person);
    let value = person::sign(minicbor::to_vec(&event).unwrap(), forger.document, &key);
    forger.write(&story.county, &event, value).await;
    story.all_meet("03-05T12:00").await;
    story.everywhere(&case_no, |event| assert!(event.contested_why.contains("没有本人的签字"), "{event:?}"));
}
