//! Papers: what can be printed, what was, what became of it.

use super::CaseView;
use daiban_domain::case::State;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FormView {
    /// `F01`, `F02`
    pub form: String,
    /// e.g. 受理通知书
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PaperView {
    pub form: String,
    pub name: String,
    pub number: String,
    pub on: Date,
    pub by: String,
    /// 1 for the first print.
    pub copy: u32,
}

/// Forms of many cases in one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SavedForms {
    pub file: String,
    pub name: String,
    /// 文书编号, in the order of the file.
    pub numbers: Vec<String>,
    pub pages: usize,
    /// Cases that were left out, and why.
    pub skipped: Vec<SkippedForm>,
    /// A day's batch was looked for among so many of the newest cases alone; `None` where these are all.
    pub among: Option<u32>,
    pub printing: Option<PrintingView>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SkippedForm {
    pub case_no: String,
    pub why: String,
}

/// What a batch may be printed of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormsDueView {
    /// In the order in which a case comes to them.
    pub forms: Vec<DueFormView>,
    /// As of [`SavedForms`].
    pub among: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DueFormView {
    pub form: String,
    pub name: String,
    /// Of how many cases, and how many of these have it already.
    pub cases: usize,
    pub printed: usize,
}

/// How many forms of a batch are laid out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProgressView {
    pub done: usize,
    pub of: usize,
}

/// A printer of the system.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PrinterView {
    pub name: String,
    /// The one that was printed on here last, or else the system's usual one.
    pub usual: bool,
    /// What is the matter with it, in Chinese; empty if nothing is.
    pub says: String,
    /// Empty where the queue doesn't tell.
    pub trays: Vec<TrayView>,
}

/// A tray of a printer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrayView {
    /// As the queue calls it.
    pub tray: String,
    /// In Chinese, where its name is known.
    pub name: String,
    /// The one that was used here last, or else the queue's usual one.
    pub usual: bool,
}

/// A paper in a printer's queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PrintingView {
    pub printer: String,
    pub job: String,
    /// It waits until somebody has seen to the printer.
    pub stuck: bool,
    pub says: String,
}

/// What a paper's mark comes to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FormCheckView {
    /// A device of the county has signed it.
    pub genuine: bool,
    pub form: String,
    pub name: String,
    /// Of what it is: of a service card the code of its unit, of a visit's slip the number of the matter.
    pub case_no: String,
    /// 文书编号, or so much of it as the mark tells where the case isn't here; a service card has none.
    pub number: String,
    pub on: Date,
    /// Who printed it; empty if it isn't genuine.
    pub unit_name: String,
    /// Of the case now, where it is here.
    pub state: Option<State>,
    /// In Chinese: what is known of the paper, and what has become of the case since.
    pub says: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PreviewView {
    pub name: String,
    /// One SVG document a page, in millimetres; of a long paper the first ones.
    pub pages: Vec<String>,
    /// How many pages it has.
    pub total: usize,
}

/// A paper that is no case's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SavedPaper {
    pub file: String,
    pub name: String,
    pub pages: usize,
    /// Where it was printed: what the printer makes of it.
    pub printing: Option<PrintingView>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SavedForm {
    pub file: String,
    /// Where it was printed: what the printer makes of it.
    pub printing: Option<PrintingView>,
    pub name: String,
    pub number: String,
    pub case: CaseView,
}
