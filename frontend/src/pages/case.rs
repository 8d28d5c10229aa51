//! One case on the whole page: where it stands, whose turn it is, and why.

use crate::{
    case::{
        ApplicantCard, Clocks, Duplicates, Marks, MaterialsCard, Offers, PapersCard, PhotosCard, RatingsCard,
        Steps, Story, waits_for,
    },
    keys::use_page_keys,
    live::{use_answer, use_here},
    place::{Page, Step},
    texts::{case as texts, rating},
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
    let back = {
        let here = here.clone();
        Callback::from(move |_: MouseEvent| here.go(Step::Back))
    };
    {
        let (here, case_no) = (here.clone(), case_no.clone());
        let may = answer.data.as_ref().is_some_and(|case| case.may_rate.here.is_empty());
        use_page_keys(move |event| {
            let rates = event.key() == "F6" && may && !here.covered;
            if rates {
                here.go(Step::Go(Page::Rate { case_no: case_no.clone() }));
            }
            rates
        });
    }
    let back = html! {
        <button id="back" class="button small" onclick={back}><Icon name="chevron-left" />{ texts::back() }</button>
    };
    // Another case's data must not stand under this case's number, not even for a moment.
    let Some(case) = answer.data.filter(|case| case.case_no == case_no.as_str()) else {
        return html! {
            <div class="page case"><div class="head row">{ back }</div><Trouble failure={answer.failure.clone()} /></div>
        };
    };
    let rate = case.may_rate.here.is_empty().then(|| {
        let (here, case_no) = (here.clone(), case_no.clone());
        Callback::from(move |_: MouseEvent| here.go(Step::Go(Page::Rate { case_no: case_no.clone() })))
    });
    html! {
        <div class="page case" data-case={case.case_no.clone()} data-state={case.state.as_str()}>
            <div class="head row">
                { back }
                <h1 class="clip">{ words::named(&case.applicant.name) }{ "\u{3000}" }{ &case.item_name }</h1>
                <span id="case-no" class="dense faint">{ &case.case_no }</span>
                <span class="spring" />
                <Marks case={case.clone()} />
                <Reach at={case.reach} />
                if let Some(rate) = rate {
                    <button id="rate-case" class="button small" onclick={rate}>
                        <Icon name="smile" />{ rating::by_themselves() }<kbd>{ "F6" }</kbd>
                    </button>
                }
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
