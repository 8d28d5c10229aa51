use super::*;
use crate::{
    item::{Question, VillageMode, catalogue_from_json},
    unit::units_from_csv,
};
use jiff::civil::date;

fn shipped() -> Catalogue {
    catalogue_from_json(include_str!("../../../../../data/items.json")).unwrap()
}

fn county() -> CheckSettings {
    let units = units_from_csv(include_str!("../../../../../data/units.csv"), &[]).unwrap();
    CheckSettings { units, ..CheckSettings::default() }
}

fn edit<'a>(catalogue: &'a mut Catalogue, id: &str) -> &'a mut Item {
    catalogue.items.iter_mut().map(|(item, _)| item).find(|item| item.item_id == id).unwrap()
}

/// What the rules find that they don't find in the shipped catalogue.
fn new_findings(catalogue: &Catalogue, settings: &CheckSettings) -> Vec<Finding> {
    let before = check(&shipped(), &county());
    check(catalogue, settings).into_iter().filter(|finding| !before.contains(finding)).collect()
}

#[test]
fn the_shipped_catalogue_has_no_errors() {
    let findings = check(&shipped(), &county());
    let errors: Vec<_> = findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert_eq!(errors, Vec::<&Finding>::new());
    let warned: BTreeSet<&str> = findings.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(
        warned.into_iter().collect::<Vec<_>>(),
        ["FIELDS", "V03", "V04", "V06", "V09", "V10", "V14", "V15", "V17", "V23"]
    );
}

/// One item of the shipped catalogue is broken, and one rule says so of it.
#[test]
fn each_rule_finds_what_breaks_it() {
    type Break = fn(&mut Item);
    use Severity::{Error, Warning};
    let table: [(&str, Severity, &str, &str, Break); 43] = [
        ("V01", Error, "I034", "业务办理项编码", |item| item.business_code.push('1')),
        ("V01", Error, "I034", "业务办理项编码", |item| {
            item.business_code = item.business_code.to_lowercase()
        }),
        ("V03", Error, "I034", "实施编码", |item| {
            own_telephones(item);
            item.impl_code.replace_range(17..18, "X");
        }),
        ("V03", Error, "I034", "实施编码", |item| {
            own_telephones(item);
            item.impl_code.replace_range(..18, "91350100M000100Y43");
        }),
        ("V03", Warning, "I034", "行使层级", |item| item.use_level = "6".into()),
        ("V03", Warning, "I034", "实施编码", |item| item.impl_code.replace_range(30..31, "1")),
        ("V03", Warning, "I034", "实施主体", |item| item.implementing_body = "清源县林草局".into()),
        ("V03", Warning, "I034", "行使层级", |item| {
            item.use_level = "4".into();
            item.impl_code.replace_range(18..19, "4");
        }),
        ("V04", Warning, "I034", "设定依据", |item| item.legal_basis.clear()),
        ("V04", Warning, "I034", "设定依据", |item| item.legal_basis.push("森林法第五十七条".into())),
        ("V04", Error, "I034", "设定依据", |item| {
            explained(item);
            item.legal_basis.push("《中华人民共和国森林法》".into());
        }),
        ("V07", Error, "I034", "承诺办结时限", |item| item.statutory_limit.days = Some(5)),
        ("V07", Error, "I034", "承诺办结时限", |item| {
            item.statutory_limit.days = Some(6);
            item.statutory_limit.unit = "自然日".into();
        }),
        ("V07", Error, "I034", "承诺办结时限", |item| item.promise_limit.days = Some(0)),
        ("V07", Error, "I034", "法定办结时限", |item| item.statutory_limit.days = Some(0)),
        ("V08", Error, "I034", "办件类型", |item| item.promise_limit.instant = true),
        ("V08", Error, "I001", "办件类型", |item| {
            item.promise_limit.instant = false;
            item.promise_limit.days = Some(1);
        }),
        ("V09", Warning, "I034", "承诺办结时限", |item| item.promise_limit.days = Some(8)),
        ("V10", Warning, "I001", "办理流程", |item| item.process.push("送达".into())),
        ("V11", Error, "I034", "必须现场办理原因", |item| item.on_site_reason.clear()),
        ("V11", Error, "I004", "办理形式", |item| item.handling_forms = vec!["1".into()]),
        ("V11", Error, "I034", "到办事现场次数", |item| item.online_depth = "全程网办".into()),
        ("V12", Error, "I034", "收费标准", |item| {
            item.is_fee = true;
            item.fee_basis = "省价费〔2020〕1号".into();
            item.fee_item = "工本费".into();
        }),
        ("V12", Error, "I034", "是否支持网上支付", |item| item.online_payment = true),
        ("V13", Warning, "I034", "咨询电话", |item| item.consult_phone = "6210120".into()),
        ("V13", Warning, "I034", "监督投诉电话", |item| item.complaint_phone = "13912345678".into()),
        ("V13", Warning, "I034", "监督投诉电话", |item| item.complaint_phone = "0900-6210100".into()),
        ("V14", Error, "I034", "常见问题", |item| {
            explained(item);
            item.faq.clear();
        }),
        ("V14", Error, "I034", "办理流程", |item| {
            explained(item);
            item.process.pop();
        }),
        ("V15", Warning, "I034", "审批结果类型", |item| item.result_type = "办结".into()),
        ("V16", Error, "I034", "材料 1 申请表", |item| {
            item.materials[0].issuer.clear();
            item.materials[0].source_channel.clear();
        }),
        ("V16", Error, "I034", "材料 1 申请表", |item| item.materials[0].originals = 0),
        ("V16", Error, "I034", "材料 1 申请表", |item| item.materials[0].necessity = "4".into()),
        ("V17", Warning, "I034", "材料要求依据", |item| item.materials[0].name = "采伐申请表".into()),
        ("V18", Error, "I034", "服务对象", |item| item.service_object.clear()),
        ("V18", Error, "I034", "主题", |item| item.theme = "法人注销".into()),
        ("V18", Error, "I016", "主题", |item| item.service_object = vec!["2".into()]),
        ("V22", Error, "I039", "事项类型", |item| item.type_code = "06".into()),
        ("V23", Warning, "I034", "字段用途", |item| item.fields[0].label = "既往病史".into()),
        ("V24", Error, "I008", "公示内容", |item| {
            item.public_notice.as_mut().unwrap().fields_shown.push("身份证号后四位".into());
        }),
        ("FIELDS", Error, "I034", "字段 species 树种", |item| {
            field(item, "species").kind = "tree".into()
        }),
        ("FIELDS", Error, "I034", "字段 volume 蓄积（立方米）", |item| {
            field(item, "volume").rule = "不多".into()
        }),
        ("FIELDS", Warning, "I034", "字段 mode 采伐方式", |item| field(item, "mode").options.clear()),
    ];
    for (rule, severity, id, place, breaks) in table {
        let mut catalogue = shipped();
        breaks(edit(&mut catalogue, id));
        let found: Vec<_> = new_findings(&catalogue, &county())
            .into_iter()
            .map(|finding| (finding.rule, finding.severity, finding.item_id, finding.place))
            .collect();
        let expected = (rule.to_owned(), severity, id.to_owned(), place.to_owned());
        assert_eq!(found, [expected], "{rule} {place}");
    }
}

#[test]
fn one_basic_code_is_one_item() {
    type Differs = fn(&mut Item);
    let table: [(&str, Differs); 3] = [
        ("事项名称", |item| item.name.push_str("（新）")),
        ("事项类型", |item| item.type_code = "05".into()),
        ("设定依据", |item| item.legal_basis.insert(0, "《社会保险法》第一条".into())),
    ];
    for (place, differs) in table {
        let mut catalogue = shipped();
        let mut twin = crate::item::tests::catalogue_item("I001").clone();
        twin.item_id = "I002".into();
        differs(&mut twin);
        *edit(&mut catalogue, "I002") = twin;
        let errors = new_findings(&catalogue, &county())
            .into_iter()
            .filter(|finding| finding.severity == Severity::Error)
            .map(|finding| (finding.rule, finding.item_id, finding.place));
        assert_eq!(errors.collect::<Vec<_>>(), [("V02".into(), "I002".into(), place.into())]);
    }
}

fn field<'a>(item: &'a mut Item, key: &str) -> &'a mut crate::item::Field {
    item.fields.iter_mut().find(|field| field.key == key).unwrap()
}

/// An item that was published before anybody looked doesn't hold up the others.
#[test]
fn a_form_that_stands_published_is_only_told() {
    let mut catalogue = shipped();
    field(edit(&mut catalogue, "I034"), "species").kind = "tree".into();
    let weight = |published: &Catalogue| {
        let settings = CheckSettings { published: Some(published.clone()), ..county() };
        let findings = new_findings(&catalogue, &settings);
        findings.into_iter().find(|finding| finding.rule == "FIELDS").map(|finding| finding.severity)
    };
    assert_eq!(weight(&catalogue), Some(Severity::Warning));
    assert_eq!(weight(&shipped()), Some(Severity::Error));
}

/// For where the implementing code doesn't tell the unit, and so not the unit's telephones.
fn own_telephones(item: &mut Item) {
    item.consult_phone = "0900-6210100".into();
    item.complaint_phone = "0900-6210199".into();
}

/// The licence as it has to be once its codes are the county's.
fn explained(item: &mut Item) {
    item.code_status = "OFFICIAL".into();
    item.process = ["受理", "审核", "审批", "办结", "送达"].map(String::from).to_vec();
    item.faq = vec![Question { question: "要多久？".into(), answer: "七个工作日。".into() }];
}

#[test]
fn missing_codes_are_told_one_by_one() {
    let mut catalogue = shipped();
    let item = edit(&mut catalogue, "I034");
    item.basic_code.clear();
    item.impl_code.clear();
    own_telephones(item);
    let found: Vec<_> =
        new_findings(&catalogue, &county()).into_iter().map(|found| (found.rule, found.place)).collect();
    assert_eq!(found, [("V01".into(), "基本编码".into()), ("V01".into(), "实施编码".into())]);
}

#[test]
fn a_material_under_which_anything_could_be_asked_is_found() {
    let mut catalogue = shipped();
    edit(&mut catalogue, "I034").materials[0].name = "其他材料".into();
    let found = new_findings(&catalogue, &county());
    let rules: Vec<&str> = found.iter().map(|finding| finding.rule.as_str()).collect();
    // Under its new name it is also new among the materials without a basis.
    assert_eq!(rules, ["V16", "V17"]);
}

#[test]
fn a_warning_ends_when_what_was_missing_is_there() {
    let mut catalogue = shipped();
    let item = edit(&mut catalogue, "I034");
    item.handling_forms.push("2".into());
    item.result_sample = "样本.pdf".into();
    item.materials.iter_mut().for_each(|material| material.requirement_basis = "《森林法》第五十八条".into());
    item.fields.iter_mut().for_each(|field| field.purpose = "核对身份".into());
    explained(item);
    assert!(check(&catalogue, &county()).iter().all(|finding| finding.item_id != "I034"));
}

#[test]
fn telephones_are_missing_where_neither_item_nor_unit_has_any() {
    let settings = CheckSettings::default();
    let found = check(&shipped(), &settings);
    assert_eq!(found.iter().filter(|finding| finding.rule == "V13").count(), 2 * 41);
}

#[test]
fn the_province_use_and_townships_are_asked_only_where_they_are_known() {
    let catalogue = shipped();
    let codes = || catalogue.items.iter().map(|(item, _)| item.basic_code.clone());
    let cases =
        catalogue.items.iter().map(|(item, _)| (item.item_id.clone(), 3)).filter(|(id, _)| id != "I020");
    let but = |missing: &'static str| codes().filter(move |code| code != missing).collect();
    let mut shihe: BTreeSet<String> = but("622099041000");
    shihe.insert("622099042000".into());
    let settings = CheckSettings {
        provincial_library: Some(but("622014001000")),
        cases_in_24_months: Some(cases.collect()),
        township_lists: vec![TownshipList { township: "石河乡".into(), basic_codes: shihe }],
        ..county()
    };
    let found: Vec<_> = new_findings(&catalogue, &settings)
        .into_iter()
        .map(|finding| (finding.rule, finding.severity, finding.item_id))
        .collect();
    let expected = [("V20", ""), ("V05", "I001"), ("V19", "I020"), ("V20", "I041")];
    assert_eq!(found, expected.map(|(rule, id)| (rule.to_owned(), Severity::Warning, id.to_owned())));
}

#[test]
fn versions_follow_each_other() {
    let next = |change: fn(&mut Item, &mut Item)| {
        let mut catalogue = shipped();
        let older = edit(&mut catalogue, "I034");
        let mut younger = older.clone();
        younger.version = 2;
        younger.effective_from = date(2027, 1, 1);
        change(older, &mut younger);
        let published = catalogue.clone();
        catalogue.items.push((younger, String::new()));
        let settings = CheckSettings { published: Some(published), ..county() };
        let found = new_findings(&catalogue, &settings);
        found.into_iter().map(|finding| (finding.rule, finding.place, finding.item_id)).collect::<Vec<_>>()
    };
    assert_eq!(next(|_, _| {}), []);
    let wrong = |place: &str| [("V21".to_owned(), place.to_owned(), "I034".to_owned())];
    assert_eq!(next(|_, younger| younger.effective_from = date(2026, 1, 1)), wrong("有效期"));
    assert_eq!(next(|older, _| older.effective_to = Some(date(2026, 12, 31))), []);
    assert_eq!(next(|older, _| older.effective_to = Some(date(2027, 1, 1))), wrong("有效期"));
    assert_eq!(next(|_, younger| younger.effective_to = Some(date(2026, 12, 31))), wrong("有效期"));
    assert_eq!(next(|_, younger| younger.version = 3), wrong("版本"));
    assert_eq!(next(|_, younger| younger.version = 1), [wrong("版本"), wrong("版本")].concat());
}

#[test]
fn what_is_published_stays_as_it_is() {
    let mut catalogue = shipped();
    edit(&mut catalogue, "I034").retention = "永久".into();
    let settings = CheckSettings { published: Some(shipped()), ..county() };
    let found: Vec<_> = new_findings(&catalogue, &settings).into_iter().map(|found| found.message).collect();
    assert_eq!(found, ["第 1 版已经发布，内容不能再改。请改成第 2 版。"]);
}

#[test]
fn what_nobody_applies_for_may_be_made_known() {
    let mut catalogue = shipped();
    let item = edit(&mut catalogue, "I039");
    (item.type_code, item.village_mode) = ("06".into(), VillageMode::Inform);
    assert_eq!(new_findings(&catalogue, &county()), []);
}
