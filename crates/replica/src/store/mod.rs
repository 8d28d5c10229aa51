//! The encrypted database file and the key that opens it.

pub mod key;
pub(crate) mod open;
mod rekey;

pub use key::DatabaseKey;
pub use open::{exists, file};
