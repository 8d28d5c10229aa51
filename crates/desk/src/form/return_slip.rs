use super::{
    Stamp,
    slip::{held_lines, slip},
};
use crate::ask::Opened;
use daiban_domain::case::Event;
use daiban_forms::ReturnSlip;
use daiban_replica::{ReplicaError, public::unit};
use rusqlite::Connection;

pub(super) fn gather(
    db: &Connection,
    opened: &Opened,
    act: &Event,
    stamp: Stamp,
) -> Result<ReturnSlip, ReplicaError> {
    let case = &opened.case;
    let village = unit::find(db, case.unit)?.map(|unit| unit.full_name).unwrap_or_default();
    Ok(ReturnSlip {
        slip: slip(db, opened, act, stamp)?,
        applied_on: case.registered_on,
        on: act.on.0,
        reason: act.said().reason,
        materials: held_lines(opened),
        back_to: (act.kind == "returnToVillage").then_some(village),
    })
}
