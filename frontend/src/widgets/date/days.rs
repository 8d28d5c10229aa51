//! The days of a month, and what each of them is in a year's table.

use daiban_contract::view::CalendarView;
use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    Working,
    Weekend,
    /// A weekday off.
    Off,
    /// A weekend day worked.
    Worked,
}

impl DayKind {
    pub fn of(day: Date, year: &CalendarView) -> Self {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        match weekend {
            true if year.made_up.contains(&day) => DayKind::Worked,
            true => DayKind::Weekend,
            false if year.holidays.contains(&day) => DayKind::Off,
            false => DayKind::Working,
        }
    }

    pub fn id(self) -> &'static str {
        match self {
            DayKind::Working => "working",
            DayKind::Weekend => "weekend",
            DayKind::Off => "off",
            DayKind::Worked => "worked",
        }
    }
}

/// The days of a month in weeks from Monday on, with the empty places before the first and after the last.
pub fn weeks(day: Date) -> Vec<Vec<Option<Date>>> {
    let first = day.first_of_month();
    let before = first.weekday().to_monday_zero_offset() as usize;
    let days = first.series(1.day()).take_while(|day| day.month() == first.month());
    let mut all: Vec<Option<Date>> = std::iter::repeat_n(None, before).chain(days.map(Some)).collect();
    all.resize(all.len().div_ceil(7) * 7, None);
    all.chunks(7).map(<[_]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_month_begins_under_its_weekday() {
        let october = weeks(date(2026, 10, 8));
        assert_eq!(october.len(), 5);
        let day = |day: i8| Some(date(2026, 10, day));
        assert_eq!(
            october[0],
            [None, None, None, day(1), day(2), day(3), day(4)],
            "1 October 2026 is a Thursday"
        );
        assert_eq!(october[4], [day(26), day(27), day(28), day(29), day(30), day(31), None]);
        assert_eq!(october.iter().flatten().flatten().count(), 31);
        assert_eq!(weeks(date(2027, 2, 1)).len(), 4, "a month that fits in four weeks");
    }

    #[test]
    fn a_day_is_what_its_weekday_says_unless_the_table_says_otherwise() {
        let year = CalendarView {
            year: 2026,
            source: String::new(),
            provisional: false,
            published: vec![2026],
            holidays: vec![date(2026, 10, 1), date(2026, 10, 3)],
            made_up: vec![date(2026, 10, 10), date(2026, 10, 12)],
            working_days: 0,
        };
        for (day, kind) in [
            (date(2026, 10, 1), DayKind::Off),
            (date(2026, 10, 3), DayKind::Weekend),
            (date(2026, 10, 8), DayKind::Working),
            (date(2026, 10, 10), DayKind::Worked),
            (date(2026, 10, 12), DayKind::Working),
        ] {
            assert_eq!(DayKind::of(day, &year), kind, "{day}");
        }
    }
}
