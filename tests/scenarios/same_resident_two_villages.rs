use super::*;
use daiban_contract::{
    Code,
    act::{Attach, Erase, LinkResidents, Personal, VoidDuplicate},
    view::{AlikeKind, DuplicateKind, DuplicatesView, Recorded, ResidentRow},
};
use daiban_domain::{Level, Role, case::State, erasure::Ground};
use serde_json::json;

const WANG: &str = "621099198701011189";
/// A photo of one black point.
const PHOTO: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==";

/// A story with 柳湾村's laptop beside 上塬村's.
struct Two {
    story: Story,
    liuwan: Desk,
}

impl Two {
    async fn begin() -> Self {
        let story = Story::begin().await;
        let roles = Role::working(Level::Village);
        let liuwan = story.county.enrol("liuwan", "621099100201", roles, "张桂芳", at("03-01T08:00")).await;
        Self { story, liuwan }
    }

    async fn all_meet(&self, when: &str) {
        self.story.county.hub_says(at(when));
        self.story.county.exchange(&self.liuwan, at(when)).await.unwrap();
        self.story.all_meet(when).await;
        self.story.county.exchange(&self.liuwan, at(when)).await.unwrap();
    }
}

fn apply(desk: &Desk, who: (&str, &str, &str), item: &str, lacking: &[&str], when: &str) -> Recorded {
    let mut request = request(desk, item, lacking, at(when));
    let (name, id_no, address) = who;
    request.applicant.name = name.to_owned();
    request.applicant.id_no = id_no.to_owned();
    request.applicant.address = address.to_owned();
    desk.record(request, at(when)).unwrap()
}

fn duplicates(desk: &Desk, when: &str) -> DuplicatesView {
    desk.duplicates(ask::Duplicates::default(), at(when)).unwrap()
}

fn warned(recorded: &Recorded, code: &str) -> bool {
    recorded.warnings.iter().any(|warning| warning.code == code)
}

fn found(desk: &Desk, text: &str, when: &str) -> Vec<ResidentRow> {
    desk.residents(ask::Residents { search: text.to_owned() }, at(when)).unwrap()
}

/// 王某 moved by marriage from 上塬村 to 柳湾村, is in both registers, and both agents ask for the same for her.
#[tokio::test]
async fn one_person_in_two_villages_gets_one_case() {
    let two = Two::begin().await;
    let Two { story: Story { village, township, top, county }, liuwan } = &two;
    let (there, here) = (("王秀兰", WANG, "柳湾村三组"), ("王秀兰", WANG, "上塬村一组"));
    let first = apply(village, here, "I002", &["HK"], "03-05T09:00");
    let second = apply(liuwan, there, "I002", &["CARD"], "03-06T09:00");
    for recorded in [&first, &second] {
        assert!(!warned(recorded, "duplicate-case"), "neither village knows of the other's");
    }
    let photo =
        Attach { case_no: second.case_no.clone(), content: Some(PHOTO.to_owned()), ..Attach::default() };
    liuwan.attach(photo, at("03-06T09:05")).unwrap();
    // The one that was registered later is received first.
    act(liuwan, &second.case_no, "handOver", "03-06T10:00").unwrap();
    two.all_meet("03-06T12:00").await;
    act(township, &second.case_no, "receive", "03-09T09:00").unwrap();
    act(village, &first.case_no, "handOver", "03-09T10:00").unwrap();
    two.all_meet("03-09T12:00").await;
    act(township, &first.case_no, "receive", "03-10T09:00").unwrap();
    two.all_meet("03-10T12:00").await;

    for desk in [township, top] {
        let [entry, _] = found(desk, WANG, "03-10T13:00").try_into().unwrap();
        let person = desk.person(ask::Person { id: entry.id }, at("03-10T13:00")).unwrap();
        let addresses: Vec<&str> = person.entries.iter().map(|entry| entry.address.as_str()).collect();
        assert_eq!(addresses, ["上塬村一组", "柳湾村三组"], "one person, two addresses");
        assert_eq!(person.cases.len(), 2, "the cases of both villages");
        assert_eq!(person.says, "王秀兰：登记在 2 处（上塬村、柳湾村），办件 2 件。");
        let found = duplicates(desk, "03-10T13:00");
        assert_eq!((found.cases_total, found.people_total, found.people_open), (1, 1, 0));
        let pair = &found.cases[0];
        assert_eq!((&pair.keep.case_no, &pair.other.case_no), (&second.case_no, &first.case_no));
        let why = format!("办件 {} 2026年3月9日收件在先，留用", second.case_no);
        assert!(pair.says.starts_with(&why), "{}", pair.says);
        assert_eq!(found.people[0].kind, AlikeKind::Same);
    }
    assert_eq!(township.home(ask::Home {}, at("03-10T13:00")).unwrap().duplicate_cases, 1);
    assert_eq!(duplicates(township, "03-10T13:00").cases[0].blocked, "");
    assert!(duplicates(top, "03-10T13:00").cases[0].blocked.contains("中心主任"));
    assert_eq!(duplicates(village, "03-10T13:00"), DuplicatesView::default(), "a village sees its own alone");
    let alert = &see(township, &first.case_no, "03-10T13:00").duplicates[0];
    assert_eq!((alert.kind, &alert.case_no, alert.keep), (DuplicateKind::Open, &second.case_no, true));
    assert!(
        alert.says.starts_with("那一件2026年3月9日收件在先") && alert.says.contains("这一件由中心主任作废"),
        "{}",
        alert.says
    );

    let void = |desk: &Desk, case_no: &str, surviving: &str, reason: &str| {
        let (case_no, surviving) = (case_no.to_owned(), surviving.to_owned());
        let request = VoidDuplicate { case_no, surviving, reason: reason.to_owned(), leave_materials: false };
        desk.void_duplicate(request, at("03-10T14:00")).map_err(|trouble| trouble.code())
    };
    assert_eq!(void(village, &first.case_no, &second.case_no, ""), Err(Code::UnknownCase));
    assert_eq!(void(top, &first.case_no, &second.case_no, ""), Err(Code::NoRole));
    assert_eq!(void(township, &second.case_no, &first.case_no, ""), Err(Code::BadInput), "received first");
    assert_eq!(void(township, &first.case_no, &first.case_no, ""), Err(Code::BadInput));
    let voided = void(township, &first.case_no, &second.case_no, "").unwrap();
    assert_eq!((voided.state, &voided.surviving), (State::Void, &second.case_no));
    assert_eq!(void(township, &first.case_no, &second.case_no, ""), Err(Code::NotAllowed), "only once");

    two.all_meet("03-10T16:00").await;
    for desk in [liuwan, township, top] {
        let survivor = see(desk, &second.case_no, "03-10T17:00");
        let card = survivor.materials.iter().find(|material| material.material_code == "CARD").unwrap();
        assert_eq!((card.originals, card.copies), (1, 1), "what it lacked comes from the voided one");
        let says = &survivor.events.last().unwrap().says;
        assert!(says.contains(&first.case_no) && says.contains("社会保障卡"), "{says}");
        assert!(!says.contains("居民户口簿"), "it had its own: {says}");
        assert_eq!(survivor.duplicates, []);
    }
    for desk in [village, township, top] {
        let voided = see(desk, &first.case_no, "03-10T17:00");
        assert_eq!((voided.state, &voided.surviving), (State::Void, &second.case_no));
        assert!(voided.events.last().unwrap().says.contains(&format!("留用 {}", second.case_no)));
    }
    assert_eq!(duplicates(township, "03-10T17:00").cases_total, 0);
    assert_eq!(township.home(ask::Home {}, at("03-10T17:00")).unwrap().duplicate_cases, 0);
    for name in ["village", "liuwan", "township", "county"] {
        assert_eq!(county.replica(name).verify().unwrap(), [], "{name}");
    }
}

/// The other way round: the photo and the paper of 柳湾村 stay where they are, and that is said.
#[tokio::test]
async fn photos_of_another_village_stay_with_the_voided_case() {
    let two = Two::begin().await;
    let Two { story: Story { village, township, .. }, liuwan } = &two;
    let first = apply(village, ("王秀兰", WANG, ""), "I002", &["CARD"], "03-05T09:00");
    let second = apply(liuwan, ("王秀兰", WANG, ""), "I002", &[], "03-06T09:00");
    let photo =
        Attach { case_no: second.case_no.clone(), content: Some(PHOTO.to_owned()), ..Attach::default() };
    liuwan.attach(photo, at("03-06T09:05")).unwrap();
    two.all_meet("03-06T12:00").await;
    let request = VoidDuplicate {
        case_no: second.case_no.clone(),
        surviving: first.case_no.clone(),
        ..VoidDuplicate::default()
    };
    township.void_duplicate(request, at("03-06T14:00")).unwrap();
    two.all_meet("03-06T16:00").await;
    let survivor = see(village, &first.case_no, "03-06T17:00");
    let says = &survivor.events.last().unwrap().says;
    assert!(says.contains("纸质材料在柳湾村") && says.contains("照片 1 张还在原来那一件里"), "{says}");
    assert_eq!(survivor.attachments, []);

    // Two of one village: the photo goes along.
    let third = apply(liuwan, ("李玉梅", "621099199005054569", ""), "I002", &[], "03-09T09:00");
    let fourth = apply(liuwan, ("李玉梅", "621099199005054569", ""), "I002", &[], "03-09T09:30");
    assert!(warned(&fourth, "duplicate-case"), "found at entry");
    let photo =
        Attach { case_no: fourth.case_no.clone(), content: Some(PHOTO.to_owned()), ..Attach::default() };
    liuwan.attach(photo, at("03-09T09:35")).unwrap();
    two.all_meet("03-09T12:00").await;
    let request = VoidDuplicate {
        case_no: fourth.case_no.clone(),
        surviving: third.case_no.clone(),
        ..VoidDuplicate::default()
    };
    township.void_duplicate(request, at("03-09T14:00")).unwrap();
    two.all_meet("03-09T16:00").await;
    assert_eq!(see(liuwan, &third.case_no, "03-09T17:00").attachments.len(), 1);
}

/// 临时救助: 同一事由一年一次. The second of the year is warned of, at entry and wherever both are held.
#[tokio::test]
async fn temporary_relief_is_asked_for_again_in_one_year() {
    let two = Two::begin().await;
    let Two { story: Story { village, township, .. }, liuwan } = &two;
    let mut request = request(village, "I018", &[], at("03-05T09:00"));
    request.applicant.id_no = WANG.to_owned();
    request.fields.insert("event".to_owned(), json!("突发疾病住院"));
    let granted = village.record(request.clone(), at("03-05T09:00")).unwrap().case_no;
    act(village, &granted, "handOver", "03-05T10:00").unwrap();
    two.all_meet("03-05T12:00").await;
    act(township, &granted, "receive", "03-06T09:00").unwrap();
    act(township, &granted, "accept", "03-06T09:10").unwrap();
    let ended = say(township, &granted, "withdraw", "03-06T10:00", Value::Null).unwrap();
    assert_eq!(ended.state, State::Withdrawn);
    two.all_meet("03-06T12:00").await;
    let again = village.record(request.clone(), at("03-09T09:00")).unwrap();
    assert!(!warned(&again, "once-a-year"), "what came to nothing was no grant");

    act(village, &again.case_no, "handOver", "03-09T10:00").unwrap();
    two.all_meet("03-09T12:00").await;
    act(township, &again.case_no, "receive", "03-10T09:00").unwrap();
    act(township, &again.case_no, "accept", "03-10T09:10").unwrap();
    for (event, says) in [("startReview", Value::Null), ("publicNoticeStart", Value::Null)] {
        say(township, &again.case_no, event, "03-10T10:00", says).unwrap();
    }
    say(township, &again.case_no, "publicNoticeEnd", "03-20T10:00", Value::Null).unwrap();
    say(township, &again.case_no, "propose", "03-20T10:10", json!({"opinion": "拟同意"})).unwrap();
    let approver = two
        .story
        .county
        .enrol("approver", "621099100000", &[Role::Approver], "赵强", at("03-20T11:00"))
        .await;
    two.all_meet("03-20T12:00").await;
    two.story.county.exchange(&approver, at("03-20T12:00")).await.unwrap();
    act(&approver, &again.case_no, "approve", "03-20T13:00").unwrap();
    two.story.county.exchange(&approver, at("03-20T14:00")).await.unwrap();
    two.all_meet("03-20T15:00").await;
    act(township, &again.case_no, "close", "03-23T09:00").unwrap();
    act(township, &again.case_no, "deliver", "03-23T09:10").unwrap();

    request.fields.insert("event".to_owned(), json!("房屋失火"));
    let third = liuwan.record(request.clone(), at("05-11T09:00")).unwrap();
    assert!(!warned(&third, "once-a-year"), "柳湾村 doesn't know");
    two.all_meet("05-11T12:00").await;
    let alert = &see(township, &third.case_no, "05-11T13:00").duplicates[0];
    assert_eq!((alert.kind, &alert.case_no), (DuplicateKind::Again, &again.case_no));
    assert!(alert.says.contains("同一事由一个自然年度只办一次"), "{}", alert.says);
    let pair = &duplicates(township, "05-11T13:00").cases[0];
    assert_eq!((pair.keep.reason.as_str(), pair.other.reason.as_str()), ("突发疾病住院", "房屋失火"));
    assert!(!pair.blocked.is_empty(), "another reason is no duplicate: nothing to void");
    let fourth = village.record(request, at("05-12T09:00")).unwrap();
    assert!(warned(&fourth, "once-a-year"), "found at entry where the first is known");
}

/// Mistakes, twins and namesakes: told, and nobody is joined by the program.
#[tokio::test]
async fn a_number_under_two_names_is_a_mistake_and_twins_stay_two() {
    let two = Two::begin().await;
    let Two { story: Story { village, township, top, .. }, liuwan } = &two;
    let wrong = apply(village, ("王秀兰", WANG, ""), "I002", &[], "03-05T09:00");
    let other = apply(liuwan, ("王秀莲", WANG, ""), "I002", &[], "03-05T09:30");
    // Twins: neighbours in the number, born on one day, with names that sound alike.
    let [elder, younger] = ["621099201602290033", "62109920160229005X"];
    apply(village, ("单晓伟", elder, ""), "I001", &[], "03-05T10:00");
    apply(liuwan, ("单晓卫", younger, ""), "I001", &[], "03-05T10:30");
    two.all_meet("03-05T12:00").await;

    let view = duplicates(township, "03-05T13:00");
    assert_eq!((view.people_total, view.people_open), (1, 1), "the twins are nobody's finding");
    assert_eq!(view.people[0].kind, AlikeKind::Contradiction);
    assert!(view.people[0].says.contains("程序不合并"));
    assert!(view.cases[0].says.contains("姓名不同") && !view.cases[0].blocked.is_empty());
    assert_eq!(view.cases_total, 1);
    let request = VoidDuplicate {
        case_no: other.case_no.clone(),
        surviving: wrong.case_no.clone(),
        ..VoidDuplicate::default()
    };
    let refused = township.void_duplicate(request, at("03-05T13:00")).map_err(message).unwrap_err();
    assert!(refused.contains("更正写错的一件"), "{refused}");
    let [one] = found(township, elder, "03-05T13:00").try_into().unwrap();
    let person = township.person(ask::Person { id: one.id }, at("03-05T13:00")).unwrap();
    assert_eq!((person.entries.len(), person.cases.len()), (1, 1), "a twin is one person");

    // The township settles it: she was registered under her old name in one place.
    let ids = [view.people[0].one.id, view.people[0].other.id];
    let link = |desk: &Desk, linked: bool, reason: &str, when: &str| {
        let request = LinkResidents { one: ids[0], other: ids[1], linked, reason: reason.to_owned() };
        desk.link_residents(request, at(when)).map_err(|trouble| trouble.code())
    };
    assert_eq!(
        link(village, true, "改过名", "03-05T14:00"),
        Err(Code::UnknownResident),
        "it holds one of them"
    );
    assert_eq!(link(township, true, "", "03-05T14:00"), Err(Code::BadInput));
    assert_eq!(link(township, true, "户口簿有曾用名", "03-05T14:00").unwrap().same, [ids[1]]);
    two.all_meet("03-05T16:00").await;
    for desk in [township, top] {
        assert_eq!(duplicates(desk, "03-05T17:00").people_total, 0, "settled");
        let person = desk.person(ask::Person { id: ids[1] }, at("03-05T17:00")).unwrap();
        assert_eq!(person.entries.len(), 2);
        assert_eq!((person.words[0].linked, person.words[0].reason.as_str()), (true, "户口簿有曾用名"));
    }
    // And takes it back: as before, two people.
    link(township, false, "看错了户口簿", "03-06T09:00").unwrap();
    two.all_meet("03-06T12:00").await;
    for desk in [township, top] {
        let person = desk.person(ask::Person { id: ids[0] }, at("03-06T13:00")).unwrap();
        assert_eq!((person.entries.len(), person.words.len()), (1, 2), "the history stays");
        assert!(person.words[1].standing && !person.words[1].linked);
    }
    // Erased in one village, with all that was said of it: the reasons may name people.
    let entry = Personal::Resident { unit: "621099100201".parse().unwrap(), id_no: WANG.to_owned() };
    top.erase(Erase { what: entry, ground: Ground::Purpose }, at("03-06T14:00")).unwrap();
    two.all_meet("03-06T15:00").await;
    for desk in [township, top] {
        let [left] = found(desk, WANG, "03-06T16:00").try_into().unwrap();
        assert_eq!(left.unit_name, "上塬村");
        assert_eq!(desk.person(ask::Person { id: left.id }, at("03-06T16:00")).unwrap().words, []);
        assert_eq!(duplicates(desk, "03-06T16:00").people_total, 0);
    }
    for name in ["village", "liuwan", "township", "county"] {
        assert_eq!(two.story.county.replica(name).verify().unwrap(), [], "{name}");
    }
}
