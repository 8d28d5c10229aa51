//! Papers that nobody has to bring: brought before for another case, or replaced by a signed commitment.

use crate::scenarios::{Story, act, record, say, see};
use daiban_contract::view::{CaseView, MaterialView};
use daiban_domain::case::State;
use serde_json::json;

fn material<'c>(case: &'c CaseView, code: &str) -> &'c MaterialView {
    case.materials.iter().find(|material| material.material_code == code).unwrap()
}

#[tokio::test]
async fn what_was_brought_before_is_not_asked_for_again() {
    let story = Story::begin().await;
    let Story { village, township, .. } = &story;
    let first = record(village, "I002", &[], "03-05T09:00");
    let case_no = record(village, "I005", &["ID"], "04-07T09:00");
    let case = see(village, &case_no, "04-07T09:00");
    assert!(case.warnings.iter().any(|warning| warning.path == "materials.ID"));
    assert_eq!(material(&case, "ID").brought_before, std::slice::from_ref(&first));
    let shared = json!({"replaces": ["ID"], "source": format!("办件 {first} 已交")});
    let case = say(village, &case_no, "share", "04-07T09:05", shared).unwrap();
    assert!(!case.warnings.iter().any(|warning| warning.path == "materials.ID"));
    assert!(
        material(&case, "ID").replaced.contains(&first) && material(&case, "ID").brought_before.is_empty()
    );
    act(village, &case_no, "handOver", "04-07T10:00").unwrap();
    story.all_meet("04-07T12:00").await;
    act(township, &case_no, "receive", "04-08T09:00").unwrap();
    assert_eq!(act(township, &case_no, "accept", "04-08T09:10").unwrap().state, State::Accepted);
    story.all_meet("04-08T12:00").await;
    assert_eq!(
        material(&see(village, &case_no, "04-08T12:00"), "ID").replaced,
        material(&case, "ID").replaced
    );
}

#[tokio::test]
async fn a_signed_commitment_is_enough_and_is_looked_into() {
    let story = Story::begin().await;
    let Story { village, township, .. } = &story;
    let item = village
        .item(daiban_contract::ask::Item { item_id: "I009".to_owned() }, daiban_testkit::at("03-05T09:00"))
        .unwrap();
    let replaceable = item.materials.iter().find(|material| material.commitment_replaceable).unwrap();
    let code = replaceable.material_code.as_str();
    let case_no = record(village, "I009", &[code], "03-05T09:00");
    let lacking = see(village, &case_no, "03-05T09:01");
    assert!(material(&lacking, code).commitment && !material(&lacking, code).received);
    let committed = json!({"replaces": [code], "signed": true});
    let case = say(village, &case_no, "commitmentReplace", "03-05T09:05", committed).unwrap();
    assert_eq!(material(&case, code).replaced, "已作告知承诺");
    act(village, &case_no, "handOver", "03-05T10:00").unwrap();
    story.all_meet("03-05T12:00").await;
    act(township, &case_no, "receive", "03-06T09:00").unwrap();
    assert_eq!(act(township, &case_no, "accept", "03-06T09:10").unwrap().state, State::Accepted);
    let false_word = json!({"holds": false, "reason": "上门看了，情况不属实"});
    let looked = say(township, &case_no, "verifyCommitment", "03-09T09:00", false_word).unwrap();
    assert!(
        looked.warnings.iter().any(|warning| warning.code == "commitment-broken"),
        "{:?}",
        looked.warnings
    );
}
