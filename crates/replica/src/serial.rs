//! Serials of this incarnation's numbers. They are labels: the tag in the number keeps two incarnations apart.

use crate::{ReplicaError, document::Writing};
use rusqlite::params;

impl Writing<'_> {
    /// The next number of a series, from 1 to 9999, taken in the open transaction.
    pub fn next_serial(&mut self, series: &str) -> Result<u16, ReplicaError> {
        let mut statement = self.tx.prepare_cached(
            "INSERT INTO serial (series, next) VALUES (?, 1)
             ON CONFLICT (series) DO UPDATE SET next = next + 1 RETURNING next",
        )?;
        let next: u16 = statement.query_row(params![series], |row| row.get(0))?;
        if next > 9999 { Err(ReplicaError::SerialsSpent) } else { Ok(next) }
    }
}
