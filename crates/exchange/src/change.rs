//! Bodies of change entries: automerge changes, read and written whole. What they mean is the replica's to judge.

pub(crate) mod flat;
mod outline;

pub use outline::Outline;

use crate::column::Column;
use automerge::{Change, ChangeHash, ExpandedChange};
use std::panic::catch_unwind;

/// Operations that one change may make, that they may replace, and actors of these.
const MOST: u64 = 1 << 16;

/// Bytes of an actor; each operation replaced holds one.
const ACTOR_MAX: usize = 256;

/// Bytes of the keys of all operations.
const KEYS_MAX: usize = 1 << 24;

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

/// How many operations a change claims to make, or to replace if these are more; `None` if their keys or actors are too long.
/// In run-length coded columns a few bytes claim any number.
fn claims(body: &[u8]) -> Option<u64> {
    const KEYS: u64 = 1 << 4 | 5;
    const ACTIONS: u64 = 4 << 4 | 2;
    const PREDECESSORS: u64 = 7 << 4;
    let mut rest = Column(body.get(9..)?);
    let _length = rest.number()?;
    let deps = rest.index()?;
    rest.take(deps.checked_mul(32)?)?;
    let mut actors = vec![rest.bytes()?];
    let (_seq, _start_op, _time) = (rest.number()?, rest.number()?, rest.number()?);
    let _message = rest.bytes()?;
    for _ in 0..rest.number().filter(|others| *others <= MOST)? {
        actors.push(rest.bytes()?);
    }
    if actors.iter().any(|actor| actor.len() > ACTOR_MAX) {
        return None;
    }
    let mut columns = Vec::new();
    for _ in 0..rest.number()? {
        columns.push((rest.number()?, rest.index()?));
    }
    let (mut made, mut replaced, mut spelt) = (0u64, 0u64, 0u64);
    for (name, length) in columns {
        let mut column = Column(rest.take(length)?);
        while matches!(name, KEYS | ACTIONS | PREDECESSORS) && !column.0.is_empty() {
            let (times, literal) = match column.leb()? {
                0 => (column.number()?, 0),
                run if run > 0 => (run.unsigned_abs(), 1),
                literal => (1, literal.unsigned_abs()),
            };
            made =
                made.saturating_add(if name == ACTIONS { times.saturating_mul(literal.max(1)) } else { 0 });
            for _ in 0..literal {
                match name {
                    KEYS => spelt = spelt.saturating_add(times.saturating_mul(column.bytes()?.len() as u64)),
                    PREDECESSORS => {
                        replaced = replaced.saturating_add(times.saturating_mul(column.number()?))
                    }
                    _ => _ = column.number()?,
                }
            }
        }
    }
    if spelt > KEYS_MAX as u64 {
        return None;
    }
    Some(made.max(replaced))
}

/// The same of a flat change alone (puts and deletes of scalar values at the root), of canonical bytes.
pub(crate) fn read_flat(body: &[u8]) -> Option<(ExpandedChange, ChangeHash)> {
    flat::read(body)
}

/// The same, of bytes that are canonical: writing the change yields them.
pub fn read_canonical(body: &[u8]) -> Option<(ExpandedChange, ChangeHash)> {
    // What the flat reader takes, it has written anew.
    flat::read(body).or_else(|| {
        let (change, hash) = read(body)?;
        (write(&change)?.0 == body).then_some((change, hash))
    })
}

/// The same, of bytes that were found canonical before, which isn't checked again.
pub fn read_again(body: &[u8]) -> Option<(ExpandedChange, ChangeHash)> {
    flat::read_again(body).or_else(|| read(body))
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
