//! How a request over HTTP says whose it is.

use daiban_domain::DeviceId;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

/// Header with the device's id, in hex.
pub const DEVICE: &str = "daiban-device";
/// Header with the signature over path and body, in hex.
pub const SIGNATURE: &str = "daiban-signature";
/// Where questions go.
pub const EXCHANGE: &str = "/v1/exchange";
/// Where applications go.
pub const ENROL: &str = "/v1/enrol";
/// Who is there: `GET`, JSON of [`crate::client::HubInfo`].
pub const HUB: &str = "/v1/hub";

pub fn sign(path: &str, body: &[u8], device: DeviceId, key: &SigningKey) -> String {
    let signature = key.sign(&statement(path, body, device)).to_bytes();
    signature.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn verify(path: &str, body: &[u8], device: DeviceId, signature: &str, key: &VerifyingKey) -> bool {
    let Some(signature) = parse_hex(signature) else { return false };
    key.verify_strict(&statement(path, body, device), &Signature::from_bytes(&signature)).is_ok()
}

fn statement(path: &str, body: &[u8], device: DeviceId) -> Vec<u8> {
    let hash = minicbor::bytes::ByteArray::from(*blake3::hash(body).as_bytes());
    crate::wire::encode(&("daiban/request/1", path, device, hash))
}

fn parse_hex(text: &str) -> Option<[u8; 64]> {
    if text.len() != 128 || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; 64];
    for (i, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).ok()?;
    }
    Some(bytes)
}
