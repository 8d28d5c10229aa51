//! What people say of how a case was handled (好差评).

use super::{RecordedMatter, Warning};
use daiban_domain::{
    DocumentId, UnitCode,
    rating::{Aspect, Channel, Grade, Reason},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A rating that was kept, and what it has led to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RatedView {
    pub rating: RatingView,
    /// Of a bad first one: the matter in which it is looked into.
    pub matter: Option<RecordedMatter>,
    pub warnings: Vec<Warning>,
}

/// One rating, as far as this desk's person may see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RatingView {
    pub id: DocumentId,
    pub case_no: String,
    /// 评价次数
    pub nth: u8,
    /// The code of GB/T 39046 A.8: 1 is the best.
    pub grade: Grade,
    /// e.g. 不满意
    pub grade_name: String,
    /// 1 to 5, 5 being the best.
    pub stars: u8,
    pub aspects: BTreeMap<Aspect, Grade>,
    pub reasons: Vec<Reason>,
    /// Grade and reasons in words, e.g. 不满意：多次跑动
    pub says: String,
    pub channel: Channel,
    pub channel_name: String,
    pub rated_on: Date,
    pub slip_no: String,
    pub entered_by: String,
    /// Nobody can be called back.
    pub anonymous: bool,
    /// Name, number and words are kept from this desk's person, and are empty here.
    pub confidential: bool,
    pub rater_name: String,
    pub rater_phone: String,
    pub text: String,
    /// Another first (or second) rating was made earlier, elsewhere: this one is kept and doesn't count.
    pub beside: bool,
    /// 不计入: found wrong or malicious.
    pub excluded: bool,
    /// The number of the matter in which it is looked into; empty for none.
    pub matter_no: String,
}

/// Why a case can't be rated now: by the resident at this screen, and from a paper by who works here. Empty where it can.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MayRateView {
    pub here: String,
    pub paper: String,
}

/// The ratings of a unit in a period, by the last rating of each case. Shares are exact, half-up, and — where there is
/// nothing to share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RatingsView {
    pub unit: UnitCode,
    pub unit_name: String,
    pub from: Date,
    pub to: Date,
    /// All five.
    pub grades: Vec<GradeCount>,
    /// N
    pub rated: u64,
    /// 样本较少 if N is below 30; else empty.
    pub few: String,
    /// Cases that were rated again after a bad first rating.
    pub again: u64,
    /// Cases whose bad rating isn't counted (不计入).
    pub excluded: u64,
    /// 满意率, 非常满意率, 评价率, 差评整改率, 回访率.
    pub shares: Vec<ShareView>,
    /// Guides that were found wrong (指南有误), by item.
    pub wrong_guides: Vec<WrongGuideView>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GradeCount {
    pub grade: Grade,
    pub name: String,
    /// Cases by their last rating, and by their first.
    pub last: u64,
    pub first: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ShareView {
    pub name: String,
    pub part: u64,
    pub of: u64,
    /// e.g. 80.87%, or —
    pub percent: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WrongGuideView {
    pub item_id: String,
    pub item_name: String,
    /// The version that is wrong.
    pub version: u16,
    /// The matters in which it was found.
    pub matters: Vec<String>,
    /// The next version, once it is published; `None` while the guide stands uncorrected.
    pub next_version: Option<u16>,
    /// e.g. 第1版指南有误，还没有新版, 第1版指南有误，已发布第2版
    pub says: String,
}
