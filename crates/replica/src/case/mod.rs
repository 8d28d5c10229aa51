//! Cases: read from their documents, projected into rows, listed and found.

mod by_item;
mod by_unit;
mod custody;
mod due;
mod duplicate;
mod end;
mod hand_over;
mod list;
mod moved;
mod place;
mod project;
mod record;
mod tally;

pub use by_item::count_by_item;
pub use by_unit::{Standing, by_unit};
pub use custody::{Lies, count_originals, originals};
pub use due::due;
pub use duplicate::{Brief, Pair, brief, duplicates, duplicates_of, of_number, of_person};
pub use hand_over::{Batch, UnderWay, batches, of_batch, under_way};
pub(crate) use list::Units;
pub use list::{
    Filter, Listed, Reached, count_due, counts, dues, list, reached, registered, search, unrated,
};
pub use moved::{Moved, moved};
pub use project::setting;
pub(crate) use project::{
    find_archived_again, forget, project, project_item_arrived, project_open, words_after,
};
pub(crate) use record::attached;
pub use record::{Attached, CaseRecord, archived, doubtful_times, find, goes_on_in, recorded_with};
pub use tally::{Tally, tallies};
pub(crate) use tally::{count_after, miscounted};
