//! Which cases go to the township next, with one slip for all of them.

use crate::{
    dom,
    keys::use_page_keys,
    live::{Told, use_answer, use_here},
    place::{Over, Queue, Step},
    texts::hand_over as texts,
    widgets::{Icon, Trouble},
    words,
};
use daiban_contract::{
    act::{FormsOf, HandOver},
    ask,
    view::CaseRow,
};
use std::collections::BTreeSet;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// More than anybody carries in a bag.
const MOST: u32 = 200;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// What has become of them.
    pub on_batch: Callback<AttrValue>,
}

#[component]
pub fn Going(Props { on_batch }: &Props) -> Html {
    let here = use_here();
    let states = Queue::HandOver.states().to_vec();
    let list = use_answer(Some(ask::Cases { states, limit: MOST, ..Default::default() }));
    // What stays behind.
    let left = use_state_eq(BTreeSet::<String>::new);
    let busy = use_state_eq(|| false);
    let rows: &[CaseRow] = list.data.as_deref().map(|list| &list.cases[..]).unwrap_or_default();
    let goes: Vec<String> =
        rows.iter().map(|row| row.case_no.clone()).filter(|case_no| !left.contains(case_no)).collect();
    use_effect_with(list.data.is_some(), |_| {
        dom::focus("#confirm-hand-over");
    });
    let onchange = {
        let left = left.clone();
        Callback::from(move |event: Event| {
            let Some(tick) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let mut next = (*left).clone();
            if tick.checked() {
                next.remove(&tick.value());
            } else {
                next.insert(tick.value());
            }
            left.set(next);
        })
    };
    let hand_over = {
        let (here, busy, left) = (here.clone(), busy.clone(), left.clone());
        let (on_batch, case_nos) = (on_batch.clone(), goes.clone());
        Callback::from(move |()| {
            if *busy || case_nos.is_empty() {
                return;
            }
            busy.set(true);
            let (busy, left, done, on_batch) = (busy.clone(), left.clone(), here.clone(), on_batch.clone());
            here.act(HandOver { case_nos: case_nos.clone() }, move |result| {
                busy.set(false);
                let Ok(batch) = result else { return };
                // What stayed behind may go with the next.
                left.set(BTreeSet::new());
                done.tell.emit(Told::Done(texts::done(batch.lines.len())));
                on_batch.emit(batch.batch.clone().into());
                done.go(Step::Open(Over::Forms(FormsOf::HandOver { batch: batch.batch })));
            });
        })
    };
    {
        let (covered, hand_over) = (here.covered, hand_over.clone());
        use_page_keys(move |event| {
            let confirms = !covered && event.ctrl_key() && event.key() == "Enter";
            if confirms {
                hand_over.emit(());
            }
            confirms
        });
    }
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        let down = match event.key().as_str() {
            "ArrowDown" => true,
            "ArrowUp" => false,
            _ => return,
        };
        event.prevent_default();
        dom::focus_beside("#going input", down);
    });
    let onclick = hand_over.reform(|_: MouseEvent| ());
    html! {
        <section id="going" class="card list">
            <header>
                <h2>{ texts::going() }</h2>
                if list.data.is_some() { <span class="soft">{ texts::cases(rows.len()) }</span> }
            </header>
            <Trouble failure={list.failure.clone()} />
            <ul class="scroll" {onkeydown}>
                { for rows.iter().map(|row| html! {
                    <li key={row.case_no.clone()}>
                        <label class="choice" data-goes={row.case_no.clone()}>
                            <input type="checkbox" value={row.case_no.clone()} onchange={onchange.clone()}
                                checked={!left.contains(&row.case_no)} disabled={*busy} />
                            <b>{ words::named(&row.applicant_name) }</b>
                            <span class="spring clip">{ &row.item_name }</span>
                            <span class="dense soft">{ &row.light_says }</span>
                        </label>
                    </li>
                }) }
            </ul>
            if list.data.is_some() && rows.is_empty() {
                <p class="empty dense">{ texts::none_going() }</p>
            } else {
                <footer class="row">
                    <p class="dense soft spring">{ texts::explained() }</p>
                    <button id="confirm-hand-over" class="button primary" {onclick} disabled={*busy || goes.is_empty()}>
                        <Icon name="send" />{ texts::hand_over(goes.len()) }<kbd>{ "Ctrl Enter" }</kbd>
                    </button>
                </footer>
            }
        </section>
    }
}
