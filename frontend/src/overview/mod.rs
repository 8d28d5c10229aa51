//! Units as a tree: what is late and who is silent first.

mod groups;
mod tree;

pub use groups::{Groups, MattersCard, UnderWayCard};
pub use tree::Tree;
