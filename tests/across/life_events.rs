//! 一件事一次办: one form and one set of materials make several cases, all of them or none.

use daiban_contract::{
    Code, Failure,
    act::{Act, Record, RecordLifeEvent, SaveForm, Set},
    ask,
    view::{Applicant, MaterialCount, RecordedLifeEvent},
};
use daiban_desk::Desk;
use daiban_domain::Instant;
use daiban_testkit::{
    County, at,
    program::{daiban, run, run_with},
};
use serde_json::{Value, json};

const CATALOGUE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/items.json");
const DECEASED: &str = "621099194203150014";

fn event(bundle_id: &str, fields: Value) -> RecordLifeEvent {
    let brought = ["ID", "MARR", "PROXY", "APP", "HK", "IDM", "DEATH", "REL", "CARD"];
    let brought =
        brought.map(|code| MaterialCount { material_code: code.to_owned(), originals: 1, copies: 1 });
    RecordLifeEvent {
        bundle_id: bundle_id.to_owned(),
        applicant: Applicant {
            name: "马秀英".to_owned(),
            id_no: "621099195508082563".to_owned(),
            phone: "13912345678".to_owned(),
            address: "上塬村三组".to_owned(),
            ..Applicant::default()
        },
        fields: serde_json::from_value(fields).unwrap(),
        materials: brought.to_vec(),
        channel: None,
    }
}

fn record(desk: &Desk, event: RecordLifeEvent, now: Instant) -> Result<RecordedLifeEvent, Failure> {
    desk.record_life_event(event, now).map_err(Failure::from)
}

fn numbers(recorded: &RecordedLifeEvent) -> Vec<String> {
    recorded.cases.iter().map(|case| case.case_no.clone()).collect()
}

fn total(desk: &Desk, now: Instant) -> u64 {
    desk.cases(ask::Cases::default(), now).unwrap().total
}

#[tokio::test]
async fn a_birth_is_recorded_once_and_its_cases_know_each_other_everywhere() {
    let county = County::new().await;
    let [village, township] = ["village", "township"].map(|name| county.desk(name));
    let now = at("03-05T09:00");
    let recorded = record(
        &village,
        event("B01", json!({"childNo": 1, "bank": "农信", "payYear": "2026", "shoe": 39})),
        now,
    );
    let recorded = recorded.unwrap();
    let cases = numbers(&recorded);
    assert_eq!((cases.len(), recorded.to_stop.len()), (3, 0));
    let odd: Vec<&str> = recorded.warnings.iter().map(|warning| warning.path.as_str()).collect();
    assert_eq!(odd, ["fields.shoe", "materials.DEATH", "materials.REL", "materials.CARD"]);
    let unknown = |code: &str| code.starts_with("unknown-");
    let per_case = recorded.cases.iter().flat_map(|case| &case.warnings);
    assert!(per_case.clone().all(|warning| !unknown(&warning.code)), "no item is told of the others' fields");
    let residents = "SELECT count(*) FROM resident";
    let residents: i64 = county.replica("village").db().query_row(residents, [], |row| row.get(0)).unwrap();
    assert_eq!(residents, 1);
    county.hub_says(now);
    for desk in [&village, &township] {
        county.exchange(desk, now).await.unwrap();
    }
    for desk in [&village, &township] {
        let mut items = Vec::new();
        for (n, case_no) in cases.iter().enumerate() {
            let case = desk.case(ask::Case { case_no: case_no.clone() }, now).unwrap();
            let others: Vec<&String> = cases.iter().filter(|other| *other != case_no).collect();
            assert_eq!(case.together.iter().collect::<Vec<_>>(), others);
            let copies =
                case.materials.iter().find(|material| material.material_code == "ID").unwrap().copies;
            let child =
                case.fields.iter().find(|field| field.key == "childNo").map(|field| field.value.as_str());
            assert_eq!((copies, child), (1, (n == 0).then_some("1")));
            items.push(case.item_id);
        }
        assert_eq!(items, ["I027", "I010", "I006"]);
    }
    // One receipt tells of all of them, and all of them know that it was printed.
    let file = county.path("F01.pdf");
    let print = SaveForm {
        case_no: cases[1].clone(),
        form: "F01".to_owned(),
        file: Some(file.display().to_string()),
        ..SaveForm::default()
    };
    let number = village.save_form(print, now).unwrap().number;
    let text = daiban_testkit::pdf_text(&file);
    assert!(text.contains("为“新生儿一件事”委托我站代办的3件事已登记"), "{text}");
    assert_eq!(text.matches("居民户口簿").count(), 2, "once on each of two parts: {text}");
    for case_no in &cases {
        assert!(text.contains(case_no.as_str()), "{text}");
        let papers = village.case(ask::Case { case_no: case_no.clone() }, now).unwrap().papers;
        assert_eq!(papers.iter().map(|paper| paper.number.as_str()).collect::<Vec<_>>(), [number.as_str()]);
    }
    let alone = Record { item_id: "I002".to_owned(), ..Record::default() };
    let alone = village.record(alone, now).unwrap().case_no;
    assert!(village.case(ask::Case { case_no: alone }, now).unwrap().together.is_empty());
    for name in ["village", "township"] {
        assert_eq!(county.replica(name).verify().unwrap(), [], "{name}");
    }
}

#[tokio::test]
async fn all_cases_of_an_event_are_recorded_or_none() {
    let county = County::new().await;
    let village = county.desk("village");
    let now = at("03-05T09:00");
    let spent = "INSERT INTO counter (name, value) VALUES ('case/2026-03-05', 9998)";
    county.replica("village").db().execute(spent, []).unwrap();
    let refused = record(&village, event("B01", json!({})), now).unwrap_err();
    assert_eq!(
        (refused.code, total(&village, now)),
        (Code::NotAllowed, 0),
        "one number was left for three cases"
    );
    assert_eq!(record(&village, event("B99", json!({})), now).unwrap_err().code, Code::UnknownLifeEvent);
    let top = county.desk("county");
    assert_eq!(record(&top, event("B01", json!({})), now).unwrap_err().code, Code::NotAllowed);
    assert_eq!(county.replica("village").verify().unwrap(), []);
}

/// Benefits end with a death: no case is opened as if somebody applied for them. The case in which one runs is told, and
/// the township stops it, or says why it goes on.
#[tokio::test]
async fn a_death_opens_two_cases_and_ends_a_pension() {
    let county = County::new().await;
    let [village, township] = ["village", "township"].map(|name| county.desk(name));
    let pension = |when: &str| {
        let item = village.item(ask::Item { item_id: "I019".to_owned() }, at(when)).unwrap();
        let pension = Record {
            item_id: "I019".to_owned(),
            applicant: Applicant {
                name: "王一".to_owned(),
                id_no: DECEASED.to_owned(),
                phone: "13912345678".to_owned(),
                address: "上塬村三组".to_owned(),
                ..Applicant::default()
            },
            fields: daiban_testkit::answers(&item, at(when).date()).into_iter().collect(),
            ..Record::default()
        };
        village.record(pension, at(when)).unwrap().case_no
    };
    let both = async |when: &str| {
        county.hub_says(at(when));
        for desk in [&village, &township, &village] {
            county.exchange(desk, at(when)).await.unwrap();
        }
    };
    let act = |desk: &Desk, case_no: &str, event: &str, says: Value, when: &str| {
        let payload = serde_json::from_value(says).unwrap();
        let act = Act { case_no: case_no.to_owned(), event: event.to_owned(), payload, on: None };
        desk.act(act, at(when)).map_err(Failure::from)
    };
    let [granted, asked] = ["01-05T09:00", "01-05T09:10"].map(pension);
    act(&village, &granted, "handOver", Value::Null, "01-05T10:00").unwrap();
    both("01-05T12:00").await;
    act(&township, &granted, "receive", Value::Null, "01-06T09:00").unwrap();
    for code in ["APP", "ID", "CARD", "HK"] {
        let count = Set {
            case_no: granted.clone(),
            path: format!("materials/{code}/originals"),
            value: "1".to_owned(),
            reason: None,
        };
        match township.set(count, at("01-06T09:05")).map_err(Failure::from) {
            Ok(_) => {}
            // Not every item asks for all of these.
            Err(failure) => assert_eq!(failure.code, Code::BadInput, "{failure:?}"),
        }
    }
    for event in ["accept", "startReview", "publicNoticeStart"] {
        act(&township, &granted, event, Value::Null, "01-06T10:00").unwrap();
    }
    for event in ["publicNoticeEnd", "propose", "approve", "close", "deliver"] {
        act(&township, &granted, event, Value::Null, "01-19T10:00").unwrap();
    }
    both("01-20T12:00").await;

    let death = event("B02", json!({"deceasedId": DECEASED, "deathDate": "2026-03-01"}));
    let recorded = record(&village, death.clone(), at("03-05T09:00")).unwrap();
    assert_eq!((recorded.cases.len(), total(&village, at("03-05T09:00"))), (2, 4));
    let to_stop: Vec<(&str, usize, &[String])> = recorded
        .to_stop
        .iter()
        .map(|stop| (stop.item_id.as_str(), stop.cases.len(), stop.reported.as_slice()))
        .collect();
    assert_eq!(to_stop, [("I019", 2, [granted.clone()].as_slice()), ("I022", 0, &[]), ("I023", 0, &[])]);
    assert!(recorded.to_stop[0].says.contains("等乡镇停发") && recorded.to_stop[0].says.contains(&asked));
    assert!(!serde_json::to_string(&recorded).unwrap().contains(DECEASED));
    assert_eq!(
        act(&village, &granted, "stopBenefit", json!({"reason": "去世"}), "03-05T09:10").unwrap_err().code,
        Code::NoRole
    );
    both("03-05T12:00").await;

    let home = township.home(ask::Home {}, at("03-06T08:30")).unwrap();
    let todo = home.todo.iter().find(|todo| todo.case.case_no == granted).unwrap();
    assert_eq!((todo.event.as_deref(), todo.event_name.as_str()), (Some("stopBenefit"), "停发待遇"));
    let case = township.case(ask::Case { case_no: granted.clone() }, at("03-06T08:30")).unwrap();
    let stop = case.deadlines.iter().find(|deadline| deadline.name == "stop").unwrap();
    assert_eq!((stop.due.to_string().as_str(), stop.running), ("2026-03-12", true));
    let offered: Vec<&str> = case.offers.iter().map(|offer| offer.event.as_str()).collect();
    assert!(offered.contains(&"stopBenefit") && offered.contains(&"keepBenefit"), "{offered:?}");
    act(&township, &granted, "stopBenefit", json!({"reason": "3月1日去世，4月起停发"}), "03-06T09:00")
        .unwrap();
    both("03-06T12:00").await;
    let explained = village
        .explain(ask::Explain { case_no: granted.clone() }, at("03-06T12:00"))
        .unwrap()
        .says
        .join("\n");
    assert!(explained.contains("待遇从 2026年3月6日 起停发"), "{explained}");
    let again = record(&village, death, at("03-06T12:10")).unwrap();
    assert!(again.to_stop[0].reported.is_empty(), "it runs no more");
    for name in ["village", "township"] {
        assert_eq!(county.replica(name).verify().unwrap(), [], "{name}");
    }
}

#[tokio::test]
async fn the_command_line_shows_what_an_event_needs_and_saves() {
    let county = County::folder().await;
    let county = county.path();
    let shown = run(daiban(county, "village").args(["event", "B01"])).unwrap();
    assert_eq!(shown["savings"][0], json!({"what": "材料", "before": 12, "after": 7, "rate": "41.67%"}));
    assert_eq!(
        (shown["materials"].as_array().unwrap().len(), shown["fields"].as_array().unwrap().len()),
        (7, 14)
    );
    // A folder that is no desk yet reads the file.
    let new = tempfile::TempDir::new().unwrap();
    let in_file = |bundle: &str, file: &str| {
        run(daiban(new.path(), "nobody").args(["event", bundle, "--catalogue", file]))
    };
    assert_eq!(in_file("B01", CATALOGUE).unwrap(), shown);
    assert_eq!(in_file("B99", CATALOGUE).unwrap_err(), "unknown-life-event");
    assert_eq!(in_file("B01", "nowhere.json").unwrap_err(), "file");
    assert_eq!(run(daiban(county, "village").args(["event", "B99"])).unwrap_err(), "unknown-life-event");
    let request = json!({"applicant": {"name": "马秀英"}});
    let recorded =
        run_with(daiban(county, "village").args(["event", "record", "B01", "-"]), &request.to_string())
            .unwrap();
    assert_eq!(recorded["cases"].as_array().unwrap().len(), 3);
    assert!(recorded["together"].as_str().unwrap().starts_with("B01/"));
}
