//! Acts of a case that don't count, each beside what counts in its place.

use super::open_case;
use crate::{
    dom,
    keys::use_page_keys,
    live::{use_answer, use_here},
    place::{Page, Step},
    texts::merge as texts,
    widgets::Trouble,
    words,
};
use daiban_contract::{
    ask,
    view::{CaseView, Doubt, EventView},
};
use jiff::civil::Date;
use yew::prelude::*;

#[component]
pub fn Acts(super::Props { of, later, .. }: &super::Props<Doubt>) -> Html {
    let here = use_here();
    let answer = use_answer(Some(ask::Case { case_no: of.case_no.clone() }));
    let case = answer.data.clone().filter(|case| case.case_no == of.case_no);
    use_effect_with(case.as_ref().map(|case| case.case_no.clone()), |_| {
        dom::focus("#compare");
    });
    {
        let (here, case_no) = (here.clone(), AttrValue::from(of.case_no.clone()));
        use_page_keys(move |event| {
            let opens = event.key() == "Enter" && !here.covered && !dom::takes_enter(event.target());
            if opens {
                here.go(Step::Go(Page::Case { case_no: case_no.clone(), begin: None }));
            }
            opens
        });
    }
    let Some(case) = case else { return html! { <Trouble failure={answer.failure.clone()} /> } };
    let later = later.reform(|_: MouseEvent| ());
    html! {
        <>
            <div class="head row">
                <h1 class="clip">{ words::named(&case.applicant.name) }</h1>
                <span class="soft clip">{ &case.item_name }</span>
                <span class="dense faint when-roomy">{ &case.case_no }</span>
                <span class="spring" />
                <span class="chip state">{ &case.state_name }</span>
            </div>
            <p class="soft">{ texts::acts_say() }</p>
            <section class="card list">
                <div id="compare" class="scroll" tabindex="0" aria-label={texts::acts()} role="group">
                    <table class="compare">
                        <thead><tr>
                            <td class="label"></td>
                            <th scope="col"><b>{ texts::counts_not() }</b></th><th scope="col"><b>{ texts::counts() }</b></th>
                        </tr></thead>
                        <tbody>
                            { for case.events.iter().enumerate().filter(|(_, event)| event.contested).map(|(i, event)| html! {
                                <>
                                    <tr data-contested-act={event.kind.clone()}>
                                        <th scope="row">{ &event.name }</th>
                                        <td>{ told(&case, event, here.desk.today) }</td>
                                        <td>
                                            if let Some(rival) = rival(&case.events, i) {
                                                { told(&case, rival, here.desk.today) }
                                            } else {
                                                { texts::counts_nothing() }
                                            }
                                        </td>
                                    </tr>
                                    <tr class="why">
                                        <th scope="row">{ texts::why() }</th><td colspan="2">{ &event.contested_why }</td>
                                    </tr>
                                </>
                            }) }
                        </tbody>
                    </table>
                </div>
            </section>
            <div id="decide" class="decide row">
                <span class="spring" />
                <button class="button" onclick={later}>{ texts::later() }<kbd>{ "S" }</kbd></button>
                <button id="settle" class="button primary" onclick={open_case(&here, &case.case_no)}>
                    { texts::open_case() }<kbd>{ "Enter" }</kbd>
                </button>
            </div>
        </>
    }
}

/// The act that moved the case last before one that doesn't count: it stands where that one would have.
fn rival(events: &[EventView], contested: usize) -> Option<&EventView> {
    events[..contested].iter().rfind(|event| !event.contested && event.state.is_some())
}

/// Who did what, when, at which device, and what was printed of it.
fn told(case: &CaseView, event: &EventView, today: Date) -> Html {
    let papers = case.papers.iter().filter(|paper| paper.by == event.by && paper.on == event.on);
    html! {
        <>
            <p>
                <b>{ &event.name }</b>
                if let Some(state) = event.state { <span class="chip state">{ state.zh() }</span> }
            </p>
            if !event.says.is_empty() { <p class="dense">{ &event.says }</p> }
            <p class="small soft">{ texts::whose(&event.unit_name, &event.by) }</p>
            <p class="small faint">
                { words::moment(event.at, today) }{ words::doubt(event.time_doubtful && !event.day_confirmed) }
                { texts::at_device(&event.device) }
            </p>
            { for papers.map(|paper| html! {
                <p class="small faint">{ texts::printed(&paper.name, &paper.number) }</p>
            }) }
        </>
    }
}
