use super::{Stamp, slip::slip};
use crate::ask::Opened;
use daiban_domain::{case::Event, deadline::Due, item::PublicNotice as Rule, mask};
use daiban_forms::PublicNotice;
use daiban_replica::{ReplicaError, case::CaseRecord};
use rusqlite::Connection;

pub(super) fn gather(
    db: &Connection,
    opened: &Opened,
    act: &Event,
    stamp: Stamp,
) -> Result<PublicNotice, ReplicaError> {
    let Opened { case, item, calendar, .. } = opened;
    let rule = item.public_notice.clone().unwrap_or_default();
    let Due { date: to, .. } = daiban_domain::case::deadlines::public_notice_end(act.on.0, &rule, calendar);
    let columns = shown(&rule);
    Ok(PublicNotice {
        slip: slip(db, opened, act, stamp)?,
        purpose: if item.type_code == "05" { "发放" } else { "确认" },
        place: rule.scope.clone(),
        basis: rule.basis.clone(),
        from: act.on.0,
        to,
        term_says: format!("{}个{}", rule.days, rule.unit).replace("个自然日", "天"),
        rows: vec![columns.iter().map(|column| cell(opened, case, column)).collect()],
        columns,
    })
}

/// What a notice may show; of an item that names nothing nothing but the name.
fn shown(rule: &Rule) -> Vec<String> {
    if rule.fields_shown.is_empty() { vec!["姓名".to_owned()] } else { rule.fields_shown.clone() }
}

/// A name with its middle hidden, or what the item's form has under the label; a figure that the review has yet to find is
/// written in by hand.
fn cell(opened: &Opened, case: &CaseRecord, column: &str) -> String {
    if matches!(column, "姓名" | "户主姓名" | "申请人") {
        return mask::name_public(case.field("applicant.name"));
    }
    let field = opened.item.fields.iter().find(|field| field.label == column);
    field.map(|field| case.field(&format!("fields.{}", field.key)).to_owned()).unwrap_or_default()
}
