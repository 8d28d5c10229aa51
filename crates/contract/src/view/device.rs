//! Devices: which there are, which are revoked, and what those wrote afterwards.

use daiban_domain::{DeviceId, DocumentId, Instant, UnitCode};
use serde::{Deserialize, Serialize};

/// A device of this desk's unit or below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeviceView {
    pub device: DeviceId,
    /// What people call it.
    pub name: String,
    pub unit: UnitCode,
    pub unit_name: String,
    /// In its case numbers.
    pub tag: String,
    /// This very one.
    pub here: bool,
    /// When the county acknowledged something of it last, as far as has been heard here.
    pub received_last: Option<Instant>,
    pub revoked: Option<RevokedView>,
}

/// A one-time code, to be told to one person and shown nowhere else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CodeView {
    pub code: String,
    pub expires: Instant,
    pub unit: UnitCode,
    pub unit_name: String,
    /// In which roles whoever takes it will work, in Chinese.
    pub roles: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RevokedView {
    pub at: Instant,
    /// Who said so.
    pub by: String,
    /// A `domain::revocation::Ground`, or a newer program's.
    pub ground: String,
    pub ground_name: String,
    /// Entries that it wrote afterwards and that wait for a review here.
    pub waiting: u64,
    /// Of this device alone: entries and photos that the county hasn't acknowledged yet. At none its key is destroyed.
    pub owed: u64,
    /// What this is and what to do.
    pub says: String,
}

/// Something that a revoked device wrote after the last of its entries that count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HeldView {
    pub document: DocumentId,
    /// 办件, 居民登记 …
    pub kind: String,
    /// A case's number; empty for what has none.
    pub number: String,
    /// Of a case: the item, and the applicant, masked (DOMAIN §8.6).
    pub item_name: String,
    pub applicant_name: String,
    /// It is not known otherwise: nothing of it counts yet.
    pub unknown: bool,
    pub device: String,
    pub unit_name: String,
    /// What it says, an act or a field at a time.
    pub entries: Vec<HeldEntry>,
    /// Some of it counts already, for others have built on it.
    pub built_on: bool,
    /// What a review has said, if there was one.
    pub accepted: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HeldEntry {
    /// The device's clock.
    pub at: Instant,
    pub by: String,
    /// e.g. 受理, or 改了联系电话; no values.
    pub says: String,
    pub counts: bool,
}

/// Whose data lay on a device (个人信息保护法 第五十七条).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BreachView {
    pub device: DeviceView,
    /// People, each counted once by their number, those without one by name and telephone.
    pub people: u64,
    /// Of these with an entry in the register, and with a case, closed years included.
    pub residents: u64,
    pub applicants: u64,
    pub cases: u64,
    /// Cases with photos or scans.
    pub with_photos: u64,
    /// Kinds of personal information, in Chinese.
    pub kinds: Vec<String>,
    pub says: String,
    /// Where it is written whom to tell, if it was.
    pub file: Option<String>,
}

/// A support bundle that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportSaved {
    pub file: String,
    pub bytes: u64,
}
