//! The running terms, each with how it was counted.

use super::Props;
use crate::{texts::case as texts, widgets::Light};
use daiban_domain::deadline::says_day;
use yew::prelude::*;

#[component]
pub fn Clocks(Props { case }: &Props) -> Html {
    let (running, ended): (Vec<_>, Vec<_>) = case.deadlines.iter().partition(|deadline| deadline.running);
    html! {
        <div class="clocks">
            if case.deadlines.is_empty() { <p class="dense soft">{ texts::no_clock() }</p> }
            { for running.iter().map(|deadline| html! {
                <div class="clock" data-clock={deadline.name.clone()}>
                    <p class="strong">
                        <Light light={Some(deadline.light)} says={texts::label_says(&deadline.label, &deadline.says)} />
                    </p>
                    if !deadline.unheard.is_empty() { <p class="small">{ &deadline.unheard }</p> }
                    <p class="small soft">
                        <b>{ says_day(deadline.due) }</b>{ texts::before_why() }{ &deadline.why }
                        if deadline.provisional { { texts::provisional() } }
                    </p>
                </div>
            }) }
            { for ended.iter().map(|deadline| html! {
                <div class="clock dense" data-clock={deadline.name.clone()}>
                    <Light light={None} says={texts::label_says(&deadline.label, &deadline.says)} />
                </div>
            }) }
        </div>
    }
}
