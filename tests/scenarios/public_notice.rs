use super::*;
use daiban_domain::case::State;
use serde_json::json;

/// 低保: the board hangs for seven days, the last rolls over the weekend; a neighbour objects, and only that household waits.
#[tokio::test]
async fn an_objection_holds_up_one_household_and_no_other() {
    let story = Story::begin().await;
    let township = &story.township;
    let households: Vec<String> =
        (0..3).map(|n| walk_in(township, "I016", &[], &format!("03-02T09:{n:02}"))).collect();
    for case_no in &households {
        act(township, case_no, "accept", "03-02T10:00").unwrap();
        act(township, case_no, "startReview", "03-02T10:10").unwrap();
        let early = act(township, case_no, "propose", "03-02T10:20").unwrap_err();
        assert!(early.contains("先公示"), "{early}");
    }
    for case_no in &households {
        // From Sunday 8 March seven natural days end on Sunday 15 March: Monday.
        act(township, case_no, "publicNoticeStart", "03-08T09:00").unwrap();
    }
    assert!(explain(township, &households[0], "03-09T09:00").contains("公示到 2026年3月16日"));
    let doubted = &households[1];
    say(township, doubted, "publicNoticeObjection", "03-12T15:00", json!({"reason": "电话反映：家里有商铺"}))
        .unwrap();
    for case_no in &households {
        let early = act(township, case_no, "publicNoticeEnd", "03-16T09:00").unwrap_err();
        assert!(early.contains("才满"), "{early}");
    }
    for case_no in &households {
        act(township, case_no, "publicNoticeEnd", "03-17T08:30").unwrap();
    }
    let held = act(township, doubted, "propose", "03-17T09:00").unwrap_err();
    assert!(held.contains("重新公示"), "{held}");
    for case_no in [&households[0], &households[2]] {
        assert_eq!(act(township, case_no, "propose", "03-17T09:00").unwrap().state, State::PendingDecision);
    }
    act(township, doubted, "publicNoticeStart", "03-18T09:00").unwrap();
    act(township, doubted, "publicNoticeEnd", "03-26T08:30").unwrap();
    act(township, doubted, "propose", "03-26T09:00").unwrap();
    story.all_meet("03-26T12:00").await;
    assert_eq!(see(&story.top, doubted, "03-26T12:00").state, State::PendingDecision);
}
