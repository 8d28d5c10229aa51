//! A holder's signed word that it has stored what it names. Nothing else turns a mark green.

use daiban_domain::{DeviceId, Instant};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};

#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Receipt {
    /// Who holds: the hub (a relay signs for itself, as itself).
    #[n(0)]
    pub holder: DeviceId,
    #[n(1)]
    pub state: State,
    /// The holder's time. The hub's is the anchor of what is written after it.
    #[n(2)]
    pub time: Instant,
    /// The last backup of the store in this life of it; `None` before the first. What receipts of this life covered up to
    /// the backup's moment is in it.
    #[n(3)]
    pub backup: Option<Backup>,
    #[cbor(n(4), with = "minicbor::bytes")]
    pub signature: [u8; 64],
}

/// A copy of a holder's store outside of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Backup {
    /// The holder's time.
    #[n(0)]
    pub time: Instant,
    /// The moment that the copy holds.
    #[n(1)]
    pub moment: u64,
}

/// A state that a holder's store was in: what it held then can be told again from this alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct State {
    /// One life of the store; a store restored from a backup takes a new one.
    #[n(0)]
    pub store: u64,
    /// Grows with every run that is stored.
    #[n(1)]
    pub moment: u64,
}

impl Receipt {
    /// Signs for [`crate::Vector::root`] of what is held of all partitions that the asker reads; whatever was in
    /// `signature` before is replaced.
    pub fn signed(mut self, root: [u8; 32], key: &SigningKey) -> Self {
        self.signature = key.sign(&self.statement(root)).to_bytes();
        self
    }

    pub fn verify(&self, root: [u8; 32], key: &VerifyingKey) -> bool {
        key.verify_strict(&self.statement(root), &Signature::from_bytes(&self.signature)).is_ok()
    }

    fn statement(&self, root: [u8; 32]) -> Vec<u8> {
        let root = minicbor::bytes::ByteArray::from(root);
        crate::wire::encode(&("daiban/receipt/2", self.holder, self.state, self.time, root, self.backup))
    }
}
