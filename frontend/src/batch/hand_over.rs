//! Several cases handed over at once, with one slip for all of them.

use crate::{
    dom,
    live::{Told, use_answer, use_here},
    place::{Over, Queue, Step},
    texts::hand_over as texts,
    widgets::{Icon, Sheet, Trouble},
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

#[component]
pub fn HandOverSheet() -> Html {
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
        let (here, busy, case_nos) = (here.clone(), busy.clone(), goes.clone());
        Callback::from(move |_: MouseEvent| {
            busy.set(true);
            let (busy, done) = (busy.clone(), here.clone());
            here.act(HandOver { case_nos: case_nos.clone() }, move |result| {
                busy.set(false);
                let Ok(batch) = result else { return };
                done.tell.emit(Told::Done(texts::done(batch.lines.len())));
                done.go(Step::Open(Over::Forms(FormsOf::HandOver { batch: batch.batch })));
            });
        })
    };
    html! {
        <Sheet id="hand-over-sheet" title={texts::together()} class="batch" on_close={here.back()}>
                <Trouble failure={list.failure.clone()} />
                <ul class="list scroll">
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
                <p class="dense soft">{ texts::explained() }</p>
                <footer class="row">
                    <button id="confirm-hand-over" class="button primary" onclick={hand_over}
                        disabled={*busy || goes.is_empty()}>
                        <Icon name="send" />{ texts::hand_over(goes.len()) }
                    </button>
                </footer>
        </Sheet>
    }
}
