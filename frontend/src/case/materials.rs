//! Which materials are there, and what stands in for those that aren't.

use super::Props;
use crate::{
    live::{Told, use_here},
    texts::{case as texts, written},
    widgets::Icon,
};
use daiban_contract::{
    act::Act,
    view::{CaseView, MaterialView},
};
use daiban_domain::case::replaced;
use serde_json::{Map, Value, json};
use yew::prelude::*;

#[component]
pub fn MaterialsCard(Props { case }: &Props) -> Html {
    let missing = case.materials.iter().filter(|material| material.required && !there(material)).count();
    let total = case.materials.len();
    html! {
        <section class="card">
            <header>
                <h2>{ texts::materials() }</h2>
                <span class="dense soft">
                    { if missing == 0 { texts::all_there(total) } else { texts::some_missing(total, missing) } }
                </span>
            </header>
            <ul class="papers body">
                { for case.materials.iter().map(|material| html! {
                    <li data-material={material.material_code.clone()} title={material.review_point.clone()}>
                        if there(material) {
                            <Icon name="check" />
                        } else {
                            <span class="wait"><Icon name="hourglass" /></span>
                        }
                        <span class="clip">{ &material.name }</span>
                        { count(material) }
                        if !there(material) { <Instead case={case.clone()} material={material.clone()} /> }
                    </li>
                }) }
            </ul>
            if !case.warnings.is_empty() {
                <ul class="warnings body">
                    { for case.warnings.iter().map(|warning| html! {
                        <li data-warning={warning.path.clone()}>{ &warning.message }</li>
                    }) }
                </ul>
            }
        </section>
    }
}

fn there(material: &MaterialView) -> bool {
    material.received || !material.replaced.is_empty()
}

#[derive(Properties, PartialEq)]
struct InsteadProps {
    case: std::rc::Rc<CaseView>,
    material: MaterialView,
}

/// The ways to do without a paper: it was brought for another case, or a signed commitment replaces it.
#[component]
fn Instead(InsteadProps { case, material }: &InsteadProps) -> Html {
    let here = use_here();
    // A statement that somebody has signed is asked about once more.
    let asked = use_state_eq(|| false);
    let take = |event: &'static str, says: Map<String, Value>, told: String| {
        let (here, case_no) = (here.clone(), case.case_no.clone());
        Callback::from(move |_: MouseEvent| {
            let (done, told) = (here.clone(), told.clone());
            let act = Act {
                case_no: case_no.clone(),
                event: event.to_owned(),
                payload: Some(says.clone()),
                on: None,
            };
            here.act(act, move |result| {
                if result.is_ok() {
                    done.tell.emit(Told::Done(told));
                }
            });
        })
    };
    let code = || ("replaces".to_owned(), json!([material.material_code]));
    let before = material.brought_before.first().map(|case_no| {
        let source = ("source".to_owned(), json!(written::brought_with(case_no)));
        let told = texts::brought_before(&material.name);
        (case_no, take(replaced::SHARE, Map::from_iter([code(), source]), told))
    });
    let signed = material.commitment.then(|| {
        let told = texts::committed(&material.name);
        take(replaced::COMMIT, Map::from_iter([code(), ("signed".to_owned(), json!(true))]), told)
    });
    let ask = |wanted: bool| {
        let asked = asked.clone();
        Callback::from(move |_: MouseEvent| asked.set(wanted))
    };
    html! {
        if before.is_some() || signed.is_some() {
            <span class="instead">
                if let Some((case_no, onclick)) = before {
                    <button class="button small quiet" data-share={material.material_code.clone()}
                        title={texts::need_not_again(case_no)} {onclick}>{ texts::as_before() }</button>
                }
                if let Some(onclick) = signed {
                    if *asked {
                        <span class="soft">{ texts::ask_signed() }</span>
                        <button class="button small" data-commit={material.material_code.clone()} {onclick}>{ texts::yes_signed() }</button>
                        <button class="button small quiet" onclick={ask(false)}>{ texts::not_signed() }</button>
                    } else {
                        <button class="button small quiet" data-ask-commit={material.material_code.clone()}
                            title={texts::commit_hint()} onclick={ask(true)}>{ texts::has_committed() }</button>
                    }
                }
            </span>
        }
    }
}

fn count(material: &MaterialView) -> Html {
    if !material.replaced.is_empty() {
        return html! { <span class="faint clip" title={material.replaced.clone()}>{ &material.replaced }</span> };
    }

    let parts = [(texts::original(), material.originals), (texts::copy(), material.copies)];
    let parts: Vec<String> =
        parts.into_iter().filter(|(_, n)| *n > 0).map(|(says, n)| format!("{says} {n}")).collect();
    match (material.received, material.required) {
        (true, _) => html! { <span class="faint">{ parts.join("\u{3000}") }</span> },
        (false, true) => html! { <span class="must">{ texts::not_received() }</span> },
        (false, false) => html! { <span class="faint">{ texts::none() }</span> },
    }
}
