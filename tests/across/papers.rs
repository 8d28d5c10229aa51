//! Papers over real desks: what stands on them, who has earned them, what is kept of their printing.

use crate::scenarios::{Story, act, message, record, say, see, walk_in};
use daiban_contract::{
    act::{
        Entrust, FormsOf, HandOver, ImportUnits, PaperOf, ReceiveBatch, ReceivedLine, Record, RecordMatter,
        SaveForm, SaveForms, SavePaper,
    },
    ask,
    view::{FormView, MaterialCount},
};
use daiban_desk::Desk;
use daiban_domain::{
    case::{State, entrustment::Power},
    matter::{Channel, Kind},
};
use daiban_testkit::{
    County, at, pdf_text,
    program::{daiban, run, run_with},
};
use serde_json::{Value, json};

const VILLAGE: &str = "621099100200";

/// Its number, and its text without spaces and line breaks.
fn print(desk: &Desk, case_no: &str, form: &str, when: &str) -> Result<(String, String), String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.pdf").display().to_string();
    let request = SaveForm {
        case_no: case_no.to_owned(),
        form: form.to_owned(),
        file: Some(file.clone()),
        printer: None,
    };
    let saved = desk.save_form(request, at(when)).map_err(message)?;
    Ok((saved.number, unbroken(&pdf_text(file))))
}

fn print_paper(desk: &Desk, of: PaperOf, when: &str) -> Result<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.pdf").display().to_string();
    let request = SavePaper { of, file: Some(file.clone()), printer: None };
    desk.save_paper(request, at(when)).map_err(message)?;
    Ok(unbroken(&pdf_text(file)))
}

fn unbroken(text: &str) -> String {
    text.split_whitespace().collect()
}

fn says(text: &str, all: &[&str]) {
    for words in all {
        assert!(text.contains(&unbroken(words)), "{words} is missing in\n{text}");
    }
}

fn offered(forms: &[FormView], form: &str) -> bool {
    forms.iter().any(|one| one.form == form)
}

#[tokio::test]
async fn the_slip_of_a_hand_over_is_a_paper_of_each_of_its_cases() {
    let story = Story::begin().await;
    let Story { village, township, .. } = &story;
    let cases: Vec<String> =
        (0..3).map(|n| record(village, "I002", &[], &format!("03-05T09:0{n}"))).collect();
    let [whole, short, absent] = cases.as_slice() else { panic!() };
    assert!(!offered(&see(village, whole, "03-05T09:30").forms, "F06"));
    let handed = village.hand_over(HandOver { case_nos: cases.clone() }, at("03-05T10:00")).unwrap();
    let (number, text) = print(village, short, "F06", "03-05T10:05").unwrap();
    says(
        &text,
        &["材料交接单", &handed.batch, "共 3 件", "马秀英", "居民身份证", "☐符", "移交方：上塬村便民服务站"],
    );
    assert!(text.contains("第一联移交方留存") && text.contains("第二联接收方留存"));
    assert!(!text.contains("621099195508082563"), "no identity number");
    for case_no in &cases {
        let papers = see(village, case_no, "03-05T10:10").papers;
        assert!(papers.iter().any(|paper| paper.form == "F06" && paper.number == number), "{case_no}");
    }
    story.all_meet("03-05T12:00").await;

    let listed = handed.lines.iter().find(|line| line.case_no == *short).unwrap();
    let counted = listed.materials.iter().filter(|one| one.material_code != "ID").map(|one| MaterialCount {
        material_code: one.material_code.clone(),
        originals: one.originals,
        copies: one.copies,
    });
    let lines = vec![
        ReceivedLine { case_no: short.clone(), counted: Some(counted.collect()), ..ReceivedLine::default() },
        ReceivedLine { case_no: absent.clone(), missing: true, ..ReceivedLine::default() },
    ];
    let receive = ReceiveBatch { batch: handed.batch.clone(), lines };
    township.receive_batch(receive, at("03-06T09:00")).unwrap();
    let (again, text) = print(township, whole, "F06", "03-06T09:05").unwrap();
    assert_eq!(again, number, "the same slip, with what was counted");
    says(&text, &["补打第 1 次", "☑符", "☑缺", "第2件居民身份证：移交原件1", "第3件没有到", "王建国"]);
    assert_eq!(story.county.replica("township").verify().unwrap(), []);
}

#[tokio::test]
async fn each_hand_over_keeps_its_slip_when_a_case_goes_on_with_another() {
    let story = Story::begin().await;
    let Story { village, township, .. } = &story;
    let cases: Vec<String> =
        (0..2).map(|n| record(village, "I002", &[], &format!("03-05T09:0{n}"))).collect();
    let hand_over = |cases: &[String], when: &str| {
        village.hand_over(HandOver { case_nos: cases.to_vec() }, at(when)).unwrap().batch
    };
    let slip = |desk: &Desk, batch: &str, when: &str| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("slip.pdf").display().to_string();
        let of = FormsOf::HandOver { batch: batch.to_owned() };
        let request = SaveForms { of, form: "F06".to_owned(), file: Some(file.clone()), printer: None };
        let saved = desk.save_forms(request, at(when)).unwrap();
        let [number] = &saved.numbers[..] else { panic!("{saved:?}") };
        (number.clone(), unbroken(&pdf_text(file)))
    };
    let first = hand_over(&cases, "03-05T10:00");
    let (first_number, _) = slip(village, &first, "03-05T10:05");
    story.all_meet("03-05T12:00").await;
    let receive = ReceiveBatch { batch: first.clone(), lines: Vec::new() };
    township.receive_batch(receive, at("03-06T09:00")).unwrap();
    let wrong = json!({"reason": "登记错了村"});
    say(township, &cases[1], "returnToVillage", "03-06T09:10", wrong).unwrap();
    story.all_meet("03-06T12:00").await;
    act(village, &cases[1], "takeBack", "03-07T09:00").unwrap();
    let second = hand_over(&cases[1..], "03-07T10:00");
    assert_ne!(first, second);

    let (number, text) = slip(village, &second, "03-07T10:05");
    assert_ne!(number, first_number);
    says(&text, &[&second, "共 1 件"]);
    let (again, text) = slip(village, &first, "03-07T10:10");
    assert_eq!(again, first_number);
    says(&text, &[&first, "共 2 件", "补打第 1 次", "☑符"]);
    let (last, _) = print(village, &cases[1], "F06", "03-07T10:15").unwrap();
    assert_eq!(last, number, "of the case itself it is the last one");
    let of = FormsOf::HandOver { batch: first.clone() };
    let due = village.forms_due(ask::FormsDue { of }, at("03-07T10:18")).unwrap();
    let slips = due.forms.iter().find(|due| due.form == "F06").unwrap();
    assert_eq!((slips.cases, slips.printed), (2, 2));
    assert_eq!(see(village, &cases[1], "03-07T10:19").batches, [first.clone(), second.clone()]);
    let batch = village.batch(ask::Batch { batch: first.clone() }, at("03-07T10:20")).unwrap();
    assert!(batch.lines.len() == 2 && batch.lines.iter().all(|line| line.received && !line.under_way));

    // The township prints the earlier one, too; both papers are known as theirs.
    story.all_meet("03-07T12:00").await;
    let (again, text) = slip(township, &first, "03-07T12:05");
    assert_eq!(again, first_number);
    says(&text, &["补打第 2 次", "共 2 件"]);
    let papers = see(township, &cases[1], "03-07T12:10").papers;
    let of = |number: &str| papers.iter().filter(|paper| paper.number == number).count();
    assert_eq!((of(&first_number), of(&number)), (3, 2));
    for name in ["village", "township"] {
        assert_eq!(story.county.replica(name).verify().unwrap(), [], "{name}");
    }
}

/// The county says what its units are called in a second language, as far as it can be set.
#[tokio::test]
async fn forms_of_a_county_with_two_languages_have_both_names() {
    let story = Story::begin().await;
    let Story { township, top, .. } = &story;
    let import = |name: &str| {
        let file = story.county.path("units.csv");
        let row = format!("621099100000,清源镇便民服务中心（演示）,清源镇,{name}");
        std::fs::write(&file, format!("区划代码,单位全称,单位简称,第二文字名称\n{row}\n")).unwrap();
        let request = ImportUnits { file: file.display().to_string() };
        top.import_units(request, at("03-02T09:00")).map_err(message)
    };
    let joined = import("བོད་ཡིག").unwrap_err();
    assert!(joined.contains("图片") && joined.contains("抬头-621099100000.png"), "{joined}");
    let missing = import("Cing\u{1e900}").unwrap_err();
    assert!(missing.contains("U+1E900") && missing.contains("没有改动"), "{missing}");
    assert_eq!(import("Cinghyenzcin Fuzvu Cungsim").unwrap().changed, 1);
    story.all_meet("03-02T12:00").await;
    let case_no = walk_in(township, "I002", &[], "03-02T13:00");
    let (_, text) = print(township, &case_no, "F02", "03-02T13:05").unwrap();
    says(&text, &["Cinghyenzcin Fuzvu Cungsim 清源镇便民服务中心（演示）"]);
    for name in ["township", "county"] {
        assert_eq!(story.county.replica(name).verify().unwrap(), [], "{name}");
    }
}

#[tokio::test]
async fn a_mandate_is_printed_to_be_signed_and_as_it_was_given() {
    let story = Story::begin().await;
    let Story { village, township, .. } = &story;
    let case_no = record(village, "I002", &["PROXY"], "03-05T09:00");
    let (_, blank) = print(village, &case_no, "F07", "03-05T09:05").unwrap();
    says(
        &blank,
        &[
            "代办委托书",
            "621099195508082563",
            "性别 女",
            "上塬村三组",
            "李秀兰",
            "上塬村代办员",
            "☐递交材料",
            "☐代缴费",
            "见证人（捺印时填写）",
            "代办服务不收取任何费用",
        ],
    );
    let entrust = Entrust {
        case_no: case_no.clone(),
        powers: vec![Power::Submit, Power::Collect],
        thumbprint: true,
        witness: "李某".to_owned(),
        to: Some("2026-06-30".parse().unwrap()),
        ..Entrust::default()
    };
    village.entrust(entrust, at("03-05T09:10")).unwrap();
    let (_, given) = print(village, &case_no, "F07", "03-05T09:15").unwrap();
    says(
        &given,
        &["☑递交材料", "☐签收文书", "☑领取结果", "自2026年3月5日至2026年6月30日", "委托人（捺印）", "李某"],
    );
    let at_the_window = walk_in(township, "I002", &[], "03-05T09:00");
    assert!(print(township, &at_the_window, "F07", "03-05T09:05").is_err(), "nobody is entrusted");
}

#[tokio::test]
async fn a_certificate_that_villages_no_longer_give_is_answered_with_the_reason() {
    let story = Story::begin().await;
    let Story { village, township, .. } = &story;
    let asked = |certificate: &str| {
        let request = json!({
            "itemId": "I040",
            "applicant": {"name": "马秀英", "idNo": "621099195508082563", "phone": "13912345678"},
            "fields": {"certType": certificate, "purpose": "某保险公司", "facts": "父女关系"},
        });
        let request: Record = serde_json::from_value(request).unwrap();
        village.record(request, at("03-05T09:00")).unwrap().case_no
    };
    let listed = asked("亲属关系证明");
    assert!(offered(&see(village, &listed, "03-05T09:01").forms, "F21"));
    let (_, text) = print(village, &listed, "F21", "03-05T09:10").unwrap();
    says(
        &text,
        &[
            "不予出具证明说明",
            "申请出具“亲属关系证明”",
            "列入不应由基层群众性自治组织出具的证明事项清单",
            "民发〔2020〕20号",
            "某保险公司",
            "公证机构",
            "621099********2563",
        ],
    );

    // Any other is given until somebody refuses it.
    let other = asked("居住证明");
    assert!(!offered(&see(village, &other, "03-05T09:01").forms, "F21"));
    act(village, &other, "handOver", "03-05T10:00").unwrap();
    story.all_meet("03-05T12:00").await;
    act(township, &other, "receive", "03-06T09:00").unwrap();
    let no = json!({"ground": "不符合本事项受理条件", "reason": "没有条件核实所述事实", "basis": "民发〔2020〕20号"});
    say(township, &other, "refuse", "03-06T09:10", no).unwrap();
    let (_, text) = print(township, &other, "F21", "03-06T09:15").unwrap();
    says(&text, &["居住证明", "因没有条件核实所述事实，我单位不能出具", "替代办法"]);
}

#[tokio::test]
async fn the_file_of_a_case_lists_what_lies_in_it_once_it_has_ended() {
    let story = Story::begin().await;
    let Story { village, township, .. } = &story;
    let case_no = record(village, "I002", &[], "03-05T09:00");
    print(village, &case_no, "F01", "03-05T09:05").unwrap();
    act(village, &case_no, "handOver", "03-05T10:00").unwrap();
    print(village, &case_no, "F06", "03-05T10:05").unwrap();
    story.all_meet("03-05T12:00").await;
    act(township, &case_no, "receive", "03-06T10:00").unwrap();
    act(township, &case_no, "accept", "03-06T10:10").unwrap();
    print(township, &case_no, "F02", "03-06T10:15").unwrap();
    print(township, &case_no, "F02", "03-06T10:16").unwrap();
    assert!(print(township, &case_no, "F23", "03-06T10:17").unwrap_err().contains("还不能出"));
    for (event, time) in
        [("startReview", "10:20"), ("propose", "10:30"), ("approve", "10:40"), ("close", "10:50")]
    {
        act(township, &case_no, event, &format!("03-06T{time}")).unwrap();
    }
    act(township, &case_no, "returnOriginals", "03-06T11:00").unwrap();
    act(township, &case_no, "deliver", "03-09T09:00").unwrap();
    assert_eq!(act(township, &case_no, "archive", "04-20T09:00").unwrap().state, State::Archived);
    let (number, text) = print(township, &case_no, "F23", "04-20T09:05").unwrap();
    says(
        &text,
        &[
            "卷内文件目录",
            "卷内备考表",
            "马秀英申请",
            "自2026年3月5日至2026年3月6日",
            "保管期限",
            "代办登记回执",
            "材料交接单",
            "受理通知书",
            "待遇核定表",
            "补打1次",
            "原件1已退还",
            "居民身份证",
        ],
    );
    assert!(text.contains(&unbroken(&number)));
}

#[tokio::test]
async fn what_the_organs_of_a_joint_case_have_said_is_one_sheet() {
    let story = Story::begin().await;
    let township = &story.township;
    let case_no = walk_in(township, "I029", &[], "08-03T09:00");
    act(township, &case_no, "accept", "08-03T09:30").unwrap();
    act(township, &case_no, "startReview", "08-03T10:00").unwrap();
    assert!(print(township, &case_no, "F24", "08-03T11:00").is_err());
    for organ in ["自然资源所", "林业站"] {
        let asked = json!({"organ": organ, "limitDays": 3});
        say(township, &case_no, "jointDispatch", "08-04T09:00", asked).unwrap();
    }
    let (number, sent) = print(township, &case_no, "F24", "08-04T09:10").unwrap();
    says(&sent, &["并联审批（会商）意见表", "自然资源所", "林业站", "2026-08-07"]);
    let opinion = json!({"organ": "自然资源所", "opinion": "现状为耕地，须先办农用地转用"});
    say(township, &case_no, "jointOpinion", "08-06T09:00", opinion).unwrap();
    let met = json!({
        "present": ["自然资源所"], "absent": ["林业站"],
        "minutes": "同意按一户一宅条件审查。\n先办农用地转用。",
    });
    say(township, &case_no, "jointMeeting", "08-10T09:00", met).unwrap();
    let (_, minutes) = print(township, &case_no, "F24b", "08-10T10:00").unwrap();
    says(&minutes, &["联席会议纪要", "2026年8月10日", "缺席单位 林业站", "先办农用地转用。"]);
    let absence = json!({"organ": "林业站", "ground": "absence", "evidence": "8月10日会议签到册"});
    say(township, &case_no, "jointTacit", "08-12T09:00", absence).unwrap();
    let (again, text) = print(township, &case_no, "F24", "08-12T09:10").unwrap();
    assert_eq!(again, number);
    says(&text, &["现状为耕地", "视为同意", "无故缺席（8月10日会议签到册）", "2026年8月12日"]);
}

#[tokio::test]
async fn a_visit_has_a_slip_under_its_own_number() {
    let story = Story::begin().await;
    let village = &story.village;
    let visit = RecordMatter {
        kind: Kind::HomeVisit,
        text: "老人卧床，上门办理待遇资格认证".to_owned(),
        asker_name: "马秀英".to_owned(),
        asker_phone: "13912345678".to_owned(),
        channel: Channel::Phone,
        ticket_no: String::new(),
        on_the_spot: false,
        agreed_on: Some("2026-03-09".parse().unwrap()),
        limit_days: None,
        unit: None,
        case_no: None,
    };
    let consult = RecordMatter { kind: Kind::Consult, agreed_on: None, ..visit.clone() };
    let matter_no = village.record_matter(visit, at("03-05T09:00")).unwrap().matter_no;
    let seen = village.matter(ask::Matter { matter_no: matter_no.clone() }, at("03-05T09:01")).unwrap();
    assert!(offered(&seen.forms, "F22"));
    let of = PaperOf::Visit { matter_no: matter_no.clone() };
    let preview = ask::PreviewPaper { of: of.clone() };
    assert_eq!(village.preview_paper(preview, at("03-05T09:02")).unwrap().pages.len(), 1);
    let text = print_paper(village, of, "03-05T09:05").unwrap();
    says(&text, &[&matter_no, "☑上门", "马秀英", "139****5678", "2026年3月9日", "待遇资格认证", "李秀兰"]);
    assert!(!text.contains("13912345678"));
    let consult = village.record_matter(consult, at("03-05T09:10")).unwrap().matter_no;
    let of = PaperOf::Visit { matter_no: consult };
    assert!(print_paper(village, of, "03-05T09:11").unwrap_err().contains("上门服务才有"));
}

#[tokio::test]
async fn the_ledger_of_a_month_has_every_case_of_the_agents_and_no_number_whole() {
    let story = Story::begin().await;
    let Story { village, township, .. } = &story;
    let done = record(village, "I002", &[], "03-05T09:00");
    let waits = record(village, "I002", &["CARD"], "03-06T09:00");
    record(village, "I002", &[], "04-01T09:00");
    walk_in(township, "I002", &[], "03-05T09:00");
    act(village, &done, "handOver", "03-06T10:00").unwrap();
    story.all_meet("03-06T12:00").await;
    for (event, when) in [
        ("receive", "03-09T09:00"),
        ("accept", "03-09T09:10"),
        ("startReview", "03-09T09:20"),
        ("propose", "03-10T09:30"),
        ("approve", "03-10T09:40"),
        ("close", "03-11T09:50"),
        ("deliver", "03-12T10:00"),
    ] {
        act(township, &done, event, when).unwrap();
    }
    story.all_meet("03-12T12:00").await;
    let rate = json!({"caseNo": done, "grade": 1, "channel": "PAPER"});
    story.top.rate(serde_json::from_value(rate).unwrap(), at("03-13T09:00")).unwrap();
    story.all_meet("03-13T12:00").await;
    let month =
        |unit: &str, month: &str| PaperOf::Ledger { unit: unit.parse().unwrap(), month: month.to_owned() };
    let text = print_paper(village, month(VILLAGE, "2026-03"), "03-31T17:00").unwrap();
    says(
        &text,
        &[
            "上塬村便民服务站（演示）代办登记台账",
            "2026年3月",
            "6****************3",
            "139****5678",
            "03-09",
            "03-11",
            "非常满意",
            "已送达",
            "本页合计：登记 2 件",
            "受理 1 件",
            "第 1 页，共 1 页",
        ],
    );
    assert_eq!(text.matches("马秀英").count(), 2, "March has two, and the walk-in isn't the agent's");
    assert!(!text.contains("621099195508082563") && !text.contains("13912345678"));
    let place = |case_no: &str| text.find(&case_no[22..]).unwrap();
    assert!(place(&done) < place(&waits), "{text}");
    let all = print_paper(township, month("621099100000", "2026-03"), "03-31T17:00").unwrap();
    assert_eq!(all.matches("马秀英").count(), 2, "those of its villages");
    let none = print_paper(village, month(VILLAGE, "2026-05"), "05-31T17:00").unwrap();
    says(&none, &["本月没有登记的办件"]);
    assert!(print_paper(village, month(VILLAGE, "2026年3月"), "03-31T17:00").is_err());
    assert!(print_paper(village, month("621099100999", "2026-03"), "03-31T17:00").is_err());
}

#[tokio::test]
async fn the_command_line_prints_what_is_no_cases() {
    let folder = County::folder().await;
    let county = folder.path();
    let mut recording = daiban(county, "village");
    recording.args(["record", "-"]).env("DAIBAN_NOW", "2026-11-05T09:00:00+08:00");
    let request = json!({
        "itemId": "I002",
        "applicant": {"name": "马秀英", "idNo": "621099195508082563", "phone": "13912345678"},
        "materials": [{"materialCode": "ID", "originals": 1, "copies": 1}],
    });
    let recorded = run_with(&mut recording, &request.to_string()).unwrap();
    let case_no = recorded["caseNo"].as_str().unwrap();
    let village = |arguments: &[&str]| -> Result<Value, String> {
        run(daiban(county, "village").args(arguments).env("DAIBAN_NOW", "2026-11-06T09:00:00+08:00"))
    };
    let batch = village(&["batch", "hand-over", case_no]).unwrap()["batch"].as_str().unwrap().to_owned();
    let file = county.join("paper.pdf");
    let output = file.to_str().unwrap();
    let saved = village(&["form", "--batch", &batch, "F06", "-o", output]).unwrap();
    assert_eq!(saved["name"], "材料交接单");
    says(&unbroken(&pdf_text(&file)), &[&case_no[22..], &batch]);
    let saved = village(&["form", "--unit", VILLAGE, "--month", "2026-11", "F18", "-o", output]).unwrap();
    assert_eq!(saved["name"], "代办登记台账");
    says(&unbroken(&pdf_text(&file)), &["代办登记台账", "马秀英"]);
    let saved = village(&["form", "--unit", VILLAGE, "--month", "2026-11", "F18"]).unwrap();
    assert!(saved["file"].as_str().unwrap().ends_with(&format!("F18-{VILLAGE}-202611.pdf")), "{saved}");
    assert_eq!(village(&["form", "--batch", "20260101-A1-999", "F06"]).unwrap_err(), "unknown-case");
    assert_eq!(village(&["form", "--batch", &batch, "F02"]).unwrap_err(), "unknown-form");
    assert_eq!(village(&["form", "--unit", VILLAGE, "--month", "11月", "F18"]).unwrap_err(), "bad-input");
    assert_eq!(village(&["form", "--matter", "SM-0", "F22"]).unwrap_err(), "unknown-matter");
}
