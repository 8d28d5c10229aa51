use super::*;
use daiban_domain::case::State;
use serde_json::json;

/// 临时救助: a son's authorisation is still in Guangdong. Accepted against a signed promise, the result waits for the paper.
#[tokio::test]
async fn a_paper_far_away_is_owed_and_the_result_waits_for_it() {
    let story = Story::begin().await;
    let township = &story.township;
    let item: Item = township.item(ask::Item { item_id: "I018".to_owned() }, at("03-02T09:00")).unwrap();
    let owed = item.materials.iter().find(|material| material.tolerable).unwrap();
    let (code, name) = (owed.material_code.as_str(), owed.name.as_str());
    let case_no = walk_in(township, "I018", &[code], "03-02T09:00");
    let promise = |signed: bool| json!({"owed": [code], "signed": signed});
    let unsigned = say(township, &case_no, "tolerantAccept", "03-02T09:30", promise(false)).unwrap_err();
    assert!(unsigned.contains("签字"), "{unsigned}");
    let accepted = say(township, &case_no, "tolerantAccept", "03-02T09:30", promise(true)).unwrap();
    assert_eq!(accepted.state, State::Accepted);
    let due = clock(&accepted, "tolerance");
    assert_eq!((due.due.to_string().as_str(), due.running), ("2026-03-09", true));

    act(township, &case_no, "startReview", "03-03T09:00").unwrap();
    act(township, &case_no, "publicNoticeStart", "03-03T09:10").unwrap();
    act(township, &case_no, "publicNoticeEnd", "03-11T09:00").unwrap();
    act(township, &case_no, "propose", "03-11T09:10").unwrap();
    let held_back = act(township, &case_no, "approve", "03-11T09:20").unwrap_err();
    assert!(held_back.contains(name), "{held_back}");
    assert!(explain(township, &case_no, "03-11T09:20").contains(&format!("容缺还欠：{name}")));
    let early = act(township, &case_no, "tolerantDone", "03-11T09:30").unwrap_err();
    assert!(early.contains("还欠"), "{early}");

    // It never comes: the approver ends the case, and the applicant may apply again.
    let ended = act(township, &case_no, "tolerantFail", "03-11T10:00").unwrap();
    assert_eq!(ended.state, State::Terminated);
    assert!(clock(&ended, "delivery").running, "the notice is to be served");
    story.all_meet("03-11T12:00").await;
    assert_eq!(see(&story.top, &case_no, "03-11T12:00").state, State::Terminated);
}
