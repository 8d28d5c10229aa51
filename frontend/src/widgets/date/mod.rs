//! A day, typed as people write it, or chosen in a calendar that knows the working days.

mod calendar;
mod days;
mod typed;

use crate::{
    dom,
    live::{use_answer, use_here},
    texts::date as texts,
    widgets::Icon,
};
use calendar::Calendar;
use daiban_contract::ask;
pub use days::{DayKind, weeks};
use jiff::civil::Date;
use typed::{Typed, read};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Of the input.
    pub id: AttrValue,
    pub label: AttrValue,
    /// As 2026-09-29; whatever else was typed as it was typed.
    pub value: AttrValue,
    pub on_value: Callback<String>,
    #[prop_or_default]
    pub hint: AttrValue,
    #[prop_or_default]
    pub wrong: bool,
    #[prop_or_default]
    pub onkeydown: Callback<KeyboardEvent>,
    /// Of the sentence beneath.
    #[prop_or_default]
    pub says_id: Option<AttrValue>,
}

#[component]
pub fn DateInput(props: &Props) -> Html {
    let today = use_here().desk.today;
    // What was typed, and what was made of it: the field keeps showing the one while its owner has the other.
    let typed = use_state_eq(|| (String::new(), AttrValue::default()));
    let looked_at = use_state_eq(|| None::<Date>);
    let set = {
        let (typed, on_value) = (typed.clone(), props.on_value.clone());
        Callback::from(move |(text, value): (String, String)| {
            typed.set((text, value.clone().into()));
            on_value.emit(value);
        })
    };
    let later = match read(&typed.0, today) {
        Some(Typed::WorkingDays(days)) => Some(ask::Due { from: today, working_days: days }),
        _ => None,
    };
    let due = use_answer(later.clone()).data.filter(|_| later.is_some()).map(|due| due.due);
    {
        let (set, text) = (set.clone(), typed.0.clone());
        use_effect_with(due, move |due| {
            due.iter().for_each(|due| set.emit((text.clone(), due.to_string())));
        });
    }
    let oninput = {
        let set = set.clone();
        Callback::from(move |event: InputEvent| {
            let text = dom::value(&event);
            let value = match read(&text, today) {
                Some(Typed::Day(day)) => day.to_string(),
                _ => text.clone(),
            };
            set.emit((text, value));
        })
    };
    let stands = props.value.parse::<Date>().ok();
    let open = {
        let looked_at = looked_at.clone();
        Callback::from(move |_: MouseEvent| {
            looked_at.set(looked_at.is_none().then(|| stands.unwrap_or(today)))
        })
    };
    let close = {
        let (looked_at, id) = (looked_at.clone(), props.id.clone());
        Callback::from(move |()| {
            looked_at.set(None);
            dom::focus(&format!("#{id}"));
        })
    };
    let on_day = {
        let close = close.clone();
        Callback::from(move |day: Date| {
            set.emit((String::new(), day.to_string()));
            close.emit(());
        })
    };
    let on_look = {
        let looked_at = looked_at.clone();
        Callback::from(move |day| looked_at.set(Some(day)))
    };
    let shown = if typed.1 == props.value && !typed.0.is_empty() {
        typed.0.clone().into()
    } else {
        props.value.clone()
    };
    let calendar_id = format!("{}-calendar", props.id);
    html! {
        <span class="date">
            <span class="input">
                <input id={props.id.clone()} value={shown} {oninput} onkeydown={props.onkeydown.clone()} placeholder={props.hint.clone()}
                    inputmode="numeric" autocomplete="off" spellcheck="false" aria-label={props.label.clone()}
                    aria-describedby={props.says_id.clone()} aria-invalid={props.wrong.then_some("true")} />
                <button type="button" id={format!("{}-open", props.id)} class="button tiny quiet" onclick={open}
                    aria-expanded={looked_at.is_some().to_string()} aria-label={texts::open(&props.label)}>
                    <Icon name="calendar-days" />
                </button>
            </span>
            if let Some(day) = *looked_at {
                <Calendar id={calendar_id} {day} {today} {on_day} {on_look} on_close={close} />
            }
        </span>
    }
}
