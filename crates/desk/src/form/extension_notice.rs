use super::{Stamp, accepted_on, slip::slip};
use crate::ask::Opened;
use daiban_domain::{
    case::{
        ClockName, Event,
        deadlines::{deadlines, promise_due},
    },
    item::Item,
};
use daiban_forms::ExtensionNotice;
use daiban_replica::{ReplicaError, public::enrolment};
use rusqlite::Connection;

pub(super) fn gather(
    db: &Connection,
    opened: &Opened,
    act: &Event,
    stamp: Stamp,
) -> Result<ExtensionNotice, ReplicaError> {
    let Opened { item, folded, calendar, settings, .. } = opened;
    let said = act.said();
    let all = deadlines(folded, item, calendar, settings);
    let due = all.iter().find(|deadline| deadline.clock == ClockName::Promise).map(|deadline| deadline.due);
    let before = promise_due(accepted_on(opened, act), item, calendar);
    Ok(ExtensionNotice {
        slip: slip(db, opened, act, stamp)?,
        before: before.map_or(act.on.0, |due| due.date),
        after: due.map_or(act.on.0, |due| due.date),
        provisional: due.is_some_and(|due| due.provisional),
        days: said.days.unwrap_or_default(),
        reason: said.reason,
        basis: if said.basis.is_empty() { basis(item) } else { said.basis },
        approver: enrolment::person(db, act.person)?.unwrap_or_default().name,
    })
}

/// What allows it: the licensing law for licences (行政许可法 §42), else what the item says.
fn basis(item: &Item) -> String {
    if item.licence() {
        "《中华人民共和国行政许可法》第四十二条".to_owned()
    } else if item.extension.basis.is_empty() || item.extension.basis.contains("可配置") {
        "本事项办理规定".to_owned()
    } else {
        item.extension.basis.clone()
    }
}
