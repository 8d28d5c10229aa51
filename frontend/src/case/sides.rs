//! One field, two people, two values: both are kept and shown until a person settles it.

use crate::{
    live::{Told, use_here},
    texts::case as texts,
    words,
};
use daiban_contract::{
    act::{Settle, Unsettle},
    view::ConflictView,
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub case_no: AttrValue,
    pub conflict: ConflictView,
}

#[component]
pub fn Sides(Props { case_no, conflict }: &Props) -> Html {
    let here = use_here();
    let today = here.desk.today;
    let settle = |value: String, says: String| {
        let (here, case_no, path) = (here.clone(), case_no.to_string(), conflict.path.clone());
        Callback::from(move |_: MouseEvent| {
            let back = Unsettle { case_no: case_no.clone(), path: path.clone() };
            let request = Settle { case_no: case_no.clone(), path: path.clone(), value: value.clone() };
            let undoing = here.clone();
            let undo = Callback::from(move |()| undoing.act(back.clone(), |_| ()));
            let (tell, says) = (here.tell.clone(), says.clone());
            here.act(request, move |outcome| {
                if outcome.is_ok() {
                    tell.emit(Told::Undo(says, undo));
                }
            });
        })
    };
    let holds = conflict.values.iter().find(|value| value.standing);
    html! {
        <div class="doubt-box conflict" data-conflict={conflict.path.clone()}>
            <p class="dense">
                <b>{ texts::several(&conflict.label, conflict.values.len()) }</b>
                if let Some(value) = holds { { texts::holds(&value.unit_name) } }
            </p>
            <div class="sides" role="radiogroup" aria-label={conflict.label.clone()}>
                { for conflict.values.iter().map(|value| html! {
                    <button class="side" role="radio" aria-checked={value.standing.to_string()}
                        data-value={value.value.clone()}
                        onclick={settle(value.value.clone(), texts::settled(&conflict.label, &value.unit_name))}>
                        <b>{ &value.value }</b>
                        <small>{ format!("{}　{}", value.unit_name, value.by) }</small>
                        <small>
                            { words::moment(value.at, today) }{ words::doubt(value.time_doubtful) }{ texts::comma_says(&value.device) }
                        </small>
                    </button>
                }) }
                if !conflict.both.is_empty() {
                    <button class="side" role="radio" aria-checked="false" data-value={conflict.both.clone()}
                        onclick={settle(conflict.both.clone(), texts::settled_both(&conflict.label))}>
                        <b>{ texts::both() }</b><small>{ &conflict.both }</small>
                    </button>
                }
            </div>
        </div>
    }
}
