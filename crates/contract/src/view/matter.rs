//! Consultations, complaints and the like.

use super::{FormView, Light, RatingView, Reach, Warning};
use daiban_domain::{EventId, Instant, UnitCode, matter::Kind};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordedMatter {
    pub matter_no: String,
    pub due: Date,
    /// How the term was counted.
    pub why: String,
    pub warnings: Vec<Warning>,
}

/// A line of the list of matters. Personal data is masked (DOMAIN §8.6).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MatterRow {
    pub matter_no: String,
    pub kind: Kind,
    pub kind_name: String,
    /// `OPEN`, `VERIFIED`, `ANSWERED`, `CHECKED`, `CLOSED`.
    pub state: String,
    pub state_name: String,
    pub unit: UnitCode,
    pub unit_name: String,
    /// Who has to see to it: a person, or a unit of which nobody has taken it up yet.
    pub owner: String,
    pub asked_on: Date,
    /// Masked; 保密 of a rating, 匿名 if it isn't known who asked.
    pub asker: String,
    pub due: Date,
    pub light: Light,
    pub light_says: String,
    pub reach: Reach,
    /// An act does not count.
    pub doubtful: bool,
    /// It has left with its closed year.
    pub archived: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MatterList {
    pub total: u64,
    pub matters: Vec<MatterRow>,
}

/// One matter, unmasked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MatterView {
    pub matter_no: String,
    pub kind: Kind,
    pub kind_name: String,
    pub state: String,
    pub state_name: String,
    pub unit: UnitCode,
    pub unit_name: String,
    pub channel: String,
    pub channel_name: String,
    pub ticket_no: String,
    pub asked_on: Date,
    pub asker_name: String,
    pub asker_phone: String,
    pub anonymous: bool,
    pub text: String,
    /// Empty for none.
    pub case_no: String,
    /// 首问责任人
    pub first_contact: String,
    /// Who has to see to it now; empty while nobody of the unit has taken it up.
    pub owner: String,
    pub owner_unit: UnitCode,
    pub owner_unit_name: String,
    pub due: Date,
    pub provisional: bool,
    /// Nobody has answered yet, or the answer was none.
    pub running: bool,
    pub light: Light,
    pub light_says: String,
    /// How the term was counted.
    pub why: String,
    pub answers: Vec<AnswerView>,
    /// Of a bad rating: what it said, and what was found behind it.
    #[serde(default)]
    pub rating: Option<RatingView>,
    #[serde(default)]
    pub found: Vec<String>,
    /// Of a bad rating: the item whose guide is wrong, e.g. 指南有误：高龄津贴（第1版）; empty for none.
    #[serde(default)]
    pub wrong_guide: String,
    pub acts: Vec<MatterActView>,
    /// What this desk may do next.
    pub offers: Vec<MatterOfferView>,
    /// What can be printed of it.
    #[serde(default)]
    pub forms: Vec<FormView>,
    pub reach: Reach,
    pub doubtful: bool,
    /// An act of a newer program.
    pub incomplete: bool,
    /// As of a case.
    pub set_aside: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AnswerView {
    pub by: String,
    pub on: Date,
    pub text: String,
    /// 正面答复, as a second person found; `None` while nobody has looked.
    pub direct: Option<bool>,
}

/// What was done with a matter, in the order in which it counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MatterActView {
    pub id: EventId,
    pub event: String,
    /// e.g. 转办; the event itself if this program doesn't know it.
    pub name: String,
    pub at: Instant,
    pub time_doubtful: bool,
    pub on: Date,
    pub by: String,
    pub unit_name: String,
    /// e.g. 转给清源镇：要查银行
    pub says: String,
    pub contested: bool,
    pub contested_why: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MatterOfferView {
    pub event: String,
    pub name: String,
}
