//! 日历: a year's working days, a count of days that explains itself, and the publishing of a year.

use crate::{
    calendar::Months,
    dom,
    live::{Told, use_answer, use_here},
    place::{Page, Step},
    says::Says,
    texts::calendar as texts,
    widgets::{DayKind, PickButton, Pickable, TextField, Trouble},
    words,
};
use daiban_contract::{
    act::ImportCalendar,
    ask,
    view::{CalendarImported, MovedDue},
};
use daiban_domain::{Level, item::field};
use jiff::civil::Date;
use yew::prelude::*;

#[component]
pub fn CalendarPage() -> Html {
    let here = use_here();
    let today = here.desk.today;
    let year = use_state_eq(|| today.year());
    let answer = use_answer(Some(ask::Calendar { year: *year }));
    use_effect_with(answer.data.is_some(), |_| {
        dom::focus("#count-from");
    });
    let shown = answer.data.clone().filter(|shown| shown.year == *year);
    // All that are published, and one beyond, to see what is provisional.
    let years = shown.as_ref().map(|shown| years(&shown.published, *year)).unwrap_or_default();
    html! {
        <div class="page calendar">
            <div class="head row">
                <h1>{ texts::title() }</h1>
                <span class="segments" role="group" aria-label={texts::which_year()}>
                    { for years.into_iter().map(|one| {
                        let pressed = (one == *year).to_string();
                        let year = year.clone();
                        let onclick = Callback::from(move |_: MouseEvent| year.set(one));
                        html! {
                            <button key={one} data-year={one.to_string()} aria-pressed={pressed} {onclick}>{ texts::year(one) }</button>
                        }
                    }) }
                </span>
                <span class="spring" />
                { for [(DayKind::Off, texts::legend_off()), (DayKind::Worked, texts::legend_worked()), (DayKind::Weekend, texts::legend_weekend())]
                    .map(|(kind, says)| html! { <span class="legend small soft" data-kind={kind.id()}>{ says }</span> }) }
            </div>
            <Trouble failure={answer.failure.clone()} />
            if let Some(shown) = shown {
                <p class="dense soft row told">
                    <b>{ texts::in_all(shown.working_days) }</b>
                    if shown.provisional { <span id="provisional" class="chip mark">{ texts::provisional() }</span> }
                    else { <span class="clip">{ texts::source(&shown.source) }</span> }
                </p>
                <section class="card scroll" tabindex="0" aria-label={texts::year(shown.year)}><Months year={shown} {today} /></section>
            }
            <div class="beside stack">
                <Count {today} />
                if here.is(Level::County) { <Import /> } else { <p class="note-box">{ texts::not_yours() }</p> }
            </div>
        </div>
    }
}

/// The last few that are published, the one at hand and the one after the last.
fn years(published: &[i16], at: i16) -> Vec<i16> {
    let last = published.iter().max().copied().unwrap_or(at).max(at - 1);
    let mut years: Vec<i16> =
        published.iter().copied().filter(|year| *year > last - 3).chain([last + 1, at]).collect();
    years.sort_unstable();
    years.dedup();
    years
}

#[derive(Properties, PartialEq)]
struct CountProps {
    today: Date,
}

/// 从…起 20 个工作日.
#[component]
fn Count(CountProps { today }: &CountProps) -> Html {
    let from = use_state_eq(|| today.to_string());
    let days = use_state_eq(|| "20".to_owned());
    let begins = day(&from, *today);
    let count = days.trim().parse::<u16>().ok().filter(|count| (1..1000).contains(count));
    let question = begins.zip(count).map(|(from, working_days)| ask::Due { from, working_days });
    let known = question.is_some();
    let due = use_answer(question);
    let set = |state: &UseStateHandle<String>| {
        let state = state.clone();
        Callback::from(move |text| state.set(text))
    };
    let wrong = |says: &'static str, fine: bool| if fine { None } else { Says::wrong(says) };
    html! {
        <section class="card">
            <header><h2>{ texts::count() }</h2></header>
            <div class="body stack">
                <TextField id="count-from" label={texts::from()} value={(*from).clone()} on_value={set(&from)}
                    hint={texts::from_hint()} keys={Some(AttrValue::from("numeric"))} says={wrong(texts::no_day(), begins.is_some())} />
                <TextField id="count-days" label={texts::days()} value={(*days).clone()} on_value={set(&days)}
                    keys={Some(AttrValue::from("numeric"))} says={wrong(texts::no_count(), count.is_some())} />
                if let Some(due) = due.data.filter(|_| known) {
                    <div id="count-due" role="status" data-due={due.due.to_string()}>
                        <p class="title">
                            { if due.provisional { texts::ends_provisional(&full(due.due)) } else { texts::ends(&full(due.due)) } }
                        </p>
                        <p class="dense soft">{ &due.says }</p>
                    </div>
                }
            </div>
        </section>
    }
}

fn day(text: &str, today: Date) -> Option<Date> {
    field::Kind::Day.read(text, &[], today).ok()?.normalised.parse().ok()
}

fn full(day: Date) -> String {
    format!("{} {}", words::near_day(day, day.yesterday().unwrap_or(day)), words::weekday(day))
}

/// A file of a year or several, for the whole county.
#[component]
fn Import() -> Html {
    let here = use_here();
    let file = use_state_eq(String::new);
    let replace = use_state_eq(|| false);
    let imported = use_state_eq(|| None::<CalendarImported>);
    let onsubmit = {
        let (here, file, replace, imported) = (here.clone(), file.clone(), replace.clone(), imported.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let request = ImportCalendar { file: file.trim().to_owned(), replace: *replace };
            let (tell, imported) = (here.tell.clone(), imported.clone());
            here.act(request, move |outcome| {
                if let Ok(done) = outcome {
                    tell.emit(Told::Done(done.says.clone()));
                    imported.set(Some(done));
                }
            });
        })
    };
    let on_value = {
        let file = file.clone();
        Callback::from(move |text| file.set(text))
    };
    let on_failure = here.tell.reform(Told::Failed);
    let onchange = {
        let replace = replace.clone();
        Callback::from(move |_: Event| replace.set(!*replace))
    };
    html! {
        <form class="card" {onsubmit}>
            <header><h2>{ texts::publish() }</h2></header>
            <div class="body stack">
                <p class="dense soft">{ texts::publish_says() }</p>
                <TextField id="calendar-file" label={texts::file()} value={(*file).clone()} on_value={on_value.clone()}>
                    <PickButton what={Pickable::File} id="pick-calendar" on_pick={on_value} {on_failure} />
                </TextField>
                <label class="choice dense"><input id="calendar-replace" type="checkbox" checked={*replace} {onchange} />{ texts::replace() }</label>
                <button id="import-calendar" class="button primary" disabled={file.trim().is_empty()}>{ texts::import() }</button>
                if let Some(done) = &*imported {
                    <div id="calendar-imported" role="status">
                        <p class="dense">{ &done.says }</p>
                        if !done.moved.is_empty() { <Moved moved={done.moved.clone()} /> }
                    </div>
                }
            </div>
        </form>
    }
}

#[derive(Properties, PartialEq)]
struct MovedProps {
    moved: Vec<MovedDue>,
}

#[component]
fn Moved(MovedProps { moved }: &MovedProps) -> Html {
    let here = use_here();
    html! {
        <>
            <p class="small soft">{ texts::moved(moved.len()) }</p>
            <ul class="lines">
                { for moved.iter().map(|one| {
                    let (here, case_no) = (here.clone(), AttrValue::from(one.case_no.clone()));
                    let onclick = Callback::from(move |_: MouseEvent| {
                        here.go(Step::Go(Page::Case { case_no: case_no.clone(), begin: None }));
                    });
                    html! {
                        <li key={one.case_no.clone()}>
                            <button type="button" class="plain dense clip" {onclick}>{ &one.case_no }</button>
                            <span class="dense">{ texts::moved_from(&words::day(one.was), &words::day(one.due)) }</span>
                        </li>
                    }
                }) }
            </ul>
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_years_end_with_one_that_is_provisional() {
        assert_eq!(years(&[2024, 2025, 2026], 2026), [2024, 2025, 2026, 2027]);
        assert_eq!(years(&[2020, 2025, 2026], 2027), [2025, 2026, 2027]);
        assert_eq!(years(&[2024], 2026), [2024, 2026]);
        assert_eq!(years(&[], 2026), [2026, 2027]);
    }

    #[test]
    fn a_day_is_typed_with_or_without_dashes() {
        let today = date(2026, 9, 29);
        for (text, read) in
            [("2026-09-30", Some(date(2026, 9, 30))), ("20260930", Some(date(2026, 9, 30))), ("昨天吧", None)]
        {
            assert_eq!(day(text, today), read, "{text}");
        }
    }
}
