//! In what order cases are listed.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Order {
    /// By when they were recorded, the last first.
    #[default]
    Newest,
    Oldest,
    /// Only those with a term that runs, by its end; of those that end on one day the earliest recorded first.
    Soonest,
}
