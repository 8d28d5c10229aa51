//! Projections that are pairs of documents, each kept from both sides: a row's pairs lie together.

use crate::{ReplicaError, document::RowId};
use rusqlite::{Connection, params};

/// A table with the columns `id`, `other` and what they are to each other.
#[derive(Clone, Copy)]
pub(crate) enum Pairs {
    CaseDuplicate,
    ResidentLikeness,
}

impl Pairs {
    fn table(self) -> &'static str {
        match self {
            Self::CaseDuplicate => "case_duplicate",
            Self::ResidentLikeness => "resident_likeness",
        }
    }

    pub fn put(self, db: &Connection, one: RowId, other: RowId, what: &str) -> Result<(), ReplicaError> {
        let mut insert = db.prepare_cached(&format!("INSERT INTO {} VALUES (?, ?, ?)", self.table()))?;
        insert.execute(params![one.0, other.0, what])?;
        insert.execute(params![other.0, one.0, what])?;
        Ok(())
    }

    /// Takes out all pairs of a document.
    pub fn forget(self, db: &Connection, row: RowId) -> Result<(), ReplicaError> {
        let table = self.table();
        let from_others =
            format!("DELETE FROM {table} WHERE (id, other) IN (SELECT other, id FROM {table} WHERE id = ?)");
        db.prepare_cached(&from_others)?.execute([row.0])?;
        db.prepare_cached(&format!("DELETE FROM {table} WHERE id = ?"))?.execute([row.0])?;
        Ok(())
    }
}
