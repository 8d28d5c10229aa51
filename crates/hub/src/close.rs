//! Closing a year: the county says how far every unit's work of that year went.

use crate::{Hub, HubError, store};
use daiban_domain::Instant;
use daiban_exchange::{
    Log,
    closure::{self, Closure},
    kind, wire,
};
use rusqlite::{OptionalExtension, TransactionBehavior, params};
use serde::Serialize;

/// What closing a year did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Closed {
    pub year: u16,
    /// Units with work of the year.
    pub units: usize,
    /// Of these, units of which something new was said.
    pub signed: usize,
}

/// How many units one entry speaks of: about 20 kB.
const UNITS: usize = 500;

impl Hub {
    /// Signs for what is held of a past year's work, as an entry of the county's public partition. Nothing is refused or
    /// dropped for it; a later closure says what has moved since.
    pub fn close(&self, year: u16, now: Instant) -> Result<Closed, HubError> {
        if i32::from(year) >= i32::from(now.date().year()) {
            return Err(HubError::YearOpen(year));
        }
        let mut db = self.db();
        let log = self.log(db.transaction_with_behavior(TransactionBehavior::Immediate)?)?;
        let roots = closure::roots(&log.vector(self.county)?, year);
        let units = roots.len();
        let mut news = Vec::new();
        for (unit, root) in roots {
            let said = log.tx.query_row(
                "SELECT root FROM closure WHERE unit = ? AND year = ?",
                params![unit.to_string(), year],
                |row| row.get::<_, [u8; 32]>(0),
            );
            if said.optional()? != Some(*root) {
                news.push((unit, root));
            }
        }
        let closures: Vec<Closure> =
            news.chunks(UNITS).map(|roots| Closure { year, roots: roots.to_vec() }).collect();
        if !closures.is_empty() {
            let entries =
                closures.iter().map(|closure| store::said(kind::CLOSURE, wire::encode(closure), now));
            store::append_own(&log.tx, &log.identity.feed(), entries, &self.signing)?;
        }
        for closure in &closures {
            store::project_closure(&log.tx, closure)?;
        }
        log.tx.commit()?;
        tracing::info!(year, units, signed = news.len(), "closed");
        Ok(Closed { year, units, signed: news.len() })
    }
}
