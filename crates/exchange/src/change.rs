//! Bodies of change entries: automerge changes, read and written whole. What they mean is the replica's to judge.

use automerge::{Change, ChangeHash, ExpandedChange};
use std::panic::catch_unwind;

/// An uncompressed change whose checksum fits, with its hash. Automerge may panic over hostile bytes, and checks no
/// checksum.
pub fn read(body: &[u8]) -> Option<(ExpandedChange, ChangeHash)> {
    const UNCOMPRESSED_CHANGE: u8 = 1;
    if body.get(8) != Some(&UNCOMPRESSED_CHANGE) {
        return None;
    }
    let bytes = body.to_vec();
    let (change, hash, length) = catch_unwind(|| {
        let change = Change::from_bytes(bytes).ok()?;
        let hash = change.hash();
        Some((change.decode(), hash, change.raw_bytes().len()))
    })
    .ok()??;
    (length == body.len() && body.get(4..8) == hash.0.get(..4)).then_some((change, hash))
}

/// The one way in which a change is written: its bytes and its hash. `None` for what can't be written.
pub fn write(change: &ExpandedChange) -> Option<(Vec<u8>, ChangeHash)> {
    let change = change.clone();
    catch_unwind(|| {
        let written = Change::from(change);
        (written.raw_bytes().to_vec(), written.hash())
    })
    .ok()
}
