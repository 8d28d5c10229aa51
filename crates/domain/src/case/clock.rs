//! The clocks of a case, as the state table starts and stops them (DOMAIN §4.3). How long each runs is told by
//! [`super::deadlines`].

use super::{State, event::Said};
use crate::EventId;
use jiff::civil::Date;
use std::{collections::BTreeMap, str::FromStr};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClockName {
    /// The village's: to hand a registered case over.
    Village,
    /// To accept, refuse or give the one-time notice (行政许可法 §32).
    Notice,
    /// The applicant's: to bring what the notice asks for.
    Supplement,
    /// What is still owed after a tolerant acceptance.
    Tolerance,
    Promise,
    Statutory,
    /// A step of the review.
    Stage,
    /// Papers of an urgent relief, after the money.
    MakeUp,
    /// The organ above, after a case was forwarded.
    Upper,
    /// An organ that was asked in a joint case; each has its own.
    Joint,
    /// 行政许可法 §44.
    Delivery,
    /// To stop a benefit whose end was reported.
    Stop,
}

impl ClockName {
    pub const ALL: [Self; 12] = [
        Self::Village,
        Self::Notice,
        Self::Supplement,
        Self::Tolerance,
        Self::Promise,
        Self::Statutory,
        Self::Stage,
        Self::MakeUp,
        Self::Upper,
        Self::Joint,
        Self::Delivery,
        Self::Stop,
    ];

    /// The identifier, as in `state_machine.json`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Village => "village",
            Self::Notice => "notice",
            Self::Supplement => "supplement",
            Self::Tolerance => "tolerance",
            Self::Promise => "promise",
            Self::Statutory => "statutory",
            Self::Stage => "stage",
            Self::MakeUp => "makeUp",
            Self::Upper => "upper",
            Self::Joint => "joint",
            Self::Delivery => "delivery",
            Self::Stop => "stop",
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
            Self::Tolerance => "容缺补齐",
            Self::Promise => "承诺办结",
            Self::Statutory => "法定办结",
            Self::Stage => "环节办理",
            Self::MakeUp => "急难补手续",
            Self::Upper => "上级办理",
            Self::Joint => "会签意见",
            Self::Delivery => "送达",
            Self::Stop => "停发待遇",
        }
    }

    /// What started it, after the day: 9月21日登记.
    pub fn begins(self) -> &'static str {
        match self {
            Self::Village => "登记",
            Self::Notice => "收件",
            Self::Supplement => "告知",
            Self::Tolerance => "容缺受理",
            Self::Promise | Self::Statutory => "受理",
            Self::Stage => "开始审查",
            Self::MakeUp => "先行救助",
            Self::Upper => "转报",
            Self::Joint => "分送",
            Self::Delivery => "办结",
            Self::Stop => "报告应停发",
        }
    }

    /// What has to be done by its end, after 要.
    pub fn demands(self) -> &'static str {
        match self {
            Self::Village => "移交到镇上",
            Self::Notice => "受理，或一次性告知",
            Self::Supplement => "补齐材料",
            Self::Tolerance => "补齐容缺的材料",
            Self::Promise | Self::Statutory => "办结",
            Self::Stage => "办完这个环节",
            Self::MakeUp => "补齐手续",
            Self::Upper => "等到上级的结果",
            Self::Joint => "回复意见",
            Self::Delivery => "送达",
            Self::Stop => "停发，或说明为什么继续发",
        }
    }
}

/// A clock that has started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    pub start: Date,
    /// The act that started it.
    pub by: EventId,
    pub stopped: Option<Date>,
    /// From when to when it stood still, the last perhaps until now.
    pub pauses: Vec<(Date, Option<Date>)>,
    /// Working days that were approved on top.
    pub extension: u16,
    /// The term in working days, where the act that started it set one.
    pub term: Option<u16>,
}

impl Clock {
    fn starting(start: Date, by: EventId, term: Option<u16>) -> Self {
        Self { start, by, stopped: None, pauses: Vec::new(), extension: 0, term }
    }

    pub fn paused(&self) -> bool {
        self.pauses.last().is_some_and(|(_, resumed)| resumed.is_none())
    }

    pub fn running(&self) -> bool {
        self.stopped.is_none() && !self.paused()
    }

    /// Whole pauses alone.
    pub fn ended_pauses(&self) -> Vec<(Date, Date)> {
        self.pauses.iter().filter_map(|(pause, resume)| Some((*pause, (*resume)?))).collect()
    }
}

/// What a row of the state table does to a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// `None`: to all that run.
    pub clock: Option<ClockName>,
    pub does: Does,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    Start,
    Stop,
    /// As if it had never started.
    Cancel,
    Pause,
    Resume,
    Extend,
}

/// A text of the table that names no effect.
#[derive(Debug, thiserror::Error)]
#[error("no clock effect: {0:?}")]
pub struct UnknownEffect(String);

impl FromStr for Effect {
    type Err = UnknownEffect;

    /// `notice:start`, `all:stop` …
    fn from_str(text: &str) -> Result<Self, UnknownEffect> {
        let unknown = || UnknownEffect(text.to_owned());
        let (clock, does) = text.split_once(':').ok_or_else(unknown)?;
        let clock = match clock {
            "all" => None,
            name => Some(ClockName::parse(name).ok_or_else(unknown)?),
        };
        let does = match does {
            "start" | "restart" => Does::Start,
            "stop" => Does::Stop,
            "cancel" => Does::Cancel,
            "pause" => Does::Pause,
            "resume" => Does::Resume,
            "extend" => Does::Extend,
            _ => return Err(unknown()),
        };
        Ok(Self { clock, does })
    }
}

/// The clocks that have started, each as it was started last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clocks(BTreeMap<ClockName, Clock>);

impl Clocks {
    pub fn get(&self, clock: ClockName) -> Option<&Clock> {
        self.0.get(&clock)
    }

    pub fn iter(&self) -> impl Iterator<Item = (ClockName, &Clock)> {
        self.0.iter().map(|(name, clock)| (*name, clock))
    }

    pub(super) fn take(&mut self, effect: Effect, by: EventId, on: Date, said: &Said) {
        let Some(name) = effect.clock else {
            self.0.values_mut().filter(|clock| clock.stopped.is_none()).for_each(|clock| stop(clock, on));
            return;
        };
        if effect.does == Does::Start {
            self.0.insert(name, Clock::starting(on, by, said.limit_days));
            return;
        }
        if effect.does == Does::Cancel {
            self.0.remove(&name);
            return;
        }
        let Some(clock) = self.0.get_mut(&name) else { return };
        match effect.does {
            Does::Stop if clock.stopped.is_none() => stop(clock, on),
            Does::Pause if clock.running() => clock.pauses.push((on, None)),
            Does::Resume => resume(clock, on),
            Does::Extend => clock.extension = clock.extension.saturating_add(said.days.unwrap_or(0)),
            _ => {}
        }
    }
}

/// What an act does to clocks beside what its row of the table says.
pub(super) fn beside(event: &str, to: Option<State>) -> impl Iterator<Item = Effect> {
    use ClockName::{MakeUp, Stage, Stop, Tolerance};
    let by_state: &[(ClockName, Does)] = match to {
        // A decision ends the wait for what was owed; with its papers complete the file is closed.
        Some(State::Closed) => &[(Tolerance, Does::Stop)],
        Some(State::Archived) => &[(MakeUp, Does::Stop)],
        // A step of the review ends with its proposal, and begins anew if it comes back. What is decided anew is another
        // benefit.
        Some(State::PendingDecision | State::Forwarded) => &[(Stage, Does::Stop)],
        Some(State::Approved | State::Rejected) => &[(Stage, Does::Stop), (Stop, Does::Stop)],
        Some(State::InReview) => &[(Stage, Does::Start), (Stop, Does::Stop)],
        _ => &[],
    };
    let by_event: &[(ClockName, Does)] = match event {
        // A special procedure is no step of the review either.
        "pause" => &[(Stage, Does::Pause)],
        "resume" => &[(Stage, Does::Resume)],
        "reportEnd" => &[(Stop, Does::Start)],
        "stopBenefit" | "keepBenefit" => &[(Stop, Does::Stop)],
        _ => &[],
    };
    by_state.iter().chain(by_event).map(|(clock, does)| Effect { clock: Some(*clock), does: *does })
}

fn stop(clock: &mut Clock, on: Date) {
    resume(clock, on);
    clock.stopped = Some(on);
}

/// Goes on after a pause, or after it had stopped (a case that came back from above, or was reopened): the days between
/// don't count.
fn resume(clock: &mut Clock, on: Date) {
    if let Some(stopped) = clock.stopped.take() {
        clock.pauses.push((stopped, Some(on.max(stopped))));
    } else if let Some((pause, end @ None)) = clock.pauses.last_mut() {
        *end = Some(on.max(*pause));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_clock_that_goes_on_leaves_out_the_days_between() {
        let mut clocks = Clocks::default();
        let mut take = |effect: &str, day: i8, said: &Said| {
            clocks.take(effect.parse().unwrap(), EventId([1; 8]), date(2026, 5, day), said);
            clocks.get(ClockName::Promise).cloned()
        };
        let none = Said::default();
        take("promise:start", 6, &none);
        let paused = take("promise:pause", 11, &none).unwrap();
        assert!(paused.paused() && !paused.running());
        let again = take("promise:pause", 12, &none).unwrap();
        assert_eq!(again.pauses, [(date(2026, 5, 11), None)], "it stands already");
        take("promise:resume", 13, &none);
        take("promise:extend", 14, &Said { days: Some(5), ..Said::default() });
        take("promise:stop", 15, &none);
        let gone_on = take("promise:resume", 20, &none).unwrap();
        assert!(gone_on.running());
        let days = |from, to| (date(2026, 5, from), date(2026, 5, to));
        assert_eq!((gone_on.ended_pauses(), gone_on.extension), (vec![days(11, 13), days(15, 20)], 5));
        take("all:stop", 21, &none);
        assert_eq!(take("promise:cancel", 22, &none), None);
    }

    #[test]
    fn what_the_table_does_to_clocks_is_known() {
        assert!("all:stop".parse::<Effect>().is_ok());
        for odd in ["notice", "notice:explode", "sun:start", ""] {
            assert!(odd.parse::<Effect>().is_err(), "{odd}");
        }
    }
}
