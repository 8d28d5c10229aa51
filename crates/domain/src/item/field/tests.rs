use super::{kind::Kind, *};
use crate::item::{catalogue_from_json, tests::catalogue_item};
use jiff::civil::date;
use proptest::prelude::*;
use std::collections::BTreeMap;

const TODAY: Date = date(2026, 11, 23);

fn field(key: &str, kind: &str) -> Field {
    Field { key: key.to_owned(), label: format!("{key}栏"), kind: kind.to_owned(), ..Field::default() }
}

fn with(key: &str, kind: &str, rule: &str, condition: &str) -> Field {
    Field { rule: rule.to_owned(), condition: condition.to_owned(), required: true, ..field(key, kind) }
}

fn choice(key: &str, options: &[&str]) -> Field {
    let options = options.iter().map(|option| (*option).to_owned()).collect();
    Field { options, required: true, ..field(key, "enum") }
}

/// The faults of a form with these answers, each with its field; `!` where it doesn't block.
fn doubts(fields: &[Field], answers: &[(&str, &str)]) -> Vec<String> {
    let form = Form::of(fields);
    let answer = |key: &str| {
        let given = answers.iter().find(|(known, _)| *known == key);
        given.map(|(_, value)| (*value).to_owned()).unwrap_or_default()
    };
    let says =
        |doubt: Doubt| format!("{}{} {}", if doubt.blocks { "" } else { "!" }, doubt.key, doubt.fault.code);
    form.doubts(&answer, TODAY).into_iter().map(says).collect()
}

fn misread(fields: &[Field]) -> Vec<(String, Part)> {
    Form::of(fields).misread.into_iter().map(|misread| (misread.key, misread.part)).collect()
}

#[test]
fn what_people_type_is_stored_in_one_form() {
    let bizarre = ["申领".to_owned(), "A类".to_owned()];
    for (kind, typed, stored) in [
        (Kind::Whole, "０１２", "12"),
        (Kind::Whole, "1,200", "1200"),
        (Kind::Decimal, "３.50", "3.5"),
        (Kind::Area, "3.25 亩", "3.25"),
        (Kind::Money, "￥1,200", "1200.00"),
        (Kind::Money, "１２００.5元", "1200.50"),
        (Kind::Day, "2026年11月23日", "2026-11-23"),
        (Kind::Day, "２０２６１１２３", "2026-11-23"),
        (Kind::Day, "2026/1/5", "2026-01-05"),
        (Kind::Month, "2026年1月", "2026-01"),
        (Kind::Month, "202611", "2026-11"),
        (Kind::Year, "2026年", "2026"),
        (Kind::Choice, " Ａ类 ", "A类"),
        (Kind::YesNo, "是", "true"),
        (Kind::Table, "王一， 妻 ,无\n\n 王二\t子\t有 ", "王一,妻,无\n王二,子,有"),
        (Kind::BankCard, "6217 0000 0000 0000 012", "6217000000000000012"),
        (Kind::Uscc, "12441500196720244t", "12441500196720244T"),
        (Kind::County, " 621099 ", "621099"),
    ] {
        let read = kind.read(typed, &bizarre, TODAY);
        assert_eq!(read.map(|passed| passed.normalised).as_deref(), Ok(stored), "{kind:?} {typed}");
    }
    for (kind, typed, code) in [
        (Kind::Whole, "1.5", "number-decimals"),
        (Kind::Whole, "十五", "number-form"),
        (Kind::Money, "-1", "number-form"),
        (Kind::Area, "1.234", "number-decimals"),
        (Kind::Day, "2026-02-30", "date-form"),
        (Kind::Day, "26-9-29", "date-form"),
        (Kind::Month, "2026-13", "month-form"),
        (Kind::Year, "26", "year-form"),
        (Kind::Choice, "补换", "not-an-option"),
        (Kind::YesNo, "也许", "yes-or-no"),
        (Kind::IdOrUscc, "12441500196720244X", "id-or-uscc"),
        (Kind::Village, "62109910020", "division-form"),
        (Kind::County, "6210", "county-form"),
    ] {
        let read = kind.read(typed, &bizarre, TODAY);
        assert_eq!(read.map_err(|fault| fault.code), Err(code), "{kind:?} {typed}");
    }
}

#[test]
fn a_value_keeps_to_its_rules_or_is_told_which() {
    for (kind, rule, value, fault) in [
        ("int", "≥ 18；≤ 60", "18", None),
        ("int", "≥ 18；≤ 60", "61", Some("不能大于60。请再看一遍。")),
        ("money", "> 0", "0", Some("要大于0。请再看一遍。")),
        ("date", "≤ 今天", "2026-11-23", None),
        ("date", "≤ 今天", "2026-11-24", Some("不能晚于今天（2026年11月23日）。请再看一遍。")),
        ("date", ">= 2026-01-01", "2025-12-31", Some("不能早于2026年1月1日。请再看一遍。")),
        ("yearMonth", "≥ 今天", "2026-11", None),
        ("yearMonth", "≥ 今天", "2026-10", Some("不能早于今天（2026年11月1日）。请再看一遍。")),
        ("text", "≤ 3 字", "𠅤一二", None),
        ("text", "≥ 2 字", "一", Some("要不少于 2 个字，现在是 1 个。")),
        ("text", "≠ 健在证明/亲属关系证明", "健在证明", Some("“健在证明”按规定不能填。")),
        ("text", "是 邮政编码", "744000", None),
        ("text", "是 邮政编码", "7440", Some("邮政编码是 6 位数字。请再看一遍。")),
        ("table", "列 姓名,关系", "王一,妻\n王二", Some("第 2 行要有 2 项，用逗号隔开：姓名，关系。")),
        ("table", "姓名,关系", "王一,妻", None),
    ] {
        let fields = [with("it", kind, rule, "")];
        let form = Form::of(&fields);
        assert_eq!(form.misread, [], "{rule}");
        let checked = form.check(&form.asked[0], value, &|_| String::new(), TODAY);
        assert_eq!(checked.err().map(|fault| fault.message).as_deref(), fault, "{rule} {value}");
    }
}

#[test]
fn one_day_is_compared_with_another_and_sums_are_filled_in() {
    let fields = [
        field("from", "date"),
        with("to", "date", "> from", ""),
        field("whole", "area"),
        field("less", "area"),
        with("rest", "area", "= whole - less", ""),
        field("idNo", "idCard18"),
        with("birth", "date", "=idNo", ""),
    ];
    let id = ("idNo", "621099194203150014");
    assert_eq!(doubts(&fields, &[]), ["to missing", "rest missing", "birth missing"]);
    let given = [("from", "2026-01-01"), ("to", "2026-12-31"), ("whole", "3.5"), ("less", "0.25"), id];
    assert_eq!(doubts(&fields, &given), Vec::<String>::new(), "the rest and the birthday follow");
    let form = Form::of(&fields);
    let answer =
        |key: &str| given.iter().find(|(known, _)| *known == key).map_or("", |(_, it)| it).to_owned();
    let values = ["rest", "birth"].map(|key| form.value(form.asked(key).unwrap(), &answer, TODAY));
    assert_eq!(values, ["3.25", "1942-03-15"]);
    let wrong =
        [("from", "2026-01-01"), ("to", "2026-01-01"), ("whole", "3"), ("less", "1"), ("rest", "3"), id];
    assert_eq!(doubts(&fields, &wrong), ["to field-rule", "rest field-rule"]);
}

#[test]
fn what_hangs_on_another_answer_is_asked_only_with_it() {
    let fields = [
        choice("biz", &["新办", "补换", "注销"]),
        with("oldCard", "text", "", "biz = 补换/注销"),
        with("reason", "text", "", "biz ≠ 新办；oldCard"),
        with("agrees", "bool", "", ""),
        with("phone", "phone", "", "agrees = 是"),
    ];
    assert_eq!(misread(&fields), []);
    assert_eq!(doubts(&fields, &[]), ["biz missing", "agrees missing"]);
    assert_eq!(doubts(&fields, &[("biz", "新办"), ("agrees", "false")]), Vec::<String>::new());
    assert_eq!(doubts(&fields, &[("biz", "补换"), ("agrees", "false")]), ["oldCard missing"]);
    // A wrong value of what isn't asked keeps nobody; where it is asked it does.
    let kept = [("biz", "新办"), ("agrees", "否"), ("phone", "1")];
    assert_eq!(doubts(&fields, &kept), Vec::<String>::new());
    let asked = [("biz", "新办"), ("agrees", "是"), ("phone", "1")];
    assert_eq!(doubts(&fields, &asked), ["phone mobile-form"]);
    // Hidden by way of what is itself hidden.
    let hidden = [("biz", "新办"), ("oldCard", "旧号"), ("agrees", "false")];
    assert_eq!(doubts(&fields, &hidden), Vec::<String>::new());
}

#[test]
fn what_cannot_be_read_is_told_and_the_field_asked_all_the_same() {
    use Part::{Condition, Key, Kind, Options, Rule};
    type Table<'a> = [(&'a str, Part, Vec<Field>); 17];
    let table: Table<'_> = [
        ("an unknown type", Kind, vec![field("it", "hologram")]),
        ("a choice of nothing", Options, vec![field("it", "enum")]),
        ("an option twice", Options, vec![choice("it", &["甲", "乙", "甲"])]),
        ("an option with a slash", Options, vec![choice("it", &["甲/乙"])]),
        ("options of a text", Options, vec![Field { kind: "text".into(), ..choice("it", &["甲"]) }]),
        ("a rule in plain words", Rule, vec![with("it", "text", "不在禁开清单", "")]),
        ("half a rule", Rule, vec![with("it", "int", "≥", "")]),
        ("a day as a number", Rule, vec![with("it", "int", "≥ 今天", "")]),
        ("a number as a text", Rule, vec![with("it", "text", "≥ 1", "")]),
        ("columns of a day", Rule, vec![with("it", "date", "列 甲,乙", "")]),
        ("a field that isn't there", Rule, vec![with("it", "date", "> from", "")]),
        ("a day against a number", Rule, vec![with("it", "date", "> sum", ""), field("sum", "int")]),
        ("a condition that isn't one", Condition, vec![with("it", "text", "", "何时 = ")]),
        ("a condition on nothing there", Condition, vec![with("it", "text", "", "other")]),
        ("a condition on itself", Condition, vec![with("it", "text", "", "it")]),
        (
            "a condition that never holds",
            Condition,
            vec![with("it", "text", "", "yes = 也许"), field("yes", "bool")],
        ),
        ("a key twice", Key, vec![field("it", "text"), field("it", "date")]),
    ];
    for (what, part, fields) in table {
        assert_eq!(misread(&fields), [("it".to_owned(), part)], "{what}");
        let form = Form::of(&fields);
        assert!(form.shown(&|_| String::new(), TODAY).iter().any(|asked| asked.field.key == "it"), "{what}");
    }
    let round = [
        with("one", "text", "", "two = 甲"),
        with("two", "text", "", "three"),
        with("three", "text", "", "one"),
        with("after", "text", "", "one"),
    ];
    let keys: Vec<String> = misread(&round).into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, ["one", "two", "three"]);
    let sums = [with("one", "int", "= two", ""), with("two", "int", "= one", "")];
    assert_eq!(misread(&sums), [("one".to_owned(), Rule), ("two".to_owned(), Rule)]);
}

#[test]
fn a_case_keeps_what_this_program_cannot_read() {
    let fields = [Field { required: true, ..field("it", "hologram") }];
    assert_eq!(doubts(&fields, &[("it", " 全息 ")]), ["!it field-unread"]);
    assert_eq!(doubts(&fields, &[]), ["it missing"]);
}

/// Cases lie under versions that were published before there were options and conditions.
#[test]
fn a_catalogue_of_before_still_reads() {
    let old = r#"[
        {"key": "mode", "label": "方式", "type": "enum", "required": true, "rule": "到站/上门/视频"},
        {"key": "from", "label": "起始", "type": "date", "required": true, "rule": ""},
        {"key": "to", "label": "终止", "type": "date", "required": true, "rule": ">from"},
        {"key": "members", "label": "成员", "type": "table", "required": false, "rule": "姓名,关系"}
    ]"#;
    let fields: Vec<Field> = serde_json::from_str(old).unwrap();
    let form = Form::of(&fields);
    assert_eq!(form.misread, []);
    assert_eq!(form.asked[0].options, ["到站", "上门", "视频"]);
    let answers = [("mode", "飞行"), ("from", "2026-01-02"), ("to", "2026-01-01"), ("members", "王一")];
    assert_eq!(doubts(&fields, &answers), ["mode not-an-option", "to field-rule", "members field-columns"]);
}

#[test]
fn every_form_of_the_catalogue_can_be_read() {
    let catalogue = catalogue_from_json(include_str!("../../../../../data/items.json")).unwrap();
    for (item, _) in &catalogue.items {
        let fatal: Vec<Misread> =
            Form::of(&item.fields).misread.into_iter().filter(|odd| odd.fatal).collect();
        assert_eq!(fatal, [], "{}", item.item_id);
    }
    let form = Form::of(&catalogue_item("I010").fields);
    let asked = |insured: &str| {
        let answer = |key: &str| if key == "insuredType" { insured.to_owned() } else { String::new() };
        form.shown(&answer, TODAY).iter().any(|asked| asked.field.key == "guardian")
    };
    assert!(asked("新生儿") && !asked("大学生"));
}

fn anything() -> impl Strategy<Value = String> {
    let pieces = [
        "1",
        "２",
        ".",
        ",",
        "，",
        "年",
        "月",
        "日",
        "2026",
        "11",
        "-",
        "/",
        "元",
        "亩",
        "是",
        "A类",
        "Ａ类",
        " ",
        "\n",
        "王",
        "·",
        "x",
        "X",
        "621099194203150014",
        "￥",
        "\u{e863}",
    ];
    prop_oneof![
        any::<String>(),
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..12)
            .prop_map(|pieces| pieces.concat()),
    ]
}

fn key() -> impl Strategy<Value = String> {
    "[a-z][a-zA-Z0-9_]{0,6}"
}

fn comparison() -> impl Strategy<Value = Comparison> {
    use Comparison::{AtLeast, AtMost, Equal, Less, More};
    prop::sample::select(vec![AtLeast, AtMost, More, Less, Equal])
}

fn names() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[甲乙丙丁a-z0-9]{1,4}", 1..4)
}

fn any_rule() -> impl Strategy<Value = Rule> {
    let number = (0u64..1_000_000, 0u32..100)
        .prop_filter_map("a number", |(whole, cents)| number::Number::read(&format!("{whole}.{cents:02}")));
    let terms = (key(), prop::collection::vec((any::<bool>(), key()), 0..3)).prop_map(|(first, rest)| {
        let first = rule::Term { minus: false, key: first };
        let rest = rest.into_iter().map(|(minus, key)| rule::Term { minus, key });
        Operand::Terms(std::iter::once(first).chain(rest).collect())
    });
    let operand = prop_oneof![number.prop_map(Operand::Number), terms];
    prop_oneof![
        (comparison(), operand).prop_map(|(comparison, operand)| Rule::Compares(comparison, operand)),
        (comparison(), 0u32..1000).prop_map(|(comparison, characters)| Rule::Length(comparison, characters)),
        names().prop_map(Rule::NoneOf),
        Just(Rule::Is(Kind::Phone)),
        Just(Rule::Is(Kind::Village)),
    ]
}

fn any_condition() -> impl Strategy<Value = Condition> {
    let wants =
        prop_oneof![Just(Wants::Anything), names().prop_map(Wants::OneOf), names().prop_map(Wants::NoneOf)];
    let clause = (key(), wants).prop_map(|(key, wants)| Clause { key, wants });
    prop::collection::vec(clause, 1..4).prop_map(Condition)
}

/// Forms whose conditions hang on one another, in circles too, and answers to them.
fn any_form() -> impl Strategy<Value = (Vec<Field>, BTreeMap<String, String>)> {
    let keys = ["a", "b", "c", "d", "e"];
    let kinds = prop::sample::select(vec!["text", "int", "bool", "date", "enum", "money", "hologram"]);
    let hangs = prop::option::of((
        prop::sample::select(keys.to_vec()),
        prop::sample::select(vec!["", " = 1", " ≠ 是"]),
    ));
    let fields = prop::collection::vec((kinds, any::<bool>(), hangs), 5);
    let answers =
        prop::collection::vec(prop::option::of(prop::sample::select(vec!["1", "是", "x", "2026-11-23"])), 5);
    (fields, answers).prop_map(move |(fields, answers)| {
        let fields = keys.iter().zip(fields).map(|(key, (kind, required, hangs))| {
            let condition = hangs.map(|(other, wants)| format!("{other}{wants}")).unwrap_or_default();
            Field { required, condition, ..field(key, kind) }
        });
        let answers = keys
            .iter()
            .zip(answers)
            .filter_map(|(key, answer)| Some(((*key).to_owned(), answer?.to_owned())));
        (fields.collect(), answers.collect())
    })
}

proptest! {
    #[test]
    fn what_is_stored_reads_as_itself(text in anything()) {
        let options = ["A类".to_owned(), "是".to_owned()];
        for kind in Kind::all().into_iter().filter_map(Kind::of) {
            if let Ok(passed) = kind.read(&text, &options, TODAY) {
                let again = kind.read(&passed.normalised, &options, TODAY).map(|passed| passed.normalised);
                // Blank text is nothing at all, and nothing is never read.
                if !passed.normalised.is_empty() {
                    prop_assert_eq!(again.as_ref(), Ok(&passed.normalised), "{:?}", kind);
                }
            }
        }
    }

    #[test]
    fn rules_are_read_as_they_are_written(rules in prop::collection::vec(any_rule(), 0..4)) {
        let written = rules.iter().map(Rule::to_string).collect::<Vec<_>>().join("；");
        prop_assert_eq!(rule::read(&written, Kind::Decimal), Ok(rules));
    }

    #[test]
    fn conditions_are_read_as_they_are_written(condition in any_condition()) {
        prop_assert_eq!(Condition::read(&condition.to_string()), Ok(Some(condition)));
    }

    #[test]
    fn no_text_is_too_odd_for_a_rule_or_a_condition(text in anything()) {
        for kind in Kind::all().into_iter().filter_map(Kind::of) {
            let _ = rule::read(&text, kind);
        }
        let _ = Condition::read(&text);
    }

    /// What isn't asked keeps nobody from being accepted: whatever stands in it, the doubts are the same. Every form comes to
    /// an end.
    #[test]
    fn a_hidden_field_never_blocks((fields, answers) in any_form(), other in "[1x是]{0,2}") {
        let form = Form::of(&fields);
        let answer = |key: &str| answers.get(key).cloned().unwrap_or_default();
        let shown: Vec<&str> = form.shown(&answer, TODAY).iter().map(|asked| asked.field.key.as_str()).collect();
        let doubts = form.doubts(&answer, TODAY);
        prop_assert!(doubts.iter().all(|doubt| shown.contains(&doubt.key.as_str())));
        for field in fields.iter().filter(|field| !shown.contains(&field.key.as_str())) {
            let other = |key: &str| if key == field.key { other.clone() } else { answer(key) };
            prop_assert_eq!(&form.doubts(&other, TODAY), &doubts);
        }
    }
}
