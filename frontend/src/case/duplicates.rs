//! 重复申请: another case of the same person that looks like the same request, and what became of this one.

use super::Props;
use crate::{
    live::use_here,
    place::{Page, Step},
    texts::case as texts,
    widgets::Icon,
};
use yew::prelude::*;

#[component]
pub fn Duplicates(Props { case }: &Props) -> Html {
    let here = use_here();
    let open = |case_no: &str| {
        let (here, case_no) = (here.clone(), AttrValue::from(case_no.to_owned()));
        Callback::from(move |_: MouseEvent| {
            here.go(Step::Go(Page::Case { case_no: case_no.clone(), begin: None }));
        })
    };
    let beside = {
        let here = here.clone();
        Callback::from(move |_: MouseEvent| here.go(Step::Go(Page::Merge)))
    };
    html! {
        <>
            { for case.duplicates.iter().map(|other| html! {
                <div key={other.case_no.clone()} class="doubt-box duplicate row" role="alert"
                    data-duplicate={other.case_no.clone()}>
                    <Icon name="circle-alert" />
                    <p class="dense spring">
                        <b>{ texts::twice() }</b>
                        { texts::another(&other.unit_name, &other.case_no, &other.state_name, &other.says) }
                    </p>
                    <button class="button small open-duplicate" onclick={open(&other.case_no)}>{ texts::open_other() }</button>
                    <button class="button small" onclick={beside.clone()}>{ texts::side_by_side() }</button>
                </div>
            }) }
            if !case.surviving.is_empty() {
                <p class="note-box duplicate row">
                    <span class="spring">{ texts::void_in_favour(&case.surviving) }</span>
                    <button id="surviving" class="button small" onclick={open(&case.surviving)}>{ texts::open_surviving() }</button>
                </p>
            }
        </>
    }
}
