//! A case is found at once, whether its words lie in the index yet or not.

use crate::convergence::{DESKS, request};
use daiban_contract::{
    act::{Record, Set},
    ask,
};
use daiban_desk::Desk;
use daiban_domain::Instant;
use daiban_testkit::{County, at};

/// More than are looked through before they go to the index.
const CASES: usize = 40;

fn minute(n: i64) -> Instant {
    Instant(at("03-05T09:00").0 + n * 60_000)
}

fn of(n: usize) -> Record {
    let mut record = request(0);
    record.applicant.id_type = "414".to_owned();
    record.applicant.id_no = format!("E{n:08}");
    record.applicant.phone = phone(n);
    record.applicant.name = if n.is_multiple_of(2) { "王𬍛㛃" } else { "阿卜杜·买买提" }.to_owned();
    record
}

fn phone(n: usize) -> String {
    format!("139{n:08}")
}

fn found(desk: &Desk, text: &str) -> Vec<String> {
    let question = ask::Cases { search: Some(text.to_owned()), limit: 200, ..ask::Cases::default() };
    let answer = desk.cases(question, minute(0)).unwrap();
    assert_eq!(answer.total, answer.cases.len() as u64, "{text}");
    answer.cases.into_iter().map(|case| case.case_no).collect()
}

#[tokio::test]
async fn a_case_is_found_as_soon_as_it_is_saved() {
    let county = County::new().await;
    let [village, _, top] = DESKS.map(|name| county.desk(name));
    let mut cases = Vec::new();
    for n in 0..CASES {
        let recorded = village.record(of(n), minute(n as i64)).unwrap();
        assert_eq!(recorded.warnings.iter().find(|warning| warning.code == "duplicate-case"), None);
        cases.push(recorded.case_no);
        assert_eq!(found(&village, &phone(n)), cases[n..], "the newest");
        // The first whose words are in the index, the last but one whose words may not be: corrected, found by the new number alone.
        for m in [n / 2, n.saturating_sub(1)] {
            let corrected = format!("188{:08}", n * 100 + m);
            let set = |value: &str| Set {
                case_no: cases[m].clone(),
                path: "applicant.phone".to_owned(),
                value: value.to_owned(),
                reason: None,
            };
            village.set(set(&corrected), minute(n as i64)).unwrap();
            assert_eq!(found(&village, &corrected), [cases[m].clone()]);
            assert_eq!(found(&village, &phone(m)), [""; 0], "by the number that was, {n} {m}");
            village.set(set(&phone(m)), minute(n as i64)).unwrap();
            assert_eq!(found(&village, &corrected), [""; 0]);
        }
        for (text, first) in [("𬍛㛃", 0), ("王", 0), ("买提", 1), ("abdmmt", 1)] {
            assert_eq!(found(&village, text).len(), (first..=n).step_by(2).count(), "{text}, {n}");
        }
        // The same person again: shown, and one entry of the register.
        if n.is_multiple_of(8) {
            let mut again = of(n);
            again.applicant.name = "李四".to_owned();
            again.applicant.phone = "13300000000".to_owned();
            let later = Instant(minute(n as i64).0 + 1_000);
            let again = village.record(again, later).unwrap();
            assert!(again.warnings.iter().any(|warning| warning.code == "duplicate-case"), "{n}");
            assert_eq!(found(&village, &format!("E{n:08}")), [again.case_no, cases[n].clone()]);
        }
    }
    for desk in [&village, &top] {
        county.exchange(desk, minute(60)).await.unwrap();
    }
    for name in ["village", "county"] {
        let mut replica = county.replica(name);
        assert_eq!(replica.verify().unwrap(), [], "{name}");
        for rebuilt in [false, true] {
            let desk = county.desk(name);
            assert!(
                found(&desk, &phone(3)) == cases[3..4] && found(&desk, "卜杜").len() == CASES / 2,
                "{name} {rebuilt}"
            );
            assert_eq!(
                found(&desk, &format!("{:08}", 20_260_305)).len(),
                CASES + CASES / 8,
                "{name} {rebuilt}"
            );
            replica.rebuild().unwrap();
        }
    }
}
