//! Who did what with whose data (电子留痕, 倒查).

use super::Finding;
use daiban_domain::{Instant, UnitCode};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What was masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmasked {
    pub path: String,
    /// The one that counts first, where there are several; of a rating who gave it and their telephone.
    pub values: Vec<String>,
}

/// Records of access, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditView {
    pub rows: Vec<AuditRow>,
    /// There are older ones.
    pub more: bool,
}

/// One line of an audit. Nobody's data is in it but the name of who acted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditRow {
    /// The device's clock.
    pub at: Instant,
    /// That clock was more than five minutes off.
    #[serde(default)]
    pub time_doubtful: bool,
    pub by: String,
    /// In what capacity, where that is known.
    #[serde(default)]
    pub role: String,
    pub unit: UnitCode,
    pub unit_name: String,
    pub device: String,
    /// `read`, `export`, `print`, `attachment`, `affected`, `bundle` (`daiban_domain::access::What`); `revoke`, `review`, `roles`,
    /// `erase`; of a case also the events of the state table.
    pub what: String,
    /// e.g. 查看遮盖内容
    pub name: String,
    /// The number of a case or a matter, a unit, a device.
    pub about: String,
    /// e.g. 证件号码；原因：核对证件原件
    pub says: String,
    /// It doesn't count, or not yet, and why; empty if it does.
    pub contested: String,
    /// The device had been revoked before: it is held.
    pub held: bool,
    /// Where it stands: a feed and the number of its entry, as `audit verify` names them; empty for an event.
    pub place: String,
}

/// 倒查: all that was done with one case, in its order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditCaseView {
    pub case_no: String,
    /// Both empty where the case isn't here whole: left with its year, or erased.
    pub item_name: String,
    pub state_name: String,
    pub registered_on: Option<Date>,
    pub rows: Vec<AuditRow>,
    /// In one sentence: how many did how much, and what to look at.
    pub says: String,
    /// What a check of the chains found wrong.
    pub findings: Vec<Finding>,
}
