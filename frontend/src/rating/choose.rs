//! F6: which case is to be rated.

use crate::{
    dom,
    live::{use_answer, use_here},
    place::{Page, Step},
    texts::rating as texts,
    widgets::{Icon, Sheet, Trouble},
    words,
};
use daiban_contract::ask::ToRate;
use yew::prelude::*;

#[component]
pub fn ToRateSheet() -> Html {
    let here = use_here();
    let answer = use_answer(Some(ToRate::default()));
    let rows = answer.data.clone().unwrap_or_default();
    let today = here.desk.today;
    use_effect_with(answer.data.is_some(), |_| {
        dom::focus("#to-rate li button");
    });
    html! {
        <Sheet id="to-rate" title={texts::which()} on_close={here.back()}>
                <p class="dense soft">{ texts::which_says() }</p>
                <Trouble failure={answer.failure.clone()} />
                <ul class="saved scroll">
                    { for rows.iter().map(|row| {
                        let (here, case_no) = (here.clone(), AttrValue::from(row.case_no.clone()));
                        let onclick = Callback::from(move |_: MouseEvent| {
                            here.go(Step::Go(Page::Rate { case_no: case_no.clone() }));
                        });
                        html! {
                            <li key={row.case_no.clone()} data-case={row.case_no.clone()}>
                                <button class="plain" {onclick}>
                                    <b class="clip">{ words::named(&row.applicant_name) }</b>
                                    <span class="small faint">{ &row.state_name }</span>
                                    <span class="dense soft clip">{ &row.item_name }</span>
                                    <time class="small faint">{ words::near_day(row.registered_on, today) }</time>
                                </button>
                            </li>
                        }
                    }) }
                </ul>
                if answer.data.is_some() && rows.is_empty() {
                    <div class="empty"><Icon name="inbox" /><p>{ texts::none_to_rate() }</p></div>
                }
        </Sheet>
    }
}
