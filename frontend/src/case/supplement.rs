//! 补正: what was brought now.

use super::questions::Payload;
use crate::{dom, texts::case as texts};
use daiban_contract::view::{CaseView, MaterialCount, MaterialView};
use std::{collections::BTreeMap, rc::Rc};
use yew::prelude::*;

/// Originals and copies by material code.
type Brought = BTreeMap<String, (u16, u16)>;

/// As a rule everything that was missing is brought.
fn usual(case: &CaseView) -> Brought {
    let missing = case.materials.iter().filter(|material| material.required && !material.received);
    missing.map(|material| (material.material_code.clone(), needed(material))).collect()
}

fn needed(material: &MaterialView) -> (u16, u16) {
    match (material.originals_needed, material.copies_needed) {
        (0, 0) => (1, 0),
        needed => needed,
    }
}

/// Bringing no paper is allowed: a gap may have been a signature.
fn payload(brought: &Brought) -> Payload {
    let materials: Vec<MaterialCount> = brought
        .iter()
        .filter(|(_, (originals, copies))| originals + copies > 0)
        .map(|(code, (originals, copies))| MaterialCount {
            material_code: code.clone(),
            originals: *originals,
            copies: *copies,
        })
        .collect();
    Payload::from_iter([("materials".to_owned(), serde_json::to_value(materials).unwrap_or_default())])
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub case: Rc<CaseView>,
    pub on_payload: Callback<Option<Payload>>,
}

#[component]
pub fn Supplement(Props { case, on_payload }: &Props) -> Html {
    let brought = use_state_eq(|| usual(case));
    use_effect_with((payload(&brought), on_payload.clone()), |(says, on_payload)| {
        on_payload.emit(Some(says.clone()))
    });
    let number = |material: &MaterialView, second: bool| {
        let (brought, code) = (brought.clone(), material.material_code.clone());
        let (originals, copies) = brought.get(&code).copied().unwrap_or_default();
        let oninput = Callback::from(move |event: InputEvent| {
            let text = dom::value(&event);
            let Ok(number) = (if text.is_empty() { Ok(0) } else { text.parse() }) else { return };
            let mut next = (*brought).clone();
            let counts = next.entry(code.clone()).or_default();
            *(if second { &mut counts.1 } else { &mut counts.0 }) = number;
            brought.set(next);
        });
        let (value, says) =
            if second { (copies, texts::copy_count()) } else { (originals, texts::original_count()) };
        html! {
            <input class="count" value={value.to_string()} {oninput} inputmode="numeric"
                aria-label={format!("{}{says}", material.name)} />
        }
    };
    html! {
        <table class="brought">
            <thead><tr><th>{ texts::brought_now() }</th><th class="number">{ texts::originals() }</th><th class="number">{ texts::copies() }</th></tr></thead>
            <tbody>
                { for case.materials.iter().filter(|material| !material.received).map(|material| html! {
                    <tr key={material.material_code.clone()}>
                        <td>{ &material.name }</td>
                        <td class="number">{ number(material, false) }</td>
                        <td class="number">{ number(material, true) }</td>
                    </tr>
                }) }
            </tbody>
        </table>
    }
}
