use super::*;
use daiban_domain::case::State;
use serde_json::json;

/// 宅基地: two organs are asked, one is silent, the land has to be converted first, and the clock counts over 国庆.
#[tokio::test]
async fn a_homestead_waits_for_two_organs_and_for_its_land() {
    let story = Story::begin().await;
    let township = &story.township;
    let case_no = walk_in(township, "I029", &[], "08-03T09:00");
    act(township, &case_no, "accept", "08-03T09:30").unwrap();
    act(township, &case_no, "startReview", "08-03T10:00").unwrap();
    for organ in ["自然资源所", "林业站"] {
        let asked = json!({"organ": organ, "limitDays": 3});
        say(township, &case_no, "jointDispatch", "08-04T09:00", asked).unwrap();
    }
    let case = see(township, &case_no, "08-05T09:00");
    let waiting: Vec<&str> = case
        .deadlines
        .iter()
        .filter(|deadline| deadline.name == "joint")
        .map(|deadline| deadline.label.as_str())
        .collect();
    assert_eq!(waiting, ["自然资源所会签意见", "林业站会签意见"]);
    let opinion = json!({"organ": "自然资源所", "opinion": "现状为耕地，须先办农用地转用"});
    say(township, &case_no, "jointOpinion", "08-06T09:00", opinion).unwrap();
    let silence = json!({"organ": "林业站", "ground": "timeout", "evidence": "8月4日签收的分送单"});
    assert!(say(township, &case_no, "jointTacit", "08-07T09:00", silence.clone()).is_err(), "the third day");
    say(township, &case_no, "jointTacit", "08-12T09:00", silence).unwrap();
    assert!(explain(township, &case_no, "08-12T09:00").contains("林业站：视为同意"));

    let before = clock(&see(township, &case_no, "08-12T09:00"), "promise").due;
    let conversion = json!({"procedure": "农用地转用报批", "basis": "土地管理法第四十四条", "expectedDays": 40, "told": true});
    let paused = say(township, &case_no, "pause", "08-13T09:00", conversion).unwrap();
    assert!(!clock(&paused, "promise").running);
    let resumed = say(township, &case_no, "resume", "09-23T09:00", json!({"result": "转用已批"})).unwrap();
    let promise = clock(&resumed, "promise");
    assert!(promise.running && promise.due > before);
    assert_eq!(promise.due.to_string(), "2026-10-10", "over the holiday, on the day that makes up for it");
    assert!(promise.why.contains("扣除8月13日至9月23日停表"), "{}", promise.why);
    act(township, &case_no, "propose", "09-24T09:00").unwrap();
    assert!(
        act(township, &case_no, "approve", "09-24T10:00").unwrap().state == State::Approved,
        "fewer than three may decide here"
    );
    act(township, &case_no, "close", "09-25T09:00").unwrap();
    act(township, &case_no, "deliver", "09-28T09:00").unwrap();
    assert_eq!(act(township, &case_no, "archive", "10-20T09:00").unwrap().state, State::Archived);
}
