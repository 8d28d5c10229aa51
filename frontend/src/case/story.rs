//! What happened, newest first: who, when, at which device. What does not count is told with its reason.

use super::{Props, review};
use crate::{
    live::{Here, Told, use_here},
    texts::{case as texts, merge},
    words,
};
use daiban_contract::{
    act::Unsettle,
    view::{CaseView, EventView},
};
use daiban_domain::case::review::Reviewed;
use jiff::civil::Date;
use yew::prelude::*;

#[component]
pub fn Story(Props { case }: &Props) -> Html {
    let here = use_here();
    let today = here.desk.today;
    html! {
        <ol class="story">
            { for case.events.iter().rev().map(|event| {
                told(event, today, put_back(&here, case, event), list_again(&here, case, event))
            }) }
        </ol>
    }
}

/// A settled field can be put back while it stands as it was settled.
fn put_back(here: &Here, case: &CaseView, event: &EventView) -> Html {
    let path = event.payload.get("path").and_then(|path| path.as_str()).filter(|_| event.may_put_back);
    let Some(path) = path.map(str::to_owned) else { return html! {} };
    let (here, case_no) = (here.clone(), case.case_no.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        let tell = here.tell.clone();
        here.act(Unsettle { case_no: case_no.clone(), path: path.clone() }, move |outcome| {
            if outcome.is_ok() {
                tell.emit(Told::Done(texts::put_back().to_owned()));
            }
        });
    });
    html! { <button class="button tiny quiet" data-put-back="" {onclick}>{ texts::settle_anew() }</button> }
}

/// Whoever looked may have looked too quickly.
fn list_again(here: &Here, case: &CaseView, event: &EventView) -> Html {
    if !event.may_list_again {
        return html! {};
    }
    let said = Reviewed { acts: vec![event.id], put_back: true, remark: String::new() };
    let (here, act, name) = (here.clone(), review::review(&case.case_no, &said), case.applicant.name.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        let (tell, name) = (here.tell.clone(), name.clone());
        here.act(act.clone(), move |outcome| {
            if outcome.is_ok() {
                tell.emit(Told::Done(merge::put_back(&name)));
            }
        });
    });
    html! { <button class="button tiny quiet" data-list-again="" {onclick}>{ merge::list_again() }</button> }
}

fn told(event: &EventView, today: Date, put_back: Html, list_again: Html) -> Html {
    let signed = if event.signed { texts::signed() } else { "" };
    let whose = texts::whose(&event.unit_name, &event.by, signed, &event.device);
    // The legal date is said where it is not the day of recording.
    let on = (event.on != event.at.date()).then(|| texts::counted_from(&words::near_day(event.on, today)));
    let says = (!event.says.is_empty()).then(|| texts::comma_says(&event.says));
    html! {
        <li key={event.id.to_string()} class={event.contested.then_some("contested")} data-kind={event.kind.clone()}
            data-contested={event.contested.to_string()}>
            <time>{ words::moment(event.at, today) }</time>
            <div class={event.contested.then_some("doubt-box")}>
                <p>
                    if event.contested { <b>{ texts::does_not_count() }</b> }
                    <b>{ &event.name }</b>{ says }{ on }{ put_back }
                </p>
                <p class="small faint">{ whose }{ words::doubt(event.time_doubtful && !event.day_confirmed) }</p>
                if event.contested { <p class="small">{ &event.contested_why }</p> }
                if let Some(seen) = &event.seen {
                    <p class="small soft" data-seen={seen.by.clone()}>
                        { texts::seen(&seen.unit_name, &seen.by, &words::moment(seen.at, today)) }
                        if !seen.remark.is_empty() { { texts::comma_says(&seen.remark) } }
                        { list_again }
                    </p>
                }
            </div>
        </li>
    }
}
