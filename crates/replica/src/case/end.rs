//! The day on which a case was over, for whoever counts what was.

use super::CaseRecord;
use crate::{ReplicaError, document::RowId};
use daiban_domain::case::{Folded, ended_on};
use rusqlite::{Connection, params};

/// `new`: nothing was known of the case before.
pub(super) fn project(
    db: &Connection,
    (case, new): (&CaseRecord, bool),
    folded: Option<&Folded>,
) -> Result<(), ReplicaError> {
    let Some(ended) = folded.and_then(|folded| ended_on(folded, &case.events)) else {
        return if new { Ok(()) } else { forget(db, case.document) };
    };
    let sql = "INSERT OR REPLACE INTO case_end (id, unit, ended_on) VALUES (?, ?, ?)";
    db.prepare_cached(sql)?.execute(params![case.document.0, case.unit.to_string(), ended.to_string()])?;
    Ok(())
}

pub(super) fn forget(db: &Connection, row: RowId) -> Result<(), ReplicaError> {
    db.prepare_cached("DELETE FROM case_end WHERE id = ?")?.execute([row.0])?;
    Ok(())
}
