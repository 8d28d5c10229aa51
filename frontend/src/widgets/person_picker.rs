//! Somebody whom the register knows, found by typing: two characters, initials, the beginning of a number.

use crate::{
    dom,
    live::use_answer,
    widgets::{
        Icon, Trouble,
        choices::{Choice, Choices, Group},
        table::step,
    },
    words,
};
use daiban_contract::{ask::Residents, view::ResidentRow};
use std::rc::Rc;
use yew::prelude::*;

/// More than anybody reads beside a form; a letter more finds fewer.
const SHOWN: usize = 8;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub id: AttrValue,
    pub label: AttrValue,
    /// Said where the register has nobody like that.
    pub none: AttrValue,
    pub on_person: Callback<Rc<ResidentRow>>,
}

#[component]
pub fn PersonPicker(Props { id, label, none, on_person }: &Props) -> Html {
    let (text, marked) = (use_state_eq(String::new), use_state_eq(|| 0_usize));
    let sought = text.trim().to_owned();
    let answer = use_answer((!sought.is_empty()).then(|| Residents { search: sought.clone() }));
    let found = answer.data.filter(|_| !sought.is_empty());
    let rows = found.as_ref().map(|rows| &rows[..rows.len().min(SHOWN)]).unwrap_or_default();
    let choose = {
        let (text, marked, on_person, rows) =
            (text.clone(), marked.clone(), on_person.clone(), rows.to_vec());
        Callback::from(move |at: usize| {
            let Some(row) = rows.get(at) else { return };
            text.set(String::new());
            marked.set(0);
            on_person.emit(Rc::new(row.clone()));
        })
    };
    let oninput = {
        let (text, marked) = (text.clone(), marked.clone());
        Callback::from(move |event: InputEvent| {
            text.set(dom::value(&event));
            marked.set(0);
        })
    };
    let onkeydown = {
        let (text, marked, choose, count) = (text.clone(), marked.clone(), choose.clone(), rows.len());
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                _ if event.is_composing() || event.ctrl_key() || event.alt_key() => return,
                "Enter" => choose.emit(*marked),
                "Escape" if !text.is_empty() => text.set(String::new()),
                key @ ("ArrowDown" | "ArrowUp") => {
                    step(key, *marked, count, 1).into_iter().for_each(|to| marked.set(to));
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    let list = format!("{id}-list");
    let active = (!rows.is_empty()).then(|| format!("{list}-{}", *marked));
    let choices: Vec<Choice> = rows.iter().map(choice).collect();
    html! {
        <div class="person-picker">
            <label class="input">
                <Icon name="search" />
                <input {id} class="spring" role="combobox" value={(*text).clone()} {oninput} {onkeydown} autocomplete="off"
                    spellcheck="false" aria-label={label} aria-autocomplete="list" aria-expanded={active.is_some().to_string()}
                    aria-controls={active.is_some().then(|| list.clone())} aria-activedescendant={active.clone()} />
            </label>
            <Trouble failure={answer.failure.clone()} />
            if active.is_some() {
                <Choices id={list} {label} marked={*marked} on_choose={choose}
                    groups={vec![Group { name: AttrValue::default(), choices }]} />
            } else if found.is_some() {
                <p class="dense soft none">{ none }</p>
            }
        </div>
    }
}

fn choice(row: &ResidentRow) -> Choice {
    let born = row.born.map(|day| day.to_string()).unwrap_or_default();
    let more = [row.address.as_str(), &born].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
    Choice {
        id: row.name.clone().into(),
        says: words::named(&row.name).to_owned().into(),
        more: more.join("\u{3000}").into(),
    }
}
