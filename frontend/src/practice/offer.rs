//! After the enrolment, once: practise first, or begin.

use super::Practice;
use crate::{dom, texts::practice as texts, widgets::Icon};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub practise: Callback<Practice>,
    /// Its data are being made.
    pub making: bool,
    pub on_work: Callback<()>,
}

#[component]
pub fn OfferPage(Props { practise, making, on_work }: &Props) -> Html {
    use_effect_with((), |()| {
        dom::focus("#tour-begin");
    });
    let begin = practise.reform(|_: MouseEvent| Practice::Begin { guided: true, at: None });
    let work = on_work.reform(|_: MouseEvent| ());
    html! {
        <main class="enrol">
            <section class="card" id="offer">
                <p class="soft row"><Icon name="circle-check" />{ texts::enrolled() }</p>
                <h1>{ texts::ask_to_practise() }</h1>
                <p>{ texts::why_practise() }</p>
                <button id="tour-begin" class="button primary large wide" onclick={begin} disabled={*making}>
                    { if *making { texts::making() } else { texts::five_minutes() } }
                </button>
                <button id="tour-later" class="button large wide" onclick={work} disabled={*making}>{ texts::straight_to_work() }</button>
            </section>
        </main>
    }
}
