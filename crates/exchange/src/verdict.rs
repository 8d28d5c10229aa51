//! What is said about entries whose content can't count. A verdict tells the author; a re-issue tells everybody what now
//! stands for what was withheld. Neither touches a feed or a vector, and neither makes anything count or not count: that
//! follows from the entries judged themselves.

use crate::FeedId;
use minicbor::{Decode, Encode};

/// Which entry is spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(array)]
pub struct Spoken {
    /// Where it has parted into branches, the feed itself.
    #[n(0)]
    pub feed: FeedId,
    #[n(1)]
    pub n: u64,
    /// BLAKE3 of the entry's body: it tells entries of two branches apart that bear the same number.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub body: [u8; 32],
}

impl Spoken {
    pub fn of(feed: &FeedId, n: u64, body: &[u8]) -> Self {
        Self { feed: feed.main(), n, body: *blake3::hash(body).as_bytes() }
    }

    /// Whether it is this entry, of those with its feed and number.
    pub fn is(&self, body: &[u8]) -> bool {
        self.body == *blake3::hash(body).as_bytes()
    }
}

/// The body of an [`crate::entry::kind::VERDICT`] entry, in the partition of the entry that it is about.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Verdict {
    #[n(0)]
    pub on: Spoken,
    /// Why it can't count; the numbers are in `docs/protocol.md`.
    #[n(1)]
    pub reason: u8,
    /// Entries that build on it and so wait, as far as the judge held them.
    #[n(2)]
    pub dependents: Vec<(FeedId, u64)>,
    /// Version of the judge's program.
    #[n(3)]
    pub program: String,
}

/// The body of an [`crate::entry::kind::REISSUE`] entry: the author has said again what can be said again of entries that
/// were withheld or waited. It stands in the feed that holds the new entries, after them.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Reissue {
    #[n(0)]
    pub replaced: Vec<Replaced>,
    /// Version of the author's program.
    #[n(1)]
    pub program: String,
}

/// One entry of the author's that couldn't count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Replaced {
    #[n(0)]
    pub old: Spoken,
    /// The number of the new entry; 0 where nothing of the old one was left to say.
    #[n(1)]
    pub by: u64,
}
