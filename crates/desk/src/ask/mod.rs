//! Questions. Each file answers one.

pub(crate) mod attachment;
mod case;
pub(crate) mod cases;
pub(crate) mod desk;
mod home;
pub(crate) mod items;
mod preview;
mod residents;
mod settings;
mod sticks;
pub(crate) mod sync;
mod verify;

pub(crate) use case::{Opened, field_value, open, reach, view as case_view};
pub(crate) use preview::{Stamp, earned_form, lay_out, printed};
pub(crate) use residents::{resident_row, unknown_resident};
pub use sticks::stick_folders;
