use super::{Stamp, slip::issuer};
use crate::{
    Trouble,
    ask::{Opened, batch_line, last_of_batch, open_row},
};
use daiban_contract::{Code, view::BatchLine};
use daiban_domain::case::Event;
use daiban_forms::{HandOverSlip, HandedCase, HandedMaterial};
use daiban_replica::{
    case,
    public::{enrolment, unit},
};
use rusqlite::Connection;

/// The slip of a hand-over that a case went with: all of its cases, as they were handed over and as they were counted.
pub(super) fn gather(
    db: &Connection,
    opened: &Opened,
    act: &Event,
    stamp: Stamp,
) -> Result<HandOverSlip, Trouble> {
    let batch = act.said().batch;
    let others = handed_over_with(db, opened, &batch)?;
    let mut all: Vec<&Opened> = [opened].into_iter().chain(&others).collect();
    all.sort_by_key(|one| &one.case.case_no);
    let received: Vec<Option<&Event>> = all.iter().map(|one| last_of_batch(one, "receive", &batch)).collect();
    let last = received.iter().flatten().max_by_key(|event| event.hlc);
    let cases = all.iter().zip(&received).filter_map(|(one, received)| {
        let handed = last_of_batch(one, "handOver", &batch)?;
        let missing = last.is_some() && received.is_none();
        Some(handed_case(batch_line(one, handed, *received), missing))
    });
    let name =
        |event: &Event| Ok::<_, Trouble>(enrolment::person(db, event.person)?.unwrap_or_default().name);
    let to = act.unit.parent().map(|above| unit::find(db, above)).transpose()?.flatten();
    let issuer = issuer(db, act.unit)?;
    Ok(HandOverSlip {
        number: stamp.number,
        copy: stamp.copy,
        from: issuer.unit_full_name.clone(),
        to: to.map(|unit| unit.full_name).unwrap_or_default(),
        by: name(act)?,
        on: act.on.0,
        received: last.map(|event| Ok::<_, Trouble>((name(event)?, event.on.0))).transpose()?,
        cases: cases.collect(),
        issuer,
        batch,
        mark: stamp.mark,
    })
}

fn handed_case(line: BatchLine, missing: bool) -> HandedCase {
    let materials = line.materials.into_iter().map(|material| HandedMaterial {
        name: material.name,
        handed: (material.originals, material.copies),
        counted: material.counted_originals.zip(material.counted_copies),
    });
    HandedCase {
        case_no: line.case_no,
        applicant: line.applicant_name,
        item: line.item_name,
        missing,
        materials: materials.collect(),
    }
}

/// What else went with a hand-over that a case went with: they have one slip. Cases that have left have no part in it.
pub(crate) fn handed_over_with(
    db: &Connection,
    opened: &Opened,
    batch: &str,
) -> Result<Vec<Opened>, Trouble> {
    let mut others = Vec::new();
    for row in case::of_batch(db, batch)?.into_iter().filter(|row| *row != opened.case.document) {
        match open_row(db, row) {
            Ok(other) => others.push(other),
            Err(trouble) if matches!(trouble.code(), Code::Archived | Code::UnknownItem) => {}
            Err(trouble) => return Err(trouble),
        }
    }
    Ok(others)
}
