//! What was begun and left: it is found again here.

use crate::{
    live::{use_answer, use_here},
    record::{Draft, Edit},
    texts::record as texts,
    words,
};
use daiban_contract::{act::DropUnfinished, ask, view::UnfinishedRequest};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is being filled in now.
    pub at_hand: u32,
    pub edit: Callback<Edit>,
}

#[component]
pub fn UnfinishedList(Props { at_hand, edit }: &Props) -> Html {
    let answer = use_answer(Some(ask::Unfinished {}));
    let left: Vec<_> =
        answer.data.iter().flat_map(|left| left.iter()).filter(|one| one.id != *at_hand).collect();
    if left.is_empty() {
        return html! {};
    }
    html! {
        <section id="unfinished" class="card list">
            <header>
                <h2>{ texts::unfinished() }</h2><span class="soft">{ texts::unfinished_count(left.len()) }</span>
            </header>
            <ul class="lines scroll">
                { for left.into_iter().map(|one| html! {
                    <Left key={one.id} one={one.clone()} edit={edit.clone()} />
                }) }
            </ul>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct LeftProps {
    one: UnfinishedRequest,
    edit: Callback<Edit>,
}

#[component]
fn Left(LeftProps { one, edit }: &LeftProps) -> Html {
    let here = use_here();
    let sure = use_state_eq(|| false);
    let go_on = {
        let (here, edit, one) = (here.clone(), edit.clone(), one.clone());
        Callback::from(move |_: MouseEvent| {
            let (edit, one) = (edit.clone(), one.clone());
            let resume = move |one: &UnfinishedRequest, item| {
                edit.emit(Edit::Resume(Rc::new(Draft::resumed(one, item))));
            };
            match one.item_id.clone() {
                Some(item_id) => {
                    here.ask(ask::Item { item_id }, move |item| resume(&one, Some(Rc::new(item))));
                }
                None => resume(&one, None),
            }
        })
    };
    let drop = {
        let (here, sure, id) = (here.clone(), sure.clone(), one.id);
        Callback::from(move |_: MouseEvent| match *sure {
            true => here.act(DropUnfinished { id }, |_| ()),
            false => sure.set(true),
        })
    };
    let name = one.applicant.name.trim();
    let item = if one.item_name.is_empty() { texts::no_item() } else { &one.item_name };
    let today = here.desk.today;
    html! {
        <li class="row" data-unfinished={one.id.to_string()}>
            <b>{ if name.is_empty() { texts::no_name() } else { name } }</b>
            <span class="soft clip spring">{ item }</span>
            <span class="small faint">{ one.kept.map(|at| words::moment(at, today)) }</span>
            <button class="button small quiet drop" onclick={drop}>
                { if *sure { texts::really_drop() } else { texts::drop() } }
            </button>
            <button class="button small go-on" onclick={go_on}>{ texts::go_on() }</button>
        </li>
    }
}
