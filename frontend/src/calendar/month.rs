//! Twelve months with what differs from its weekday marked, by a shape and a word.

use crate::{
    texts::calendar as texts,
    widgets::{DayKind, weeks},
    words,
};
use daiban_contract::view::CalendarView;
use jiff::civil::Date;
use std::rc::Rc;
use yew::prelude::*;

fn says(kind: DayKind, day: &str) -> String {
    match kind {
        DayKind::Working => texts::says_working(day),
        DayKind::Weekend => texts::says_weekend(day),
        DayKind::Off => texts::says_off(day),
        DayKind::Worked => texts::says_worked(day),
    }
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub year: Rc<CalendarView>,
    pub today: Date,
}

#[component]
pub fn Months(Props { year, today }: &Props) -> Html {
    let months = (1..=12).filter_map(|month| Date::new(year.year, month, 1).ok());
    html! {
        <div class="months">
            { for months.map(|first| html! {
                <table key={first.to_string()}>
                    <caption>{ texts::month(first.month()) }</caption>
                    <thead><tr>{ for texts::week().chars().map(|day| html! { <th scope="col">{ day }</th> }) }</tr></thead>
                    <tbody>
                        { for weeks(first).into_iter().map(|week| html! {
                            <tr>{ for week.into_iter().map(|place| match place {
                                None => html! { <td></td> },
                                Some(day) => {
                                    let kind = DayKind::of(day, year);
                                    html! {
                                        <td data-day={day.to_string()} data-kind={kind.id()} title={says(kind, &words::day(day))}
                                            aria-current={(day == *today).then_some("date")}>
                                            { day.day() }
                                            { match kind {
                                                DayKind::Off => html! { <small>{ texts::off() }</small> },
                                                DayKind::Worked => html! { <small>{ texts::worked() }</small> },
                                                _ => html! {},
                                            } }
                                        </td>
                                    }
                                }
                            }) }</tr>
                        }) }
                    </tbody>
                </table>
            }) }
        </div>
    }
}
