//! What an applicant gives their word for: papers that come later, and papers that needn't come.

use super::{
    Stamp, accepted_on, ends,
    slip::{slip, slip_saying},
};
use crate::ask::Opened;
use daiban_domain::case::Event;
use daiban_forms::{FactCommitment, ToleranceCommitment};
use daiban_replica::ReplicaError;
use rusqlite::Connection;

pub(super) fn of_tolerance(
    db: &Connection,
    opened: &Opened,
    act: &Event,
    stamp: Stamp,
) -> Result<ToleranceCommitment, ReplicaError> {
    let due = ends(opened, "F05", act);
    let owed = act.said().owed.into_iter().map(|code| match opened.item.material(&code) {
        Some(material) => {
            (material.name.clone(), format!("原件{}份、复印件{}份", material.originals, material.copies))
        }
        None => (code, "—".to_owned()),
    });
    Ok(ToleranceCommitment {
        slip: slip(db, opened, act, stamp)?,
        owed: owed.collect(),
        by: due.date,
        provisional: due.provisional,
        accepted_on: accepted_on(opened, act),
    })
}

pub(super) fn of_facts(
    db: &Connection,
    opened: &Opened,
    act: &Event,
    stamp: Stamp,
) -> Result<FactCommitment, ReplicaError> {
    let proofs = act.said().replaces.into_iter().map(|code| match opened.item.material(&code) {
        Some(material) => (material.name.clone(), material.requirement_basis.clone()),
        None => (code, String::new()),
    });
    Ok(FactCommitment {
        slip: slip_saying(db, opened, act, stamp, |wording| wording.commitment)?,
        proofs: proofs.collect(),
        conditions: opened.item.accept_conditions.clone(),
    })
}
