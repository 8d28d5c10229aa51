//! The same person in several registers and the same request in several villages, whatever arrives first.

use daiban_contract::{
    Failure,
    act::{LinkResidents, Record, SetResident},
    ask,
    view::{Applicant, DuplicatesView, ResidentRow},
};
use daiban_desk::Desk;
use daiban_domain::{Instant, Level, Role, erasure::Ground};
use daiban_replica::resident::{
    entry,
    link::{self, End, Ends},
};
use daiban_testkit::{
    County, at,
    program::{daiban, run},
};
use proptest::prelude::*;
use serde_json::json;

/// Numbers of a woman and of twins who are neighbours in the number; the last is nobody's yet.
const NUMBERS: [&str; 4] = ["621099198701011189", "621099201602290033", "62109920160229005X", ""];
const NAMES: [&str; 3] = ["单晓伟", "单晓卫", "王秀兰"];
const DESKS: [&str; 4] = ["village", "liuwan", "township", "county"];

#[derive(Clone, Debug)]
enum Step {
    Apply { desk: usize, name: usize, number: usize, item: usize },
    Correct { desk: usize, nth: usize, number: usize },
    Link { desk: usize, one: usize, other: usize, linked: bool },
    Exchange { desk: usize },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..3usize, 0..3usize, 0..4usize, 0..2usize)
            .prop_map(|(desk, name, number, item)| Step::Apply { desk, name, number, item }),
        1 => (0..3usize, 0..8usize, 0..3usize).prop_map(|(desk, nth, number)| Step::Correct { desk, nth, number }),
        3 => (1..4usize, 0..8usize, 0..8usize, any::<bool>())
            .prop_map(|(desk, one, other, linked)| Step::Link { desk, one, other, linked }),
        3 => (0..4usize).prop_map(|desk| Step::Exchange { desk }),
    ]
}

fn all(desk: &Desk) -> Vec<ResidentRow> {
    let find =
        |text: &str| desk.residents(ask::Residents { search: text.to_owned() }, at("03-05T12:00")).unwrap();
    let mut all: Vec<ResidentRow> = ["单晓", "王秀"].into_iter().flat_map(find).collect();
    all.sort_by_key(|row| row.id);
    all
}

fn found(desk: &Desk) -> DuplicatesView {
    let mut found = desk.duplicates(ask::Duplicates::default(), at("03-05T12:00")).unwrap();
    // Who may void differs from desk to desk.
    found.cases.iter_mut().for_each(|pair| pair.blocked.clear());
    found
}

async fn county_of_four() -> (County, [Desk; 4]) {
    let county = County::new().await;
    let roles = Role::working(Level::Village);
    county.enrol("liuwan", "621099100201", roles, "张桂芳", at("03-01T08:00")).await;
    let desks = DESKS.map(|name| county.desk(name));
    (county, desks)
}

async fn play(steps: Vec<Step>) {
    let (county, desks) = county_of_four().await;
    let mut now = at("03-05T09:00");
    let mut said = Vec::new();
    for step in steps {
        now = Instant(now.0 + 60_000);
        match step {
            Step::Apply { desk, name, number, item } => {
                let applicant = Applicant {
                    name: NAMES[name].to_owned(),
                    id_no: NUMBERS[number].to_owned(),
                    ..Applicant::default()
                };
                let item_id = ["I002", "I018"][item].to_owned();
                desks[desk].record(Record { item_id, applicant, ..Record::default() }, now).unwrap();
            }
            Step::Correct { desk, nth, number } => {
                if let Some(row) = all(&desks[desk]).get(nth) {
                    let value = NUMBERS[number].to_owned();
                    let request = SetResident { id: row.id, field: "idNo".to_owned(), value };
                    desks[desk].set_resident(request, now).unwrap();
                }
            }
            Step::Link { desk, one, other, linked } => {
                let all = all(&desks[desk]);
                if let (Some(one), Some(other)) = (all.get(one), all.get(other)) {
                    let request = LinkResidents {
                        one: one.id,
                        other: other.id,
                        linked,
                        reason: "查过户口簿".to_owned(),
                    };
                    if desks[desk].link_residents(request, now).is_ok() {
                        said.push((one.id, other.id));
                    }
                }
            }
            Step::Exchange { desk } => _ = county.exchange(&desks[desk], now).await.unwrap(),
        }
    }
    for desk in desks.iter().chain(&desks) {
        county.exchange(desk, now).await.unwrap();
    }
    assert_eq!(found(&desks[2]), found(&desks[3]), "the township and the county find the same");
    assert_eq!(all(&desks[2]), all(&desks[3]));
    for row in all(&desks[2]) {
        let [township, county] = [&desks[2], &desks[3]]
            .map(|desk| desk.person(ask::Person { id: row.id }, now).map_err(Failure::from).unwrap());
        assert_eq!(township, county, "one person looks the same at both");
        // Two numbers are two people unless somebody has said otherwise.
        let numbers: Vec<&str> = township.entries.iter().map(|entry| entry.id_no.as_str()).collect();
        let differ = numbers.iter().any(|number| *number != numbers[0]);
        let words = township
            .entries
            .iter()
            .any(|entry| said.iter().any(|(one, other)| [*one, *other].contains(&entry.id)));
        assert!(!differ || words, "joined without a word");
    }
    drop(desks);
    for name in DESKS {
        let mut replica = county.replica(name);
        assert_eq!(replica.verify().unwrap(), [], "{name}");
        let before = replica.digest().unwrap();
        replica.rebuild().unwrap();
        assert_eq!(replica.digest().unwrap(), before, "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_any_order_the_same_people_and_requests_are_found(steps in prop::collection::vec(step(), 1..20)) {
        tokio::runtime::Runtime::new().unwrap().block_on(play(steps));
    }

    /// Twins, or a mother and her child, in two villages: joined by a word, parted again, and as they were.
    #[test]
    fn what_is_taken_back_leaves_two_people(one in 0..3usize, other in 0..3usize, name in 0..3usize) {
        prop_assume!(one != other);
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let (county, desks) = county_of_four().await;
            let now = at("03-05T09:00");
            for (desk, number) in [(0, one), (1, other)] {
                let applicant = Applicant {
                    name: NAMES[name].to_owned(),
                    id_no: NUMBERS[number].to_owned(),
                    ..Applicant::default()
                };
                let request = Record { item_id: "I002".to_owned(), applicant, ..Record::default() };
                desks[desk].record(request, now).unwrap();
                county.exchange(&desks[desk], now).await.unwrap();
            }
            county.exchange(&desks[2], now).await.unwrap();
            let people = || {
                let mut people = all(&desks[2]);
                // Of two that somebody has told apart nobody asks again.
                people.iter_mut().for_each(|row| row.namesakes.clear());
                people
            };
            let before = (found(&desks[2]), people());
            assert_eq!(before.0, DuplicatesView::default(), "two numbers are no finding");
            let ids = [before.1[0].id, before.1[1].id];
            for (linked, entries, cases) in [(true, 2, 1), (false, 1, 0)] {
                let request = LinkResidents { one: ids[0], other: ids[1], linked, reason: "重号".to_owned() };
                desks[2].link_residents(request, now).unwrap();
                let person = desks[2].person(ask::Person { id: ids[1] }, now).unwrap();
                assert_eq!(person.entries.len(), entries);
                assert_eq!(found(&desks[2]).cases_total, cases, "the requests of one person are compared");
            }
            assert_eq!((found(&desks[2]), people()), before);
        });
    }
}

/// Two desks that hadn't heard of each other each made a document of the same two.
#[tokio::test]
async fn of_two_documents_about_a_pair_either_counts_without_the_other() {
    let (county, desks) = county_of_four().await;
    let now = at("03-05T09:00");
    for (desk, number) in [(0, 0), (1, 1)] {
        let applicant = Applicant {
            name: NAMES[0].to_owned(),
            id_no: NUMBERS[number].to_owned(),
            ..Applicant::default()
        };
        desks[desk]
            .record(Record { item_id: "I002".to_owned(), applicant, ..Record::default() }, now)
            .unwrap();
    }
    for desk in [0, 1, 2, 3] {
        county.exchange(&desks[desk], now).await.unwrap();
    }
    let ids = [all(&desks[2])[0].id, all(&desks[2])[1].id];
    for (desk, linked) in [(2, true), (3, false)] {
        let request =
            LinkResidents { one: ids[0], other: ids[1], linked, reason: "查过户口簿".to_owned() };
        desks[desk].link_residents(request, Instant(now.0 + desk as i64)).unwrap();
    }
    for desk in [2, 3, 2] {
        county.exchange(&desks[desk], now).await.unwrap();
    }
    let entries = |desk: usize| desks[desk].person(ask::Person { id: ids[0] }, now).unwrap().entries.len();
    assert_eq!((entries(2), entries(3)), (1, 1), "the county's word counts");
    let mut replica = county.replica("county");
    let [one, other] = ids.map(|id| End::of(&entry(replica.db(), id).unwrap().unwrap()));
    let documents = link::documents(replica.db(), &Ends::of(one, other).unwrap()).unwrap();
    assert_eq!(documents.len(), 2);
    replica.commit(now, |writing| writing.erase(documents[1], Ground::Consent, "")).unwrap();
    drop(replica);
    for desk in [3, 2] {
        county.exchange(&desks[desk], now).await.unwrap();
        assert_eq!(entries(desk), 2, "the township's is left");
    }
    drop(desks);
    for name in DESKS {
        assert_eq!(county.replica(name).verify().unwrap(), [], "{name}");
    }
}

#[tokio::test]
async fn the_command_line_finds_links_and_voids() {
    let (county, desks) = county_of_four().await;
    let mut now = at("03-05T09:00");
    let mut cases = Vec::new();
    for (desk, name) in [(0, "王秀兰"), (1, "王秀兰"), (1, "单晓伟")] {
        let number = if name == "王秀兰" { NUMBERS[0] } else { "" };
        let applicant = Applicant { name: name.to_owned(), id_no: number.to_owned(), ..Applicant::default() };
        let request = Record { item_id: "I002".to_owned(), applicant, ..Record::default() };
        // Of one moment either could be the earlier.
        now = Instant(now.0 + 60_000);
        cases.push(desks[desk].record(request, now).unwrap().case_no);
        county.exchange(&desks[desk], now).await.unwrap();
    }
    county.exchange(&desks[2], now).await.unwrap();
    drop(desks);
    let program = |arguments: &[&str]| {
        let folder = county.path("township");
        run(daiban(folder.parent().unwrap(), "township").args(arguments))
    };
    let pairs = program(&["duplicates"]).unwrap();
    assert_eq!((&pairs[0]["keep"]["caseNo"], &pairs[0]["kind"]), (&json!(cases[0]), &json!("OPEN")));
    let people = program(&["people", "duplicates"]).unwrap();
    assert_eq!((&people["peopleTotal"], &people["peopleOpen"]), (&json!(1), &json!(0)));
    let [one, other] =
        ["one", "other"].map(|end| people["people"][0][end]["id"].as_str().unwrap().to_owned());
    assert_eq!(program(&["people", "unlink", &one, &other]).unwrap_err(), "bad-input", "a reason is needed");
    program(&["people", "unlink", &one, &other, "--reason", "重号"]).unwrap();
    let shown = program(&["people", "show", &one]).unwrap();
    assert_eq!(
        (shown["entries"].as_array().unwrap().len(), &shown["words"][0]["reason"]),
        (1, &json!("重号"))
    );
    program(&["people", "link", &one, &other]).unwrap();
    assert_eq!(program(&["people", "show", &one]).unwrap()["entries"].as_array().unwrap().len(), 2);
    assert_eq!(program(&["duplicates", "void", &cases[0], &cases[1]]).unwrap_err(), "bad-input");
    let voided = program(&["duplicates", "void", &cases[1], &cases[0]]).unwrap();
    assert_eq!((&voided["state"], &voided["surviving"]), (&json!("VOID"), &json!(cases[0])));
    assert_eq!(program(&["duplicates"]).unwrap(), json!([]));
}
