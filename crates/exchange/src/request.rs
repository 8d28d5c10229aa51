//! How a request over HTTP says whose it is, and what a hub or a relay says where it gives no answer.

use daiban_domain::{DeviceId, UnitCode};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

/// Header with the device's id, in hex.
pub const DEVICE: &str = "daiban-device";
/// Header with the signature over path and body, in hex.
pub const SIGNATURE: &str = "daiban-signature";
/// Where questions go.
pub const EXCHANGE: &str = "/v1/exchange";
/// Where attachments go and come from.
pub const ATTACHMENTS: &str = "/v1/attachments";
/// Where applications go.
pub const ENROL: &str = "/v1/enrol";
/// Where a device introduces another person who works at it.
pub const USERS: &str = "/v1/users";
/// Where a device of a township or the county asks for a one-time code.
pub const CODES: &str = "/v1/codes";
/// Who is there: `GET`, JSON of [`HubInfo`].
pub const HUB: &str = "/v1/hub";

/// What a county's hub calls itself.
pub const HUB_PROGRAM: &str = "daiban-hub";
/// What a township's desk calls itself that serves its villages.
pub const RELAY_PROGRAM: &str = "daiban-relay";

/// What a hub says of itself to anyone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HubInfo {
    /// [`HUB_PROGRAM`] or [`RELAY_PROGRAM`].
    pub program: String,
    pub county: UnitCode,
    /// Who signs the receipts.
    pub holder: DeviceId,
    pub protocol_min: u16,
    pub protocol_max: u16,
}

/// What the hub says when it doesn't do what it was asked, as JSON with an HTTP status of 400 and above.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HubRefusal {
    /// The body can't be read.
    BadFrame,
    /// A hub of another county.
    WrongCounty,
    /// Too old or too new.
    Protocol,
    /// The enrolment code is wrong, spent or expired.
    BadCode,
    /// The state of the hub that the question builds on isn't known: ask again without.
    UnknownState,
    /// The device isn't enrolled, or its signature is wrong.
    UnknownDevice,
    /// Nobody at the device's unit may ask for that, or not of that unit.
    NotAllowed,
    /// Only the county's hub does this.
    NotHere,
    /// Without a certificate of the county's one may only enrol.
    NoCertificate,
    /// The certificate isn't that of the device that signed.
    OtherCertificate,
    /// The certificate has run out: the device may bring what it holds, and have it renewed.
    ExpiredCertificate,
    /// More than is ever needed here.
    TooLarge,
    /// Too often, or too many wrong codes: later.
    TooOften,
    /// It came too slowly.
    TooSlow,
    /// The hub has trouble of its own; later perhaps.
    Trouble,
    #[serde(other)]
    Unknown,
}

/// The body of a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    pub error: HubRefusal,
}

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
