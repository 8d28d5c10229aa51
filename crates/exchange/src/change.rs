//! Bodies of change entries: automerge changes, read and written whole. What they mean is the replica's to judge.

mod flat;

use crate::column::Column;
use automerge::{Change, ChangeHash, ExpandedChange};
use std::panic::catch_unwind;

/// Operations that one change may make, and that they may replace.
const MOST: u64 = 1 << 16;

/// An uncompressed change whose checksum fits, with its hash. Automerge may panic over hostile bytes, checks no
/// checksum, and writes out whatever number of operations is claimed.
pub fn read(body: &[u8]) -> Option<(ExpandedChange, ChangeHash)> {
    if let Some(read) = flat::read(body) {
        return Some(read);
    }
    const UNCOMPRESSED_CHANGE: u8 = 1;
    if body.get(8) != Some(&UNCOMPRESSED_CHANGE) || claims(body)? > MOST.min(body.len() as u64) {
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

/// How many operations a change claims to make, or to replace if these are more. In run-length coded columns a few bytes
/// claim any number.
fn claims(body: &[u8]) -> Option<u64> {
    const ACTIONS: u64 = 4 << 4 | 2;
    const PREDECESSORS: u64 = 7 << 4;
    let mut rest = Column(body.get(9..)?);
    let _length = rest.number()?;
    let deps = rest.index()?;
    rest.take(deps.checked_mul(32)?)?;
    let _actor = rest.bytes()?;
    let (_seq, _start_op, _time) = (rest.number()?, rest.number()?, rest.number()?);
    let _message = rest.bytes()?;
    for _ in 0..rest.number()? {
        let _other_actor = rest.bytes()?;
    }
    let mut columns = Vec::new();
    for _ in 0..rest.number()? {
        columns.push((rest.number()?, rest.index()?));
    }
    let (mut made, mut replaced) = (0u64, 0u64);
    for (name, length) in columns {
        let mut column = Column(rest.take(length)?);
        while matches!(name, ACTIONS | PREDECESSORS) && !column.0.is_empty() {
            let (times, literal) = match column.leb128()? {
                0 => (column.number()?, 0),
                run if run > 0 => (run.unsigned_abs(), 1),
                literal => (1, literal.unsigned_abs()),
            };
            made =
                made.saturating_add(if name == ACTIONS { times.saturating_mul(literal.max(1)) } else { 0 });
            for _ in 0..literal {
                let value = column.number()?;
                let all = if name == PREDECESSORS { times.saturating_mul(value) } else { 0 };
                replaced = replaced.saturating_add(all);
            }
        }
    }
    Some(made.max(replaced))
}

/// The same, of bytes that are canonical: writing the change yields them.
pub fn read_canonical(body: &[u8]) -> Option<(ExpandedChange, ChangeHash)> {
    // What the flat reader takes, it has written anew.
    flat::read(body).or_else(|| {
        let (change, hash) = read(body)?;
        (write(&change)?.0 == body).then_some((change, hash))
    })
}

/// The one way in which a change is written: its bytes and its hash. `None` for what can't be written.
pub fn write(change: &ExpandedChange) -> Option<(Vec<u8>, ChangeHash)> {
    if let Some(written) = flat::write(change) {
        return Some(written);
    }
    let change = change.clone();
    catch_unwind(|| {
        let written = Change::from(change);
        (written.raw_bytes().to_vec(), written.hash())
    })
    .ok()
}
