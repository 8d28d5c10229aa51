//! Ratings over desks that don't always hear of each other: who may see what, what counts, what may go.

use crate::scenarios::{
    Story, act,
    bad_rating::{closed_case, march, matter, on_matter, percents, slip},
    message, record, see,
};
use daiban_contract::{
    Code, Failure,
    act::{Erase, Personal, Rate},
    ask,
};
use daiban_desk::Desk;
use daiban_domain::{
    Role,
    case::deadlines::Light,
    erasure::Ground,
    rating::{Channel, Grade},
};
use daiban_testkit::{
    County, at,
    program::{daiban, run, run_with},
};
use serde_json::{Value, json};

const VILLAGE: &str = "621099100200";
const TOWNSHIP: &str = "621099100000";

async fn with_a_head(story: &Story) -> Desk {
    story.county.enrol("head", VILLAGE, &[Role::VillageHead], "张福", at("03-02T09:00")).await
}

async fn meet(story: &Story, others: &[&Desk], when: &str) {
    for _ in 0..2 {
        story.all_meet(when).await;
        for desk in others {
            story.county.exchange(desk, at(when)).await.unwrap();
        }
    }
}

/// Everything that a desk says of a case, its matter and its ratings.
fn all_said(desk: &Desk, case_no: &str, matter_no: &str, when: &str) -> String {
    let said = json!([
        see(desk, case_no, when).ratings,
        matter(desk, matter_no, when),
        desk.matters(ask::Matters::default(), at(when)).unwrap(),
        march(desk, when),
    ]);
    said.to_string()
}

#[tokio::test]
async fn who_handled_the_case_never_sees_who_rated_it_and_in_what_words() {
    let story = Story::begin().await;
    let Story { county, village, township, top } = &story;
    let head = with_a_head(&story).await;
    let clerk = county.enrol("clerk", TOWNSHIP, &[Role::CentreHead], "赵敏", at("03-02T09:00")).await;
    let case_no = closed_case(&story).await;
    let others = [&head, &clerk];
    meet(&story, &others, "03-06T13:00").await;
    let words = Rate {
        text: "三次都说系统坏了".to_owned(),
        rater_name: "马翠花".to_owned(),
        ..slip(&case_no, Grade::VeryDissatisfied, "03-12")
    };
    let matter_no = head.rate(words, at("03-12T16:00")).unwrap().matter.unwrap().matter_no;
    meet(&story, &others, "03-13T09:00").await;
    on_matter(&clerk, &matter_no, "verify", json!({"text": "属实"}), "03-13T10:00").unwrap();
    on_matter(&clerk, &matter_no, "answer", json!({"text": "已整改"}), "03-13T10:10").unwrap();
    let call = json!({"text": "马翠花说系统又坏了一次"});
    on_matter(&clerk, &matter_no, "callBack", call, "03-13T10:20").unwrap();
    meet(&story, &others, "03-13T12:00").await;
    let secret = ["马翠花", "13912345678", "系统"];
    // The agent, and the head of the centre who approved the case.
    for desk in [village, township] {
        let said = all_said(desk, &case_no, &matter_no, "03-13T13:00");
        assert!(secret.iter().all(|word| !said.contains(word)), "{said}");
        assert!(said.contains("非常不满意：多次跑动") && said.contains(r#""confidential":true"#), "{said}");
    }
    // Those who answer for it, and those above; the number is masked until they give a reason.
    for desk in [&head, &clerk, top] {
        let said = all_said(desk, &case_no, &matter_no, "03-13T13:00");
        assert!(["马翠花", "139****5678", "系统"].iter().all(|word| said.contains(word)), "{said}");
    }
    for desk in [village, &head, &clerk, township, top] {
        let list = desk.matters(ask::Matters::default(), at("03-13T13:00")).unwrap();
        assert_eq!(list.matters[0].asker, "保密", "lists show it to nobody");
    }
}

#[tokio::test]
async fn two_first_ratings_made_apart_are_kept_and_the_earlier_counts_everywhere() {
    let story = Story::begin().await;
    let Story { county, village, township, top } = &story;
    let head = with_a_head(&story).await;
    let case_no = closed_case(&story).await;
    let still_open = record(village, "I005", &[], "03-09T09:00");
    meet(&story, &[&head], "03-09T10:00").await;
    let refused = head.rate(slip(&still_open, Grade::Satisfied, "03-12"), at("03-12T16:00"));
    assert!(refused.map_err(message).unwrap_err().contains("还没有办结"));
    let tomorrow = head.rate(slip(&case_no, Grade::Satisfied, "03-13"), at("03-12T16:00"));
    assert_eq!(tomorrow.map_err(Failure::from).unwrap_err().code, Code::BadInput);
    let unexplained =
        Rate { reasons: Vec::new(), text: " ".to_owned(), ..slip(&case_no, Grade::Dissatisfied, "03-12") };
    assert_eq!(
        head.rate(unexplained, at("03-12T16:00")).map_err(Failure::from).unwrap_err().code,
        Code::BadInput
    );

    // On the agent's tablet, and on a slip in the box: two documents.
    let tablet = Rate { channel: Channel::Tablet, ..slip(&case_no, Grade::Satisfied, "03-12") };
    village.rate(tablet, at("03-12T15:00")).unwrap();
    let beside = head.rate(slip(&case_no, Grade::Dissatisfied, "03-12"), at("03-12T16:00")).unwrap();
    assert!(!beside.rating.beside, "the other isn't known here yet");
    assert_eq!(march(&head, "03-12T16:10").grades[3].last, 1);
    county.exchange(&head, at("03-13T09:00")).await.unwrap();
    county.exchange(township, at("03-13T09:00")).await.unwrap();
    meet(&story, &[&head], "03-13T10:00").await;
    for desk in [village, &head, township, top] {
        let ratings = see(desk, &case_no, "03-13T11:00").ratings;
        let told: Vec<(u8, bool)> = ratings.iter().map(|one| (one.grade.code(), one.beside)).collect();
        assert_eq!(told, [(2, false), (4, true)]);
        let report = march(desk, "03-13T11:00");
        assert_eq!((report.rated, report.grades[1].last), (1, 1));
        assert_eq!(percents(&report), ["100.00%", "0.00%", "100.00%", "—", "—"]);
    }
    let once = head.rate(slip(&case_no, Grade::VerySatisfied, "03-13"), at("03-13T11:10"));
    assert!(once.map_err(message).unwrap_err().contains("一次一评"));
    let digests = ["township", "county"].map(|desk| county.replica(desk).digest().unwrap());
    assert_eq!(digests[0], digests[1]);
    for desk in ["village", "head", "township", "county"] {
        let mut replica = county.replica(desk);
        assert_eq!(replica.verify().unwrap(), [], "{desk}");
        replica.rebuild().unwrap();
    }
    assert_eq!(march(top, "03-13T12:00").rated, 1);
}

#[tokio::test]
async fn a_malicious_rating_is_kept_and_not_counted_and_a_late_one_shows() {
    let story = Story::begin().await;
    let Story { village, township, top, .. } = &story;
    let head = with_a_head(&story).await;
    let case_no = closed_case(&story).await;
    meet(&story, &[&head], "03-06T13:00").await;
    let rated = head.rate(slip(&case_no, Grade::VeryDissatisfied, "03-12"), at("03-12T16:00")).unwrap();
    let matter_no = rated.matter.unwrap().matter_no;
    meet(&story, &[&head], "03-16T09:00").await;
    let late = matter(township, &matter_no, "03-16T10:00");
    assert_eq!((late.light, late.light_says.as_str()), (Light::Red, "超期 1 个工作日"));

    let aside = |desk: &Desk, when: &str| {
        on_matter(
            desk,
            &matter_no,
            "reviewAppeal",
            json!({"exclude": true, "reason": "评价人不是申请人"}),
            when,
        )
    };
    assert!(aside(top, "03-16T10:00").unwrap_err().contains("没有等着复核的申诉"));
    on_matter(village, &matter_no, "appeal", json!({"reason": "这个人没有来办过事"}), "03-16T10:10").unwrap();
    meet(&story, &[&head], "03-16T11:00").await;
    assert!(aside(township, "03-16T11:10").unwrap_err().contains("没有经办过"));
    let seen = aside(top, "03-16T11:20").unwrap();
    assert_eq!((seen.state_name.as_str(), seen.rating.unwrap().excluded), ("已办结", true));
    meet(&story, &[&head], "03-16T12:00").await;
    for desk in [village, &head, township, top] {
        let report = march(desk, "03-16T13:00");
        assert_eq!((report.rated, report.excluded), (0, 1));
        assert_eq!(percents(&report), ["—", "—", "0.00%", "—", "—"]);
        assert!(see(desk, &case_no, "03-16T13:00").ratings[0].excluded, "it is kept");
    }
    let again = head.rate(slip(&case_no, Grade::Satisfied, "03-16"), at("03-16T14:00"));
    assert!(again.map_err(message).unwrap_err().contains("不计入"));
}

#[tokio::test]
async fn a_rating_may_be_erased_until_the_township_has_looked_into_it() {
    let story = Story::begin().await;
    let Story { county, top, .. } = &story;
    let head = with_a_head(&story).await;
    let clerk = county.enrol("clerk", TOWNSHIP, &[Role::CentreHead], "赵敏", at("03-02T09:00")).await;
    let cases = [closed_case(&story).await, closed_case(&story).await];
    let others = [&head, &clerk];
    meet(&story, &others, "03-06T13:00").await;
    let [withdrawn, checked] = cases
        .each_ref()
        .map(|case_no| head.rate(slip(case_no, Grade::Dissatisfied, "03-12"), at("03-12T16:00")).unwrap());
    meet(&story, &others, "03-13T09:00").await;
    let matter_no = checked.matter.unwrap().matter_no;
    on_matter(&clerk, &matter_no, "verify", json!({"text": "属实"}), "03-13T10:00").unwrap();
    meet(&story, &others, "03-13T11:00").await;
    let erase = |id, ground, when| {
        top.erase(Erase { what: Personal::Rating { id }, ground }, when).map_err(Failure::from)
    };
    let kept = erase(checked.rating.id, Ground::Consent, at("03-13T12:00")).unwrap_err();
    assert_eq!(kept.code, Code::StatutoryRecord);
    erase(withdrawn.rating.id, Ground::Consent, at("03-13T12:00")).unwrap();
    assert_eq!(
        erase(withdrawn.rating.id, Ground::Consent, at("03-13T12:00")).unwrap_err().code,
        Code::BadInput
    );
    meet(&story, &others, "03-13T13:00").await;
    let gone = withdrawn.matter.unwrap().matter_no;
    for desk in [&head, &clerk, top] {
        assert_eq!(see(desk, &cases[0], "03-13T14:00").ratings, []);
        assert_eq!(matter(desk, &gone, "03-13T14:00").rating, None);
        assert_eq!(march(desk, "03-13T14:00").rated, 1);
    }
    for desk in ["village", "head", "clerk", "township", "county"] {
        assert_eq!(county.replica(desk).verify().unwrap(), [], "{desk}");
    }
}

#[tokio::test]
async fn a_closed_year_takes_its_ratings_along_and_keeps_them_counted() {
    let story = Story::begin().await;
    let Story { county, village, township, .. } = &story;
    let case_no = closed_case(&story).await;
    act(township, &case_no, "deliver", "03-09T09:00").unwrap();
    story.all_meet("03-09T12:00").await;
    let tablet = Rate { channel: Channel::Tablet, ..slip(&case_no, Grade::Satisfied, "03-12") };
    village.rate(tablet, at("03-12T15:00")).unwrap();
    story.all_meet("03-12T16:00").await;
    let next_year = |day: i64| daiban_domain::Instant(at("03-05T09:00").0 + (400 + day) * 24 * 3_600_000);
    county.hub_says(next_year(0));
    county.exchange(village, next_year(0)).await.unwrap();
    county.hub.close(2026, next_year(0)).unwrap();
    county.exchange(village, next_year(0)).await.unwrap();
    county.hub.backup(&county.path("backups"), None, next_year(0)).unwrap();
    county.exchange(village, next_year(0)).await.unwrap();
    let held = "SELECT count(*) FROM entry JOIN feed ON feed.id = feed WHERE feed.kind = 'work'";
    let held: i64 = county.replica("village").db().query_row(held, [], |row| row.get(0)).unwrap();
    assert_eq!(held, 0, "the year has left");
    let counted = || percents(&march(village, "03-31T09:00")).join(" ");
    assert_eq!(counted(), "100.00% 0.00% 100.00% — —");
    let mut replica = county.replica("village");
    assert_eq!(replica.verify().unwrap(), []);
    replica.rebuild().unwrap();
    assert_eq!(counted(), "100.00% 0.00% 100.00% — —");
}

#[tokio::test]
async fn the_command_line_takes_ratings_and_counts_them() {
    let county = County::folder().await;
    let county = county.path();
    let item = json!({"itemId": "I002", "applicant": {"name": "马秀英"}});
    let recorded = run_with(daiban(county, "village").args(["record", "-"]), &item.to_string()).unwrap();
    let case_no = recorded["caseNo"].as_str().unwrap();
    let rate = |says: Value| run_with(daiban(county, "village").args(["rate", case_no]), &says.to_string());
    let good = json!({"grade": 2, "channel": "TABLET", "aspects": {"ATTITUDE": 1}});
    assert_eq!(rate(good.clone()).unwrap_err(), "not-allowed", "it isn't over");
    run(daiban(county, "village").args(["act", case_no, "withdraw"])).unwrap();
    assert_eq!(rate(json!({"grade": 6, "channel": "TABLET"})).unwrap_err(), "bad-input");
    assert_eq!(rate(json!({"grade": 4, "channel": "TABLET"})).unwrap_err(), "bad-input");
    assert_eq!(rate(json!({"grade": 2, "channel": "PAPER"})).unwrap_err(), "not-allowed");
    let kept = rate(good).unwrap();
    assert_eq!(
        (&kept["rating"]["gradeName"], &kept["rating"]["aspects"]["ATTITUDE"]),
        (&json!("满意"), &json!(1))
    );
    assert_eq!(kept["matter"], Value::Null);
    let counted = run(daiban(county, "village").args(["ratings", "--unit", VILLAGE])).unwrap();
    assert_eq!((&counted["rated"], &counted["shares"][0]["percent"]), (&json!(1), &json!("100.00%")));
    let backwards = ["ratings", "--from", "2026-04-01", "--to", "2026-03-01"];
    assert_eq!(run(daiban(county, "village").args(backwards)).unwrap_err(), "bad-input");
}

/// Whoever takes back what they asked for, and what was written of them, has their rating taken back with it.
#[tokio::test]
async fn the_rating_of_an_erased_case_goes_with_it() {
    let story = Story::begin().await;
    let Story { county, village, top, .. } = &story;
    let head = with_a_head(&story).await;
    let case_no = record(village, "I005", &[], "03-09T09:00");
    act(village, &case_no, "withdraw", "03-10T09:00").unwrap();
    meet(&story, &[&head], "03-10T10:00").await;
    head.rate(slip(&case_no, Grade::Satisfied, "03-12"), at("03-12T16:00")).unwrap();
    meet(&story, &[&head], "03-13T09:00").await;
    assert_eq!(march(top, "03-13T10:00").rated, 1);
    top.erase(Erase { what: Personal::Case { case_no }, ground: Ground::Consent }, at("03-13T10:00"))
        .unwrap();
    meet(&story, &[&head], "03-13T11:00").await;
    for desk in [&head, village, top] {
        assert_eq!(march(desk, "03-13T12:00").rated, 0);
    }
    for desk in ["village", "head", "township", "county"] {
        let mut replica = county.replica(desk);
        assert_eq!(replica.verify().unwrap(), [], "{desk}");
        let left = "SELECT count(*) FROM entry JOIN document ON document.id = entry.document
             WHERE document.kind = 'rating' AND length(entry.body) > 0";
        let left: i64 = replica.db().query_row(left, [], |row| row.get(0)).unwrap();
        assert_eq!(left, 0, "{desk}");
    }
}
