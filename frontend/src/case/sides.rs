//! One field, two people, two values: both are kept and shown until a person settles it.

use crate::{
    live::{Told, use_here},
    texts::case as texts,
    words,
};
use daiban_contract::{
    act::Settle,
    view::{ConflictView, ValueView},
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
    // What it can be settled back to.
    let stands = conflict.values.iter().find(|value| value.standing).map(|value| value.value.clone());
    let settle = |value: &ValueView| {
        let stands = stands.clone();
        let (here, case_no, path) = (here.clone(), case_no.to_string(), conflict.path.clone());
        let (label, value) = (conflict.label.clone(), value.clone());
        Callback::from(move |_: MouseEvent| {
            let request = Settle { case_no: case_no.clone(), path: path.clone(), value: value.value.clone() };
            let says = texts::settled(&label, &value.unit_name);
            let back = stands.clone().filter(|stands| *stands != value.value);
            let back = back.map(|value| Settle { value, ..request.clone() });
            let undoing = here.clone();
            let told = match back {
                Some(back) => Told::Undo(says, Callback::from(move |()| undoing.act(back.clone(), |_| ()))),
                None => Told::Done(says),
            };
            let tell = here.tell.clone();
            here.act(request, move |outcome| {
                if outcome.is_ok() {
                    tell.emit(told);
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
                        data-value={value.value.clone()} onclick={settle(value)}>
                        <b>{ &value.value }</b>
                        <small>{ format!("{}　{}", value.unit_name, value.by) }</small>
                        <small>
                            { words::moment(value.at, today) }{ words::doubt(value.time_doubtful) }{ texts::comma_says(&value.device) }
                        </small>
                    </button>
                }) }
            </div>
        </div>
    }
}
