//! Notices, and who has read them.

use daiban_domain::{
    ContentHash, DocumentId, Instant, UnitCode,
    notice::{Notice, NoticeKind},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NoticesView {
    /// Those that this desk still has to read first, then the latest.
    pub notices: Vec<NoticeRow>,
    /// How many this unit still has to read and say so.
    pub unread: u64,
    /// The person here may publish one.
    pub may_publish: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NoticeRow {
    pub id: DocumentId,
    pub kind: NoticeKind,
    pub title: String,
    pub issuer: String,
    /// The day that it bears.
    pub on: Date,
    /// When it was published.
    pub at: Instant,
    /// This unit has to say that it has read it, and hasn't yet.
    pub unread: bool,
    /// When this unit said so.
    pub read: Option<Instant>,
    pub taken_back: bool,
    pub replaced: bool,
    pub attachments: u64,
    /// Of a notice whose readers this desk hears of: how many have read it, and how many it is for.
    pub readers: Option<(u64, u64)>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NoticeView {
    pub row: NoticeRow,
    pub notice: Notice,
    /// Whom it is for, in words.
    pub for_says: String,
    pub attachments: Vec<NoticeAttachment>,
    pub published_by: String,
    pub taken_back: Option<TakenBackView>,
    /// The one whose place this takes, and the one that took this one's.
    pub replaces: Option<NoticeRef>,
    pub replaced_by: Option<NoticeRef>,
    /// Who read it for this unit.
    pub read_by: String,
    /// Units at and below this one: those that haven't read it first, the longest unheard of before the others.
    pub readers: Vec<ReaderView>,
    /// There are more than stand in `readers`.
    pub readers_total: u64,
    pub may_confirm: bool,
    pub may_take_back: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoticeRef {
    pub id: DocumentId,
    pub title: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TakenBackView {
    pub at: Instant,
    pub by: String,
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NoticeAttachment {
    pub hash: ContentHash,
    pub name: String,
    pub media_type: String,
    /// In bytes.
    pub size: u64,
    /// It can be opened here.
    pub here: bool,
}

/// One unit that a notice is for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReaderView {
    pub unit: UnitCode,
    pub name: String,
    /// The township of a village, empty for a township.
    pub above: String,
    /// When it said that it had read it, by its own clock.
    pub read: Option<Instant>,
    pub by: String,
    pub reached: Reached,
    /// When the county last received something of one of its computers.
    pub heard: Option<Instant>,
}

/// Whether a unit that hasn't read a notice can have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Reached {
    /// It has no computer.
    NoDevice,
    /// Nothing has come from it since: it may not have the notice yet.
    Not,
    /// Something of it has come since: it has exchanged, and has the notice.
    Since,
}
