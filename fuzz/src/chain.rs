//! Certificates and what vouches for them.

use crate::{join, key, split};
use daiban_domain::Instant;
use daiban_exchange::certificate::{self, Certified, Chain, Root};
use ed25519_dalek::Signer;

/// What an Ed25519 key and a signature by one begin with in a certificate.
const KEY: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
const SIGNATURE: [u8; 10] = [0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x41, 0x00];

/// A root, and a chain that may lead to it, the certificate that speaks first: asked whose they are and how they stand, long
/// before, in between and long after. Once as they come, and once signed anew, so that what is inside is looked at.
pub fn certificate(bytes: &[u8]) {
    let parts = split(bytes);
    let Some((root, chain)) = parts.split_first() else { return };
    stand(root, chain.iter().map(|der| der.to_vec()));
    let authority = vouching(root);
    let last = chain.len().saturating_sub(1);
    let leaf = |i: usize| i == 0 && last > 0;
    let signed = |(i, der): (usize, &&[u8])| if leaf(i) { resigned(der.to_vec()) } else { vouching(der) };
    stand(&authority, chain.iter().enumerate().map(signed));
}

fn stand(root: &[u8], chain: impl Iterator<Item = Vec<u8>>) {
    let (root, chain) = (Root::new(root), Chain::new(chain));
    let _ = (root.key(), chain.key());
    for at in [i64::MIN, 0, 1_788_000_000_000, 1_900_000_000_000, i64::MAX].map(Instant) {
        let ders = chain.ders();
        // Whether it leads there is not what matters here; that one that leads there holds or has ended, is.
        let standing = certificate::standing(&ders, &root, at);
        assert_eq!(standing.is_ok(), certificate::standing(&ders, &root, Instant(0)).is_ok());
        let _ = certificate::is_hub(&ders, &root, at);
        if let Some(hub) = chain.key() {
            chain.vouches_for_hub(&hub, &root, at);
        }
    }
}

/// The same certificate, for a key with which the target can sign.
fn vouching(der: &[u8]) -> Vec<u8> {
    let mut der = der.to_vec();
    if let Some(at) = der.windows(KEY.len()).position(|window| window == KEY)
        && let Some(place) = der.get_mut(at + KEY.len()..at + KEY.len() + 32)
    {
        place.copy_from_slice(key().verifying_key().as_bytes());
    }
    resigned(der)
}

/// With a signature that fits: no mutation would find one.
fn resigned(mut der: Vec<u8>) -> Vec<u8> {
    let Some(at) = der.windows(SIGNATURE.len()).rposition(|window| window == SIGNATURE) else { return der };
    // Behind the tag and the length of the whole.
    let Some(said) = der.get(4..at) else { return der };
    let signature = key().sign(said).to_bytes();
    if let Some(place) = der.get_mut(at + SIGNATURE.len()..at + SIGNATURE.len() + 64) {
        place.copy_from_slice(&signature);
    }
    der
}

/// What the corpus of [`certificate`] begins with, of what a real hub has certified.
pub fn certificates(certified: &Certified) -> Vec<Vec<u8>> {
    let Certified { root, hub, device } = certified;
    let of = |chain: &Chain| {
        let ders: Vec<&[u8]> = std::iter::once(&root.0).chain(&chain.0).map(|der| &der[..]).collect();
        join(&ders)
    };
    let leaf = &hub.0[0];
    let endless: Vec<&[u8]> = std::iter::once(&root.0[..]).chain([&leaf[..]; 60]).collect();
    let itself = join(&[&root.0[..], &root.0[..], &root.0[..]]);
    vec![of(hub), of(device), join(&endless), itself]
}
