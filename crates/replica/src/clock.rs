//! Whether this device's clock is right, as far as the county or a person can tell, and what day it is.

use crate::{Replica, ReplicaError, counter};
use daiban_domain::{
    Hlc, Instant,
    reading::{Doubt, Evidence},
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

/// Keeps the day on which something was written; once a day.
pub(crate) fn see(db: &Connection, clock: Instant) -> Result<(), ReplicaError> {
    let seen = counter::value(db, SEEN)?.map(Instant).unwrap_or_default().date();
    if seen == clock.date() {
        return Ok(());
    }
    let now = reading(db, clock)?;
    if now.date() > seen { counter::set(db, SEEN, now.0) } else { Ok(()) }
}

impl Replica {
    /// What day a person says that it is; it goes on with the clock until the county has been heard. False for a day before one
    /// that the county has signed for.
    pub fn state_day(&mut self, clock: Instant, day: Date) -> Result<bool, ReplicaError> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let Some(behind) = evidence(&tx)?.state(clock, day) else { return Ok(false) };
        counter::set(&tx, STATED, behind)?;
        counter::set(&tx, SEEN, clock.0.saturating_add(behind))?;
        tx.execute("DELETE FROM clock_off", [])?;
        tx.commit()?;
        Ok(true)
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

    #[test]
    fn a_slow_line_makes_no_clock_wrong() {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(
            "CREATE TABLE clock_off (one INTEGER PRIMARY KEY, ms INTEGER NOT NULL);
             CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL);",
        )
        .unwrap();
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
