//! The register of residents.

use daiban_domain::{DocumentId, UnitCode};
use serde::{Deserialize, Serialize};

/// Enters a roster, a CSV file with a heading (姓名, 证件号码 …), in a unit's register of residents. Where a row is wrong
/// nothing is taken, unless the good rows alone are asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ImportResidents {
    pub file: String,
    pub good_rows: bool,
    /// The unit whose register it is; `None`: this desk's.
    pub unit: Option<UnitCode>,
}

/// Corrects one field of an entry of the register, e.g. `phone`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetResident {
    pub id: DocumentId,
    pub field: String,
    pub value: String,
}

/// Says that two entries are about one person, or that they aren't after all: of one register, or across registers at a
/// desk that sees both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkResidents {
    pub one: DocumentId,
    pub other: DocumentId,
    pub linked: bool,
    /// Needed where the papers say otherwise, and across registers where the number isn't the same.
    #[serde(default)]
    pub reason: String,
}
