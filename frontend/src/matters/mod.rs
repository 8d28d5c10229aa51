//! What people come with beside cases (来访事项): taking one down, one with its story, and what may be done with it.

mod acts;
mod draft;
mod one;
mod take_down;

pub use one::MatterPanel;
pub use take_down::TakeDown;
