use super::open;
use crate::{Desk, Trouble, photo};
use base64::{Engine, prelude::BASE64_STANDARD};
use daiban_contract::{
    Code, ask,
    view::{AttachmentContent, Reach},
};
use daiban_domain::{ContentHash, DeviceId, Instant, Level, case::Attachment};
use daiban_exchange::Partition;
use daiban_replica::{
    ReplicaError, attachment,
    case::{Attached, CaseRecord},
};
use rusqlite::Connection;

impl Desk {
    pub fn attachment(&self, request: ask::Attachment, _: Instant) -> Result<AttachmentContent, Trouble> {
        let (attachment, bytes) = self.with(|replica| load(replica.db(), &request.case_no, &request.hash))?;
        let photo = attachment.media_type.starts_with("image/");
        let bytes = if request.small && photo { photo::small(bytes)? } else { bytes };
        Ok(AttachmentContent { media_type: attachment.media_type, content: BASE64_STANDARD.encode(bytes) })
    }
}

/// One of a case's photos and scans, by the beginning of its hash.
pub(crate) fn find<'c>(case: &'c CaseRecord, hash: &str) -> Result<&'c Attached, Trouble> {
    let mut found = case.attachments.iter().filter(|attached| {
        !attached.attachment.removed && attached.attachment.hash.to_string().starts_with(hash)
    });
    match (found.next(), found.next()) {
        (Some(attached), None) => Ok(attached),
        _ => Err(Trouble::new(Code::UnknownAttachment, "这个办件没有这张照片。请核对照片的编号。")),
    }
}

/// Its bytes too.
pub(crate) fn load(db: &Connection, case_no: &str, hash: &str) -> Result<(Attachment, Vec<u8>), Trouble> {
    let opened = open(db, case_no)?;
    let attachment = find(&opened.case, hash)?.attachment.clone();
    let bytes = attachment::bytes(db, attachment.hash)?.ok_or_else(|| {
        let message = "这张照片还没有传到本机，或已经从本机删掉，县中心还留着。网通了再看。";
        Trouble::new(Code::UnknownAttachment, message)
    })?;
    Ok((attachment, bytes))
}

/// Who has said that the whole of it has come.
pub(super) fn attached_reach(
    db: &Connection,
    hub: DeviceId,
    partition: Partition,
    hash: ContentHash,
) -> Result<Reach, ReplicaError> {
    let holders = attachment::holders(db, partition, hash)?;
    let township =
        |unit: Option<daiban_domain::UnitCode>| unit.is_some_and(|unit| unit.level() == Level::Township);
    Ok(if holders.iter().any(|holder| holder.device == hub) {
        Reach::County
    } else if holders.iter().any(|holder| township(holder.unit)) {
        Reach::Township
    } else {
        Reach::Here
    })
}
