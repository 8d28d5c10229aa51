//! A stretch of one feed that ends at a checkpoint: the unit that is sent, verified and stored whole.

use crate::{Checkpoint, Entry, FeedId, Head, referent::Together};
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
    /// Under the name of the feed or branch that it belongs to here.
    pub run: &'a Run,
    /// What it follows.
    pub before: Head,
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
    /// An entry comes without its body, and no order to erase its document is held.
    #[n(5)]
    #[error("the run lacks a body that nobody has ordered to erase")]
    Erased,
}

impl Run {
    pub fn last(&self) -> u64 {
        self.first + self.entries.len() as u64 - 1
    }

    /// What references need of its entries, where these have just been restored.
    pub fn referents(&self) -> Together {
        self.entries.iter().map(|entry| entry.referent().cloned()).collect()
    }

    /// The heads after each entry, if the run follows `before`.
    pub fn heads(&self, before: Head) -> Vec<Head> {
        let heads = self.entries.iter().scan(before, |head, entry| {
            *head = head.next(entry);
            Some(*head)
        });
        heads.collect()
    }
}
