//! What seals the database key: Argon2id (RFC 9106) makes a key from a password, XChaCha20-Poly1305 seals with it; X25519,
//! as age does it, seals to somebody whose password isn't at hand.

use crate::ReplicaError;
use age::{secrecy::ExposeSecret, x25519};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce, aead::Aead};
use daiban_exchange::key::random;
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};
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

/// What one guess of a password costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    pub memory_kib: u32,
    pub passes: u32,
    pub lanes: u32,
}

/// What opening may take a person, and what each guess takes a thief with the same machine.
const OPENING: Duration = Duration::from_millis(500);

/// A village's laptop has 4 GB, and works on while somebody logs in.
const MEMORY_MAX_KIB: u32 = 128 * 1024;

impl Cost {
    /// OWASP's floor for Argon2id: 19 MiB, two passes, one lane.
    pub const FLOOR: Self = Self { memory_kib: 19 * 1024, passes: 2, lanes: 1 };

    /// What takes this machine about half a second, and never less than the floor.
    pub fn calibrated() -> Result<Self, ReplicaError> {
        // No clock of the day: how long this machine takes.
        let begun = Instant::now();
        Self::FLOOR.derive("", &[0; 16])?;
        let times = OPENING.as_secs_f64() / begun.elapsed().as_secs_f64().max(1e-3);
        let floor = f64::from(Self::FLOOR.memory_kib);
        let memory_kib = (floor * times).clamp(floor, f64::from(MEMORY_MAX_KIB));
        let passes = f64::from(Self::FLOOR.passes) * times * floor / memory_kib;
        let passes = (passes as u32).clamp(Self::FLOOR.passes, 64);
        Ok(Self { memory_kib: memory_kib as u32, passes, lanes: 1 })
    }

    fn derive(self, password: &str, salt: &[u8; 16]) -> Result<Zeroizing<[u8; 32]>, ReplicaError> {
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32));
        let params = params.map_err(|_| ReplicaError::KeyFile)?;
        let mut derived = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(password.as_bytes(), salt, derived.as_mut())
            .map_err(|_| ReplicaError::KeyFile)?;
        Ok(derived)
    }
}

/// Something sealed with a password; all but the numbers hex. Its fields are spelt as they were before there were slots.
#[derive(Clone, Serialize, Deserialize)]
pub struct PasswordSealed {
    memory_kib: u32,
    passes: u32,
    #[serde(default = "one")]
    lanes: u32,
    salt: String,
    nonce: String,
    key: String,
}

fn one() -> u32 {
    1
}

impl PasswordSealed {
    pub fn seal(plain: &[u8], password: &str, cost: Cost) -> Result<Self, ReplicaError> {
        let (salt, nonce) = (random()?, random::<24>()?);
        let cipher = XChaCha20Poly1305::new((&*cost.derive(password, &salt)?).into());
        let sealed = cipher.encrypt(&XNonce::from(nonce), plain).map_err(|_| ReplicaError::KeyFile)?;
        let Cost { memory_kib, passes, lanes } = cost;
        Ok(Self { memory_kib, passes, lanes, salt: hex(&salt), nonce: hex(&nonce), key: hex(&sealed) })
    }

    pub fn open(&self, password: &str) -> Result<Zeroizing<Vec<u8>>, ReplicaError> {
        let cipher = XChaCha20Poly1305::new((&*self.cost().derive(password, &unhex(&self.salt)?)?).into());
        let nonce = XNonce::from(unhex::<24>(&self.nonce)?);
        let opened = cipher.decrypt(&nonce, unhex_any(&self.key)?.as_slice());
        opened.map(Zeroizing::new).map_err(|_| ReplicaError::WrongPassword)
    }

    pub fn cost(&self) -> Cost {
        Cost { memory_kib: self.memory_kib, passes: self.passes, lanes: self.lanes }
    }
}

/// A pair of keys: what is sealed to its public half opens with its secret one.
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

    /// Opens what [`seal_to`] has sealed to its public half.
    pub(crate) fn open(&self, sealed: &str) -> Result<Secret, ReplicaError> {
        let opened = age::decrypt(&self.0, &unhex_any(sealed)?).map_err(|_| ReplicaError::KeyFile)?;
        let opened = Zeroizing::new(opened);
        opened.as_slice().try_into().map(Secret::new).map_err(|_| ReplicaError::KeyFile)
    }
}

/// Seals a key to an age recipient; hex.
pub(crate) fn seal_to(recipient: &str, key: &Secret) -> Result<String, ReplicaError> {
    let recipient: x25519::Recipient = recipient.parse().map_err(|_| ReplicaError::KeyFile)?;
    Ok(hex(&age::encrypt(&recipient, &**key).map_err(|_| ReplicaError::KeyFile)?))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn unhex<const N: usize>(text: &str) -> Result<[u8; N], ReplicaError> {
    Zeroizing::new(unhex_any(text)?).as_slice().try_into().map_err(|_| ReplicaError::KeyFile)
}

fn unhex_any(text: &str) -> Result<Vec<u8>, ReplicaError> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return Err(ReplicaError::KeyFile);
    }
    (0..text.len())
        .step_by(2)
        .map(|i| u8::from_str_radix(&text[i..i + 2], 16).map_err(|_| ReplicaError::KeyFile))
        .collect()
}
