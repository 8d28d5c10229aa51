//! What one incarnation of one device writes into one partition.

use crate::{Entry, Partition, key};
use daiban_domain::{DeviceId, UnitCode};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use minicbor::{CborLen, Decode, Encode};
use std::fmt;

/// One life of a device's data folder; drawn at random when the folder is made or restored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen)]
#[cbor(transparent)]
pub struct Incarnation(pub u64);

impl Incarnation {
    /// 62 random bits: SQLite's integers are signed.
    pub fn draw() -> Result<Self, key::NoRandomness> {
        Ok(Self(u64::from_le_bytes(key::random()?) >> 2))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen)]
#[cbor(array)]
pub struct FeedId {
    #[n(0)]
    pub partition: Partition,
    #[n(1)]
    pub device: DeviceId,
    #[n(2)]
    pub incarnation: Incarnation,
    /// `None` for the feed itself.
    #[n(3)]
    pub branch: Option<Branch>,
}

/// How a feed is called in what a check tells.
impl fmt::Display for FeedId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{:x}", self.partition, self.device, self.incarnation.0)
    }
}

/// One of two continuations of a feed, where one incarnation has been living twice and both lives wrote an entry of the
/// same number. The feed ends before them, and each goes on as a feed of its own, numbered on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen)]
#[cbor(array)]
pub struct Branch {
    /// The number of the last common entry, 0 for none.
    #[n(0)]
    pub after: u64,
    /// The chain hash at the branch's first entry.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub chain: [u8; 32],
}

/// How far a feed reaches: its last entry's number (1 is the first, 0 none) and the chain hash there. The hash makes a
/// fork show that the number alone would hide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
#[cbor(array)]
pub struct Head {
    #[n(0)]
    pub n: u64,
    #[cbor(n(1), with = "minicbor::bytes")]
    pub chain: [u8; 32],
}

impl FeedId {
    /// The feed that this one is, or is a branch of: what its author signs for.
    pub fn main(&self) -> Self {
        Self { branch: None, ..*self }
    }

    /// The number of the entry that its first one follows.
    pub fn after(&self) -> u64 {
        self.branch.map_or(0, |branch| branch.after)
    }

    /// chain₀ = H("daiban/feed/1", county, partition, device, incarnation).
    pub fn origin(&self) -> Head {
        let county: UnitCode = self.partition.unit.county();
        let mut hasher = blake3::Hasher::new_derive_key("daiban/feed/1");
        hasher.update(&crate::wire::encode(&(county, self.main())));
        Head { n: 0, chain: *hasher.finalize().as_bytes() }
    }
}

impl Head {
    /// chainₙ = H(chainₙ₋₁, n, header, H(body)).
    pub fn next(self, entry: &Entry) -> Self {
        let n = self.n + 1;
        let mut hasher = blake3::Hasher::new_derive_key("daiban/chain/1");
        hasher.update(&self.chain);
        hasher.update(&n.to_le_bytes());
        hasher.update(&(entry.header.len() as u64).to_le_bytes());
        hasher.update(&entry.header);
        hasher.update(&entry.body_hash());
        Self { n, chain: *hasher.finalize().as_bytes() }
    }
}

/// The author's signature under a head. Pages end at checkpoints; what lies behind the last one isn't sent yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    pub head: Head,
    pub signature: [u8; 64],
}

impl Checkpoint {
    /// The author signs at every send and at least once every so many bytes of entries.
    pub const SPACING: usize = 64 * 1024;

    pub fn sign(feed: &FeedId, head: Head, key: &SigningKey) -> Self {
        Self { head, signature: key.sign(&statement(feed, &head)).to_bytes() }
    }

    pub fn verify(&self, feed: &FeedId, key: &VerifyingKey) -> bool {
        let signature = Signature::from_bytes(&self.signature);
        key.verify_strict(&statement(feed, &self.head), &signature).is_ok()
    }
}

fn statement(feed: &FeedId, head: &Head) -> Vec<u8> {
    crate::wire::encode(&("daiban/head/1", feed.main(), head))
}
