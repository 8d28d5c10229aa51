//! A secret under a password: Argon2id (RFC 9106) makes a key from the password, XChaCha20-Poly1305 seals with it. Under a
//! key that was drawn, the latter alone.

use crate::key::{NoRandomness, random};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce, aead::Aead};
use data_encoding::HEXLOWER_PERMISSIVE as HEX;
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

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
    pub lanes: u32,
}

/// What opening may take a person, and what each guess takes a thief with the same machine.
const OPENING: Duration = Duration::from_millis(500);

/// A village's laptop has 4 GB, and works on while somebody logs in. A file that asks for more than these is none of ours.
const MEMORY_MAX_KIB: u32 = 128 * 1024;
const PASSES_MAX: u32 = 64;
const LANES_MAX: u32 = 4;

impl Cost {
    /// OWASP's floor for Argon2id: 19 MiB, two passes, one lane.
    pub const FLOOR: Self = Self { memory_kib: 19 * 1024, passes: 2, lanes: 1 };

    /// What takes this machine about half a second, and never less than the floor.
    pub fn calibrated() -> Result<Self, SealError> {
        // No clock of the day: how long this machine takes.
        let begun = Instant::now();
        Self::FLOOR.derive("", &[0; 16])?;
        let times = OPENING.as_secs_f64() / begun.elapsed().as_secs_f64().max(1e-3);
        let floor = f64::from(Self::FLOOR.memory_kib);
        let memory_kib = (floor * times).clamp(floor, f64::from(MEMORY_MAX_KIB));
        let passes = f64::from(Self::FLOOR.passes) * times * floor / memory_kib;
        let passes = (passes as u32).clamp(Self::FLOOR.passes, PASSES_MAX);
        Ok(Self { memory_kib: memory_kib as u32, passes, lanes: 1 })
    }

    /// A file may ask for terabytes: it is refused before any memory is taken.
    fn derive(self, password: &str, salt: &[u8]) -> Result<Zeroizing<[u8; 32]>, SealError> {
        if self.memory_kib > MEMORY_MAX_KIB || self.passes > PASSES_MAX || self.lanes > LANES_MAX {
            return Err(SealError::Malformed);
        }
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32));
        let params = params.map_err(|_| SealError::Malformed)?;
        let mut derived = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(password.as_bytes(), salt, derived.as_mut())
            .map_err(|_| SealError::Malformed)?;
        Ok(derived)
    }
}

/// Something sealed with a password; all but the numbers hex. Key files spell the fields so since there were any.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PasswordSealed {
    memory_kib: u32,
    passes: u32,
    #[serde(default = "one")]
    lanes: u32,
    salt: String,
    nonce: String,
    key: String,
}

/// Under a key that nobody guesses; the nonce comes first.
pub fn seal_under(key: &[u8; 32], plain: &[u8]) -> Result<Vec<u8>, SealError> {
    let nonce = random::<24>()?;
    let sealed = XChaCha20Poly1305::new(key.into()).encrypt(&XNonce::from(nonce), plain);
    Ok([&nonce, sealed.map_err(|_| SealError::Malformed)?.as_slice()].concat())
}

/// Opens what [`seal_under`] has sealed.
pub fn open_under(key: &[u8; 32], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (nonce, sealed) = sealed.split_first_chunk::<24>().ok_or(SealError::Malformed)?;
    let opened = XChaCha20Poly1305::new(key.into()).decrypt(&XNonce::from(*nonce), sealed);
    opened.map(Zeroizing::new).map_err(|_| SealError::Closed)
}

fn one() -> u32 {
    1
}

impl PasswordSealed {
    pub fn seal(plain: &[u8], password: &str, cost: Cost) -> Result<Self, SealError> {
        let (salt, nonce) = (random::<16>()?, random::<24>()?);
        let cipher = XChaCha20Poly1305::new((&*cost.derive(password, &salt)?).into());
        let sealed = cipher.encrypt(&XNonce::from(nonce), plain).map_err(|_| SealError::Malformed)?;
        let [salt, nonce, key] = [&salt[..], &nonce, &sealed].map(|bytes| HEX.encode(bytes));
        let Cost { memory_kib, passes, lanes } = cost;
        Ok(Self { memory_kib, passes, lanes, salt, nonce, key })
    }

    pub fn open(&self, password: &str) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let bytes = |hex: &str| HEX.decode(hex.as_bytes()).map_err(|_| SealError::Malformed);
        let nonce: [u8; 24] = bytes(&self.nonce)?.try_into().map_err(|_| SealError::Malformed)?;
        let cipher = XChaCha20Poly1305::new((&*self.cost().derive(password, &bytes(&self.salt)?)?).into());
        let opened = cipher.decrypt(&XNonce::from(nonce), bytes(&self.key)?.as_slice());
        opened.map(Zeroizing::new).map_err(|_| SealError::Closed)
    }

    pub fn cost(&self) -> Cost {
        Cost { memory_kib: self.memory_kib, passes: self.passes, lanes: self.lanes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_asks_for_too_much_is_refused_at_once() {
        let cost = Cost { memory_kib: 64, passes: 1, lanes: 1 };
        let sealed = PasswordSealed::seal(b"a key", "a password", cost).unwrap();
        assert_eq!(&sealed.open("a password").unwrap()[..], b"a key");
        assert!(matches!(sealed.open("another"), Err(SealError::Closed)));
        let begun = Instant::now();
        for hostile in [
            PasswordSealed { memory_kib: u32::MAX, ..sealed.clone() },
            PasswordSealed { memory_kib: MEMORY_MAX_KIB + 1, ..sealed.clone() },
            PasswordSealed { passes: u32::MAX, ..sealed.clone() },
            PasswordSealed { lanes: 1 << 20, memory_kib: MEMORY_MAX_KIB, ..sealed.clone() },
            PasswordSealed { memory_kib: 0, ..sealed.clone() },
            PasswordSealed { salt: String::new(), ..sealed.clone() },
            PasswordSealed { salt: "0".to_owned(), ..sealed.clone() },
            PasswordSealed { nonce: sealed.salt.clone(), ..sealed },
        ] {
            assert!(matches!(hostile.open("a password"), Err(SealError::Malformed)), "{hostile:?}");
        }
        assert!(begun.elapsed() < Duration::from_millis(200), "{:?}", begun.elapsed());
    }
}
