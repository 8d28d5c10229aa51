//! Who works at this device, and with what password.

use crate::{
    Secret, requests,
    view::{DeskView, UsersView},
};
use daiban_domain::PersonId;
use serde::{Deserialize, Serialize};

/// Opens the desk for one of its users, or hands it over to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unlock {
    /// May be left out where there is but one.
    pub person: Option<PersonId>,
    pub password: Secret,
}

/// Closes the desk until somebody gives their password.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lock {}

/// Sets or changes the password of whoever is at work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetPassword {
    /// The one before, if there is one.
    #[serde(default)]
    pub old: Option<Secret>,
    pub new: Secret,
}

/// Makes somebody a user of this device, with a one-time code of the county; ends with an exchange.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AddUser {
    pub code: String,
    pub name: String,
    pub password: Secret,
}

/// Takes a user off this device, and gives the database a key that they don't know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RemoveUser {
    pub person: PersonId,
}

requests! {
    Unlock -> DeskView,
    Lock -> (),
    SetPassword -> UsersView,
    AddUser -> UsersView,
    RemoveUser -> UsersView,
}
