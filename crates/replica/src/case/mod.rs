//! Cases: read from their documents, projected into rows, listed and found.

mod list;
mod project;
mod record;

pub use list::{Filter, Listed, Reached, count_by_state, counts, list, reached};
pub use project::setting;
pub(crate) use project::{
    find_archived_again, forget, project, project_item_arrived, project_open, words_after,
};
pub use record::{Attached, CaseRecord, Side, archived, doubtful_times, find, recorded_with};
