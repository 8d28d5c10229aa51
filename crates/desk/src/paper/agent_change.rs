use crate::{
    Trouble,
    act::open_cases,
    ask::{Opened, known_unit, open},
    form::issuer,
};
use daiban_domain::{PersonId, UnitCode, case::Event};
use daiban_forms::{AgentChange, GivenOn};
use daiban_replica::{ReplicaError, public::enrolment};
use jiff::civil::Date;
use rusqlite::Connection;

/// What lies open with somebody to whom it was given; what has been settled since is nobody's to look after.
pub(super) fn gather(
    db: &Connection,
    unit: UnitCode,
    to: PersonId,
    on: Date,
) -> Result<AgentChange, Trouble> {
    known_unit(db, unit)?;
    let mut cases = Vec::new();
    for case_no in open_cases(db, unit)? {
        let opened = open(db, &case_no)?;
        let given = opened.counted().rfind(|event| event.kind == "changeAgent");
        if let Some(given) = given.filter(|_| opened.folded.agent == Some(to)) {
            cases.push(line(db, &opened, given)?);
        }
    }
    Ok(AgentChange { issuer: issuer(db, unit)?, to: name(db, to)?, cases, on })
}

fn line(db: &Connection, opened: &Opened, given: &Event) -> Result<GivenOn, ReplicaError> {
    let said: serde_json::Value = serde_json::from_str(&given.payload)?;
    let was = said["was"].as_str().and_then(|was| was.parse().ok());
    let originals = given.said().materials.into_iter().map(|count| {
        let name = opened.item.material(&count.material_code).map(|material| material.name.clone());
        (name.unwrap_or(count.material_code), count.originals)
    });
    Ok(GivenOn {
        case_no: opened.case.case_no.clone(),
        applicant: opened.case.field("applicant.name").to_owned(),
        item: opened.item.name.clone(),
        state: opened.folded.state.zh().to_owned(),
        from: was.map(|was| name(db, was)).transpose()?.unwrap_or_default(),
        on: given.on.0,
        originals: originals.collect(),
    })
}

fn name(db: &Connection, person: PersonId) -> Result<String, ReplicaError> {
    Ok(enrolment::person(db, person)?.unwrap_or_default().name)
}
