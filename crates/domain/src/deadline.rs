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

/// In what a term counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Working,
    Natural,
    Months,
}

impl Unit {
    /// Of an item's limit: 工作日, 自然日, 月 …
    pub fn of(text: &str) -> Self {
        match text {
            "工作日" => Self::Working,
            "月" | "个月" => Self::Months,
            _ => Self::Natural,
        }
    }

    fn zh(self) -> &'static str {
        match self {
            Self::Working => "工作日",
            Self::Natural => "自然日",
            Self::Months => "月",
        }
    }
}

/// A term, with all that changes its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    pub days: u16,
    pub unit: Unit,
    /// Working days that were approved on top.
    pub extension: u16,
    pub pauses: Vec<(Date, Date)>,
    /// The end that a paper has told for certain, before any extension or pause: what is published later makes nobody
    /// wait longer than that (DOMAIN §9 rule 3).
    pub printed: Option<Date>,
}

impl Counted {
    pub fn of(days: u16, unit: &str) -> Self {
        Self { days, unit: Unit::of(unit), extension: 0, pauses: Vec::new(), printed: None }
    }

    pub fn working(days: u16) -> Self {
        Self { unit: Unit::Working, ..Self::of(days, "") }
    }

    /// When it ends. A pause moves a term in natural days or months by as many days as it lasted.
    pub fn due(&self, start: Date, calendar: &WorkCalendar) -> Due {
        match self.kept(start, calendar) {
            Some(kept) => kept.counted(start, calendar),
            None => self.counted(start, calendar),
        }
    }

    /// The term as it was printed, where it has become longer by what was published since. A printed day that has
    /// become one off rolls to the next working day (民法典 §203).
    fn kept(&self, start: Date, calendar: &WorkCalendar) -> Option<Self> {
        let told = due_natural(self.printed?, 0, calendar).date;
        let plain = Self { extension: 0, pauses: Vec::new(), ..self.clone() };
        let days = match self.unit {
            _ if told <= start || told >= plain.counted(start, calendar).date => return None,
            Unit::Working => working_days_between(start, told, calendar),
            Unit::Natural | Unit::Months => (told - start).get_days().unsigned_abs(),
        };
        let unit = if self.unit == Unit::Working { Unit::Working } else { Unit::Natural };
        Some(Self { days: days.try_into().ok()?, unit, ..self.clone() })
    }

    fn counted(&self, start: Date, calendar: &WorkCalendar) -> Due {
        let Self { days, unit, extension, pauses, .. } = self;
        // A pause after the end moves nothing.
        let moved = |end: Date| {
            let moved = pauses.iter().fold(end, |end, (pause, resume)| {
                if *pause < end { end.saturating_add(*resume - *pause) } else { end }
            });
            due_natural(moved, 0, calendar)
        };
        let end = match unit {
            Unit::Working => return due(start, days.saturating_add(*extension), pauses, calendar),
            Unit::Natural => moved(start.saturating_add(Span::new().days(i64::from(*days)))),
            Unit::Months => moved(start.saturating_add(Span::new().months(i64::from(*days)))),
        };
        let longer = due(end.date, *extension, &[], calendar);
        Due { provisional: end.provisional || longer.provisional, ..longer }
    }

    fn rolled(&self, start: Date, due: &Due) -> bool {
        let end = match self.unit {
            Unit::Months => start.saturating_add(Span::new().months(i64::from(self.days))),
            _ => start.saturating_add(Span::new().days(i64::from(self.days))),
        };
        self.extension == 0 && self.pauses.is_empty() && end != due.date
    }

    /// How it was counted, e.g. 5月6日受理，数 20 个工作日，扣除5月11日至13日停表。5月9日（周六）补班，算。
    pub fn explain(&self, start: Date, started: &str, due: &Due, calendar: &WorkCalendar) -> String {
        let mut why = format!("{}{started}，数 {} 个{}", day_of_month(start), self.days, self.unit.zh());
        if self.extension > 0 {
            why += &format!("，批准延长 {} 个工作日", self.extension);
        }
        let stood: Vec<String> = self.pauses.iter().map(|pause| says_stretch(*pause)).collect();
        if !stood.is_empty() {
            why += &format!("，扣除{}停表", stood.join("、"));
        }
        why += "。";
        if self.unit == Unit::Working {
            why += &days_that_differ(start, due, calendar);
        } else if self.rolled(start, due) {
            why += "最后一天遇休息日，顺延到下一个工作日。";
        }
        if due.provisional {
            why += &format!("{}年的放假安排还没有公布，暂定。", due.date.year());
        }
        if let Some(printed) = self.printed.filter(|_| self.kept(start, calendar).is_some()) {
            why += &format!("文书上印的是 {}，之后放假安排变了，仍按印出的算。", says_full_day(printed));
        }
        why
    }
}

/// The days of a term that don't count as their weekdays would.
fn days_that_differ(start: Date, due: &Due, calendar: &WorkCalendar) -> String {
    let counted = |date: &Date| start < *date && *date <= due.date;
    let days: Vec<Date> = start.series(Span::new().days(1)).take_while(|date| *date <= due.date).collect();
    let worked: Vec<String> = days
        .iter()
        .filter(|date| counted(date) && calendar.made_up(**date))
        .map(|date| says_day(*date))
        .collect();
    let off =
        stretches(days.iter().copied().filter(|date| counted(date) && calendar.holiday(*date)), calendar);
    let mut parts = Vec::new();
    if !worked.is_empty() {
        parts.push(format!("{}补班，算", worked.join("、")));
    }
    if !off.is_empty() {
        parts.push(format!("{}放假，不算", off.join("、")));
    }
    if parts.is_empty() { String::new() } else { parts.join("；") + "。" }
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
    stretches.into_iter().map(says_stretch).collect()
}

/// 5月11日至13日
fn says_stretch((first, last): (Date, Date)) -> String {
    match (first == last, first.month() == last.month()) {
        (true, _) => day_of_month(first),
        (false, true) => format!("{}至{}日", day_of_month(first), last.day()),
        (false, false) => format!("{}至{}", day_of_month(first), day_of_month(last)),
    }
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
    use proptest::prelude::*;

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
            Counted::working(15).explain(start, "受理", &due, &calendar),
            "9月15日受理，数 15 个工作日。9月20日（周日）、10月10日（周六）补班，算；9月25日、10月1日至7日放假，不算。"
        );
    }

    #[test]
    fn pauses_and_extensions_are_told() {
        let calendar = published();
        let start = date(2026, 5, 6);
        let pauses = vec![(date(2026, 5, 11), date(2026, 5, 13))];
        let counted = Counted { extension: 5, pauses, ..Counted::working(10) };
        let due = counted.due(start, &calendar);
        assert_eq!(due.date, date(2026, 5, 28));
        assert_eq!(
            counted.explain(start, "受理", &due, &calendar),
            "5月6日受理，数 10 个工作日，批准延长 5 个工作日，扣除5月11日至13日停表。5月9日（周六）补班，算。"
        );
        let natural = Counted::of(7, "自然日");
        let due = natural.due(date(2026, 1, 11), &calendar);
        assert_eq!(
            natural.explain(date(2026, 1, 11), "公示", &due, &calendar),
            "1月11日公示，数 7 个自然日。最后一天遇休息日，顺延到下一个工作日。"
        );
        let months = Counted::of(1, "月").due(date(2026, 1, 31), &calendar);
        assert_eq!(months.date, date(2026, 2, 28), "a make-up Saturday, and no such day as the 31st");
    }

    proptest! {
        #[test]
        fn no_term_ends_on_a_day_off_and_no_pause_shortens_one(
            start in 0..1300i64, days in 0..40u16, unit in 0..3usize, extension in 0..11u16,
            pauses in proptest::collection::vec((0..60i64, 0..20i64), 0..3), printed in 0..80i64,
        ) {
            let calendar = published();
            let start = date(2024, 1, 1).saturating_add(Span::new().days(start));
            let plain = Counted::of(days, ["工作日", "自然日", "月"][unit]);
            let mut from = start;
            let pauses = pauses.into_iter().map(|(after, long)| {
                let pause = from.saturating_add(Span::new().days(after));
                from = pause.saturating_add(Span::new().days(long));
                (pause, from)
            }).collect();
            let counted = Counted { extension, pauses, ..plain.clone() };
            let (end, plain_end) = (counted.due(start, &calendar), plain.due(start, &calendar));
            prop_assert!(end.date >= plain_end.date);
            let told = start.saturating_add(Span::new().days(printed));
            let kept = Counted { printed: Some(told), ..counted.clone() }.due(start, &calendar);
            prop_assert!(kept.date <= end.date, "a printed day makes no term longer");
            let alone = Counted { printed: Some(told), ..plain.clone() }.due(start, &calendar);
            let rolled = due_natural(told, 0, &calendar).date;
            prop_assert_eq!(alone.date, if rolled > start { rolled.min(plain_end.date) } else { plain_end.date });
            for due in [end, plain_end, kept, alone] {
                prop_assert!(calendar.day(due.date).working || due.date == start, "{}", due.date);
            }
            prop_assert!(counted.explain(start, "受理", &end, &calendar).ends_with('。'));
        }
    }

    #[test]
    fn natural_days_roll_over_days_off() {
        let calendar = published();
        assert_eq!(due_natural(date(2026, 9, 24), 7, &calendar).date, date(2026, 10, 8));
        assert_eq!(due_natural(date(2026, 11, 22), 7, &calendar).date, date(2026, 11, 30));
    }
}
