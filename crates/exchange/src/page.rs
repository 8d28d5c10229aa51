//! What travels of runs: everything that the receiver can restore by itself is left out. A change names the changes that
//! it builds on, and the operations that it replaces, by feed and number instead of by hash, but only where the receiver
//! holds them for certain: earlier in the page, or within the vector that it stated. Whatever doesn't come out the same
//! byte for byte travels as it is.
//!
//! The columns keep like beside like, which is what the compressor around the page lives on.

mod read;
mod write;

pub use read::read;
pub use write::write;

use crate::{FeedId, Header, Partition, Referent, wire};
use automerge::{ActorId, ChangeHash};
use daiban_domain::DocumentId;
use minicbor::{Decode, Encode};
use std::{collections::HashMap, sync::Arc};

/// Runs in columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Page {
    /// Feeds that the page's runs belong to or its references point into.
    #[cbor(n(0), decode_with = "wire::few")]
    feeds: Vec<FeedId>,
    /// Automerge actors and people, 8 bytes each.
    #[cbor(n(1), with = "minicbor::bytes")]
    names: Vec<u8>,
    /// Documents that the page begins, or that none of its references leads to, 16 bytes each.
    #[cbor(n(2), with = "minicbor::bytes")]
    documents: Vec<u8>,
    /// Keys of documents without their hexadecimal tails.
    #[cbor(n(3), decode_with = "wire::few")]
    keys: Vec<String>,
    /// For each run: feed, first number, count of entries, signature.
    #[cbor(n(4), with = "minicbor::bytes")]
    runs: Vec<u8>,
    /// Entries: flags and header fields.
    #[cbor(n(5), with = "minicbor::bytes")]
    headers: Vec<u8>,
    /// References to other entries.
    #[cbor(n(6), with = "minicbor::bytes")]
    references: Vec<u8>,
    /// Operations: keys and types.
    #[cbor(n(7), with = "minicbor::bytes")]
    operations: Vec<u8>,
    /// Values, and what travels as it is.
    #[cbor(n(8), with = "minicbor::bytes")]
    values: Vec<u8>,
}

impl Page {
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }
}

/// Bytes that are no page of ours.
#[derive(Debug, thiserror::Error)]
pub enum PageError<E> {
    #[error("the page can't be read")]
    Malformed,
    #[error(transparent)]
    Log(E),
}

/// Bits of an entry's first byte.
mod flag {
    /// Header and body travel as they are; no other bit counts but `ERASED`.
    pub const VERBATIM: u8 = 1;
    /// The body is a change in columns; otherwise it travels as it is.
    pub const CHANGE: u8 = 2;
    /// Kind, version, person, rules version and anchor are those of the entry before.
    pub const ALIKE: u8 = 4;
    /// The header names the change's actor.
    pub const ACTOR: u8 = 8;
    /// The document is that of the first entry referred to.
    pub const INHERITED: u8 = 16;
    /// The header names no document.
    pub const NO_DOCUMENT: u8 = 32;
    /// In the place of the body stands its hash, as bytes. A program that doesn't know the bit takes the hash for the body,
    /// finds the run unauthentic, and everything else of the page in order.
    pub const ERASED: u8 = 64;
}

/// Types of values.
mod tag {
    pub const DELETE: u8 = 0;
    pub const NULL: u8 = 1;
    pub const FALSE: u8 = 2;
    pub const TRUE: u8 = 3;
    pub const INT: u8 = 4;
    pub const UINT: u8 = 5;
    pub const F64: u8 = 6;
    pub const TIMESTAMP: u8 = 7;
    pub const TEXT: u8 = 8;
    pub const BYTES: u8 = 9;
    /// Bytes that repeat what the entry says elsewhere.
    pub const WOVEN: u8 = 10;
}

/// What bytes of an entry often repeat: the key's tail, the header's times and person, the feed's device.
struct Threads([Thread; 5]);

/// A few bytes, or none.
#[derive(Clone, Copy, Default)]
struct Thread {
    bytes: [u8; 16],
    length: usize,
}

impl Thread {
    fn of<const N: usize>(some: [u8; N]) -> Self {
        let mut bytes = [0; 16];
        bytes[..N].copy_from_slice(&some);
        Self { bytes, length: N }
    }

    fn bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

impl Threads {
    fn of(feed: &FeedId, header: &Header) -> Self {
        Self([
            Thread::default(),
            Thread::of(header.hlc.0.to_be_bytes()),
            Thread::of(header.at.0.to_be_bytes()),
            header.person.map_or_else(Thread::default, |person| Thread::of(person.0)),
            Thread::of(feed.device.0),
        ])
    }

    fn with_key(&mut self, tail: Option<[u8; 16]>) {
        self.0[0] = tail.map_or_else(Thread::default, Thread::of);
    }

    /// Takes each thread out of the bytes where it occurs first; says where that was, from 1, or 0.
    fn unpick(&self, bytes: &[u8]) -> ([u64; 5], Vec<u8>) {
        let mut rest = bytes.to_vec();
        let places = std::array::from_fn(|i| {
            let thread = self.0[i].bytes();
            let at =
                (!thread.is_empty()).then(|| rest.windows(thread.len()).position(|window| window == thread));
            let Some(at) = at.flatten() else { return 0 };
            rest.drain(at..at + thread.len());
            at as u64 + 1
        });
        (places, rest)
    }

    /// Appends the rest of the bytes with the threads back in it.
    fn weave(&self, places: [u64; 5], rest: &[u8], out: &mut Vec<u8>) -> Option<()> {
        let start = out.len();
        out.extend_from_slice(rest);
        for (place, thread) in places.into_iter().zip(&self.0).rev() {
            let Some(at) = place.checked_sub(1) else { continue };
            let at = usize::try_from(at).ok().filter(|at| *at <= out.len() - start)? + start;
            out.splice(at..at, thread.bytes().iter().copied());
        }
        Some(())
    }
}

/// What a change's number and first operation would usually be, after the changes that it builds on.
fn expected(actor: &ActorId, deps: &[Arc<Referent>]) -> (u64, u64) {
    let deps = || deps.iter().map(|dep| &dep.outline);
    let own = deps().filter(|dep| dep.actor == *actor).map(|dep| dep.seq).max();
    let last = deps().map(|dep| dep.max_op()).max();
    (own.unwrap_or(0).wrapping_add(1), last.unwrap_or(0).wrapping_add(1))
}

/// A key without its tail of 32 hexadecimal digits, and the 16 bytes that they spell.
fn split_key(key: &str) -> (&str, Option<[u8; 16]>) {
    let Some(at) = key.len().checked_sub(32).filter(|at| key.is_char_boundary(*at)) else {
        return (key, None);
    };
    let (head, tail) = key.split_at(at);
    match u128::from_str_radix(tail, 16) {
        Ok(number) if format!("{number:032x}") == tail => (head, Some(number.to_be_bytes())),
        _ => (key, None),
    }
}

fn join_key(head: &str, tail: Option<[u8; 16]>, key: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    key.extend_from_slice(head.as_bytes());
    for byte in tail.into_iter().flatten() {
        key.extend_from_slice(&[DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    }
}

/// Header fields that rarely change from one entry to the next.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct Alike {
    kind: u16,
    version: u8,
    person: Option<daiban_domain::PersonId>,
    rules_version: u16,
    anchor: i64,
}

impl Alike {
    fn of(header: &Header) -> Self {
        let Header { kind, version, person, rules_version, anchor, .. } = *header;
        Self { kind, version, person, rules_version, anchor: anchor.0 }
    }
}

/// By document and change: feed and number of the entry.
type Located = HashMap<(Partition, DocumentId), HashMap<ChangeHash, (FeedId, u64)>>;

#[cfg(test)]
mod tests;
