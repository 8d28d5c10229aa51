//! How a device comes to belong to a county: a one-time code, a pair of keys, and the hub's word about both.

pub mod file;

use crate::{
    Incarnation,
    certificate::{self, Certified},
    person::PersonKey,
};
use daiban_domain::{DeviceId, Instant, PersonId, UnitCode};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};

/// The body of an [`crate::entry::kind::ENROLMENT`] entry.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Enrolment {
    #[n(0)]
    pub device: DeviceId,
    #[n(1)]
    pub unit: UnitCode,
    /// What people call the device.
    #[n(2)]
    pub name: String,
    /// Ed25519.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub key: [u8; 32],
    /// age recipient, for bundles addressed to the device.
    #[n(4)]
    pub recipient: String,
    #[n(5)]
    pub incarnation: Incarnation,
    /// Two characters, in every case number that this incarnation gives; never given to another of the unit.
    #[n(6)]
    pub tag: String,
    /// For the next incarnation.
    #[n(7)]
    pub spare_tag: String,
    #[n(8)]
    pub person: PersonId,
    #[n(9)]
    pub person_name: String,
    /// Role identifiers.
    #[cbor(n(10), decode_with = "crate::wire::few")]
    pub roles: Vec<String>,
    /// H(code): a hub restored from a backup learns here that the code is spent.
    #[cbor(n(11), with = "minicbor::bytes")]
    pub code: [u8; 32],
    /// Ed25519, with which the person signs what they decide; absent where they have no password.
    #[cbor(n(12), with = "minicbor::bytes")]
    pub person_key: Option<[u8; 32]>,
}

/// The body of an [`crate::entry::kind::PERSON`] entry.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Introduction {
    #[n(0)]
    pub person: PersonId,
    #[n(1)]
    pub name: String,
    #[n(2)]
    pub unit: UnitCode,
    /// At which they work.
    #[n(3)]
    pub device: DeviceId,
    /// Role identifiers.
    #[cbor(n(4), decode_with = "crate::wire::few")]
    pub roles: Vec<String>,
    /// H(code): a hub restored from a backup learns here that the code is spent.
    #[cbor(n(5), with = "minicbor::bytes")]
    pub code: [u8; 32],
    /// Ed25519, with which they sign what they decide.
    #[cbor(n(6), with = "minicbor::bytes")]
    pub key: Option<[u8; 32]>,
}

/// What a device asks for a person who is to work at it too. The answer is their id; that they are who they are is told by
/// the entry, which comes with the next exchange.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Introduce {
    #[n(0)]
    pub protocol: u16,
    #[n(1)]
    pub code: String,
    #[n(2)]
    pub name: String,
    #[n(3)]
    pub person_key: Option<PersonKey>,
}

/// What a device of a township or the county asks for: a code for somebody at its unit or below.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct AskCode {
    #[n(0)]
    pub protocol: u16,
    #[n(1)]
    pub unit: UnitCode,
    /// Role identifiers.
    #[cbor(n(2), decode_with = "crate::wire::few")]
    pub roles: Vec<String>,
}

/// The code that was given out for it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct GivenCode {
    #[n(0)]
    pub code: String,
    #[n(1)]
    pub expires: Instant,
}

/// A one-time code: 12 characters of secret (60 bits) and 13 of the fingerprint of the county's root (65 bits), in Crockford's
/// base 32 with dashes. Whoever types it in has pinned the county. A hub without an authority of its own gives out 8 characters
/// of its key's fingerprint instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    text: String,
}

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl Code {
    /// That pins a hub.
    pub fn new(secret: [u8; 12], hub: &[u8; 32]) -> Self {
        Self::of(secret, fingerprint::<8>(HUB, hub))
    }

    /// That pins a county's root.
    pub fn under_root(secret: [u8; 12], root: &[u8; 32]) -> Self {
        Self::of(secret, fingerprint::<13>(ROOT, root))
    }

    fn of(secret: [u8; 12], fingerprint: impl IntoIterator<Item = u8>) -> Self {
        let letters = secret.iter().map(|byte| ALPHABET[usize::from(byte & 31)]);
        Self { text: letters.chain(fingerprint).map(char::from).collect() }
    }

    /// Reads what a person typed: case, dashes and spaces don't matter, O is 0, I and L are 1.
    pub fn parse(typed: &str) -> Option<Self> {
        let text: String = typed
            .chars()
            .filter(|c| !matches!(c, '-' | ' '))
            .map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .collect();
        (matches!(text.len(), 20 | 25) && text.bytes().all(|byte| ALPHABET.contains(&byte)))
            .then_some(Self { text })
    }

    pub fn pins(&self, hub: &[u8; 32]) -> bool {
        self.text.as_bytes()[12..] == fingerprint::<8>(HUB, hub)
    }

    pub fn pins_root(&self, root: &[u8; 32]) -> bool {
        self.text.as_bytes()[12..] == fingerprint::<13>(ROOT, root)
    }

    /// What pins the county, without the secret: it enrols nobody, and may be kept where the code may not.
    pub fn without_secret(&self) -> Self {
        Self { text: format!("{:0<12}{}", "", &self.text[12..]) }
    }

    pub fn hash(&self) -> [u8; 32] {
        blake3::derive_key("daiban/code/1", self.text.as_bytes())
    }
}

const HUB: &str = "daiban/hub/1";
const ROOT: &str = "daiban/root-key/1";

fn fingerprint<const N: usize>(context: &str, key: &[u8; 32]) -> [u8; N] {
    let hash = blake3::derive_key(context, key);
    std::array::from_fn(|i| ALPHABET[usize::from(hash[i] & 31)])
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, c) in self.text.chars().enumerate() {
            if i > 0 && i % 5 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{c}")?;
        }
        Ok(())
    }
}

/// What a new device asks for. Signed with its key, to show that it has it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Application {
    #[n(0)]
    pub protocol: u16,
    #[n(1)]
    pub code: String,
    #[cbor(n(2), with = "minicbor::bytes")]
    pub key: [u8; 32],
    #[n(3)]
    pub recipient: String,
    #[n(4)]
    pub incarnation: Incarnation,
    #[n(5)]
    pub device_name: String,
    #[n(6)]
    pub person_name: String,
    #[cbor(n(7), with = "minicbor::bytes")]
    pub signature: [u8; 64],
    /// Not in what the device signs, which older hubs know; the person signs for it.
    #[n(8)]
    pub person_key: Option<PersonKey>,
}

impl Application {
    pub fn signed(mut self, key: &SigningKey) -> Self {
        self.key = key.verifying_key().to_bytes();
        self.signature = key.sign(&self.statement()).to_bytes();
        self
    }

    /// The key, if it signed, and if the person did who is to have one.
    pub fn verify(&self) -> Option<VerifyingKey> {
        let key = VerifyingKey::from_bytes(&self.key).ok()?;
        key.verify_strict(&self.statement(), &Signature::from_bytes(&self.signature)).ok()?;
        self.person_key.as_ref().is_none_or(|person| person.verify(&self.key)).then_some(key)
    }

    fn statement(&self) -> Vec<u8> {
        let key = minicbor::bytes::ByteArray::from(self.key);
        let names = (&self.device_name, &self.person_name);
        crate::wire::encode(&(
            "daiban/application/1",
            &self.code,
            key,
            &self.recipient,
            self.incarnation,
            names,
        ))
    }
}

/// The hub's answer to an application, signed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Admission {
    #[n(0)]
    pub enrolment: Enrolment,
    #[n(1)]
    pub hub: DeviceId,
    /// Ed25519; the code pins it, or the root that vouches for it.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub hub_key: [u8; 32],
    #[n(3)]
    pub time: Instant,
    #[cbor(n(4), with = "minicbor::bytes")]
    pub signature: [u8; 64],
    /// Absent from a hub without an authority of its own. Not signed for: it stands or falls with the root.
    #[n(5)]
    pub certified: Option<Certified>,
}

impl Admission {
    pub fn signed(mut self, key: &SigningKey) -> Self {
        self.hub_key = key.verifying_key().to_bytes();
        self.signature = key.sign(&self.statement()).to_bytes();
        self
    }

    /// The hub's key, if it signed and is the one that the code pins, or that the root vouches for which the code pins.
    pub fn verify(&self, code: &Code) -> Option<VerifyingKey> {
        let key = VerifyingKey::from_bytes(&self.hub_key).ok()?;
        key.verify_strict(&self.statement(), &Signature::from_bytes(&self.signature)).ok()?;
        let pinned = match &self.certified {
            Some(certified) => {
                let Certified { root, hub, device } = certified;
                hub.vouches_for_hub(&self.hub_key, root, self.time)
                    && device.key() == Some(self.enrolment.key)
                    && certificate::holds(&device.ders(), root, self.time).is_ok()
                    && (code.pins(&self.hub_key) || code.pins_root(&root.key()?))
            }
            None => code.pins(&self.hub_key),
        };
        pinned.then_some(key)
    }

    fn statement(&self) -> Vec<u8> {
        crate::wire::encode(&("daiban/admission/1", &self.enrolment, self.hub, self.time))
    }
}
