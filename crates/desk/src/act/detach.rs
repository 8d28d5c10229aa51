use super::attach::put;
use crate::{Desk, Trouble, ask};
use daiban_contract::{act::Detach, view::CaseView};
use daiban_domain::{
    Instant,
    case::{Attachment, correction::may_correct},
};
use daiban_replica::public::enrolment;

impl Desk {
    /// Whoever put it there may take it off again; else whoever may correct what the case says of its materials.
    pub fn detach(&self, request: Detach, now: Instant) -> Result<CaseView, Trouble> {
        self.with(|replica| {
            let roles = enrolment::roles(replica.db(), replica.identity().person)?;
            replica.commit(now, |writing| {
                let opened = ask::open(writing.db(), &request.case_no)?;
                let attached = ask::attachment::find(&opened.case, &request.hash)?;
                if attached.authored.person != Some(writing.identity().person) {
                    may_correct(&attached.attachment.key(), opened.folded.state, &roles)?;
                }
                let removed = Attachment { removed: true, ..attached.attachment.clone() };
                let mut document = writing.load(opened.case.document)?;
                writing.edit(&mut document, |edit| put(edit, &removed))?;
                Ok::<_, Trouble>(())
            })?;
            let opened = ask::open(replica.db(), &request.case_no)?;
            ask::case_view(replica, &opened, now)
        })
    }
}
