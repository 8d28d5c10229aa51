use super::*;
use daiban_contract::act::{Entrust, RevokeEntrustment};
use daiban_domain::case::entrustment::Power;
use serde_json::json;

/// Somebody who can't write gives a mandate before a witness; the agent brings the result only while it stands.
#[tokio::test]
async fn the_agent_acts_only_within_what_was_entrusted() {
    let story = Story::begin().await;
    let Story { village, township, .. } = &story;
    let case_no = record(village, "I002", &["PROXY"], "03-05T09:00");
    let warned = |when: &str| {
        see(village, &case_no, when).warnings.into_iter().map(|warning| warning.code).collect::<Vec<_>>()
    };
    assert!(warned("03-05T09:01").contains(&"entrustment-missing".to_owned()));
    let entrust = Entrust {
        case_no: case_no.clone(),
        powers: vec![Power::Submit],
        thumbprint: true,
        to: Some("2026-03-31".parse().unwrap()),
        ..Entrust::default()
    };
    let alone = village.entrust(entrust.clone(), at("03-05T09:05")).map_err(message).unwrap_err();
    assert!(alone.contains("见证人"), "{alone}");
    let witnessed = Entrust { witness: "李某".to_owned(), ..entrust };
    let given = village.entrust(witnessed.clone(), at("03-05T09:06")).unwrap();
    assert_eq!(given.entrustment.unwrap().says, "递交材料");
    assert!(!warned("03-05T09:10").iter().any(|code| code.starts_with("entrustment")));
    assert!(warned("04-01T09:00").contains(&"entrustment-gap".to_owned()), "it has ended");

    act(village, &case_no, "handOver", "03-05T10:00").unwrap();
    story.all_meet("03-05T12:00").await;
    for (event, time) in [
        ("receive", "10:00"),
        ("accept", "10:10"),
        ("startReview", "10:20"),
        ("propose", "10:30"),
        ("approve", "10:40"),
        ("close", "10:50"),
    ] {
        act(township, &case_no, event, &format!("03-06T{time}")).unwrap();
    }
    let carried = json!({"recipient": "代办员", "method": "代办员转交"});
    let refused = say(township, &case_no, "deliver", "03-09T09:00", carried.clone()).unwrap_err();
    assert!(refused.contains("没有“领取结果”"), "{refused}");
    let wider = Entrust { powers: vec![Power::Submit, Power::Collect], ..witnessed };
    village.entrust(wider, at("03-09T10:00")).unwrap();
    village
        .revoke_entrustment(
            RevokeEntrustment { case_no: case_no.clone(), ..Default::default() },
            at("03-10T09:00"),
        )
        .unwrap();
    story.all_meet("03-10T12:00").await;
    let refused = say(township, &case_no, "deliver", "03-10T13:00", carried).unwrap_err();
    assert!(refused.contains("撤销"), "{refused}");
    act(township, &case_no, "deliver", "03-11T09:00").unwrap();
}
