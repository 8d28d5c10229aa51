//! A stretch of one feed that ends at a checkpoint: the unit that is sent, verified and stored whole.

use crate::{Author, Checkpoint, Entry, FeedId, Head};
use minicbor::{Decode, Encode};

#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Run {
    #[n(0)]
    pub feed: FeedId,
    /// The number of the first entry.
    #[n(1)]
    pub first: u64,
    #[n(2)]
    pub entries: Vec<Entry>,
    /// Under the head at the last entry.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub signature: [u8; 64],
}

/// A run whose every byte its author answers for.
#[derive(Debug)]
pub struct Verified<'a> {
    pub run: &'a Run,
    pub checkpoint: Checkpoint,
}

/// Why a run was not taken. The vector doesn't move; the sender may try again, or another may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, thiserror::Error)]
#[cbor(index_only)]
pub enum Refusal {
    /// Entries are missing between what is held and the run.
    #[n(0)]
    #[error("entries are missing before the run")]
    Gap,
    /// Chain or signature don't fit.
    #[n(1)]
    #[error("the run's chain or signature is wrong")]
    Unauthentic,
    /// Nobody knows the author yet.
    #[n(2)]
    #[error("the run's author is not enrolled here")]
    UnknownAuthor,
    /// The author's unit may not write this partition.
    #[n(3)]
    #[error("the run's author may not write this partition")]
    OutOfScope,
    /// Another entry stands at the same number: one incarnation has been living twice.
    #[n(4)]
    #[error("another run stands at the same numbers")]
    Branch,
}

impl Run {
    pub fn last(&self) -> u64 {
        self.first + self.entries.len() as u64 - 1
    }

    /// Checks the run against what is held of its feed. Chain first, so that a signature is only ever checked under a
    /// head that follows from ours.
    pub fn verify(&self, held: Option<Head>, author: Option<&Author>) -> Result<Verified<'_>, Refusal> {
        let held = held.unwrap_or_else(|| self.feed.origin());
        let author = author.ok_or(Refusal::UnknownAuthor)?;
        if !self.feed.partition.writable_by(author.unit) {
            return Err(Refusal::OutOfScope);
        }
        if self.entries.is_empty() || self.first != held.n + 1 {
            return Err(Refusal::Gap);
        }
        let head = self.entries.iter().fold(held, Head::next);
        let checkpoint = Checkpoint { head, signature: self.signature };
        if !checkpoint.verify(&self.feed, &author.key) {
            return Err(Refusal::Unauthentic);
        }
        Ok(Verified { run: self, checkpoint })
    }
}
