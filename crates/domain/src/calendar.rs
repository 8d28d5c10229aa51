//! Working days: the State Council's holidays and make-up days (调休), a table a year, published by the county.

use crate::deadline::says_day;
use jiff::civil::{Date, Weekday};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{MapAccess, Visitor},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// The published years. For a year without a table the answer is provisional (DOMAIN §9 rule 2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkCalendar {
    source: String,
    years: BTreeMap<i16, Year>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Year {
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

/// Statutory days with a fixed date since 2025 (全国年节及纪念日放假办法, 国务院令第795号); the lunar ones can't be known
/// without a table.
const FIXED_SINCE: i16 = 2025;
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

    /// The table of a year.
    pub fn year(&self, year: i16) -> Option<&Year> {
        self.years.get(&year)
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

/// A calendar that the county is about to publish, each year of it without a contradiction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    pub source: String,
    pub years: BTreeMap<i16, Year>,
}

/// Why a file is not published.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unpublishable {
    #[error(
        "日历文件读不懂（第 {line} 行第 {column} 列附近）。要有 years，每年要有 weekdayHolidays 和 weekendWorkdays。"
    )]
    Unreadable { line: usize, column: usize },
    #[error("日历文件里没有一年的安排。")]
    Empty,
    #[error("日历里的年份“{0}”写错了，要写成 2027 这样。")]
    NoYear(String),
    #[error("{0} 年在文件里写了两次。请只留对的一份。")]
    YearTwice(i16),
    #[error("{year} 年的安排里有 {date}，不是这一年的日子。请对照国务院办公厅通知改正。")]
    OtherYear { year: i16, date: Date },
    #[error("{0} 列了两次。请对照国务院办公厅通知改正。")]
    DayTwice(Date),
    #[error("{year}年{day}本来就休息，不能列为工作日放假。请对照国务院办公厅通知改正。", year = .0.year(), day = says_day(*.0))]
    HolidayAtWeekend(Date),
    #[error("{year}年{day}本来就上班，不能列为周末补班。请对照国务院办公厅通知改正。", year = .0.year(), day = says_day(*.0))]
    WorkOnWeekday(Date),
    #[error("{year}年{day}是法定节假日（全国年节及纪念日放假办法），表里却要上班。请对照国务院办公厅通知改正。", year = .0.year(), day = says_day(*.0))]
    StatutoryDay(Date),
    #[error("{0} 年的安排里一天放假都没有，可能不完整。请对照国务院办公厅通知改正。")]
    NoHoliday(i16),
}

impl Publication {
    /// Reads a file of the shape of `data/calendar.json`, strictly: what is published moves terms in the whole county.
    pub fn from_json(text: &str) -> Result<Self, Unpublishable> {
        #[derive(Deserialize)]
        struct File {
            #[serde(default)]
            source: String,
            years: Pairs<Listed>,
        }
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Listed {
            weekday_holidays: Vec<Date>,
            weekend_workdays: Vec<Date>,
        }
        let file: File = serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|error| Unpublishable::Unreadable { line: error.line(), column: error.column() })?;
        let mut years = BTreeMap::new();
        for (name, Listed { weekday_holidays, weekend_workdays }) in file.years.0 {
            let year: i16 = match name.parse() {
                Ok(year @ 2000..=2100) => year,
                _ => return Err(Unpublishable::NoYear(name)),
            };
            let mut seen = BTreeSet::new();
            for date in weekday_holidays.iter().chain(&weekend_workdays) {
                if date.year() != year {
                    return Err(Unpublishable::OtherYear { year, date: *date });
                }
                if !seen.insert(*date) {
                    return Err(Unpublishable::DayTwice(*date));
                }
            }
            let table = Year {
                weekday_holidays: weekday_holidays.into_iter().collect(),
                weekend_workdays: weekend_workdays.into_iter().collect(),
            };
            table.check(year)?;
            if years.insert(year, table).is_some() {
                return Err(Unpublishable::YearTwice(year));
            }
        }
        if years.is_empty() { Err(Unpublishable::Empty) } else { Ok(Self { source: file.source, years }) }
    }
}

impl Year {
    fn check(&self, year: i16) -> Result<(), Unpublishable> {
        if let Some(date) = self.weekday_holidays.iter().find(|date| is_weekend(**date)) {
            return Err(Unpublishable::HolidayAtWeekend(*date));
        }
        if let Some(date) = self.weekend_workdays.iter().find(|date| !is_weekend(**date)) {
            return Err(Unpublishable::WorkOnWeekday(*date));
        }
        if self.weekday_holidays.is_empty() {
            return Err(Unpublishable::NoHoliday(year));
        }
        let fixed = FIXED.iter().filter_map(|(month, day)| Date::new(year, *month, *day).ok());
        let worked = |date: &Date| {
            self.weekend_workdays.contains(date)
                || !is_weekend(*date) && !self.weekday_holidays.contains(date)
        };
        match fixed.filter(|_| year >= FIXED_SINCE).find(worked) {
            Some(date) => Err(Unpublishable::StatutoryDay(date)),
            None => Ok(()),
        }
    }
}

/// The members of a JSON object as they are written, one that stands twice included.
struct Pairs<T>(Vec<(String, T)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Pairs<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Members<T> {
            type Value = Pairs<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Members(std::marker::PhantomData))
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

    #[test]
    fn a_publication_contradicts_neither_the_week_nor_the_law() {
        let shipped = include_str!("../../../data/calendar.json");
        let publication = Publication::from_json(shipped).unwrap();
        assert_eq!(publication.years.keys().copied().collect::<Vec<_>>(), [2024, 2025, 2026]);
        let of_2027 = |holidays: &str, workdays: &str| {
            format!(
                r#"{{"years":{{"2027":{{"weekdayHolidays":[{holidays}],"weekendWorkdays":[{workdays}]}}}}}}"#
            )
        };
        let holidays = r#""2027-01-01","2027-02-08","2027-10-01""#;
        assert!(Publication::from_json(&of_2027(holidays, r#""2027-02-20""#)).is_ok());
        let year = r#""2027":{"weekdayHolidays":["2027-01-01","2027-10-01"],"weekendWorkdays":[]}"#;
        let day = |month, day| date(2027, month, day);
        let table = [
            ("{".to_owned(), Unpublishable::Unreadable { line: 1, column: 1 }),
            (r#"{"years":{}}"#.to_owned(), Unpublishable::Empty),
            (
                r#"{"years":{"明年":{"weekdayHolidays":[],"weekendWorkdays":[]}}}"#.to_owned(),
                Unpublishable::NoYear("明年".to_owned()),
            ),
            (format!(r#"{{"years":{{{year},{year}}}}}"#), Unpublishable::YearTwice(2027)),
            (
                of_2027(r#""2026-12-31""#, ""),
                Unpublishable::OtherYear { year: 2027, date: date(2026, 12, 31) },
            ),
            (of_2027(r#""2027-01-01","2027-01-01""#, ""), Unpublishable::DayTwice(day(1, 1))),
            (of_2027(r#""2027-01-01","2027-10-02""#, ""), Unpublishable::HolidayAtWeekend(day(10, 2))),
            (of_2027(holidays, r#""2027-02-22""#), Unpublishable::WorkOnWeekday(day(2, 22))),
            (of_2027(r#""2027-01-01""#, ""), Unpublishable::StatutoryDay(day(10, 1))),
            (of_2027(holidays, r#""2027-05-01""#), Unpublishable::StatutoryDay(day(5, 1))),
            (of_2027("", ""), Unpublishable::NoHoliday(2027)),
        ];
        for (text, reason) in table {
            assert_eq!(Publication::from_json(&text).unwrap_err(), reason, "{text}");
        }
        assert_eq!(
            Unpublishable::HolidayAtWeekend(day(10, 2)).to_string(),
            "2027年10月2日（周六）本来就休息，不能列为工作日放假。请对照国务院办公厅通知改正。"
        );
    }
}
