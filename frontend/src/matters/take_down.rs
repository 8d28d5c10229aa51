//! Taking one down, in as few fields as its kind needs.

use super::draft::Draft;
use crate::{
    dom,
    live::{Told, use_here},
    says::{self, Says},
    texts::matters as texts,
    widgets::TextField,
};
use daiban_domain::{
    item::field::day,
    matter::{Channel, Kind},
};
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

/// What comes by hand; a bad rating makes its own.
const KINDS: [Kind; 5] = [Kind::Consult, Kind::Complaint, Kind::Hotline, Kind::Appointment, Kind::HomeVisit];

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The number of what was taken down; nothing of what wasn't.
    pub close: Callback<Option<String>>,
}

#[component]
pub fn TakeDown(Props { close }: &Props) -> Html {
    let here = use_here();
    let draft = use_state_eq(Draft::default);
    let running = use_state_eq(|| false);
    use_effect_with((), |()| {
        dom::focus("#matter-text");
    });
    let set = {
        let draft = draft.clone();
        move |change: fn(&mut Draft, String)| {
            let draft = draft.clone();
            Callback::from(move |text: String| {
                let mut next = (*draft).clone();
                change(&mut next, text);
                draft.set(next);
            })
        }
    };
    let request = draft.request();
    let ready = request.is_some();
    let onsubmit = {
        let (here, close, running) = (here.clone(), close.clone(), running.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(request) = request.clone().filter(|_| !*running) else { return };
            running.set(true);
            let (tell, close, running) = (here.tell.clone(), close.clone(), running.clone());
            here.act(request, move |outcome| {
                running.set(false);
                if let Ok(recorded) = outcome {
                    tell.emit(Told::Done(format!(
                        "{} {}",
                        texts::taken_down(&recorded.matter_no),
                        recorded.why
                    )));
                    close.emit(Some(recorded.matter_no));
                }
            });
        })
    };
    let kind = |kind: Kind| {
        let (state, pressed) = (draft.clone(), draft.kind == kind);
        let onclick = Callback::from(move |_: MouseEvent| state.set((*state).clone().of_kind(kind)));
        html! {
            <button type="button" key={kind.as_str()} data-kind={kind.as_str()} aria-pressed={pressed.to_string()} {onclick}>
                { kind.zh() }
            </button>
        }
    };
    let oninput = {
        let set = set(|draft, text| draft.text = text);
        Callback::from(move |event: InputEvent| {
            let area = event.target_dyn_into::<HtmlTextAreaElement>();
            area.into_iter().for_each(|area| set.emit(area.value()));
        })
    };
    let on_channel = chosen(set(|draft, text| draft.channel = Channel::parse(&text).unwrap_or_default()));
    let on_unit = chosen(set(|draft, text| draft.unit = text.parse().ok()));
    let on_spot = {
        let draft = draft.clone();
        Callback::from(move |event: Event| {
            let checked = event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked());
            draft.set(Draft { on_the_spot: checked, ..(*draft).clone() });
        })
    };
    let what = match draft.kind {
        Kind::Complaint | Kind::BadRating => texts::text_complaint(),
        Kind::Consult => texts::text_consult(),
        Kind::Hotline => texts::text_hotline(),
        Kind::Appointment => texts::text_appointment(),
        Kind::HomeVisit => texts::text_visit(),
    };
    let unread = |text: &str, read: bool, says: &str| {
        if text.trim().is_empty() || read { None } else { Says::plain(says) }
    };
    let agreed = unread(&draft.agreed_on, day(&draft.agreed_on).is_some(), texts::day_like());
    let days = unread(&draft.limit_days, draft.limit_days.trim().parse::<u16>().is_ok(), texts::days_like());
    let anonymous =
        draft.name.trim().is_empty() && draft.phone.trim().is_empty() && draft.kind != Kind::HomeVisit;
    let cancel = close.reform(|_: MouseEvent| None);
    html! {
        <form id="take-down" class="card list" {onsubmit}>
            <header><h2>{ texts::new() }</h2></header>
            <div class="body scroll stack">
                <div class="segments kinds" role="group" aria-label={texts::kind()}>{ for KINDS.into_iter().map(kind) }</div>
                <div class="field">
                    <label for="matter-text">{ what }</label>
                    <textarea id="matter-text" class="input area" rows="4" value={draft.text.clone()} {oninput} />
                </div>
                if draft.kind == Kind::Consult {
                    <label class="choice">
                        <input id="matter-on-spot" type="checkbox" checked={draft.on_the_spot} onchange={on_spot} />{ texts::on_the_spot() }
                    </label>
                }
                if draft.kind == Kind::Hotline {
                    <TextField id="matter-ticket" label={texts::ticket_no()} value={draft.ticket_no.clone()} required=true
                        on_value={set(|draft, text| draft.ticket_no = text)} />
                }
                if draft.kind.by_agreement() {
                    <TextField id="matter-agreed" label={texts::agreed_on()} value={draft.agreed_on.clone()} required=true
                        on_value={set(|draft, text| draft.agreed_on = text)} says={agreed} keys="numeric" />
                }
                <div class="halves">
                    <TextField id="matter-name" label={texts::name()} value={draft.name.clone()} says={says::name(&draft.name)}
                        on_value={set(|draft, text| draft.name = text)} />
                    <TextField id="matter-phone" label={texts::phone()} value={draft.phone.clone()} says={says::phone(&draft.phone)}
                        on_value={set(|draft, text| draft.phone = text)} required={draft.kind == Kind::HomeVisit} keys="tel" />
                </div>
                if anonymous { <p class="says">{ texts::anonymous() }</p> }
                <div class="halves">
                    <div class="field">
                        <label for="matter-channel">{ texts::channel() }</label>
                        <select id="matter-channel" class="input" onchange={on_channel}>
                            { for draft.channels().iter().map(|channel| html! {
                                <option value={channel.as_str()} selected={*channel == draft.channel}>{ channel.zh() }</option>
                            }) }
                        </select>
                    </div>
                    if here.desk.units.len() > 1 {
                        <div class="field">
                            <label for="matter-unit">{ texts::concerns() }</label>
                            <select id="matter-unit" class="input" onchange={on_unit}>
                                { for here.desk.units.iter().map(|unit| html! {
                                    <option value={unit.code.to_string()}
                                        selected={draft.unit.unwrap_or(here.desk.unit) == unit.code}>{ &unit.name }</option>
                                }) }
                            </select>
                        </div>
                    }
                    if draft.asks_limit() {
                        <TextField id="matter-days" label={texts::limit_days()} value={draft.limit_days.clone()} says={days}
                            on_value={set(|draft, text| draft.limit_days = text)} keys="numeric" />
                    }
                </div>
                <TextField id="matter-case" label={texts::case_no()} value={draft.case_no.clone()}
                    on_value={set(|draft, text| draft.case_no = text)} />
            </div>
            <footer class="row">
                <button id="keep-matter" class="button primary" disabled={!ready || *running}>{ texts::save() }</button>
                <button type="button" class="button quiet" onclick={cancel}>{ texts::not_yet() }</button>
            </footer>
        </form>
    }
}

fn chosen(set: Callback<String>) -> Callback<Event> {
    Callback::from(move |event: Event| {
        event.target_dyn_into::<HtmlSelectElement>().into_iter().for_each(|select| set.emit(select.value()));
    })
}
