//! What is late and who is silent, unit by unit.

use daiban_domain::{Instant, Level, UnitCode};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A unit, and those right below it or those that were sought.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OverviewView {
    /// The unit with all below it.
    pub whole: UnitFigures,
    /// What is late first, then who is silent, then what will be late.
    pub units: Vec<UnitFigures>,
    /// How many there are of them; the list is cut where it is long.
    pub total: u64,
    /// Up to when a term ends soon: the next working day.
    pub soon_until: Date,
    /// From so many days without a word a unit is silent.
    pub silent_from: u32,
}

/// Figures of a unit, those below it and those that were merged into it included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UnitFigures {
    pub code: UnitCode,
    pub name: String,
    pub level: Level,
    /// Cases held here.
    pub cases: u64,
    /// Of these, not settled yet.
    pub open: u64,
    /// A term ends today or on the next working day.
    pub soon: u64,
    pub overdue: u64,
    /// With a field conflict or an act that doesn't count.
    pub doubtful: u64,
    /// Computers of the unit itself, without revoked ones.
    pub devices: u64,
    /// When the county last received something that one of them wrote.
    pub heard: Option<Instant>,
    /// Whole days since then.
    pub silent_days: Option<u32>,
    /// Units below with a computer, and of these the silent ones.
    pub below: u64,
    pub below_silent: u64,
}
