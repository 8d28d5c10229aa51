//! What there is of cases at each unit, from the sums and the index of terms (decision 021).

use crate::{ReplicaError, identity::text};
use daiban_domain::{UnitCode, case::State};
use jiff::civil::Date;
use rusqlite::Connection;
use std::{collections::BTreeMap, ops::AddAssign};

/// Cases by what matters now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub cases: u64,
    /// Not settled yet.
    pub open: u64,
    pub doubtful: u64,
    /// The next term ends between today and the day asked for.
    pub soon: u64,
    pub overdue: u64,
}

impl AddAssign for Standing {
    fn add_assign(&mut self, other: Self) {
        self.cases += other.cases;
        self.open += other.open;
        self.doubtful += other.doubtful;
        self.soon += other.soon;
        self.overdue += other.overdue;
    }
}

/// By the unit that registered them, none rolled up.
pub fn by_unit(
    db: &Connection,
    (today, soon): (Date, Date),
) -> Result<BTreeMap<UnitCode, Standing>, ReplicaError> {
    let mut standings: BTreeMap<UnitCode, Standing> = BTreeMap::new();
    let mut statement = db.prepare_cached(include_str!("by_unit/states.sql"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let state: String = row.get("state")?;
        let state = State::parse(&state).ok_or(ReplicaError::Column("case_row.state"))?;
        let cases: u64 = row.get("cases")?;
        *standings.entry(text(row, "unit")?).or_default() += Standing {
            cases,
            open: if state.settled() { 0 } else { cases },
            doubtful: row.get("doubtful")?,
            ..Standing::default()
        };
    }
    let mut statement = db.prepare_cached(include_str!("by_unit/terms.sql"))?;
    let mut rows = statement.query([soon.to_string()])?;
    while let Some(row) = rows.next()? {
        let (due, cases): (Date, u64) = (text(row, "due")?, row.get("cases")?);
        let late = due < today;
        *standings.entry(text(row, "unit")?).or_default() += Standing {
            soon: if late { 0 } else { cases },
            overdue: if late { cases } else { 0 },
            ..Standing::default()
        };
    }
    Ok(standings)
}
