//! What a person signs themselves, beside the device: the acts by which an organ decides. Only somebody with their password
//! could have written those.

use daiban_domain::{DocumentId, PersonId};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use minicbor::{
    Decode, Encode,
    bytes::{ByteArray, ByteSlice},
};

/// A person's public key, with their signature over the device at which they are to work: it shows that they hold the secret one.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct PersonKey {
    /// Ed25519.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub key: [u8; 32],
    #[cbor(n(1), with = "minicbor::bytes")]
    pub signature: [u8; 64],
}

impl PersonKey {
    /// `device`: the device's public key.
    pub fn of(key: &SigningKey, device: &[u8; 32]) -> Self {
        let signature = key.sign(&at(device)).to_bytes();
        Self { key: key.verifying_key().to_bytes(), signature }
    }

    pub fn verify(&self, device: &[u8; 32]) -> bool {
        verify(&self.key, &at(device), &self.signature)
    }
}

fn at(device: &[u8; 32]) -> Vec<u8> {
    crate::wire::encode(&("daiban/person/1", ByteArray::from(*device)))
}

/// The body of a [`crate::kind::PERSON_KEY`] entry, written at the device where the person works: another key for somebody who has
/// forgotten their password, which the hub has signed for. What they signed with an earlier one stands.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct AnotherKey {
    #[n(0)]
    pub person: PersonId,
    /// Ed25519.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub key: [u8; 32],
    /// The hub's.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub signature: [u8; 64],
}

impl AnotherKey {
    /// The hub's signature for a key.
    pub fn vouch(hub: &SigningKey, key: &[u8; 32]) -> [u8; 64] {
        hub.sign(&vouched(key)).to_bytes()
    }

    pub fn verify(&self, hub: &VerifyingKey) -> bool {
        verify(hub.as_bytes(), &vouched(&self.key), &self.signature)
    }
}

fn vouched(key: &[u8; 32]) -> Vec<u8> {
    crate::wire::encode(&("daiban/another-key/1", ByteArray::from(*key)))
}

/// An event as it lies in its document, under a person's signature: the signature follows the event, whose bytes stay what they
/// are for who knows nothing of it.
pub fn sign(mut event: Vec<u8>, document: DocumentId, key: &SigningKey) -> Vec<u8> {
    let signature = key.sign(&act(document, &event)).to_bytes();
    event.extend_from_slice(&signature);
    event
}

/// Whether one of the keys has signed an event. `length`: how much of the value the event itself takes.
pub fn signed(value: &[u8], length: usize, document: DocumentId, keys: &[[u8; 32]]) -> bool {
    let Some((event, signature)) = value.split_at_checked(length) else { return false };
    let Ok(signature) = signature.try_into() else { return false };
    let statement = act(document, event);
    keys.iter().any(|key| verify(key, &statement, signature))
}

fn act(document: DocumentId, event: &[u8]) -> Vec<u8> {
    crate::wire::encode(&("daiban/act/1", document, <&ByteSlice>::from(event)))
}

fn verify(key: &[u8; 32], statement: &[u8], signature: &[u8; 64]) -> bool {
    VerifyingKey::from_bytes(key)
        .is_ok_and(|key| key.verify_strict(statement, &Signature::from_bytes(signature)).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: DocumentId = DocumentId([3; 16]);

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    #[test]
    fn a_signature_holds_for_its_event_in_its_document_alone() {
        let event = vec![0xa1, 0x00, 0x01];
        let value = sign(event.clone(), DOCUMENT, &key(1));
        let keys = [[9; 32], key(1).verifying_key().to_bytes()];
        assert_eq!(value[..3], event);
        assert!(signed(&value, 3, DOCUMENT, &keys));
        assert!(!signed(&value, 3, DocumentId([4; 16]), &keys));
        assert!(!signed(&value, 3, DOCUMENT, &keys[..1]));
        assert!(!signed(&value, 2, DOCUMENT, &keys));
        assert!(!signed(&event, 3, DOCUMENT, &keys));
        assert!(!signed(&event, 4, DOCUMENT, &keys));
        for at in 0..value.len() {
            let mut altered = value.clone();
            altered[at] ^= 1;
            assert!(!signed(&altered, 3, DOCUMENT, &keys), "byte {at}");
        }
    }

    #[test]
    fn a_key_is_shown_to_be_held_at_one_device() {
        let shown = PersonKey::of(&key(1), &[7; 32]);
        assert!(shown.verify(&[7; 32]));
        assert!(!shown.verify(&[8; 32]));
        assert!(!PersonKey { key: key(2).verifying_key().to_bytes(), ..shown }.verify(&[7; 32]));
    }

    #[test]
    fn another_key_is_the_hubs_word() {
        let (hub, drawn) = (key(1), key(2).verifying_key().to_bytes());
        let another =
            AnotherKey { person: PersonId([6; 8]), key: drawn, signature: AnotherKey::vouch(&hub, &drawn) };
        assert!(another.verify(&hub.verifying_key()));
        assert!(!another.verify(&key(2).verifying_key()));
        assert!(!AnotherKey { key: [7; 32], ..another }.verify(&hub.verifying_key()));
    }
}
