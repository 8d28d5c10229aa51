//! A holder's signed word that it has stored what it names. Nothing else turns a mark green.

use crate::Partition;
use daiban_domain::{DeviceId, Instant};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};

#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Receipt {
    /// Who holds: the hub (a relay signs for itself, as itself).
    #[n(0)]
    pub holder: DeviceId,
    /// One life of the holder's store; a store restored from a backup takes a new one.
    #[n(1)]
    pub store: u64,
    /// The holder's time. The hub's is the anchor of what is written after it.
    #[n(2)]
    pub time: Instant,
    #[n(3)]
    pub partition: Partition,
    /// [`crate::Vector::root`] of what is held of the partition.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub root: [u8; 32],
    /// Held but not applied, as (device, incarnation, n). Empty until verdicts travel.
    #[n(5)]
    pub withheld: Vec<(DeviceId, u64, u64)>,
    /// The holder's time of the last backup that covers the root. `None` until the hub keeps backups.
    #[n(6)]
    pub backup: Option<Instant>,
    #[cbor(n(7), with = "minicbor::bytes")]
    pub signature: [u8; 64],
}

impl Receipt {
    /// Signs the receipt as it stands; whatever was in `signature` before is replaced.
    pub fn signed(mut self, key: &SigningKey) -> Self {
        self.signature = key.sign(&self.statement()).to_bytes();
        self
    }

    pub fn verify(&self, key: &VerifyingKey) -> bool {
        key.verify_strict(&self.statement(), &Signature::from_bytes(&self.signature)).is_ok()
    }

    fn statement(&self) -> Vec<u8> {
        crate::wire::encode(&(
            "daiban/receipt/1",
            self.holder,
            self.store,
            self.time,
            self.partition,
            minicbor::bytes::ByteArray::from(self.root),
            &self.withheld,
            self.backup,
        ))
    }
}
