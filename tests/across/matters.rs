//! Consultations, complaints, hotline tickets, appointments and visits at home, over desks that don't always hear of each
//! other.

use daiban_contract::{
    Code, Failure,
    act::{ActOnMatter, Erase, Personal, PublishSetting, RecordMatter},
    ask,
    view::{Light, MatterView},
};
use daiban_desk::Desk;
use daiban_domain::{
    erasure::Ground,
    matter::{Channel, Kind},
};
use daiban_testkit::{
    County, at,
    program::{daiban, run, run_with},
};
use serde_json::{Value, json};

const VILLAGE: &str = "621099100200";
const TOWNSHIP: &str = "621099100000";

fn consultation() -> RecordMatter {
    RecordMatter {
        kind: Kind::Consult,
        text: "养老金这个月怎么没有到账".to_owned(),
        asker_name: "马秀英".to_owned(),
        asker_phone: "139 1234 5678".to_owned(),
        channel: Channel::Visit,
        ticket_no: String::new(),
        on_the_spot: false,
        agreed_on: None,
        limit_days: None,
        unit: None,
        case_no: None,
    }
}

fn act(desk: &Desk, matter_no: &str, event: &str, says: Value, when: &str) -> Result<MatterView, Failure> {
    let payload = serde_json::from_value(says).unwrap();
    let act = ActOnMatter { matter_no: matter_no.to_owned(), event: event.to_owned(), payload };
    desk.act_on_matter(act, at(when)).map_err(Failure::from)
}

fn see(desk: &Desk, matter_no: &str, when: &str) -> MatterView {
    desk.matter(ask::Matter { matter_no: matter_no.to_owned() }, at(when)).unwrap()
}

fn refused(desk: &Desk, request: RecordMatter) -> Code {
    desk.record_matter(request, at("03-05T09:00")).map_err(Failure::from).unwrap_err().code
}

async fn all_meet(county: &County, desks: &[&Desk], when: &str) {
    county.hub_says(at(when));
    for desk in desks.iter().chain(desks) {
        county.exchange(desk, at(when)).await.unwrap();
    }
}

fn clean(county: &County) {
    for name in ["village", "township"] {
        assert_eq!(county.replica(name).verify().unwrap(), [], "{name}");
    }
}

/// What a desk may do next is its own; all else is the same everywhere.
fn same_everywhere(desks: &[&Desk], matter_no: &str, when: &str) -> MatterView {
    let views = desks.iter().map(|desk| MatterView { offers: Vec::new(), ..see(desk, matter_no, when) });
    let views: Vec<MatterView> = views.collect();
    assert!(views.iter().all(|view| *view == views[0]), "{views:?}");
    views[0].clone()
}

#[tokio::test]
async fn a_village_is_asked_off_line_hands_it_on_and_sees_the_answer() {
    let county = County::new().await;
    let [village, township] = ["village", "township"].map(|name| county.desk(name));
    let recorded = village.record_matter(consultation(), at("03-05T09:00")).unwrap();
    let matter_no = recorded.matter_no;
    assert!(matter_no.starts_with("ZX-621099100200-20260305-"), "{matter_no}");
    assert_eq!(recorded.due.to_string(), "2026-03-12");
    assert_eq!(recorded.why, "3月5日提出，数 5 个工作日。");
    let taken = see(&village, &matter_no, "03-05T09:01");
    assert_eq!((taken.first_contact.as_str(), taken.owner.as_str()), ("李秀兰", "李秀兰"));
    assert_eq!(taken.asker_phone, "13912345678");

    let nowhere = act(&village, &matter_no, "handOn", json!({"reason": "要查银行"}), "03-05T10:00");
    assert_eq!(nowhere.unwrap_err().code, Code::BadInput);
    let aside = json!({"unit": "621099200000", "reason": "要查银行"});
    let aside = act(&village, &matter_no, "handOn", aside, "03-05T10:00").unwrap_err();
    assert_eq!(aside.code, Code::NotAllowed, "石河乡 could never see it");
    let up = json!({"unit": TOWNSHIP, "reason": "要查银行"});
    let handed = act(&village, &matter_no, "handOn", up, "03-05T10:00").unwrap();
    assert_eq!((handed.owner.as_str(), handed.owner_unit_name.as_str()), ("", "清源镇"));

    all_meet(&county, &[&village, &township], "03-06T09:00").await;
    let open = ask::Matters { open: true, ..ask::Matters::default() };
    let waiting = township.matters(open.clone(), at("03-11T09:00")).unwrap();
    assert_eq!(waiting.total, 1);
    let row = &waiting.matters[0];
    assert_eq!((row.owner.as_str(), row.asker.as_str(), row.light), ("清源镇", "马**", Light::Amber));
    let says = json!({"text": "银行卡过期，换卡后次月补发"});
    let answered = act(&township, &matter_no, "answer", says, "03-11T10:00").unwrap();
    assert_eq!((answered.state.as_str(), answered.owner.as_str()), ("ANSWERED", "王建国"));
    act(&township, &matter_no, "close", json!({}), "03-11T10:05").unwrap();

    all_meet(&county, &[&village, &township], "03-11T12:00").await;
    let seen = same_everywhere(&[&village, &township], &matter_no, "03-12T09:00");
    assert_eq!((seen.state_name.as_str(), seen.answers[0].by.as_str()), ("已办结", "王建国"));
    assert_eq!(seen.answers[0].text, "银行卡过期，换卡后次月补发");
    assert_eq!((seen.doubtful, seen.acts.len(), seen.light), (false, 3, Light::Stopped));
    assert_eq!(seen.acts[0].says, "转给清源镇：要查银行");
    assert_eq!(village.matters(open, at("03-12T09:00")).unwrap().total, 0);
    clean(&county);
}

#[tokio::test]
async fn two_acts_made_apart_are_both_kept() {
    let county = County::new().await;
    let [village, township] = ["village", "township"].map(|name| county.desk(name));
    let desks = [&village, &township];
    let matter_no = village.record_matter(consultation(), at("03-05T09:00")).unwrap().matter_no;
    all_meet(&county, &desks, "03-05T10:00").await;
    // Both put it off, both answer: one extension counts, both answers do.
    let put_off = |days: u16| json!({"days": days, "reason": "要问县里"});
    act(&village, &matter_no, "extend", put_off(5), "03-06T09:00").unwrap();
    act(&village, &matter_no, "answer", json!({"text": "先别着急"}), "03-06T09:10").unwrap();
    act(&township, &matter_no, "extend", put_off(2), "03-06T11:00").unwrap();
    act(&township, &matter_no, "answer", json!({"text": "本月补发"}), "03-06T11:10").unwrap();
    let second = act(&township, &matter_no, "extend", put_off(1), "03-06T11:20");
    assert_eq!(second.unwrap_err().code, Code::NotAllowed);
    all_meet(&county, &desks, "03-07T09:00").await;
    let seen = same_everywhere(&desks, &matter_no, "03-07T09:00");
    let texts: Vec<&str> = seen.answers.iter().map(|answer| answer.text.as_str()).collect();
    assert_eq!(texts, ["本月补发", "先别着急"]);
    assert_eq!((seen.acts.len(), seen.doubtful), (4, true));
    assert_eq!(
        (seen.due.to_string(), seen.why.as_str()),
        ("2026-03-16".to_owned(), "3月5日提出，数 5 个工作日，批准延长 2 个工作日。")
    );
    let contested: Vec<&str> =
        seen.acts.iter().filter(|act| act.contested).map(|act| act.contested_why.as_str()).collect();
    assert_eq!(contested, ["这个来访事项现在是“已答复”，不能延期"]);
    // Both close it: that is no contradiction.
    for desk in desks {
        act(desk, &matter_no, "close", json!({}), "03-07T10:00").unwrap();
    }
    all_meet(&county, &desks, "03-07T11:00").await;
    let seen = same_everywhere(&desks, &matter_no, "03-07T11:00");
    assert_eq!((seen.state.as_str(), seen.acts.iter().filter(|act| act.contested).count()), ("CLOSED", 1));
    assert!(!seen.doubtful, "whoever closed it knew of the act that doesn't count");
    clean(&county);
}

#[tokio::test]
async fn a_hotline_ticket_is_closed_once_another_found_that_it_was_answered() {
    let county = County::new().await;
    let [village, township, top] = ["village", "township", "county"].map(|name| county.desk(name));
    let desks = [&village, &township, &top];
    let ticket = || RecordMatter { kind: Kind::Hotline, channel: Channel::Line12345, ..consultation() };
    assert_eq!(refused(&township, ticket()), Code::BadInput, "which ticket?");
    let ticket = || RecordMatter { ticket_no: "QY20260305017".to_owned(), ..ticket() };
    assert_eq!(refused(&township, RecordMatter { channel: Channel::Phone, ..ticket() }), Code::BadInput);
    let elsewhere = RecordMatter { unit: Some("621099200200".parse().unwrap()), ..ticket() };
    assert_eq!(refused(&township, elsewhere), Code::NotAllowed);
    // Taken at the township, about the village: the village sees it.
    let concerns = RecordMatter { unit: Some(VILLAGE.parse().unwrap()), ..ticket() };
    let matter_no = township.record_matter(concerns, at("03-05T09:00")).unwrap().matter_no;
    assert!(matter_no.starts_with("RX-621099100000-"), "{matter_no}");
    all_meet(&county, &desks, "03-05T10:00").await;
    act(&village, &matter_no, "answer", json!({"text": "知道了"}), "03-06T09:00").unwrap();
    let own = act(&village, &matter_no, "check", json!({"direct": true}), "03-06T09:10").unwrap_err();
    assert_eq!((own.code, own.message.as_str()), (Code::NotAllowed, "答复要由另一个人来核对。"));
    assert_eq!(
        act(&village, &matter_no, "close", json!({}), "03-06T09:10").unwrap_err().code,
        Code::NotAllowed
    );
    all_meet(&county, &desks, "03-06T10:00").await;
    let vague = json!({"direct": false, "reason": "没有说什么时候补发"});
    let checked = act(&township, &matter_no, "check", vague, "03-06T11:00").unwrap();
    assert_eq!((checked.state.as_str(), checked.running), ("OPEN", true));
    all_meet(&county, &desks, "03-06T12:00").await;
    act(&village, &matter_no, "answer", json!({"text": "三月十五日补发"}), "03-09T09:00").unwrap();
    all_meet(&county, &desks, "03-09T10:00").await;
    act(&top, &matter_no, "check", json!({"direct": true}), "03-09T11:00").unwrap();
    all_meet(&county, &desks, "03-09T12:00").await;
    act(&village, &matter_no, "close", json!({}), "03-10T09:00").unwrap();
    all_meet(&county, &desks, "03-10T10:00").await;
    let seen = same_everywhere(&desks, &matter_no, "03-10T11:00");
    let direct: Vec<Option<bool>> = seen.answers.iter().map(|answer| answer.direct).collect();
    assert_eq!((seen.state.as_str(), direct), ("CLOSED", vec![Some(false), Some(true)]));
    clean(&county);
}

#[tokio::test]
async fn the_countys_numbers_move_what_is_asked_from_their_day_on() {
    let county = County::new().await;
    let [village, township, top] = ["village", "township", "county"].map(|name| county.desk(name));
    let before = village.record_matter(consultation(), at("03-05T09:00")).unwrap().matter_no;
    let since = Some(at("03-09T09:00").date());
    let publish = PublishSetting { name: "consultDays".to_owned(), value: 2, since };
    top.publish_setting(publish, at("03-05T09:00")).unwrap();
    let after = village.record_matter(consultation(), at("03-09T09:00")).unwrap().matter_no;
    all_meet(&county, &[&village, &township, &top], "03-09T10:00").await;
    let due = |matter_no: &str| see(&village, matter_no, "03-09T10:00").due.to_string();
    assert_eq!((due(&before), due(&after)), ("2026-03-12".to_owned(), "2026-03-11".to_owned()));
    let soonest = village.matters(ask::Matters::default(), at("03-09T10:00")).unwrap();
    assert_eq!(soonest.matters[0].matter_no, after);
    let due = Some(at("03-11T09:00").date());
    let by_then = ask::Matters { due, kind: Some(Kind::Consult), ..ask::Matters::default() };
    assert_eq!(township.matters(by_then, at("03-09T10:00")).unwrap().total, 1);
    clean(&county);
}

#[tokio::test]
async fn a_closed_year_takes_closed_matters_along_and_waits_for_open_ones() {
    let county = County::new().await;
    let [village, township, top] = ["village", "township", "county"].map(|name| county.desk(name));
    let desks = [&village, &township, &top];
    let matter_no = village.record_matter(consultation(), at("03-05T09:00")).unwrap().matter_no;
    all_meet(&county, &desks, "03-05T10:00").await;
    let next_year = |day: i64| daiban_domain::Instant(at("03-05T09:00").0 + (400 + day) * 24 * 3_600_000);
    let close = async |day: i64| {
        county.hub_says(next_year(day));
        county.exchange(&village, next_year(day)).await.unwrap();
        county.hub.close(2026, next_year(day)).unwrap();
        county.exchange(&village, next_year(day)).await.unwrap();
        county.hub.backup(&county.path("backups"), None, next_year(day)).unwrap();
        county.exchange(&village, next_year(day)).await.unwrap();
        let held = "SELECT count(*) FROM entry JOIN feed ON feed.id = feed WHERE feed.kind = 'work'";
        county.replica("village").db().query_row(held, [], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert!(close(0).await > 0, "somebody still waits for an answer");
    act(&village, &matter_no, "answer", json!({"text": "已补发"}), "12-30T09:00").unwrap();
    act(&village, &matter_no, "close", json!({}), "12-30T09:00").unwrap();
    assert_eq!(close(1).await, 0);
    let row = village.matters(ask::Matters::default(), next_year(2)).unwrap().matters.remove(0);
    assert!(row.archived && row.matter_no == matter_no && row.state == "CLOSED");
    let shown = village.matter(ask::Matter { matter_no: matter_no.clone() }, next_year(2));
    assert_eq!(shown.map_err(Failure::from).unwrap_err().code, Code::Archived);
    clean(&county);
    county.replica("village").rebuild().unwrap();
    assert_eq!(village.matters(ask::Matters::default(), next_year(2)).unwrap().total, 1);
}

#[tokio::test]
async fn what_only_the_village_was_told_may_be_erased_everywhere() {
    let county = County::new().await;
    let [village, township, top] = ["village", "township", "county"].map(|name| county.desk(name));
    let desks = [&village, &township, &top];
    let [withdrawn, answered] =
        [(); 2].map(|()| village.record_matter(consultation(), at("03-05T09:00")).unwrap().matter_no);
    all_meet(&county, &desks, "03-05T10:00").await;
    act(&township, &answered, "answer", json!({"text": "已补发"}), "03-05T11:00").unwrap();
    all_meet(&county, &desks, "03-05T12:00").await;
    let erase = |matter_no: &str| {
        let what = Personal::Matter { matter_no: matter_no.to_owned() };
        top.erase(Erase { what, ground: Ground::Consent }, at("03-06T09:00")).map_err(Failure::from)
    };
    assert_eq!(erase(&answered).unwrap_err().code, Code::StatutoryRecord);
    erase(&withdrawn).unwrap();
    all_meet(&county, &desks, "03-06T10:00").await;
    for desk in desks {
        let gone = desk.matter(ask::Matter { matter_no: withdrawn.clone() }, at("03-06T11:00"));
        assert_eq!(gone.map_err(Failure::from).unwrap_err().code, Code::Erased);
        assert_eq!(desk.matters(ask::Matters::default(), at("03-06T11:00")).unwrap().total, 1);
    }
    clean(&county);
}

#[tokio::test]
async fn the_command_line_takes_down_and_acts() {
    let county = County::folder().await;
    let county = county.path();
    let visit = json!({
        "kind": "HOME_VISIT", "text": "老人行动不便，上门采集照片", "askerName": "马秀英", "askerPhone": "13912345678",
        "channel": "PHONE", "agreedOn": "2099-03-06",
    });
    let recorded =
        run_with(daiban(county, "village").args(["matter", "record", "-"]), &visit.to_string()).unwrap();
    let matter_no = recorded["matterNo"].as_str().unwrap();
    assert!(matter_no.starts_with("SM-") && recorded["why"] == "约定在 3月6日（周五）。", "{recorded}");
    let act = |event: &str, says: Value| {
        run_with(daiban(county, "village").args(["matter", "act", matter_no, event, "-"]), &says.to_string())
    };
    let moved = act("extend", json!({"agreedOn": "2099-03-09", "reason": "老人住院"})).unwrap();
    assert_eq!(moved["why"], "原来约定在 3月6日（周五），改到 3月9日（周一）。");
    let colleague = json!({"person": "李秀兰", "reason": "换班"});
    assert_eq!(act("handOn", colleague).unwrap()["owner"], "李秀兰");
    assert_eq!(act("handOn", json!({"person": "无名氏", "reason": "换班"})).unwrap_err(), "bad-input");
    assert_eq!(act("answer", json!({"text": 7})).unwrap_err(), "bad-input");
    assert_eq!(act("answer", json!({"text": "已采集"})).unwrap()["state"], "ANSWERED");
    assert_eq!(act("fly", json!({})).unwrap_err(), "unknown-event");
    let list = |arguments: &[&str]| {
        run(daiban(county, "village").args(["matter", "list"]).args(arguments)).unwrap()["total"].clone()
    };
    assert_eq!((list(&["--open"]), list(&["--kind", "CONSULT"])), (json!(1), json!(0)));
    run(daiban(county, "village").args(["matter", "act", matter_no, "close"])).unwrap();
    assert_eq!((list(&["--open"]), list(&[])), (json!(0), json!(1)));
    let shown = run(daiban(county, "village").args(["matter", "show", matter_no])).unwrap();
    assert_eq!(shown["answers"][0]["text"], "已采集");
    assert_eq!(
        run(daiban(county, "village").args(["matter", "show", "SM-1"])).unwrap_err(),
        "unknown-matter"
    );
}
