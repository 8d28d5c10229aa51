use super::notice::Reading;
use crate::{Desk, Trouble, act::may_publish_notices};
use daiban_contract::{ask, view::NoticesView};
use daiban_domain::{Instant, notice::Notice, pinyin};
use daiban_replica::public::enrolment;
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
                if reading.concerns(record) && called(&record.notice, &sought, request.titles) {
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

fn called(notice: &Notice, sought: &str, titles: bool) -> bool {
    let Notice { title, issuer, number, paragraphs, .. } = notice;
    let within = |text: &String| text.to_lowercase().contains(sought);
    sought.is_empty()
        || within(title)
        || pinyin::initials(title).contains(sought)
        || !titles && ([issuer, number].into_iter().chain(paragraphs).any(within))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_are_found_by_title_initials_and_text() {
        let notice = Notice {
            title: "高龄津贴照常代办".to_owned(),
            issuer: "清源县政务服务中心".to_owned(),
            paragraphs: vec!["放假期间把值班电话贴在门口。".to_owned()],
            ..Notice::default()
        };
        for (sought, in_title, anywhere) in [
            ("", true, true),
            ("津贴", true, true),
            ("gljt", true, true),
            ("jtzc", true, true),
            ("值班", false, true),
            ("政务", false, true),
            ("低保", false, false),
        ] {
            assert_eq!(called(&notice, sought, true), in_title, "{sought}");
            assert_eq!(called(&notice, sought, false), anywhere, "{sought}");
        }
    }
}
