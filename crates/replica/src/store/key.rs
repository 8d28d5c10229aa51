//! The database key: 32 random bytes in a file beside the database.
//!
//! Where nobody has set a password the key lies open. Else it is sealed once for each user of the device and once for
//! the county ([`slots`]); what seals is in [`seal`] and, with a password,
//! [`daiban_exchange::sealed`]. A password can change without re-encrypting the database.

mod device;
mod hold;
mod leaving;
pub mod recovery;
pub mod seal;
pub(super) mod slots;

pub use device::KeySeal;
pub use leaving::{is_sealed, lies_in, put_back};
pub use slots::User;

use crate::ReplicaError;
use daiban_domain::PersonId;
use daiban_exchange::{
    key::random,
    sealed::{Cost, PasswordSealed, SealError},
};
use hold::Hold;
use seal::{Pair, Secret, hex, unhex};
use serde::{Deserialize, Serialize};
use slots::{Slot, Slots};
use std::{
    io::Write,
    path::{Path, PathBuf},
};

/// Opens the database of one folder, and keeps others from giving it another key meanwhile.
pub struct DatabaseKey {
    pub(super) folder: PathBuf,
    pub(super) secret: Secret,
    /// The key that the database was about to get when a program died, or has got already.
    pub(super) next: Option<Secret>,
    person: Option<PersonId>,
    /// Theirs.
    pair: Option<Pair>,
    pub(super) hold: Hold,
}

/// Who opens, and with what.
#[derive(Clone, Copy)]
pub struct Login<'a> {
    /// `None` where the file names nobody yet.
    pub person: Option<PersonId>,
    pub password: &'a str,
}

/// Somebody who gets a slot.
#[derive(Clone, Copy)]
pub struct NewUser<'a> {
    pub person: PersonId,
    pub name: &'a str,
    pub password: &'a str,
    /// The key is sealed to its public half, its secret half by the password.
    pub pair: &'a Pair,
}

pub(super) const FILE: &str = "database.key";

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum KeyFile {
    /// No password set: the key itself, hex.
    Open {
        key: String,
    },
    /// One password for whoever works there, as it was before devices had users.
    Sealed(PasswordSealed),
    Slots(Slots),
}

impl DatabaseKey {
    /// Draws a key and writes its file: open, or sealed for its first user and for the county.
    pub fn create(
        folder: &Path,
        user: Option<NewUser<'_>>,
        recovery: &str,
        cost: impl FnOnce() -> Result<Cost, SealError>,
    ) -> Result<Self, ReplicaError> {
        let hold = Hold::shared(folder)?;
        let secret = draw()?;
        let file = match user {
            None => KeyFile::Open { key: hex(&*secret) },
            Some(user) => {
                let mut slots = Slots::new(Some(recovery), &secret)?;
                slots.put(Slot::new(user, cost()?, &secret)?);
                KeyFile::Slots(slots)
            }
        };
        write_key_file(folder, &file)?;
        let (person, pair) = (user.map(|user| user.person), user.map(|user| user.pair.clone()));
        Ok(Self { folder: folder.to_owned(), secret, next: None, person, pair, hold })
    }

    /// Reads the key's file, with the password of one of its users where there is one.
    pub fn load(folder: &Path, login: Option<Login<'_>>) -> Result<Self, ReplicaError> {
        let hold = Hold::shared(folder)?;
        let (secret, next, user) = match read(folder)? {
            KeyFile::Open { key } => (Secret::read(&unhex(&key)?)?, None, None),
            KeyFile::Sealed(sealed) => {
                let login = login.ok_or(ReplicaError::PasswordMissing)?;
                (Secret::read(&sealed.open(login.password)?)?, None, None)
            }
            KeyFile::Slots(slots) if slots.is_empty() => return Err(ReplicaError::CountyAlone),
            KeyFile::Slots(slots) => {
                let login = login.ok_or(ReplicaError::PasswordMissing)?;
                let slot = slots.of(login.person).ok_or(ReplicaError::WrongPassword)?;
                let (pair, secret, next) = slot.open(login.password)?;
                (secret, next, Some((slot.person(), pair)))
            }
        };
        let (person, pair) = user.unzip();
        Ok(Self { folder: folder.to_owned(), secret, next, person, pair, hold })
    }

    /// Makes what lies in a folder unreadable for good: its key goes. Doing it again does no harm.
    pub fn destroy(folder: &Path) -> Result<(), ReplicaError> {
        destroy(&folder.join(FILE))
    }

    /// Whose password opened it; nobody's where none is set, or where it isn't said whose it is.
    pub fn person(&self) -> Option<PersonId> {
        self.person
    }

    /// Their pair of keys, to stay theirs under another password.
    pub fn pair(&self) -> Option<&Pair> {
        self.pair.as_ref()
    }

    /// Gives somebody a slot, or another password for the one that they have. The database stays as it is.
    pub fn put_user(&self, user: NewUser<'_>, recovery: &str) -> Result<(), ReplicaError> {
        let mut slots = match read(&self.folder)? {
            KeyFile::Slots(slots) => slots,
            KeyFile::Open { .. } | KeyFile::Sealed(_) => Slots::new(Some(recovery), &self.secret)?,
        };
        let cost = slots.cost().map_or_else(Cost::calibrated, Ok)?;
        slots.put(Slot::new(user, cost, &self.secret)?);
        write_key_file(&self.folder, &KeyFile::Slots(slots))
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

/// Whether the key in a folder is sealed with a password.
pub fn password_set(folder: &Path) -> Result<bool, ReplicaError> {
    Ok(!matches!(read(folder)?, KeyFile::Open { .. }))
}

/// Who has a password in a folder; nobody where the key lies open, or is sealed for nobody by name.
pub fn users(folder: &Path) -> Result<Vec<User>, ReplicaError> {
    match read(folder)? {
        KeyFile::Slots(slots) => Ok(slots.users()),
        KeyFile::Open { .. } | KeyFile::Sealed(_) => Ok(Vec::new()),
    }
}

pub(super) fn draw() -> Result<Secret, ReplicaError> {
    Ok(Secret::new(random()?))
}

pub(super) fn read(folder: &Path) -> Result<KeyFile, ReplicaError> {
    let path = folder.join(FILE);
    let bytes = std::fs::read(&path).map_err(|source| ReplicaError::File { path, source })?;
    serde_json::from_slice(&bytes).map_err(|_| ReplicaError::KeyFile)
}

pub(super) fn write_key_file(folder: &Path, file: &KeyFile) -> Result<(), ReplicaError> {
    write(&folder.join(FILE), &serde_json::to_vec_pretty(file)?)
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
    keep_name(path).map_err(failed)
}

/// Makes durable that a file has its name: a stick is pulled out as soon as the screen says that the file is there.
pub fn keep_name(path: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}
