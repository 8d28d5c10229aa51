//! What an act on a matter asks, and what it comes to say.

use crate::texts::matters as texts;
use daiban_contract::view::{MatterView, UnitRow};
use daiban_domain::{item::field::day, matter::Kind};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// One thing asked; `key` names it in the event's payload.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub key: &'static str,
    pub label: &'static str,
    pub required: bool,
    pub asks: Asks,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Asks {
    Words,
    Days,
    Day,
    /// A value and how it is said, each.
    Choice(Vec<(String, String)>),
    YesNo(&'static str, &'static str),
    /// The item of the case, if it is so.
    ThisItem(String),
}

impl Question {
    fn new(key: &'static str, label: &'static str, asks: Asks) -> Self {
        Self { key, label, required: true, asks }
    }

    fn maybe(self) -> Self {
        Self { required: false, ..self }
    }
}

/// Empty for acts that ask nothing. `units`: who may be handed it; `item`: of the case that a bad rating is about.
pub fn questions(event: &str, matter: &MatterView, units: &[UnitRow], item: &str) -> Vec<Question> {
    use Asks::{Choice, Day, Days, ThisItem, Words, YesNo};
    let by_agreement = matter.kind.by_agreement();
    match event {
        "handOn" => {
            let seeing = units.iter().filter(|unit| unit.code.covers(matter.unit));
            let units = seeing.map(|unit| (unit.code.to_string(), unit.name.clone())).collect();
            vec![
                Question::new("unit", texts::hand_on_to(), Choice(units)),
                Question::new("reason", texts::hand_on_why(), Words),
            ]
        }
        "extend" if by_agreement => vec![
            Question::new("agreedOn", texts::new_day(), Day),
            Question::new("reason", texts::extend_why(), Words),
        ],
        "extend" => vec![
            Question::new("days", texts::extend_days(), Days),
            Question::new("reason", texts::extend_why(), Words),
        ],
        "answer" => {
            let label = if by_agreement { texts::outcome_text() } else { texts::answer_text() };
            let text = Question::new("text", label, Words);
            let wrong = (matter.kind == Kind::BadRating && !item.is_empty()).then(|| {
                Question::new("wrongGuide", texts::guide_wrong(), ThisItem(item.to_owned())).maybe()
            });
            [text].into_iter().chain(wrong).collect()
        }
        "check" => vec![
            Question::new("direct", texts::is_direct(), YesNo(texts::yes(), texts::no())),
            Question::new("reason", texts::check_why(), Words).maybe(),
        ],
        "verify" => vec![Question::new("text", texts::verify_text(), Words)],
        "callBack" => vec![Question::new("text", texts::call_text(), Words)],
        "appeal" => vec![Question::new("reason", texts::appeal_why(), Words)],
        "reviewAppeal" => vec![
            Question::new("exclude", texts::exclude(), YesNo(texts::counts_not(), texts::counts())),
            Question::new("reason", texts::review_why(), Words),
        ],
        "reopen" => {
            let new_day = by_agreement.then(|| Question::new("agreedOn", texts::new_day(), Day));
            let reason = Question::new("reason", texts::reopen_why(), Words);
            new_day.into_iter().chain([reason]).collect()
        }
        _ => Vec::new(),
    }
}

/// The payload, or `None` while something required is empty or can't be read.
pub fn payload(questions: &[Question], typed: &BTreeMap<&'static str, String>) -> Option<Map<String, Value>> {
    let mut payload = Map::new();
    for question in questions {
        let text = typed.get(question.key).map(|text| text.trim()).unwrap_or_default();
        if text.is_empty() {
            if question.required {
                return None;
            }
            continue;
        }
        let says = match &question.asks {
            Asks::Words => json!(text),
            Asks::Days => json!(text.parse::<u16>().ok()?),
            Asks::Day => json!(day(text)?),
            Asks::Choice(known) => json!(known.iter().find(|(value, _)| value == text)?.0),
            Asks::YesNo(..) => json!(text == "true"),
            Asks::ThisItem(item) => json!(item),
        };
        payload.insert(question.key.to_owned(), says);
    }
    Some(payload)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_required_must_be_said_and_read() {
        let units = Asks::Choice(vec![("621099100000".into(), "清源镇".into())]);
        let hand_on = vec![Question::new("unit", "", units), Question::new("reason", "", Asks::Words)];
        let extend = vec![Question::new("days", "", Asks::Days)];
        let agreed = vec![Question::new("agreedOn", "", Asks::Day)];
        let check = vec![
            Question::new("direct", "", Asks::YesNo("", "")),
            Question::new("reason", "", Asks::Words).maybe(),
        ];
        let table = [
            ("no unit", &hand_on, vec![("reason", "要查银行")], None),
            (
                "handed on",
                &hand_on,
                vec![("unit", "621099100000"), ("reason", " 要查银行 ")],
                Some(json!({"unit": "621099100000", "reason": "要查银行"})),
            ),
            ("another unit", &hand_on, vec![("unit", "621099200000"), ("reason", "x")], None),
            ("days in words", &extend, vec![("days", "五")], None),
            ("days", &extend, vec![("days", "5")], Some(json!({"days": 5}))),
            ("a day", &agreed, vec![("agreedOn", "20261008")], Some(json!({"agreedOn": "2026-10-08"}))),
            ("not said", &check, vec![], None),
            (
                "said no",
                &check,
                vec![("direct", "false"), ("reason", "没说到")],
                Some(json!({"direct": false, "reason": "没说到"})),
            ),
            ("said yes", &check, vec![("direct", "true")], Some(json!({"direct": true}))),
            ("nothing asked", &Vec::new(), vec![], Some(json!({}))),
        ];
        for (name, questions, typed, expected) in table {
            let typed = typed.into_iter().map(|(key, text)| (key, text.to_owned())).collect();
            assert_eq!(payload(questions, &typed).map(Value::Object), expected, "{name}");
        }
    }
}
