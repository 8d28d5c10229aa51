//! Publishing a notice, saying that it has been read, taking it back.

use super::{
    attach::read_file,
    authority::notice_publisher,
    save_form::{place, write_beside},
};
use crate::{Desk, Trouble, ask, attachments, photo, settings};
use daiban_contract::{
    Code,
    act::{ConfirmNotice, PublishNotice, SaveNoticeAttachment, TakeBackNotice},
    view::{NoticeView, SavedAttachment},
};
use daiban_domain::{Instant, case::Attachment, notice::Notice};
use daiban_replica::{attachment, public::notice, store::key::keep_name, unfinished};
use std::{fs, path::Path};

/// What one notice may bring along.
const FILES_MAX: usize = 8;
const REASON_MAX: usize = 200;

impl Desk {
    pub fn publish_notice(&self, request: PublishNotice, now: Instant) -> Result<NoticeView, Trouble> {
        let PublishNotice { notice, files, unfinished: begun } = request;
        let notice = trimmed(notice);
        let settings = self.with(|replica| {
            notice_publisher(replica)?;
            let own = replica.identity().unit;
            notice.check(own).map_err(|reason| Trouble::new(Code::BadInput, reason))?;
            if let Some(before) = notice.replaces
                && ask::found_notice(replica.db(), before)?.unit != own
            {
                return Err(Trouble::new(Code::NotAllowed, "只能代替本单位自己发的通知。"));
            }
            Ok(settings::load(replica.db())?)
        })?;
        if files.len() > FILES_MAX {
            return Err(Trouble::new(Code::BadInput, format!("附件最多 {FILES_MAX} 个，没有发出去。")));
        }
        // Seconds' work for large pictures: nobody waits for it.
        let mut prepared = Vec::new();
        for file in &files {
            prepared.push((name_of(file), photo::prepare(read_file(file)?, &settings)?));
        }
        self.with(|replica| {
            let id = replica.commit(now, |writing| {
                let mut all = Vec::new();
                for (name, photo) in &prepared {
                    all.push(Attachment {
                        hash: attachment::keep(writing, &photo.bytes)?,
                        material: String::new(),
                        name: name.clone(),
                        media_type: photo.media_type.to_owned(),
                        size: photo.bytes.len() as u64,
                        width: photo.width,
                        height: photo.height,
                        removed: false,
                    });
                }
                if let Some(id) = begun {
                    unfinished::forget(writing, unfinished::Kind::Notice, id)?;
                }
                let id = notice::publish(writing, &notice, &all)?;
                // Villages may come for a township's at its own computer.
                attachments::say_so(writing, all.iter().map(|attachment| attachment.hash))?;
                Ok::<_, Trouble>(id)
            })?;
            ask::notice_view(replica, id, now)
        })
    }

    pub fn confirm_notice(&self, request: ConfirmNotice, now: Instant) -> Result<NoticeView, Trouble> {
        self.with(|replica| {
            let seen = ask::notice_view(replica, request.id, now)?;
            // Said once by whoever was first; the second of two people has read it none the less.
            if seen.row.read.is_some() {
                return Ok(seen);
            }
            if !seen.may_confirm {
                let message = "这条通知不要本单位回执，或已经收回、被代替，不用点已读。";
                return Err(Trouble::new(Code::NotAllowed, message));
            }
            replica.commit(now, |writing| Ok::<_, Trouble>(notice::confirm(writing, request.id)?))?;
            ask::notice_view(replica, request.id, now)
        })
    }

    pub fn take_back_notice(&self, request: TakeBackNotice, now: Instant) -> Result<NoticeView, Trouble> {
        self.with(|replica| {
            notice_publisher(replica)?;
            let record = ask::found_notice(replica.db(), request.id)?;
            let reason = request.reason.trim();
            if record.unit != replica.identity().unit {
                return Err(Trouble::new(Code::NotAllowed, "只能收回本单位自己发的通知。"));
            }
            if record.taken_back.is_some() {
                return Err(Trouble::new(Code::NotAllowed, "这条通知已经收回了。"));
            }
            if reason.is_empty() || reason.chars().count() > REASON_MAX {
                let message = format!("写一句为什么收回，最多 {REASON_MAX} 个字，看到的人会问。");
                return Err(Trouble::new(Code::BadInput, message));
            }
            replica.commit(now, |writing| Ok::<_, Trouble>(notice::take_back(writing, &record, reason)?))?;
            ask::notice_view(replica, request.id, now)
        })
    }

    /// What was published for all to read tells nothing of anybody: it leaves no record of access.
    pub fn save_notice_attachment(
        &self,
        request: SaveNoticeAttachment,
        _: Instant,
    ) -> Result<SavedAttachment, Trouble> {
        let folder = self.place.data.join("attachments");
        self.with(|replica| {
            let (attachment, bytes) = ask::notice_attachment(replica.db(), request.id, &request.hash)?;
            let ending = if attachment.media_type == "application/pdf" { "pdf" } else { "jpg" };
            let name = format!("notice-{}.{ending}", &attachment.hash.to_string()[..8]);
            let file = place(request.file.as_deref(), &folder, &name);
            let part = write_beside(&file, &bytes)?;
            fs::rename(part, &file).and_then(|()| keep_name(&file)).map_err(Trouble::file)?;
            Ok(SavedAttachment {
                file: file.display().to_string(),
                media_type: attachment.media_type,
                size: attachment.size,
            })
        })
    }
}

fn trimmed(notice: Notice) -> Notice {
    let trim = |text: String| text.trim().to_owned();
    Notice {
        title: trim(notice.title),
        issuer: trim(notice.issuer),
        number: trim(notice.number),
        paragraphs: notice.paragraphs.into_iter().map(trim).filter(|text| !text.is_empty()).collect(),
        ..notice
    }
}

/// What a file is called, without its ending.
fn name_of(file: &str) -> String {
    Path::new(file).file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
