//! Working days: the State Council's holidays and make-up days (调休), a table a year, published by the county.

use jiff::civil::{Date, Weekday};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The published years. For a year without a table the answer is provisional (DOMAIN §9 rule 2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkCalendar {
    source: String,
    years: BTreeMap<i16, Year>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Year {
    /// Weekdays off.
    weekday_holidays: BTreeSet<Date>,
    /// Weekend days worked.
    weekend_workdays: BTreeSet<Date>,
}

/// What the calendar knows of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    pub working: bool,
    /// The year's table isn't published: Monday to Friday less the fixed statutory days.
    pub provisional: bool,
}

/// A calendar file that can't be read.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    #[error("日历文件不是合格的 JSON")]
    Json(#[from] serde_json::Error),
    #[error("日历里的年份写错了：{0}")]
    Year(String),
}

/// Statutory days with a fixed date since 2025; the lunar ones can't be known without a table.
const FIXED: [(i8, i8); 6] = [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)];

impl WorkCalendar {
    /// Reads a table of the shape of `data/calendar.json`.
    pub fn from_json(text: &str) -> Result<Self, CalendarError> {
        #[derive(Deserialize)]
        struct File {
            #[serde(default)]
            source: String,
            years: BTreeMap<String, Year>,
        }
        let file: File = serde_json::from_str(text)?;
        let years = file
            .years
            .into_iter()
            .map(|(name, year)| Ok((name.parse().map_err(|_| CalendarError::Year(name))?, year)))
            .collect::<Result<_, CalendarError>>()?;
        Ok(Self { source: file.source, years })
    }

    /// Years with a published table.
    pub fn years(&self) -> impl Iterator<Item = i16> {
        self.years.keys().copied()
    }

    /// Where the table comes from.
    pub fn source(&self) -> &str {
        &self.source
    }

    pub fn day(&self, date: Date) -> Day {
        let weekend = is_weekend(date);
        match self.years.get(&date.year()) {
            Some(year) => Day {
                working: year.weekend_workdays.contains(&date)
                    || !weekend && !year.weekday_holidays.contains(&date),
                provisional: false,
            },
            None => {
                Day { working: !weekend && !FIXED.contains(&(date.month(), date.day())), provisional: true }
            }
        }
    }

    /// A weekend day that is worked.
    pub fn made_up(&self, date: Date) -> bool {
        is_weekend(date) && self.day(date).working
    }

    /// A weekday that is off.
    pub fn holiday(&self, date: Date) -> bool {
        !is_weekend(date) && !self.day(date).working
    }
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use jiff::civil::date;

    pub fn published() -> WorkCalendar {
        WorkCalendar::from_json(include_str!("../../../data/calendar.json")).unwrap()
    }

    #[test]
    fn published_years_have_their_working_days() {
        let calendar = published();
        for (year, expected) in [(2024, 251), (2025, 248), (2026, 248)] {
            let days =
                date(year, 1, 1).series(jiff::Span::new().days(1)).take_while(|day| day.year() == year);
            assert_eq!(days.filter(|day| calendar.day(*day).working).count(), expected, "{year}");
        }
    }

    #[test]
    fn an_unpublished_year_is_provisional() {
        let calendar = published();
        assert_eq!(calendar.day(date(2027, 10, 1)), Day { working: false, provisional: true });
        assert_eq!(calendar.day(date(2027, 10, 8)), Day { working: true, provisional: true });
        assert_eq!(calendar.day(date(2026, 10, 10)), Day { working: true, provisional: false });
    }
}
