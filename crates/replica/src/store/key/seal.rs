//! The database key in memory, and sealed to somebody whose password isn't at hand: X25519, as age does it. What seals with a
//! password is [`daiban_exchange::sealed`].

use crate::ReplicaError;
use age::{secrecy::ExposeSecret, x25519};
use data_encoding::HEXLOWER_PERMISSIVE as HEX;
use ed25519_dalek::SigningKey;
use zeroize::{Zeroize, Zeroizing};

/// 32 bytes that are overwritten when they are let go.
#[derive(Clone)]
pub(crate) struct Secret(Zeroizing<[u8; 32]>);

impl Secret {
    pub fn new(mut bytes: [u8; 32]) -> Self {
        let secret = Self(Zeroizing::new(bytes));
        bytes.zeroize();
        secret
    }

    /// Of a key that was sealed.
    pub fn read(bytes: &[u8]) -> Result<Self, ReplicaError> {
        bytes.try_into().map(Self::new).map_err(|_| ReplicaError::KeyFile)
    }

    /// As SQLCipher takes a raw key.
    pub fn pragma(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("x'{}'", *Zeroizing::new(hex(&*self.0))))
    }
}

impl std::ops::Deref for Secret {
    type Target = [u8; 32];

    fn deref(&self) -> &[u8; 32] {
        &self.0
    }
}

/// A pair of keys: what is sealed to its public half opens with its secret one.
#[derive(Clone)]
pub struct Pair(x25519::Identity);

impl Pair {
    pub fn draw() -> Self {
        Self(x25519::Identity::generate())
    }

    pub fn read(secret: &[u8]) -> Result<Self, ReplicaError> {
        let text = std::str::from_utf8(secret).ok();
        text.and_then(|text| text.parse().ok()).map(Self).ok_or(ReplicaError::KeyFile)
    }

    pub fn secret(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(self.0.to_string().expose_secret().as_bytes().to_vec())
    }

    pub fn recipient(&self) -> String {
        self.0.to_public().to_string()
    }

    /// With which its holder signs what they decide: kept and lost with the pair.
    pub fn signing(&self) -> SigningKey {
        SigningKey::from_bytes(&Zeroizing::new(blake3::derive_key("daiban/person/1", &self.secret())))
    }

    /// Opens what [`seal_to`] has sealed to its public half.
    pub(crate) fn open(&self, sealed: &str) -> Result<Secret, ReplicaError> {
        let opened = age::decrypt(&self.0, &unhex(sealed)?).map_err(|_| ReplicaError::KeyFile)?;
        Secret::read(&Zeroizing::new(opened))
    }
}

/// Seals a key to an age recipient; hex.
pub(crate) fn seal_to(recipient: &str, key: &Secret) -> Result<String, ReplicaError> {
    let recipient: x25519::Recipient = recipient.parse().map_err(|_| ReplicaError::KeyFile)?;
    Ok(hex(&age::encrypt(&recipient, &**key).map_err(|_| ReplicaError::KeyFile)?))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    HEX.encode(bytes)
}

pub(crate) fn unhex(text: &str) -> Result<Zeroizing<Vec<u8>>, ReplicaError> {
    HEX.decode(text.as_bytes()).map(Zeroizing::new).map_err(|_| ReplicaError::KeyFile)
}
