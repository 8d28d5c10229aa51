//! What one backup consists of.

use crate::{ReplicaError, store::DatabaseKey};
use daiban_domain::{DeviceId, Instant};
use daiban_exchange::wire;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};
use zeroize::{Zeroize, Zeroizing};

/// Bytes of a piece: 64 pages. Smaller ones would save bytes and cost files.
pub const BLOCK: usize = 64 * 4096;

/// The largest manifest that is read, in bytes: of a database of half a terabyte.
pub(super) const LARGEST: u64 = 64 << 20;

const MAGIC: &[u8] = b"daiban backup 1\n";
/// What every version begins with.
const FAMILY: &[u8] = b"daiban backup ";

/// The last piece may be shorter than the others.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Manifest {
    #[n(0)]
    pub device: DeviceId,
    /// Of this device's backups in this folder, from 1 on: no clock says which is newer.
    #[n(1)]
    pub number: u64,
    #[n(2)]
    pub time: Instant,
    /// Of the database, in bytes.
    #[n(3)]
    pub length: u64,
    /// The BLAKE3 of each piece, one after the other.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub(super) blocks: Vec<u8>,
    /// The key file of that day, sealed to whoever had a password and to the county.
    #[cbor(n(5), with = "minicbor::bytes")]
    pub slots: Vec<u8>,
    /// [`DeviceKeys`] under the database key.
    #[cbor(n(6), with = "minicbor::bytes")]
    pub(super) keys: Vec<u8>,
    /// The device's, which has signed this.
    #[cbor(n(7), with = "minicbor::bytes")]
    pub(super) key: [u8; 32],
}

/// The keys of a device that lie outside its data folder, so that another machine can go on as this device.
#[derive(Encode, Decode)]
#[cbor(array)]
pub struct DeviceKeys {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub signing: [u8; 32],
    /// An age identity as age spells it.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub bundles: Vec<u8>,
    /// The tag of that day and the spare one: another machine takes neither, for yet another may go on from the same backup.
    #[n(2)]
    pub tag: String,
    #[n(3)]
    pub spare_tag: String,
}

impl Drop for DeviceKeys {
    fn drop(&mut self) {
        self.signing.zeroize();
        self.bundles.zeroize();
    }
}

/// Why a backup can't be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("the manifest is damaged")]
    Manifest,
    #[error("the manifest is from a newer program")]
    Newer,
    #[error("a piece is missing")]
    Missing,
    #[error("a piece is damaged")]
    Block,
    #[error("the device's keys don't belong to it")]
    Keys,
}

impl Manifest {
    /// Whole, signed by the key that it names, and with as many pieces as its length takes.
    pub fn read(bytes: &[u8]) -> Result<Self, Broken> {
        let Some(rest) = bytes.strip_prefix(MAGIC) else {
            return Err(if bytes.starts_with(FAMILY) { Broken::Newer } else { Broken::Manifest });
        };
        let (signature, frame) = rest.split_first_chunk::<64>().ok_or(Broken::Manifest)?;
        let manifest: Self = minicbor::decode(frame).map_err(|_| Broken::Manifest)?;
        let key = VerifyingKey::from_bytes(&manifest.key).map_err(|_| Broken::Manifest)?;
        key.verify_strict(&statement(frame), &Signature::from_bytes(signature))
            .map_err(|_| Broken::Manifest)?;
        let pieces = manifest.length.div_ceil(BLOCK as u64);
        if manifest.blocks.len() as u64 != pieces.saturating_mul(32) {
            return Err(Broken::Manifest);
        }
        Ok(manifest)
    }

    pub fn signed(&self, key: &SigningKey) -> Vec<u8> {
        let frame = wire::encode(self);
        let signature = key.sign(&statement(&frame)).to_bytes();
        [MAGIC, &signature, &frame].concat()
    }

    pub fn blocks(&self) -> impl ExactSizeIterator<Item = &[u8; 32]> {
        self.blocks.as_chunks().0.iter()
    }

    /// Those of the device that has signed this, for who opens its database.
    pub fn device_keys(&self, key: &DatabaseKey) -> Result<DeviceKeys, Broken> {
        let opened = key.unseal(&self.keys).map_err(|_| Broken::Keys)?;
        let keys: DeviceKeys = minicbor::decode(&opened).map_err(|_| Broken::Keys)?;
        let own = SigningKey::from_bytes(&keys.signing).verifying_key();
        if own.as_bytes() == &self.key { Ok(keys) } else { Err(Broken::Keys) }
    }
}

impl DeviceKeys {
    pub(super) fn sealed(&self, key: &DatabaseKey) -> Result<Vec<u8>, ReplicaError> {
        key.seal(&Zeroizing::new(wire::encode(self)))
    }
}

fn statement(frame: &[u8]) -> Vec<u8> {
    wire::encode(&(
        "daiban/backup/1",
        minicbor::bytes::ByteVec::from(blake3::hash(frame).as_bytes().to_vec()),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn manifest() -> (Manifest, SigningKey) {
        let key = SigningKey::from_bytes(&[7; 32]);
        let made = Manifest {
            device: DeviceId([7; 8]),
            number: 3,
            time: Instant(1_772_672_400_000),
            length: BLOCK as u64 + 1,
            blocks: [[1; 32], [2; 32]].concat(),
            slots: b"{}".to_vec(),
            keys: vec![9; 40],
            key: key.verifying_key().to_bytes(),
        };
        (made, key)
    }

    #[test]
    fn what_was_signed_comes_back_and_nothing_else_does() {
        let (made, key) = manifest();
        let bytes = made.signed(&key);
        assert_eq!(Manifest::read(&bytes), Ok(made.clone()));
        assert_eq!(made.blocks().collect::<Vec<_>>(), [&[1; 32], &[2; 32]]);
        for at in 0..bytes.len() {
            let mut other = bytes.clone();
            other[at] ^= 1;
            assert!(Manifest::read(&other).is_err(), "byte {at}");
            assert!(Manifest::read(&bytes[..at]).is_err(), "{at} bytes");
        }
        let newer = [b"daiban backup 2\n", &bytes[MAGIC.len()..]].concat();
        assert_eq!(Manifest::read(&newer), Err(Broken::Newer));
        // Signed, and says of itself what can't be.
        let longer = Manifest { length: u64::MAX, ..made };
        assert_eq!(Manifest::read(&longer.signed(&key)), Err(Broken::Manifest));
    }

    proptest! {
        /// Whatever it claims to hold, nothing larger than itself is taken into memory.
        #[test]
        fn hostile_bytes_are_refused(noise: Vec<u8>, claimed: u32) {
            let key = SigningKey::from_bytes(&[7; 32]);
            let lists = [&[0x88, 0x48], &[7; 8][..], &[1, 1, 1, 0x5a], &claimed.to_be_bytes()[..]].concat();
            for frame in [noise.clone(), lists, [&[0x9a], &claimed.to_be_bytes()[..], &noise].concat()] {
                let signature = key.sign(&statement(&frame)).to_bytes();
                prop_assert!(Manifest::read(&[MAGIC, &signature, &frame].concat()).is_err());
            }
            prop_assert!(Manifest::read(&noise).is_err());
        }
    }
}
