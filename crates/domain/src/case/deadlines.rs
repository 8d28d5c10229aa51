//! The clocks of a case, as of what has happened; lights as of a day (DOMAIN §4.3, §4.4). Nothing here is ever written.

use super::{Folded, State};
use crate::{
    calendar::WorkCalendar,
    deadline::{Due, due, due_natural, explain, says_full_day, working_days_between},
    item::{Item, Limit},
};
use jiff::{Span, civil::Date};

/// Numbers in which counties differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// To accept or give notice, in working days (行政许可法 §32).
    pub notice_days: u16,
    /// To hand a registered case over to the township, in working days.
    pub village_days: u16,
    /// To bring what a notice asks for, in working days.
    pub supplement_days: u16,
    /// To deliver a licence (行政许可法 §44), in working days.
    pub licence_delivery_days: u16,
    /// To deliver any other result, in working days.
    pub delivery_days: u16,
    /// Whether silence counts as acceptance for all items, or for licences alone.
    pub deemed_acceptance_for_all: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            notice_days: 5,
            village_days: 3,
            supplement_days: 10,
            licence_delivery_days: 10,
            delivery_days: 3,
            deemed_acceptance_for_all: true,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClockName {
    Village,
    Notice,
    Supplement,
    Promise,
    Statutory,
    Delivery,
}

impl ClockName {
    pub const ALL: [Self; 6] =
        [Self::Village, Self::Notice, Self::Supplement, Self::Promise, Self::Statutory, Self::Delivery];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Village => "village",
            Self::Notice => "notice",
            Self::Supplement => "supplement",
            Self::Promise => "promise",
            Self::Statutory => "statutory",
            Self::Delivery => "delivery",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|clock| clock.as_str() == text)
    }

    pub fn zh(self) -> &'static str {
        match self {
            Self::Village => "村里移交",
            Self::Notice => "受理或告知",
            Self::Supplement => "补正",
            Self::Promise => "承诺办结",
            Self::Statutory => "法定办结",
            Self::Delivery => "送达",
        }
    }

    /// What started it, after the day: 9月21日登记.
    pub fn begins(self) -> &'static str {
        match self {
            Self::Village => "登记",
            Self::Notice => "收件",
            Self::Supplement => "告知",
            Self::Promise | Self::Statutory => "受理",
            Self::Delivery => "办结",
        }
    }

    /// What has to be done by its end, after 要.
    pub fn demands(self) -> &'static str {
        match self {
            Self::Village => "移交到镇上",
            Self::Notice => "受理，或一次性告知",
            Self::Supplement => "补齐材料",
            Self::Promise | Self::Statutory => "办结",
            Self::Delivery => "送达",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    pub clock: ClockName,
    pub start: Date,
    pub due: Due,
    pub running: bool,
    /// How it was counted.
    pub why: String,
}

/// When the promise of a case accepted on a day would end; `None` where nothing is promised or all is done at once.
pub fn promise_due(accepted: Date, item: &Item, calendar: &WorkCalendar) -> Option<Due> {
    limit_due(accepted, &item.promise_limit, &[], calendar).filter(|due| due.date > accepted)
}

/// When the township must have accepted or given notice.
pub fn notice_due(received: Date, calendar: &WorkCalendar, settings: &Settings) -> Due {
    due(received, settings.notice_days, &[], calendar)
}

/// When the village must have handed over.
pub fn village_due(registered: Date, calendar: &WorkCalendar, settings: &Settings) -> Due {
    due(registered, settings.village_days, &[], calendar)
}

/// All clocks that have started, the running and the ended.
pub fn deadlines(
    folded: &Folded,
    item: &Item,
    calendar: &WorkCalendar,
    settings: &Settings,
) -> Vec<Deadline> {
    let state = folded.state;
    let clock = |clock: ClockName, start: Date, days: u16, running: bool| {
        let due = due(start, days, &[], calendar);
        Deadline {
            clock,
            start,
            due,
            running,
            why: explain(start, clock.begins(), days, &[], &due, calendar),
        }
    };
    let mut clocks = Vec::new();
    if let (Some(registered), true) =
        (folded.registered_on, matches!(state, State::Registered | State::InTransit))
    {
        clocks.push(clock(ClockName::Village, registered, settings.village_days, true));
    }
    if let Some(received) = folded.received_on {
        let answered = folded.accepted_on.is_some() || state.settled();
        if state == State::Received || answered {
            let running = state == State::Received;
            clocks.push(clock(ClockName::Notice, received, settings.notice_days, running));
        }
    }
    if let (Some(noticed), State::AwaitSupplement) = (folded.noticed_on, state) {
        clocks.push(clock(ClockName::Supplement, noticed, settings.supplement_days, true));
    }
    if let Some(accepted) = folded.accepted_on {
        let running = matches!(
            state,
            State::Accepted | State::InReview | State::PendingDecision | State::Approved | State::Rejected
        );
        for (name, limit) in
            [(ClockName::Promise, &item.promise_limit), (ClockName::Statutory, &item.statutory_limit)]
        {
            clocks.extend(limit_deadline(name, accepted, limit, folded, running, calendar));
        }
    }
    if let Some(closed) = folded.closed_on {
        let days =
            if item.type_code == "01" { settings.licence_delivery_days } else { settings.delivery_days };
        clocks.push(clock(ClockName::Delivery, closed, days, state == State::Closed));
    }
    clocks
}

fn limit_deadline(
    clock: ClockName,
    accepted: Date,
    limit: &Limit,
    folded: &Folded,
    running: bool,
    calendar: &WorkCalendar,
) -> Option<Deadline> {
    let ended: Vec<(Date, Date)> =
        folded.pauses.iter().filter_map(|(pause, resume)| Some((*pause, (*resume)?))).collect();
    let stopped = folded.pauses.iter().any(|(_, resume)| resume.is_none());
    let due = limit_due(accepted, limit, &ended, calendar)?;
    let why = match limit.unit.as_str() {
        "工作日" => explain(accepted, clock.begins(), limit.days?, &ended, &due, calendar),
        unit => format!("{}受理，数 {} {unit}。", says_full_day(accepted), limit.days?),
    };
    Some(Deadline { clock, start: accepted, due, running: running && !stopped, why })
}

fn limit_due(start: Date, limit: &Limit, pauses: &[(Date, Date)], calendar: &WorkCalendar) -> Option<Due> {
    let days = limit.days?;
    Some(match limit.unit.as_str() {
        "工作日" => due(start, days, pauses, calendar),
        "月" | "个月" => {
            let end = start.saturating_add(Span::new().months(i64::from(days)));
            due_natural(end, 0, calendar)
        }
        _ => due_natural(start, days, calendar),
    })
}

/// Silence beyond the five days counts as acceptance from the day of receipt (行政许可法 §32; for other items a service
/// rule by setting). Computed as of a day.
pub fn deemed_accepted(
    folded: &Folded,
    item: &Item,
    calendar: &WorkCalendar,
    settings: &Settings,
    as_of: Date,
) -> bool {
    let in_scope = settings.deemed_acceptance_for_all || item.type_code == "01";
    let silent = folded.state == State::Received;
    let received = folded.received_on.filter(|_| in_scope && silent);
    received.is_some_and(|received| notice_due(received, calendar, settings).date < as_of)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    let due = deadline.due.date;
    if !deadline.running {
        return (Light::Stopped, format!("已停，原定 {}", says_full_day(due)));
    }
    if as_of > due {
        let late = working_days_between(due, as_of, calendar);
        return (Light::Red, format!("超期 {late} 个工作日"));
    }
    let left = working_days_between(as_of, due, calendar);
    let whole = working_days_between(deadline.start, due, calendar).max(1);
    let light = match left {
        0 | 1 => Light::Amber,
        _ if left * 5 <= whole => Light::Amber,
        _ if left * 3 <= whole => Light::Blue,
        _ => Light::Green,
    };
    let says = match left {
        _ if deadline.due.provisional => format!("暂定 {}", says_full_day(due)),
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
            start,
            due: due(start, 15, &[], &calendar),
            running: true,
            why: String::new(),
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
            start,
            due: due(start, 15, &[], &calendar),
            running: true,
            why: String::new(),
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
            let deadline =
                Deadline { clock: ClockName::Promise, start, due, running: true, why: String::new() };
            let (colour, _) = light(&deadline, date(2026, 3, 5), &calendar);
            assert_eq!(colour == Light::Red, start.year() < 2026, "{start}");
        }
    }

    #[test]
    fn five_days_of_silence_are_an_acceptance_from_the_sixth() {
        let (calendar, settings, item) = (published(), Settings::default(), catalogue_item("I002"));
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
