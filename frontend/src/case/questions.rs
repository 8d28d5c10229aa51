//! What an act asks before it is taken, where a sentence or two are enough. The defaults let Enter pass.

use crate::dom;
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
    choices: &'static [&'static str],
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
    /// 是 is said, anything else isn't.
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
        "reject" => vec![Question::new("reason", "不予的理由（印在决定书上）", "")],
        "withdraw" => vec![Question::new("reason", "撤回的原因", "申请人自愿撤回")],
        "propose" => vec![Question::new("opinion", "拟办意见", "拟同意")],
        "refuse" => vec![
            Question {
                required: false,
                choices: &["", "依法不需要许可", "不属本机关职权"],
                ..Question::new("ground", "行政许可只有这两种理由", "")
            },
            Question::new("reason", "不予受理的理由（印在通知书上）", ""),
        ],
        "publicNoticeObjection" => vec![Question::new("reason", "异议的内容", "")],
        "sendBack" => vec![Question::new("reason", "退回审查的理由", "")],
        "stopBenefit" => vec![Question::new("reason", "停发的原因", "")],
        "keepBenefit" => vec![Question::new("reason", "核实的情况，为什么继续发", "")],
        "urgentRelief" => vec![Question::new("reason", "急在哪里", "")],
        "returnToVillage" => vec![Question::new("reason", "登记哪里不对", "")],
        "supplementExpired" => vec![Question {
            shape: Shape::List,
            ..Question::new("contacts", "什么时候、怎么联系过申请人", "")
        }],
        "extend" => vec![
            Question::days("days", "延长几个工作日", ""),
            Question::new("reason", "延期的理由（告知申请人）", ""),
        ],
        "pause" => vec![
            Question {
                choices: &["现场勘查", "听证", "检验检测", "鉴定", "专家评审", "信息核对", "上级审批"],
                ..Question::new("procedure", "哪一种特别程序", "现场勘查")
            },
            Question::new("basis", "依据", ""),
            Question::days("expectedDays", "预计几个工作日", ""),
            Question {
                choices: &["是", "还没有"],
                shape: Shape::Yes,
                ..Question::new("told", "已经书面告知申请人所需时间", "是")
            },
        ],
        "close" => vec![
            Question::new("resultName", "结果名称", result_name),
            Question {
                required: false, ..Question::new("resultNumber", "结果文号（没有就空着）", "")
            },
        ],
        "deliver" => vec![
            Question::new("recipient", "谁领的", &case.applicant.name),
            Question {
                choices: &["窗口", "代办员转交", "上门", "邮寄"],
                ..Question::new("method", "怎么送的", if village { "代办员转交" } else { "窗口" })
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
            Shape::Yes => (text == "是").into(),
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
                                <option value={*one} selected={*one == value}>{ *one }</option>
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
