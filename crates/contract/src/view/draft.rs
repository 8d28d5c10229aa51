//! Drafts of the catalogue.

use daiban_domain::{
    UnitCode,
    item::draft::{Fix, ROUNDS},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DraftRow {
    pub draft_no: String,
    pub title: String,
    pub unit: UnitCode,
    pub unit_name: String,
    pub begun_on: Date,
    /// `DRAFTING`, `UNDER_REVIEW`, `SUMMED_UP`, `PUBLISHED`, `WITHDRAWN`.
    pub state: String,
    pub state_name: String,
    /// 0 before the first is sent up.
    pub round: usize,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DraftView {
    #[serde(flatten)]
    pub row: DraftRow,
    pub rounds: Vec<RoundView>,
    /// How many fixes of each kind were asked for, round by round.
    pub fixes: Vec<FixCount>,
    /// 小结, or what experts said; "" before it.
    pub summary: String,
    /// Why rounds were left out.
    pub skipped_why: String,
    /// What the catalogue was published as.
    pub catalogue: String,
    pub acts: Vec<DraftActView>,
    /// A newer program has had to do with it.
    pub incomplete: bool,
}

/// Up and down once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoundView {
    pub round: usize,
    pub submitted_on: Date,
    pub by: String,
    /// Ids of the items that it would change.
    pub items: Vec<String>,
    /// From what was published, or sent up the time before, to this.
    pub changes: Vec<String>,
    pub comments: Vec<DraftCommentView>,
    pub returned_on: Option<Date>,
    /// What was said of the whole when it was sent down.
    pub returned_why: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DraftCommentView {
    pub by: String,
    pub on: Date,
    pub item_id: String,
    pub element: String,
    pub fix: Fix,
    /// e.g. 规范名称
    pub fix_name: String,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FixCount {
    pub fix: Fix,
    pub name: String,
    pub by_round: [usize; ROUNDS],
    pub total: usize,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DraftActView {
    pub event: String,
    pub name: String,
    pub on: Date,
    pub by: String,
    pub unit_name: String,
    /// Why it doesn't count; empty if it does.
    pub contested_why: String,
}
