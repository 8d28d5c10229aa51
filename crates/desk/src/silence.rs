//! What rests on silence, and how far silence can be told from here (DESIGN, “Time”).

use crate::ask::Opened;
use daiban_domain::{
    Instant, UnitCode,
    calendar::WorkCalendar,
    case::{
        ClockName, Said,
        deadlines::{Light, deadlines, deemed_accepted, light_of, opinion_due, silence_ends},
        frontier::{Frontier, answerable},
        joint::ABSENCE,
    },
    deadline::{Due, says_day},
};
use daiban_exchange::Partition;
use daiban_replica::{ReplicaError, feed, public::enrolment, today};
use jiff::civil::Date;
use rusqlite::Connection;
use serde_json::{Map, Value, json};

/// Under what an act names how far the silence that it rests on was certain.
pub(crate) const FRONTIER: &str = "frontier";

/// The clock on which an act of a day rests where nobody has done what it waits for, and the last day of waiting; of a
/// tacit consent it is the organ's. Who stayed away from a meeting has not just been silent.
pub(crate) fn rests_on(event: &str, said: &Said, opened: &Opened, on: Date) -> Option<(ClockName, Date)> {
    let Opened { item, folded, calendar, settings, .. } = opened;
    let due = |clock: ClockName| {
        let mut all = deadlines(folded, item, calendar, settings).into_iter();
        all.find(|deadline| deadline.clock == clock).map(|deadline| (clock, deadline.due.date))
    };
    match event {
        "accept" => silent_since(opened, on),
        "supplementExpired" => due(ClockName::Supplement),
        "tolerantFail" => due(ClockName::Tolerance),
        "jointTacit" if said.ground != ABSENCE => {
            let asked = folded.joint.waiting_for(&said.organ)?;
            Some((ClockName::Joint, opinion_due(asked, calendar, settings).date))
        }
        _ => None,
    }
}

/// Where nobody has answered in time and nobody has accepted since: the last day on which an answer would have been none.
pub(crate) fn silent_since(opened: &Opened, on: Date) -> Option<(ClockName, Date)> {
    let Opened { item, folded, calendar, settings, .. } = opened;
    let silent = folded.accepted_on.is_none() && deemed_accepted(folded, item, calendar, settings, on);
    let received = folded.received_on.filter(|_| silent)?;
    Some((ClockName::Notice, silence_ends(received, calendar)))
}

/// How far the desks that could have ended a clock of a case have been heard here.
pub(crate) fn heard(
    db: &Connection,
    opened: &Opened,
    clock: ClockName,
    now: Instant,
) -> Result<Frontier, ReplicaError> {
    let Opened { case, item, .. } = opened;
    feed::frontier(db, case.partition, &answerable(clock, case.unit, item), now)
}

/// The partition of what a unit registered on a day.
pub(crate) fn work(unit: UnitCode, registered_on: Date) -> Partition {
    Partition::work(unit, registered_on.year())
}

/// What is said of an overdue term: only perhaps, where those who had to act haven't been heard past its end.
pub(crate) fn perhaps(certain: bool, says: String) -> String {
    if certain { says } else { format!("可能{says}") }
}

/// The light of a matter's term and its words; who holds the matter is who has to act.
pub(crate) fn matter_light(
    db: &Connection,
    (unit, asked_on, owner): (UnitCode, Date, UnitCode),
    (start, end, running): (Date, Due, bool),
    calendar: &WorkCalendar,
    now: Instant,
) -> Result<(Light, String), ReplicaError> {
    let (light, says) = light_of((start, None), end, running, today(db, now)?, calendar);
    let certain =
        light != Light::Red || feed::frontier(db, work(unit, asked_on), &[owner], now)?.passes(end.date);
    Ok((light, perhaps(certain, says)))
}

/// Who may have acted by the end of a day without its being known here; empty if silence is certain.
pub(crate) fn unheard(db: &Connection, frontier: &Frontier, day: Date) -> Result<String, ReplicaError> {
    let mut desks = Vec::new();
    for heard in frontier.unheard(day) {
        let name = enrolment::device_name(db, heard.device)?.unwrap_or_else(|| heard.device.to_string());
        desks.push(match heard.until {
            Some(until) => format!("{name}（收到 {} {} 为止）", says_day(until.date()), until.time_of_day()),
            None => format!("{name}（还没有收到过）"),
        });
    }
    if desks.is_empty() {
        return Ok(String::new());
    }
    desks.sort();
    Ok(format!("这些电脑的记录还没有收全，那边可能已经办了：{}。", desks.join("、")))
}

/// Names in an act how far the silence was certain when a person took it for granted.
pub(crate) fn sign(payload: &mut Map<String, Value>, frontier: &Frontier, day: Date) {
    let named = json!({"until": frontier.until(), "unheard": frontier.unheard(day).count()});
    payload.insert(FRONTIER.to_owned(), named);
}

/// What an act said of it.
pub(crate) fn says(payload: &Map<String, Value>) -> Option<String> {
    let named = payload.get(FRONTIER)?;
    let until: Option<Instant> = serde_json::from_value(named["until"].clone()).ok()?;
    Some(match (until, named["unheard"].as_u64()) {
        (Some(until), Some(0)) => {
            format!("各处 {} {} 以前的记录都已收到", says_day(until.date()), until.time_of_day())
        }
        // There is no desk that could have acted.
        (None, Some(0)) => return None,
        (_, unheard) => format!("当时还有 {} 台电脑的记录没有收全", unheard.unwrap_or(0)),
    })
}
