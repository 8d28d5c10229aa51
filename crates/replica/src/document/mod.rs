//! Replicated documents: automerge, with flat root keys and scalar values.

mod load;
mod write;

pub(crate) use load::partition;
pub use load::{Authored, Document, RowId, Value, find};
pub(crate) use write::change;
pub use write::{Edit, Writing};

/// What a document is; its key `kind`.
pub mod kind {
    pub const CASE: &str = "case";
    pub const RESIDENT: &str = "resident";
    pub const UNIT: &str = "unit";
    pub const ITEM: &str = "item";
    pub const CALENDAR: &str = "calendar";
}
