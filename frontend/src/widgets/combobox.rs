//! One of many, found by typing: a field that shows what is chosen, and beneath it, while somebody looks, what there is.

use crate::{
    dom,
    widgets::{
        Icon,
        choices::{Choice, Choices, Group},
        table::step,
    },
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub id: AttrValue,
    pub label: AttrValue,
    /// What is chosen, in words; empty for nothing.
    pub chosen: AttrValue,
    #[prop_or_default]
    pub hint: AttrValue,
    /// Said where nothing is called so.
    pub none: AttrValue,
    /// What a text means; `None` until that is known.
    pub find: Callback<String, Option<Vec<Choice>>>,
    /// The choice's own id.
    pub on_choose: Callback<AttrValue>,
    /// Somebody begins to look, or has done.
    #[prop_or_default]
    pub on_open: Callback<bool>,
}

#[component]
pub fn Combobox(props: &Props) -> Html {
    let (open, text, marked) = (use_state_eq(|| false), use_state_eq(String::new), use_state_eq(|| 0_usize));
    let found = if *open { props.find.emit((*text).clone()) } else { None };
    let choices = found.clone().unwrap_or_default();
    let turn = {
        let (open, text, marked, on_open) =
            (open.clone(), text.clone(), marked.clone(), props.on_open.clone());
        move |now: bool| {
            open.set(now);
            on_open.emit(now);
            if !now {
                text.set(String::new());
                marked.set(0);
            }
        }
    };
    let choose = {
        let (turn, on_choose) = (turn.clone(), props.on_choose.clone());
        let ids: Vec<AttrValue> = choices.iter().map(|choice| choice.id.clone()).collect();
        Callback::from(move |at: usize| {
            turn(false);
            ids.get(at).into_iter().for_each(|id| on_choose.emit(id.clone()));
        })
    };
    let oninput = {
        let (turn, text, marked) = (turn.clone(), text.clone(), marked.clone());
        Callback::from(move |event: InputEvent| {
            turn(true);
            text.set(dom::value(&event));
            marked.set(0);
        })
    };
    let onclick = {
        let turn = turn.clone();
        Callback::from(move |_: MouseEvent| turn(true))
    };
    let onblur = {
        let turn = turn.clone();
        Callback::from(move |_: FocusEvent| turn(false))
    };
    let onkeydown = {
        let (open, marked, choose, count) = (open.clone(), marked.clone(), choose.clone(), choices.len());
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                _ if event.is_composing() || event.ctrl_key() || event.alt_key() => return,
                "Escape" if *open => turn(false),
                "Enter" if *open => choose.emit(*marked),
                "ArrowDown" | "Enter" if !*open => turn(true),
                key @ ("ArrowDown" | "ArrowUp" | "PageDown" | "PageUp") if *open => {
                    step(key, *marked, count, 8).into_iter().for_each(|to| marked.set(to));
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    let shown = if *open { AttrValue::from((*text).clone()) } else { props.chosen.clone() };
    let list_id = format!("{}-list", props.id);
    let active = (*open && !choices.is_empty()).then(|| format!("{list_id}-{}", *marked));
    let nothing = found.is_some() && choices.is_empty();
    html! {
        <div class="combobox">
            <span class="input small">
                <input id={props.id.clone()} role="combobox" value={shown} {oninput} {onblur} {onkeydown} {onclick}
                    placeholder={props.hint.clone()} autocomplete="off" spellcheck="false" aria-label={props.label.clone()}
                    aria-expanded={open.to_string()} aria-controls={open.then(|| list_id.clone())} aria-activedescendant={active}
                    aria-autocomplete="list" />
                <Icon name="chevron-down" />
            </span>
            if *open {
                <div class="drop">
                    <Choices id={list_id} label={props.label.clone()} marked={*marked} on_choose={choose}
                        groups={vec![Group { name: AttrValue::default(), choices }]} />
                    if nothing { <p class="dense soft">{ &props.none }</p> }
                </div>
            }
        </div>
    }
}
