use super::{
    Stamp, remedy,
    slip::{promise_says, slip_saying},
};
use crate::ask::Opened;
use daiban_domain::{
    case::{
        ClockName, Event,
        deadlines::{accepted_from, deadlines},
    },
    deadline::working_days_between,
    item::Item,
};
use daiban_forms::{CompletionNotice, Outcome};
use daiban_replica::ReplicaError;
use rusqlite::Connection;

pub(super) fn gather(
    db: &Connection,
    opened: &Opened,
    act: &Event,
    stamp: Stamp,
) -> Result<CompletionNotice, ReplicaError> {
    let Opened { item, folded, calendar, settings, .. } = opened;
    let closed_on = act.on.0;
    let accepted = accepted_from(folded, item, calendar, settings);
    let deadlines = deadlines(folded, item, calendar, settings);
    let due = |clock| deadlines.iter().find(|deadline| deadline.clock == clock).map(|one| one.due.date);
    let paused = folded.clocks.get(ClockName::Promise).map(|clock| clock.pauses.clone()).unwrap_or_default();
    let paused = paused.into_iter().map(|(from, to)| {
        // The day on which the clock goes on counts as worked again.
        working_days_between(from, to.unwrap_or(closed_on).min(closed_on), calendar)
    });
    let paused: u32 = paused.sum();
    let (slip, outcome) =
        (slip_saying(db, opened, act, stamp, |wording| wording.completion)?, outcome(opened, act));
    Ok(CompletionNotice {
        closed_on,
        promise_says: promise_says(item),
        took: accepted.map(|accepted| {
            (working_days_between(accepted, closed_on, calendar).saturating_sub(paused), paused)
        }),
        in_time: due(ClockName::Promise).map(|due| closed_on <= due),
        deliver_by: due(ClockName::Delivery),
        remedy: match outcome {
            Outcome::Ended { .. } => Some(remedy(db, item, act.unit, &slip.issuer.complaint_phone)?),
            _ => None,
        },
        outcome,
        slip,
    })
}

fn outcome(opened: &Opened, act: &Event) -> Outcome {
    let said = act.said();
    let decided = opened
        .counted()
        .map(|event| event.kind.as_str())
        .rfind(|kind| matches!(*kind, "approve" | "reject" | "urgentRelief"));
    match act.kind.as_str() {
        "close" if decided == Some("reject") => Outcome::Refused,
        "close" | "upperClose" => Outcome::Granted {
            kind: granted(&opened.item),
            result: said.result_name,
            number: said.result_number,
        },
        "supplementExpired" => {
            let reason = "逾期没有补正，经联系仍未补齐（补正不来）".to_owned();
            Outcome::Ended { reason, again: true }
        }
        "tolerantFail" if said.reason.is_empty() => {
            Outcome::Ended { reason: "容缺的材料逾期没有补齐".to_owned(), again: true }
        }
        kind => Outcome::Ended { reason: said.reason, again: kind == "tolerantFail" },
    }
}

/// 准予, 给付, 确认 … by the type of the item (GB/T 39046).
fn granted(item: &Item) -> &'static str {
    match item.type_code.as_str() {
        "01" => "准予",
        "05" => "给付",
        "07" => "确认",
        _ => "其他",
    }
}
