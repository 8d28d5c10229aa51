//! Erasing what is held of a person, and letting go of closed years.

use daiban_domain::{DocumentId, UnitCode, erasure::Ground};
use serde::{Deserialize, Serialize};

/// Orders that what is held of a person be erased wherever it lies, also where it is still under way. The county's to do;
/// what an organ has decided or printed is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Erase {
    pub what: Personal,
    pub ground: Ground,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Personal {
    Case {
        case_no: String,
    },
    Matter {
        matter_no: String,
    },
    /// Its id stands in the views of its case and its matter.
    Rating {
        id: DocumentId,
    },
    /// An entry of a village's register of residents.
    Resident {
        unit: UnitCode,
        id_no: String,
    },
}

/// Lets go of years that the county has closed, where nothing is unfinished; every exchange does it too.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Archive {}
