//! From a rating's document to its row.

use super::RatingRecord;
use crate::{
    ReplicaError,
    document::{Document, RowId},
};
use rusqlite::{Connection, params};

pub(crate) fn project(db: &Connection, document: &Document) -> Result<(), ReplicaError> {
    let Some(RatingRecord { rating, incomplete, .. }) = RatingRecord::read(document) else {
        // Its first change isn't here, or has turned out not to count. Of one that has left with its year the row stays.
        db.prepare_cached("DELETE FROM rating WHERE id = ? AND archived IS NULL")?
            .execute([document.row.0])?;
        return Ok(());
    };
    db.prepare_cached(include_str!("insert.sql"))?.execute(params![
        document.row.0,
        rating.case.0,
        document.partition.unit.to_string(),
        rating.nth,
        rating.grade.code(),
        rating.rated_on.to_string(),
        rating.named(),
        incomplete,
    ])?;
    Ok(())
}

/// Takes an erased rating out of the counts.
pub(crate) fn forget(db: &Connection, row: RowId) -> Result<(), ReplicaError> {
    db.prepare_cached("DELETE FROM rating WHERE id = ?")?.execute([row.0])?;
    Ok(())
}

/// Drops all rows that can be made again, those beside the rows of cases and matters after these.
pub(crate) fn begin_anew(db: &Connection) -> Result<(), ReplicaError> {
    Ok(db.execute_batch(include_str!("begin_anew.sql"))?)
}
