//! People and their posts.

use daiban_domain::{PersonId, UnitCode, delegation::Delegation, staff::StaffType, staff::Training};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Keeps what is told of a person's post; what is `None` stays as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SetStaff {
    pub person: PersonId,
    #[serde(default)]
    pub staff_type: Option<StaffType>,
    /// 行政执法证号; an empty text is none.
    #[serde(default)]
    pub law_enforcement_cert_no: Option<String>,
    /// The other of A角 and B角.
    #[serde(default)]
    pub partner: Option<PersonId>,
    #[serde(default)]
    pub phone: Option<String>,
    /// One more training.
    #[serde(default)]
    pub training: Option<Training>,
    /// First and last day at the post.
    #[serde(default)]
    pub from: Option<Date>,
    #[serde(default)]
    pub to: Option<Date>,
}

/// Keeps a service spot of a village or a department of the county, by its unit and name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetOffice {
    pub office: daiban_domain::office::Office,
}

/// Leaves a person's roles to another of the same unit for some days; of the same two and the same first day it replaces what
/// was said before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Delegate {
    pub delegation: Delegation,
}

/// Gives all open cases of a village to its new agent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeAgent {
    pub to: PersonId,
    /// The village; this desk's, if it is one.
    #[serde(default)]
    pub unit: Option<UnitCode>,
}
