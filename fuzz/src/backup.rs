//! Manifests of backups, as they lie on somebody else's stick.

use crate::{DEVICE, key};
use daiban_domain::Instant;
use daiban_replica::backup::{BLOCK, Manifest};

/// What a stick holds, and what lies under the signature of whoever made it.
pub fn backup(bytes: &[u8]) {
    if let Ok(manifest) = Manifest::read(bytes) {
        assert_eq!(manifest.blocks().len() as u64, manifest.length.div_ceil(BLOCK as u64));
    }
    // More of it is read once somebody has signed it.
    if let Ok(manifest) = minicbor::decode::<Manifest>(bytes) {
        Manifest::read(&manifest.signed(&key())).ok();
    }
}

/// What the corpus of [`backup`] begins with.
pub fn backups() -> Vec<Vec<u8>> {
    let frame = |length: u64, pieces: usize| {
        let hashes: Vec<u8> = (0..pieces * 32).map(|byte| byte as u8).collect();
        let bytes = |bytes: &[u8]| minicbor::bytes::ByteVec::from(bytes.to_vec());
        let public = key().verifying_key().to_bytes();
        let (time, sealed) = (Instant(1_767_600_000_000), bytes(&[7; 40]));
        let (slots, public) = (bytes(b"{}"), bytes(&public));
        minicbor::to_vec((DEVICE, 1u64, time, length, bytes(&hashes), slots, sealed, public))
            .expect("a frame")
    };
    let good = frame(300_000, 2);
    let read = |frame: &[u8]| minicbor::decode::<Manifest>(frame).expect("a manifest that we wrote");
    vec![
        read(&good).signed(&key()),
        read(&frame(300_000, 1)).signed(&key()),
        read(&frame(u64::MAX, 0)).signed(&key()),
        good,
        b"daiban backup 2\n".to_vec(),
    ]
}
