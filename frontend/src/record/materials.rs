//! Which materials were received, and how many of each.

use crate::{
    dom,
    record::{Draft, Edit, draft::Part},
    texts::{case, record as texts},
    widgets::Icon,
};
use daiban_domain::item::Material;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub draft: Rc<Draft>,
    pub edit: Callback<Edit>,
}

#[component]
pub fn MaterialsCard(Props { draft, edit }: &Props) -> Html {
    let Some(item) = &draft.item else { return html! {} };
    let received =
        item.materials.iter().filter(|material| draft.count(&material.material_code).any()).count();
    html! {
        <section class="card list materials">
            <header>
                <h2>{ texts::papers() }</h2>
                <span class="dense soft">{ texts::tick_received() }</span><span class="spring" />
                <span class="dense soft">{ texts::received(received, item.materials.len()) }</span>
            </header>
            <div class="rows scroll">
                <div class="header" aria-hidden="true">
                    <span /><span>{ texts::papers() }</span><span class="number">{ case::originals() }</span>
                    <span class="number">{ case::copies() }</span>
                </div>
                { for item.materials.iter().map(|material| html! {
                    <MaterialRow key={material.material_code.clone()} draft={draft.clone()} edit={edit.clone()}
                        material={material.clone()} />
                }) }
            </div>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    draft: Rc<Draft>,
    edit: Callback<Edit>,
    material: Material,
}

#[component]
fn MaterialRow(RowProps { draft, edit, material }: &RowProps) -> Html {
    let code: AttrValue = material.material_code.clone().into();
    let count = draft.count(&code);
    let onclick = {
        let (edit, code) = (edit.clone(), code.clone());
        Callback::from(move |event: MouseEvent| {
            if !dom::takes_text(event.target()) {
                edit.emit(Edit::Tick(code.clone()));
            }
        })
    };
    let onkeydown = {
        let (edit, code) = (edit.clone(), code.clone());
        // A digit means what the material is mostly asked for.
        let part =
            if material.originals == 0 && material.copies > 0 { Part::Copies } else { Part::Originals };
        Callback::from(move |event: KeyboardEvent| {
            if dom::takes_text(event.target()) || event.ctrl_key() || event.alt_key() {
                return;
            }
            let key = event.key();
            match key.as_str() {
                " " => edit.emit(Edit::Tick(code.clone())),
                "ArrowDown" => step(&event, true),
                "ArrowUp" => step(&event, false),
                digit => match digit.parse() {
                    Ok(number) => edit.emit(Edit::Count(code.clone(), part, number)),
                    Err(_) => return,
                },
            }
            event.prevent_default();
        })
    };
    let number = |part: Part, value: u16, says: &str| {
        let (edit, code) = (edit.clone(), code.clone());
        let oninput = Callback::from(move |event: InputEvent| {
            let text = dom::value(&event);
            if let Ok(number) = if text.is_empty() { Ok(0) } else { text.parse() } {
                edit.emit(Edit::Count(code.clone(), part, number));
            }
        });
        html! {
            <input class={classes!("count", (value == 0).then_some("none"))} value={value.to_string()} {oninput}
                inputmode="numeric" tabindex={if count.any() { "0" } else { "-1" }}
                aria-label={format!("{}{says}", material.name)} />
        }
    };
    let ask = [material.review_point.as_str(), material.condition.as_str()];
    let ask: Vec<&str> = ask.into_iter().filter(|text| !text.is_empty()).collect();
    html! {
        <div class="material" data-material={code.clone()} {onclick}>
            <span class="tick" role="checkbox" tabindex="0" aria-checked={count.any().to_string()}
                aria-label={material.name.clone()} {onkeydown}><Icon name="check" /></span>
            <span>
                { &material.name }
                if material.required() && !count.any() { <span class="must">{ texts::required() }</span> }
                if material.tolerable { <span class="chip mark">{ texts::tolerable() }</span> }
                <span class="under small soft">{ ask.join(texts::semicolon()) }</span>
            </span>
            <span class="number">{ number(Part::Originals, count.originals, case::original_count()) }</span>
            <span class="number">{ number(Part::Copies, count.copies, case::copy_count()) }</span>
        </div>
    }
}

/// Moves the focus to the tick of the next or the previous row.
fn step(event: &KeyboardEvent, down: bool) {
    let row = event.target_dyn_into::<HtmlElement>().and_then(|tick| tick.closest(".material").ok()?);
    let other =
        row.and_then(|row| if down { row.next_element_sibling() } else { row.previous_element_sibling() });
    let tick = other
        .and_then(|row| row.query_selector(".tick").ok()?)
        .and_then(|tick| tick.dyn_into::<HtmlElement>().ok());
    if let Some(tick) = tick {
        let _ = tick.focus();
    }
}
