//! Questions. Each file answers one.

pub(crate) mod attachment;
mod case;
pub(crate) mod cases;
mod county_settings;
pub(crate) mod desk;
mod explain;
mod home;
pub(crate) mod items;
mod life_event;
mod matter;
mod matters;
mod preview;
mod settings;
mod sticks;
pub(crate) mod sync;
mod verify;

pub(crate) use case::{Opened, field_value, open, reach, view as case_view};
pub(crate) use cases::known_unit;
pub(crate) use county_settings::county_settings;
pub(crate) use life_event::unknown_life_event;
pub(crate) use matter::{OpenedMatter, open as open_matter, view as matter_view};
pub(crate) use preview::{Stamp, earned_form, lay_out, printed};
pub use sticks::stick_folders;
