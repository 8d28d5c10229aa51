//! Entries in the database: changes are packed, all others and stubs lie there as they were written.

use crate::ReplicaError;
use daiban_exchange::{Entry, kind, rest};
use rusqlite::Row;
use std::borrow::Cow;

/// What the columns `header`, `body` and `packing` hold of an entry.
pub(super) struct Stored<'e> {
    pub header: &'e [u8],
    pub body: Cow<'e, [u8]>,
    pub packing: u8,
}

pub(super) fn pack(kind: Option<u16>, entry: &Entry) -> Stored<'_> {
    let packed = if kind == Some(kind::CHANGE) { rest::pack(entry) } else { None };
    match packed {
        Some((packing, packed)) => Stored { header: &[], body: Cow::Owned(packed), packing },
        None => Stored { header: &entry.header, body: Cow::Borrowed(&entry.body), packing: rest::PLAIN },
    }
}

/// The entry of a row that begins with `header`, `body`, `packing` and `erased`: to look for them by name takes as long as to
/// unpack it.
pub(crate) fn read(row: &Row<'_>) -> Result<Entry, ReplicaError> {
    let packing = row.get(2)?;
    if packing == rest::PLAIN {
        return Ok(Entry::of(row.get(0)?, row.get(1)?, row.get(3)?));
    }
    let packed = row.get_ref(1)?.as_blob().unwrap_or_default();
    rest::unpack(packing, packed).ok_or(ReplicaError::Column("entry.body"))
}
