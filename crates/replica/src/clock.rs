//! Whether this device's clock is right, as far as the county can tell.

use crate::ReplicaError;
use daiban_domain::{Hlc, Instant};
use rusqlite::{Connection, OptionalExtension};

/// By how many milliseconds this device's clock is ahead of the county's (behind it, if negative), where that is more than
/// five minutes.
pub fn off(db: &Connection) -> Result<Option<i64>, ReplicaError> {
    Ok(db.prepare_cached("SELECT ms FROM clock_off")?.query_row([], |row| row.get(0)).optional()?)
}

/// Compares the hub's time with this device's, between asking and being answered: the hub spoke in between, so a slow
/// line makes no clock wrong.
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
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_line_makes_no_clock_wrong() {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch("CREATE TABLE clock_off (one INTEGER PRIMARY KEY, ms INTEGER NOT NULL)").unwrap();
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
