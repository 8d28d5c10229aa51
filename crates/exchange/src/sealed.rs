//! A secret under a password: Argon2id (RFC 9106) makes a key from the password, XChaCha20-Poly1305 seals with it.

use crate::key::{NoRandomness, random};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce, aead::Aead};
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};

#[derive(Debug, thiserror::Error)]
pub enum SealError {
    #[error("the password is wrong, or what it sealed is damaged")]
    Closed,
    #[error("what was sealed can't be read")]
    Malformed,
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

/// What one guess of a password costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    pub memory_kib: u32,
    pub passes: u32,
}

/// Something sealed with a password; all but the numbers hex.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PasswordSealed {
    memory_kib: u32,
    passes: u32,
    salt: String,
    nonce: String,
    key: String,
}

impl PasswordSealed {
    pub fn seal(plain: &[u8], password: &str, cost: Cost) -> Result<Self, SealError> {
        let (salt, nonce) = (random::<16>()?, random::<24>()?);
        let sealed = cipher(password, &salt, cost)?.encrypt(&XNonce::from(nonce), plain);
        let sealed = sealed.map_err(|_| SealError::Malformed)?;
        let [salt, nonce, key] = [&salt[..], &nonce, &sealed].map(|bytes| HEXLOWER.encode(bytes));
        Ok(Self { memory_kib: cost.memory_kib, passes: cost.passes, salt, nonce, key })
    }

    pub fn open(&self, password: &str) -> Result<Vec<u8>, SealError> {
        let bytes = |hex: &str| HEXLOWER.decode(hex.as_bytes()).map_err(|_| SealError::Malformed);
        let nonce: [u8; 24] = bytes(&self.nonce)?.try_into().map_err(|_| SealError::Malformed)?;
        let cost = Cost { memory_kib: self.memory_kib, passes: self.passes };
        let cipher = cipher(password, &bytes(&self.salt)?, cost)?;
        cipher.decrypt(&XNonce::from(nonce), bytes(&self.key)?.as_slice()).map_err(|_| SealError::Closed)
    }
}

fn cipher(password: &str, salt: &[u8], cost: Cost) -> Result<XChaCha20Poly1305, SealError> {
    let params = Params::new(cost.memory_kib, cost.passes, 1, Some(32)).map_err(|_| SealError::Malformed)?;
    let mut derived = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(password.as_bytes(), salt, &mut derived)
        .map_err(|_| SealError::Malformed)?;
    Ok(XChaCha20Poly1305::new(&derived.into()))
}
