use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A month of the calendar, day by day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MonthView {
    pub days: Vec<DayView>,
    /// The year's calendar isn't published yet.
    pub provisional: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DayView {
    pub date: Date,
    pub working: bool,
    /// A weekday that is off, or a weekend day that is worked.
    pub special: bool,
}
