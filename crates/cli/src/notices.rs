//! Notices and policies (通知, 政策).

use crate::{arguments::NoticeVerb, path, print, read_json};
use daiban_contract::{
    Failure,
    act::{ConfirmNotice, PublishNotice, SaveNoticeAttachment, TakeBackNotice},
    ask,
};
use daiban_desk::Desk;
use daiban_domain::Instant;

pub fn run(verb: &NoticeVerb, desk: &Desk, now: Instant, json: bool) -> Result<(), Failure> {
    let shown = match verb {
        NoticeVerb::List { search, limit } => {
            let request = ask::Notices { search: search.clone(), limit: *limit, titles: false };
            print::answer(&desk.notices(request, now)?, json);
            return Ok(());
        }
        NoticeVerb::Save { id, hash, output } => {
            let (hash, file) = (hash.clone(), output.as_deref().map(path));
            print::answer(
                &desk.save_notice_attachment(SaveNoticeAttachment { id: *id, hash, file }, now)?,
                json,
            );
            return Ok(());
        }
        NoticeVerb::Show { id } => desk.notice(ask::Notice { id: *id }, now)?,
        NoticeVerb::Publish { file, attach } => {
            let (notice, files) = (read_json(file)?, attach.iter().map(|file| path(file)).collect());
            desk.publish_notice(PublishNotice { notice, files, unfinished: None }, now)?
        }
        NoticeVerb::Confirm { id } => desk.confirm_notice(ConfirmNotice { id: *id }, now)?,
        NoticeVerb::TakeBack { id, reason } => {
            desk.take_back_notice(TakeBackNotice { id: *id, reason: reason.clone() }, now)?
        }
    };
    print::answer(&shown, json);
    Ok(())
}
