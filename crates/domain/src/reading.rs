//! What time it is by a clock that may be wrong. A cheap laptop's battery dies and it wakes up in 2019; somebody sets the
//! year one too high. No case may become overdue by that (DESIGN, “Time”; scenario 5 of DOMAIN §11).

use crate::{Hlc, Instant};
use jiff::civil::Date;

/// What is known beside the clock itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// The latest hub-signed time.
    pub heard: Instant,
    /// When something was written here last, to the day.
    pub seen: Instant,
    /// By how many milliseconds the clock was ahead at the last exchange, where that was more than five minutes.
    pub off: Option<i64>,
    /// By how many milliseconds the clock is behind, as a person has said since.
    pub stated: Option<i64>,
}

/// Why a person has to say what day it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The clock shows a day before this one, which has been here already.
    Behind(Date),
    /// The clock shows a day long after this one, on which something happened here last.
    Ahead(Date),
    /// The clock was wrong on this day. It may have been put right since, or not.
    Unsure(Date),
}

/// Why a day that a person names can't be this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unlikely {
    #[error("县中心已经签收过更晚的日期，今天不可能更早。请看一看手机，重新填今天的日期。")]
    Signed,
    #[error("这个日期比本机知道的晚了好几年。请看一看手机，检查年份有没有填错。")]
    Far,
}

/// Days without any work or exchange after which the clock is asked about.
const LONG: i64 = 60;
/// The same, of a clock that is known to have been wrong.
const SHORT: i64 = 2;
/// Days that no laptop lies idle: a year so far on is a slip of the finger.
const NEVER: i64 = 5 * 366;
const DAY_MS: i64 = 86_400_000;

impl Evidence {
    /// Every exchange sets what was seen to the county's time: were that wrong once, the next one would put it right, while
    /// what was heard never goes back.
    fn known(self) -> Instant {
        if self.seen == Instant::default() { self.heard } else { self.seen }
    }

    /// What the clock may mean, what a person has said first, then the county's word, then the clock as it is; nothing before
    /// what is known.
    fn readings(self, clock: Instant) -> impl Iterator<Item = Instant> {
        let moved = move |by: i64| Instant(clock.0.saturating_add(by));
        let readings = [self.stated.map(moved), self.off.map(|ahead| moved(-ahead)), Some(clock)];
        let since = self.known().0.saturating_sub(Hlc::MAX_DRIFT_MS);
        readings.into_iter().flatten().filter(move |reading| reading.0 >= since)
    }

    fn within(self, reading: Instant, days: i64) -> bool {
        reading.0 <= self.known().0.saturating_add(days * DAY_MS)
    }

    /// The moment that it is, as far as can be told.
    pub fn now(self, clock: Instant) -> Instant {
        let near = self.readings(clock).find(|reading| self.within(*reading, LONG));
        near.or_else(|| self.readings(clock).min()).unwrap_or(self.known())
    }

    /// Whether a person has to say what day it is.
    pub fn doubt(self, clock: Instant) -> Option<Doubt> {
        let known = self.known();
        if known == Instant::default() {
            return None;
        }
        let mut readings = self.readings(clock).peekable();
        if readings.peek().is_none() {
            return (clock.date() < known.date()).then(|| Doubt::Behind(known.date()));
        }
        let now = self.now(clock);
        if !self.within(now, LONG) {
            return Some(Doubt::Ahead(known.date()));
        }
        let agreed = readings.all(|reading| reading.date() == now.date());
        (!agreed && !self.within(now, SHORT)).then(|| Doubt::Unsure(known.date()))
    }

    /// The difference between the clock and a day that a person names; the time of day is the clock's.
    pub fn state(self, clock: Instant, day: Date) -> Result<i64, Unlikely> {
        let known = self.known();
        if known != Instant::default() && day < self.heard.min(known).date() {
            return Err(Unlikely::Signed);
        }
        let days = |since: Instant| since.date().until(day).map_or(i64::MAX, |span| span.get_days().into());
        if days(clock.max(known)) > NEVER { Err(Unlikely::Far) } else { Ok(days(clock) * DAY_MS) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn at(text: &str) -> Instant {
        format!("{text}T09:00:00+08:00").parse().unwrap()
    }

    #[test]
    fn a_clock_is_asked_about_when_it_falls_back_or_leaps() {
        let known = Evidence { heard: at("2026-03-01"), seen: at("2026-03-05"), ..Evidence::default() };
        assert_eq!(known.doubt(at("2026-03-05")), None);
        assert_eq!(known.doubt(at("2026-05-03")), None, "nine weeks in the hills");
        assert_eq!(known.doubt(at("2019-01-01")), Some(Doubt::Behind(date(2026, 3, 5))));
        assert_eq!(known.doubt(at("2027-03-05")), Some(Doubt::Ahead(date(2026, 3, 5))));
        assert_eq!(known.now(at("2019-01-01")), at("2026-03-05"), "until somebody has said it");
        assert_eq!(Evidence::default().doubt(at("2019-01-01")), None, "a new machine knows nothing");
    }

    #[test]
    fn what_a_person_says_goes_on_with_the_clock() {
        let known = Evidence { heard: at("2026-03-01"), seen: at("2026-03-05"), ..Evidence::default() };
        let stated = known.state(at("2019-01-01"), date(2026, 3, 6));
        let told = Evidence { stated: stated.ok(), seen: at("2026-03-06"), ..known };
        assert_eq!(told.now(at("2019-01-04")).date(), date(2026, 3, 9));
        assert_eq!(told.doubt(at("2019-01-04")), None);
        assert_eq!(told.now(at("2026-03-08")).date(), date(2026, 3, 8), "the clock was put right");
        assert_eq!(
            known.state(at("2019-01-01"), date(2026, 2, 27)),
            Err(Unlikely::Signed),
            "the county has signed for a later day"
        );
        assert_eq!(known.state(at("2019-01-01"), date(2062, 3, 6)), Err(Unlikely::Far));
        assert!(known.state(at("2019-01-01"), date(2027, 3, 6)).is_ok(), "a year in a drawer");
    }

    #[test]
    fn what_the_county_says_of_a_clock_counts_until_it_is_put_right() {
        let year = 365 * DAY_MS;
        let ahead =
            Evidence { heard: at("2026-03-05"), seen: at("2026-03-05"), off: Some(year), stated: None };
        assert_eq!(ahead.now(at("2027-03-10")).date(), date(2026, 3, 10));
        assert_eq!(ahead.now(at("2026-03-12")).date(), date(2026, 3, 12));
        let behind = Evidence { off: Some(-7 * year), ..ahead };
        assert_eq!(behind.now(Instant(at("2026-03-10").0 - 7 * year)).date(), date(2026, 3, 10));
        assert_eq!(behind.now(at("2026-03-12")).date(), date(2026, 3, 12));
    }

    /// The hub's clock stood a year ahead for an hour: nobody is left in that year.
    #[test]
    fn a_county_that_was_wrong_once_is_put_right() {
        let stuck = Evidence {
            heard: at("2027-03-05"),
            seen: at("2027-03-05"),
            off: Some(-365 * DAY_MS),
            stated: None,
        };
        assert_eq!(stuck.now(at("2026-03-05")).date(), date(2027, 3, 5));
        let right = Evidence { seen: at("2026-03-05"), off: None, ..stuck };
        assert_eq!(
            (right.now(at("2026-03-06")).date(), right.doubt(at("2026-03-06"))),
            (date(2026, 3, 6), None)
        );
        assert!(
            right.state(at("2019-01-01"), date(2026, 3, 7)).is_ok(),
            "what was signed in that year binds nobody"
        );
        assert_eq!(right.state(at("2019-01-01"), date(2026, 3, 4)), Err(Unlikely::Signed));
    }

    /// Over a long weekend a clock that was three days behind comes to show a day that it might well be.
    #[test]
    fn a_clock_that_was_wrong_is_asked_about_after_a_few_idle_days() {
        let friday = at("2026-03-06");
        let behind = Evidence { heard: friday, seen: friday, off: Some(-3 * DAY_MS), stated: None };
        assert_eq!(behind.now(at("2026-03-04")).date(), date(2026, 3, 7));
        assert_eq!(behind.doubt(at("2026-03-05")), None, "on Sunday it can't be Thursday");
        assert_eq!(behind.now(at("2026-03-06")).date(), date(2026, 3, 9));
        assert_eq!(
            behind.doubt(at("2026-03-06")),
            Some(Doubt::Unsure(date(2026, 3, 6))),
            "Friday, or Monday"
        );
        let stated = behind.state(at("2026-03-06"), date(2026, 3, 9));
        let said = Evidence { stated: stated.ok(), seen: at("2026-03-09"), off: None, ..behind };
        assert_eq!(
            (said.now(at("2026-03-07")).date(), said.doubt(at("2026-03-07"))),
            (date(2026, 3, 10), None)
        );
    }

    proptest! {
        #[test]
        fn it_is_never_before_what_is_known(
            heard in 0..1_000_000i64, seen in 0..1_000_000i64, clock in -1_000_000..2_000_000i64,
            off in proptest::option::of(-1_000_000..1_000_000i64), stated in proptest::option::of(-1_000_000..1_000_000i64),
        ) {
            let evidence = Evidence { heard: Instant(heard), seen: Instant(seen), off, stated };
            let now = evidence.now(Instant(clock));
            let known = if seen == 0 { heard } else { seen };
            prop_assert!(now.0 + Hlc::MAX_DRIFT_MS >= known);
        }
    }
}
