//! The case that is marked in the list: what one acts on, without leaving the list.

use crate::{
    case::{ApplicantCard, Clocks, Marks, MaterialsCard, Offers, PapersCard, PhotosCard, Story, waits_for},
    live::{use_answer, use_here},
    place::{Page, Step},
    texts::cases as texts,
    widgets::{Reach, SidePanel, Tabs, Trouble},
    words,
};
use daiban_contract::ask;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub case_no: Option<AttrValue>,
}

#[component]
pub fn Panel(Props { case_no }: &Props) -> Html {
    let here = use_here();
    let view = use_state_eq(|| "case");
    let on_view = {
        let view = view.clone();
        Callback::from(move |chosen| view.set(chosen))
    };
    let case = use_answer(case_no.as_ref().map(|case_no| ask::Case { case_no: case_no.to_string() }));
    // What is still shown of the case before can't be acted on.
    let shown = case.data.clone().filter(|case| Some(case.case_no.as_str()) == case_no.as_deref());
    let Some(shown) = shown else {
        return html! {
            <aside class="panel" aria-label={texts::chosen()}><Trouble failure={case.failure.clone()} /></aside>
        };
    };
    let open = {
        let case_no = AttrValue::from(shown.case_no.clone());
        Callback::from(move |_: MouseEvent| {
            here.go(Step::Go(Page::Case { case_no: case_no.clone(), begin: None }));
        })
    };
    let marks = html! { <span class="chip state">{ &shown.state_name }</span> };
    let ways = html! {
        <button id="open-case" class="button small quiet" onclick={open}>{ texts::full_page() }<kbd>{ "O" }</kbd></button>
    };
    let about = html! {
        <>
            <p>{ &shown.item_name }</p>
            <p class="small faint">{ &shown.case_no }</p>
            <p class="row wrap"><Reach at={shown.reach} /><Marks case={shown.clone()} /></p>
        </>
    };
    let foot = (!shown.offers.is_empty()).then(|| html! { <Offers case={shown.clone()} /> });
    html! {
        <SidePanel label={texts::chosen()} case={shown.case_no.clone()} state={shown.state.as_str()}
            title={words::named(&shown.applicant.name).to_owned()} {marks} {ways} {about} {foot}>
            <Tabs id="panel-view" label={texts::chosen()} tabs={vec![("case", texts::label().into()), ("story", texts::story().into())]}
                chosen={*view} on_choose={on_view}>
                if *view == "story" {
                    <section><Story case={shown.clone()} /></section>
                } else {
                    <section><p class="dense soft">{ waits_for(shown.state) }</p><Clocks case={shown.clone()} /></section>
                    <ApplicantCard case={shown.clone()} />
                    <MaterialsCard case={shown.clone()} />
                    <PhotosCard case={shown.clone()} />
                    <PapersCard case={shown.clone()} />
                }
            </Tabs>
        </SidePanel>
    }
}
