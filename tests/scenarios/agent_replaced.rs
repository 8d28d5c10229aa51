use super::*;
use daiban_contract::act::{ChangeAgent, PaperOf, SavePaper, Set, SetRoles};
use daiban_domain::{Level, Role, case::State};
use daiban_testkit::pdf_text;

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
    // Both count by the list, which can be printed at the village or above it, also later.
    let list = |desk: &Desk, to: &str, when: &str| {
        let of = PaperOf::Given { unit: "621099100200".parse().unwrap(), to: person(to) };
        let file = Some(county.path("list.pdf").display().to_string());
        let saved = desk.save_paper(SavePaper { of, file, printer: None }, at(when)).map_err(message)?;
        Ok::<_, String>(pdf_text(&saved.file))
    };
    let text = list(village, "赵敏", "03-06T10:10").unwrap();
    let words = ["代办交接清单", "接手人：赵敏", "共17件", "李秀兰", "移交人（签名）、时间"];
    assert!(words.iter().all(|words| text.contains(words)), "{text}");
    assert!(list(village, "李秀兰", "03-06T10:10").unwrap_err().contains("没有清单可打"));

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

    // Her account can only be read from now on, wherever she is and whatever her clock says: what she had done before stands, what
    // she does on the laptop that hasn't heard of it doesn't. The service card is printed anew.
    let old = person("李秀兰");
    let roles = |desk: &Desk, roles: &[Role], when: &str| {
        let request = SetRoles { person: old, roles: roles.to_vec() };
        desk.set_roles(request, at(when)).map_err(message)
    };
    assert!(roles(village, &[], "03-09T10:00").unwrap_err().contains("没有这个权限"));
    assert!(roles(township, &[Role::Approver], "03-09T10:00").unwrap_err().contains("村没有"));
    assert_eq!(roles(township, &[], "03-09T10:00").unwrap().roles, [""; 0]);
    county.exchange(township, at("03-09T10:05")).await.unwrap();
    act(village, &drawer[3], "handOver", "02-27T09:00").unwrap();
    story.all_meet("03-09T11:00").await;
    for desk in [village, township, top] {
        let case = see(desk, &drawer[3], "03-09T11:10");
        let late = case.events.iter().find(|event| event.kind == "handOver").unwrap();
        assert!(late.contested_why.contains("当时没有这个岗位角色"), "{}", late.contested_why);
        assert_eq!(case.state, State::Registered);
        assert!(see(desk, &gone[1], "03-09T11:10").events.iter().all(|event| !event.contested));
    }
    assert!(act(village, &drawer[4], "handOver", "03-09T11:20").unwrap_err().contains("没有这个权限"));
    let card = SavePaper {
        of: PaperOf::Cards { unit: "621099100200".parse().unwrap(), copies: 1 },
        file: Some(county.path("cards.pdf").display().to_string()),
        printer: None,
    };
    let text = pdf_text(&township.save_paper(card, at("03-09T11:30")).unwrap().file);
    assert!(text.contains("赵敏") && !text.contains("李秀兰"), "{text}");
    assert!(
        roles(township, Role::working(Level::Village), "03-09T11:40")
            .unwrap()
            .roles
            .contains(&"AGENT".to_owned())
    );
    story.all_meet("03-09T11:50").await;
    assert_eq!(act(village, &drawer[4], "handOver", "03-09T11:55").unwrap().state, State::InTransit);

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
