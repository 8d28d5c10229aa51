use super::*;
use daiban_contract::act::{AnswerSuggestion, Set, Suggest};
use daiban_domain::case::State;

fn set(desk: &Desk, case_no: &str, path: &str, value: &str, when: &str) -> Result<CaseView, String> {
    let set = Set {
        case_no: case_no.to_owned(),
        path: path.to_owned(),
        value: value.to_owned(),
        reason: Some("申请人来电".to_owned()),
    };
    desk.set(set, at(when)).map_err(message)
}

/// The account that the form was filled in with.
const FIRST: &str = "6217000000000000012";

/// The village corrects the phone while the township accepts and corrects the address; then both correct the phone.
#[tokio::test]
async fn a_village_and_its_township_write_about_one_case_without_hearing_of_each_other() {
    let story = Story::begin().await;
    let Story { village, township, .. } = &story;
    let case_no = record(village, "I002", &[], "03-05T09:00");
    act(village, &case_no, "handOver", "03-05T09:30").unwrap();
    story.all_meet("03-05T10:00").await;
    act(township, &case_no, "receive", "03-05T11:00").unwrap();
    story.all_meet("03-05T12:00").await;

    set(village, &case_no, "applicant.phone", "13900000001", "03-06T09:00").unwrap();
    let refused =
        set(village, &case_no, "fields.bankAccount", "6228480402564890018", "03-06T09:05").unwrap_err();
    assert!(refused.contains("可以提更正建议"), "{refused}");
    let suggest = Suggest {
        case_no: case_no.clone(),
        path: "fields.bankAccount".to_owned(),
        value: "6228480402564890018".to_owned(),
        reason: "补办了社保卡".to_owned(),
    };
    let suggested = village.suggest(suggest, at("03-06T09:06")).unwrap();
    assert_eq!(suggested.suggestions.len(), 1);
    assert!(!suggested.suggestions[0].answerable);
    act(township, &case_no, "accept", "03-06T09:10").unwrap();
    set(township, &case_no, "applicant.address", "上塬村五组", "03-06T09:20").unwrap();
    story.all_meet("03-06T12:00").await;
    for desk in [village, township] {
        let case = see(desk, &case_no, "03-06T12:00");
        assert_eq!((case.state, case.conflicts.len()), (State::Accepted, 0));
        assert_eq!(unmask(desk, &case_no, "fields.bankAccount", "03-06T12:05"), [FIRST]);
        assert_eq!(
            (case.applicant.phone.as_str(), case.applicant.address.as_str()),
            ("13900000001", "上塬村五组")
        );
    }

    // Accepted: the card is the head's to enter. What was suggested is adopted, once.
    let waiting = see(township, &case_no, "03-06T13:00").suggestions;
    assert_eq!((waiting[0].value.as_str(), waiting[0].answerable), ("***************0018", true));
    let answer = AnswerSuggestion {
        case_no: case_no.clone(),
        suggestion: waiting[0].id,
        adopt: true,
        reason: String::new(),
    };
    let adopted = township.answer_suggestion(answer.clone(), at("03-06T13:10")).unwrap();
    let card = unmask(township, &case_no, "fields.bankAccount", "03-06T13:11");
    assert_eq!(card, ["6228480402564890018"]);
    assert_eq!(adopted.suggestions, []);
    assert!(township.answer_suggestion(answer, at("03-06T13:11")).is_err());
    story.all_meet("03-06T14:00").await;
    let told = see(village, &case_no, "03-06T14:00");
    assert!(told.events.iter().any(|event| event.name == "采纳建议" && !event.contested));

    set(village, &case_no, "applicant.phone", "13900000002", "03-07T09:00").unwrap();
    set(township, &case_no, "applicant.phone", "13900000003", "03-07T08:00").unwrap();
    story.all_meet("03-07T12:00").await;
    for desk in [village, township, &story.top] {
        let case = see(desk, &case_no, "03-07T12:00");
        assert_eq!(case.applicant.phone, "13900000003", "the higher unit's value counts");
        let [conflict] = case.conflicts.as_slice() else { panic!("both are shown") };
        let values: Vec<(&str, bool)> =
            conflict.values.iter().map(|value| (value.value.as_str(), value.standing)).collect();
        assert_eq!(values, [("13900000003", true), ("13900000002", false)]);
        assert!(conflict.values.iter().all(|value| !value.by.is_empty() && !value.unit_name.is_empty()));
    }
}
