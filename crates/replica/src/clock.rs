//! Whether this device's clock is right, as far as the county or a person can tell, and what day it is.

use crate::{Replica, ReplicaError, counter};
use daiban_domain::{
    Hlc, Instant,
    reading::{Doubt, Evidence, Unlikely},
};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

const SEEN: &str = "seen";
const STATED: &str = "stated";

/// The moment that it is, as far as can be told from here.
pub fn reading(db: &Connection, clock: Instant) -> Result<Instant, ReplicaError> {
    Ok(evidence(db)?.now(clock))
}

/// The day that it is.
pub fn today(db: &Connection, clock: Instant) -> Result<Date, ReplicaError> {
    Ok(reading(db, clock)?.date())
}

/// Why a person has to say what day it is.
pub fn doubt(db: &Connection, clock: Instant) -> Result<Option<Doubt>, ReplicaError> {
    Ok(evidence(db)?.doubt(clock))
}

fn evidence(db: &Connection) -> Result<Evidence, ReplicaError> {
    let (_, heard) = counter::clock(db)?;
    let seen = counter::value(db, SEEN)?.map(Instant).unwrap_or_default();
    Ok(Evidence { heard, seen, off: off(db)?, stated: counter::value(db, STATED)? })
}

/// Keeps the day on which something was written; once a day. While a person has yet to say what day it is, no write answers
/// for them.
pub(crate) fn see(db: &Connection, clock: Instant) -> Result<(), ReplicaError> {
    let evidence = evidence(db)?;
    if evidence.seen.date() == clock.date() || evidence.doubt(clock).is_some() {
        return Ok(());
    }
    let now = evidence.now(clock);
    if now.date() > evidence.seen.date() { counter::set(db, SEEN, now.0) } else { Ok(()) }
}

/// A time that the county signed for somebody else: it is at least as late here.
pub(crate) fn hear(db: &Connection, hub: Instant) -> Result<(), ReplicaError> {
    counter::raise(db, SEEN, hub.0)
}

impl Replica {
    /// What day a person says that it is; it goes on with the clock until the county has been heard.
    pub fn state_day(&mut self, clock: Instant, day: Date) -> Result<Result<(), Unlikely>, ReplicaError> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let behind = match evidence(&tx)?.state(clock, day) {
            Ok(behind) => behind,
            Err(unlikely) => return Ok(Err(unlikely)),
        };
        counter::set(&tx, STATED, behind)?;
        counter::set(&tx, SEEN, clock.0.saturating_add(behind))?;
        tx.execute("DELETE FROM clock_off", [])?;
        tx.commit()?;
        Ok(Ok(()))
    }
}

/// By how many milliseconds this device's clock is ahead of the county's (behind it, if negative), where that is more than
/// five minutes.
pub fn off(db: &Connection) -> Result<Option<i64>, ReplicaError> {
    Ok(db.prepare_cached("SELECT ms FROM clock_off")?.query_row([], |row| row.get(0)).optional()?)
}

/// Compares the hub's time with this device's, between asking and being answered: the hub spoke in between, so a slow
/// line makes no clock wrong. What was seen or said of the day before is answered by it.
pub(crate) fn compare(
    db: &Connection,
    (asked, answered): (Instant, Instant),
    hub: Instant,
) -> Result<(), ReplicaError> {
    let ms = hub.0.clamp(asked.0, answered.0.max(asked.0)) - hub.0;
    db.prepare_cached("DELETE FROM clock_off")?.execute([])?;
    if ms.abs() > Hlc::MAX_DRIFT_MS {
        db.execute("INSERT INTO clock_off (one, ms) VALUES (1, ?)", [ms])?;
    }
    counter::clear(db, STATED)?;
    counter::set(db, SEEN, hub.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empty() -> Connection {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(
            "CREATE TABLE clock_off (one INTEGER PRIMARY KEY, ms INTEGER NOT NULL);
             CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL);",
        )
        .unwrap();
        db
    }

    const DAY_MS: i64 = 86_400_000;

    fn day(n: i64) -> Instant {
        Instant((20_000 + n) * DAY_MS)
    }

    #[test]
    fn no_write_answers_for_the_person_who_is_asked_what_day_it_is() {
        let db = empty();
        compare(&db, (day(0), day(0)), day(0)).unwrap();
        see(&db, day(5)).unwrap();
        assert_eq!(doubt(&db, day(5)).unwrap(), None);
        let leapt = day(800);
        for _ in 0..3 {
            see(&db, leapt).unwrap();
            assert_eq!(doubt(&db, leapt).unwrap(), Some(Doubt::Ahead(day(5).date())), "still asked");
        }
        let fallen = day(-400);
        see(&db, fallen).unwrap();
        assert_eq!(doubt(&db, fallen).unwrap(), Some(Doubt::Behind(day(5).date())));
    }

    #[test]
    fn a_receipt_that_somebody_carried_here_tells_how_late_it_is() {
        let db = empty();
        compare(&db, (day(0), day(0)), day(0)).unwrap();
        hear(&db, day(20)).unwrap();
        assert_eq!(doubt(&db, day(1)).unwrap(), Some(Doubt::Behind(day(20).date())), "the clock stood still");
        hear(&db, day(10)).unwrap();
        assert_eq!(doubt(&db, day(21)).unwrap(), None, "an older one takes nothing back");
        assert_eq!(today(&db, day(21)).unwrap(), day(21).date());
    }

    #[test]
    fn a_slow_line_makes_no_clock_wrong() {
        let db = empty();
        let minute = |n: i64| Instant(n * 60_000);
        for (asked, answered, hub, expected) in [
            (0, 0, 5, None),
            (0, 0, 6, Some(-6)),
            (0, 20, 20, None),
            (0, 20, 26, Some(-6)),
            (6, 20, 0, Some(6)),
            (0, 20, 3, None),
        ] {
            compare(&db, (minute(asked), minute(answered)), minute(hub)).unwrap();
            assert_eq!(
                off(&db).unwrap(),
                expected.map(|minutes| minutes * 60_000),
                "{asked} {answered} {hub}"
            );
        }
    }
}
