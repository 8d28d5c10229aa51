//! The county's own authority. Its root signs one certificate every two years, with a key that lies under a password and may be
//! kept elsewhere; what that one vouches for, the hub signs while it serves: devices' certificates and its own.

use crate::{Hub, HubError, store::at};
use daiban_domain::{DeviceId, Instant, UnitCode};
use daiban_exchange::{
    certificate::{Certified, Chain, HUB_NAME, LIFE_MS, Root},
    key,
    sealed::{Cost, PasswordSealed, SealError},
    tls::Credentials,
};
use ed25519_dalek::{Signer as _, SigningKey};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyIdMethod,
    KeyUsagePurpose, PKCS_ED25519, PublicKeyData, SerialNumber, SignatureAlgorithm, date_time_ymd,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{
    fs,
    path::{Path, PathBuf},
};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const ROOT_LIFE_MS: i64 = 20 * 366 * DAY_MS;
const ISSUING_LIFE_MS: i64 = 2 * 365 * DAY_MS;

/// Whoever has the root's file guesses at this price: about a sixth of a second on a laptop of today.
const COST: Cost = Cost { memory_kib: 64 * 1024, passes: 3, lanes: 1 };

/// In a hub's folder.
const FOLDER: &str = "ca";
const ROOT: &str = "root.json";
const ROOT_KEY: &str = "root.key.json";
const ISSUING: &str = "issuing.json";

#[derive(Serialize, Deserialize)]
struct RootFile {
    county: UnitCode,
    /// DER, as is every certificate here.
    certificate: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum RootKey {
    /// Without a ceremony: the sample county's.
    Open([u8; 32]),
    Sealed(PasswordSealed),
}

#[derive(Serialize, Deserialize)]
struct Issuing {
    certificate: Vec<u8>,
    key: [u8; 32],
    until: Instant,
}

/// What the hub signs with.
pub(crate) struct Ca {
    county: UnitCode,
    root: Root,
    issuing: Issuing,
}

/// Founds a county's authority in a hub's folder.
pub fn found(
    hub: &Path,
    county: UnitCode,
    password: Option<&str>,
    now: Instant,
) -> Result<Instant, HubError> {
    let folder = hub.join(FOLDER);
    if folder.join(ROOT).exists() {
        return Err(HubError::CaExists);
    }
    fs::create_dir_all(&folder).map_err(at(&folder))?;
    let signing = key::draw_signing_key()?;
    let until = Instant(now.0 + ROOT_LIFE_MS);
    let params = authority(root_name(county), &signing, 1, now, until)?;
    let certificate = params.self_signed(&Signing(&signing, public(&signing)))?.der().to_vec();
    let secret = match password {
        Some(password) => RootKey::Sealed(PasswordSealed::seal(signing.as_bytes(), password, COST)?),
        None => RootKey::Open(signing.to_bytes()),
    };
    write(&folder.join(ROOT_KEY), &secret)?;
    write(&folder.join(ROOT), &RootFile { county, certificate })?;
    renew(hub, None, password, now)
}

/// Has the root sign for another issuing key; returns until when it lasts. `kept`: where the root's key lies, if not in the hub's
/// folder.
pub fn renew(
    hub: &Path,
    kept: Option<&Path>,
    password: Option<&str>,
    now: Instant,
) -> Result<Instant, HubError> {
    let folder = hub.join(FOLDER);
    let RootFile { county, certificate } = read(&folder.join(ROOT))?.ok_or(HubError::CaAbsent)?;
    let secret = match read(&kept.unwrap_or(&folder).join(ROOT_KEY))?.ok_or(HubError::RootKeyAway)? {
        RootKey::Open(secret) => secret.to_vec().into(),
        RootKey::Sealed(sealed) => match sealed.open(password.ok_or(HubError::CaPassword)?) {
            Err(SealError::Closed) => return Err(HubError::CaPassword),
            opened => opened?,
        },
    };
    let signing = SigningKey::from_bytes(&secret.as_slice().try_into().map_err(|_| HubError::KeyFile)?);
    if Root::new(&certificate).key() != Some(public(&signing)) {
        return Err(HubError::KeyFile);
    }
    let issuing = key::draw_signing_key()?;
    let until = Instant(now.0 + ISSUING_LIFE_MS);
    let params = authority(issuing_name(county), &issuing, 0, now, until)?;
    let certificate = params.signed_by(&Of(public(&issuing)), &issuer(root_name(county), &signing))?;
    let certificate = certificate.der().to_vec();
    write(&folder.join(ISSUING), &Issuing { certificate, key: issuing.to_bytes(), until })?;
    Ok(until)
}

/// Copies the root, its key still sealed, into a folder that is kept elsewhere. `away`: and removes the key here.
pub fn export(hub: &Path, to: &Path, away: bool) -> Result<(), HubError> {
    let folder = hub.join(FOLDER);
    let root: RootFile = read(&folder.join(ROOT))?.ok_or(HubError::CaAbsent)?;
    let secret: RootKey = read(&folder.join(ROOT_KEY))?.ok_or(HubError::RootKeyAway)?;
    fs::create_dir_all(to).map_err(at(to))?;
    write(&to.join(ROOT), &root)?;
    write(&to.join(ROOT_KEY), &secret)?;
    if away {
        let path = folder.join(ROOT_KEY);
        fs::remove_file(&path).map_err(at(&path))?;
    }
    Ok(())
}

/// Copies what the hub serves with, for a hub that is restored.
pub(crate) fn copy(hub: &Path, to: &Path) -> Result<(), HubError> {
    let (folder, to) = (hub.join(FOLDER), to.join(FOLDER));
    let Some(root) = read::<RootFile>(&folder.join(ROOT))? else { return Ok(()) };
    fs::create_dir_all(&to).map_err(at(&to))?;
    write(&to.join(ROOT), &root)?;
    match read::<Issuing>(&folder.join(ISSUING))? {
        Some(issuing) => write(&to.join(ISSUING), &issuing),
        None => Ok(()),
    }
}

impl Ca {
    /// `None` in the folder of a hub that was founded before counties had an authority.
    pub fn load(hub: &Path) -> Result<Option<Self>, HubError> {
        let folder = hub.join(FOLDER);
        let Some(RootFile { county, certificate }) = read(&folder.join(ROOT))? else { return Ok(None) };
        let Some(issuing) = read(&folder.join(ISSUING))? else { return Ok(None) };
        Ok(Some(Self { county, root: Root::new(&certificate), issuing }))
    }

    pub fn root(&self) -> &Root {
        &self.root
    }

    /// Until when it may sign.
    pub fn until(&self) -> Instant {
        self.issuing.until
    }

    /// For a device of a unit.
    pub fn device(
        &self,
        device: DeviceId,
        unit: UnitCode,
        key: [u8; 32],
        now: Instant,
    ) -> Result<Chain, HubError> {
        let mut name = DistinguishedName::new();
        name.push(DnType::OrganizationalUnitName, unit.to_string());
        name.push(DnType::CommonName, device.to_string());
        let mut params = CertificateParams::default();
        params.distinguished_name = name;
        self.certify(params, key, now)
    }

    /// For the hub itself.
    pub fn hub(&self, key: [u8; 32], now: Instant) -> Result<Chain, HubError> {
        let mut params = CertificateParams::new([HUB_NAME.to_owned()])?;
        params.distinguished_name = named(HUB_NAME.to_owned());
        self.certify(params, key, now)
    }

    /// What a new device is told.
    pub fn certified(&self, hub: [u8; 32], device: Chain, now: Instant) -> Result<Certified, HubError> {
        Ok(Certified { root: self.root.clone(), hub: self.hub(hub, now)?, device })
    }

    /// No certificate outlasts the one that vouches for it.
    fn certify(&self, mut params: CertificateParams, key: [u8; 32], now: Instant) -> Result<Chain, HubError> {
        let until = Instant((now.0 + LIFE_MS).min(self.issuing.until.0));
        last(&mut params, now, until)?;
        let signing = SigningKey::from_bytes(&self.issuing.key);
        let certificate = params.signed_by(&Of(key), &issuer(issuing_name(self.county), &signing))?;
        Ok(Chain::new([certificate.der().to_vec(), self.issuing.certificate.clone()]))
    }
}

impl Hub {
    /// What it shows on the line from now on; `None` without an authority.
    pub fn credentials(&self, now: Instant) -> Result<Option<Credentials>, HubError> {
        let Some(ca) = Ca::load(&self.folder)? else { return Ok(None) };
        let chain = ca.hub(public(&self.signing), now)?;
        Ok(Some(Credentials { root: ca.root, chain, signing: self.signing.clone() }))
    }
}

/// One that may vouch for others, `depth` authorities below it.
fn authority(
    name: String,
    key: &SigningKey,
    depth: u8,
    now: Instant,
    until: Instant,
) -> Result<CertificateParams, HubError> {
    let mut params = CertificateParams::default();
    params.distinguished_name = named(name);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(depth));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    params.key_identifier_method = KeyIdMethod::PreSpecified(public(key)[..8].to_vec());
    last(&mut params, now, until)?;
    Ok(params)
}

/// From the day before, in whole days.
fn last(params: &mut CertificateParams, now: Instant, until: Instant) -> Result<(), HubError> {
    let day = |at: Instant| {
        let date = at.date();
        date_time_ymd(date.year().into(), date.month() as u8, date.day() as u8)
    };
    let serial: [u8; 8] = key::random()?;
    params.not_before = day(Instant(now.0 - DAY_MS));
    params.not_after = day(until);
    // Positive, and not 0.
    params.serial_number = Some(SerialNumber::from_slice(&serial.map(|byte| byte & 0x7f | 1)));
    Ok(())
}

fn issuer(name: String, key: &SigningKey) -> Issuer<'static, Signing<'_>> {
    let mut params = CertificateParams::default();
    params.distinguished_name = named(name);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    Issuer::new(params, Signing(key, public(key)))
}

fn named(name: String) -> DistinguishedName {
    let mut named = DistinguishedName::new();
    named.push(DnType::CommonName, name);
    named
}

fn root_name(county: UnitCode) -> String {
    format!("daiban root {}", county_digits(county))
}

fn issuing_name(county: UnitCode) -> String {
    format!("daiban {}", county_digits(county))
}

fn county_digits(county: UnitCode) -> String {
    county.to_string()[..6].to_owned()
}

fn public(key: &SigningKey) -> [u8; 32] {
    key.verifying_key().to_bytes()
}

/// A key that is to be certified.
struct Of([u8; 32]);

impl PublicKeyData for Of {
    fn der_bytes(&self) -> &[u8] {
        &self.0
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &PKCS_ED25519
    }
}

/// A key that certifies, with its public half.
struct Signing<'a>(&'a SigningKey, [u8; 32]);

impl PublicKeyData for Signing<'_> {
    fn der_bytes(&self) -> &[u8] {
        &self.1
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &PKCS_ED25519
    }
}

impl rcgen::SigningKey for Signing<'_> {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        Ok(self.0.sign(message).to_bytes().to_vec())
    }
}

/// Whole or not at all, and for its owner's eyes.
fn write(path: &Path, file: &impl Serialize) -> Result<(), HubError> {
    let bytes = serde_json::to_vec(file).map_err(|_| HubError::KeyFile)?;
    let beside: PathBuf = path.with_extension("new");
    crate::store::write_secret(&beside, &bytes)?;
    fs::rename(&beside, path).map_err(at(path))
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, HubError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(at(path)(error)),
    };
    serde_json::from_slice(&bytes).map(Some).map_err(|_| HubError::KeyFile)
}
