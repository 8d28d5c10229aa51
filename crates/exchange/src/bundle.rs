//! An exchange in a file, for a stick: what a desk holds and the receiver lacks, sealed to the devices of the receiving
//! unit and of all above it, signed by the sender. Importing it again changes nothing.

use crate::{Page, Receipt, Vector, wire};
use age::x25519;
use daiban_domain::{DeviceId, Instant, UnitCode};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};
use std::io::{Read, Write};

/// What a bundle's file begins with, before what age wrote.
const MAGIC: &[u8] = b"daiban-bundle/1\n";

#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Bundle {
    #[n(0)]
    pub protocol: u16,
    #[n(1)]
    pub county: UnitCode,
    #[n(2)]
    pub sender: DeviceId,
    /// The sender's clock.
    #[n(3)]
    pub time: Instant,
    /// All that the sender holds: what comes back on the stick is what it lacks.
    #[n(4)]
    pub vector: Vector,
    /// For a receiver that holds nothing but the bundle: references point into the page alone.
    #[n(5)]
    pub page: Page,
    #[n(6)]
    pub receipt: Option<Carried>,
}

/// A receipt of the county that was given to someone else: what it covers of the partitions that the receiver may read,
/// and of the others their roots alone.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Carried {
    #[n(0)]
    pub receipt: Receipt,
    #[n(1)]
    pub vector: Vector,
    #[n(2)]
    pub others: crate::vector::Roots,
}

impl Carried {
    /// Whether the county signed for this.
    pub fn verify(&self, key: &VerifyingKey) -> bool {
        self.receipt.verify(self.vector.root_with(&self.others), key)
    }
}

#[derive(Debug, Encode, Decode)]
#[cbor(array)]
struct Signed {
    #[cbor(n(0), with = "minicbor::bytes")]
    frame: Vec<u8>,
    #[cbor(n(1), with = "minicbor::bytes")]
    signature: [u8; 64],
}

/// Why a file was not imported. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    #[error("the file is no bundle")]
    NoBundle,
    #[error("the bundle is sealed to others")]
    NotForUs,
    #[error("the bundle is damaged")]
    Damaged,
    #[error("the bundle is from a newer program")]
    Newer,
    #[error("the bundle can't be sealed")]
    Sealing,
}

impl Bundle {
    /// The file's bytes: signed, packed, sealed to each recipient (age's notation of an X25519 key).
    pub fn seal(&self, key: &SigningKey, recipients: &[String]) -> Result<Vec<u8>, BundleError> {
        let frame = wire::pack(self);
        let signature = key.sign(&statement(&frame)).to_bytes();
        let signed = wire::encode(&Signed { frame, signature });
        let recipients: Vec<x25519::Recipient> =
            recipients.iter().filter_map(|text| text.parse().ok()).collect();
        let each = recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
        let sealed = age::Encryptor::with_recipients(each).map_err(|_| BundleError::Sealing)?;
        let mut file = MAGIC.to_vec();
        let mut writer = sealed.wrap_output(&mut file).map_err(|_| BundleError::Sealing)?;
        writer
            .write_all(&signed)
            .and_then(|()| writer.finish().map(|_| ()))
            .map_err(|_| BundleError::Sealing)?;
        Ok(file)
    }

    /// Opens a file. Who the sender claims to be is told by the bundle; whether it is, by `Opened::verify`.
    pub fn open(file: &[u8], identity: &x25519::Identity) -> Result<Opened, BundleError> {
        let sealed = file.strip_prefix(MAGIC).ok_or(BundleError::NoBundle)?;
        let decryptor = age::Decryptor::new_buffered(sealed).map_err(|_| BundleError::Damaged)?;
        let opened = decryptor.decrypt(std::iter::once(identity as &dyn age::Identity));
        let mut reader = opened.map_err(|error| match error {
            age::DecryptError::NoMatchingKeys => BundleError::NotForUs,
            _ => BundleError::Damaged,
        })?;
        let mut bytes = Vec::new();
        let limit = wire::FRAME_MAX as u64;
        reader.by_ref().take(limit).read_to_end(&mut bytes).map_err(|_| BundleError::Damaged)?;
        let signed: Signed = minicbor::decode(&bytes).map_err(|_| BundleError::Damaged)?;
        let bundle: Self = wire::unpack(&signed.frame).map_err(|error| match error {
            wire::FrameError::Method => BundleError::Newer,
            _ => BundleError::Damaged,
        })?;
        if bundle.protocol < wire::PROTOCOL_MIN || bundle.protocol > wire::PROTOCOL_MAX {
            return Err(BundleError::Newer);
        }
        Ok(Opened { bundle, signed })
    }
}

/// A bundle that was sealed to us and came out whole.
#[derive(Debug)]
pub struct Opened {
    pub bundle: Bundle,
    signed: Signed,
}

impl Opened {
    /// Whether the device that the bundle names has signed it.
    pub fn verify(&self, key: &VerifyingKey) -> bool {
        let signature = Signature::from_bytes(&self.signed.signature);
        key.verify_strict(&statement(&self.signed.frame), &signature).is_ok()
    }
}

fn statement(frame: &[u8]) -> Vec<u8> {
    let hash = minicbor::bytes::ByteArray::from(*blake3::hash(frame).as_bytes());
    wire::encode(&("daiban/bundle/1", hash))
}
