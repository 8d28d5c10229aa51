use super::*;
use daiban_contract::act::SaveForm;
use daiban_domain::Role;
use serde_json::json;

/// Nobody at the township has answered in time, as far as the village knows. It is certain only when every desk that could
/// have answered has been heard past the day; until then the village reads “perhaps”.
#[tokio::test]
async fn silence_is_certain_when_every_desk_has_been_heard() {
    let story = Story::begin().await;
    let Story { county, village, township, .. } = &story;
    let second = county.enrol("second", "621099100000", &[Role::Intake], "何静", at("05-05T09:00")).await;
    let [case_no, other] = ["I002", "I003"].map(|item| {
        let case_no = record(village, item, &[], "05-06T09:00");
        act(village, &case_no, "handOver", "05-06T10:00").unwrap();
        case_no
    });
    story.all_meet("05-06T12:00").await;
    act(township, &case_no, "receive", "05-06T15:00").unwrap();
    county.exchange(&second, at("05-06T15:30")).await.unwrap();
    story.all_meet("05-06T16:00").await;
    assert!(!see(village, &case_no, "05-12T09:00").deemed_accepted, "the fifth working day is the 12th");

    let seen = see(village, &case_no, "05-14T09:00");
    assert!(seen.deemed_accepted);
    let named = "second（还没有收到过）、清源镇1号机（收到 5月6日（周三） 12:00 为止）";
    assert!(seen.deemed_accepted_unheard.contains(named), "{}", seen.deemed_accepted_unheard);
    assert!(explain(village, &case_no, "05-14T09:00").contains("那边可能已经办了"));

    // The township's first desk has been on the line past the day, and has worked since.
    county.hub_says(at("05-14T10:00"));
    county.exchange(township, at("05-14T10:00")).await.unwrap();
    act(township, &other, "receive", "05-14T10:05").unwrap();
    story.all_meet("05-14T10:10").await;
    let seen = see(village, &case_no, "05-14T10:15");
    assert!(
        seen.deemed_accepted_unheard.ends_with("：second（还没有收到过）。"),
        "{}",
        seen.deemed_accepted_unheard
    );
    let offers = see(township, &case_no, "05-14T10:15").offers;
    let accept = offers.iter().find(|offer| offer.event == "accept").unwrap();
    assert!(accept.blocked.is_empty() && accept.says.contains("second"), "{}", accept.says);

    // So has the second.
    county.hub_says(at("05-14T11:00"));
    county.exchange(&second, at("05-14T11:00")).await.unwrap();
    let received = walk_in(&second, "I002", &[], "05-14T11:05");
    county.exchange(&second, at("05-14T11:10")).await.unwrap();
    story.all_meet("05-14T11:15").await;
    assert_eq!(see(township, &received, "05-14T11:20").state, daiban_domain::case::State::Received);
    let seen = see(township, &case_no, "05-14T11:20");
    assert_eq!((seen.deemed_accepted, seen.deemed_accepted_unheard.as_str()), (true, ""));
    let accepted = act(township, &case_no, "accept", "05-14T11:30").unwrap();
    let said = &accepted.events.iter().find(|event| event.kind == "accept").unwrap().says;
    assert!(said.starts_with("各处 5月14日") && said.ends_with("以前的记录都已收到"), "{said}");
    assert!(accepted.deemed_accepted, "since the receipt, and now by a person's act");

    let paper = county.path("F02.pdf");
    let print = SaveForm {
        case_no,
        form: "F02".to_owned(),
        file: Some(paper.display().to_string()),
        ..SaveForm::default()
    };
    township.save_form(print, at("05-14T11:40")).unwrap();
    let text = daiban_testkit::pdf_text(&paper);
    for says in ["收件日期2026年5月6日", "受理日期2026年5月6日", "2026年5月14日", "承诺于2026年5月19日"]
    {
        assert!(text.contains(says), "{says}: {text}");
    }
}

/// An overdue light is a conclusion from silence too.
#[tokio::test]
async fn what_may_have_been_done_elsewhere_is_perhaps_overdue() {
    let story = Story::begin().await;
    let Story { county, village, township, .. } = &story;
    let case_no = record(village, "I002", &[], "05-06T09:00");
    act(village, &case_no, "handOver", "05-06T10:00").unwrap();
    story.all_meet("05-06T12:00").await;
    act(township, &case_no, "receive", "05-06T15:00").unwrap();
    act(township, &case_no, "accept", "05-06T15:10").unwrap();
    story.all_meet("05-06T16:00").await;
    let light = |desk: &Desk, when: &str| {
        let list = desk.cases(ask::Cases::default(), at(when)).unwrap();
        let case = see(desk, &case_no, when);
        let promise = clock(&case, "promise");
        assert_eq!(list.cases[0].light_says, promise.says);
        (promise.says.clone(), promise.unheard.is_empty())
    };
    assert_eq!(light(village, "05-25T09:00"), ("可能超期 4 个工作日".to_owned(), false));
    assert_eq!(
        light(township, "05-25T09:00"),
        ("超期 4 个工作日".to_owned(), true),
        "of its own acts it lacks none"
    );

    county.hub_says(at("05-25T10:00"));
    county.exchange(township, at("05-25T10:00")).await.unwrap();
    let reason = json!({"reason": "等县里回话"});
    say(township, &case_no, "startReview", "05-25T10:05", reason).unwrap();
    story.all_meet("05-25T10:10").await;
    assert_eq!(light(village, "05-25T10:15"), ("超期 4 个工作日".to_owned(), true));
}
