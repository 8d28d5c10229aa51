use super::notice::Reading;
use crate::{Desk, Trouble, act::may_publish_notices};
use daiban_contract::{ask, view::NoticesView};
use daiban_domain::Instant;
use daiban_replica::public::{enrolment, notice::NoticeRecord};
use std::cmp::Reverse;

/// More are found by typing.
const PAGE: usize = 100;

impl Desk {
    pub fn notices(&self, request: ask::Notices, now: Instant) -> Result<NoticesView, Trouble> {
        self.with(|replica| {
            let reading = Reading::of(replica, now)?;
            let limit = if request.limit == 0 { PAGE } else { request.limit as usize };
            let sought = request.search.trim().to_lowercase();
            let (mut marked, mut all_unread) = (Vec::new(), 0);
            for record in &reading.all {
                let unread = reading.unread(record)?;
                all_unread += u64::from(unread);
                if reading.concerns(record) && called(record, &sought) {
                    marked.push((unread, record));
                }
            }
            // The order within both parts is the latest first already.
            marked.sort_by_key(|(unread, _)| Reverse(*unread));
            let rows = marked.into_iter().take(limit).map(|(_, record)| reading.row(record));
            let identity = replica.identity();
            let roles = enrolment::roles(replica.db(), identity.person)?;
            Ok(NoticesView {
                notices: rows.collect::<Result<_, _>>()?,
                unread: all_unread,
                may_publish: may_publish_notices(identity.unit.level(), &roles),
            })
        })
    }
}

fn called(record: &NoticeRecord, sought: &str) -> bool {
    let notice = &record.notice;
    let mut texts = [&notice.title, &notice.issuer, &notice.number].into_iter().chain(&notice.paragraphs);
    sought.is_empty() || texts.any(|text| text.to_lowercase().contains(sought))
}
