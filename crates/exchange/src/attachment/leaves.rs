//! The chunks of an attachment, each by a hash of its own: nodes of the very tree that BLAKE3 makes of the whole. So the
//! attachment's name vouches for every chunk, and a wrong byte costs a chunk and not the photo.

use super::{CHUNK, LARGEST};
use blake3::{
    Hasher,
    hazmat::{ChainingValue, HasherExt, Mode, merge_subtrees_non_root, merge_subtrees_root},
};
use daiban_domain::ContentHash;
use minicbor::{Decode, Encode};

/// 32 bytes for each chunk: its chaining value, or the attachment's hash itself where there is only one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Leaves(#[cbor(with = "minicbor::bytes")] pub Vec<u8>);

impl Leaves {
    pub fn of(bytes: &[u8]) -> Self {
        let alone = bytes.len() <= CHUNK;
        let leaves = (0..).zip(bytes.chunks(CHUNK)).map(|(n, chunk)| leaf(n, chunk, alone));
        Self(leaves.collect::<Vec<_>>().concat())
    }

    /// How many chunks there are.
    pub fn count(&self) -> u32 {
        (self.0.len() / 32) as u32
    }

    /// The hash of the whole; `None` if there is nothing, too much, or no whole number of leaves.
    pub fn content(&self) -> Option<ContentHash> {
        let (leaves, rest) = self.0.as_chunks::<32>();
        if !rest.is_empty() || leaves.len() > LARGEST / CHUNK {
            return None;
        }
        match leaves {
            [] => None,
            [alone] => Some(ContentHash(*alone)),
            many => {
                let (left, right) = halves(many);
                let root = merge_subtrees_root(&merged(left), &merged(right), Mode::Hash);
                Some(ContentHash(*root.as_bytes()))
            }
        }
    }

    /// Whether these are the bytes of a chunk. Only the last may be short: else the tree would be another one.
    pub fn fits(&self, n: u32, chunk: &[u8]) -> bool {
        let (leaves, _) = self.0.as_chunks::<32>();
        let last = n + 1 == self.count();
        let length = if last { !chunk.is_empty() && chunk.len() <= CHUNK } else { chunk.len() == CHUNK };
        length && leaves.get(n as usize) == Some(&leaf(n, chunk, leaves.len() == 1))
    }
}

fn leaf(n: u32, chunk: &[u8], alone: bool) -> ChainingValue {
    if alone {
        return *blake3::hash(chunk).as_bytes();
    }
    Hasher::new().set_input_offset(u64::from(n) * CHUNK as u64).update(chunk).finalize_non_root()
}

fn merged(leaves: &[ChainingValue]) -> ChainingValue {
    match leaves {
        [one] => *one,
        many => {
            let (left, right) = halves(many);
            merge_subtrees_non_root(&merged(left), &merged(right), Mode::Hash)
        }
    }
}

/// BLAKE3's tree is full on the left: the largest power of two that leaves something for the right.
fn halves(leaves: &[ChainingValue]) -> (&[ChainingValue], &[ChainingValue]) {
    leaves.split_at(leaves.len().next_power_of_two() / 2)
}
