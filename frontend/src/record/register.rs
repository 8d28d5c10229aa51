//! Somebody whom the register knows, found by two characters: nothing of them has to be typed again.

use crate::{
    dom,
    live::{Told, use_answer, use_here},
    record::Edit,
    texts::record as texts,
    widgets::{Icon, Trouble},
    words,
};
use daiban_contract::{ask::Residents, view::ResidentRow};
use std::rc::Rc;
use yew::prelude::*;

/// More than anybody reads beside a form.
const SHOWN: usize = 8;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub edit: Callback<Edit>,
}

#[component]
pub fn FromRegister(Props { edit }: &Props) -> Html {
    let here = use_here();
    let text = use_state_eq(String::new);
    let sought = text.trim().to_owned();
    let answer = use_answer((!sought.is_empty()).then(|| Residents { search: sought.clone() }));
    let rows: Rc<Vec<ResidentRow>> = answer.data.clone().filter(|_| !sought.is_empty()).unwrap_or_default();
    let take = {
        let (edit, tell, text) = (edit.clone(), here.tell.clone(), text.clone());
        Callback::from(move |row: ResidentRow| {
            tell.emit(Told::Done(texts::taken(words::named(&row.name))));
            text.set(String::new());
            edit.emit(Edit::Take(Rc::new(row)));
            dom::focus("#phone");
        })
    };
    let oninput = Callback::from(move |event: InputEvent| text.set(dom::value(&event)));
    let onkeydown = {
        let (rows, take) = (rows.clone(), take.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && !event.ctrl_key() && !event.is_composing() {
                rows.first().into_iter().for_each(|row| take.emit(row.clone()));
                event.prevent_default();
            }
        })
    };
    html! {
        <section class="card list from-register">
            <header><h2>{ texts::in_register() }</h2></header>
            <label class="input">
                <Icon name="search" />
                <input id="register-search" class="spring" value={sought.clone()} {oninput} {onkeydown} autocomplete="off"
                    spellcheck="false" aria-label={texts::in_register_label()} />
            </label>
            <Trouble failure={answer.failure.clone()} />
            <ul class="lines scroll">
                { for rows.iter().take(SHOWN).map(|row| {
                    let (take, taken) = (take.clone(), row.clone());
                    let onclick = Callback::from(move |_: MouseEvent| take.emit(taken.clone()));
                    html! {
                        <li key={row.id.to_string()} data-resident={row.name.clone()}>
                            <button type="button" class="plain" {onclick}>
                                <b>{ words::named(&row.name) }</b><span class="soft clip">{ &row.address }</span>
                                <span class="faint">{ row.born.map(|day| day.to_string()) }</span>
                            </button>
                        </li>
                    }
                }) }
            </ul>
            if !sought.is_empty() && answer.data.is_some() && rows.is_empty() {
                <p class="dense soft none">{ texts::none_in_register() }</p>
            }
        </section>
    }
}
