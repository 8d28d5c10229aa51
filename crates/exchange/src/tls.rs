//! TLS 1.3 both ways, with certificates of the county's own authority. Nothing here asks the system whom it trusts, or its clock
//! what time it is.

use crate::{
    certificate::{self, Chain, Root},
    enrolment::Code,
};
use daiban_domain::Instant;
use ed25519_dalek::SigningKey;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, DistinguishedName, Error, RootCertStore,
    ServerConfig, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, ring, verify_tls13_signature},
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName, UnixTime},
    server::{
        ClientHello, ResolvesServerCert, ServerSessionMemoryCache,
        danger::{ClientCertVerified, ClientCertVerifier},
    },
    sign::CertifiedKey,
    version::TLS13,
};
use std::{
    fmt::{self, Debug},
    sync::{Arc, PoisonError, RwLock},
};

/// Whom an asker believes on the line, and as whom it speaks.
#[derive(Clone, Debug)]
pub struct Trust {
    pub anchor: Anchor,
    pub holder: Holder,
    /// The latest time that the hub has signed for.
    pub since: Instant,
    /// At first contact nobody yet.
    pub us: Option<(Chain, SigningKey)>,
}

/// What a chain has to lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    Root(Root),
    /// At first contact: the fingerprint in the code.
    Code(Code),
}

/// Who may answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    Hub,
    /// Devices with these keys.
    OneOf(Vec<[u8; 32]>),
}

impl Trust {
    /// Whether a line made for one of them serves the other as well. Time goes on; that alone needs no new line.
    pub(crate) fn same(&self, other: &Self) -> bool {
        let chain = |trust: &Self| trust.us.as_ref().map(|(chain, _)| chain.clone());
        self.anchor == other.anchor && self.holder == other.holder && chain(self) == chain(other)
    }

    fn judge(&self, chain: &[CertificateDer<'_>]) -> Result<(), Error> {
        let (leaf, root) = match chain {
            [leaf, .., root] => (leaf, root),
            _ => return Err(CertificateError::UnknownIssuer.into()),
        };
        let key = certificate::key(leaf).ok_or(CertificateError::BadEncoding)?;
        match (&self.anchor, &self.holder) {
            (Anchor::Root(root), Holder::Hub) => certificate::is_hub(chain, root, self.since),
            (Anchor::Root(root), Holder::OneOf(keys)) if keys.contains(&key) => {
                certificate::holds(chain, root, self.since)
            }
            (Anchor::Code(code), Holder::Hub) if code.pins(&key) => Ok(()),
            (Anchor::Code(code), Holder::Hub) => {
                let root = Root::new(root);
                if root.key().is_some_and(|key| code.pins_root(&key)) {
                    certificate::is_hub(chain, &root, self.since)
                } else {
                    Err(CertificateError::UnknownIssuer.into())
                }
            }
            _ => Err(CertificateError::ApplicationVerificationFailure.into()),
        }
    }

    /// How to call there.
    pub fn config(&self) -> Result<ClientConfig, Error> {
        let config = ClientConfig::builder_with_provider(provider())
            .with_protocol_versions(&[&TLS13])?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(self.clone()));
        match &self.us {
            Some((chain, signing)) => config.with_client_auth_cert(chain.ders(), private_key(signing)),
            None => Ok(config.with_no_client_auth()),
        }
    }
}

impl ServerCertVerifier for Trust {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.judge(&joined(end_entity, intermediates)).map(|()| ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(not_spoken())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        handshake_signed(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        SCHEMES.to_vec()
    }
}

/// What a holder shows on the line, and whose callers it lets in.
#[derive(Clone)]
pub struct Credentials {
    pub root: Root,
    pub chain: Chain,
    pub signing: SigningKey,
}

impl Credentials {
    fn certified(&self) -> Result<CertifiedKey, Error> {
        // Whoever calls for the first time knows the root's fingerprint alone.
        let mut chain = self.chain.ders();
        chain.push(self.root.der().into_owned());
        let key = ring::sign::any_eddsa_type(&pkcs8(&self.signing))?;
        Ok(CertifiedKey::new(chain, key))
    }
}

/// A holder's side of the line.
pub struct Served {
    pub config: Arc<ServerConfig>,
    shown: Arc<Shown>,
}

impl Served {
    /// Callers without a certificate get in, too: they may enrol. `now` tells whether one still holds, for the log; what an
    /// expired one is good for is for those to say who answer.
    pub fn new(
        credentials: &Credentials,
        now: impl Fn() -> Instant + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        let shown = Arc::new(Shown(RwLock::new(Arc::new(credentials.certified()?))));
        let callers = Callers { root: credentials.root.clone(), now: Box::new(now) };
        let mut config = ServerConfig::builder_with_provider(provider())
            .with_protocol_versions(&[&TLS13])?
            .with_client_cert_verifier(Arc::new(callers))
            .with_cert_resolver(shown.clone());
        // One kept session for each device of a large county; a ticket only names it.
        config.session_storage = ServerSessionMemoryCache::new(4096);
        config.send_tls13_tickets = 1;
        Ok(Self { config: Arc::new(config), shown })
    }

    /// Shows a newer certificate to whoever calls from now on.
    pub fn show(&self, credentials: &Credentials) -> Result<(), Error> {
        let certified = Arc::new(credentials.certified()?);
        *self.shown.0.write().unwrap_or_else(PoisonError::into_inner) = certified;
        Ok(())
    }
}

#[derive(Debug)]
struct Shown(RwLock<Arc<CertifiedKey>>);

impl ResolvesServerCert for Shown {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.read().unwrap_or_else(PoisonError::into_inner).clone())
    }
}

/// Lets in whoever shows no certificate, or one that leads to the county's root.
struct Callers {
    root: Root,
    now: Box<dyn Fn() -> Instant + Send + Sync>,
}

impl Debug for Callers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callers").finish_non_exhaustive()
    }
}

impl ClientCertVerifier for Callers {
    fn client_auth_mandatory(&self) -> bool {
        false
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        certificate::standing(&joined(end_entity, intermediates), &self.root, (self.now)())
            .map(|_| ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(not_spoken())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        handshake_signed(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        SCHEMES.to_vec()
    }
}

/// Without TLS: nobody is believed who speaks it all the same.
pub(crate) fn nobody() -> Result<ClientConfig, Error> {
    let config = ClientConfig::builder_with_provider(provider()).with_protocol_versions(&[&TLS13])?;
    Ok(config.with_root_certificates(RootCertStore::empty()).with_no_client_auth())
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

/// All keys here are of one kind.
const SCHEMES: [SignatureScheme; 1] = [SignatureScheme::ED25519];

fn handshake_signed(
    message: &[u8],
    certificate: &CertificateDer<'_>,
    signed: &DigitallySignedStruct,
) -> Result<HandshakeSignatureValid, Error> {
    let algorithms = ring::default_provider().signature_verification_algorithms;
    verify_tls13_signature(message, certificate, signed, &algorithms)
}

fn not_spoken() -> Error {
    Error::General("TLS 1.2 isn't spoken here".to_owned())
}

fn joined<'a>(leaf: &CertificateDer<'a>, rest: &[CertificateDer<'a>]) -> Vec<CertificateDer<'a>> {
    std::iter::once(leaf).chain(rest).cloned().collect()
}

fn private_key(signing: &SigningKey) -> PrivateKeyDer<'static> {
    pkcs8(signing).into()
}

/// RFC 8410.
fn pkcs8(signing: &SigningKey) -> PrivatePkcs8KeyDer<'static> {
    const HEAD: [u8; 16] =
        [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];
    [&HEAD[..], signing.as_bytes()].concat().into()
}
