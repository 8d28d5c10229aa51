use super::{
    let_out::{access, let_out},
    save_form::place,
};
use crate::{Desk, Trouble, ask};
use daiban_contract::{act::SaveAttachment, view::SavedAttachment};
use daiban_domain::{Instant, access::What};

impl Desk {
    pub fn save_attachment(&self, request: SaveAttachment, now: Instant) -> Result<SavedAttachment, Trouble> {
        let folder = self.place.data.join("attachments");
        self.with(|replica| {
            let (attachment, bytes) = ask::attachment::load(replica.db(), &request.case_no, &request.hash)?;
            let ending = if attachment.media_type == "application/pdf" { "pdf" } else { "jpg" };
            let hash = attachment.hash.to_string();
            let name = format!("{}-{}.{ending}", request.case_no, &hash[..8]);
            let file = place(request.file.as_deref(), &folder, &name);
            let access = access(What::Attachment, &request.case_no, &hash[..8], 1);
            let_out(replica, &access, &file, &bytes, now)?;
            Ok(SavedAttachment {
                file: file.display().to_string(),
                media_type: attachment.media_type,
                size: attachment.size,
            })
        })
    }
}
