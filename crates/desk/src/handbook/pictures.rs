//! The pictures; written by `scripts/handbook_pictures.sh`.

use base64::{Engine, prelude::BASE64_STANDARD};

macro_rules! pictures {
    ($($name:literal),* $(,)?) => {
        &[$((concat!("pictures/", $name, ".png"), include_bytes!(concat!("../../../../docs/handbook/pictures/", $name, ".png")))),*]
    };
}

const PICTURES: &[(&str, &[u8])] = pictures![
    "county-calendar",
    "county-doubtful",
    "first-start-restore",
    "first-start",
    "practice-county-merge",
    "practice-record",
    "standing-in",
    "sync-village-exported",
    "township-audit",
    "township-batch-count",
    "township-code",
    "township-desk",
    "township-guide",
    "township-notice-go-on",
    "township-notice",
    "township-people",
    "township-prints",
    "village-backed-up",
    "village-cases",
    "village-day-asked",
    "village-hand-over-page",
    "village-home",
    "village-notice",
    "village-originals",
    "village-receipt",
    "village-record",
    "village-sync",
    "village-users-two",
];

/// A picture as it may stand in a page; empty if there is none of the name.
pub fn data_url(file: &str) -> String {
    let found = PICTURES.iter().find(|(name, _)| *name == file);
    found
        .map(|(_, bytes)| format!("data:image/png;base64,{}", BASE64_STANDARD.encode(bytes)))
        .unwrap_or_default()
}
