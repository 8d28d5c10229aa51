//! Units that came after the founding: the county publishes them at a desk, the hub learns for whom it may give out codes.

use crate::{Hub, HubError};
use daiban_domain::Unit;
use rusqlite::params;

impl Hub {
    /// Learns units, and what those that it knows are called now; returns how many there are. None of another county's, or
    /// nothing.
    pub fn learn_units(&self, units: &[Unit]) -> Result<u64, HubError> {
        if let Some(stranger) = units.iter().find(|unit| !self.county().covers(unit.code)) {
            return Err(HubError::UnknownUnit(stranger.code));
        }
        let mut db = self.db();
        let tx = db.transaction()?;
        for unit in units {
            tx.execute(
                "INSERT INTO unit (code, name) VALUES (?, ?) ON CONFLICT (code) DO UPDATE SET name = excluded.name",
                params![unit.code.to_string(), unit.short_name],
            )?;
        }
        let known = tx.query_row("SELECT count(*) FROM unit", [], |row| row.get(0))?;
        tx.commit()?;
        Ok(known)
    }
}
