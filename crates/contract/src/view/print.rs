//! The print queue: what waits, what failed and why, what was printed today.

use daiban_domain::Instant;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PrintsView {
    /// There is a print system that answers.
    pub system: bool,
    /// Printers with which something is the matter.
    pub troubles: Vec<PrinterTrouble>,
    /// What hasn't come out first, then the rest of today; the latest first.
    pub prints: Vec<PrintView>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PrinterTrouble {
    pub printer: String,
    /// In Chinese, e.g. 打印机缺纸。
    pub says: String,
}

/// A paper that was printed or saved at this desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PrintView {
    pub id: i64,
    pub at: Instant,
    pub by: String,
    /// e.g. 受理通知书
    pub name: String,
    /// Of the first of several; empty for what has none.
    pub number: String,
    /// Of the first case; empty for what is no case's.
    pub case_no: String,
    pub cases: u32,
    pub pages: u32,
    pub copies: u32,
    /// Empty for a file.
    pub printer: String,
    /// As the print system numbers it.
    #[serde(default)]
    pub job: String,
    pub state: PrintState,
    /// Why it doesn't come out, in Chinese; empty where nothing is known.
    pub says: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PrintState {
    /// The print system gave it up.
    Failed,
    /// It was never let go.
    Held,
    Waiting,
    Printing,
    /// The print system doesn't remember it any more, or doesn't answer.
    Unknown,
    Cancelled,
    Done,
    /// A file.
    Saved,
}

impl PrintState {
    /// Somebody has to do something about it, or it is under way.
    pub fn open(self) -> bool {
        matches!(self, Self::Failed | Self::Held | Self::Waiting | Self::Printing)
    }
}
