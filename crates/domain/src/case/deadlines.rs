//! The clocks of a case, as of what has happened; lights as of a day (DOMAIN §4.3, §4.4). Nothing here is ever written.

use super::{ClockName, CountySettings, Folded, Settings, State, clock::Clock, joint::Asked};
use crate::{
    Instant,
    calendar::WorkCalendar,
    deadline::{Counted, Due, Unit, due, says_full_day, working_days_between},
    item::{Item, Limit, PublicNotice},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    pub clock: ClockName,
    /// Whose opinion is waited for, where there may be several clocks of the name.
    pub organ: Option<String>,
    pub start: Date,
    pub due: Due,
    pub running: bool,
    /// Its length in working days, where it is counted in these.
    pub term: Option<u16>,
    /// How it was counted.
    pub why: String,
    /// What the last paper told of it, where that isn't so any more: the people concerned have to hear of it.
    pub told: Option<Date>,
}

/// When the promise of a case accepted on a day would end; `None` where nothing is promised or all is done at once.
pub fn promise_due(accepted: Date, item: &Item, calendar: &WorkCalendar) -> Option<Due> {
    let counted = limit(&item.promise_limit)?;
    Some(counted.due(accepted, calendar)).filter(|due| due.date > accepted)
}

/// When the township must have accepted or given notice.
pub fn notice_due(received: Date, calendar: &WorkCalendar, settings: &CountySettings) -> Due {
    due(received, settings.on(received).notice_days, &[], calendar)
}

/// Working days of silence after which an application counts as accepted (行政许可法 §32). A county may promise an answer
/// sooner; silence is no sooner an answer for that.
pub const SILENCE: u16 = 5;

/// When the village must have handed over.
pub fn village_due(registered: Date, calendar: &WorkCalendar, settings: &CountySettings) -> Due {
    due(registered, settings.on(registered).village_days, &[], calendar)
}

/// When an organ must have answered.
pub fn opinion_due(asked: &Asked, calendar: &WorkCalendar, settings: &CountySettings) -> Due {
    opinion(asked, settings).due(asked.on, calendar)
}

fn opinion(asked: &Asked, settings: &CountySettings) -> Counted {
    Counted::working(asked.term.unwrap_or(settings.on(asked.on).opinion_days))
}

/// The last day of a public notice.
pub fn public_notice_end(start: Date, notice: &PublicNotice, calendar: &WorkCalendar) -> Due {
    Counted::of(notice.days, &notice.unit).due(start, calendar)
}

/// All clocks that have started, the running and the ended.
pub fn deadlines(
    folded: &Folded,
    item: &Item,
    calendar: &WorkCalendar,
    settings: &CountySettings,
) -> Vec<Deadline> {
    let mut deadlines = Vec::new();
    for (name, clock) in folded.clocks.iter() {
        let Some(counted) = counted(name, clock, item, &settings.on(clock.start)) else { continue };
        let counted = Counted { printed: folded.printed.firm(name, clock.by), ..counted };
        let start = match name {
            ClockName::Promise | ClockName::Statutory => {
                accepted_by_silence(folded, item, calendar, settings).unwrap_or(clock.start)
            }
            _ => clock.start,
        };
        let told = folded.printed.last(name, clock.by).map(|printed| printed.date);
        // Pauses and extensions are told by papers of their own.
        let plain = Counted { extension: 0, pauses: Vec::new(), ..counted.clone() }.due(start, calendar);
        let deadline = deadline(name, None, &counted, start, clock.running(), calendar);
        deadlines.push(Deadline { told: told.filter(|told| *told != plain.date), ..deadline });
    }
    for asked in &folded.joint.asked {
        let counted = opinion(asked, settings);
        let running = asked.answer.is_none() && folded.state == State::InReview;
        let organ = Some(asked.organ.clone());
        deadlines.push(deadline(ClockName::Joint, organ, &counted, asked.on, running, calendar));
    }
    deadlines
}

/// The same as of a day: where silence has become acceptance by then, the clocks of an acceptance run and that of the
/// answer is over (DOMAIN T10).
pub fn deadlines_as_of(
    folded: &Folded,
    item: &Item,
    calendar: &WorkCalendar,
    settings: &CountySettings,
    day: Date,
) -> Vec<Deadline> {
    let mut deadlines = deadlines(folded, item, calendar, settings);
    let silent = folded.accepted_on.is_none() && deemed_accepted(folded, item, calendar, settings, day);
    let Some(received) = folded.received_on.filter(|_| silent) else { return deadlines };
    deadlines
        .iter_mut()
        .filter(|deadline| deadline.clock == ClockName::Notice)
        .for_each(|deadline| deadline.running = false);
    for (name, of) in
        [(ClockName::Promise, &item.promise_limit), (ClockName::Statutory, &item.statutory_limit)]
    {
        deadlines.extend(limit(of).map(|counted| deadline(name, None, &counted, received, true, calendar)));
    }
    deadlines
}

fn deadline(
    clock: ClockName,
    organ: Option<String>,
    counted: &Counted,
    start: Date,
    running: bool,
    calendar: &WorkCalendar,
) -> Deadline {
    let due = counted.due(start, calendar);
    let why = counted.explain(start, clock.begins(), &due, calendar);
    let term = (counted.unit == Unit::Working).then(|| counted.days.saturating_add(counted.extension));
    Deadline { clock, organ, start, due, running, term, why, told: None }
}

/// The term of a clock; `None` where it has none: it shows only that something is going on.
fn counted(name: ClockName, clock: &Clock, item: &Item, settings: &Settings) -> Option<Counted> {
    let said = |otherwise: u16| Counted::working(clock.term.unwrap_or(otherwise));
    let counted = match name {
        ClockName::Village => Counted::working(settings.village_days),
        ClockName::Notice => Counted::working(settings.notice_days),
        ClockName::Supplement => said(settings.supplement_days),
        ClockName::Tolerance => {
            let promised = item.promise_limit.days.filter(|_| item.promise_limit.unit == "工作日");
            let counted = said(settings.tolerance_days);
            Counted { days: counted.days.min(promised.unwrap_or(u16::MAX)).max(1), ..counted }
        }
        ClockName::Promise => limit(&item.promise_limit)?,
        ClockName::Statutory => limit(&item.statutory_limit)?,
        ClockName::MakeUp => {
            let papers = item.emergency_route.as_ref().map(|route| route.make_up_workdays);
            said(papers.filter(|days| *days > 0).unwrap_or(settings.make_up_days))
        }
        ClockName::Upper => said(settings.upper_days),
        ClockName::Delivery if item.licence() => Counted::working(settings.licence_delivery_days),
        ClockName::Delivery => Counted::working(settings.delivery_days),
        ClockName::Stage if settings.stage_days == 0 => return None,
        ClockName::Stage => Counted::working(settings.stage_days),
        ClockName::Stop => Counted::working(settings.stop_days),
        // Each organ's own.
        ClockName::Joint => return None,
    };
    Some(Counted { extension: clock.extension, pauses: clock.ended_pauses(), ..counted })
}

fn limit(limit: &Limit) -> Option<Counted> {
    Some(Counted::of(limit.days?, &limit.unit))
}

/// From when an acceptance counts that came after the days of silence had run out: from the receipt (行政许可法 §32).
fn accepted_by_silence(
    folded: &Folded,
    item: &Item,
    calendar: &WorkCalendar,
    settings: &CountySettings,
) -> Option<Date> {
    let notice = folded.clocks.get(ClockName::Notice)?;
    let answered = notice.stopped?;
    folded
        .accepted_on
        .filter(|_| silent_until(notice.start, answered, item, calendar, settings))
        .map(|_| notice.start)
}

/// The day from which a case that somebody has accepted counts as accepted.
pub fn accepted_from(
    folded: &Folded,
    item: &Item,
    calendar: &WorkCalendar,
    settings: &CountySettings,
) -> Option<Date> {
    accepted_by_silence(folded, item, calendar, settings).or(folded.accepted_on)
}

/// Whether silence from a receipt to a day has become acceptance.
fn silent_until(
    received: Date,
    day: Date,
    item: &Item,
    calendar: &WorkCalendar,
    settings: &CountySettings,
) -> bool {
    let counts = settings.on(received).deemed_acceptance_for_all == 1 || item.licence();
    counts && silence_ends(received, calendar) < day
}

/// The last day on which an answer is no silence.
pub fn silence_ends(received: Date, calendar: &WorkCalendar) -> Date {
    due(received, SILENCE, &[], calendar).date
}

/// Silence beyond the five days counts as acceptance from the day of receipt (行政许可法 §32; for other items a service
/// rule by setting). Computed as of a day.
pub fn deemed_accepted(
    folded: &Folded,
    item: &Item,
    calendar: &WorkCalendar,
    settings: &CountySettings,
    as_of: Date,
) -> bool {
    if folded.accepted_on.is_some() {
        return accepted_by_silence(folded, item, calendar, settings).is_some();
    }
    let received = folded.received_on.filter(|_| folded.state == State::Received);
    received.is_some_and(|received| silent_until(received, as_of, item, calendar, settings))
}

/// By when an urgent case has to be decided, where its item has a way for such (急难先行, DOMAIN T31): hours run on the clock,
/// over nights and days off.
pub fn urgent_by(folded: &Folded, item: &Item) -> Option<Instant> {
    let hours = item.emergency_route.as_ref().map(|route| route.decision_hours).filter(|hours| *hours > 0)?;
    let received = folded.received_at?;
    Some(Instant(received.0.saturating_add(i64::from(hours) * 3_600_000)))
}

/// A traffic light of a running clock (DOMAIN §4.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Light {
    Green,
    /// The last third has begun.
    Blue,
    /// The last working day but one, or a fifth is left.
    Amber,
    /// Overdue.
    Red,
    /// The clock stands still, or has ended.
    Stopped,
}

/// The light of a clock on a day, and its words.
pub fn light(deadline: &Deadline, as_of: Date, calendar: &WorkCalendar) -> (Light, String) {
    let Deadline { start, due, running, term, .. } = deadline;
    light_of((*start, *term), *due, *running, as_of, calendar)
}

/// The light of any term on a day, and its words. Its length in working days is told by itself, or by its two ends.
pub fn light_of(
    (start, term): (Date, Option<u16>),
    end: Due,
    running: bool,
    as_of: Date,
    calendar: &WorkCalendar,
) -> (Light, String) {
    let due = end.date;
    if !running {
        return (Light::Stopped, format!("已停，原定 {}", says_full_day(due)));
    }
    if as_of > due {
        return match working_days_between(due, as_of, calendar) {
            0 => (Light::Red, "已超期".to_owned()),
            late => (Light::Red, format!("超期 {late} 个工作日")),
        };
    }
    let left = working_days_between(as_of, due, calendar);
    let whole = match term {
        Some(days) => u32::from(days),
        None => working_days_between(start, due, calendar),
    };
    let whole = whole.max(1);
    let light = match left {
        0 | 1 => Light::Amber,
        _ if left * 5 <= whole => Light::Amber,
        _ if left * 3 <= whole => Light::Blue,
        _ => Light::Green,
    };
    let says = match left {
        _ if end.provisional => format!("暂定 {}", says_full_day(due)),
        0 => "今天到期".to_owned(),
        1 if as_of.tomorrow().is_ok_and(|tomorrow| tomorrow == due) => "明天到期".to_owned(),
        left => format!("剩 {left} 个工作日"),
    };
    (light, says)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        calendar::tests::published,
        case::{fold, transition::Setting},
        item::tests::catalogue_item,
    };
    use jiff::civil::date;

    /// One device's clock in the year 2099 must not stop anyone's list.
    #[test]
    fn a_clock_far_off_gives_a_light_all_the_same() {
        let calendar = published();
        let start = date(2099, 9, 15);
        let deadline = Deadline {
            clock: ClockName::Promise,
            organ: None,
            start,
            due: due(start, 15, &[], &calendar),
            running: true,
            term: Some(15),
            why: String::new(),
            told: None,
        };
        let left = light(&deadline, date(2019, 1, 1), &calendar);
        assert_eq!(left.0, Light::Green);
        assert_eq!(light(&deadline, date(9999, 12, 30), &calendar).0, Light::Red);
    }

    #[test]
    fn lights_follow_the_days_that_are_left() {
        let calendar = published();
        let start = date(2026, 9, 15);
        let deadline = Deadline {
            clock: ClockName::Promise,
            organ: None,
            start,
            due: due(start, 15, &[], &calendar),
            running: true,
            term: Some(15),
            why: String::new(),
            told: None,
        };
        let table = [
            (date(2026, 9, 15), Light::Green, "剩 15 个工作日"),
            (date(2026, 9, 29), Light::Blue, "剩 5 个工作日"),
            (date(2026, 9, 30), Light::Blue, "剩 4 个工作日"),
            (date(2026, 10, 9), Light::Amber, "剩 2 个工作日"),
            (date(2026, 10, 10), Light::Amber, "剩 1 个工作日"),
            (date(2026, 10, 11), Light::Amber, "明天到期"),
            (date(2026, 10, 12), Light::Amber, "今天到期"),
            (date(2026, 10, 14), Light::Red, "超期 2 个工作日"),
        ];
        for (day, colour, says) in table {
            assert_eq!(light(&deadline, day, &calendar), (colour, says.to_owned()), "{day}");
        }
    }

    #[test]
    fn a_term_that_a_wrong_clock_began_is_lit_like_any_other() {
        let calendar = published();
        for start in [date(2099, 3, 5), date(1980, 1, 1), date(9999, 12, 30)] {
            let due = due(start, 15, &[], &calendar);
            let deadline = Deadline {
                clock: ClockName::Promise,
                organ: None,
                start,
                due,
                running: true,
                term: None,
                why: String::new(),
                told: None,
            };
            let (colour, _) = light(&deadline, date(2026, 3, 5), &calendar);
            assert_eq!(colour == Light::Red, start.year() < 2026, "{start}");
        }
    }

    #[test]
    fn five_days_of_silence_are_an_acceptance_from_the_sixth() {
        let (calendar, settings, item) = (published(), CountySettings::default(), catalogue_item("I002"));
        let setting = Setting { item, window: true, unit: "621099100000".parse().unwrap() };
        let mut folded = fold(&[], &setting);
        folded.state = State::Received;
        folded.received_on = Some(date(2026, 2, 10));
        assert!(!deemed_accepted(&folded, item, &calendar, &settings, date(2026, 2, 24)));
        assert!(deemed_accepted(&folded, item, &calendar, &settings, date(2026, 2, 25)));
        folded.state = State::Accepted;
        assert!(!deemed_accepted(&folded, item, &calendar, &settings, date(2026, 2, 25)));
    }

    #[test]
    fn the_promise_is_counted_from_acceptance() {
        let item = catalogue_item("I002");
        let due = promise_due(date(2026, 9, 28), item, &published()).unwrap();
        assert_eq!(due, Due { date: date(2026, 10, 16), provisional: false });
        assert_eq!(promise_due(date(2026, 9, 28), catalogue_item("I001"), &published()), None);
    }
}
