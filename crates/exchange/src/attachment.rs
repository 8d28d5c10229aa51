//! Photos and scans: bytes beside the feeds, named by their hash and moved in chunks, each of which is verified when it
//! arrives. Stateless and idempotent like the engine, and without input or output.
//!
//! Who holds an attachment whole says so in an entry of its own feed ([`Holding`]): the word travels, is signed for and
//! survives a restore like everything else, and nothing but it turns a photo's mark green.

mod leaves;
mod session;

pub use leaves::Leaves;
pub use session::{Moved, Owed, Session};

use crate::{
    Author, Partition,
    certificate::Standing,
    request::{self, HubRefusal},
    wire,
};
use daiban_domain::{ContentHash, DeviceId, UnitCode};
use minicbor::{Decode, Encode};

/// Bytes of a chunk; the last of an attachment may be shorter.
pub const CHUNK: usize = 64 * 1024;

/// The largest attachment, in bytes.
pub const LARGEST: usize = 8 * 1024 * 1024;

/// The most that one request or answer carries, in bytes.
pub const BODY_MAX: usize = 4 * 1024 * 1024;

/// What an asker brings and wants.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Question {
    /// The newest protocol the asker speaks.
    #[n(0)]
    pub protocol: u16,
    #[n(1)]
    pub county: UnitCode,
    #[n(2)]
    pub offered: Vec<Offered>,
    #[n(3)]
    pub wanted: Vec<Wanted>,
    /// Bytes of chunks that the answer may carry.
    #[n(4)]
    pub room: u32,
}

/// An attachment that the asker holds whole, for the readers of a partition, with as much of it as fits. Without bytes it
/// asks how much of it the other side holds.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Offered {
    #[n(0)]
    pub partition: Partition,
    #[n(1)]
    pub part: Part,
}

/// Chunks of one attachment that follow each other.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Part {
    #[n(0)]
    pub hash: ContentHash,
    /// The number of the first chunk, from 0.
    #[n(1)]
    pub first: u32,
    /// With chunk 0; who holds chunk 0 has them.
    #[n(2)]
    pub leaves: Leaves,
    #[cbor(n(3), with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
}

/// An attachment that the asker lacks.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Wanted {
    #[n(0)]
    pub partition: Partition,
    #[n(1)]
    pub hash: ContentHash,
    /// The first chunk that is lacking.
    #[n(2)]
    pub first: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Answer {
    /// For each offered attachment, in the same order. What is said here is durable.
    #[n(0)]
    pub reached: Vec<Reached>,
    /// Of what was wanted, as far as it is held and there was room.
    #[n(1)]
    pub parts: Vec<Part>,
}

/// How much of an attachment is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Reached {
    /// Chunks, from the first on.
    #[n(0)]
    pub chunks: u32,
    #[n(1)]
    pub whole: bool,
    /// Why something of what came was not kept.
    #[n(2)]
    pub refused: Option<Refused>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, thiserror::Error)]
#[cbor(index_only)]
pub enum Refused {
    /// The asker's unit doesn't read the partition.
    #[n(0)]
    #[error("the attachment lies outside the asker's scope")]
    OutOfScope,
    /// Bytes that aren't those of the hash. They may be sent again.
    #[n(1)]
    #[error("the attachment's bytes are wrong")]
    Wrong,
}

/// The body of a [`crate::kind::HOLDING`] entry: what its device holds whole for the readers of the entry's partition. Of two
/// such words of one device about one attachment the later counts.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Holding {
    #[n(0)]
    pub hashes: Vec<ContentHash>,
    /// False: no longer, or never after all (the store was restored from a backup).
    #[n(1)]
    pub held: bool,
}

/// As much of an attachment as a store holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Chunks, from the first on.
    pub chunks: u32,
    pub leaves: Leaves,
}

impl Held {
    pub fn whole(&self) -> bool {
        self.chunks == self.leaves.count()
    }
}

/// What is needed of a store. The desk's replica and the hub's store implement it, each on one open transaction.
pub trait Attachments {
    type Error: std::error::Error;

    fn author(&self, device: DeviceId) -> Result<Option<Author>, Self::Error>;

    fn held(&self, hash: ContentHash) -> Result<Option<Held>, Self::Error>;

    /// The bytes of chunks from `first` on, so many at the most.
    fn read(&self, hash: ContentHash, first: u32, chunks: u32) -> Result<Vec<u8>, Self::Error>;

    /// Stores verified chunks that follow those held, in the open transaction.
    fn append(
        &mut self,
        hash: ContentHash,
        leaves: &Leaves,
        first: u32,
        chunks: &[&[u8]],
    ) -> Result<(), Self::Error>;

    /// Whether this store has said that it holds the attachment whole for the readers of the partition.
    fn stated(&self, partition: Partition, hash: ContentHash) -> Result<bool, Self::Error>;

    /// Says so, in its own feed of the partition.
    fn state(&mut self, partition: Partition, hashes: Vec<ContentHash>) -> Result<(), Self::Error>;
}

/// Answers a request as it came over a line. The caller sends the answer once what was taken is durable; a refusal changes
/// nothing.
pub fn answer<S: Attachments>(
    store: &mut S,
    county: UnitCode,
    sender: DeviceId,
    signature: &str,
    body: &[u8],
    line: Standing,
) -> Result<Result<Vec<u8>, HubRefusal>, S::Error> {
    let signed =
        |author: &Author| request::verify(request::ATTACHMENTS, body, sender, signature, &author.key);
    let Some(author) = store.author(sender)?.filter(signed) else {
        return Ok(Err(HubRefusal::UnknownDevice));
    };
    let Ok(mut question) = wire::unpack::<Question>(body) else { return Ok(Err(HubRefusal::BadFrame)) };
    if !(wire::PROTOCOL_MIN..=wire::PROTOCOL_MAX).contains(&question.protocol) {
        return Ok(Err(HubRefusal::Protocol));
    }
    if question.county != county {
        return Ok(Err(HubRefusal::WrongCounty));
    }
    if author.revoked || line == Standing::Expired {
        // It brings what it holds, and gets nothing.
        question.wanted.clear();
    }
    Ok(Ok(wire::pack_plain(&respond(store, &question, author.unit)?)))
}

/// Takes in what a question brings and gives what it wants, as far as the asker's unit reads the partitions.
pub fn respond<S: Attachments>(
    store: &mut S,
    question: &Question,
    reader: UnitCode,
) -> Result<Answer, S::Error> {
    let reached = keep(store, &question.offered, reader)?;
    let mut parts = Vec::new();
    let mut room = BODY_MAX.min(question.room as usize);
    for Wanted { partition, hash, first } in &question.wanted {
        if !partition.readable_by(reader) || !store.stated(*partition, *hash)? {
            continue;
        }
        let Some(part) = part(store, *hash, *first, room)? else { continue };
        room = room.saturating_sub(part.bytes.len());
        parts.push(part);
        if room == 0 {
            break;
        }
    }
    Ok(Answer { reached, parts })
}

/// Takes in what a unit offers, as far as it reads the partitions, and says so of what is whole.
pub fn keep<S: Attachments>(
    store: &mut S,
    offered: &[Offered],
    reader: UnitCode,
) -> Result<Vec<Reached>, S::Error> {
    let mut reached = Vec::new();
    let mut complete: Vec<(Partition, Vec<ContentHash>)> = Vec::new();
    for Offered { partition, part } in offered {
        if !partition.readable_by(reader) {
            reached.push(Reached { chunks: 0, whole: false, refused: Some(Refused::OutOfScope) });
            continue;
        }
        let taken = take(store, part)?;
        if taken.whole && !store.stated(*partition, part.hash)? {
            match complete.iter_mut().find(|(other, _)| other == partition) {
                Some((_, hashes)) if hashes.contains(&part.hash) => {}
                Some((_, hashes)) => hashes.push(part.hash),
                None => complete.push((*partition, vec![part.hash])),
            }
        }
        reached.push(taken);
    }
    for (partition, hashes) in complete {
        store.state(partition, hashes)?;
    }
    Ok(reached)
}

/// Verifies a part's chunks one by one and stores those that are right and follow what is held.
pub fn take<S: Attachments>(store: &mut S, part: &Part) -> Result<Reached, S::Error> {
    let held = match store.held(part.hash)? {
        Some(held) => held,
        None if part.bytes.is_empty() || part.first > 0 => {
            return Ok(Reached { chunks: 0, whole: false, refused: None });
        }
        None if part.leaves.content() == Some(part.hash) => Held { chunks: 0, leaves: part.leaves.clone() },
        None => return Ok(Reached { chunks: 0, whole: false, refused: Some(Refused::Wrong) }),
    };
    let mut right = Vec::new();
    let mut refused = None;
    for (n, chunk) in (u64::from(part.first)..).zip(part.bytes.chunks(CHUNK)) {
        let Ok(n) = u32::try_from(n) else { break };
        if n < held.chunks {
            continue;
        }
        if n > held.chunks + right.len() as u32 {
            break;
        }
        if !held.leaves.fits(n, chunk) {
            refused = Some(Refused::Wrong);
            break;
        }
        right.push(chunk);
    }
    if !right.is_empty() {
        store.append(part.hash, &held.leaves, held.chunks, &right)?;
    }
    let chunks = held.chunks + right.len() as u32;
    Ok(Reached { chunks, whole: chunks == held.leaves.count(), refused })
}

/// Chunks from `first` on that fit into so many bytes, one at the least; `None` if they aren't held.
pub fn part<S: Attachments>(
    store: &S,
    hash: ContentHash,
    first: u32,
    room: usize,
) -> Result<Option<Part>, S::Error> {
    let Some(held) = store.held(hash)?.filter(|held| first < held.chunks) else { return Ok(None) };
    let chunks = (room / CHUNK).clamp(1, LARGEST / CHUNK) as u32;
    let leaves = if first == 0 { held.leaves } else { Leaves::default() };
    Ok(Some(Part { hash, first, leaves, bytes: store.read(hash, first, chunks)? }))
}

#[cfg(test)]
mod tests;
