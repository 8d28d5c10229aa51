//! A day as people write it down.

use crate::texts::date as texts;
use jiff::{ToSpan, civil::Date};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    Day(Date),
    /// So many working days after today: the county's calendar knows which that is.
    WorkingDays(u16),
}

/// 2026-9-29, 20260929, 9.29, 0929, +15, and the words of [`texts::NEAR`]. `None`: nothing is understood, or not yet.
pub fn read(text: &str, today: Date) -> Option<Typed> {
    let text = text.trim();
    if let Some((days, _)) = texts::NEAR.iter().find(|(_, words)| words.contains(&text)) {
        return today.checked_add(days.days()).ok().map(Typed::Day);
    }
    if let Some(days) = text.strip_prefix(texts::LATER) {
        return days.trim().parse().ok().filter(|days| (1..=999).contains(days)).map(Typed::WorkingDays);
    }
    let parts: Vec<&str> = text
        .split(|c: char| texts::BETWEEN.contains(&c) || c.is_whitespace())
        .filter(|part| !part.is_empty())
        .collect();
    let of = |year: i16, month: &str, day: &str| {
        Date::new(year, month.parse().ok()?, day.parse().ok()?).ok().map(Typed::Day)
    };
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => of(year.parse().ok()?, month, day),
        [month, day] if month.len() <= 2 && day.len() <= 2 => of(today.year(), month, day),
        [whole] if whole.is_ascii() => match whole.len() {
            8 => of(whole[..4].parse().ok()?, &whole[4..6], &whole[6..]),
            4 => of(today.year(), &whole[..2], &whole[2..]),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_read_as_people_write_them() {
        let today = date(2026, 9, 29);
        let day = |month: i8, day: i8| Some(Typed::Day(date(2026, month, day)));
        for (text, expected) in [
            ("2026-9-29", day(9, 29)),
            ("2026年9月29日", day(9, 29)),
            ("2026/09/29", day(9, 29)),
            ("20260929", day(9, 29)),
            (" 9.29 ", day(9, 29)),
            ("9月3号", day(9, 3)),
            ("1026", day(10, 26)),
            ("今", day(9, 29)),
            ("明天", day(9, 30)),
            ("昨", day(9, 28)),
            ("+15", Some(Typed::WorkingDays(15))),
            ("＋ 3", Some(Typed::WorkingDays(3))),
            ("", None),
            ("+", None),
            ("+0", None),
            ("2026", None),
            ("2026-9", None),
            ("2026-2-30", None),
            ("13.1", None),
            ("二〇二六", None),
            ("2026092", None),
        ] {
            assert_eq!(read(text, today), expected, "{text}");
        }
    }
}
