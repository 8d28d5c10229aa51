//! Several cases at once: handed over, and their papers printed.

mod forms;
mod hand_over;

pub use forms::{FormsButton, FormsSheet};
pub use hand_over::HandOverSheet;
