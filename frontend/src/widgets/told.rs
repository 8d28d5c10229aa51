//! What was done, and what went wrong. Neither takes anything off the screen.

use crate::{
    dom,
    keys::use_window_keys,
    live::Told,
    texts::{failure, told as texts},
    widgets::Icon,
};
use daiban_contract::Failure;
use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// A person reads a line of this length twice in that time, ms.
const SHOWN_MS: u32 = 6_000;
/// Whether one wants something back takes a thought longer, ms.
const UNDO_MS: u32 = 12_000;

#[derive(Properties, PartialEq)]
pub struct NoticeProps {
    pub told: Told,
    pub close: Callback<()>,
}

/// The line after an act: done fades by itself, a failure stays until it is read.
#[component]
pub fn Notice(NoticeProps { told, close }: &NoticeProps) -> Html {
    let onclick = close.reform(|_: MouseEvent| ());
    use_effect_with((told.clone(), close.clone()), |(told, close)| {
        let close = close.clone();
        let shown = match told {
            Told::Done(_) => Some(SHOWN_MS),
            Told::Undo(..) => Some(UNDO_MS),
            Told::Failed(_) => None,
        };
        let fading = shown.map(|ms| Timeout::new(ms, move || close.emit(())));
        move || drop(fading)
    });
    let undo = match told {
        Told::Undo(_, undo) => Some(undo.clone()),
        _ => None,
    };
    let take_back = {
        let close = close.clone();
        Callback::from(move |()| {
            close.emit(());
            undo.iter().for_each(|undo| undo.emit(()));
        })
    };
    {
        let (take_back, can) = (take_back.clone(), matches!(told, Told::Undo(..)));
        use_window_keys(move |event| {
            // In a field it takes back what was typed there.
            let taken = can
                && event.ctrl_key()
                && matches!(event.key().as_str(), "z" | "Z")
                && !dom::takes_text(event.target());
            if taken {
                take_back.emit(());
            }
            taken
        });
    }
    match told {
        Told::Undo(says, _) => html! {
            <div class="notice toast" role="status">
                <span>{ says }</span>
                <button id="undo" class="button small" onclick={take_back.reform(|_: MouseEvent| ())}>
                    { texts::undo() }<kbd>{ "Ctrl Z" }</kbd>
                </button>
            </div>
        },
        Told::Done(says) => {
            html! { <div class="notice done" role="status"><Icon name="check" /><span>{ says }</span></div> }
        }
        Told::Failed(failure) => html! {
            <div class="notice failed" role="alert" data-code={code(failure)}>
                <Icon name="circle-alert" /><span>{ failure::says(failure) }</span>
                <button class="button small" {onclick}>{ texts::seen() }</button>
            </div>
        },
    }
}

#[derive(Properties, PartialEq)]
pub struct TroubleProps {
    pub failure: Option<Failure>,
}

/// A question that could not be answered, in the place where the answer would stand.
#[component]
pub fn Trouble(TroubleProps { failure }: &TroubleProps) -> Html {
    match failure {
        None => html! {},
        Some(failure) => html! {
            <p class="doubt-box" role="alert" data-code={code(failure)}>{ failure::says(failure) }</p>
        },
    }
}

/// The code as scripts and tests know it.
fn code(failure: &Failure) -> Option<String> {
    serde_json::to_value(failure.code).ok()?.as_str().map(str::to_owned)
}
