use crate::{Desk, Trouble, ask};
use daiban_contract::{Code, act::PurgeAttachments, view::CaseView};
use daiban_domain::Instant;
use daiban_replica::attachment;

impl Desk {
    pub fn purge_attachments(&self, request: PurgeAttachments, now: Instant) -> Result<CaseView, Trouble> {
        self.with(|replica| {
            replica.commit(now, |writing| {
                let opened = ask::open(writing.db(), &request.case_no)?;
                for attached in &opened.case.attachments {
                    if !attachment::purge(writing, attached.attachment.hash)? {
                        let message = "县中心还没有全部收到并备份，照片一张也没有删。等备份过后再试。";
                        return Err(Trouble::new(Code::NotAllowed, message));
                    }
                }
                Ok(())
            })?;
            let opened = ask::open(replica.db(), &request.case_no)?;
            ask::case_view(replica, &opened, now)
        })
    }
}
