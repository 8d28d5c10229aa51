//! Certificates: who may speak on the line. The county is its own authority; a chain leads from a device's key, or from the
//! hub's, to the root that every device has pinned.

use crate::wire;
use daiban_domain::Instant;
use minicbor::{Decode, Encode, bytes::ByteVec};
use rustls::{
    CertificateError, Error, RootCertStore,
    client::{verify_server_cert_signed_by_trust_anchor, verify_server_name},
    crypto::ring,
    pki_types::{CertificateDer, ServerName, UnixTime},
    server::ParsedCertificate,
};
use std::time::Duration;

/// How long a device's certificate lasts, and the hub's own, in milliseconds. Renewing costs no ceremony: both have their keys
/// anyway.
pub const LIFE_MS: i64 = 90 * 24 * 60 * 60 * 1000;

/// The name in the hub's certificate and in no device's: an enrolled device can't pass itself off as the hub.
pub const HUB_NAME: &str = "hub.daiban";

/// What an Ed25519 public key begins with as a SubjectPublicKeyInfo (RFC 8410).
const ED25519_SPKI: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// The certificate of a county's root, DER.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Root(#[n(0)] pub ByteVec);

/// A certificate and those that vouch for it, up to but without the root; DER.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Chain(#[cbor(n(0), decode_with = "wire::few")] pub Vec<ByteVec>);

/// What the county's authority says at an enrolment.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Certified {
    #[n(0)]
    pub root: Root,
    /// Of the hub's key.
    #[n(1)]
    pub hub: Chain,
    /// Of the new device's.
    #[n(2)]
    pub device: Chain,
}

/// How a certificate stands that leads to the county's root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Good,
    /// Less than a third of its life is left.
    Due,
    /// Whoever shows it may bring what they hold, and have it renewed.
    Expired,
}

impl Root {
    pub fn new(der: &[u8]) -> Self {
        Self(der.to_vec().into())
    }

    pub fn der(&self) -> CertificateDer<'_> {
        CertificateDer::from(&self.0[..])
    }

    pub fn key(&self) -> Option<[u8; 32]> {
        key(&self.der())
    }
}

impl Chain {
    pub fn new(certificates: impl IntoIterator<Item = Vec<u8>>) -> Self {
        Self(certificates.into_iter().map(ByteVec::from).collect())
    }

    /// As they lie on the line.
    pub fn ders(&self) -> Vec<CertificateDer<'static>> {
        self.0.iter().map(|der| CertificateDer::from(der.to_vec())).collect()
    }

    /// Whose it is.
    pub fn key(&self) -> Option<[u8; 32]> {
        key(&CertificateDer::from(&self.0.first()?[..]))
    }

    /// Whether it leads from the hub's key to the root.
    pub fn vouches_for_hub(&self, hub: &[u8; 32], root: &Root, at: Instant) -> bool {
        let ders = self.ders();
        self.key().as_ref() == Some(hub) && is_hub(&ders, root, at).is_ok()
    }
}

/// Of whom a certificate speaks; `None` of one that isn't ours.
pub fn key(certificate: &CertificateDer<'_>) -> Option<[u8; 32]> {
    let parsed = ParsedCertificate::try_from(certificate).ok()?;
    parsed.subject_public_key_info().strip_prefix(&ED25519_SPKI)?.try_into().ok()
}

/// How a chain stands at a moment. One that begins later is as good as on its first day: a clock that was set back, here or at
/// the hub, locks nobody out.
pub fn standing(chain: &[CertificateDer<'_>], root: &Root, at: Instant) -> Result<Standing, Error> {
    if ends_before(chain, root, at)? {
        return Ok(Standing::Expired);
    }
    let soon = Instant(at.0.saturating_add(LIFE_MS / 3));
    Ok(if ends_before(chain, root, soon)? { Standing::Due } else { Standing::Good })
}

/// Whether these are the hub's certificates, and hold.
pub fn is_hub(chain: &[CertificateDer<'_>], root: &Root, at: Instant) -> Result<(), Error> {
    let leaf = chain.first().ok_or(Error::NoCertificatesPresented)?;
    let name = ServerName::try_from(HUB_NAME).map_err(|_| Error::UnsupportedNameType)?;
    verify_server_name(&ParsedCertificate::try_from(leaf)?, &name)?;
    holds(chain, root, at)
}

/// Whether a chain leads to the root and hasn't expired.
pub fn holds(chain: &[CertificateDer<'_>], root: &Root, at: Instant) -> Result<(), Error> {
    if ends_before(chain, root, at)? { Err(CertificateError::Expired.into()) } else { Ok(()) }
}

/// Whether a chain that leads to the root, whenever that was, no longer does at a moment.
fn ends_before(chain: &[CertificateDer<'_>], root: &Root, at: Instant) -> Result<bool, Error> {
    let (leaf, rest) = chain.split_first().ok_or(Error::NoCertificatesPresented)?;
    let leaf = ParsedCertificate::try_from(leaf)?;
    let mut roots = RootCertStore::empty();
    roots.add(root.der())?;
    let algorithms = ring::default_provider().signature_verification_algorithms;
    let mut time = UnixTime::since_unix_epoch(Duration::from_millis(at.0.try_into().unwrap_or_default()));
    let mut ended = false;
    // Two for each certificate: not yet, no longer.
    for _ in 0..=2 * chain.len() {
        let judged = verify_server_cert_signed_by_trust_anchor(&leaf, &roots, rest, time, algorithms.all);
        match judged {
            Ok(()) => return Ok(ended),
            Err(Error::InvalidCertificate(CertificateError::NotValidYetContext { not_before, .. })) => {
                time = not_before;
            }
            Err(Error::InvalidCertificate(CertificateError::ExpiredContext { not_after, .. })) => {
                (time, ended) = (not_after, true);
            }
            Err(error) => return Err(error),
        }
    }
    Err(CertificateError::UnknownIssuer.into())
}
