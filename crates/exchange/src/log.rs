//! What the engine needs of a store. The desk's replica and the hub's store implement it, each on one open transaction.

use crate::{Entry, FeedId, Head, Partition, Referent, Run, Vector, run::Verified};
use daiban_domain::{DeviceId, DocumentId, UnitCode};
use ed25519_dalek::VerifyingKey;
use std::sync::Arc;

/// A device as its enrolment describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    pub unit: UnitCode,
    pub key: VerifyingKey,
    /// It may only bring what it holds; what of that counts is for those to say who read it.
    pub revoked: bool,
}

pub trait Log {
    type Error: std::error::Error;

    /// Heads at the last checkpoint of every feed whose partition devices of the unit may read.
    fn vector(&self, reader: UnitCode) -> Result<Vector, Self::Error>;

    fn head(&self, feed: &FeedId) -> Result<Option<Head>, Self::Error>;

    /// The chain hash after an entry of the feed; that before its first entry after none. `None` where the feed doesn't
    /// reach, or (a branch) hasn't begun.
    fn chain_at(&self, feed: &FeedId, n: u64) -> Result<Option<[u8; 32]>, Self::Error>;

    /// A feed and its branches, as far as they are held, each with its head.
    fn lives(&self, feed: &FeedId) -> Result<Vec<(FeedId, Head)>, Self::Error>;

    /// The number of the last entry up to `n` that is a checkpoint of this very feed; that which its first one follows
    /// if none is.
    fn signed_before(&self, feed: &FeedId, n: u64) -> Result<u64, Self::Error>;

    /// Whole runs after entry number `after`, up to about `bytes` of entries (one run at least, if there is one).
    fn runs(&self, feed: &FeedId, after: u64, bytes: usize) -> Result<Vec<Run>, Self::Error>;

    /// One entry as it was written.
    fn entry(&self, feed: &FeedId, n: u64) -> Result<Option<Entry>, Self::Error>;

    /// What references to an entry need of it; `None` if it is no change.
    fn referent(&self, feed: &FeedId, n: u64) -> Result<Option<Arc<Referent>>, Self::Error> {
        Ok(self.entry(feed, n)?.as_ref().and_then(Referent::read).map(Arc::new))
    }

    /// The entries of a document of a partition; only those that a vector has, where one is given.
    fn of_document(
        &self,
        partition: Partition,
        document: DocumentId,
        within: Option<&Vector>,
    ) -> Result<Vec<(FeedId, u64, Entry)>, Self::Error>;

    fn author(&self, device: DeviceId) -> Result<Option<Author>, Self::Error>;

    /// Ends a feed at a head of its own. What it holds beyond becomes the branch, its checkpoints included.
    fn split(&mut self, feed: &FeedId, at: Head, branch: &FeedId) -> Result<(), Self::Error>;

    /// Whether an order to erase a document of a partition is held: only then may its entries be stubs.
    fn erased(&self, partition: Partition, document: DocumentId) -> Result<bool, Self::Error>;

    /// Stores a verified run and moves the head, in the open transaction. Orders that the run brings are obeyed, and entries of
    /// erased documents are stored as stubs.
    fn append(&mut self, run: &Verified<'_>) -> Result<(), Self::Error>;
}
