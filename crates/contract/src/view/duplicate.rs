//! The same person entered twice, and the same request made twice.

use super::ResidentRow;
use daiban_domain::{DocumentId, Instant, UnitCode, case::State};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What of it the registers and cases held here show.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DuplicatesView {
    /// Pairs of cases in all; the latest of them are in `cases`.
    pub cases_total: u64,
    pub cases: Vec<DuplicateCases>,
    /// Pairs of entries in all, and of these the ones that a person has to look at.
    pub people_total: u64,
    pub people_open: u64,
    /// What contradicts itself first, then what may be one person, then what is taken for one.
    pub people: Vec<AlikePeople>,
}

/// How two cases look like one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DuplicateKind {
    /// Both are open.
    Open,
    /// Once a year for one reason, and this year's has been decided.
    Again,
}

/// Two cases of one person for one item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DuplicateCases {
    pub kind: DuplicateKind,
    pub item_name: String,
    /// The one that goes on: the earliest legal receipt.
    pub keep: BriefCase,
    pub other: BriefCase,
    /// What it is and what to do.
    pub says: String,
    /// Why this desk can't void `other` now, in Chinese; empty if it can.
    pub blocked: String,
}

/// A case beside another. Personal data is masked (DOMAIN §8.6).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BriefCase {
    pub case_no: String,
    pub unit: UnitCode,
    pub unit_name: String,
    pub item_name: String,
    pub state: State,
    pub state_name: String,
    pub applicant_name: String,
    /// Masked.
    pub id_no: String,
    pub registered_on: Date,
    /// The legal receipt.
    pub received_on: Option<Date>,
    /// Where the item asks for one: the reason that the applicant gives.
    pub reason: String,
    /// Materials of which something has come, by name.
    pub materials: Vec<String>,
    pub photos: u64,
}

/// Another case that looks like the same request, as one case's page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DuplicateView {
    pub kind: DuplicateKind,
    pub case_no: String,
    pub unit_name: String,
    pub state_name: String,
    /// The other one goes on.
    pub keep: bool,
    pub says: String,
}

/// Two entries of the registers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AlikePeople {
    pub kind: AlikeKind,
    pub one: ResidentRow,
    pub other: ResidentRow,
    /// What it is and what to do.
    pub says: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AlikeKind {
    /// One number, two names: a mistake in one of them.
    Contradiction,
    SameName,
    AlikeName,
    /// One number and name: taken for one person.
    Same,
}

/// One person as all registers held here have them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonView {
    /// e.g. 王某：登记在 2 处（上塬村、柳湾村），办件 2 件。
    pub says: String,
    pub entries: Vec<ResidentRow>,
    /// Who lives in the same household, by the registers' numbers.
    #[serde(default)]
    pub household: Vec<ResidentRow>,
    /// Other entries that somebody should look at: they may be this person's.
    #[serde(default)]
    pub others: Vec<ResidentRow>,
    /// Of all units, the latest first.
    pub cases: Vec<BriefCase>,
    /// What was said of these entries across registers, in the order of the clock.
    pub words: Vec<LinkWordView>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LinkWordView {
    pub one: DocumentId,
    pub other: DocumentId,
    pub linked: bool,
    pub reason: String,
    pub by: String,
    pub unit_name: String,
    pub at: Instant,
    /// It is the word that counts.
    pub standing: bool,
    /// Somebody who didn't know of it has said the opposite.
    pub disputed: bool,
}
