//! The database key: 32 random bytes in a file beside the database, sealed with a password where one is set.
//!
//! Sealing: Argon2id (RFC 9106) makes a key from the password, XChaCha20-Poly1305 seals the database key with it. The
//! password can change without re-encrypting the database.

use crate::ReplicaError;
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce, aead::Aead};
use daiban_exchange::key::random;
use serde::{Deserialize, Serialize};
use std::{io::Write, path::Path};

/// Opens the database.
pub struct DatabaseKey([u8; 32]);

const FILE: &str = "database.key";

/// OWASP's floor for Argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum KeyFile {
    /// No password set: the key itself, hex.
    Open {
        key: String,
    },
    Sealed {
        memory_kib: u32,
        passes: u32,
        salt: String,
        nonce: String,
        key: String,
    },
}

impl DatabaseKey {
    /// Draws a key and writes its file.
    pub fn create(folder: &Path, password: Option<&str>) -> Result<Self, ReplicaError> {
        let key = Self(random()?);
        let file = match password {
            None => KeyFile::Open { key: hex(&key.0) },
            Some(password) => seal(&key, password)?,
        };
        write(&folder.join(FILE), &serde_json::to_vec_pretty(&file)?)?;
        Ok(key)
    }

    /// Reads the key's file.
    pub fn load(folder: &Path, password: Option<&str>) -> Result<Self, ReplicaError> {
        match read(folder)? {
            KeyFile::Open { key } => Ok(Self(unhex(&key)?)),
            KeyFile::Sealed { memory_kib, passes, salt, nonce, key } => {
                let password = password.ok_or(ReplicaError::PasswordMissing)?;
                let cipher = cipher(password, &unhex::<16>(&salt)?, memory_kib, passes)?;
                let opened =
                    cipher.decrypt(&XNonce::from(unhex::<24>(&nonce)?), unhex::<48>(&key)?.as_slice());
                let opened = opened.map_err(|_| ReplicaError::WrongPassword)?;
                opened.try_into().map(Self).map_err(|_| ReplicaError::KeyFile)
            }
        }
    }

    /// Whether the key in a folder is sealed with a password.
    pub fn password_set(folder: &Path) -> Result<bool, ReplicaError> {
        Ok(matches!(read(folder)?, KeyFile::Sealed { .. }))
    }

    /// Makes what lies in a folder unreadable for good: its key goes. Doing it again does no harm.
    pub fn destroy(folder: &Path) -> Result<(), ReplicaError> {
        destroy(&folder.join(FILE))
    }

    pub(crate) fn pragma(&self) -> String {
        format!("x'{}'", hex(&self.0))
    }
}

/// Overwrites a secret file and removes it. What the disk itself keeps of it is beyond reach.
pub fn destroy(path: &Path) -> Result<(), ReplicaError> {
    let failed = |source| ReplicaError::File { path: path.to_owned(), source };
    let mut file = match std::fs::OpenOptions::new().write(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(error)),
    };
    let length = file.metadata().map_err(failed)?.len();
    let zeros = vec![0; usize::try_from(length).unwrap_or_default()];
    file.write_all(&zeros).and_then(|()| file.sync_all()).map_err(failed)?;
    std::fs::remove_file(path).map_err(failed)
}

fn seal(key: &DatabaseKey, password: &str) -> Result<KeyFile, ReplicaError> {
    let (salt, nonce) = (random::<16>()?, random::<24>()?);
    let sealed = cipher(password, &salt, MEMORY_KIB, PASSES)?
        .encrypt(&XNonce::from(nonce), key.0.as_slice())
        .map_err(|_| ReplicaError::KeyFile)?;
    Ok(KeyFile::Sealed {
        memory_kib: MEMORY_KIB,
        passes: PASSES,
        salt: hex(&salt),
        nonce: hex(&nonce),
        key: hex(&sealed),
    })
}

fn cipher(
    password: &str,
    salt: &[u8],
    memory_kib: u32,
    passes: u32,
) -> Result<XChaCha20Poly1305, ReplicaError> {
    let params = Params::new(memory_kib, passes, 1, Some(32)).map_err(|_| ReplicaError::KeyFile)?;
    let mut derived = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(password.as_bytes(), salt, &mut derived)
        .map_err(|_| ReplicaError::KeyFile)?;
    Ok(XChaCha20Poly1305::new(&derived.into()))
}

fn read(folder: &Path) -> Result<KeyFile, ReplicaError> {
    let path = folder.join(FILE);
    let bytes = std::fs::read(&path).map_err(|source| ReplicaError::File { path, source })?;
    serde_json::from_slice(&bytes).map_err(|_| ReplicaError::KeyFile)
}

/// Writes a secret file whole: readable by its owner alone, durable before it has its name.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), ReplicaError> {
    let failed = |source| ReplicaError::File { path: path.to_owned(), source };
    let beside = path.with_extension("new");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside).map_err(failed)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    let named = written.and_then(|()| std::fs::rename(&beside, path));
    if named.is_err() {
        // Half a file would only take up what room is left.
        let _ = std::fs::remove_file(&beside);
    }
    named.map_err(failed)?;
    // Its name too: a stick is pulled out as soon as the screen says that the file is there.
    #[cfg(unix)]
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex<const N: usize>(text: &str) -> Result<[u8; N], ReplicaError> {
    let mut bytes = [0; N];
    if text.len() != 2 * N || !text.is_ascii() {
        return Err(ReplicaError::KeyFile);
    }
    for (i, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).map_err(|_| ReplicaError::KeyFile)?;
    }
    Ok(bytes)
}
