//! Units, their staff, what is left to somebody, and a change of agent.

use daiban_domain::{Level, PersonId, UnitCode, case::State};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UnitRow {
    pub code: UnitCode,
    pub name: String,
    pub level: Level,
}

/// A unit with its days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UnitView {
    pub code: UnitCode,
    pub full_name: String,
    pub short_name: String,
    /// Of its short name's pinyin.
    #[serde(default)]
    pub initials: String,
    pub level: Level,
    /// What its digits say: 镇, 乡, 街道, 居委会, 村委会 …; empty for a county.
    pub kind: String,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    /// It takes no new cases any more.
    pub ended: bool,
    pub successor_code: Option<UnitCode>,
}

/// A person at a unit, and their post as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StaffView {
    pub person: PersonId,
    pub name: String,
    pub unit: UnitCode,
    pub unit_name: String,
    pub roles: Vec<String>,
    pub staff: Option<daiban_domain::staff::Staff>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DelegationView {
    pub from_name: String,
    pub to_name: String,
    /// Today.
    pub holds: bool,
    #[serde(flatten)]
    pub delegation: daiban_domain::delegation::Delegation,
}

/// What a new agent was given: what both sign (材料交接单, F06).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentChanged {
    pub unit_name: String,
    pub to: String,
    pub on: Date,
    pub cases: Vec<GivenCase>,
    /// Originals that lie in the village, of all cases.
    pub originals: u32,
    /// e.g. 17 个在办件交给…，村里存的原件 6 份。
    pub says: String,
}

/// An open case, as it was given on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GivenCase {
    pub case_no: String,
    pub applicant_name: String,
    pub item_name: String,
    pub state: State,
    pub state_name: String,
    /// Who looked after it before.
    pub from: String,
    /// What lies in the village.
    pub originals: Vec<HeldOriginal>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldOriginal {
    /// The material's.
    pub name: String,
    pub count: u16,
}

/// What the import of a table of units did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitsImported {
    pub added: u64,
    pub changed: u64,
    pub same: u64,
    /// e.g. 新增 2 个单位，改动 1 个，6 个没有变化。
    pub says: String,
}
