//! Questions. Each file answers one.

pub(crate) mod attachment;
mod batch;
mod case;
pub(crate) mod cases;
mod catalogue;
mod county_settings;
pub(crate) mod desk;
mod explain;
mod home;
pub(crate) mod items;
mod life_event;
mod matter;
mod matters;
mod preview;
mod residents;
mod settings;
mod sticks;
pub(crate) mod sync;
mod verify;

pub(crate) use batch::batch;
pub(crate) use case::{Opened, entrustment, field_value, open, open_row, reach, view as case_view};
pub(crate) use cases::known_unit;
pub(crate) use catalogue::check_settings;
pub(crate) use county_settings::county_settings;
pub(crate) use life_event::unknown_life_event;
pub(crate) use matter::{OpenedMatter, open as open_matter, view as matter_view};
pub(crate) use preview::{Stamp, earned_form, lay_out, printed};
pub(crate) use residents::{resident_row, unknown_resident};
pub use sticks::stick_folders;
