//! Photographs and scans.

use super::Reach;
use daiban_domain::{ContentHash, Instant};
use serde::{Deserialize, Serialize};

/// A photo or scan of a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AttachmentView {
    pub hash: ContentHash,
    /// What it was called, or the material's name, or 照片.
    pub name: String,
    /// Empty for none.
    pub material_code: String,
    pub media_type: String,
    /// In bytes.
    pub size: u64,
    /// In pixels, 0 for a PDF.
    pub width: u32,
    pub height: u32,
    pub at: Instant,
    pub by: String,
    /// It can be looked at here.
    pub here: bool,
    /// Who has said that the whole of it has come.
    pub reach: Reach,
}

/// A photo or scan to look at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AttachmentContent {
    pub media_type: String,
    /// In base 64.
    pub content: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SavedAttachment {
    pub file: String,
    pub media_type: String,
    /// In bytes.
    pub size: u64,
}
