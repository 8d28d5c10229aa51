use super::{Stamp, slip::slip, until};
use crate::ask::Opened;
use daiban_domain::{
    case::{ClockName, Event, deadlines::deadlines, fold},
    deadline::Due,
    item::Item,
};
use daiban_forms::ExtensionNotice;
use daiban_replica::{ReplicaError, case, public::enrolment};
use rusqlite::Connection;

pub(super) fn gather(
    db: &Connection,
    opened: &Opened,
    act: &Event,
    stamp: Stamp,
) -> Result<ExtensionNotice, ReplicaError> {
    let said = act.said();
    let until = until(opened, act);
    let before = promised(opened, &until[..until.len().saturating_sub(1)]);
    let after = promised(opened, &until);
    Ok(ExtensionNotice {
        slip: slip(db, opened, act, stamp)?,
        before: before.map_or(act.on.0, |due| due.date),
        after: after.map_or(act.on.0, |due| due.date),
        provisional: after.is_some_and(|due| due.provisional),
        days: said.days.unwrap_or_default(),
        reason: said.reason,
        basis: if said.basis.is_empty() { basis(&opened.item) } else { said.basis },
        approver: enrolment::person(db, act.person)?.unwrap_or_default().name,
    })
}

/// When the promise ended as of some acts: what has stopped the clock since is told by its own paper.
fn promised(opened: &Opened, acts: &[Event]) -> Option<Due> {
    let Opened { case, item, calendar, settings, .. } = opened;
    let folded = fold(acts, &case::setting(case, item));
    let all = deadlines(&folded, item, calendar, settings);
    all.into_iter().find(|deadline| deadline.clock == ClockName::Promise).map(|deadline| deadline.due)
}

/// What allows it: the licensing law for licences (行政许可法 §42), else the provision that the item names.
fn basis(item: &Item) -> String {
    if item.licence() {
        "《中华人民共和国行政许可法》第四十二条".to_owned()
    } else if !item.extension.basis.contains('《') {
        "本事项办理规定".to_owned()
    } else {
        item.extension.basis.clone()
    }
}
