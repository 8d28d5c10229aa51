use super::*;
use daiban_contract::{
    act::{ImportResidents, SaveForm, Set, VoidDuplicate},
    view::{Recorded, ResidentRow},
};
use daiban_domain::mask::{Data, Place};

const GUARDIAN: &str = "621099198701011189";
const COMPANY: &str = "12441500196720244T";

fn apply(desk: &Desk, item: &str, applicant: Applicant, when: &str) -> Recorded {
    let asked = request(desk, item, &[], at(when));
    desk.record(Record { applicant, ..asked }, at(when)).unwrap()
}

fn codes(recorded: &Recorded) -> Vec<&str> {
    let about = recorded.warnings.iter().filter(|warning| warning.path.starts_with("applicant."));
    about.map(|warning| warning.code.as_str()).collect()
}

/// What a PDF reader finds in the printed form, without blanks.
fn printed(story: &Story, desk: &Desk, case_no: &str, form: &str, when: &str) -> String {
    let file = story.county.path("form.pdf");
    let request = SaveForm {
        case_no: case_no.to_owned(),
        form: form.to_owned(),
        file: Some(file.display().to_string()),
        ..SaveForm::default()
    };
    desk.save_form(request, at(when)).unwrap();
    daiban_testkit::pdf_text(file).split_whitespace().collect()
}

fn says(text: &str, expected: &[&str]) {
    for words in expected {
        let words: String = words.split_whitespace().collect();
        assert!(text.contains(&words), "{words} is missing in\n{text}");
    }
}

fn masked(number: &str) -> String {
    Data::IdNo.at(Place::Page, number)
}

fn found(desk: &Desk, text: &str) -> Vec<ResidentRow> {
    desk.residents(ask::Residents { search: text.to_owned() }, at("03-06T12:00")).unwrap()
}

/// 单位: a credit code, somebody who answers for it and somebody who comes.
#[tokio::test]
async fn an_organisation_comes_to_the_window() {
    let story = Story::begin().await;
    let applicant = Applicant {
        name: "清源县金泉养殖专业合作社（演示）".to_owned(),
        id_type: "USCC".to_owned(),
        id_no: "1244 1500 1967 2024 4t".to_owned(),
        phone: "13912345678".to_owned(),
        address: "清源镇人民路66号".to_owned(),
        legal_representative: "马建国".to_owned(),
        handler_name: "马小兰".to_owned(),
        handler_id_no: GUARDIAN.to_owned(),
        ..Applicant::default()
    };
    let recorded = apply(&story.township, "I017", applicant.clone(), "03-05T09:00");
    assert_eq!(codes(&recorded), ["service-object"], "the item is for people; nothing else is odd");
    let case = see(&story.township, &recorded.case_no, "03-05T09:10");
    let shown = Applicant { id_no: COMPANY.to_owned(), handler_id_no: masked(GUARDIAN), ..applicant.clone() };
    assert_eq!(case.applicant, shown, "whoever came for it is masked, the organisation is public");
    assert_eq!(found(&story.township, COMPANY), [], "the register is of residents");
    let text = printed(&story, &story.township, &recorded.case_no, "F02", "03-05T09:20");
    let whole = [COMPANY, "统一社会信用代码", "法定代表人", "马建国", "经办人", "马小兰", "单位名称"];
    says(&text, &whole);
    says(&text, &["清源县金泉养殖专业合作社（演示）"]);
    assert!(!text.contains("申请人清源县"), "{text}");
    let lacking = Applicant {
        id_no: "621099194203150014".to_owned(),
        legal_representative: String::new(),
        handler_name: String::new(),
        ..applicant
    };
    let recorded = apply(&story.township, "I017", lacking, "03-05T10:00");
    assert_eq!(codes(&recorded), ["uscc-check-digit", "missing", "missing", "service-object"]);
}

/// A child goes by its guardian's number and its birth date until it has a number, and is found by either afterwards.
#[tokio::test]
async fn a_newborn_gets_its_number_later() {
    let story = Story::begin().await;
    let Story { village, township, .. } = &story;
    let child = |name: &str| Applicant {
        name: name.to_owned(),
        phone: "13912345678".to_owned(),
        address: "上塬村三组".to_owned(),
        guardian_name: "王秀兰".to_owned(),
        guardian_id_no: GUARDIAN.to_owned(),
        birth: "2026-01-05".to_owned(),
        ..Applicant::default()
    };
    let recorded = apply(village, "I001", child("王大双"), "03-05T09:00");
    assert_eq!(codes(&recorded), [] as [&str; 0]);
    let temporary = format!("NB{GUARDIAN}20260105");
    assert_eq!(see(village, &recorded.case_no, "03-05T09:10").applicant.id_no, masked(&temporary));
    assert_eq!(
        unmask(village, &recorded.case_no, "applicant.idNo", "03-05T09:10"),
        std::slice::from_ref(&temporary)
    );
    let text = printed(&story, village, &recorded.case_no, "F01", "03-05T09:20");
    says(&text, &["王大双", "临时号码", "监护人王秀兰"]);
    assert!(!text.contains(GUARDIAN), "masked");
    // The twin goes by the same number, and is another child.
    let twin = apply(village, "I001", child("王小双"), "03-05T09:30");
    assert_eq!(codes(&twin), [] as [&str; 0], "no second request of the same child");
    assert_eq!(found(village, "王大").len() + found(village, "王小").len(), 2);
    assert_eq!(found(village, "王大")[0].same, []);
    let request = VoidDuplicate {
        case_no: twin.case_no.clone(),
        surviving: recorded.case_no.clone(),
        ..VoidDuplicate::default()
    };
    let refused = village.void_duplicate(request, at("03-05T09:35")).map_err(message).unwrap_err();
    assert!(refused.contains("同胞"), "{refused}");
    // Without its birth date a child has no number yet, and gets it once the date is there.
    let unborn = Applicant { birth: String::new(), ..child("王三双") };
    let unborn = apply(village, "I001", unborn, "03-05T09:40");
    let missing: Vec<(&str, &str)> =
        unborn.warnings.iter().map(|warning| (warning.path.as_str(), warning.code.as_str())).collect();
    assert!(missing.contains(&("applicant.birth", "missing")), "{missing:?}");
    assert!(missing.contains(&("applicant.idNo", "missing")), "{missing:?}");
    let set = Set {
        case_no: unborn.case_no.clone(),
        path: "applicant.birth".to_owned(),
        value: "2026-01-05".to_owned(),
        reason: None,
    };
    let numbered = village.set(set, at("03-05T09:45")).map_err(message).unwrap();
    assert_eq!(numbered.applicant.id_no, masked(&temporary));

    act(village, &recorded.case_no, "handOver", "03-05T10:00").unwrap();
    story.all_meet("03-05T12:00").await;
    act(township, &recorded.case_no, "receive", "03-06T09:00").unwrap();
    let number = "621099202601050016";
    let set = Set {
        case_no: recorded.case_no.clone(),
        path: "applicant.idNo".to_owned(),
        value: number.to_owned(),
        reason: Some("已上户口".to_owned()),
    };
    let corrected = township.set(set, at("03-06T09:10")).map_err(message).unwrap();
    assert_eq!(corrected.applicant.id_no, masked(number));
    let history = corrected.events.iter().find(|event| event.kind == "correctData").unwrap();
    let told = [masked(&temporary), masked(number)];
    assert!(told.iter().all(|number| history.says.contains(number)), "{}", history.says);
    story.all_meet("03-06T12:00").await;

    let later = Applicant { id_no: number.to_owned(), ..child("王大双") };
    let later = apply(village, "I027", later, "03-06T13:00");
    for desk in [village, township] {
        let [entry] = found(desk, "王大").try_into().unwrap();
        assert_eq!(entry.id_no, format!("621099********{}", &number[14..]), "the register has the number");
        let person = desk.person(ask::Person { id: entry.id }, at("03-06T14:00")).unwrap();
        assert_eq!(person.entries.len(), 1);
        assert!(person.cases.iter().all(|case| case.applicant_name == "王大双"));
    }
    let person = village.person(ask::Person { id: found(village, "王大")[0].id }, at("03-06T14:00")).unwrap();
    let cases: Vec<&str> = person.cases.iter().map(|case| case.case_no.as_str()).collect();
    assert_eq!(cases, [later.case_no.as_str(), recorded.case_no.as_str()], "before and after");
    // Whoever still has the old slip is told of the number.
    let old =
        apply(village, "I002", Applicant { id_no: temporary.clone(), ..child("王大双") }, "03-06T15:00");
    assert_eq!(codes(&old), ["number-known"]);
    assert_eq!(found(village, "王大").len(), 1, "and nobody is registered twice");
    for name in ["village", "township"] {
        assert_eq!(story.county.replica(name).verify().unwrap(), [], "{name}");
    }
}

/// People from elsewhere, people without a telephone, and numbers of old ledgers.
#[tokio::test]
async fn people_with_other_papers_and_without_a_telephone() {
    let story = Story::begin().await;
    let Story { village, county, .. } = &story;
    let person = |name: &str, id_type: &str, id_no: &str| Applicant {
        name: name.to_owned(),
        id_type: id_type.to_owned(),
        id_no: id_no.to_owned(),
        phone: "13912345678".to_owned(),
        address: "上塬村三组".to_owned(),
        ..Applicant::default()
    };
    let table = [
        ("港澳居民居住证", person("陈大文", "111", "810000199408230021"), "证件号码810000********0021"),
        ("台湾居民居住证", person("林志明", "111", "830000198706150010"), "证件号码830000********0010"),
        ("回乡证", person("李家明", "516", "h12345678"), "港澳居民来往内地通行证H12***678"),
        ("台胞证", person("林美玲", "511", "12345678"), "台湾居民来往大陆通行证12****78"),
        ("护照", person("Maria Garcia", "414", "EA1234567"), "普通护照EA1***567"),
        (
            "永久居留",
            person("JOHN SMITH", "553", "911124198501010070"),
            "外国人永久居留身份证911124********0070",
        ),
    ];
    for (i, (paper, applicant, number)) in table.into_iter().enumerate() {
        let when = format!("03-05T09:{i:02}");
        let recorded = apply(village, "I002", applicant.clone(), &when);
        assert_eq!(codes(&recorded), [] as [&str; 0], "{paper}");
        let text = printed(&story, village, &recorded.case_no, "F01", &when);
        let name: String = applicant.name.to_uppercase().split_whitespace().collect();
        says(&text, &[&name, number]);
        let [entry] = found(village, &applicant.id_no.to_uppercase()).try_into().unwrap();
        assert_eq!(entry.id_type, applicant.id_type, "{paper}");
    }

    let none = Applicant { phone: String::new(), ..person("赵奶奶", "111", "621099194203150014") };
    let recorded = apply(village, "I002", none.clone(), "03-05T10:00");
    assert_eq!(codes(&recorded), ["missing"]);
    assert!(recorded.warnings.iter().any(|warning| warning.message.contains("邻居")));
    let told = Applicant { contact: "邻居李四".to_owned(), phone: "13800000000".to_owned(), ..none };
    let recorded = apply(village, "I001", told, "03-05T10:10");
    assert_eq!(codes(&recorded), [] as [&str; 0]);
    let text = printed(&story, village, &recorded.case_no, "F01", "03-05T10:20");
    says(&text, &["电话138****0000（邻居李四代转）"]);
    let [entry] = found(village, "621099194203150014").try_into().unwrap();
    assert_eq!(entry.phone, "", "a neighbour's telephone isn't theirs");

    // An old ledger, and it alone, may have numbers of fifteen digits.
    let file = county.path("旧台账.csv");
    std::fs::write(&file, "姓名,身份证号\n孙福来,621099420315003\n").unwrap();
    let file = file.display().to_string();
    let import = ImportResidents { file, ..ImportResidents::default() };
    let imported = village.import_residents(import, at("03-05T11:00")).unwrap();
    assert_eq!((imported.made, imported.notes.len()), (1, 1));
    assert!(imported.notes[0].reason.contains("15 位"), "{}", imported.notes[0].reason);
    let old = apply(village, "I001", person("孙福来", "111", "621099420315003"), "03-05T11:10");
    assert_eq!(codes(&old), ["id-old-15"]);
    let [entry] = found(village, "6210991942031500")
        .into_iter()
        .filter(|row| row.name == "孙福来")
        .collect::<Vec<_>>()
        .try_into()
        .unwrap();
    assert!(entry.id_no.starts_with("621099****"));
}
