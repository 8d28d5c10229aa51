//! Random bytes and signing keys.

use ed25519_dalek::SigningKey;

/// The system gave no random bytes.
#[derive(Debug, thiserror::Error)]
#[error("the system gave no random bytes: {0}")]
pub struct NoRandomness(getrandom::Error);

/// Bytes from the system's generator.
pub fn random<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(NoRandomness)?;
    Ok(bytes)
}

pub fn draw_signing_key() -> Result<SigningKey, NoRandomness> {
    Ok(SigningKey::from_bytes(&random()?))
}
