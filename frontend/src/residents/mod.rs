//! The register of residents: one entry, one person, a roster.

mod entry;
mod import;
mod person;

pub use import::RosterSheet;
pub use person::PersonPanel;
