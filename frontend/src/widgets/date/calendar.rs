//! A month to choose a day of: which days are worked is told by the county's calendar.

use super::days::{DayKind, weeks};
use crate::{live::use_answer, texts::date as texts, widgets::Icon};
use daiban_contract::ask;
use jiff::{ToSpan, civil::Date};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub id: AttrValue,
    pub day: Date,
    pub today: Date,
    pub on_day: Callback<Date>,
    /// The days that the arrows lead to.
    pub on_look: Callback<Date>,
    pub on_close: Callback<()>,
}

#[component]
pub fn Calendar(props: &Props) -> Html {
    let day = props.day;
    let year = use_answer(Some(ask::Calendar { year: day.year() })).data;
    // While another year is asked for, the one before still stands there.
    let year = year.filter(|year| year.year == day.year());
    let known = |date: Date| year.as_ref().map(|year| DayKind::of(date, year));
    {
        let id = props.id.clone();
        use_effect_with(day, move |_| {
            crate::dom::focus(&format!("#{id} [tabindex='0']"));
        });
    }
    let onkeydown = {
        let (on_day, on_look, on_close) =
            (props.on_day.clone(), props.on_look.clone(), props.on_close.clone());
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                "Escape" => on_close.emit(()),
                "Enter" | " " => on_day.emit(day),
                key => match turned(key, day) {
                    Some(to) => on_look.emit(to),
                    None => return,
                },
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let turn = |key: &'static str, says: &'static str, icon: &'static str| {
        let on_look = props.on_look.clone();
        let onclick =
            Callback::from(move |_: MouseEvent| turned(key, day).into_iter().for_each(|to| on_look.emit(to)));
        html! {
            <button type="button" class="button small quiet" tabindex="-1" {onclick} aria-label={says}><Icon name={icon} /></button>
        }
    };
    html! {
        <div id={props.id.clone()} class="date-sheet" role="dialog" aria-label={texts::choose()}>
            <div class="row">
                <b class="dense" aria-live="polite">{ texts::month(day.year(), day.month()) }</b><span class="spring" />
                { turn("PageUp", texts::before(), "chevron-left") }
                { turn("PageDown", texts::next(), "chevron-right") }
            </div>
            <table role="grid" {onkeydown} aria-label={texts::month(day.year(), day.month())}>
                <thead><tr>{ for texts::weekdays().split(' ').map(|name| html! { <th scope="col">{ name }</th> }) }</tr></thead>
                <tbody>
                    { for weeks(day).into_iter().map(|week| html! {
                        <tr>{ for week.into_iter().map(|date| cell(props, date, date.and_then(known))) }</tr>
                    }) }
                </tbody>
            </table>
            if year.is_some_and(|year| year.provisional) { <p class="small soft">{ texts::provisional() }</p> }
        </div>
    }
}

fn cell(props: &Props, date: Option<Date>, known: Option<DayKind>) -> Html {
    let Some(date) = date else { return html! { <td></td> } };
    let off = matches!(known, Some(DayKind::Off | DayKind::Weekend));
    let mark = match known {
        Some(DayKind::Worked) => Some(texts::worked()),
        Some(DayKind::Off) => Some(texts::off()),
        _ => None,
    };
    let chosen = date == props.day;
    html! {
        <td role="gridcell" data-day={date.to_string()} aria-selected={chosen.to_string()}
            aria-current={(date == props.today).then_some("date")} tabindex={if chosen { "0" } else { "-1" }}
            class={classes!(off.then_some("off"), chosen.then_some("due"), (date == props.today).then_some("today"))}
            onclick={props.on_day.reform(move |_: MouseEvent| date)}>
            { date.day() }<small>{ mark }</small>
        </td>
    }
}

fn turned(key: &str, day: Date) -> Option<Date> {
    let span = match key {
        "ArrowLeft" => -1.days(),
        "ArrowRight" => 1.days(),
        "ArrowUp" => -7.days(),
        "ArrowDown" => 7.days(),
        "PageUp" => -1.months(),
        "PageDown" => 1.months(),
        "Home" => return Some(day.first_of_month()),
        "End" => return Some(day.last_of_month()),
        _ => return None,
    };
    day.checked_add(span).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_keys_of_a_calendar() {
        let day = date(2026, 1, 31);
        for (key, to) in [
            ("ArrowRight", Some(date(2026, 2, 1))),
            ("ArrowUp", Some(date(2026, 1, 24))),
            ("PageDown", Some(date(2026, 2, 28))),
            ("PageUp", Some(date(2025, 12, 31))),
            ("Home", Some(date(2026, 1, 1))),
            ("x", None),
        ] {
            assert_eq!(turned(key, day), to, "{key}");
        }
    }
}
