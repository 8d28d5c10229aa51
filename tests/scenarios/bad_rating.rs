use super::*;
use daiban_contract::{
    act::{ActOnMatter, Publish, Rate},
    view::{MatterView, RatingsView},
};
use daiban_domain::{
    Role,
    case::deadlines::Light,
    item::catalogue_to_json,
    rating::{Channel as Way, Grade, Reason},
};
use jiff::civil::date;
use serde_json::json;

/// A slip from the village's closed box.
pub fn slip(case_no: &str, grade: Grade, day: &str) -> Rate {
    let bad = grade.bad();
    Rate {
        case_no: case_no.to_owned(),
        grade,
        aspects: [].into(),
        reasons: if bad { vec![Reason::ManyTrips] } else { Vec::new() },
        text: if bad { "跑了三次".to_owned() } else { String::new() },
        channel: Way::Paper,
        rated_on: Some(at(&format!("{day}T00:00")).date()),
        rater_name: if bad { "马秀英".to_owned() } else { String::new() },
        rater_phone: if bad { "13912345678".to_owned() } else { String::new() },
        slip_no: "上塬-0031".to_owned(),
    }
}

/// A case that a village registered, closed by the township on 6 March.
pub async fn closed_case(story: &Story) -> String {
    let Story { village, township, .. } = story;
    let case_no = record(village, "I002", &[], "03-05T09:00");
    act(village, &case_no, "handOver", "03-05T10:00").unwrap();
    story.all_meet("03-05T12:00").await;
    for (event, time) in [
        ("receive", "09:00"),
        ("accept", "09:10"),
        ("startReview", "09:20"),
        ("propose", "09:30"),
        ("approve", "09:40"),
        ("close", "09:50"),
    ] {
        act(township, &case_no, event, &format!("03-06T{time}")).unwrap();
    }
    story.all_meet("03-06T12:00").await;
    case_no
}

pub fn on_matter(
    desk: &Desk,
    matter_no: &str,
    event: &str,
    says: Value,
    when: &str,
) -> Result<MatterView, String> {
    let payload = serde_json::from_value(says).unwrap();
    let act = ActOnMatter { matter_no: matter_no.to_owned(), event: event.to_owned(), payload };
    desk.act_on_matter(act, at(when)).map_err(message)
}

pub fn matter(desk: &Desk, matter_no: &str, when: &str) -> MatterView {
    desk.matter(ask::Matter { matter_no: matter_no.to_owned() }, at(when)).unwrap()
}

/// What March comes to at a desk.
pub fn march(desk: &Desk, when: &str) -> RatingsView {
    let (from, to) = (Some(date(2026, 3, 1)), Some(date(2026, 3, 31)));
    desk.ratings(ask::Ratings { unit: None, from, to }, at(when)).unwrap()
}

pub fn percents(ratings: &RatingsView) -> Vec<&str> {
    ratings.shares.iter().map(|share| share.percent.as_str()).collect()
}

/// A slip in the village's box says 不满意, “跑了三次”. The head types it in, not the agent; the township finds the guide
/// outdated, answers and calls back; the second slip says 基本满意, and the county sees which guide to mend.
#[tokio::test]
async fn a_bad_rating_is_looked_into_answered_called_back_and_mends_the_guide() {
    let story = Story::begin().await;
    let Story { county, village, township, top } = &story;
    let head = county.enrol("head", "621099100200", &[Role::VillageHead], "张福", at("03-02T09:00")).await;
    let clerk = county.enrol("clerk", "621099100000", &[Role::Intake], "赵敏", at("03-02T09:00")).await;
    let case_no = closed_case(&story).await;
    let meet = async |when: &str| {
        for _ in 0..2 {
            story.all_meet(when).await;
            for desk in [&head, &clerk] {
                county.exchange(desk, at(when)).await.unwrap();
            }
        }
    };
    meet("03-06T13:00").await;

    // Thursday's slip, typed in on Friday morning.
    let first = slip(&case_no, Grade::Dissatisfied, "03-12");
    let own = village.rate(first.clone(), at("03-13T08:30")).map_err(message).unwrap_err();
    assert!(own.contains("没有经办过这个办件的人"), "{own}");
    let rated = head.rate(first, at("03-13T08:40")).unwrap();
    assert_eq!((rated.rating.nth, rated.rating.stars, rated.rating.text.as_str()), (1, 2, "跑了三次"));
    let made = rated.matter.unwrap();
    let matter_no = made.matter_no;
    assert!(matter_no.starts_with("CP-621099100200-20260312-"), "{matter_no}");
    assert_eq!((made.due, made.why.as_str()), (date(2026, 3, 13), "3月12日评价，数 1 个工作日。"));

    meet("03-13T09:00").await;
    let open = ask::Matters { open: true, ..ask::Matters::default() };
    let row = township.matters(open.clone(), at("03-13T09:10")).unwrap().matters.remove(0);
    assert_eq!(
        (row.kind_name.as_str(), row.owner.as_str(), row.asker.as_str()),
        ("差评核实", "清源镇", "保密")
    );
    assert_eq!((row.light, row.light_says.as_str()), (Light::Amber, "今天到期"));
    let own = json!({"text": "只来过一次"});
    let own = on_matter(township, &matter_no, "verify", own, "03-13T09:20").unwrap_err();
    assert!(own.contains("没有经办过"), "the head of the centre approved it: {own}");
    assert!(matter(&clerk, &matter_no, "03-13T09:20").rating.unwrap().confidential, "not hers to see to yet");
    let given = json!({"person": "赵敏", "reason": "她没有经办过"});
    assert_eq!(on_matter(township, &matter_no, "handOn", given, "03-13T09:30").unwrap().owner, "赵敏");
    meet("03-13T10:00").await;

    let seen = matter(&clerk, &matter_no, "03-13T10:10");
    let rating = seen.rating.unwrap();
    assert_eq!((rating.text.as_str(), rating.rater_phone.as_str()), ("跑了三次", "139****5678"));
    let rater = format!("ratings/{}", rating.id);
    assert_eq!(unmask(&clerk, &case_no, &rater, "03-13T10:15"), ["马秀英", "13912345678"]);
    let handled = Unmask { case_no: case_no.clone(), path: rater, reason: "想知道是谁".to_owned() };
    assert!(message(township.unmask(handled, at("03-13T10:15")).unwrap_err()).contains("保密"));
    assert_eq!((seen.text.as_str(), seen.case_no.as_str()), ("不满意：多次跑动", case_no.as_str()));
    let early = on_matter(&clerk, &matter_no, "answer", json!({"text": "x"}), "03-13T10:20").unwrap_err();
    assert!(early.contains("先核实"), "{early}");
    let found = json!({"text": "三次属实：指南没有写要带户口簿复印件"});
    let verified = on_matter(&clerk, &matter_no, "verify", found, "03-13T15:00").unwrap();
    assert_eq!(
        (verified.state_name.as_str(), verified.due, verified.running),
        ("已核实", date(2026, 3, 19), true)
    );
    let answer = json!({"text": "指南报县里修改，先在窗口贴出提示", "wrongGuide": "I002"});
    let answered = on_matter(&clerk, &matter_no, "answer", answer, "03-17T10:00").unwrap();
    assert_eq!(answered.wrong_guide, "指南有误：城乡居民基本养老保险待遇申领（第1版）");
    let silent = on_matter(&clerk, &matter_no, "close", Value::Null, "03-17T10:10").unwrap_err();
    assert!(silent.contains("回访以后才能办结"), "{silent}");
    let call = json!({"text": "3月18日电话回访，本人表示可以"});
    on_matter(&clerk, &matter_no, "callBack", call, "03-18T09:00").unwrap();
    on_matter(&clerk, &matter_no, "close", Value::Null, "03-18T09:10").unwrap();
    meet("03-18T12:00").await;

    let again = head.rate(slip(&case_no, Grade::FairlySatisfied, "03-20"), at("03-20T16:00")).unwrap();
    assert_eq!((again.rating.nth, again.matter), (2, None));
    let third = head.rate(slip(&case_no, Grade::Satisfied, "03-20"), at("03-20T16:10"));
    assert!(third.map_err(message).unwrap_err().contains("评价过两次"));
    meet("03-20T17:00").await;

    for desk in [village, &head, &clerk, township, top] {
        let ratings = see(desk, &case_no, "03-31T09:00").ratings;
        let told: Vec<(u8, &str)> = ratings.iter().map(|one| (one.nth, one.grade_name.as_str())).collect();
        assert_eq!(told, [(1, "不满意"), (2, "基本满意")]);
        let seen = matter(desk, &matter_no, "03-31T09:00");
        assert_eq!((seen.state_name.as_str(), seen.light, seen.doubtful), ("已办结", Light::Stopped, false));
        let report = march(desk, "03-31T09:00");
        let counted: Vec<(u64, u64)> = report.grades.iter().map(|grade| (grade.last, grade.first)).collect();
        assert_eq!(counted, [(0, 0), (0, 0), (1, 0), (0, 1), (0, 0)], "the last counts, the first is listed");
        assert_eq!((report.rated, report.again, report.few.as_str()), (1, 1, "样本较少"));
        assert_eq!(percents(&report), ["100.00%", "0.00%", "100.00%", "100.00%", "100.00%"]);
    }

    // The county mends the guide.
    let guide = |when: &str| march(top, when).wrong_guides.remove(0);
    assert_eq!(
        (guide("03-31T09:00").says.as_str(), guide("03-31T09:00").matters),
        ("第1版指南有误，还没有新版", vec![matter_no])
    );
    let mut draft = top.catalogue().unwrap();
    let entry = draft.items.iter_mut().rfind(|(item, _)| item.item_id == "I002").unwrap();
    entry.0.retention = "永久".to_owned();
    entry.1 = entry.0.text_over(&entry.1).unwrap();
    let version = "2026.4".to_owned();
    top.publish(
        Publish { draft: catalogue_to_json(&draft).unwrap(), version, from: None },
        at("03-31T10:00"),
    )
    .unwrap();
    let mended = guide("03-31T10:10");
    assert_eq!((mended.next_version, mended.says.as_str()), (Some(2), "第1版指南有误，已发布第2版"));
    for desk in ["village", "head", "clerk", "township", "county"] {
        assert_eq!(county.replica(desk).verify().unwrap(), [], "{desk}");
    }
}
