//! What a case says of a photo or scan. The bytes lie elsewhere, under their hash.

use crate::ContentHash;
use minicbor::{CborLen, Decode, Encode};

/// One photo or scan, as it lies in the document under [`Attachment::key`]. Fields are numbered, as an event's are.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
#[cbor(map)]
pub struct Attachment {
    #[n(0)]
    pub hash: ContentHash,
    /// The material that it shows; empty for none of the item's.
    #[n(1)]
    pub material: String,
    /// What a person called it; empty for nothing.
    #[n(2)]
    pub name: String,
    /// `image/jpeg`, `application/pdf`.
    #[n(3)]
    pub media_type: String,
    /// In bytes.
    #[n(4)]
    pub size: u64,
    /// In pixels, 0 where there are none.
    #[n(5)]
    pub width: u32,
    #[n(6)]
    pub height: u32,
    /// Taken off the case again. The bytes stay, and go on to where they were going.
    #[n(7)]
    pub removed: bool,
}

/// What keys of attachments begin with.
pub const PREFIX: &str = "attachments/";

impl Attachment {
    /// The document's key: half the hash is enough to tell the attachments of one case apart.
    pub fn key(&self) -> String {
        let half = self.hash.0[..16].iter();
        half.fold(PREFIX.to_owned(), |key, byte| format!("{key}{byte:02x}"))
    }
}
