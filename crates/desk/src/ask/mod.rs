//! Questions. Each file answers one.

pub(crate) mod attachment;
mod case;
pub(crate) mod cases;
mod catalogue;
pub(crate) mod desk;
mod home;
pub(crate) mod items;
mod preview;
mod settings;
mod sticks;
pub(crate) mod sync;
mod verify;

pub(crate) use case::{Opened, field_value, open, reach, view as case_view};
pub(crate) use catalogue::check_settings;
pub(crate) use preview::{Stamp, earned_form, lay_out, printed};
pub use sticks::stick_folders;
