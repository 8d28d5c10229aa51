//! A form filled in.

use daiban_domain::item::{
    Item,
    field::{Asked, Comparison, Form, Kind, Rule},
};
use jiff::{ToSpan, civil::Date};
use serde_json::{Map, Value};

/// Something fitting in every field that an item requires beyond the applicant's data; days come in the form's order.
pub fn answers(item: &Item, today: Date) -> Map<String, Value> {
    let form = Form::of(&item.fields);
    let mut given: Map<String, Value> = Map::new();
    loop {
        let answer = |key: &str| given.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let doubts = form.doubts(&answer, today);
        let missing = doubts.iter().filter(|doubt| doubt.fault.code == "missing");
        let asked: Vec<&Asked<'_>> = missing
            .filter_map(|doubt| form.asked(&doubt.key))
            .filter(|asked| asked.field.of_applicant().is_none() && !follows(asked))
            .collect();
        if asked.is_empty() {
            return given;
        }
        for asked in asked {
            let day = today.saturating_sub(2.years()).saturating_add((given.len() as i64).days());
            given.insert(asked.field.key.clone(), fitting(asked, day).into());
        }
    }
}

/// What other fields come to: nobody types it.
fn follows(asked: &Asked<'_>) -> bool {
    asked.rules.iter().any(|rule| matches!(rule, Rule::Compares(Comparison::Equal, _)))
}

fn fitting(asked: &Asked<'_>, day: Date) -> String {
    let columns = asked.rules.iter().find_map(|rule| match rule {
        Rule::Columns(columns) => Some(columns.len()),
        _ => None,
    });
    match asked.kind {
        Kind::Choice => asked.options.first().map_or("甲", String::as_str).to_owned(),
        Kind::Day => day.to_string(),
        Kind::Month => day.strftime("%Y-%m").to_string(),
        Kind::Year => day.year().to_string(),
        Kind::Whole | Kind::Decimal | Kind::TwoDecimals | Kind::Area | Kind::Money => "1".to_owned(),
        Kind::YesNo => "false".to_owned(),
        Kind::PersonName => "王一".to_owned(),
        Kind::IdNumber | Kind::IdOrUscc => "621099194203150014".to_owned(),
        Kind::Uscc => "12441500196720244T".to_owned(),
        Kind::Phone => "13912345678".to_owned(),
        Kind::BankCard => "6217000000000000012".to_owned(),
        Kind::Village => "621099100200".to_owned(),
        Kind::County => "621099".to_owned(),
        Kind::Postcode => "744000".to_owned(),
        Kind::Table => vec!["甲"; columns.unwrap_or(1)].join(","),
        Kind::Text | Kind::LongText | Kind::Address | Kind::File => "如实填写".to_owned(),
    }
}
