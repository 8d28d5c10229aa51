use super::{
    Stamp, accepted_on, as_of, ends, received_on,
    slip::{basis, material_lines, promise_says, slip_saying},
    term,
};
use crate::ask::Opened;
use daiban_domain::{
    case::{Event, deadlines::deemed_accepted},
    item::Wording,
};
use daiban_forms::{AcceptanceNotice, Accepted, NoticeKind};
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
    let own: fn(Wording) -> Vec<String>;
    let kind = if matches!(act.kind.as_str(), "accept" | "tolerantAccept") {
        let accepted_on = accepted_on(opened, act);
        own = |wording| wording.acceptance;
        NoticeKind::Acceptance {
            accepted_on,
            how: how(opened, act),
            due: due.map(|due| (due.date, due.provisional)),
            instant: item.instant(),
        }
    } else {
        own = |wording| wording.receipt;
        NoticeKind::Receipt { notice_by: due.map_or(received_on, |due| due.date) }
    };
    Ok(AcceptanceNotice {
        slip: slip_saying(db, opened, act, stamp, own)?,
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

/// Acceptance after too long a silence only says what the law had brought about.
fn how(opened: &Opened, act: &Event) -> Accepted {
    let Opened { item, calendar, settings, .. } = opened;
    if act.kind == "tolerantAccept" {
        let name = |code: String| item.material(&code).map_or(code.clone(), |material| material.name.clone());
        let owed = act.said().owed.into_iter().map(name).collect();
        return Accepted::Tolerant { owed, by: ends(opened, "F05", act).date };
    }
    match deemed_accepted(&as_of(opened, act), item, calendar, settings, act.on.0) {
        true => Accepted::Silent,
        false => Accepted::Complete,
    }
}
