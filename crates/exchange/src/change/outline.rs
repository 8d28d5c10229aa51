use super::{flat, read};
use crate::column::{Column, Runs, put_bytes, put_runs};
use automerge::{ActorId, ChangeHash, ExpandedChange, legacy::Key};

/// What references to a change need of it.
#[derive(Debug, PartialEq, Eq)]
pub struct Outline {
    pub hash: ChangeHash,
    pub actor: ActorId,
    pub seq: u64,
    pub start_op: u64,
    /// How many it makes.
    pub operations: u64,
    /// Their keys, in runs as they stand in the change: that way many outlines take little memory.
    pub(super) keys: Box<[u8]>,
}

impl Outline {
    pub fn of(change: &ExpandedChange, hash: ChangeHash) -> Self {
        let ops = change.operations.iter();
        let names: Vec<&[u8]> =
            ops.map(|op| if let Key::Map(key) = &op.key { key.as_bytes() } else { NO_KEY }).collect();
        let mut keys = Vec::new();
        put_runs(&mut keys, &names, |out, key| put_bytes(out, key));
        Self {
            hash,
            actor: change.actor_id.clone(),
            seq: change.seq,
            start_op: change.start_op.get(),
            operations: change.operations.len() as u64,
            keys: keys.into(),
        }
    }

    /// Of every change that [`read`] takes.
    pub fn read(body: &[u8]) -> Option<Self> {
        flat::outline(body).or_else(|| read(body).map(|(change, hash)| Self::of(&change, hash)))
    }

    /// The number of the first operation on a key of the root.
    pub fn operation(&self, key: &[u8]) -> Option<u64> {
        let mut keys = Runs::of(&self.keys, Column::bytes);
        let index = (0..self.operations).find(|_| keys.next() == Some(key))?;
        self.start_op.checked_add(index)
    }

    /// The number of the last operation.
    pub fn max_op(&self) -> u64 {
        self.start_op.saturating_add(self.operations).saturating_sub(1)
    }

    /// About how many bytes of memory it takes.
    pub fn weight(&self) -> usize {
        size_of::<Self>() + self.keys.len()
    }
}

/// Stands for what is no key of a map: no text has this byte.
const NO_KEY: &[u8] = &[0xff];
