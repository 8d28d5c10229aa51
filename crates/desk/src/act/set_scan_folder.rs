use crate::{Desk, Trouble};
use daiban_contract::{Code, act::SetScanFolder, ask::Scans, view::ScansView};
use daiban_domain::Instant;
use daiban_replica::scan_folder;
use std::path::Path;

impl Desk {
    pub fn set_scan_folder(&self, request: SetScanFolder, now: Instant) -> Result<ScansView, Trouble> {
        let folder = request.folder.trim();
        let there = Path::new(folder).is_absolute() && Path::new(folder).is_dir();
        if !(folder.is_empty() || there) {
            let message = "没有这个文件夹，没有改。请选扫描仪存文件的那个文件夹。";
            return Err(Trouble::new(Code::File, message));
        }
        self.with(|replica| replica.commit(now, |writing| Ok(scan_folder::put(writing, folder)?)))?;
        self.scans(Scans {}, now)
    }
}
