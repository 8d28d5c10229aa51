//! What a scanner has written: offered, never taken by itself.

use crate::{Desk, Trouble, act::FILE_MAX};
use base64::{Engine, prelude::BASE64_STANDARD};
use daiban_contract::{
    Code,
    ask::{Scan, Scans},
    view::{AttachmentContent, ScanView, ScansView},
};
use daiban_domain::Instant;
use daiban_replica::scan_folder;
use std::{
    fs::{self, DirEntry, File},
    io::Read,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

/// More than anybody scans between two looks.
const SHOWN: usize = 12;

impl Desk {
    pub fn scans(&self, _: Scans, _: Instant) -> Result<ScansView, Trouble> {
        let folder = self.scan_folder()?;
        if folder.is_empty() {
            return Ok(ScansView::default());
        }
        let Ok(entries) = fs::read_dir(&folder) else {
            return Ok(ScansView { folder, away: true, files: Vec::new() });
        };
        let mut files: Vec<ScanView> = entries.flatten().filter_map(|entry| scan(&entry)).collect();
        files.sort_by(|one, other| (other.at, &one.name).cmp(&(one.at, &other.name)));
        files.truncate(SHOWN);
        Ok(ScansView { folder, away: false, files })
    }

    /// One of them, to be looked at before it is taken.
    pub fn scan(&self, request: Scan, _: Instant) -> Result<AttachmentContent, Trouble> {
        let folder = self.scan_folder()?;
        let plain = Path::new(&request.name).file_name().is_some_and(|name| name == request.name.as_str());
        let media_type = media_type(&request.name).filter(|_| plain && !folder.is_empty());
        let Some(media_type) = media_type else {
            return Err(Trouble::new(Code::File, "扫描文件夹里没有这个文件。请再看一遍。"));
        };
        let mut bytes = Vec::new();
        let file = File::open(PathBuf::from(folder).join(&request.name)).map_err(Trouble::file)?;
        file.take(FILE_MAX).read_to_end(&mut bytes).map_err(Trouble::file)?;
        Ok(AttachmentContent { media_type: media_type.to_owned(), content: BASE64_STANDARD.encode(bytes) })
    }

    fn scan_folder(&self) -> Result<String, Trouble> {
        self.with(|replica| Ok(scan_folder::find(replica.db())?))
    }
}

fn scan(entry: &DirEntry) -> Option<ScanView> {
    let name = entry.file_name().into_string().ok()?;
    media_type(&name)?;
    let data = entry.metadata().ok().filter(|data| data.is_file() && data.len() > 0)?;
    let at = data.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(ScanView { name, at: Instant(at.as_millis() as i64), size: data.len() })
}

fn media_type(name: &str) -> Option<&'static str> {
    let ending = Path::new(name).extension()?.to_str()?.to_ascii_lowercase();
    Some(match ending.as_str() {
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "pdf" => "application/pdf",
        _ => return None,
    })
}
