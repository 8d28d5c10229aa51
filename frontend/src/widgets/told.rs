//! What was done, and what went wrong. Neither takes anything off the screen.

use crate::{live::Told, texts, widgets::Icon};
use daiban_contract::Failure;
use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// A person reads a line of this length twice in that time, ms.
const SHOWN_MS: u32 = 6_000;

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
        let fading = matches!(told, Told::Done(_)).then(|| Timeout::new(SHOWN_MS, move || close.emit(())));
        move || drop(fading)
    });
    match told {
        Told::Done(says) => {
            html! { <div class="notice done" role="status"><Icon name="check" /><span>{ says }</span></div> }
        }
        Told::Failed(failure) => html! {
            <div class="notice failed" role="alert" data-code={code(failure)}>
                <Icon name="circle-alert" /><span>{ texts::failure::says(failure) }</span>
                <button class="button small" {onclick}>{ "知道了" }</button>
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
            <p class="doubt-box" role="alert" data-code={code(failure)}>{ texts::failure::says(failure) }</p>
        },
    }
}

/// The code as scripts and tests know it.
fn code(failure: &Failure) -> Option<String> {
    serde_json::to_value(failure.code).ok()?.as_str().map(str::to_owned)
}
