//! Several cases at once: handed over, counted, and their papers printed.

mod counting;
mod forms;
mod going;
mod list;
mod panel;

pub use forms::{FormsButton, FormsSheet};
pub use going::Going;
pub use list::Batches;
pub use panel::BatchPanel;
