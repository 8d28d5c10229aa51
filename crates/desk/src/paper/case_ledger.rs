//! The agents' register of a month: a line a case, for a unit and those below it.

use crate::{
    Trouble,
    ask::{Opened, known_unit, open_row},
    form::issuer,
};
use daiban_contract::Code;
use daiban_domain::{
    PersonId, UnitCode,
    case::{
        ClockName, Event, State,
        deadlines::{accepted_from, deadlines},
        ended_on,
    },
    mask::{Data, Place},
};
use daiban_forms::{CaseLedger, LedgerEntry};
use daiban_replica::{
    ReplicaError,
    case::{Listed, registered},
    document::RowId,
    public::{enrolment, item},
    rating,
};
use jiff::civil::Date;
use rusqlite::Connection;

/// `by`: who prints it. Walk-ins to a window are nobody's to take there, and not in it.
pub(super) fn gather(
    db: &Connection,
    unit: UnitCode,
    month: &str,
    (by, on): (PersonId, Date),
) -> Result<CaseLedger, Trouble> {
    known_unit(db, unit)?;
    let month: Date = format!("{month}-01")
        .parse()
        .map_err(|_| Trouble::new(Code::BadInput, "月份要写成 2026-11 这样。"))?;
    let mut entries = Vec::new();
    for (row, listed) in registered(db, unit, (month, month.last_of_month()))? {
        if listed.channel != "WINDOW" {
            entries.push(entry(db, row, listed)?);
        }
    }
    Ok(CaseLedger {
        issuer: issuer(db, unit)?,
        month,
        entries,
        by: enrolment::person(db, by)?.unwrap_or_default().name,
        on,
    })
}

/// Of a case that has left with its year, or whose item isn't here yet, so much as its row tells.
fn entry(db: &Connection, row: RowId, listed: Listed) -> Result<LedgerEntry, Trouble> {
    let item = item::version(db, &listed.item_id, listed.item_version)?;
    let known = LedgerEntry {
        registered_on: Some(listed.registered_on),
        case_no: listed.case_no,
        applicant: listed.applicant_name,
        id_no_masked: Data::IdNo.at(Place::Ledger, &listed.id_no),
        phone_masked: Data::Phone.at(Place::Ledger, &listed.phone),
        item: item.map_or(listed.item_id, |item| item.name.clone()),
        result: listed.state.zh().to_owned(),
        remark: if listed.state == State::Void { "作废" } else { "" }.to_owned(),
        ..LedgerEntry::default()
    };
    match open_row(db, row) {
        Ok(opened) => Ok(course(db, &opened, known)?),
        Err(trouble) if matches!(trouble.code(), Code::Archived | Code::UnknownItem) => Ok(known),
        Err(trouble) => Err(trouble),
    }
}

/// When what has happened.
fn course(db: &Connection, opened: &Opened, known: LedgerEntry) -> Result<LedgerEntry, ReplicaError> {
    let Opened { case, item, folded, calendar, settings } = opened;
    let last = |kind: &str| opened.counted().rfind(|event| event.kind == kind);
    let materials = item.materials.iter().map(|material| case.received(&material.material_code));
    let agent = folded.agent.map(|agent| enrolment::person(db, agent)).transpose()?.flatten();
    let (handed, delivered) = (last("handOver"), last("deliver"));
    let deadlines = deadlines(folded, item, calendar, settings);
    let promise = deadlines.iter().find(|deadline| deadline.clock == ClockName::Promise);
    let ratings = rating::of_case(db, case.document)?;
    let rating = ratings.iter().max_by_key(|record| record.rating.nth);
    let on = |event: Option<&Event>| event.map(|event| event.on.0);
    Ok(LedgerEntry {
        materials: materials.map(|(originals, copies)| u32::from(originals) + u32::from(copies)).sum(),
        agent: agent.map(|person| person.name).unwrap_or_default(),
        handed_over: on(handed),
        batch: handed.map(|event| event.said().batch).unwrap_or_default(),
        accepted: accepted_from(folded, item, calendar, settings),
        promised: promise.map(|deadline| deadline.due.date),
        closed: ended_on(folded, &case.events),
        delivered: on(delivered),
        delivered_by: delivered.map(|event| event.said().method).unwrap_or_default(),
        rating: rating.map(|record| record.rating.grade.zh().to_owned()).unwrap_or_default(),
        ..known
    })
}
