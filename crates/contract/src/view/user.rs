//! Who works at this device.

use daiban_domain::PersonId;
use serde::{Deserialize, Serialize};

/// The users of this device, as far as they can be told: names alone while it is locked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UsersView {
    pub users: Vec<UserRow>,
    /// False: whoever opens the program is at work.
    pub password_set: bool,
    /// Whether who is at work may take others off the device.
    pub may_remove: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserRow {
    pub person: PersonId,
    pub name: String,
    /// As people call them; none while the desk is locked.
    pub roles: Vec<String>,
    /// Who is at work now.
    pub current: bool,
}

/// What may be said of a new password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PasswordView {
    pub strong: bool,
    /// Why it won't do, or that it will.
    pub says: String,
}
