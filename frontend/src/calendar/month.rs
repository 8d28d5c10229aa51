//! Twelve months with what differs from its weekday marked, by a shape and a word.

use crate::{texts::calendar as texts, words};
use daiban_contract::view::CalendarView;
use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};
use std::{collections::BTreeSet, rc::Rc};
use yew::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Working,
    Weekend,
    /// A weekday off.
    Off,
    /// A weekend day worked.
    Worked,
}

impl Kind {
    fn of(day: Date, off: &BTreeSet<Date>, worked: &BTreeSet<Date>) -> Self {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        match weekend {
            true if worked.contains(&day) => Kind::Worked,
            true => Kind::Weekend,
            false if off.contains(&day) => Kind::Off,
            false => Kind::Working,
        }
    }

    pub fn id(self) -> &'static str {
        match self {
            Kind::Working => "working",
            Kind::Weekend => "weekend",
            Kind::Off => "off",
            Kind::Worked => "worked",
        }
    }

    fn says(self, day: &str) -> String {
        match self {
            Kind::Working => texts::says_working(day),
            Kind::Weekend => texts::says_weekend(day),
            Kind::Off => texts::says_off(day),
            Kind::Worked => texts::says_worked(day),
        }
    }
}

/// The days of a month in weeks that begin on Monday, with the empty places before the first.
fn weeks(first: Date) -> Vec<Vec<Option<Date>>> {
    let empty = first.weekday().to_monday_zero_offset() as usize;
    let days = first.series(1.day()).take_while(|day| day.month() == first.month());
    let places: Vec<Option<Date>> = std::iter::repeat_n(None, empty).chain(days.map(Some)).collect();
    places.chunks(7).map(<[_]>::to_vec).collect()
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub year: Rc<CalendarView>,
    pub today: Date,
}

#[component]
pub fn Months(Props { year, today }: &Props) -> Html {
    let off: BTreeSet<Date> = year.holidays.iter().copied().collect();
    let worked: BTreeSet<Date> = year.made_up.iter().copied().collect();
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
                                    let kind = Kind::of(day, &off, &worked);
                                    html! {
                                        <td data-day={day.to_string()} data-kind={kind.id()} title={kind.says(&words::day(day))}
                                            aria-current={(day == *today).then_some("date")}>
                                            { day.day() }
                                            { match kind {
                                                Kind::Off => html! { <small>{ texts::off() }</small> },
                                                Kind::Worked => html! { <small>{ texts::worked() }</small> },
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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weeks_begin_on_monday() {
        let october = weeks(date(2026, 10, 1));
        assert_eq!(
            october[0],
            [
                None,
                None,
                None,
                Some(date(2026, 10, 1)),
                Some(date(2026, 10, 2)),
                Some(date(2026, 10, 3)),
                Some(date(2026, 10, 4))
            ]
        );
        assert_eq!(october.iter().flatten().flatten().count(), 31);
        assert_eq!(weeks(date(2027, 2, 1)).len(), 4, "a month that fits in four weeks");
    }

    #[test]
    fn a_day_is_what_its_weekday_says_unless_the_table_says_otherwise() {
        let off = [date(2026, 10, 1), date(2026, 10, 3)].into();
        let worked = [date(2026, 10, 10), date(2026, 10, 12)].into();
        for (day, kind) in [
            (date(2026, 10, 1), Kind::Off),
            (date(2026, 10, 3), Kind::Weekend),
            (date(2026, 10, 8), Kind::Working),
            (date(2026, 10, 10), Kind::Worked),
            (date(2026, 10, 12), Kind::Working),
        ] {
            assert_eq!(Kind::of(day, &off, &worked), kind, "{day}");
        }
    }
}
