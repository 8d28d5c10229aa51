//! Questions. Each file answers one.

mod agent_changed;
pub(crate) mod attachment;
mod batch;
mod case;
pub(crate) mod cases;
mod catalogue;
mod county_settings;
mod delegations;
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
mod staff;
mod sticks;
pub(crate) mod sync;
mod units;
mod verify;

pub(crate) use agent_changed::agent_changed;
pub(crate) use batch::batch;
pub(crate) use case::{Opened, entrustment, field_value, open, open_row, reach, view as case_view};
pub(crate) use cases::known_unit;
pub(crate) use catalogue::check_settings;
pub(crate) use county_settings::county_settings;
pub(crate) use delegations::delegations_of;
pub(crate) use life_event::unknown_life_event;
pub(crate) use matter::{OpenedMatter, open as open_matter, view as matter_view};
pub(crate) use preview::{Stamp, earned_form, lay_out, printed};
pub(crate) use residents::{resident_row, unknown_resident};
pub(crate) use staff::staff_of;
pub use sticks::stick_folders;
