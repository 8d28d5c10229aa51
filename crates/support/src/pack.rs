//! The support bundle: a ZIP, which opens everywhere.

use crate::log::days;
use serde_json::Value;
use std::{
    fs,
    io::{self, Cursor, Write},
    path::Path,
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// Bytes of log that go along, newest days first: months of it are of no use, and have to fit into a mail.
const LOG_MAX: u64 = 16 << 20;

/// The file's bytes: what a program says of itself, and its log in `folder`, if there is one.
pub fn pack(report: &Value, folder: &Path) -> io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, bytes: &[u8]| {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(bytes)
    };
    put("report.json", format!("{report:#}\n").as_bytes())?;
    let days = if folder.exists() { days(folder)? } else { Vec::new() };
    let mut room = LOG_MAX;
    for day in days.iter().rev() {
        let bytes = fs::read(day)?;
        let Some(rest) = room.checked_sub(bytes.len() as u64) else { break };
        room = rest;
        let name = day.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        put(&format!("log/{name}"), &bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
