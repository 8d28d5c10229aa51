//! What a person has to look at: two values of one field, an act that doesn't count.

use daiban_domain::Instant;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DoubtsView {
    /// Cases with a doubt in all; the latest of them are in `doubts`.
    pub total: u64,
    /// Those that have waited longest first.
    pub doubts: Vec<Doubt>,
}

/// One doubt of a case; a case may have one of each kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Doubt {
    pub kind: DoubtKind,
    pub case_no: String,
    pub applicant_name: String,
    pub unit_name: String,
    pub item_name: String,
    /// The fields, or the acts, e.g. 联系电话、现住址.
    pub what: String,
    /// When it was written, by the device's clock.
    pub since: Instant,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DoubtKind {
    /// 两处不一样
    Fields,
    /// 没算数
    Acts,
}
