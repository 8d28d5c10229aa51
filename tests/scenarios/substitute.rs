use super::*;
use daiban_contract::act::{Delegate, Set};
use daiban_domain::{PersonId, Role, case::State, delegation::Delegation};

/// The head is away for three days; the clerk decides in the head's place, and it shows. On the fourth day it is over.
#[tokio::test]
async fn a_substitute_decides_in_anothers_place_until_it_is_over() {
    let story = Story::begin().await;
    let Story { county, village, township, .. } = &story;
    let clerk = county.enrol("clerk", "621099100000", &[Role::Intake], "赵敏", at("05-05T09:00")).await;
    let meet = |when: &'static str| {
        let (story, clerk) = (&story, &clerk);
        async move {
            story.county.hub_says(at(when));
            story.county.exchange(clerk, at(when)).await.unwrap();
            story.all_meet(when).await;
            story.county.exchange(clerk, at(when)).await.unwrap();
        }
    };
    let cases: Vec<String> =
        (0..3).map(|n| walk_in(township, "I002", &[], &format!("05-05T10:0{n}"))).collect();
    let other = walk_in(township, "I005", &[], "05-05T10:05");
    for case_no in cases.iter().chain([&other]) {
        act(township, case_no, "accept", "05-05T10:10").unwrap();
        act(township, case_no, "startReview", "05-05T10:11").unwrap();
        act(township, case_no, "propose", "05-05T10:12").unwrap();
    }
    meet("05-05T12:00").await;
    assert!(act(&clerk, &cases[0], "approve", "05-06T09:00").unwrap_err().contains("审批人"));

    let people = township.staff(ask::Staff {}, at("05-05T12:00")).unwrap();
    let person = |name: &str| people.iter().find(|one| one.name == name).unwrap().person;
    let delegation = |from: PersonId, to: PersonId, until: &str| Delegate {
        delegation: Delegation {
            from,
            to,
            item_ids: vec!["I002".to_owned()],
            since: at("05-06T00:00").date(),
            until: at(&format!("{until}T00:00")).date(),
            reason: "外出培训".to_owned(),
        },
    };
    let (head, substitute, agent) = (person("王建国"), person("赵敏"), person("李秀兰"));
    let delegate = |desk: &Desk, request, when: &str| desk.delegate(request, at(when)).map_err(message);
    let own = delegate(&clerk, delegation(head, substitute, "05-08"), "05-05T13:00").unwrap_err();
    assert!(own.contains("中心主任"), "{own}");
    let apart = delegate(township, delegation(head, agent, "05-08"), "05-05T13:00").unwrap_err();
    assert!(apart.contains("本单位"), "{apart}");
    let late = delegate(township, delegation(head, substitute, "05-08"), "05-07T13:00").unwrap_err();
    assert!(late.contains("过去"), "{late}");
    delegate(township, delegation(head, substitute, "05-08"), "05-05T14:00").unwrap();
    meet("05-05T15:00").await;

    assert!(act(&clerk, &cases[0], "approve", "05-05T16:00").unwrap_err().contains("不在期内"));
    let offers = see(&clerk, &cases[0], "05-06T09:00").offers;
    let offer = offers.iter().find(|offer| offer.event == "approve").unwrap();
    assert!(offer.blocked.is_empty() && offer.says.contains("代王建国办"), "{offer:?}");
    let forged = serde_json::json!({ "onBehalfOf": agent });
    let approved = say(&clerk, &cases[0], "approve", "05-06T09:00", forged).unwrap();
    assert_eq!(approved.state, State::Approved);
    let event = approved.events.iter().find(|event| event.kind == "approve").unwrap();
    assert_eq!((event.by.as_str(), event.role.as_str()), ("赵敏（代王建国）", "APPROVER"));
    assert_eq!(event.payload["onBehalfOf"], serde_json::json!(head));
    // So are corrections after acceptance, which are the head's.
    let set = |case_no: &str, when: &str| {
        let set = Set {
            case_no: case_no.to_owned(),
            path: "applicant.name".to_owned(),
            value: "马秀瑛".to_owned(),
            reason: None,
        };
        clerk.set(set, at(when)).map_err(message)
    };
    let corrected = set(&cases[0], "05-06T09:05").unwrap();
    assert_eq!(corrected.events.last().unwrap().by, "赵敏（代王建国）");
    assert!(corrected.correctable.contains(&"applicant.name".to_owned()));
    assert!(set(&other, "05-06T09:06").unwrap_err().contains("中心主任"));
    assert!(act(&clerk, &other, "approve", "05-06T09:10").unwrap_err().contains("审批人"), "another item");
    let third = walk_in(&clerk, "I002", &[], "05-06T09:15");
    let own = act(&clerk, &third, "accept", "05-06T09:20").unwrap();
    assert_eq!(own.events.last().unwrap().by, "赵敏", "what is the clerk's own needs nobody");

    // The head is back a day early.
    delegate(township, delegation(head, substitute, "05-07"), "05-07T14:00").unwrap();
    meet("05-07T15:00").await;
    assert_eq!(township.delegations(ask::Delegations {}, at("05-07T15:00")).unwrap().len(), 1);
    act(&clerk, &cases[1], "approve", "05-07T16:00").unwrap();
    let over = act(&clerk, &cases[2], "approve", "05-08T09:00").unwrap_err();
    assert!(over.contains("2026年5月7日") && over.contains("请本人来办"), "{over}");
    meet("05-08T12:00").await;
    for desk in [village, township, &story.top] {
        let listed = desk.cases(ask::Cases::default(), at("05-08T12:00")).unwrap();
        assert!(desk.staff(ask::Staff {}, at("05-08T12:00")).is_ok());
        assert_eq!(listed.doubtful, 0);
    }
    let seen = see(&story.top, &cases[1], "05-08T12:00");
    assert!(seen.events.iter().any(|event| event.by == "赵敏（代王建国）"));
    for desk in ["village", "township", "county", "clerk"] {
        assert_eq!(county.replica(desk).verify().unwrap(), []);
    }
}
