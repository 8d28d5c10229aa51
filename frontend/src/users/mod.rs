//! Who works at this machine: a new password, the sheet of the users, and going away from the desk.

mod idle;
mod new_password;
mod sheet;

pub use idle::use_idle;
pub use new_password::NewPassword;
pub use sheet::UsersSheet;
