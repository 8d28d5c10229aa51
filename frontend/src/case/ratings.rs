//! What people say of how the case was handled.

use super::Props;
use crate::{live::use_here, words};
use yew::prelude::*;

#[component]
pub fn RatingsCard(Props { case }: &Props) -> Html {
    let today = use_here().desk.today;
    if case.ratings.is_empty() {
        return html! {};
    }
    html! {
        <section class="card">
            <header><h2>{ "评价" }</h2></header>
            <ul class="ratings body">
                { for case.ratings.iter().map(|rating| {
                    let kept = rating.beside.then_some("，另一处先有评价，不计")
                        .or(rating.excluded.then_some("，经复核不计入"));
                    html! {
                        <li key={rating.id.to_string()} data-grade={rating.grade_name.clone()}>
                            <p>
                                <b>{ format!("第 {} 次　", rating.nth) }</b>{ &rating.says }
                                <span class="faint">
                                    { format!("　{}，{}", rating.channel_name, words::near_day(rating.rated_on, today)) }{ kept }
                                </span>
                            </p>
                            if rating.confidential { <p class="small soft">{ "评价人的信息对经办人保密。" }</p> }
                            if !rating.text.is_empty() { <p class="small">{ &rating.text }</p> }
                            if !rating.matter_no.is_empty() {
                                <p class="small soft">{ format!("差评核实 {}", rating.matter_no) }</p>
                            }
                        </li>
                    }
                }) }
            </ul>
        </section>
    }
}
