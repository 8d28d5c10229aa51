//! People of the villages and the rosters they come from.

use daiban_domain::{DocumentId, UnitCode};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An entry of a register of residents. Personal data is masked (DOMAIN §8.6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResidentRow {
    pub id: DocumentId,
    pub unit: UnitCode,
    pub unit_name: String,
    pub name: String,
    /// GA/T 2000.156.
    pub id_type: String,
    pub id_no: String,
    pub phone: String,
    #[serde(default)]
    pub address: String,
    /// As the number tells it, or else the ledger.
    #[serde(default)]
    pub born: Option<Date>,
    pub household: String,
    pub relation: String,
    /// Entries with the same number and name, or that people have said to be about the same person.
    pub same: Vec<DocumentId>,
    /// Entries that a person should look at: the same name and birth date, or one that sounds or looks so, without two
    /// numbers.
    pub perhaps: Vec<DocumentId>,
    /// Entries with the same number and another name: one of them is wrong.
    pub contradicting: Vec<DocumentId>,
    /// Entries with the same name and birth date and another number.
    pub namesakes: Vec<DocumentId>,
}

/// What importing a roster did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RosterImported {
    /// False: a row is wrong, and nothing was taken.
    pub taken: bool,
    pub rows: u64,
    /// Entries made, changed, and found to say all of it already.
    pub made: u64,
    pub changed: u64,
    pub unchanged: u64,
    /// Rows that weren't taken, and why.
    pub faults: Vec<RowFault>,
    /// Of rows that were, or would be: what was put right, and what to look at.
    pub notes: Vec<RowFault>,
    /// e.g. 登记了 12 人，更新 3 人，没有变化 85 人。
    pub says: String,
}

/// What is wrong with a row of a file, or odd about it. It carries no personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RowFault {
    /// As the file counts, the heading being row 1.
    pub row: u64,
    /// As the file's heading words it.
    pub column: String,
    pub reason: String,
}
