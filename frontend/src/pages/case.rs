//! One case on the whole page: where it stands, whose turn it is, and why.

use crate::{
    case::{
        ApplicantCard, Clocks, Duplicates, Marks, MaterialsCard, Offers, PapersCard, PhotosCard, RatingsCard,
        Steps, Story, waits_for,
    },
    live::{use_answer, use_here},
    place::Step,
    texts::case as texts,
    widgets::{Icon, Reach, Trouble},
    words,
};
use daiban_contract::ask;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub case_no: AttrValue,
    pub begin: Option<AttrValue>,
}

#[component]
pub fn CasePage(Props { case_no, begin }: &Props) -> Html {
    let here = use_here();
    let answer = use_answer(Some(ask::Case { case_no: case_no.to_string() }));
    let back = Callback::from(move |_: MouseEvent| here.go(Step::Back));
    let back = html! {
        <button id="back" class="button small" onclick={back}><Icon name="chevron-left" />{ texts::back() }</button>
    };
    // Another case's data must not stand under this case's number, not even for a moment.
    let Some(case) = answer.data.filter(|case| case.case_no == case_no.as_str()) else {
        return html! {
            <div class="page case"><div class="head row">{ back }</div><Trouble failure={answer.failure.clone()} /></div>
        };
    };
    html! {
        <div class="page case" data-case={case.case_no.clone()} data-state={case.state.as_str()}>
            <div class="head row">
                { back }
                <h1 class="clip">{ words::named(&case.applicant.name) }{ "\u{3000}" }{ &case.item_name }</h1>
                <span id="case-no" class="dense faint">{ &case.case_no }</span>
                <span class="spring" />
                <Marks case={case.clone()} />
                <Reach at={case.reach} />
            </div>
            <Trouble failure={answer.failure.clone()} />
            <section class="card turn">
                <p class="row">
                    <b id="state" class="title">{ &case.state_name }</b>
                    <span class="soft">{ waits_for(case.state) }</span>
                </p>
                <Duplicates case={case.clone()} />
                <Offers case={case.clone()} begin={begin.clone()} eager=true />
                <Steps case={case.clone()} />
            </section>
            <div class="column">
                <ApplicantCard case={case.clone()} />
                <MaterialsCard case={case.clone()} />
            </div>
            <section class="card list">
                <header>
                    <h2>{ texts::story() }</h2><span class="dense soft">{ texts::entries(case.events.len()) }</span>
                </header>
                <div class="scroll"><Story case={case.clone()} /></div>
            </section>
            <div class="column">
                <section class="card">
                    <header><h2>{ texts::terms() }</h2></header>
                    <div class="body"><Clocks case={case.clone()} /></div>
                </section>
                <PapersCard case={case.clone()} />
                <RatingsCard case={case.clone()} />
                <PhotosCard case={case} />
            </div>
        </div>
    }
}
