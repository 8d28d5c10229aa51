use super::{Stamp, slip::slip};
use crate::{applicant, ask::Opened};
use daiban_domain::{
    case::Event,
    check,
    deadline::Due,
    item::{Item, PublicNotice as Rule, field::Kind},
    mask::{Data, Place, Shown},
};
use daiban_forms::PublicNotice;
use daiban_replica::{ReplicaError, case::CaseRecord};
use jiff::{ToSpan, civil::Date};
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
        purpose: purpose(item),
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

fn purpose(item: &Item) -> &'static str {
    match item.type_code.as_str() {
        "01" => "批准",
        _ if ["补助", "补贴", "津贴", "救助"].iter().any(|word| item.name.contains(word)) => "发放",
        "05" => "发放",
        _ => "确认",
    }
}

/// A name with its middle hidden, or what the item's form has under the label; a figure that the review has yet to find is
/// written in by hand, and so is what nobody may read on a wall (DOMAIN §8.6), whatever the item names.
fn cell(opened: &Opened, case: &CaseRecord, column: &str) -> String {
    if matches!(column, "姓名" | "户主姓名" | "申请人") {
        return Data::Name.at(Place::Notice, case.field("applicant.name"));
    }
    let field = opened.item.fields.iter().find(|field| field.label == column);
    let Some(field) = field.filter(|field| !secret(&field.kind)) else {
        return String::new();
    };
    let text = case.field(&format!("fields.{}", field.key));
    if column.ends_with("姓名") { Data::Name.at(Place::Notice, text) } else { text.to_owned() }
}

/// Kinds of fields that no board shows. What somebody has written there the county has named to be shown.
fn secret(kind: &str) -> bool {
    let Some(kind) = Kind::of(kind) else { return true };
    let hidden = |data: Data| data != Data::Text && data.shown(Place::Notice) == Shown::Nothing;
    matches!(kind, Kind::Table | Kind::File) || Data::of_field(kind).is_some_and(hidden)
}

/// Somebody with a guardian, or under eighteen by their number.
pub(super) fn of_a_child(opened: &Opened, on: Date) -> bool {
    let applicant = applicant::of(&opened.case);
    let born = check::id_document_birth(&applicant.id_type, &applicant.id_no)
        .or_else(|| applicant.birth.parse().ok());
    let grown = born.and_then(|born: Date| born.checked_add(18.years()).ok());
    !applicant.guardian_name.is_empty() || grown.is_some_and(|grown| grown > on)
}
