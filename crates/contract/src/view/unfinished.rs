//! Requests that somebody has begun to record and left.

use super::{Applicant, MaterialCount, ResidentRow};
use daiban_domain::Instant;
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
