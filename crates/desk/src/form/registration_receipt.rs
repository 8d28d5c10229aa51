use super::{
    Stamp, earned,
    slip::{issuer, material_lines, slip_saying},
    term,
};
use crate::{
    Trouble,
    ask::{Opened, held},
    warnings::missing_materials,
};
use daiban_domain::{case::Event, item::bundle::LifeEventBundle};
use daiban_forms::{MaterialLine, RegistrationReceipt, Slip, Together};
use daiban_replica::{
    ReplicaError,
    case::{self, CaseRecord},
    public::{life_event, unit},
};
use rusqlite::Connection;

pub(super) fn gather(
    db: &Connection,
    opened: &Opened,
    act: &Event,
    stamp: Stamp,
) -> Result<RegistrationReceipt, Trouble> {
    let case = &opened.case;
    let others = registered_with(db, opened)?;
    let mut all: Vec<&Opened> = [opened].into_iter().chain(&others).collect();
    all.sort_by_key(|one| &one.case.case_no);
    let mut gaps: Vec<String> = Vec::new();
    for name in all.iter().flat_map(|one| missing_materials(one)).map(|material| &material.name) {
        if !gaps.contains(name) {
            gaps.push(name.clone());
        }
    }
    let township = case.unit.parent().map(|parent| unit::find(db, parent)).transpose()?.flatten();
    Ok(RegistrationReceipt {
        slip: Slip {
            issuer: issuer(db, case.unit)?,
            ..slip_saying(db, opened, act, stamp, |wording| wording.receipt)?
        },
        entrusted_on: act.on.0,
        agent_phone: unit::find(db, act.unit)?.map(|unit| unit.phone).unwrap_or_default(),
        materials: one_set(db, case, &all)?,
        gaps,
        hand_over_by: term(opened, "F01", act).map(|(_, due)| due.date),
        together: match life_event_of(db, case)? {
            Some(event) if !others.is_empty() => {
                let cases = all.iter().map(|one| (one.case.case_no.clone(), one.item.name.clone()));
                Some(Together { event: event.name, cases: cases.collect() })
            }
            _ => None,
        },
        township_name: township.map(|unit| unit.full_name).unwrap_or_default(),
    })
}

/// The event in a life that a case was recorded for.
fn life_event_of(db: &Connection, case: &CaseRecord) -> Result<Option<LifeEventBundle>, ReplicaError> {
    let bundle = case.together.as_deref().and_then(|together| together.split('/').next());
    Ok(bundle.map(|bundle| life_event::find(db, bundle)).transpose()?.flatten())
}

/// What was registered with a case for one event in a life: they have one receipt. Cases that have left, or whose
/// registration doesn't count, have no part in it.
pub(crate) fn registered_with(db: &Connection, opened: &Opened) -> Result<Vec<Opened>, Trouble> {
    let mut others = Vec::new();
    for case_no in case::recorded_with(db, &opened.case)? {
        let other = held(db, &case_no)?;
        others.extend(other.filter(|other| earned(other).iter().any(|earned| earned.form == "F01")));
    }
    Ok(others)
}

/// The one set of materials: a shared one is told once, with the larger numbers.
fn one_set(db: &Connection, case: &CaseRecord, all: &[&Opened]) -> Result<Vec<MaterialLine>, ReplicaError> {
    let shared = life_event_of(db, case)?.map(|event| event.shared_materials).unwrap_or_default();
    let mut lines: Vec<(&str, MaterialLine)> = Vec::new();
    for (code, line) in all.iter().flat_map(|one| material_lines(one)) {
        match lines.iter_mut().find(|(known, _)| *known == code && shared.iter().any(|one| one == code)) {
            Some((_, known)) => {
                known.originals = known.originals.max(line.originals);
                known.copies = known.copies.max(line.copies);
            }
            None => lines.push((code, line)),
        }
    }
    Ok(lines.into_iter().map(|(_, line)| line).collect())
}
