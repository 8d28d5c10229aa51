//! Notices: publishing, reading, taking back.

use daiban_domain::{DocumentId, notice::Notice};
use serde::{Deserialize, Serialize};

/// Publishes a notice to those below. It can be taken back, not changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PublishNotice {
    pub notice: Notice,
    /// Pictures and PDFs that belong to it, by their paths here.
    #[serde(default)]
    pub files: Vec<String>,
    /// The unfinished notice that this was.
    #[serde(default)]
    pub unfinished: Option<u32>,
}

/// Says for this unit that a notice has been read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConfirmNotice {
    pub id: DocumentId,
}

/// Takes a notice back. It stays to be read, marked as what no longer holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TakeBackNotice {
    pub id: DocumentId,
    pub reason: String,
}

/// Writes what belongs to a notice into a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SaveNoticeAttachment {
    pub id: DocumentId,
    /// The beginning of it is enough.
    pub hash: String,
    /// A file or a folder; the desk's own folder if none is named.
    #[serde(default)]
    pub file: Option<String>,
}
