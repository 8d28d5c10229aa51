//! What was brought of what is asked for: ticked, and counted where the number differs.

use crate::{
    dom,
    texts::{case, record as texts},
    widgets::Icon,
};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// How many of a material were received.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub originals: u16,
    pub copies: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Originals,
    Copies,
}

impl Count {
    pub fn any(self) -> bool {
        self.originals + self.copies > 0
    }

    pub fn put(&mut self, part: Part, number: u16) {
        match part {
            Part::Originals => self.originals = number,
            Part::Copies => self.copies = number,
        }
    }

    /// As many as are asked for; one original where no number is named.
    pub fn asked(originals: u16, copies: u16) -> Self {
        match (originals, copies) {
            (0, 0) => Self { originals: 1, copies: 0 },
            _ => Self { originals, copies },
        }
    }

    /// Ticked, or not any more.
    pub fn ticked(self, asked: Self) -> Self {
        if self.any() { Self::default() } else { asked }
    }

    /// What a bare number means: what is mostly asked for.
    fn mostly(self) -> Part {
        if self.originals == 0 && self.copies > 0 { Part::Copies } else { Part::Originals }
    }
}

/// One line of the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Material {
    pub code: AttrValue,
    pub name: AttrValue,
    /// What to look at, beneath the name.
    pub says: String,
    pub required: bool,
    pub tolerable: bool,
    pub asked: Count,
    pub count: Count,
}

/// What was done to a line, by its material's code.
#[derive(Clone, Debug, PartialEq)]
pub enum Brought {
    /// As it is asked for, or not at all.
    Tick(AttrValue),
    Count(AttrValue, Part, u16),
}

#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    pub materials: Vec<Material>,
    pub on_brought: Callback<Brought>,
}

/// Its keys: the arrows go from line to line, space ticks, a digit sets the number.
#[component]
pub fn Checklist(Props { materials, on_brought }: &Props) -> Html {
    html! {
        <div class="rows scroll checklist">
            <div class="header" aria-hidden="true">
                <span /><span>{ texts::papers() }</span><span class="number">{ case::originals() }</span>
                <span class="number">{ case::copies() }</span>
            </div>
            { for materials.iter().map(|material| html! {
                <Row key={material.code.to_string()} material={material.clone()} {on_brought} />
            }) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    material: Material,
    on_brought: Callback<Brought>,
}

#[component]
fn Row(RowProps { material, on_brought }: &RowProps) -> Html {
    let Material { code, count, .. } = material;
    let onclick = {
        let (on_brought, code) = (on_brought.clone(), code.clone());
        Callback::from(move |event: MouseEvent| {
            if !dom::takes_text(event.target()) {
                on_brought.emit(Brought::Tick(code.clone()));
            }
        })
    };
    let onkeydown = {
        let (on_brought, code, part) = (on_brought.clone(), code.clone(), material.asked.mostly());
        Callback::from(move |event: KeyboardEvent| {
            if dom::takes_text(event.target()) || event.ctrl_key() || event.alt_key() {
                return;
            }
            let key = event.key();
            match key.as_str() {
                " " => on_brought.emit(Brought::Tick(code.clone())),
                "ArrowDown" => step(&event, true),
                "ArrowUp" => step(&event, false),
                digit => match digit.parse() {
                    Ok(number) => on_brought.emit(Brought::Count(code.clone(), part, number)),
                    Err(_) => return,
                },
            }
            event.prevent_default();
        })
    };
    let number = |part: Part, value: u16, says: &str| {
        let (on_brought, code) = (on_brought.clone(), code.clone());
        let oninput = Callback::from(move |event: InputEvent| {
            let text = dom::value(&event);
            if let Ok(number) = if text.is_empty() { Ok(0) } else { text.parse() } {
                on_brought.emit(Brought::Count(code.clone(), part, number));
            }
        });
        html! {
            <input class={classes!("count", (value == 0).then_some("none"))} value={value.to_string()} {oninput}
                inputmode="numeric" tabindex={if count.any() { "0" } else { "-1" }}
                aria-label={format!("{}{says}", material.name)} />
        }
    };
    html! {
        <div class="material" data-material={code} {onclick}>
            <span class="tick" role="checkbox" tabindex="0" aria-checked={count.any().to_string()}
                aria-label={material.name.clone()} {onkeydown}><Icon name="check" /></span>
            <span>
                { &material.name }
                if material.required && !count.any() { <span class="must">{ texts::required() }</span> }
                if material.tolerable { <span class="chip mark">{ texts::tolerable() }</span> }
                if !material.says.is_empty() { <span class="under small soft">{ &material.says }</span> }
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
