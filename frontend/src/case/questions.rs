//! What an act asks before it is taken, where a sentence or two are enough. The defaults let Enter pass.

use crate::{
    dom,
    texts::{acts as texts, written},
};
use daiban_contract::view::CaseView;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

pub type Payload = Map<String, Value>;

/// One thing asked; `key` names it in the event's payload.
#[derive(Debug, PartialEq)]
struct Question {
    key: &'static str,
    label: &'static str,
    usual: String,
    required: bool,
    /// Empty: any text.
    choices: &'static [written::Choice],
    shape: Shape,
}

/// What becomes of an answer in the payload.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Shape {
    Text,
    /// Working days.
    Days,
    /// One entry of a list.
    List,
    /// Yes is said, anything else isn't.
    Yes,
}

impl Question {
    fn new(key: &'static str, label: &'static str, usual: impl Into<String>) -> Self {
        Self { key, label, usual: usual.into(), required: true, choices: &[], shape: Shape::Text }
    }

    fn days(key: &'static str, label: &'static str, usual: &str) -> Self {
        Self { shape: Shape::Days, ..Self::new(key, label, usual) }
    }
}

/// Empty for acts that ask nothing.
fn questions(event: &str, case: &CaseView, result_name: &str, village: bool) -> Vec<Question> {
    match event {
        // The reason stands on a paper that can be appealed against: it has no default.
        "reject" => vec![Question::new("reason", texts::reject_reason(), "")],
        "withdraw" => vec![Question::new("reason", texts::withdraw_reason(), written::WITHDRAWN)],
        "propose" => vec![Question::new("opinion", texts::opinion(), written::AGREED)],
        "refuse" => vec![
            Question {
                required: false,
                choices: written::GROUNDS,
                ..Question::new("ground", texts::ground(), "")
            },
            Question::new("reason", texts::refuse_reason(), ""),
        ],
        "publicNoticeObjection" => vec![Question::new("reason", texts::objection(), "")],
        "sendBack" => vec![Question::new("reason", texts::send_back_reason(), "")],
        "stopBenefit" => vec![Question::new("reason", texts::stop_reason(), "")],
        "keepBenefit" => vec![Question::new("reason", texts::keep_reason(), "")],
        "urgentRelief" => vec![Question::new("reason", texts::urgent_reason(), "")],
        "returnToVillage" => vec![Question::new("reason", texts::return_reason(), "")],
        "supplementExpired" => {
            vec![Question { shape: Shape::List, ..Question::new("contacts", texts::contacts(), "") }]
        }
        "extend" => vec![
            Question::days("days", texts::extend_days(), ""),
            Question::new("reason", texts::extend_reason(), ""),
        ],
        "pause" => vec![
            Question {
                choices: written::PROCEDURES,
                ..Question::new("procedure", texts::procedure(), written::INSPECTION)
            },
            Question::new("basis", texts::basis(), ""),
            Question::days("expectedDays", texts::expected_days(), ""),
            Question {
                choices: written::YES_NOT_YET,
                shape: Shape::Yes,
                ..Question::new("told", texts::told_in_writing(), written::YES)
            },
        ],
        "close" => vec![
            Question::new("resultName", texts::result_name(), result_name),
            Question { required: false, ..Question::new("resultNumber", texts::result_number(), "") },
        ],
        "deliver" => vec![
            Question::new("recipient", texts::recipient(), &case.applicant.name),
            Question {
                choices: written::WAYS_TO_DELIVER,
                ..Question::new(
                    "method",
                    texts::delivery_method(),
                    if village { written::BY_AGENT } else { written::AT_WINDOW },
                )
            },
        ],
        _ => Vec::new(),
    }
}

/// This act is asked about in this way.
pub fn asks(event: &str) -> bool {
    matches!(
        event,
        "reject"
            | "withdraw"
            | "propose"
            | "close"
            | "deliver"
            | "refuse"
            | "publicNoticeObjection"
            | "sendBack"
            | "stopBenefit"
            | "keepBenefit"
            | "urgentRelief"
            | "returnToVillage"
            | "supplementExpired"
            | "extend"
            | "pause"
    )
}

/// The payload, or `None` while something required is empty.
fn payload(questions: &[Question], typed: &BTreeMap<&'static str, String>) -> Option<Payload> {
    let mut payload = Payload::new();
    for question in questions {
        let text = typed.get(question.key).unwrap_or(&question.usual).trim();
        if text.is_empty() && question.required {
            return None;
        }
        if text.is_empty() {
            continue;
        }
        let says = match question.shape {
            Shape::Text => text.into(),
            Shape::Days => text.parse::<u16>().ok()?.into(),
            Shape::List => vec![text].into(),
            Shape::Yes => (text == written::YES).into(),
        };
        payload.insert(question.key.to_owned(), says);
    }
    Some(payload)
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub event: AttrValue,
    pub case: std::rc::Rc<CaseView>,
    /// What the item calls its result.
    pub result_name: AttrValue,
    pub village: bool,
    /// Told after every change what the act would say; `None` while it can't be taken.
    pub on_payload: Callback<Option<Payload>>,
}

#[component]
pub fn Questions(props: &Props) -> Html {
    let typed = use_state_eq(BTreeMap::<&'static str, String>::new);
    let questions = questions(&props.event, &props.case, &props.result_name, props.village);
    let says = payload(&questions, &typed);
    use_effect_with((says, props.on_payload.clone()), |(says, on_payload)| on_payload.emit(says.clone()));
    let set = |key: &'static str| {
        let typed = typed.clone();
        Callback::from(move |text: String| {
            let mut next = (*typed).clone();
            next.insert(key, text);
            typed.set(next);
        })
    };
    html! {
        { for questions.iter().map(|question| {
            let id = format!("ask-{}", question.key);
            let value = typed.get(question.key).unwrap_or(&question.usual).clone();
            let set = set(question.key);
            if question.choices.is_empty() {
                let oninput = Callback::from(move |event: InputEvent| set.emit(dom::value(&event)));
                html! {
                    <div class="field">
                        <label for={id.clone()}>{ question.label }</label>
                        <span class="input"><input {id} {value} {oninput} autocomplete="off" spellcheck="false" /></span>
                    </div>
                }
            } else {
                let onchange = Callback::from(move |event: Event| {
                    event.target_dyn_into::<HtmlSelectElement>().into_iter().for_each(|select| set.emit(select.value()));
                });
                html! {
                    <div class="field">
                        <label for={id.clone()}>{ question.label }</label>
                        <select {id} class="input" {onchange}>
                            { for question.choices.iter().map(|one| html! {
                                <option value={one.zh} selected={one.zh == value}>{ one.says() }</option>
                            }) }
                        </select>
                    </div>
                }
            }
        }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn defaults_pass_and_required_blanks_do_not() {
        let result = || {
            vec![
                Question::new("resultName", "", "待遇核定表"),
                Question { required: false, ..Question::new("resultNumber", "", "") },
            ]
        };
        let cases = [
            ("defaults", result(), vec![], Some(json!({ "resultName": "待遇核定表" }))),
            (
                "typed over",
                result(),
                vec![("resultName", " 核定表 "), ("resultNumber", "3号")],
                Some(json!({ "resultName": "核定表", "resultNumber": "3号" })),
            ),
            ("emptied", result(), vec![("resultName", " ")], None),
            ("no default", vec![Question::new("reason", "", "")], vec![], None),
            (
                "other shapes",
                vec![
                    Question::days("expectedDays", "", ""),
                    Question { shape: Shape::Yes, ..Question::new("told", "", "是") },
                ],
                vec![("expectedDays", "3")],
                Some(json!({"expectedDays": 3, "told": true})),
            ),
            ("no number", vec![Question::days("days", "", "")], vec![("days", "三天")], None),
            (
                "a list",
                vec![Question { shape: Shape::List, ..Question::new("contacts", "", "") }],
                vec![("contacts", "5月6日电话")],
                Some(json!({"contacts": ["5月6日电话"]})),
            ),
        ];
        for (name, questions, typed, expected) in cases {
            let typed = typed.into_iter().map(|(key, text)| (key, text.to_owned())).collect();
            assert_eq!(payload(&questions, &typed).map(Value::Object), expected, "{name}");
        }
    }
}
