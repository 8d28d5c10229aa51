//! Days and times as they are said at the desk.

use crate::texts::days as texts;
use daiban_domain::Instant;
use jiff::civil::{Date, Weekday};

/// 9月29日
pub fn day(day: Date) -> String {
    texts::of_month(day.month(), day.day())
}

/// 2026年9月29日
pub fn day_of_year(day: Date) -> String {
    texts::of_year(day.year(), &self::day(day))
}

/// 星期二
pub fn weekday(day: Date) -> &'static str {
    match day.weekday() {
        Weekday::Monday => texts::monday(),
        Weekday::Tuesday => texts::tuesday(),
        Weekday::Wednesday => texts::wednesday(),
        Weekday::Thursday => texts::thursday(),
        Weekday::Friday => texts::friday(),
        Weekday::Saturday => texts::saturday(),
        Weekday::Sunday => texts::sunday(),
    }
}

/// 今天, 昨天, 9月29日; with the year where it is another one.
pub fn near_day(day: Date, today: Date) -> String {
    if day == today {
        texts::today().to_owned()
    } else if day.tomorrow().is_ok_and(|next| next == today) {
        texts::yesterday().to_owned()
    } else if day.year() == today.year() {
        self::day(day)
    } else {
        day_of_year(day)
    }
}

/// 今天 10:42
pub fn moment(at: Instant, today: Date) -> String {
    format!("{} {}", near_day(at.date(), today), at.time_of_day())
}

/// Stands behind a time that a wrong clock gave.
pub fn doubt(doubtful: bool) -> &'static str {
    if doubtful { texts::doubtful() } else { "" }
}

/// A name as it is shown: a case may be saved before anybody knows it.
pub fn named(name: &str) -> &str {
    if name.is_empty() { texts::nobody_named() } else { name }
}

/// Whole years between a birth and a day.
pub fn age(birth: Date, today: Date) -> i16 {
    let had_birthday = (today.month(), today.day()) >= (birth.month(), birth.day());
    today.year() - birth.year() - i16::from(!had_birthday)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_is_said_by_its_distance() {
        let today = date(2026, 1, 1);
        for (day, expected) in [
            (date(2026, 1, 1), "今天"),
            (date(2025, 12, 31), "昨天"),
            (date(2025, 12, 30), "2025年12月30日"),
            (date(2026, 3, 5), "3月5日"),
        ] {
            assert_eq!(near_day(day, today), expected);
        }
    }

    #[test]
    fn a_birthday_counts_on_its_day() {
        let birth = date(1946, 3, 12);
        assert_eq!(age(birth, date(2026, 3, 11)), 79);
        assert_eq!(age(birth, date(2026, 3, 12)), 80);
    }
}
