//! Photos and scans of a case.

use serde::{Deserialize, Serialize};

/// Adds a photo or scan to a case: JPEG and PNG are made smaller as this desk is set, PDF stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Attach {
    pub case_no: String,
    /// Where it lies.
    pub file: Option<String>,
    /// Or what it is, in base 64, perhaps as a data URL.
    pub content: Option<String>,
    /// The material that it shows.
    pub material_code: Option<String>,
    /// What to call it; the material's name serves as well.
    pub name: String,
}

/// Takes a photo or scan off a case. What others hold of it, they keep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Detach {
    pub case_no: String,
    /// Its hash, or the beginning of it.
    pub hash: String,
}

/// Writes a photo or scan to a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SaveAttachment {
    pub case_no: String,
    pub hash: String,
    /// `None`: the desk's own folder for them, under a name without personal data.
    #[serde(default)]
    pub file: Option<String>,
}

/// Lets the bytes of a case's photos and scans go at this desk. Refused while the county hasn't backed up all of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PurgeAttachments {
    pub case_no: String,
}
