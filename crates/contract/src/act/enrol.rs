//! How a device comes to belong to a unit: over the line, or by two files.

use crate::{
    Secret, requests,
    view::{DeskView, EnrolmentAsked},
};
use serde::{Deserialize, Serialize};

/// Makes an empty data folder this desk's, with a one-time code of the hub; ends with a first exchange.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Enrol {
    /// `https://host:port`
    pub hub: String,
    pub code: String,
    /// What the device is called, e.g. 上塬1号本.
    pub device: String,
    /// The name of the person who works at it.
    pub user: String,
    /// Theirs from now on. Without one whoever opens the program is at work.
    #[serde(default)]
    pub password: Option<Secret>,
}

/// Writes an application for the county into a file, where no line reaches. The keys wait for the answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskEnrolment {
    pub code: String,
    /// What the device is called.
    pub device: String,
    /// The name of the person who works at it.
    pub user: String,
    /// A file, or a folder to put one in.
    pub file: String,
}

/// Makes an empty data folder this desk's, with the county's answer to such a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FinishEnrolment {
    pub file: String,
    /// As in [`Enrol`].
    #[serde(default)]
    pub password: Option<Secret>,
}

requests! {
    Enrol -> DeskView,
    AskEnrolment -> EnrolmentAsked,
    FinishEnrolment -> DeskView,
}
