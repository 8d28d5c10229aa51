//! The running terms, each with how it was counted.

use super::Props;
use crate::widgets::Light;
use daiban_domain::deadline::says_day;
use yew::prelude::*;

#[component]
pub fn Clocks(Props { case }: &Props) -> Html {
    let (running, ended): (Vec<_>, Vec<_>) = case.deadlines.iter().partition(|deadline| deadline.running);
    html! {
        <div class="clocks">
            if case.deadlines.is_empty() { <p class="dense soft">{ "现在没有走着的时限。" }</p> }
            { for running.iter().map(|deadline| html! {
                <div class="clock" data-clock={deadline.name.clone()}>
                    <p class="strong">
                        <Light light={Some(deadline.light)} says={format!("{}：{}", deadline.label, deadline.says)} />
                    </p>
                    if !deadline.unheard.is_empty() { <p class="small">{ &deadline.unheard }</p> }
                    <p class="small soft">
                        <b>{ says_day(deadline.due) }</b>{ "前。" }{ &deadline.why }
                        if deadline.provisional { { "国务院还没公布那一年的放假安排，日子是暂定的。" } }
                    </p>
                </div>
            }) }
            { for ended.iter().map(|deadline| html! {
                <div class="clock dense" data-clock={deadline.name.clone()}>
                    <Light light={None} says={format!("{}：{}", deadline.label, deadline.says)} />
                </div>
            }) }
        </div>
    }
}
