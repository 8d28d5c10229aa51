//! What the county has set, the items it publishes, the days it works, and what these come to.

use daiban_domain::{case::State, item::check, item::check::Severity};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One of the county's numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CountySettingView {
    /// `villageDays` …
    pub name: String,
    pub label: String,
    pub value: u16,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExplanationView {
    pub case_no: String,
    pub state: State,
    /// Sentences, the most important first.
    pub says: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ItemRow {
    pub item_id: String,
    pub name: String,
    pub plain_name: String,
    pub theme: String,
    pub handling_type_name: String,
    /// e.g. 承诺 10 个工作日
    pub limit_says: String,
    /// e.g. 要 5 样材料
    pub materials_say: String,
}

/// What a day changes in an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ItemChange {
    pub item_id: String,
    pub name: String,
    pub from: Date,
    /// A line a change, e.g. 取消材料：居民户口簿.
    pub says: Vec<String>,
}

/// What the catalogue's rules find.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedItems {
    pub errors: usize,
    pub warnings: usize,
    pub findings: Vec<check::Finding>,
}

impl From<Vec<check::Finding>> for CheckedItems {
    fn from(findings: Vec<check::Finding>) -> Self {
        let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        Self { errors: of(Severity::Error), warnings: of(Severity::Warning), findings }
    }
}

/// What was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Published {
    pub catalogue: String,
    /// e.g. 已发布 2 个事项 …
    pub says: String,
    /// 变化说明, a line a change.
    pub changes: Vec<String>,
}

/// What importing a calendar did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CalendarImported {
    /// Years that are published now and weren't before, or were otherwise.
    pub years: Vec<i16>,
    /// Years of the file that were published so already.
    pub unchanged: Vec<i16>,
    /// Cases held here whose next term ends on another day now.
    pub moved: Vec<MovedDue>,
    /// e.g. 公布了 2027 年的放假安排，2 件的期限有变动。
    pub says: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MovedDue {
    pub case_no: String,
    pub was: Date,
    pub due: Date,
}

/// Cases of which a paper tells an end of a term that a later calendar has moved. A new print of the paper tells it anew.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ToTellList {
    pub total: u64,
    pub cases: Vec<ToTell>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ToTell {
    pub case_no: String,
    pub unit_name: String,
    pub applicant_name: String,
    /// Masked.
    pub phone: String,
    pub item_name: String,
    /// What the last paper told.
    pub told: Date,
    pub now: Date,
    pub provisional: bool,
    pub says: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DueView {
    pub due: Date,
    pub provisional: bool,
    /// How it was counted.
    #[serde(default)]
    pub says: String,
}

/// A year's working days: those that differ from what their weekday says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CalendarView {
    pub year: i16,
    /// Where the table comes from; empty where there is none.
    pub source: String,
    /// It isn't published: Monday to Friday less the fixed statutory days.
    pub provisional: bool,
    /// Years with a table.
    pub published: Vec<i16>,
    /// Weekdays off.
    pub holidays: Vec<Date>,
    /// Weekend days worked.
    pub made_up: Vec<Date>,
    /// How many there are in all.
    pub working_days: u32,
}
