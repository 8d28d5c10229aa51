//! Matters and ratings.

use daiban_domain::{UnitCode, matter, matter::Kind, rating, rating::Aspect, rating::Grade, rating::Reason};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Takes down a matter (来访事项): a consultation, a complaint, a hotline ticket, an appointment, a visit at home. Whoever
/// takes it down was asked first and owns it (首问责任人).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordMatter {
    pub kind: Kind,
    pub text: String,
    /// Both may stay empty: anonymous.
    #[serde(default)]
    pub asker_name: String,
    #[serde(default)]
    pub asker_phone: String,
    #[serde(default)]
    pub channel: matter::Channel,
    /// The hotline's own number.
    #[serde(default)]
    pub ticket_no: String,
    /// A consultation that can be answered on the spot.
    #[serde(default)]
    pub on_the_spot: bool,
    /// The day agreed for an appointment or a visit.
    #[serde(default)]
    pub agreed_on: Option<Date>,
    /// What a hotline's ticket says or was promised to who complained, in working days.
    #[serde(default)]
    pub limit_days: Option<u16>,
    /// The unit that it concerns, which will see it: one below this desk's; its own if none is named.
    #[serde(default)]
    pub unit: Option<UnitCode>,
    /// The case that it is about.
    #[serde(default)]
    pub case_no: Option<String>,
}

/// An act on a matter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ActOnMatter {
    pub matter_no: String,
    /// `handOn`, `extend`, `answer`, `check`, `close`, `reopen`; of a bad rating also `verify`, `callBack`, `appeal`,
    /// `reviewAppeal`.
    pub event: String,
    /// What the act says. Who it is handed on to may be named by `person` as that unit calls them.
    #[serde(default)]
    pub payload: Option<serde_json::Map<String, serde_json::Value>>,
}

/// Keeps what somebody said of how a case was handled (好差评); whether for the first or the second time follows from what
/// is known of the case. A bad first rating makes the matter in which the township looks into it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rate {
    /// Named by the command line.
    #[serde(default)]
    pub case_no: String,
    /// 整体满意度: 1 非常满意 to 5 非常不满意.
    pub grade: Grade,
    #[serde(default)]
    pub aspects: BTreeMap<Aspect, Grade>,
    /// Of a bad one at least one, or a text.
    #[serde(default)]
    pub reasons: Vec<Reason>,
    #[serde(default)]
    pub text: String,
    pub channel: rating::Channel,
    /// The day on the paper; today if it isn't said.
    #[serde(default)]
    pub rated_on: Option<Date>,
    /// Both may stay empty: anonymous.
    #[serde(default)]
    pub rater_name: String,
    #[serde(default)]
    pub rater_phone: String,
    #[serde(default)]
    pub slip_no: String,
}
