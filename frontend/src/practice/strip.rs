//! The strip above the window of a practice desk. It can't be closed; the tour stands in it and covers nothing.

use super::{
    Practice,
    stage::{Case, Counted, Seen, Stage, Way},
    tour::{Move, Tour},
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
    let way = match here.desk.level {
        Level::Village if looks::stepwise() => Way::Stepwise,
        Level::Village => Way::Dense,
        Level::Township => Way::Township,
        Level::County => Way::County,
    };
    let tour = use_reducer_eq(|| Tour::new(way, guided));
    let on_page = match page {
        Page::Case { case_no, .. } => Some(case_no),
        _ => None,
    };
    let at_hand = tour.case_no.as_ref().or(on_page).cloned();
    let asked = at_hand.as_ref().map(|case_no| ask::Case { case_no: case_no.to_string() });
    // While the answer about another one is under way, the last one still stands there.
    let case = use_answer(asked).data.filter(|case| at_hand.as_deref() == Some(case.case_no.as_str()));
    let case = case.map(|case| Case {
        case_no: case.case_no.clone().into(),
        state: case.state,
        printed: !case.papers.is_empty(),
    });
    let county = way == Way::County;
    let doubts = use_answer(county.then(ask::Doubts::default)).data;
    let notices = use_answer(county.then(ask::Notices::default)).data;
    let counted = doubts
        .zip(notices)
        .map(|(doubts, notices)| Counted { doubts: doubts.total, published: notices.notices.len() as u64 });
    let seen = Seen { page: page.clone(), draft: draft.clone(), case, counted, way };
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
                if !learnt { <span class="chip">{ texts::step(tour.stage.number(way), way.steps()) }</span> }
                <p id="coach" class="spring" role="status" data-step={tour.stage.number(way).to_string()}>
                    { tour.stage.says() }
                </p>
                if !learnt {
                    <button id="tour-hide" class="button small quiet" onclick={show(|| Move::Hide)}>{ texts::enough() }</button>
                }
            } else {
                <p class="spring">{ texts::nothing_real() }</p>
                <button id="tour-show" class="button small quiet" onclick={show(|| Move::Show)}>{ texts::follow() }</button>
            }
            <button id="practice-anew" class="button small quiet" onclick={practice(Practice::Anew)}>{ texts::anew() }</button>
            <button id="practice-leave" class="button small" onclick={practice(Practice::Leave)}>{ texts::leave() }</button>
        </aside>
    }
}
