//! Papers of real cases: each when it is earned, with what it has to say, and genuine.

use crate::scenarios::{Story, act, message, say, see, walk_in};
use daiban_contract::{
    Code, Failure,
    act::{FormsOf, PaperOf, RecordMatter, SaveForm, SaveForms, SavePaper, Set, StopForms},
    ask,
    view::{CaseView, FormCheckView, SavedForms},
};
use daiban_desk::Desk;
use daiban_domain::{case::State, item::Item};
use daiban_testkit::{County, at, pdf_text, qr_code};
use serde_json::{Value, json};
use std::path::PathBuf;

/// A paper that was printed: its file, and what a reader finds in it, without blanks.
struct Printed {
    file: PathBuf,
    text: String,
    number: String,
}

fn print(county: &County, desk: &Desk, case_no: &str, form: &str, when: &str) -> Result<Printed, Failure> {
    let file = county.path(&format!("{form}.pdf"));
    let request = SaveForm {
        case_no: case_no.to_owned(),
        form: form.to_owned(),
        file: Some(file.display().to_string()),
        ..SaveForm::default()
    };
    let number = desk.save_form(request, at(when)).map_err(Failure::from)?.number;
    let text = pdf_text(&file).split_whitespace().collect();
    Ok(Printed { file, text, number })
}

fn check(desk: &Desk, text: &str, when: &str) -> FormCheckView {
    desk.check_form(ask::CheckForm { text: text.to_owned() }, at(when)).unwrap()
}

fn forms(case: &CaseView) -> Vec<&str> {
    case.forms.iter().map(|form| form.form.as_str()).collect()
}

/// Prints a form and looks for words in it.
fn says(story: &Story, case_no: &str, form: &str, when: &str, expected: &[&str]) -> Printed {
    let printed = print(&story.county, &story.township, case_no, form, when).unwrap();
    for words in expected {
        assert!(printed.text.contains(words), "{form}: {words} is missing in\n{}", printed.text);
    }
    printed
}

#[tokio::test]
async fn each_step_of_a_case_has_its_paper_and_none_before_it() {
    let story = Story::begin().await;
    let township = &story.township;
    let case_no = walk_in(township, "I016", &["HK"], "03-02T09:00");
    let do_ = |event: &str, when: &str, says: Value| say(township, &case_no, event, when, says).unwrap();
    for form in ["F03", "F04", "F08", "F09", "F09b", "F10", "F14", "F15", "F17"] {
        let early = print(&story.county, township, &case_no, form, "03-02T09:10").map(|_| ()).unwrap_err();
        assert_eq!(early.code, Code::FormNotEarned, "{form}: {}", early.message);
    }
    says(&story, &case_no, "F02", "03-02T09:10", &["收件凭证", "2026年3月9日（星期一）前决定是否受理"]);
    do_(
        "oneTimeNotice",
        "03-03T09:00",
        json!({"points": [{
            "material": "居民户口簿", "problem": "缺本人页", "remedy": "补交本人页复印件1份",
        }]}),
    );
    says(
        &story,
        &case_no,
        "F03",
        "03-03T09:10",
        &[
            "一次性告知（补正）通知书",
            "全部内容",
            "居民户口簿",
            "缺本人页",
            "补交本人页复印件1份",
            "依据",
            "前补正。",
            "补正不来",
        ],
    );
    do_(
        "supplement",
        "03-05T09:00",
        json!({"materials": [{"materialCode": "HK", "originals": 1, "copies": 1}]}),
    );
    act(township, &case_no, "accept", "03-05T10:00").unwrap();
    says(&story, &case_no, "F02", "03-05T10:10", &["受理通知书", "决定自2026年3月5日起予以受理"]);
    act(township, &case_no, "startReview", "03-05T11:00").unwrap();
    do_(
        "pause",
        "03-06T09:00",
        json!({
            "procedure": "信息核对", "basis": "《最低生活保障审核确认办法》第十五条", "expectedDays": 5, "told": true,
        }),
    );
    says(
        &story,
        &case_no,
        "F15",
        "03-06T09:10",
        &["特别程序告知书", "约5个工作日", "自2026年3月6日起不计算在办理期限内"],
    );
    act(township, &case_no, "resume", "03-12T09:00").unwrap();
    let before = see(township, &case_no, "03-12T10:00");
    let due = |case: &CaseView| crate::scenarios::clock(case, "promise").due;
    let extended = do_("extend", "03-13T09:00", json!({"days": 3, "reason": "还有一户成员的收入要核实"}));
    let (old, new) = (due(&before), due(&extended));
    assert!(new > old);
    let day = |date: jiff::civil::Date| format!("{}年{}月{}日", date.year(), date.month(), date.day());
    says(
        &story,
        &case_no,
        "F10",
        "03-13T09:10",
        &["延期通知书", &format!("不能在{}前办结", day(old)), "延长3个工作日", &format!("至{}（", day(new))],
    );
    act(township, &case_no, "publicNoticeStart", "03-16T09:00").unwrap();
    let hung = says(
        &story,
        &case_no,
        "F17",
        "03-16T09:10",
        &["最低生活保障对象审核确认", "户主姓名", "马**", "公示期7天"],
    );
    assert!(!hung.text.contains("马秀英") && !hung.text.contains(&case_no), "no name and no case on a board");
    act(township, &case_no, "publicNoticeEnd", "03-24T09:00").unwrap();
    act(township, &case_no, "propose", "03-24T10:00").unwrap();
    act(township, &case_no, "approve", "03-25T09:00").unwrap();
    do_("close", "03-25T10:00", json!({"resultName": "低保证", "resultNumber": "清民保〔2026〕18号"}));
    let done = says(
        &story,
        &case_no,
        "F09",
        "03-25T10:10",
        &[
            "办结通知书",
            "☑给付",
            "低保证",
            "清民保〔2026〕18号",
            "10个工作日（另有特别程序4个工",
            "按时办结",
            "前送达",
        ],
    );
    says(
        &story,
        &case_no,
        "F08",
        "03-25T10:20",
        &["送达回证", "低保证", "清民保〔2026〕18号", &done.number, "两名送达人"],
    );
    do_("deliver", "03-26T09:00", json!({"recipient": "马秀英", "method": "窗口"}));
    says(&story, &case_no, "F08", "03-26T09:10", &["2026年3月26日", "☑窗口", "马秀英（签名）"]);
    let case = see(township, &case_no, "03-26T10:00");
    assert_eq!(forms(&case), ["F02", "F03", "F15", "F10", "F17", "F09", "F08", "F23"]);
    let contested = case.events.iter().filter(|event| event.contested).count();
    assert_eq!(contested, 0, "every print counts");
}

#[tokio::test]
async fn what_is_not_granted_says_why_and_where_to_turn() {
    let story = Story::begin().await;
    let township = &story.township;
    // A licence: the two grounds of the law, reconsideration and court.
    let licence = walk_in(township, "I029", &[], "03-02T09:00");
    let refused = json!({"ground": "不属本机关职权", "reason": "拟建房位于县城规划区", "to": "县自然资源局"});
    say(township, &licence, "refuse", "03-02T10:00", refused).unwrap();
    says(
        &story,
        &licence,
        "F04",
        "03-02T10:10",
        &[
            "不予受理通知书",
            "因不属本机关职权：拟建房位于县城规划区",
            "《中华人民共和国行政许可法》第三十二条",
            "请向县自然资源局提出申请",
            "六十日内向",
            "人民政府申请行政复议",
            "六个月内",
        ],
    );
    // A public service: the complaint telephone, and that the law's ways are open.
    let service = walk_in(township, "I002", &[], "03-02T09:10");
    say(township, &service, "refuse", "03-02T10:20", json!({"reason": "还没有满60周岁"})).unwrap();
    let told = says(
        &story,
        &service,
        "F04",
        "03-02T10:30",
        &["因还没有满60周岁", "监督电话", "可以依法申请行政复议"],
    );
    assert!(!told.text.contains("六十日") && !told.text.contains("行政许可法"));
    // A benefit that is not granted is an act that can be reviewed.
    let benefit = walk_in(township, "I018", &[], "03-02T09:20");
    for event in ["accept", "startReview"] {
        act(township, &benefit, event, "03-02T11:00").unwrap();
    }
    act(township, &benefit, "publicNoticeStart", "03-02T12:00").unwrap();
    act(township, &benefit, "publicNoticeEnd", "03-10T09:00").unwrap();
    act(township, &benefit, "propose", "03-10T10:00").unwrap();
    say(township, &benefit, "reject", "03-11T09:00", json!({"reason": "不符合临时救助条件"})).unwrap();
    says(
        &story,
        &benefit,
        "F09b",
        "03-11T09:10",
        &["不予给付决定书", "经审查，不符合临时救助条件", "行政复议"],
    );
    act(township, &benefit, "close", "03-11T10:00").unwrap();
    says(&story, &benefit, "F09", "03-11T10:10", &["结果为不予办理，理由和救济途径见决定书"]);
    // Withdrawn: what was brought goes back.
    let withdrawn = walk_in(township, "I002", &[], "03-02T09:30");
    say(township, &withdrawn, "withdraw", "03-03T09:00", json!({"reason": "到县里去办"})).unwrap();
    says(
        &story,
        &withdrawn,
        "F14",
        "03-03T09:10",
        &["撤回申请书", "现因到县里去办", "退还材料清单", "居民身份证"],
    );
}

#[tokio::test]
async fn a_word_is_given_on_paper() {
    let story = Story::begin().await;
    let township = &story.township;
    let item: Item = township.item(ask::Item { item_id: "I018".to_owned() }, at("03-02T09:00")).unwrap();
    let owed = item.materials.iter().find(|material| material.tolerable).unwrap();
    let case_no = walk_in(township, "I018", &[&owed.material_code], "03-02T09:00");
    let promise = json!({"owed": [owed.material_code], "signed": true});
    let accepted = say(township, &case_no, "tolerantAccept", "03-02T09:30", promise).unwrap();
    assert_eq!(forms(&accepted), ["F02", "F05"]);
    says(
        &story,
        &case_no,
        "F05",
        "03-02T09:40",
        &["容缺受理承诺书", &owed.name, "2026年3月9日（星期一）前补齐上述材料", "自2026年3月2日起计算"],
    );
    says(&story, &case_no, "F02", "03-02T09:50", &["受理通知书", "尚缺", &owed.name, "同意容缺受理", "☑是"]);
    let case = see(township, &case_no, "03-02T10:00");
    assert_eq!((case.state, case.events.iter().any(|event| event.contested)), (State::Accepted, false));
}

#[tokio::test]
async fn a_paper_is_known_as_genuine_wherever_it_is_shown_and_a_forged_one_is_not() {
    let story = Story::begin().await;
    let Story { county, village, township, top } = &story;
    let case_no = walk_in(township, "I002", &[], "03-02T09:00");
    act(township, &case_no, "accept", "03-02T09:10").unwrap();
    let printed = print(county, township, &case_no, "F02", "03-02T09:20").unwrap();
    let text = qr_code(&printed.file);
    assert!(!text.contains("马") && !text.contains("6210991955"), "nothing personal: {text}");
    let here = check(township, &text, "03-02T10:00");
    assert!(here.genuine && here.state == Some(State::Accepted), "{here:?}");
    assert_eq!((here.number.as_str(), here.name.as_str()), (printed.number.as_str(), "受理通知书"));
    // Elsewhere before anybody has exchanged: genuine, and no more is known.
    let elsewhere = check(top, &text, "03-02T10:00");
    assert!(elsewhere.genuine && elsewhere.state.is_none(), "{elsewhere:?}");
    assert!(elsewhere.says[0].contains("没有这一件"), "{elsewhere:?}");
    let forged = text.replacen("20260302", "20260301", 1);
    let forged = check(village, &forged, "03-02T10:00");
    assert!(!forged.genuine && forged.unit_name.is_empty() && forged.says[0].contains("签名对不上"));
    let half = township.check_form(ask::CheckForm { text: text[..60].to_owned() }, at("03-02T10:00"));
    assert!(message(half.unwrap_err()).contains("没有完整的签名"));

    // The case goes on, and the paper is printed again.
    act(township, &case_no, "startReview", "03-03T09:00").unwrap();
    let again = print(county, township, &case_no, "F02", "03-03T09:10").unwrap();
    assert_eq!(again.number, printed.number);
    assert!(again.text.contains("补打第1次"));
    story.all_meet("03-03T12:00").await;
    for desk in [township, top] {
        let known = check(desk, &text, "03-03T13:00");
        assert!(known.genuine && known.state == Some(State::InReview));
        assert!(
            known.says[0].contains("补打过 1 次") && known.says.last().unwrap().contains("审查"),
            "{known:?}"
        );
    }
}

#[tokio::test]
async fn a_service_card_and_the_slip_of_a_visit_are_known_as_genuine() {
    let story = Story::begin().await;
    let Story { county, village, township, top } = &story;
    // Everybody hears of everybody's device.
    story.all_meet("03-01T09:00").await;
    let save = |desk: &Desk, of: PaperOf, when: &str| {
        let file = county.path("paper.pdf");
        let request = SavePaper { of, file: Some(file.display().to_string()), printer: None };
        desk.save_paper(request, at(when)).unwrap();
        qr_code(&file)
    };
    let unit = "621099100200".parse().unwrap();
    let card = save(township, PaperOf::Cards { unit, copies: 1 }, "03-02T09:00");
    assert!(card.starts_with("DB1 F12 621099100200 2026-") && card.is_ascii(), "{card}");
    for desk in [village, township, top] {
        let known = check(desk, &card, "03-02T10:00");
        assert_eq!((known.genuine, known.name.as_str()), (true, "便民服务卡"), "{known:?}");
        let says = known.says.join("");
        assert!(says.contains("3月2日") && says.contains("上塬村") && says.contains("李秀兰"), "{says}");
    }
    let forged = card.replacen("621099100200", "621099100201", 1);
    assert!(!check(township, &forged, "03-02T10:00").genuine);
    // A village gives nobody a card of its township.
    let own = save(village, PaperOf::Cards { unit, copies: 1 }, "03-02T09:30");
    assert!(check(top, &own, "03-02T10:00").genuine);

    let visit = json!({
        "kind": "HOME_VISIT", "text": "老人卧床，上门办理待遇资格认证", "askerName": "马秀英",
        "askerPhone": "13912345678", "channel": "PHONE", "agreedOn": "2026-03-09",
    });
    let visit: RecordMatter = serde_json::from_value(visit).unwrap();
    let matter_no = village.record_matter(visit, at("03-05T09:00")).unwrap().matter_no;
    let slip = save(village, PaperOf::Visit { matter_no: matter_no.clone() }, "03-05T09:05");
    assert!(slip.starts_with(&format!("DB1 F22 {matter_no} ")) && slip.is_ascii(), "{slip}");
    let here = check(village, &slip, "03-05T10:00");
    assert!(here.genuine && here.number == matter_no, "{here:?}");
    assert!(here.says.join("").contains("上门"), "{here:?}");
    let elsewhere = check(top, &slip, "03-05T10:00");
    assert!(elsewhere.genuine && elsewhere.says.join("").contains("没有这个来访事项"), "{elsewhere:?}");
    let forged = slip.replacen(" 20260305 ", " 20260306 ", 1);
    assert!(!check(village, &forged, "03-05T10:00").genuine);
}

#[tokio::test]
async fn a_character_that_no_font_has_is_named_when_it_is_written() {
    let story = Story::begin().await;
    let township = &story.township;
    let case_no = walk_in(township, "I002", &[], "03-02T09:00");
    assert!(
        see(township, &case_no, "03-02T09:05").warnings.iter().all(|warning| warning.code != "glyph-missing")
    );
    let name = Set {
        case_no: case_no.clone(),
        path: "applicant.name".to_owned(),
        // Extension H, later than GB 18030-2022.
        value: "王\u{31350}".to_owned(),
        reason: Some("按户口簿更正".to_owned()),
    };
    let told = township.set(name, at("03-02T09:10")).map_err(message).unwrap();
    let warning = told.warnings.iter().find(|warning| warning.code == "glyph-missing").unwrap();
    assert!(warning.path == "applicant.name" && warning.message.contains("U+31350"), "{warning:?}");
    let refused = print(&story.county, township, &case_no, "F02", "03-02T09:20").map(|_| ()).unwrap_err();
    assert_eq!(refused.code, Code::GlyphMissing);
    let case = see(township, &case_no, "03-02T09:30");
    assert!(case.papers.is_empty(), "what wasn't printed isn't recorded");
}

fn save_all(desk: &Desk, county: &County, of: FormsOf, when: &str) -> Result<SavedForms, Failure> {
    let file = Some(county.path("all.pdf").display().to_string());
    desk.save_forms(SaveForms { of, form: "F02".to_owned(), file, printer: None }, at(when))
        .map_err(Failure::from)
}

fn prints(desk: &Desk, cases: &[String], when: &str) -> usize {
    cases.iter().map(|case_no| see(desk, case_no, when).papers.len()).sum()
}

#[tokio::test]
async fn a_days_notices_are_one_file_and_a_batch_that_is_stopped_never_was() {
    let story = Story::begin().await;
    let Story { county, township, .. } = &story;
    let cases: Vec<String> =
        (0..30).map(|n| walk_in(township, "I002", &[], &format!("03-02T09:{n:02}"))).collect();
    for case_no in &cases[..20] {
        act(township, case_no, "accept", "03-03T09:00").unwrap();
    }
    let day = |day: &str| FormsOf::Day { on: day.parse().unwrap() };
    let due = |of: FormsOf, when: &str| {
        let due = township.forms_due(ask::FormsDue { of }, at(when)).unwrap();
        due.forms.into_iter().map(|due| (due.form, due.cases, due.printed)).collect::<Vec<_>>()
    };
    let all = FormsOf::Cases { case_nos: cases.clone() };
    assert_eq!(due(day("2026-03-03"), "03-03T10:00"), [("F02".to_owned(), 20, 0)]);
    assert_eq!(due(all.clone(), "03-03T10:00"), [("F02".to_owned(), 30, 0)]);
    let saved = save_all(township, county, day("2026-03-03"), "03-03T10:00").unwrap();
    assert_eq!((saved.numbers.len(), saved.pages), (20, 40));
    assert_eq!(due(day("2026-03-03"), "03-03T10:00"), []);
    assert_eq!(due(all, "03-03T10:00"), [("F02".to_owned(), 30, 20)]);
    let text = pdf_text(&saved.file);
    for number in &saved.numbers {
        assert_eq!(text.matches(number).count(), 2, "{number}: one part for each side");
    }
    assert_eq!(prints(township, &cases, "03-03T11:00"), 20);
    let again = save_all(township, county, day("2026-03-03"), "03-03T11:00").unwrap_err();
    assert_eq!(again.code, Code::FormNotEarned, "all are printed");
    // Named ones are printed again, and who hasn't earned it is told.
    let named = FormsOf::Cases { case_nos: cases[19..21].to_vec() };
    act(township, &cases[20], "withdraw", "03-03T11:30").unwrap();
    std::fs::remove_file(&saved.file).unwrap();
    let named = save_all(township, county, named, "03-03T12:00").unwrap();
    assert_eq!(named.numbers.len(), 2, "what was received stays received: {named:?}");
    assert!(pdf_text(&named.file).contains("补打第1次"));

    // Somebody stops it in the middle.
    for case_no in &cases[21..] {
        act(township, case_no, "accept", "03-04T09:00").unwrap();
    }
    std::fs::remove_file(&named.file).unwrap();
    let stopped = std::thread::scope(|scope| {
        let all = scope.spawn(|| {
            save_all(township, county, FormsOf::Cases { case_nos: cases[21..].to_vec() }, "03-04T10:00")
        });
        let progress = || township.forms_progress(ask::FormsProgress {}, at("03-04T10:00")).unwrap();
        while progress().is_none_or(|progress| progress.done < 2) && !all.is_finished() {
            std::thread::yield_now();
        }
        township.stop_forms(StopForms {}, at("03-04T10:00")).unwrap();
        all.join().unwrap()
    });
    assert_eq!(stopped.unwrap_err().code, Code::Stopped);
    assert_eq!(prints(township, &cases[21..], "03-04T11:00"), 0);
    assert!(!county.path("all.pdf").exists());
    let whole = save_all(township, county, day("2026-03-04"), "03-04T12:00").unwrap();
    assert_eq!(whole.numbers.len(), 9, "and begins anew");
    assert_eq!(township.forms_progress(ask::FormsProgress {}, at("03-04T12:00")).unwrap(), None);
}

#[tokio::test]
async fn a_case_that_is_opened_again_gets_new_papers_of_its_end_and_a_reprint_keeps_its_day() {
    let story = Story::begin().await;
    let Story { county, village, township, .. } = &story;
    let case_no = walk_in(township, "I002", &[], "03-02T09:00");
    for event in ["accept", "startReview", "propose", "approve", "close"] {
        act(township, &case_no, event, "03-02T10:00").unwrap();
    }
    let first = says(&story, &case_no, "F09", "03-02T10:10", &["办结通知书", "2026年3月2日"]);
    act(township, &case_no, "deliver", "03-03T09:00").unwrap();
    says(&story, &case_no, "F08", "03-03T09:10", &["2026年3月3日"]);
    // Printed again a week later: under the same number, with the day that was sealed.
    let again = says(&story, &case_no, "F09", "03-10T09:00", &["补打第1次"]);
    assert_eq!(again.number, first.number);
    assert!(!again.text.contains("3月10日"), "{}", again.text);

    say(township, &case_no, "reopen", "03-11T09:00", json!({"reason": "金额算错"})).unwrap();
    let reopened = see(township, &case_no, "03-11T09:10");
    assert!(
        forms(&reopened).iter().all(|form| !["F08", "F09", "F23"].contains(form)),
        "{:?}",
        forms(&reopened)
    );
    for event in ["propose", "approve", "close"] {
        act(township, &case_no, event, "03-12T09:00").unwrap();
    }
    let second = says(&story, &case_no, "F09", "03-12T09:10", &["2026年3月12日"]);
    assert_ne!(second.number, first.number, "another paper");
    let slip = says(&story, &case_no, "F08", "03-12T09:20", &[&second.number]);
    assert!(!slip.text.contains("3月3日") && !slip.text.contains(&first.number), "{}", slip.text);

    // An organ's first paper is its own to make; whoever holds the case may print it again.
    let proxied = crate::scenarios::record(village, "I002", &[], "03-12T09:00");
    act(village, &proxied, "handOver", "03-12T10:00").unwrap();
    story.all_meet("03-12T12:00").await;
    act(township, &proxied, "receive", "03-13T09:00").unwrap();
    act(township, &proxied, "accept", "03-13T09:10").unwrap();
    story.all_meet("03-13T12:00").await;
    let refused = print(county, village, &proxied, "F02", "03-13T13:00").map(|_| ()).unwrap_err();
    assert!(refused.message.contains("由办这一步的单位来出"), "{refused:?}");
    let made = says(&story, &proxied, "F02", "03-13T14:00", &["受理通知书"]);
    story.all_meet("03-13T15:00").await;
    let copy = print(county, village, &proxied, "F02", "03-13T16:00").unwrap();
    assert_eq!(copy.number, made.number);
    assert!(copy.text.contains("补打第1次"));
}
