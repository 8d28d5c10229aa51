//! A button that has to be held: nobody gets past it by touching it.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// How long, ms.
const HELD_MS: u32 = 3_000;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub id: AttrValue,
    pub says: AttrValue,
    pub on_held: Callback<()>,
}

#[component]
pub fn HoldButton(Props { id, says, on_held }: &Props) -> Html {
    let holding = use_state_eq(|| false);
    use_effect_with((*holding, on_held.clone()), |(holding, on_held)| {
        let on_held = on_held.clone();
        let waiting = holding.then(|| Timeout::new(HELD_MS, move || on_held.emit(())));
        move || drop(waiting)
    });
    let hold = |on: bool| {
        let holding = holding.clone();
        move || holding.set(on)
    };
    let key = |on: bool| {
        let hold = hold(on);
        Callback::from(move |event: KeyboardEvent| {
            if matches!(event.key().as_str(), "Enter" | " ") {
                event.prevent_default();
                hold();
            }
        })
    };
    let pointer = |on: bool| {
        let hold = hold(on);
        Callback::from(move |_: PointerEvent| hold())
    };
    let away = hold(false);
    html! {
        <button id={id.clone()} class="plain small faint hold" data-held={holding.to_string()}
            onpointerdown={pointer(true)} onpointerup={pointer(false)} onpointerleave={pointer(false)}
            onpointercancel={pointer(false)} onkeydown={key(true)} onkeyup={key(false)}
            onblur={Callback::from(move |_: FocusEvent| away())}>{ says }</button>
    }
}
