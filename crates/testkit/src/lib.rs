//! What tests share: a county on real parts, a line that breaks, programs that are killed, a year's work.
//!
//! Test code: a failure here is a failed test, so it panics.
#![allow(clippy::unwrap_used)]

pub mod answers;
pub mod author;
pub mod county;
pub mod cups;
pub mod encrypted;
pub mod line;
pub mod program;
pub mod relay;
pub mod workload;

pub use answers::answers;
pub use author::Author;
pub use county::County;
pub use encrypted::{Encrypted, Raw, Words};
pub use line::{Line, Pace};
pub use relay::Relay;

use daiban_domain::Instant;
use std::{
    path::{Path, PathBuf},
    process::Command,
};

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

/// What a QR code says that is drawn in half blocks, two rows a line.
pub fn drawn_qr_code(text: &str) -> String {
    const SIDE: usize = 4;
    let lines: Vec<Vec<char>> = text.lines().map(|line| line.chars().collect()).collect();
    let dark = |x: usize, y: usize| match (lines[y / 2].get(x), y % 2) {
        (Some('█'), _) | (Some('▀'), 0) | (Some('▄'), 1) => 0,
        _ => 255,
    };
    let (width, height) = (lines[0].len() * SIDE, lines.len() * 2 * SIDE);
    let mut page =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| dark(x / SIDE, y / SIDE));
    page.detect_grids()[0].decode().unwrap().1
}

/// A moment of 2026, e.g. `at("09-28T09:00")`, in China.
pub fn at(text: &str) -> Instant {
    format!("2026-{text}:00+08:00").parse().unwrap()
}

/// The files in some folders whose bytes hold a text, in UTF-8 or UTF-16.
pub fn found_in(folders: &[&Path], text: &str) -> Vec<PathBuf> {
    let wide: Vec<u16> = text.encode_utf16().collect();
    let spelt = [
        text.as_bytes().to_vec(),
        wide.iter().flat_map(|unit| unit.to_le_bytes()).collect(),
        wide.iter().flat_map(|unit| unit.to_be_bytes()).collect(),
    ];
    folders.iter().flat_map(|folder| files(folder)).filter(|file| holds(file, &spelt)).collect()
}

/// Whether the bytes of a file hold any of these.
pub fn holds(file: &Path, any: &[Vec<u8>]) -> bool {
    let bytes = std::fs::read(file).unwrap();
    any.iter().any(|sought| bytes.windows(sought.len()).any(|window| window == &sought[..]))
}

/// Every file in and below a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let below = |entry: std::fs::DirEntry| match entry.file_type().unwrap() {
        kind if kind.is_dir() => files(&entry.path()),
        kind if kind.is_file() => vec![entry.path()],
        _ => Vec::new(),
    };
    entries.flat_map(below).collect()
}
