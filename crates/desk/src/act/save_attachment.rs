use crate::{Desk, Trouble, ask};
use daiban_contract::{act::SaveAttachment, view::SavedAttachment};
use daiban_domain::Instant;
use daiban_replica::store::key::write;
use std::{fs, path::PathBuf};

impl Desk {
    pub fn save_attachment(&self, request: SaveAttachment, _: Instant) -> Result<SavedAttachment, Trouble> {
        let folder = self.place.data.join("attachments");
        self.with(|replica| {
            let (attachment, bytes) = ask::attachment::load(replica.db(), &request.case_no, &request.hash)?;
            let file = match &request.file {
                Some(file) => PathBuf::from(file),
                None => {
                    fs::create_dir_all(&folder).map_err(Trouble::file)?;
                    let ending = if attachment.media_type == "application/pdf" { "pdf" } else { "jpg" };
                    let hash = attachment.hash.to_string();
                    folder.join(format!("{}-{}.{ending}", request.case_no, &hash[..8]))
                }
            };
            write(&file, &bytes)?;
            Ok(SavedAttachment {
                file: file.display().to_string(),
                media_type: attachment.media_type,
                size: attachment.size,
            })
        })
    }
}
