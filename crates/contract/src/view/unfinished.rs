//! What somebody has begun to write and left: requests and notices.

use super::{Applicant, MaterialCount, ResidentRow};
use daiban_domain::{DocumentId, Instant, Level, UnitCode, notice::NoticeKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One, as its page has it. Nobody but who began it sees it, and it leaves this device on no line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct UnfinishedRequest {
    /// The page's own, to know it again.
    pub id: u32,
    pub item_id: Option<String>,
    pub item_name: String,
    pub applicant: Applicant,
    pub newborn: bool,
    /// The entry of the register that the applicant was taken from, as it was shown.
    pub resident: Option<ResidentRow>,
    /// What the item asks, as typed.
    pub fields: BTreeMap<String, String>,
    pub materials: Vec<MaterialCount>,
    /// Where in the wizard it was left; empty for the page that has all of it.
    pub step: String,
    /// When it was kept last; the desk's to say.
    pub kept: Option<Instant>,
}

/// A notice, as its page has it. Nobody but who began it sees it, and it leaves this device on no line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct UnfinishedNotice {
    /// The page's own, to know it again.
    pub id: u32,
    pub kind: NoticeKind,
    pub title: String,
    pub issuer: String,
    pub number: String,
    /// The day that it will bear, as typed.
    pub on: String,
    pub text: String,
    /// Only these; none for both.
    pub level: Option<Level>,
    pub units: Vec<UnitCode>,
    pub receipt: bool,
    /// What goes along, by paths here.
    pub files: Vec<String>,
    pub replaces: Option<DocumentId>,
    /// When it was kept last; the desk's to say.
    pub kept: Option<Instant>,
}
