//! Devices and people that are taken out of use, and what becomes of what they write.

use crate::{
    requests,
    view::{BreachView, CodeView, DeviceView, HeldView, StaffView, SupportSaved},
};
use daiban_domain::{DeviceId, DocumentId, Instant, PersonId, Role, UnitCode, revocation::Ground};
use serde::{Deserialize, Serialize};

/// Revokes a device of this desk's unit or below: it only brings what it holds from now on, and what it wrote after the last of
/// its entries that count waits for a review. Nothing is lost by it, even if it was the wrong one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RevokeDevice {
    pub device: DeviceId,
    pub ground: Ground,
    /// Since when it may have been in others' hands: what the county had acknowledged by then counts. `None`: all that is
    /// held here.
    #[serde(default)]
    pub since: Option<Instant>,
}

/// Changes what roles somebody of this desk's unit or below has from now on; none for one who has left. What they write at a device
/// that hasn't heard of it counts by their new roles all the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetRoles {
    pub person: PersonId,
    pub roles: Vec<Role>,
}

/// Says whether what a revoked device wrote about a case, or whatever it is, counts after all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewHeld {
    pub document: DocumentId,
    pub accept: bool,
}

/// Writes whose data lay on a device, unmasked, for those who have to tell them. That it was written is recorded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListAffected {
    pub device: DeviceId,
    /// A CSV or XLSX file.
    pub file: String,
}

/// Asks the county's hub for a one-time code, for a device or one more person of this desk's unit or below.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IssueCode {
    pub unit: UnitCode,
    /// All that people work in there, if none is named.
    #[serde(default)]
    pub roles: Vec<Role>,
}

/// Writes what a technician needs to know into a file, also where the desk is locked or doesn't open: versions, counts, the log.
/// It names nobody.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SaveSupport {
    /// A file, or a folder to put one in; the desk's own folder if none is named.
    #[serde(default)]
    pub file: Option<String>,
}

requests! {
    IssueCode -> CodeView,
    SaveSupport -> SupportSaved,
    RevokeDevice -> DeviceView,
    ReviewHeld -> Vec<HeldView>,
    SetRoles -> StaffView,
    ListAffected -> BreachView,
}
