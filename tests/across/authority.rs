//! Acts that a device writes in somebody else's name, or in a role that its person never had: kept, shown, without effect.

use crate::convergence::request;
use automerge::{ROOT, transaction::Transactable};
use daiban_contract::{
    act::{Act, Delegate},
    ask,
};
use daiban_desk::Desk;
use daiban_domain::{
    EventId, Hlc, PersonId, RULES_VERSION, Role, UnitCode,
    case::{
        Event, State,
        event::{LegalDate, latest},
        transition,
    },
    delegation::Delegation,
};
use daiban_exchange::Partition;
use daiban_replica::{case, document::Document};
use daiban_testkit::{Author, County, at};

const ACTOR: [u8; 8] = [7; 8];

/// The village's device, under its own key, says that the township has received the case.
#[tokio::test]
async fn nobody_acts_in_anothers_name_or_role() {
    let county = County::new().await;
    let [village, township, top] = ["village", "township", "county"].map(|name| county.desk(name));
    for desk in [&village, &township, &village] {
        county.exchange(desk, at("03-05T08:00")).await.unwrap();
    }
    let case_no = village.record(request(0), at("03-05T09:00")).unwrap().case_no;
    county.exchange(&village, at("03-05T09:10")).await.unwrap();
    county.exchange(&township, at("03-05T09:10")).await.unwrap();

    let unit: UnitCode = "621099100200".parse().unwrap();
    let mut author = Author::beside(&county, "village", Partition::work(unit, 2026), at("03-05T09:20"));
    let identity = author.replica.identity().clone();
    let row = case::find(author.replica.db(), &case_no).unwrap().unwrap();
    let (document, _) = daiban_replica::document::identify(author.replica.db(), row).unwrap();
    let clerk = county.replica("township").identity().clone();
    let event = |id: u8, kind: &str, role: Role| Event {
        id: EventId([id; 8]),
        kind: kind.to_owned(),
        after: Vec::new(),
        rank: transition::rank(kind, identity.unit.level()),
        hlc: Hlc::at(at("03-05T09:20")),
        at: at("03-05T09:20"),
        on: LegalDate(at("03-05T09:20").date()),
        person: identity.person,
        role: role.to_string(),
        unit: identity.unit,
        device: identity.device,
        rules_version: RULES_VERSION,
        item_version: 1,
        paper: None,
        payload: String::new(),
        authority: Default::default(),
    };
    let behalf = format!("{{\"onBehalfOf\":\"{}\"}}", clerk.person);
    let forged = [
        // In a role that she never had.
        event(1, "receive", Role::Intake),
        // In the clerk's name, and as if at the clerk's desk.
        Event { person: clerk.person, ..event(2, "receive", Role::Intake) },
        Event {
            person: clerk.person,
            unit: clerk.unit,
            device: clerk.device,
            ..event(3, "receive", Role::Intake)
        },
        // By somebody whom nobody knows.
        Event { person: PersonId([9; 8]), ..event(4, "receive", Role::Intake) },
        // For the clerk, in a role that the clerk doesn't have either.
        Event { payload: behalf.clone(), ..event(5, "withdraw", Role::CountyMerge) },
        // For the clerk, who has the role, but at another unit.
        Event { payload: behalf, ..event(6, "receive", Role::Intake) },
    ];
    let mut automerge = author.document(document, ACTOR);
    let mut actor = Some(ACTOR);
    for event in &forged {
        let mut tx = automerge.transaction();
        tx.put(ROOT, format!("events/{}", event.id), minicbor::to_vec(event).unwrap()).unwrap();
        tx.commit();
        let body = automerge.get_last_local_change().unwrap().raw_bytes().to_vec();
        author.change(document, actor.take(), body);
    }
    author.send(&county).await;

    for desk in [&village, &township, &top] {
        county.exchange(desk, at("03-05T10:00")).await.unwrap();
        let view = desk.case(ask::Case { case_no: case_no.clone() }, at("03-05T10:10")).unwrap();
        assert_eq!(view.state, State::Registered);
        let why = |id: u8| {
            let id = EventId([id; 8]);
            view.events.iter().find(|event| event.id == id).unwrap().contested_why.clone()
        };
        for (id, expected) in [
            (1, "当时没有这个岗位角色"),
            (2, "不是同一个"),
            (3, "不是同一个"),
            (4, "不是同一个"),
            (5, "当时没有这个岗位角色"),
            (6, "没有查到那天本人把这件事委托给办的人"),
        ] {
            assert!(why(id).contains(expected), "{id}: {}", why(id));
        }
    }
    for name in ["village", "township", "county"] {
        assert_eq!(county.replica(name).verify().unwrap(), [], "{name}");
    }
}

/// What somebody did for another counts by the word that left it to them, whichever of the two is heard of first.
#[tokio::test]
async fn an_act_for_another_counts_by_their_word() {
    let county = County::new().await;
    let [village, township, top] = ["village", "township", "county"].map(|name| county.desk(name));
    county.exchange(&village, at("03-05T08:00")).await.unwrap();
    let unit = "621099100000";
    county.enrol("second", unit, &[Role::Issuer], "马得草", at("03-05T08:00")).await;
    let case_no = village.record(request(0), at("03-05T09:00")).unwrap().case_no;
    let hand_over = Act { case_no: case_no.clone(), event: "handOver".to_owned(), payload: None, on: None };
    village.act(hand_over, at("03-05T09:05")).unwrap();
    for desk in [&village, &township, &county.desk("second"), &top] {
        county.exchange(desk, at("03-05T09:10")).await.unwrap();
    }

    let partition = Partition::work("621099100200".parse().unwrap(), 2026);
    let mut author = Author::beside(&county, "second", partition, at("03-05T09:20"));
    let identity = author.replica.identity().clone();
    let row = case::find(author.replica.db(), &case_no).unwrap().unwrap();
    let (document, _) = daiban_replica::document::identify(author.replica.db(), row).unwrap();
    let seen = Document::load(author.replica.db(), row).unwrap().events(author.replica.db()).unwrap();
    let clerk = county.replica("township").identity().person;
    let event = Event {
        id: EventId([1; 8]),
        kind: "receive".to_owned(),
        after: latest(&seen),
        rank: transition::rank("receive", identity.unit.level()),
        hlc: Hlc::at(at("03-05T09:20")),
        at: at("03-05T09:20"),
        on: LegalDate(at("03-05T09:20").date()),
        person: identity.person,
        role: Role::Intake.to_string(),
        unit: identity.unit,
        device: identity.device,
        rules_version: RULES_VERSION,
        item_version: 1,
        paper: None,
        payload: format!("{{\"onBehalfOf\":\"{clerk}\"}}"),
        authority: Default::default(),
    };
    let mut automerge = author.document(document, ACTOR);
    let mut tx = automerge.transaction();
    tx.put(ROOT, format!("events/{}", event.id), minicbor::to_vec(&event).unwrap()).unwrap();
    tx.commit();
    let body = automerge.get_last_local_change().unwrap().raw_bytes().to_vec();
    author.change(document, Some(ACTOR), body);
    author.send(&county).await;

    let why = |desk: &Desk| {
        let view = desk.case(ask::Case { case_no: case_no.clone() }, at("03-05T10:10")).unwrap();
        view.events.into_iter().find(|other| other.id == event.id).unwrap().contested_why
    };
    let desks = [&village, &township, &top];
    for desk in desks {
        county.exchange(desk, at("03-05T10:00")).await.unwrap();
        assert!(why(desk).contains("没有查到那天本人把这件事委托给办的人"), "{}", why(desk));
    }
    let today = at("03-05T09:20").date();
    let delegation = Delegation {
        from: clerk,
        to: identity.person,
        item_ids: Vec::new(),
        since: today,
        until: today,
        reason: "下村".to_owned(),
    };
    township.delegate(Delegate { delegation }, at("03-05T10:20")).unwrap();
    for desk in [&township, &village, &top] {
        county.exchange(desk, at("03-05T10:30")).await.unwrap();
        assert_eq!(why(desk), "");
    }
    for name in ["village", "township", "county"] {
        assert_eq!(county.replica(name).verify().unwrap(), [], "{name}");
    }
}
