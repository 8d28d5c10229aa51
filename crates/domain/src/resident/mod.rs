//! Residents: what a village's register says of a person, and when two entries are about the same one.

mod duplicate;
pub mod link;
mod roster;

pub use duplicate::{Likeness, against_papers, likeness, same_name};
pub use roster::{Roster, RosterFault, read, rows_of_csv};

use crate::{Role, check};
use jiff::civil::Date;

/// An entry of the register. What isn't known is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resident {
    pub name: String,
    /// GA/T 2000.156.
    pub id_type: String,
    pub id_no: String,
    /// The temporary number that a real one has taken the place of.
    pub former_id_no: String,
    /// 男 or 女, as the ledger says; a resident card's number tells it too.
    pub sex: String,
    /// The day of birth, as the ledger says; most numbers tell it too.
    pub birth: String,
    pub phone: String,
    pub address: String,
    /// 户号
    pub household: String,
    /// 与户主关系 (GB/T 4761), as the ledger words it.
    pub relation: String,
}

impl Resident {
    /// The key in a document of each field, in the order of the ledger's columns.
    pub fn fields(&self) -> [(&'static str, &str); 9] {
        [
            ("name", &self.name),
            ("idType", &self.id_type),
            ("idNo", &self.id_no),
            ("sex", &self.sex),
            ("birth", &self.birth),
            ("phone", &self.phone),
            ("address", &self.address),
            ("household", &self.household),
            ("relation", &self.relation),
        ]
    }

    /// The day of birth, from the number where it tells one.
    pub fn born(&self) -> Option<Date> {
        check::id_document_birth(&self.id_type, &self.id_no).or_else(|| self.birth.parse().ok())
    }
}

/// Who may enter residents and say that two entries are one person: whoever takes requests, and the county's keeper of
/// the records (DOMAIN §2.3).
pub fn may_register(roles: &[Role]) -> bool {
    const REGISTERS: [Role; 5] =
        [Role::Agent, Role::VillageHead, Role::Intake, Role::CentreHead, Role::CountyMerge];
    roles.iter().any(|role| REGISTERS.contains(role))
}

/// Who may say so against what the papers say: numbers were issued twice by mistake (DOMAIN §8.1).
pub fn may_overrule(roles: &[Role]) -> bool {
    roles.iter().any(|role| matches!(role, Role::CentreHead | Role::CountyMerge))
}
