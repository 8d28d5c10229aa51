//! Cases: recorded, acted on, handed over, corrected, settled, read.

use crate::view::{Applicant, MaterialCount};
use daiban_domain::{DocumentId, EventId, case::entrustment::Power};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Records a request. Never refused for gaps: they come back as warnings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    pub item_id: String,
    pub applicant: Applicant,
    #[serde(default)]
    pub fields: BTreeMap<String, serde_json::Value>,
    #[serde(default)]
    pub materials: Vec<MaterialCount>,
    /// Empty: what is usual at this desk (PROXY in a village, WINDOW in a township).
    #[serde(default)]
    pub channel: Option<Channel>,
    /// The service spot of the village where it was recorded, by name.
    #[serde(default)]
    pub spot: Option<String>,
    /// The case that it goes on from, which was transferred here (转办).
    #[serde(default)]
    pub goes_on_from: Option<String>,
    /// The entry of the register that the applicant is: what stands in `applicant` as the register shows it, masked, is meant
    /// whole.
    #[serde(default)]
    pub resident: Option<DocumentId>,
    /// The unfinished request that this was.
    #[serde(default)]
    pub unfinished: Option<u32>,
}

/// Records 一件事: a case for each of its items, of one applicant with one set of materials; all of them or none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordLifeEvent {
    /// Named by the command line.
    #[serde(default)]
    pub bundle_id: String,
    pub applicant: Applicant,
    #[serde(default)]
    pub fields: BTreeMap<String, serde_json::Value>,
    #[serde(default)]
    pub materials: Vec<MaterialCount>,
    #[serde(default)]
    pub channel: Option<Channel>,
}

/// How the request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Channel {
    /// Through the village agent.
    Proxy,
    /// At the counter: recorded and received there.
    Window,
}

/// An event of the state table on a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Act {
    pub case_no: String,
    /// An event name of `state_machine.json`.
    pub event: String,
    /// What the act says; without it the obvious is taken (a batch of one, the actor reviews …).
    #[serde(default)]
    pub payload: Option<serde_json::Map<String, serde_json::Value>>,
    /// The legal date, today if none is given.
    #[serde(default)]
    pub on: Option<Date>,
}

/// Suggests a correction that is no longer this desk's to make.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Suggest {
    pub case_no: String,
    pub path: String,
    pub value: String,
    pub reason: String,
}

/// The resident's mandate to the agent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entrust {
    pub case_no: String,
    pub powers: Vec<Power>,
    /// Today if it isn't said.
    #[serde(default)]
    pub from: Option<Date>,
    /// The last day; until the case is over if it isn't said.
    #[serde(default)]
    pub to: Option<Date>,
    /// A thumbprint instead of a signature; it takes a witness.
    #[serde(default)]
    pub thumbprint: bool,
    #[serde(default)]
    pub witness: String,
}

/// Takes it back, from today on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RevokeEntrustment {
    pub case_no: String,
    #[serde(default)]
    pub reason: String,
}

/// Adopts a suggestion, or declines it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AnswerSuggestion {
    pub case_no: String,
    pub suggestion: EventId,
    pub adopt: bool,
    #[serde(default)]
    pub reason: String,
}

/// Hands several cases with their paper over to the township.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HandOver {
    pub case_nos: Vec<String>,
}

/// Receives a hand-over, counted line by line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReceiveBatch {
    pub batch: String,
    /// Only what isn't as it was handed over.
    #[serde(default)]
    pub lines: Vec<ReceivedLine>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReceivedLine {
    pub case_no: String,
    /// Its paper isn't there: the case stays under way.
    #[serde(default)]
    pub missing: bool,
    /// All that was counted of it.
    #[serde(default)]
    pub counted: Option<Vec<MaterialCount>>,
}

/// Corrects one field (the command line's `set`), e.g. `applicant.phone`; repeating the value it has re-affirms it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Set {
    pub case_no: String,
    pub path: String,
    pub value: String,
    #[serde(default)]
    pub reason: Option<String>,
}

/// Settles a field that two people set differently, for the values seen here, or for both of them where the field can hold
/// both; one that is masked may be named as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Settle {
    pub case_no: String,
    pub path: String,
    pub value: String,
}

/// Puts a field back that was settled: both values stand there again, and somebody is to choose anew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Unsettle {
    pub case_no: String,
    pub path: String,
}

/// Shows a part of a case that is masked, e.g. `applicant.idNo`, `fields.bankAccount`, or who gave a rating, `ratings/` and its
/// id. That it was read, and why, is recorded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Unmask {
    pub case_no: String,
    pub path: String,
    /// Without numbers of anybody's; the usual ones are [`daiban_domain::access::REASONS`].
    pub reason: String,
}

/// Voids a case that asks for the same as another one (T26), and has the other take over what it lacks of materials.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VoidDuplicate {
    pub case_no: String,
    /// The number of the case that goes on.
    pub surviving: String,
    /// Needed where the one that goes on wasn't received first.
    #[serde(default)]
    pub reason: String,
    /// The resident has asked for their materials back: nothing is taken over.
    #[serde(default)]
    pub leave_materials: bool,
}
