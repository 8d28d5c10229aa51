use super::authority::countys_clerk;
use crate::{Desk, Trouble, ask::check_settings};
use daiban_contract::{Code, act, view::Published};
use daiban_domain::{
    Instant,
    item::{
        Catalogue, catalogue_from_json,
        check::{CheckSettings, Finding, Severity, check},
        diff,
        publish::next_versions,
    },
};
use daiban_exchange::Partition;
use daiban_replica::{
    document::{Writing, kind},
    public::item,
    today,
};
use jiff::civil::Date;

impl Desk {
    pub fn publish(&self, request: act::Publish, now: Instant) -> Result<Published, Trouble> {
        self.with(|replica| {
            countys_clerk(replica, "事项目录要由县中心汇总员来发布")?;
            let draft = catalogue_from_json(&request.draft).map_err(unreadable)?;
            let settings = check_settings(replica, now)?;
            replica.commit(now, |writing| {
                let published = item::published(writing.db())?;
                let from = request.from.unwrap_or(tomorrow(writing, now)?);
                publish(writing, &published, &draft, &request.version, from, settings)
            })
        })
    }
}

pub(super) fn tomorrow(writing: &Writing<'_>, now: Instant) -> Result<Date, Trouble> {
    Ok(today(writing.db(), now)?.saturating_add(jiff::ToSpan::day(1)))
}

/// Publishes what a draft changes, each item as its next version, in the open transaction.
pub(super) fn publish(
    writing: &mut Writing<'_>,
    published: &Catalogue,
    draft: &Catalogue,
    version: &str,
    from: Date,
    settings: CheckSettings,
) -> Result<Published, Trouble> {
    if *version <= *published.version {
        let message = format!("目录版本要排在现在的 {} 后面，如 2026.2。什么都没有发布。", published.version);
        return Err(Trouble::new(Code::BadInput, message));
    }
    let next = next_versions(published, draft, from).map_err(unreadable)?;
    if next.is_empty() {
        return Err(Trouble::new(Code::BadInput, "和已发布的目录没有不同，不用发布。"));
    }
    let mut whole = Catalogue { version: version.to_owned(), ..published.clone() };
    whole.items.extend(next.iter().cloned());
    let settings = CheckSettings { published: Some(published.clone()), ..settings };
    if let Some(refusal) = refusal(&check(&whole, &settings)) {
        return Err(refusal);
    }
    let publicly = Partition::public(writing.identity().county);
    for (_, content) in &next {
        writing.create(publicly, kind::ITEM, |edit| {
            edit.put("catalogue", version);
            edit.put("content", content.as_str());
            Ok::<_, Trouble>(())
        })?;
    }
    let changes = diff::catalogues(published, &whole).says();
    let says = format!("已发布 {} 个事项的新版本，其他设备下次同步或导入时收到。", next.len());
    Ok(Published { catalogue: version.to_owned(), says, changes })
}

/// Errors of the rules keep a catalogue from being published; warnings don't.
fn refusal(findings: &[Finding]) -> Option<Trouble> {
    let errors: Vec<_> = findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    let first = errors.first()?;
    let message = format!(
        "有 {} 处错误，什么都没有发布。第一处：{} {}{}，{}",
        errors.len(),
        first.rule,
        first.item_id,
        first.place,
        first.message
    );
    Some(Trouble::new(Code::NotAllowed, message))
}

pub(super) fn unreadable(error: serde_json::Error) -> Trouble {
    let message = "目录草稿读不懂：缺了必填的项，或有一项的类型不对。什么都没有发布。";
    Trouble::new(Code::BadInput, message).because(error)
}
