//! The second quarantine: what is authentic and can't count is held, counted and withheld; nobody else is held up; the
//! verdict travels back, the author's desk says again what it had said, and the case turns green.

use crate::convergence::{DESKS, request};
use automerge::{
    ActorId, Automerge, Change, ExpandedChange, ROOT, ScalarValue,
    legacy::{Key, OpId, OpType},
    transaction::Transactable,
};
use daiban_contract::{
    act::Set,
    ask,
    view::{CaseView, Reach},
};
use daiban_desk::Desk;
use daiban_domain::{DocumentId, Instant};
use daiban_exchange::{
    Entry, Log as _, Partition, kind,
    verdict::{Spoken, Verdict},
    wire,
};
use daiban_replica::{document::Unfit, verify::Fault};
use daiban_testkit::{Author, County, at};

fn minute(n: i64) -> Instant {
    Instant(at("03-05T09:00").0 + n * 60_000)
}

fn case(desk: &Desk, case_no: &str) -> CaseView {
    desk.case(ask::Case { case_no: case_no.to_owned() }, minute(0)).unwrap()
}

fn document_of(county: &County, case_no: &str) -> DocumentId {
    let replica = county.replica("village");
    let sql = "SELECT document.document FROM case_row JOIN document USING (id) WHERE case_no = ?";
    DocumentId(replica.db().query_row(sql, [case_no], |row| row.get(0)).unwrap())
}

fn village() -> Partition {
    Partition::work("621099100200".parse().unwrap(), 2026)
}

/// The last change of an edit, as automerge writes it.
fn edited(document: &mut Automerge, key: &str, value: impl Into<ScalarValue>) -> Change {
    let mut tx = document.transaction();
    tx.put(ROOT, key, value).unwrap();
    let _ = tx.commit();
    document.get_last_local_change().unwrap()
}

fn rewritten(change: &Change, rewrite: impl FnOnce(&mut ExpandedChange)) -> Vec<u8> {
    let mut change = change.decode();
    rewrite(&mut change);
    Change::from(change).raw_bytes().to_vec()
}

const ACTOR: [u8; 8] = [0xba; 8];

/// What is wrong with a change, and whether something of it can be said again.
type Crime = (&'static str, Unfit, bool, fn(&Change) -> Vec<u8>);

const CRIMES: [Crime; 7] = [
    ("a number that doesn't follow", Unfit::Sequence, true, |change| {
        rewritten(change, |change| change.seq += 7)
    }),
    ("an operation that nobody made", Unfit::Predecessor, true, |change| {
        rewritten(change, |change| {
            change.operations[0].pred = vec![OpId(900, ActorId::from([9; 8]))].into();
        })
    }),
    ("a nested object", Unfit::Operation, true, |change| {
        rewritten(change, |change| {
            let mut nested = change.operations[0].clone();
            nested.action = OpType::Make(automerge::ObjType::Map);
            nested.key = Key::Map("nested".into());
            nested.pred = Vec::new().into();
            change.operations.push(nested);
        })
    }),
    ("a counter", Unfit::Operation, true, |change| {
        rewritten(change, |change| {
            let mut counter = change.operations[0].clone();
            counter.action = OpType::Put(ScalarValue::counter(1));
            counter.key = Key::Map("counter".into());
            counter.pred = Vec::new().into();
            change.operations.push(counter);
        })
    }),
    ("another's actor", Unfit::Actor, true, |change| {
        rewritten(change, |change| change.actor_id = ActorId::from([0x0f; 8]))
    }),
    ("a compressed chunk", Unfit::Bytes, false, |change| {
        let mut body = change.raw_bytes().to_vec();
        body[8] = 2;
        body
    }),
    ("no change at all", Unfit::Bytes, false, |_| b"nothing that anybody could read".to_vec()),
];

#[tokio::test]
async fn whatever_a_village_signs_nobody_else_is_held_up_and_its_desk_says_it_again() {
    let county = County::new().await;
    let [village_desk, township, top] = DESKS.map(|name| county.desk(name));
    let cases: Vec<String> = (0..CRIMES.len())
        .map(|n| village_desk.record(request(n), minute(n as i64)).unwrap().case_no)
        .collect();
    for desk in [&village_desk, &township, &top] {
        county.exchange(desk, minute(20)).await.unwrap();
    }

    let mut author = Author::beside(&county, "village", village(), minute(30));
    for ((_, _, _, crime), case_no) in CRIMES.iter().zip(&cases) {
        let id = document_of(&county, case_no);
        let mut document = author.document(id, ACTOR);
        let phone = edited(&mut document, "applicant.phone", "13700000001");
        let bad = crime(&phone);
        author.change(id, Some(ACTOR), bad.clone());
        // What the same person wrote next, on top of it.
        let address = edited(&mut document, "applicant.address", "上塬村九组");
        let hash = Change::from_bytes(bad).map(|bad| bad.hash());
        let next = rewritten(&address, |change| {
            if let Ok(hash) = hash {
                change.deps = vec![hash];
            }
        });
        author.change(id, None, next);
    }
    author.send(&county).await;

    // Others work on, on the same cases.
    for case_no in &cases {
        let set = Set {
            case_no: case_no.clone(),
            path: "applicant.name".to_owned(),
            value: "王秀英".to_owned(),
            reason: None,
        };
        township.set(set, minute(40)).unwrap();
    }
    county.exchange(&township, minute(41)).await.unwrap();
    county.exchange(&top, minute(42)).await.unwrap();
    for ((name, unfit, ..), case_no) in CRIMES.iter().zip(&cases) {
        for desk in [&township, &top] {
            let view = case(desk, case_no);
            assert_eq!(view.applicant.name, "王秀英", "{name}");
            assert_eq!(view.applicant.phone, "13912345678", "{name}");
            assert!(view.set_aside.contains("没有算进来"), "{name}: {:?}", view.set_aside);
            assert_eq!((view.county_receipt, view.reach), (false, Reach::Here), "{name}");
        }
        let faults = county.replica("township").verify().unwrap();
        let told = |fault: &Fault| matches!(fault, Fault::Withheld { reason, .. } if *reason == Some(*unfit));
        assert!(faults.iter().any(told), "{name}: {faults:?}");
    }
    let sql = "SELECT count(*) FROM verdict";
    let verdicts =
        |name: &str| -> usize { county.replica(name).db().query_row(sql, [], |row| row.get(0)).unwrap() };
    assert_eq!(verdicts("county"), CRIMES.len(), "the township's verdicts have come to the county");

    for desk in [&village_desk, &township, &top, &village_desk] {
        county.exchange(desk, minute(50)).await.unwrap();
    }
    for ((name, _, again, _), case_no) in CRIMES.iter().zip(&cases) {
        for desk in [&village_desk, &township, &top] {
            let view = case(desk, case_no);
            assert_eq!(view.applicant.name, "王秀英", "{name}");
            let phone = if *again { "13700000001" } else { "13912345678" };
            assert_eq!(view.applicant.phone, phone, "{name}");
            assert_eq!(view.county_receipt, *again, "{name}: {}", view.set_aside);
            assert_eq!(view.set_aside.is_empty(), *again, "{name}: {}", view.set_aside);
            if *again {
                assert_eq!(view.applicant.address, "上塬村九组", "{name}");
            }
        }
    }
    let digests = DESKS.map(|name| {
        let mut replica = county.replica(name);
        let before = replica.digest().unwrap();
        replica.rebuild().unwrap();
        assert_eq!(replica.digest().unwrap(), before, "{name}: rebuilt");
        before
    });
    assert_eq!(digests[0], digests[1]);
    assert_eq!(digests[1], digests[2]);

    // Said again once: later exchanges find nothing more to say.
    let held = |name: &str| -> u64 {
        county.replica(name).db().query_row("SELECT count(*) FROM entry", [], |row| row.get(0)).unwrap()
    };
    let before = DESKS.map(held);
    for n in 60..63 {
        for desk in [&village_desk, &township, &top] {
            county.exchange(desk, minute(n)).await.unwrap();
        }
    }
    assert_eq!(DESKS.map(held), before);
}

/// A county whose desks all hold one case of the village's.
async fn county_with_a_case() -> (County, String, DocumentId) {
    let county = County::new().await;
    let case_no = county.desk("village").record(request(0), minute(0)).unwrap().case_no;
    round(&county, 1).await;
    let id = document_of(&county, &case_no);
    (county, case_no, id)
}

async fn round(county: &County, n: i64) {
    for name in DESKS {
        county.exchange(&county.desk(name), minute(n)).await.unwrap();
    }
}

fn set(case_no: &str, path: &str, value: &str) -> Set {
    Set { case_no: case_no.to_owned(), path: path.to_owned(), value: value.to_owned(), reason: None }
}

/// The case as all three desks show it, once they agree.
fn agreed(county: &County, case_no: &str) -> CaseView {
    let views = DESKS.map(|name| {
        let view = case(&county.desk(name), case_no);
        assert_eq!(county.replica(name).verify().unwrap(), [], "{name}");
        CaseView { offers: Vec::new(), correctable: Vec::new(), ..view }
    });
    assert_eq!(views[0], views[1]);
    assert_eq!(views[1], views[2]);
    assert!(views[0].county_receipt && views[0].set_aside.is_empty(), "{:?}", views[0].set_aside);
    let [village, .., top] = views;
    assert_eq!(village, top);
    village
}

fn values(view: &CaseView) -> Vec<&str> {
    view.conflicts.iter().flat_map(|conflict| &conflict.values).map(|side| side.value.as_str()).collect()
}

/// The same, with a correction of the phone to …01 that can't count, as the village wrote it and as automerge would have.
async fn county_with_a_bad_phone() -> (County, String, DocumentId, Vec<u8>, Change) {
    let (county, case_no, id) = county_with_a_case().await;
    let mut author = Author::beside(&county, "village", village(), minute(10));
    let mut document = author.document(id, ACTOR);
    let phone = edited(&mut document, "applicant.phone", "13700000001");
    let bad = rewritten(&phone, |change| change.seq += 7);
    author.change(id, Some(ACTOR), bad.clone());
    author.send(&county).await;
    (county, case_no, id, bad, phone)
}

#[tokio::test]
async fn what_is_said_again_displaces_nothing_that_came_meanwhile() {
    let (county, case_no, ..) = county_with_a_bad_phone().await;
    // The township corrects the same phone and knows nothing of it.
    county.desk("township").set(set(&case_no, "applicant.phone", "13700000002"), minute(11)).unwrap();
    for n in 12..15 {
        round(&county, n).await;
    }
    assert_eq!(values(&agreed(&county, &case_no)), ["13700000002", "13700000001"], "both, as it was meant");
}

#[tokio::test]
async fn what_its_author_has_replaced_since_is_not_said_again() {
    let (county, case_no, ..) = county_with_a_bad_phone().await;
    county.desk("village").set(set(&case_no, "applicant.phone", "13700000003"), minute(11)).unwrap();
    for n in 12..15 {
        round(&county, n).await;
    }
    let view = agreed(&county, &case_no);
    assert_eq!((view.applicant.phone.as_str(), view.conflicts.len()), ("13700000003", 0));
}

#[tokio::test]
async fn who_built_on_a_bad_change_says_it_again_too_and_knowing_it_replaces_it() {
    let (county, case_no, id, bad, phone) = county_with_a_bad_phone().await;
    // A township whose program took it: its clerk saw that phone and corrected it.
    let other = [0x70; 8];
    let mut clerk = Author::beside(&county, "township", village(), minute(11));
    let mut document = clerk.document(id, other);
    let correction = edited(&mut document, "applicant.phone", "13700000002");
    let made = OpId(phone.decode().start_op.get(), ActorId::from(ACTOR));
    let correction = rewritten(&correction, |change| {
        change.deps = vec![Change::from_bytes(bad).unwrap().hash()];
        change.start_op = change.start_op.saturating_add(1);
        change.operations[0].pred = vec![made].into();
    });
    clerk.change(id, Some(other), correction);
    clerk.send(&county).await;
    for n in 12..16 {
        round(&county, n).await;
    }
    let view = agreed(&county, &case_no);
    assert_eq!(view.applicant.phone, "13700000002");
    // Whichever desk spoke first, nobody's word is lost: one value, or both beside each other.
    assert!(values(&view).is_empty() || values(&view) == ["13700000002", "13700000001"]);
}

/// A stricter program finds unfit what this one holds for fit: the author takes its word and says it again on ground that
/// both accept.
#[tokio::test]
async fn a_verdict_is_heeded_even_where_the_author_sees_nothing_wrong() {
    let (county, case_no, _) = county_with_a_case().await;
    let village_desk = county.desk("village");
    village_desk.set(set(&case_no, "applicant.phone", "13700000001"), minute(2)).unwrap();
    village_desk.set(set(&case_no, "applicant.address", "上塬村九组"), minute(3)).unwrap();
    round(&county, 4).await;
    let (feed, n, body) = {
        let mut replica = county.replica("village");
        let feed = replica.identity().feed(village());
        let sql = "SELECT n FROM entry WHERE kind = 1 AND document = (SELECT id FROM case_row)
                   ORDER BY n DESC LIMIT 1 OFFSET 1";
        let n: u64 = replica.db().query_row(sql, [], |row| row.get(0)).unwrap();
        let entry = replica.intake(|log| log.entry(&feed, n)).unwrap().unwrap();
        (feed, n, entry.body)
    };
    let mut judge = Author::beside(&county, "township", village(), minute(5));
    let verdict = Verdict {
        on: Spoken::of(&feed, n, &body),
        reason: 99,
        dependents: vec![(feed, n + 1)],
        program: "9.0.0".to_owned(),
    };
    // And one on other bytes, which says nothing of these.
    let other = Verdict { on: Spoken::of(&feed, n + 1, b"something else"), ..verdict.clone() };
    for verdict in [verdict, other] {
        let header = judge.header(kind::VERDICT, None, None);
        judge.write(Entry::new(&header, wire::encode(&verdict)));
    }
    judge.send(&county).await;
    county.exchange(&county.desk("township"), minute(6)).await.unwrap();
    assert!(case(&county.desk("township"), &case_no).set_aside.contains("写法不合规定"));
    round(&county, 7).await;
    round(&county, 8).await;
    let view = agreed(&county, &case_no);
    assert_eq!(view.conflicts, []);
    assert_eq!(
        (view.applicant.phone.as_str(), view.applicant.address.as_str()),
        ("13700000001", "上塬村九组")
    );
    let again: u64 = county
        .replica("county")
        .db()
        .query_row("SELECT count(*) FROM reissue WHERE by_entry > 0", [], |row| row.get(0))
        .unwrap();
    assert_eq!(again, 2, "the entry judged and the one that builds on it, once each");
}

/// A verdict passed on an entry before anyone knew that its feed parts there still speaks of that one, and of no other.
#[tokio::test]
async fn of_two_branches_only_the_one_that_was_judged_is_said_again() {
    let (county, case_no, id) = county_with_a_case().await;
    let mut one = Author::beside(&county, "village", village(), minute(10));
    let mut other = one.twin(&county, "village");
    let mut document = one.document(id, ACTOR);
    let phone = edited(&mut document, "applicant.phone", "13700000001");
    one.change(id, Some(ACTOR), rewritten(&phone, |change| change.seq += 7));
    one.send(&county).await;
    // The verdict is passed while only this life is known.
    county.exchange(&county.desk("township"), minute(11)).await.unwrap();
    let twin = [0xbb; 8];
    let mut document = other.document(id, twin);
    let address = edited(&mut document, "applicant.address", "上塬村九组");
    other.change(id, Some(twin), address.raw_bytes().to_vec());
    other.send(&county).await;
    for n in 12..16 {
        round(&county, n).await;
    }
    let view = agreed(&county, &case_no);
    assert_eq!(view.conflicts, []);
    assert_eq!(
        (view.applicant.phone.as_str(), view.applicant.address.as_str()),
        ("13700000001", "上塬村九组")
    );
    let sql = "SELECT count(*), count(entry) FROM reissue";
    let reissues: (u64, u64) =
        county.replica("county").db().query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!(reissues, (1, 1));
    let digests = DESKS.map(|name| county.replica(name).digest().unwrap());
    assert!(digests.iter().all(|digest| *digest == digests[0]));
}
