//! When a term ends, and how to say why.

use crate::calendar::WorkCalendar;
use jiff::{
    Span,
    civil::{Date, Weekday},
};

/// The end of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    pub date: Date,
    /// A year without a published table was counted through.
    pub provisional: bool,
}

/// The n-th working day strictly after the start: the first day isn't counted (民法典 §201), holidays neither
/// (行政许可法 §82). Working days d with pause < d ≤ resume don't count; pausing and resuming on one day costs nothing.
pub fn due(start: Date, working_days: u16, pauses: &[(Date, Date)], calendar: &WorkCalendar) -> Due {
    let mut due = Due { date: start, provisional: false };
    let mut left = working_days;
    while left > 0 {
        let Ok(next) = due.date.tomorrow() else { break };
        due.date = next;
        let day = calendar.day(next);
        due.provisional |= day.provisional;
        let paused = pauses.iter().any(|(pause, resume)| *pause < next && next <= *resume);
        if day.working && !paused {
            left -= 1;
        }
    }
    due
}

/// A term in natural days: the first isn't counted, and one that ends on a day off rolls to the next working day.
pub fn due_natural(start: Date, days: u16, calendar: &WorkCalendar) -> Due {
    let mut date = start.saturating_add(Span::new().days(i64::from(days)));
    let mut provisional = false;
    loop {
        let day = calendar.day(date);
        provisional |= day.provisional;
        match date.tomorrow() {
            Ok(next) if !day.working => date = next,
            _ => return Due { date, provisional },
        }
    }
}

/// Working days d with after < d ≤ until.
pub fn working_days_between(after: Date, until: Date, calendar: &WorkCalendar) -> u32 {
    let mut days = 0;
    let mut day = after;
    while day < until {
        let Ok(next) = day.tomorrow() else { break };
        day = next;
        days += u32::from(calendar.day(day).working);
    }
    days
}

/// How a term was counted, e.g. 9月15日受理，数15个工作日。9月20日（周日）补班，算；9月25日、10月1日至7日放假，不算。
pub fn explain(
    start: Date,
    started: &str,
    working_days: u16,
    pauses: &[(Date, Date)],
    due: &Due,
    calendar: &WorkCalendar,
) -> String {
    let mut why = format!("{}{started}，数 {working_days} 个工作日", day_of_month(start));
    let counted = |date: &Date| start < *date && *date <= due.date;
    let days: Vec<Date> = start.series(Span::new().days(1)).take_while(|date| *date <= due.date).collect();
    let worked: Vec<String> = days
        .iter()
        .filter(|date| counted(date) && calendar.made_up(**date))
        .map(|date| says_day(*date))
        .collect();
    let off =
        stretches(days.iter().copied().filter(|date| counted(date) && calendar.holiday(*date)), calendar);
    for (pause, resume) in pauses {
        why += &format!("，{}至{}停表，不算", day_of_month(*pause), day_of_month(*resume));
    }
    if !worked.is_empty() {
        why += &format!("。{}补班，算", worked.join("、"));
    }
    if !off.is_empty() {
        why += &format!("{}{}放假，不算", if worked.is_empty() { "。" } else { "；" }, off.join("、"));
    }
    if due.provisional {
        why += &format!("。{}年的放假安排还没有公布，暂定", due.date.year());
    }
    why + "。"
}

/// Holidays as stretches, over the weekends between them.
fn stretches(days: impl Iterator<Item = Date>, calendar: &WorkCalendar) -> Vec<String> {
    let mut stretches: Vec<(Date, Date)> = Vec::new();
    for day in days {
        let bridged =
            stretches.last().is_some_and(|(_, last)| working_days_between(*last, day, calendar) == 0);
        match stretches.last_mut() {
            Some((_, last)) if bridged => *last = day,
            _ => stretches.push((day, day)),
        }
    }
    let says = |(first, last): (Date, Date)| match (first == last, first.month() == last.month()) {
        (true, _) => day_of_month(first),
        (false, true) => format!("{}至{}日", day_of_month(first), last.day()),
        (false, false) => format!("{}至{}", day_of_month(first), day_of_month(last)),
    };
    stretches.into_iter().map(says).collect()
}

fn day_of_month(date: Date) -> String {
    format!("{}月{}日", date.month(), date.day())
}

/// 10月26日（周一）
pub fn says_day(date: Date) -> String {
    let weekday = match date.weekday() {
        Weekday::Monday => "周一",
        Weekday::Tuesday => "周二",
        Weekday::Wednesday => "周三",
        Weekday::Thursday => "周四",
        Weekday::Friday => "周五",
        Weekday::Saturday => "周六",
        Weekday::Sunday => "周日",
    };
    format!("{}（{weekday}）", day_of_month(date))
}

/// 2026年10月26日
pub fn says_full_day(date: Date) -> String {
    format!("{}年{}", date.year(), day_of_month(date))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::tests::published;
    use jiff::civil::date;

    #[test]
    fn terms_end_where_the_vectors_say() {
        let vectors: serde_json::Value =
            serde_json::from_str(include_str!("../../../tests/vectors/domain.json")).unwrap();
        let calendar = published();
        let day = |value: &serde_json::Value| value.as_str().unwrap().parse::<Date>().unwrap();
        for case in vectors["deadlines"].as_array().unwrap() {
            let pauses: Vec<(Date, Date)> = case["pauses"]
                .as_array()
                .unwrap()
                .iter()
                .map(|pause| (day(&pause[0]), day(&pause[1])))
                .collect();
            let found =
                due(day(&case["start"]), case["workdays"].as_u64().unwrap() as u16, &pauses, &calendar);
            let expected =
                Due { date: day(&case["due"]), provisional: case["provisional"].as_bool().unwrap() };
            assert_eq!(found, expected, "{}", case["case"]);
        }
    }

    /// Made by `tests/peers/working_days.py` from the package chinesecalendar.
    #[test]
    fn terms_end_where_another_calendar_says() {
        let calendar = published();
        let mut lines = include_str!("../../../tests/fixtures/working_days.csv").lines();
        let terms: Vec<u16> =
            lines.next().unwrap().split(',').skip(1).map(|term| term.parse().unwrap()).collect();
        let mut compared = 0;
        for line in lines {
            let days: Vec<Date> = line.split(',').map(|day| day.parse().unwrap()).collect();
            for (term, date) in terms.iter().zip(&days[1..]) {
                let expected = Due { date: *date, provisional: false };
                assert_eq!(due(days[0], *term, &[], &calendar), expected, "{term} after {}", days[0]);
                compared += 1;
            }
        }
        assert_eq!(compared, 1068 * 6);
    }

    #[test]
    fn a_term_tells_how_it_was_counted() {
        let calendar = published();
        let start = date(2026, 9, 15);
        let due = due(start, 15, &[], &calendar);
        assert_eq!(due.date, date(2026, 10, 12));
        assert_eq!(
            explain(start, "受理", 15, &[], &due, &calendar),
            "9月15日受理，数 15 个工作日。9月20日（周日）、10月10日（周六）补班，算；9月25日、10月1日至7日放假，不算。"
        );
    }

    #[test]
    fn natural_days_roll_over_days_off() {
        let calendar = published();
        assert_eq!(due_natural(date(2026, 9, 24), 7, &calendar).date, date(2026, 10, 8));
        assert_eq!(due_natural(date(2026, 11, 22), 7, &calendar).date, date(2026, 11, 30));
    }
}
