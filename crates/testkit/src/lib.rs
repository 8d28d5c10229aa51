//! What tests share: a county on real parts, a line that breaks, programs that are killed, a year's work.
//!
//! Test code: a failure here is a failed test, so it panics.
#![allow(clippy::unwrap_used)]

pub mod answers;
pub mod author;
pub mod county;
pub mod cups;
pub mod line;
pub mod program;
pub mod relay;
pub mod workload;

pub use answers::answers;
pub use author::Author;
pub use county::County;
pub use line::{Line, Pace};
pub use relay::Relay;

use daiban_domain::Instant;
use std::{path::Path, process::Command};

/// What a PDF says, without its white space.
pub fn pdf_text(file: impl AsRef<Path>) -> String {
    let read = Command::new("pdftotext").arg("-layout").arg(file.as_ref()).arg("-").output().unwrap();
    String::from_utf8(read.stdout).unwrap().split_whitespace().collect()
}

/// What the QR code on the first page of a PDF says, as a camera sees it.
pub fn qr_code(file: &Path) -> String {
    let picture = file.with_extension("");
    let made = Command::new("pdftoppm")
        .args(["-r", "300", "-gray", "-png", "-l", "1", "-singlefile"])
        .args([file, &picture])
        .status()
        .unwrap();
    assert!(made.success());
    let page = image::open(picture.with_extension("png")).unwrap().to_luma8();
    let mut page = rqrr::PreparedImage::prepare(page);
    let grids = page.detect_grids();
    assert_eq!(grids.len(), 1, "one code");
    grids[0].decode().unwrap().1
}

/// A moment of 2026, e.g. `at("09-28T09:00")`, in China.
pub fn at(text: &str) -> Instant {
    format!("2026-{text}:00+08:00").parse().unwrap()
}
