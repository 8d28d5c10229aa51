//! Where this desk's backups go, how often, and how the last ones went.

use crate::{Replica, ReplicaError};
use daiban_domain::Instant;
use rusqlite::{OptionalExtension, params};
use std::path::{Path, PathBuf};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub folder: Option<PathBuf>,
    /// Days; 0: by hand alone.
    pub every: u32,
    /// The last that was read back, and its folder.
    pub made: Option<(Instant, PathBuf)>,
    /// The last that failed, since the last that didn't, and what was said of it.
    pub failed: Option<(Instant, String)>,
}

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

impl Plan {
    /// Whether a backup is wanted. A clock that was set back doesn't put it off.
    pub fn due(&self, now: Instant) -> bool {
        let waits = i64::from(self.every) * DAY_MS;
        let recent = self.made.as_ref().is_some_and(|(made, _)| (now.0 - made.0).abs() < waits);
        self.folder.is_some() && self.every > 0 && !recent
    }
}

impl Replica {
    pub fn backup_plan(&self) -> Result<Plan, ReplicaError> {
        let sql = "SELECT folder, every, made, made_in, failed, failure FROM backup";
        let plan = self.db.query_row(sql, [], |row| {
            let (made, made_in): (Option<i64>, Option<String>) = (row.get(2)?, row.get(3)?);
            let (failed, failure): (Option<i64>, Option<String>) = (row.get(4)?, row.get(5)?);
            let folder: String = row.get(0)?;
            Ok(Plan {
                folder: Some(folder).filter(|folder| !folder.is_empty()).map(PathBuf::from),
                every: row.get(1)?,
                made: made.map(Instant).zip(made_in.map(PathBuf::from)),
                failed: failed.map(Instant).zip(failure),
            })
        });
        Ok(plan.optional()?.unwrap_or(Plan { every: 1, ..Plan::default() }))
    }

    /// Another folder, or another rhythm.
    pub fn plan_backups(&mut self, folder: Option<&Path>, every: u32) -> Result<(), ReplicaError> {
        let folder = folder.map(Path::to_string_lossy).unwrap_or_default();
        self.db.execute(include_str!("plan.sql"), params![folder, every])?;
        Ok(())
    }

    pub fn backed_up(&mut self, at: Instant, folder: &Path) -> Result<(), ReplicaError> {
        self.db.execute(include_str!("made.sql"), params![at.0, folder.to_string_lossy()])?;
        Ok(())
    }

    pub fn backup_failed(&mut self, at: Instant, message: &str) -> Result<(), ReplicaError> {
        self.db.execute("UPDATE backup SET failed = ?, failure = ?", params![at.0, message])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_is_due_by_its_rhythm() {
        let hours = |n: i64| Instant(1_772_672_400_000 + n * 3_600_000);
        let never = Plan { folder: Some("/stick".into()), every: 1, ..Plan::default() };
        let made = Plan { made: Some((hours(0), "/stick".into())), ..never.clone() };
        assert!(never.due(hours(0)));
        assert!(!made.due(hours(23)) && made.due(hours(24)));
        assert!(made.due(hours(-48)), "the clock was set back");
        assert!(!Plan { every: 0, ..never.clone() }.due(hours(0)));
        assert!(!Plan { folder: None, ..never }.due(hours(0)));
        assert!(!Plan { every: 7, ..made }.due(hours(100)));
    }
}
