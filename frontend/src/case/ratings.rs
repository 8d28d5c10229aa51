//! What people say of how the case was handled, and typing in what they wrote on a slip.

use super::Props;
use crate::{live::use_here, rating::SlipForm, texts::rating as texts, words};
use daiban_contract::view::RatingView;
use yew::prelude::*;

#[component]
pub fn RatingsCard(Props { case }: &Props) -> Html {
    let today = use_here().desk.today;
    let typing = use_state_eq(|| false);
    let may = &case.may_rate;
    if case.ratings.is_empty() && !may.here.is_empty() && !may.paper.is_empty() {
        return html! {};
    }
    let set = |on: bool| {
        let typing = typing.clone();
        Callback::from(move |()| typing.set(on))
    };
    let begin = set(true).reform(|_: MouseEvent| ());
    html! {
        <section class="card">
            <header>
                <h2>{ texts::title() }</h2><span class="spring" />
                if may.paper.is_empty() && !*typing {
                    <button id="type-slip" class="button small quiet" onclick={begin}>{ texts::of_slip() }</button>
                }
            </header>
            <div class="body">
                <ul class="ratings">{ for case.ratings.iter().map(|rating| said(rating, today)) }</ul>
                if *typing {
                    <SlipForm case_no={case.case_no.clone()} close={set(false)} />
                } else if may.here.is_empty() && !may.paper.is_empty() {
                    <p class="small soft">{ &may.paper }</p>
                }
            </div>
        </section>
    }
}

fn said(rating: &RatingView, today: jiff::civil::Date) -> Html {
    let kept = rating.beside.then(texts::beside).or(rating.excluded.then(texts::excluded));
    html! {
        <li key={rating.id.to_string()} data-grade={rating.grade_name.clone()}>
            <p>
                <b>{ texts::nth(rating.nth) }</b>{ "\u{3000}" }{ &rating.says }
                <span class="faint">
                    { "\u{3000}" }{ &rating.channel_name }{ " " }{ words::near_day(rating.rated_on, today) }{ kept }
                </span>
            </p>
            if rating.confidential { <p class="small soft">{ texts::confidential() }</p> }
            if !rating.text.is_empty() { <p class="small">{ &rating.text }</p> }
            if !rating.matter_no.is_empty() { <p class="small soft">{ texts::looked_into(&rating.matter_no) }</p> }
        </li>
    }
}
