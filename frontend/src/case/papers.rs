//! The forms that can be printed now, and those that were.

use super::Props;
use crate::{
    batch::FormsButton,
    live::use_here,
    place::{Over, PaperIs, Step},
    texts::case as texts,
    widgets::Icon,
    words,
};
use daiban_contract::act::FormsOf;
use yew::prelude::*;

#[component]
pub fn PapersCard(Props { case }: &Props) -> Html {
    let here = use_here();
    let today = here.desk.today;
    let open = |form: &str| {
        let (here, case_no, form) = (here.clone(), case.case_no.clone(), AttrValue::from(form.to_owned()));
        Callback::from(move |_: MouseEvent| {
            let (case_no, form) = (case_no.clone().into(), form.clone());
            here.go(Step::Open(Over::Paper(PaperIs::Case { case_no, form })));
        })
    };
    html! {
        <section class="card">
            <header><h2>{ texts::papers() }</h2></header>
            <div class="body forms">
                { for case.forms.iter().map(|form| html! {
                    <button class="button small" data-form={form.form.clone()} onclick={open(&form.form)}>
                        <Icon name="printer" />{ &form.name }
                    </button>
                }) }
                if case.forms.is_empty() { <p class="dense soft">{ texts::no_papers() }</p> }
            </div>
            if !case.batches.is_empty() {
                <div class="body forms">
                    { for case.batches.iter().map(|batch| html! {
                        <FormsButton key={batch.clone()} says={texts::batch(batch)}
                            of={FormsOf::HandOver { batch: batch.clone() }} />
                    }) }
                </div>
            }
            if !case.papers.is_empty() {
                <ul class="papers body">
                    { for case.papers.iter().map(|paper| html! {
                        <li data-printed={paper.form.clone()} title={texts::paper_by(&paper.name, &paper.number, &paper.by)}>
                            <Icon name="file-text" />
                            <span class="clip">
                                { &paper.name }{ " " }<span class="faint">{ &paper.number }</span>
                                if paper.copy > 1 { { texts::reprint(paper.copy - 1) } }
                            </span>
                            <span class="faint">{ words::near_day(paper.on, today) }</span>
                        </li>
                    }) }
                </ul>
            }
        </section>
    }
}
