//! What is set at a desk, and what the county sets for all.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Sets something at this desk alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeSetting {
    /// A key of [`SettingsView`].
    pub name: String,
    pub value: String,
}

/// Says what day it is, at a desk whose clock can't be right ([`DeskView`], `day_asked`). It counts until the county has
/// been heard again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StateDay {
    pub day: jiff::civil::Date,
}

/// Publishes one of the county's numbers; the county's to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublishSetting {
    /// A name of [`CountySettingView`].
    pub name: String,
    pub value: u16,
    /// From this day on; tomorrow, the earliest, if it isn't said.
    pub since: Option<Date>,
}

/// Publishes the county's units from a table; the county's to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportUnits {
    /// A CSV file with the columns of `data/units.csv`, or their Chinese headings.
    pub file: String,
}

/// Publishes years' working days to the whole county, from a file of the shape of `data/calendar.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportCalendar {
    pub file: String,
    /// Also years that are published otherwise.
    #[serde(default)]
    pub replace: bool,
}
