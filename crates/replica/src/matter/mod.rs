//! Matters (来访事项): read from their documents, projected into rows, listed.

mod list;
mod project;
mod record;

pub use list::{Filter, Listed, list};
pub(crate) use project::{forget, project, project_all};
pub use record::{MatterRecord, archived, fill, find};
