use super::{Stamp, slip::slip};
use crate::ask::Opened;
use daiban_domain::case::Event;
use daiban_forms::ProcedureNotice;
use daiban_replica::ReplicaError;
use rusqlite::Connection;

pub(super) fn gather(
    db: &Connection,
    opened: &Opened,
    act: &Event,
    stamp: Stamp,
) -> Result<ProcedureNotice, ReplicaError> {
    let said = act.said();
    Ok(ProcedureNotice {
        slip: slip(db, opened, act, stamp)?,
        procedure: said.procedure,
        basis: said.basis,
        days: said.expected_days.unwrap_or_default(),
        from: act.on.0,
    })
}
