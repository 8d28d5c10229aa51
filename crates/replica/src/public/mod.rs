//! Projections: from a document to the rows that pages query.

pub mod calendar;
pub mod enrolment;
pub mod item;
mod memo;
pub mod unit;

use crate::{
    ReplicaError, case,
    document::{Document, RowId, kind},
    resident,
};
use daiban_exchange::{Partition, PartitionKind};
use rusqlite::{Connection, params};

/// Projects one document anew, in the open transaction. Entries found unfit are withheld here, those found fit no longer.
pub(crate) fn project(db: &Connection, row: RowId) -> Result<(), ReplicaError> {
    let document = Document::load(db, row)?;
    for (entry, unfit) in &document.judged {
        tracing::debug!(document = %document.id, entry, ?unfit, "judged anew");
        db.prepare_cached("UPDATE entry SET withheld = ? WHERE id = ?")?
            .execute(params![unfit.map_or(0, |unfit| unfit as u8), entry])?;
    }
    project_document(db, &document)
}

/// Projects a document that is at hand. A kind counts only in the partitions that it belongs to: nobody but the county
/// publishes items.
pub(crate) fn project_document(db: &Connection, document: &Document) -> Result<(), ReplicaError> {
    let kind = document.text("kind").unwrap_or_default().to_owned();
    db.prepare_cached("UPDATE document SET kind = ? WHERE id = ?")?.execute(params![kind, document.row.0])?;
    let partition = document.partition;
    let countys = partition == Partition::public(partition.unit.county());
    let projected = match (kind.as_str(), partition.kind) {
        (kind::CASE, PartitionKind::Work) => case::project(db, document),
        (kind::RESIDENT, PartitionKind::Register) => resident::project(db, document),
        (kind::UNIT, _) if countys => unit::project(db, document),
        (kind::ITEM, _) if countys => item::project(db, document),
        (kind::CALENDAR, _) if countys => calendar::project(db, document),
        // A newer program's, or out of place: kept, forwarded, not shown.
        _ => Ok(()),
    };
    match projected {
        // One document that can't be read holds nobody else up.
        Err(ReplicaError::Published(error)) => {
            tracing::warn!(document = %document.id, %error, "a published document can't be read");
            Ok(())
        }
        projected => projected,
    }
}
