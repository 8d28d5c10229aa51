use crate::{Desk, Trouble, ask, attachments, photo, settings};
use base64::{Engine, prelude::BASE64_STANDARD};
use daiban_contract::{Code, act::Attach, view::CaseView};
use daiban_domain::{
    Instant,
    case::{Attachment, correction::may_attach},
};
use daiban_exchange::attachment::LARGEST;
use daiban_replica::{ReplicaError, attachment, document::Edit, public::enrolment};
use std::{fs::File, io::Read};

/// The largest file that is read, in bytes: a photo of a good phone is smaller.
pub(crate) const FILE_MAX: u64 = 8 * LARGEST as u64;

impl Desk {
    pub fn attach(&self, request: Attach, now: Instant) -> Result<CaseView, Trouble> {
        let bytes = read(&request)?;
        let settings = self.with(|replica| Ok(settings::load(replica.db())?))?;
        // A second's work for a large photo: nobody waits for it.
        let photo = photo::prepare(bytes, &settings)?;
        self.with(|replica| {
            may_attach(&enrolment::roles(replica.db(), replica.identity().person)?)?;
            replica.commit(now, |writing| {
                let opened = ask::open(writing.db(), &request.case_no)?;
                let material = request.material_code.as_deref().unwrap_or_default();
                if !material.is_empty() && opened.item.material(material).is_none() {
                    let message = format!("这个事项不收“{material}”这种材料，照片没有存。请核对材料代码。");
                    return Err(Trouble::new(Code::UnknownField, message));
                }
                let hash = attachment::keep(writing, &photo.bytes)?;
                let attached = Attachment {
                    hash,
                    material: material.to_owned(),
                    name: request.name.trim().to_owned(),
                    media_type: photo.media_type.to_owned(),
                    size: photo.bytes.len() as u64,
                    width: photo.width,
                    height: photo.height,
                    removed: false,
                };
                let mut document = writing.load(opened.case.document)?;
                writing.edit(&mut document, |edit| put(edit, &attached))?;
                attachments::say_so(writing, [hash])?;
                Ok(())
            })?;
            let opened = ask::open(replica.db(), &request.case_no)?;
            ask::case_view(replica, &opened, now)
        })
    }
}

pub(crate) fn put(edit: &mut Edit<'_>, attached: &Attachment) -> Result<(), ReplicaError> {
    let bytes = minicbor::to_vec(attached).map_err(|_| ReplicaError::Column("attachment"))?;
    edit.put(&attached.key(), automerge::ScalarValue::Bytes(bytes));
    Ok(())
}

/// A photo or scan from a file; of a larger one no more than it takes to find that it is too large.
pub(super) fn read_file(file: &str) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    let mut file = File::open(file).map_err(Trouble::file)?.take(FILE_MAX);
    file.read_to_end(&mut bytes).map_err(Trouble::file)?;
    Ok(bytes)
}

fn read(request: &Attach) -> Result<Vec<u8>, Trouble> {
    match (&request.file, &request.content) {
        (Some(file), _) => read_file(file),
        (None, Some(content)) => {
            let text = content.split_once(";base64,").map_or(content.as_str(), |(_, text)| text);
            BASE64_STANDARD.decode(text).map_err(|error| {
                Trouble::new(Code::BadInput, "照片的内容读不懂，没有存。请再选一次。").because(error)
            })
        }
        (None, None) => Err(Trouble::new(Code::BadInput, "没有选照片。请选一张照片或一份扫描件。")),
    }
}
