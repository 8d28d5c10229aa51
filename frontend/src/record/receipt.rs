//! Saved: the number, where it is, what is still missing, and the paper for the resident.

use crate::{
    live::{use_answer, use_here},
    place::{Page, PaperIs, Step},
    record::Edit,
    texts::record as texts,
    widgets::{Icon, Paper, Reach},
    words,
};
use daiban_contract::{
    ask,
    view::{CaseView, Recorded},
};
use daiban_domain::case::State;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub recorded: Recorded,
    pub edit: Callback<Edit>,
}

#[component]
pub fn Receipt(Props { recorded, edit }: &Props) -> Html {
    let here = use_here();
    let case = use_answer(Some(ask::Case { case_no: recorded.case_no.clone() })).data;
    let case_no: AttrValue = recorded.case_no.clone().into();
    let next = edit.reform(|_: MouseEvent| Edit::Next);
    let open = {
        let case_no = case_no.clone();
        Callback::from(move |_: MouseEvent| {
            here.go(Step::Go(Page::Case { case_no: case_no.clone(), begin: None }));
        })
    };
    let form = case.as_deref().and_then(|case| receipt_form(case, recorded.state));
    html! {
        <div class="page receipt">
            <section class="card">
                <header><Icon name="circle-check" /><h1>{ texts::saved() }</h1></header>
                <div class="body stack">
                    <p id="case-no" class="case-no" data-case={case_no.clone()}>{ &case_no }</p>
                    <p class="row">
                        <span class="chip state" data-state={recorded.state.as_str()}>{ recorded.state.zh() }</span>
                        <Reach at={case.as_ref().map(|case| case.reach).unwrap_or_default()} />
                    </p>
                    if let Some(case) = &case {
                        <p>{ format!("{}　{}", words::named(&case.applicant.name), case.item_name) }</p>
                    }
                    if !recorded.warnings.is_empty() {
                        <section class="warnings">
                            <h2>{ texts::still_missing() }</h2>
                            <ul>
                                { for recorded.warnings.iter().map(|warning| html! {
                                    <li data-warning={warning.path.clone()}>{ &warning.message }</li>
                                }) }
                            </ul>
                        </section>
                    }
                    <p class="row">
                        <button id="next-record" class="button" onclick={next}>
                            <Icon name="file-plus-2" />{ texts::another() }<kbd>{ "F2" }</kbd>
                        </button>
                        <button id="open-case" class="button quiet" onclick={open}>{ texts::open_this() }</button>
                    </p>
                </div>
            </section>
            if let Some(form) = form {
                <section class="card list"><Paper paper={PaperIs::Case { case_no, form: form.into() }} focus=true /></section>
            }
        </div>
    }
}

/// The paper that goes with having just been recorded: the agent's receipt, or the window's.
fn receipt_form(case: &CaseView, state: State) -> Option<String> {
    let fitting = if state == State::Registered { "F01" } else { "F02" };
    let forms = case.forms.iter().map(|form| &form.form);
    forms.clone().find(|form| *form == fitting).or_else(|| forms.clone().next()).cloned()
}
