//! What isn't granted, and where to turn with it.

use super::{
    Stamp, accepted_on,
    slip::{basis, slip},
};
use crate::ask::Opened;
use daiban_domain::{UnitCode, case::Event, item::Item};
use daiban_forms::{DecisionAgainst, RefusalNotice, Remedy};
use daiban_replica::{ReplicaError, public::unit};
use rusqlite::Connection;

pub(super) fn refusal(
    db: &Connection,
    opened: &Opened,
    act: &Event,
    stamp: Stamp,
) -> Result<RefusalNotice, ReplicaError> {
    let Opened { case, item, .. } = opened;
    let (slip, said) = (slip(db, opened, act, stamp)?, act.said());
    Ok(RefusalNotice {
        applied_on: case.registered_on,
        refused_on: act.on.0,
        ground: said.ground,
        reason: said.reason,
        basis: if said.basis.is_empty() { basis(item, "第三十二条") } else { said.basis },
        elsewhere: said.to,
        remedy: remedy(db, item, act.unit, &slip.issuer.complaint_phone)?,
        slip,
    })
}

pub(super) fn decision(
    db: &Connection,
    opened: &Opened,
    act: &Event,
    stamp: Stamp,
) -> Result<DecisionAgainst, ReplicaError> {
    let Opened { case, item, folded, .. } = opened;
    let (slip, said) = (slip(db, opened, act, stamp)?, act.said());
    Ok(DecisionAgainst {
        applied_on: case.registered_on,
        accepted_on: folded.accepted_on.map(|_| accepted_on(opened, act)),
        decided_on: act.on.0,
        what: not_granted(item),
        reason: said.reason,
        basis: if said.basis.is_empty() { basis(item, "第三十八条第二款") } else { said.basis },
        remedy: remedy(db, item, act.unit, &slip.issuer.complaint_phone)?,
        slip,
    })
}

/// Against a decision on an item. DOMAIN §5.2 has the complaint telephone for every refusal but a licence's; whoever isn't told
/// of a remedy that there is may use it for a year (行政诉讼法解释 §64), so it is told of all administrative acts.
pub(crate) fn remedy(
    db: &Connection,
    item: &Item,
    unit: UnitCode,
    complaint_phone: &str,
) -> Result<Remedy, ReplicaError> {
    if not_granted(item).is_empty() {
        return Ok(Remedy::Complaint { phone: complaint_phone.to_owned() });
    }
    review(db, unit)
}

/// By the type of the item (GB/T 39046); nothing for a public service, which decides on nobody's rights.
fn not_granted(item: &Item) -> &'static str {
    match item.type_code.as_str() {
        "01" => "许可",
        "05" => "给付",
        "07" => "确认",
        "10" => "办理",
        _ => "",
    }
}

/// The county's government and court are competent for what its organs and townships decide (行政复议法 §24, 行政诉讼法 §18).
fn review(db: &Connection, unit: UnitCode) -> Result<Remedy, ReplicaError> {
    let county = unit::find(db, unit.county())?.map(|unit| unit.short_name).unwrap_or_default();
    Ok(Remedy::Review {
        reconsideration: format!("{county}人民政府"), court: format!("{county}人民法院")
    })
}

/// e.g. 不予给付决定书
pub(super) fn title(item: &Item) -> &'static str {
    DecisionAgainst::title_of(not_granted(item))
}
