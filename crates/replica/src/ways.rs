//! The other ways of this desk's records, beside the county's hub: a relay that it calls, a place where it serves as one.

use crate::{Replica, ReplicaError};
use rusqlite::{Connection, OptionalExtension, params};

/// Addresses; empty for none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// `https://host:port` of a township's desk, called while the hub can't be reached.
    pub call: String,
    /// `host:port` where this desk serves its villages.
    pub listen: String,
}

impl Ways {
    pub fn load(db: &Connection) -> Result<Self, ReplicaError> {
        let mut statement = db.prepare_cached("SELECT call, listen FROM relay")?;
        let ways = statement.query_row([], |row| Ok(Self { call: row.get(0)?, listen: row.get(1)? }));
        Ok(ways.optional()?.unwrap_or_default())
    }
}

impl Replica {
    pub fn ways(&self) -> Result<Ways, ReplicaError> {
        Ways::load(&self.db)
    }

    pub fn set_ways(&mut self, ways: &Ways) -> Result<(), ReplicaError> {
        self.db.execute(
            "INSERT OR REPLACE INTO relay (one, call, listen) VALUES (1, ?, ?)",
            params![ways.call, ways.listen],
        )?;
        Ok(())
    }
}
