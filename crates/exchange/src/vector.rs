//! What a side holds: for every feed its head.

use crate::{FeedId, Head, Partition};
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Vector(pub BTreeMap<FeedId, Head>);

impl Vector {
    pub fn get(&self, feed: &FeedId) -> Option<Head> {
        self.0.get(feed).copied()
    }

    /// The number of the last entry held, 0 for none.
    pub fn reach(&self, feed: &FeedId) -> u64 {
        self.get(feed).map_or(0, |head| head.n)
    }

    pub fn partitions(&self) -> std::collections::BTreeSet<Partition> {
        self.0.keys().map(|feed| feed.partition).collect()
    }

    /// What a receipt signs for: a hash over (feed, n, chain) of all feeds of one partition, in order.
    pub fn root(&self, partition: Partition) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_derive_key("daiban/root/1");
        hasher.update(&crate::wire::encode(&partition));
        for (feed, head) in self.0.iter().filter(|(feed, _)| feed.partition == partition) {
            hasher.update(&crate::wire::encode(&(feed, head)));
        }
        *hasher.finalize().as_bytes()
    }
}
