//! What a side holds: for every feed its head.

use crate::{FeedId, Head, Partition};
use minicbor::{Decode, Encode, bytes::ByteArray};
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Vector(pub BTreeMap<FeedId, Head>);

/// Partitions by what was held of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Roots(pub BTreeMap<Partition, ByteArray<32>>);

impl Vector {
    pub fn get(&self, feed: &FeedId) -> Option<Head> {
        self.0.get(feed).copied()
    }

    /// The number of the last entry held, 0 for none.
    pub fn reach(&self, feed: &FeedId) -> u64 {
        self.get(feed).map_or(0, |head| head.n)
    }

    /// What differs from `base`, so that `base` and this make the whole again. A feed that only `base` has stands with
    /// nothing.
    pub fn since(&self, base: &Self) -> Self {
        let moved = self.0.iter().filter(|(feed, head)| base.0.get(feed) != Some(head));
        let gone = base.0.keys().filter(|feed| !self.0.contains_key(feed)).map(|feed| (*feed, feed.origin()));
        Self(moved.map(|(feed, head)| (*feed, *head)).chain(gone).collect())
    }

    /// `base` with what moved since.
    pub fn after(mut base: Self, moved: &Self) -> Self {
        base.0.extend(moved.0.iter().map(|(feed, head)| (*feed, *head)));
        base.0.retain(|_, head| head.n > 0);
        base
    }

    /// What both hold for certain: of each feed the shorter.
    pub fn common(&self, other: &Self) -> Self {
        let both = self.0.iter().filter_map(|(feed, head)| {
            let theirs = other.0.get(feed)?;
            Some((*feed, if theirs.n < head.n { *theirs } else { *head }))
        });
        Self(both.collect())
    }

    /// The part that some feeds are.
    pub fn of(&self, of: impl Fn(&FeedId) -> bool) -> Self {
        let some = self.0.iter().filter(|(feed, _)| of(feed));
        Self(some.map(|(feed, head)| (*feed, *head)).collect())
    }

    pub fn partitions(&self) -> std::collections::BTreeSet<Partition> {
        self.0.keys().map(|feed| feed.partition).collect()
    }

    /// What a receipt signs for: a hash over the roots of all partitions, in order. Whoever carries the receipt on to
    /// someone who holds fewer partitions carries these roots with it.
    pub fn root(&self) -> [u8; 32] {
        self.root_with(&Roots::default())
    }

    /// The same, where of some partitions only the roots are at hand.
    pub fn root_with(&self, others: &Roots) -> [u8; 32] {
        let ours = self.roots(|_| true);
        let mut hasher = blake3::Hasher::new_derive_key("daiban/roots/1");
        for root in others.0.iter().chain(&ours.0).collect::<BTreeMap<_, _>>().values() {
            hasher.update(root.as_slice());
        }
        *hasher.finalize().as_bytes()
    }

    /// The roots of some partitions.
    pub fn roots(&self, of: impl Fn(Partition) -> bool) -> Roots {
        let partitions = self.partitions().into_iter().filter(|partition| of(*partition));
        Roots(partitions.map(|partition| (partition, self.partition_root(partition).into())).collect())
    }

    /// A hash over (feed, n, chain) of all feeds of one partition, in order.
    pub fn partition_root(&self, partition: Partition) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_derive_key("daiban/root/1");
        hasher.update(&crate::wire::encode(&partition));
        for (feed, head) in self.0.iter().filter(|(feed, _)| feed.partition == partition) {
            hasher.update(&crate::wire::encode(&(feed, head)));
        }
        *hasher.finalize().as_bytes()
    }
}
