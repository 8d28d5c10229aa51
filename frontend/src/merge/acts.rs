//! Acts of a case that don't count, each beside what counts in its place.

use super::{Back, Settled, open_case};
use crate::{
    case::{may_review, review, to_look_at},
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
use daiban_domain::case::review::Reviewed;
use jiff::civil::Date;
use yew::prelude::*;

#[component]
pub fn Acts(super::Props { of, later, done }: &super::Props<Doubt>) -> Html {
    let here = use_here();
    let remark = use_state_eq(String::new);
    let answer = use_answer(Some(ask::Case { case_no: of.case_no.clone() }));
    let case = answer.data.clone().filter(|case| case.case_no == of.case_no);
    use_effect_with(case.as_ref().map(|case| case.case_no.clone()), |_| {
        dom::focus("#compare");
    });
    let may = case.as_ref().is_some_and(|case| may_review(case));
    let look = {
        let (here, case, done, remark) = (here.clone(), case.clone(), done.clone(), remark.clone());
        Callback::from(move |()| {
            let Some(case) = case.clone().filter(|_| may) else { return };
            let said =
                Reviewed { acts: to_look_at(&case), put_back: false, remark: remark.trim().to_owned() };
            let name = words::named(&case.applicant.name).to_owned();
            let back = Reviewed { put_back: true, remark: String::new(), ..said.clone() };
            let settled = Settled {
                says: texts::acts_seen(&name),
                back: Back::Unseen { name, review: review(&case.case_no, &back) },
            };
            let done = done.clone();
            here.act(review(&case.case_no, &said), move |outcome| {
                if outcome.is_ok() {
                    done.emit(settled);
                }
            });
        })
    };
    {
        let (here, case_no, look) = (here.clone(), AttrValue::from(of.case_no.clone()), look.clone());
        use_page_keys(move |event| {
            if here.covered || dom::takes_text(event.target()) || event.ctrl_key() || event.alt_key() {
                return false;
            }
            let enter = event.key() == "Enter" && !dom::takes_enter(event.target());
            match event.key().as_str() {
                "Enter" if enter && may => look.emit(()),
                "Enter" if enter => {
                    here.go(Step::Go(Page::Case { case_no: case_no.clone(), begin: None }));
                }
                "o" | "O" => here.go(Step::Go(Page::Case { case_no: case_no.clone(), begin: None })),
                _ => return false,
            }
            true
        });
    }
    let Some(case) = case else { return html! { <Trouble failure={answer.failure.clone()} /> } };
    let later = later.reform(|_: MouseEvent| ());
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        look.emit(());
    });
    let typed = remark.to_string();
    let oninput = Callback::from(move |event: InputEvent| remark.set(dom::value(&event)));
    let open = open_case(&here, &case.case_no);
    let today = here.desk.today;
    html! {
        <form class="one" {onsubmit}>
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
                            { for case.events.iter().enumerate().filter(|(_, event)| event.waits).map(|(i, event)| html! {
                                <>
                                    <tr data-contested-act={event.kind.clone()}>
                                        <th scope="row">{ &event.name }</th>
                                        <td>{ told(&case, event, today) }</td>
                                        <td>
                                            if let Some(rival) = rival(&case.events, i) {
                                                { told(&case, rival, today) }
                                            } else {
                                                { texts::counts_nothing() }
                                            }
                                        </td>
                                    </tr>
                                    <tr class="why">
                                        <th scope="row">{ texts::why() }</th>
                                        <td colspan="2">
                                            { &event.contested_why }
                                            if event.on_paper { <p class="doubt-box">{ texts::on_paper() }</p> }
                                        </td>
                                    </tr>
                                </>
                            }) }
                        </tbody>
                    </table>
                </div>
            </section>
            <div id="decide" class="decide row">
                if may {
                    <span class="input small spring">
                        <input class="reason" value={typed} {oninput} autocomplete="off" spellcheck="false"
                            aria-label={texts::remark()} placeholder={texts::remark()} />
                    </span>
                    <button type="button" class="button" onclick={later}>{ texts::later() }<kbd>{ "S" }</kbd></button>
                    <button type="button" id="open-case" class="button" onclick={open}>{ texts::open_case() }<kbd>{ "O" }</kbd></button>
                    <button id="settle" class="button primary">{ texts::seen_next() }<kbd>{ "Enter" }</kbd></button>
                } else {
                    <span class="spring" />
                    <button type="button" class="button" onclick={later}>{ texts::later() }<kbd>{ "S" }</kbd></button>
                    <button type="button" id="settle" class="button primary" onclick={open}>
                        { texts::open_case() }<kbd>{ "Enter" }</kbd>
                    </button>
                }
            </div>
        </form>
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
