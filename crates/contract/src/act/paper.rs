//! Papers: made, recorded, printed.

use daiban_domain::{PersonId, UnitCode};
use serde::{Deserialize, Serialize};

/// Makes the form, records its printing, writes the PDF and, where a printer is named, has it printed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SaveForm {
    pub case_no: String,
    pub form: String,
    /// Where to write it; in a folder, and in the desk's own for printed forms where it is `None`, it gets a name without personal
    /// data.
    #[serde(default)]
    pub file: Option<String>,
    #[serde(default)]
    pub printer: Option<PrintTo>,
}

/// Makes a form of many cases in one file, as [`SaveForm`] does of one: all are recorded, or none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SaveForms {
    pub of: FormsOf,
    pub form: String,
    #[serde(default)]
    pub file: Option<String>,
    #[serde(default)]
    pub printer: Option<PrintTo>,
}

/// Which cases a batch of forms is made of; those that haven't earned the form are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum FormsOf {
    Cases {
        case_nos: Vec<String>,
    },
    /// All that travel with a hand-over.
    HandOver {
        batch: String,
    },
    /// All whose act, the one that the form bears witness to, lies on a day and that haven't been printed yet, among the newest
    /// 2,000.
    Day {
        on: jiff::civil::Date,
    },
}

/// Stops a batch of forms that is being made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StopForms {}

/// A printer of the system, how many copies, and from which of its trays, as the queue calls it; the usual one if it is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PrintTo {
    pub name: String,
    /// 1 to 99.
    pub copies: u16,
    pub tray: String,
}

/// Makes a form that is no case's and writes the PDF. That one tells of people is recorded as access to their data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SavePaper {
    pub of: PaperOf,
    /// As of [`SaveForm`].
    #[serde(default)]
    pub file: Option<String>,
    #[serde(default)]
    pub printer: Option<PrintTo>,
}

/// What a form is about that is no case's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PaperOf {
    /// F22 上门、预约服务登记单 of a matter.
    Visit { matter_no: String },
    /// F18 代办登记台账: a unit with those below it, and a month, e.g. `2026-11`.
    Ledger { unit: UnitCode, month: String },
    /// F11 办事指南 of an item, as it is in force today unless a version is named.
    Guide {
        item_id: String,
        #[serde(default)]
        version: Option<u16>,
    },
    /// F12 便民服务卡 of every agent at and below a unit.
    Cards {
        unit: UnitCode,
        /// How many of each, 99 at the most; 0 is one.
        #[serde(default)]
        copies: u16,
    },
    /// 便民服务手册: the guides of all items.
    Handbook {},
    /// 事项变化说明: what has changed in the catalogue lately, or is about to.
    Changes {},
    /// 代办交接清单: the open cases of a village that its new agent was given.
    Given { unit: UnitCode, to: PersonId },
}

/// Does something about a job that this desk gave to the print system.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActOnPrint {
    pub id: i64,
    pub act: PrintAct,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PrintAct {
    /// Prints it once more, as it was.
    Again,
    /// Lets go what is on hold.
    LetGo,
    /// Takes it out of the queue.
    Cancel,
}
