//! Replicated documents: automerge, with flat root keys and scalar values.

mod edit;
mod load;
mod registers;
mod side;
mod write;

pub use edit::Edit;
pub(crate) use load::{Arrived, partition};
pub use load::{Authored, Document, RowId, Value, find, identify};
pub(crate) use registers::{Registers, Sound, judge_alone, plain};
pub use registers::{Unfit, judge_together};
pub use side::Side;
pub(crate) use side::{candidate, sides};
pub use write::Writing;

/// What a document is; its key `kind`.
pub mod kind {
    pub const CASE: &str = "case";
    pub const MATTER: &str = "matter";
    pub const RATING: &str = "rating";
    pub const RESIDENT: &str = "resident";
    pub const RESIDENT_LINK: &str = "residentLink";
    pub const UNIT: &str = "unit";
    pub const ITEM: &str = "item";
    pub const ITEM_DRAFT: &str = "itemDraft";
    pub const LIFE_EVENT: &str = "lifeEvent";
    pub const CALENDAR: &str = "calendar";
    pub const COUNTY_SETTING: &str = "countySetting";
    pub const DELEGATION: &str = "delegation";
    pub const STAFF: &str = "staff";
    pub const OFFICE: &str = "office";
    pub const NOTICE: &str = "notice";
    pub const NOTICE_RECEIPT: &str = "noticeReceipt";
    pub const ALL: [&str; 16] = [
        CASE,
        MATTER,
        RATING,
        RESIDENT,
        RESIDENT_LINK,
        UNIT,
        ITEM,
        ITEM_DRAFT,
        LIFE_EVENT,
        CALENDAR,
        COUNTY_SETTING,
        DELEGATION,
        STAFF,
        OFFICE,
        NOTICE,
        NOTICE_RECEIPT,
    ];
}
