//! The strip above the window of a practice desk. It can't be closed; the tour stands in it and covers nothing.

use super::{
    Practice,
    tour::{Move, STEPS, Seen, Stage, Tour},
};
use crate::{
    live::{use_answer, use_here},
    looks,
    place::Page,
    record::Draft,
    texts::practice as texts,
};
use daiban_contract::ask;
use daiban_domain::Level;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub page: Page,
    pub draft: Rc<Draft>,
    /// It begins with the tour.
    pub guided: bool,
}

/// No more than that this is practice: where a resident's hand might go, nothing may be pressed.
#[component]
pub fn Mark() -> Html {
    html! {
        <aside class="practice" aria-label={texts::practice()}>
            <strong>{ texts::practice() }</strong><p>{ texts::nothing_real() }</p>
        </aside>
    }
}

#[component]
pub fn Strip(Props { page, draft, guided }: &Props) -> Html {
    let here = use_here();
    let guided = *guided;
    let tour = use_reducer_eq(|| Tour::new(guided));
    let case = tour.case_no.as_ref().map(|case_no| ask::Case { case_no: case_no.to_string() });
    let state = use_answer(case).data.map(|case| case.state);
    let stepwise = looks::stepwise();
    let seen = Seen { page: page.clone(), draft: draft.clone(), state, stepwise };
    {
        // Also when it is found again: what was done meanwhile counts.
        let (tour, shown) = (tour.dispatcher(), tour.shown);
        use_effect_with((seen, shown), move |(seen, _)| tour.dispatch(Move::Look(seen.clone())));
    }
    let practice = |step: Practice| {
        let practise = here.practise.clone();
        Callback::from(move |_: MouseEvent| practise.emit(step))
    };
    let show = |step: fn() -> Move| {
        let tour = tour.dispatcher();
        Callback::from(move |_: MouseEvent| tour.dispatch(step()))
    };
    let learnt = tour.stage == Stage::Learnt;
    html! {
        <aside class="practice" aria-label={texts::practice()}>
            <strong>{ texts::practice() }</strong>
            if tour.shown {
                if !learnt { <span class="chip">{ texts::step(tour.stage.number(stepwise), STEPS) }</span> }
                <p id="coach" class="spring" role="status" data-step={tour.stage.number(stepwise).to_string()}>
                    { tour.stage.says() }
                </p>
                if !learnt {
                    <button id="tour-hide" class="button small quiet" onclick={show(|| Move::Hide)}>{ texts::enough() }</button>
                }
            } else {
                <p class="spring">{ texts::nothing_real() }</p>
                if here.is(Level::Village) {
                    <button id="tour-show" class="button small quiet" onclick={show(|| Move::Show)}>{ texts::follow() }</button>
                }
            }
            <button id="practice-anew" class="button small quiet" onclick={practice(Practice::Anew)}>{ texts::anew() }</button>
            <button id="practice-leave" class="button small" onclick={practice(Practice::Leave)}>{ texts::leave() }</button>
        </aside>
    }
}
