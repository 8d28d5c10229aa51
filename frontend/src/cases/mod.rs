//! The list of cases, in its parts: what narrows it, its rows, and the case that is marked in it.

mod filters;
mod panel;
mod rows;

pub use filters::{States, Units, VillageQueues};
pub use panel::Panel;
pub use rows::{CaseRows, Mark};
