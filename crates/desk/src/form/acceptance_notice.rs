use super::{
    Stamp, accepted_on, received_on,
    slip::{basis, material_lines, promise_says, slip},
    term,
};
use crate::ask::Opened;
use daiban_domain::case::Event;
use daiban_forms::{AcceptanceNotice, NoticeKind};
use daiban_replica::ReplicaError;
use rusqlite::Connection;

pub(super) fn gather(
    db: &Connection,
    opened: &Opened,
    act: &Event,
    stamp: Stamp,
) -> Result<AcceptanceNotice, ReplicaError> {
    let Opened { case, item, .. } = opened;
    let received_on = received_on(opened, act);
    let due = term(opened, "F02", act).map(|(_, due)| due);
    let kind = if matches!(act.kind.as_str(), "accept" | "tolerantAccept") {
        let accepted_on = accepted_on(opened, act);
        NoticeKind::Acceptance {
            accepted_on,
            due: due.as_ref().map_or(accepted_on, |due| due.date),
            provisional: due.is_some_and(|due| due.provisional),
            instant: item.instant(),
        }
    } else {
        NoticeKind::Receipt { notice_by: due.map_or(received_on, |due| due.date) }
    };
    Ok(AcceptanceNotice {
        slip: slip(db, opened, act, stamp)?,
        applied_on: case.registered_on,
        received_on,
        kind,
        handling_type: item.handling_type_name.clone(),
        statutory_says: match item.statutory_limit.days {
            Some(days) => format!("{days}个{}", item.statutory_limit.unit),
            None => "法律未作规定".to_owned(),
        },
        promise_says: promise_says(item),
        materials: material_lines(opened).map(|(_, line)| line).collect(),
        basis: basis(item, "第三十二条"),
    })
}
