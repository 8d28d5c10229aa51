//! Projections: from a document to the rows that pages query.

pub mod calendar;
pub mod enrolment;
pub mod item;
pub mod unit;

use crate::{
    ReplicaError, case,
    document::{Document, kind},
    resident,
};
use daiban_domain::DocumentId;
use rusqlite::{Connection, params};

/// Projects one document anew, in the open transaction. Entries found unfit are withheld here.
pub(crate) fn project(db: &Connection, id: DocumentId) -> Result<(), ReplicaError> {
    let document = Document::load(db, id)?;
    for entry in &document.unfit {
        tracing::warn!(document = %id, entry, "withheld: the change can't be applied");
        db.execute("UPDATE entry SET withheld = 1 WHERE id = ?", params![entry])?;
    }
    project_document(db, &document)
}

/// Projects a document that is at hand.
pub(crate) fn project_document(db: &Connection, document: &Document) -> Result<(), ReplicaError> {
    let kind = document.text("kind").unwrap_or_default();
    db.prepare_cached("UPDATE document SET kind = ? WHERE id = ?")?.execute(params![kind, document.row])?;
    match kind.as_str() {
        kind::CASE => case::project(db, document),
        kind::RESIDENT => resident::project(db, document),
        kind::UNIT => unit::project(db, document),
        kind::ITEM => item::project(db, document),
        kind::CALENDAR => calendar::project(db, document),
        // A newer program's: kept, forwarded, shown once this one is updated.
        _ => Ok(()),
    }
}
