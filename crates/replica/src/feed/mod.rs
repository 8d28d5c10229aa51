//! Feeds in the database: appending what is written here, taking in what arrives.

mod frontier;
mod intake;
mod own;
mod peer;
pub(crate) mod rows;
pub(crate) mod stored;

pub use frontier::frontier;
pub use intake::Intake;
pub(crate) use intake::author;
pub(crate) use own::Appended;
pub(crate) use rows::Row;
