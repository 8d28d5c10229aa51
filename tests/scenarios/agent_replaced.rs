use super::*;
use daiban_contract::act::{ChangeAgent, Set};
use daiban_domain::{Role, case::State};

/// After the village election: the old agent gives the new one every open case and what lies in the drawer.
#[tokio::test]
async fn a_new_agent_takes_over_the_open_cases_and_the_drawer() {
    let story = Story::begin().await;
    let Story { county, village, township, top } = &story;
    let new = county.enrol("new", "621099100200", &[Role::Agent], "赵敏", at("03-02T09:00")).await;
    story.all_meet("03-02T10:00").await;

    // 17 open cases: 11 whose paper is at the township, one under way, five in the drawer. One is over.
    let cases: Vec<String> =
        (0..17).map(|n| record(village, "I002", &[], &format!("03-05T09:{n:02}"))).collect();
    let (gone, drawer) = cases.split_at(12);
    for case_no in gone {
        act(village, case_no, "handOver", "03-05T14:00").unwrap();
    }
    let over = record(village, "I002", &[], "03-05T10:00");
    act(village, &over, "withdraw", "03-05T10:10").unwrap();
    story.all_meet("03-05T15:00").await;
    for case_no in &gone[1..] {
        act(township, case_no, "receive", "03-05T16:00").unwrap();
    }
    act(village, &drawer[0], "returnOriginals", "03-06T08:30").unwrap();
    story.all_meet("03-06T09:00").await;

    let person = |name: &str| {
        let all = village.staff(ask::Staff {}, at("03-06T09:00")).unwrap();
        all.into_iter().find(|one| one.name == name).unwrap().person
    };
    let to = ChangeAgent { to: person("赵敏"), unit: None };
    let change = |desk: &Desk, request: &ChangeAgent, when: &str| {
        desk.change_agent(request.clone(), at(when)).map_err(message)
    };
    let head = ChangeAgent { to: person("李秀兰"), unit: Some("621099100201".parse().unwrap()) };
    assert!(change(village, &head, "03-06T09:30").unwrap_err().contains("没有这个权限"));
    assert!(change(township, &head, "03-06T09:30").unwrap_err().contains("没有这个人"));
    assert!(change(township, &to, "03-06T09:30").unwrap_err().contains("哪个村"));

    let given = change(village, &to, "03-06T10:00").unwrap();
    assert_eq!((given.cases.len(), given.to.as_str()), (17, "赵敏"));
    assert!(given.cases.iter().all(|case| case.from == "李秀兰" && case.case_no != over));
    let lying: Vec<&str> = given
        .cases
        .iter()
        .filter(|case| !case.originals.is_empty())
        .map(|case| case.case_no.as_str())
        .collect();
    assert_eq!(lying, drawer[1..].iter().map(String::as_str).collect::<Vec<_>>());
    let counted: u32 =
        given.cases.iter().flat_map(|case| &case.originals).map(|one| u32::from(one.count)).sum();
    assert!(given.originals == counted && counted >= 4 && given.says.contains("17 个在办件"));
    assert_eq!(change(village, &to, "03-06T10:05").unwrap().cases, [], "once is enough");

    story.all_meet("03-06T12:00").await;
    county.exchange(&new, at("03-06T12:00")).await.unwrap();
    for desk in [village, township, top, &new] {
        let case = see(desk, &gone[1], "03-06T12:00");
        assert_eq!((case.agent.as_str(), case.state), ("赵敏", State::Received));
        let told = case.events.iter().find(|event| event.kind == "changeAgent").unwrap();
        assert_eq!((told.name.as_str(), told.says.as_str()), ("更换代办员", "李秀兰 → 赵敏"));
        assert!(!told.contested);
    }
    assert_eq!(see(township, &over, "03-06T12:00").agent, "李秀兰");

    // The new agent goes on where the old one was.
    act(&new, &drawer[1], "handOver", "03-09T09:00").unwrap();
    let phone = Set {
        case_no: drawer[2].clone(),
        path: "applicant.phone".to_owned(),
        value: "13900000001".to_owned(),
        reason: None,
    };
    assert_eq!(new.set(phone, at("03-09T09:10")).unwrap().applicant.phone, "13900000001");

    // The election is annulled, the new agent has left with the laptop: the township gives the cases back.
    county.exchange(&new, at("03-09T12:00")).await.unwrap();
    story.all_meet("03-09T12:30").await;
    let back = ChangeAgent { to: person("李秀兰"), unit: Some("621099100200".parse().unwrap()) };
    assert_eq!(change(township, &back, "03-10T09:00").unwrap().cases.len(), 17);
    story.all_meet("03-10T12:00").await;
    assert_eq!(see(village, &drawer[1], "03-10T12:00").agent, "李秀兰");
    for desk in ["village", "township", "county", "new"] {
        assert_eq!(county.replica(desk).verify().unwrap(), []);
    }
}
