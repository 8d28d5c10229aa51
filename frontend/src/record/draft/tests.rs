//! What a draft comes to; the file stands under `#[cfg(test)]`.

use super::*;
use crate::widgets::checklist::Part;
use jiff::civil::date;

const TODAY: Date = date(2026, 9, 29);

fn pension() -> Rc<Item> {
    let item = serde_json::json!({
        "itemId": "I002", "version": 1, "implCode": "", "name": "城乡居民基本养老保险待遇申领",
        "plainName": "领居民养老金", "typeCode": "20", "typeName": "公共服务", "handlingType": "2",
        "handlingTypeName": "承诺件", "statutoryLimit": {}, "promiseLimit": { "days": 10, "unit": "工作日" },
        "villageMode": "PROXY", "receiptPoint": "TOWNSHIP", "effectiveFrom": "2026-01-01",
        "materials": [
            { "seq": 1, "materialCode": "APP", "name": "申请表", "originals": 1, "copies": 0, "necessity": "1" },
            { "seq": 2, "materialCode": "ID", "name": "居民身份证", "originals": 1, "copies": 1, "necessity": "1" },
            { "seq": 3, "materialCode": "NOTE", "name": "情况说明", "originals": 0, "copies": 0, "necessity": "2" },
        ],
        "fields": [
            { "key": "name", "label": "姓名", "type": "personName", "required": true },
            { "key": "hukouDivision", "label": "户籍地", "type": "division12", "required": true },
            { "key": "idNo", "label": "公民身份号码", "type": "idCard18", "required": true },
            { "key": "birthDate", "label": "出生日期", "type": "date", "required": true, "rule": "=idNo" },
            { "key": "backPay", "label": "是否补缴", "type": "bool", "required": false },
            { "key": "backYears", "label": "补缴年数", "type": "int", "required": true, "condition": "backPay = 是" },
            { "key": "scan", "label": "影像", "type": "file", "required": true },
        ],
    });
    Rc::new(serde_json::from_value(item).expect("the sample item has the catalogue's shape"))
}

fn after(edits: impl IntoIterator<Item = Edit>) -> Rc<Draft> {
    edits.into_iter().fold(Rc::new(Draft::default()), Reducible::reduce)
}

#[test]
fn a_tick_takes_what_the_item_asks_for_and_gives_it_back() {
    let ticked = after([
        Edit::Item(pension()),
        Edit::Brought(Brought::Tick("ID".into())),
        Edit::Brought(Brought::Tick("NOTE".into())),
    ]);
    assert_eq!(ticked.count("ID"), Count { originals: 1, copies: 1 });
    assert_eq!(ticked.count("NOTE"), Count { originals: 1, copies: 0 }, "no number asked for: one original");
    assert!(!ticked.reduce(Edit::Brought(Brought::Tick("ID".into()))).count("ID").any());
}

#[test]
fn what_is_still_owed_is_named() {
    let draft = after([
        Edit::Item(pension()),
        Edit::Brought(Brought::Tick("APP".into())),
        Edit::Name("马桂英".into()),
    ]);
    let missing: Vec<&str> = draft.missing().iter().map(|material| material.name.as_str()).collect();
    assert_eq!(missing, ["居民身份证"]);
    assert_eq!(draft.blanks(TODAY), ["身份号码", "电话", "住址", "出生日期"]);
}

#[test]
fn the_identity_number_tells_the_birthday_unless_it_is_typed() {
    let told = |draft: &Draft| {
        let item = pension();
        let form = Form::of(&item.fields);
        form.asked("birthDate").map(|asked| form.value(asked, &|key: &str| draft.answer(key), TODAY))
    };
    let id_no = || Edit::IdNo("621099194603120228".into());
    assert_eq!(told(&after([Edit::Item(pension()), id_no()])).as_deref(), Some("1946-03-12"));
    let typed = Edit::Field("birthDate".into(), "19460313".into());
    assert_eq!(told(&after([Edit::Item(pension()), typed, id_no()])).as_deref(), Some("1946-03-13"));
}

#[test]
fn what_hangs_on_another_answer_comes_and_goes_with_it() {
    let keys = |draft: &Draft| -> Vec<String> {
        let item = pension();
        let form = Form::of(&item.fields);
        draft.questions(&form, TODAY).iter().map(|asked| asked.field.key.clone()).collect()
    };
    let begun = after([Edit::Item(pension())]);
    assert_eq!(keys(&begun), ["hukouDivision", "birthDate", "backPay"]);
    let paying = begun.reduce(Edit::Field("backPay".into(), "true".into()));
    assert_eq!(keys(&paying), ["hukouDivision", "birthDate", "backPay", "backYears"]);
    assert!(paying.blanks(TODAY).contains(&"补缴年数".to_owned()));
    let changed = paying
        .reduce(Edit::Field("backYears".into(), "3".into()))
        .reduce(Edit::Field("backPay".into(), "false".into()));
    assert!(!keys(&changed).contains(&"backYears".to_owned()));
    // It is still there if the answer comes back, but nobody sees it now, and so it isn't recorded.
    assert_eq!(changed.field("backYears"), "3");
    assert!(!changed.request(TODAY).expect("an item is chosen").fields.contains_key("backYears"));
}

#[test]
fn the_request_says_what_was_entered_and_nothing_else() {
    assert_eq!(after([Edit::Name("马桂英".into())]).request(TODAY), None, "no item yet");
    let draft = after([
        Edit::Item(pension()),
        Edit::Name("马桂英".into()),
        Edit::Brought(Brought::Tick("ID".into())),
        Edit::Brought(Brought::Count("ID".into(), Part::Copies, 2)),
        Edit::Field("birthDate".into(), " 19460312 ".into()),
        Edit::Field("backPay".into(), "false".into()),
        Edit::Field("ofAnotherItem".into(), "x".into()),
    ]);
    let request = draft.request(TODAY).expect("an item is chosen");
    assert_eq!(
        serde_json::to_value(&request.fields).expect("a map"),
        serde_json::json!({ "birthDate": "19460312", "backPay": "false" })
    );
    let id = MaterialCount { material_code: "ID".into(), originals: 1, copies: 2 };
    assert_eq!(request.materials, [id]);
}

#[test]
fn what_was_typed_for_another_kind_of_applicant_is_not_said() {
    let typed = || {
        [
            Edit::Item(pension()),
            Edit::Name("王小宝".into()),
            Edit::IdNo("621099194603120228".into()),
            Edit::Who(Who::GuardianName, "王秀兰".into()),
            Edit::Who(Who::Birth, "20260105".into()),
            Edit::Who(Who::HandlerName, "马小兰".into()),
        ]
    };
    let said = |kind: &'static str| {
        let draft = after(typed().into_iter().chain([Edit::Kind(kind.into())]));
        draft.request(date(2026, 3, 5)).expect("an item is chosen").applicant
    };
    let child = said(NEWBORN);
    assert_eq!((child.id_type.as_str(), child.id_no.as_str()), ("111", ""));
    assert_eq!((child.guardian_name.as_str(), child.birth.as_str()), ("王秀兰", "2026-01-05"));
    let company = said("USCC");
    assert!(company.organisation() && company.guardian_name.is_empty());
    assert_eq!(company.handler_name, "马小兰");
    let person = said("414");
    assert_eq!(
        (person.id_type.as_str(), person.birth.as_str(), person.handler_name.as_str()),
        ("414", "", "")
    );
}

#[test]
fn each_user_has_their_own() {
    let (one, other) = (Some(PersonId([1; 8])), Some(PersonId([2; 8])));
    let begun = Rc::new(Drafts::default()).reduce((one, Edit::Name("马桂英".into())));
    assert_eq!(*begun.of(other), Draft::default());
    let both = begun.reduce((other, Edit::Name("王秀兰".into())));
    assert_eq!(both.of(one).applicant.name, "马桂英");
    assert_eq!(both.of(other).applicant.name, "王秀兰");
}

#[test]
fn only_a_saved_request_makes_room() {
    let recorded =
        Recorded { case_no: "1".into(), state: daiban_domain::case::State::Registered, warnings: vec![] };
    let begun = after([Edit::Name("马桂英".into())]);
    assert_eq!(begun.clone().reduce(Edit::Next).applicant.name, "马桂英");
    assert_eq!(*begun.reduce(Edit::Recorded(recorded)).reduce(Edit::Next), Draft::default());
}
