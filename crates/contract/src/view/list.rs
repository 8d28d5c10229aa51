//! Cases in a list, and batches of them under way to the township.

use super::Light;
use super::Reach;
use daiban_domain::{
    UnitCode,
    case::{State, custody::Whereabouts},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A line of the list. Personal data is masked (DOMAIN §8.6).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CaseRow {
    pub case_no: String,
    pub unit: UnitCode,
    pub unit_name: String,
    pub state: State,
    /// e.g. 已登记
    pub state_name: String,
    pub item_id: String,
    pub item_name: String,
    pub applicant_name: String,
    /// Masked.
    pub id_no: String,
    /// Masked.
    pub phone: String,
    pub registered_on: Date,
    /// The clock that matters now, if one runs.
    pub due: Option<Date>,
    pub light: Option<Light>,
    /// e.g. 今天到期, 剩 6 个工作日
    pub light_says: String,
    pub reach: Reach,
    /// A field that two people set differently, or an event that does not count.
    pub doubtful: bool,
    /// 即办 联办 …
    pub marks: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CaseList {
    pub total: u64,
    /// How many cases of each state lie in the same unit scope, whatever the search.
    pub counts: BTreeMap<State, u64>,
    pub doubtful: u64,
    pub cases: Vec<CaseRow>,
}

/// A hand-over, in sums.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchRow {
    pub batch: String,
    /// Who handed over.
    pub unit_name: String,
    pub cases: u64,
    /// That haven't arrived.
    pub under_way: u64,
    /// Of which something else was counted than was handed over.
    pub differing: u64,
}

/// A case whose originals are somewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OriginalsRow {
    pub case_no: String,
    pub applicant_name: String,
    pub item_name: String,
    /// Whose case it is.
    pub unit_name: String,
    pub place: Whereabouts,
    /// e.g. 移交途中
    pub place_name: String,
    /// Who holds them, or gave them away while they travel.
    pub holder_name: String,
    pub since: Date,
    /// So many days until today.
    pub days: u32,
    pub originals: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OriginalsView {
    pub total: u64,
    /// How many cases there are at each place, for as long.
    pub counts: BTreeMap<Whereabouts, u64>,
    pub rows: Vec<OriginalsRow>,
}

/// A hand-over of cases with their paper (材料交接).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchView {
    /// Its number, e.g. `20260305-A3-001`.
    pub batch: String,
    /// Who handed over, and when.
    pub unit_name: String,
    pub by: String,
    pub on: Date,
    pub lines: Vec<BatchLine>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchLine {
    pub case_no: String,
    pub applicant_name: String,
    pub item_name: String,
    pub received: bool,
    /// Its paper hasn't arrived anywhere yet.
    pub under_way: bool,
    pub materials: Vec<BatchMaterial>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchMaterial {
    pub material_code: String,
    pub name: String,
    /// As handed over.
    pub originals: u16,
    pub copies: u16,
    /// As counted on arrival; `None` before that.
    pub counted_originals: Option<u16>,
    pub counted_copies: Option<u16>,
}
