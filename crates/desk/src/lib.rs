//! What a desk can do, in the field's words: questions and acts over replica, exchange and forms. The window and the
//! command line only convert.
//!
//! Nothing here reads a clock: every request is handed the moment it is made at.

pub mod act;
mod answers;
mod applicant;
pub mod ask;
mod attachments;
mod capacity;
pub mod check;
mod event;
mod form;
mod guesses;
mod handbook;
mod line;
mod masks;
mod paper;
mod password;
mod photo;
mod practice;
mod printer;
mod relay;
mod request;
mod sample;
mod session;
mod settings;
mod silence;
mod trouble;
mod warnings;
mod watch;
mod wording;

pub use act::save_support;
pub use ask::stick_folders;
pub use daiban_exchange::core_dump;
pub use daiban_hub::Limits;
pub use line::Way;
pub use practice::Desks;
pub use sample::{Sample, sample};
pub use trouble::Trouble;

use daiban_contract::{Code, Failure, Secret};
use daiban_domain::DeviceId;
use daiban_exchange::client::Client;
use daiban_replica::{
    Replica, TakenTags, backup,
    store::{self, key::KeySeal},
};
use ed25519_dalek::SigningKey;
use guesses::Guesses;
use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Where a desk's things lie. The device's keys are never in the data folder: what opens them is in the one, they are in the other.
#[derive(Clone, Debug)]
pub struct Place {
    pub data: PathBuf,
    pub keys: PathBuf,
    /// Who opens it, by name; needn't be said where there is but one user.
    pub user: Option<String>,
    /// Opens the database key where a password is set. Without it the desk stays locked.
    pub password: Option<Secret>,
}

/// One desk on one data folder; enrolled, or waiting to be; locked where a password is set and not given.
pub struct Desk {
    place: Place,
    /// Nothing here is real: it reaches nobody, and its papers say so.
    practice: bool,
    guesses: Guesses,
    replica: Mutex<Option<Replica>>,
    serving: Mutex<relay::Serving>,
    /// One for each address: its connection is kept, and resumed, while the program runs.
    clients: Mutex<Vec<Client>>,
    /// A batch of forms in the making.
    watch: watch::Watch,
}

impl Desk {
    /// Opens what lies in the folder; an empty folder makes a desk that can only be enrolled.
    pub fn open(mut place: Place) -> Result<Self, Failure> {
        form::fonts_in(place.data.join("fonts"));
        backup::tidy(&place.data);
        let guesses = Guesses::of(&place.data);
        let replica = if act::retired(&place)? || !store::exists(&place.data) {
            None
        } else {
            session::begin(&place, &guesses)?
        };
        // It has done what it was for.
        place.password = None;
        Ok(Self {
            practice: practice::is(&place.data),
            place,
            guesses,
            replica: Mutex::new(replica),
            serving: Mutex::default(),
            clients: Mutex::default(),
            watch: watch::Watch::default(),
        })
    }

    fn serving(&self) -> MutexGuard<'_, relay::Serving> {
        self.serving.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The folder that PDFs go to unless another is named.
    pub fn forms_folder(&self) -> PathBuf {
        self.place.data.join("forms")
    }

    /// The folder that bundles go to unless another is named.
    fn bundles_folder(&self) -> PathBuf {
        self.place.data.join("bundles")
    }

    fn replica(&self) -> MutexGuard<'_, Option<Replica>> {
        // A panic in a request leaves the database as its last commit left it.
        self.replica.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a request on the replica; a revoked device answers none.
    fn with<T>(&self, act: impl FnOnce(&mut Replica) -> Result<T, Trouble>) -> Result<T, Trouble> {
        self.even_revoked(|replica| match replica.revoked()? {
            None => act(replica),
            Some(_) => Err(revoked()),
        })
    }

    /// Runs on the replica what also a revoked device may do: tell that it is, and bring what it holds.
    fn even_revoked<T>(&self, act: impl FnOnce(&mut Replica) -> Result<T, Trouble>) -> Result<T, Trouble> {
        match self.replica().as_mut() {
            Some(replica) => act(replica),
            None if act::retired(&self.place)? => Err(gone()),
            None => Err(self.enrolled().err().unwrap_or_else(|| session::locked(&self.place))),
        }
    }

    /// Whether the folder belongs to a unit, locked or not.
    fn enrolled(&self) -> Result<(), Trouble> {
        if store::exists(&self.place.data) { Ok(()) } else { Err(not_enrolled()) }
    }

    /// Numbers that move whenever somebody else has written: another program on the same folder, a village over the relay.
    pub fn data_version(&self) -> (Option<i64>, u64) {
        let version = self.replica().as_ref().and_then(|replica| replica.data_version().ok());
        (version, self.serving().answered)
    }
}

/// Whether a desk's folder opens with a password alone.
pub fn password_set(data: &Path) -> bool {
    store::key::password_set(data).unwrap_or(false)
}

fn revoked() -> Trouble {
    let message =
        "这台电脑已被注销，不能再办事。记录连上网会自动交给县中心，不会丢。请联系乡镇便民服务中心。";
    Trouble::new(Code::Revoked, message)
}

fn gone() -> Trouble {
    let message = "这台电脑已被注销，记录都已交给县中心，本机的数据不再打得开。要继续使用，请换一个数据文件夹，用新的登记码登记。";
    Trouble::new(Code::Revoked, message)
}

fn not_enrolled() -> Trouble {
    Trouble::new(Code::NotEnrolled, "这台设备还没有登记到任何单位。请向县中心要一个登记码，先完成设备登记。")
}

fn taken_tags(keys: &Path, device: DeviceId) -> TakenTags {
    TakenTags(keys.join(format!("{device}.tags")))
}

fn signing_key_file(keys: &Path, device: DeviceId) -> PathBuf {
    keys.join(format!("{device}.signing"))
}

/// The device's key for bundles.
fn bundle_key_file(keys: &Path, device: DeviceId) -> PathBuf {
    keys.join(format!("{device}.age"))
}

fn signing_key(keys: &Path, device: DeviceId, seal: &KeySeal) -> Result<SigningKey, Trouble> {
    let missing = || {
        Trouble::new(
            Code::KeyMissing,
            "找不到这台设备的签名密钥。数据还在，但不能继续写入。请把密钥文件夹放回原处，或向县中心申请重新登记设备。",
        )
    };
    let bytes = seal.read(&signing_key_file(keys, device)).map_err(|error| missing().because(error))?;
    let bytes: &[u8; 32] = bytes.as_slice().try_into().map_err(|_| missing())?;
    Ok(SigningKey::from_bytes(bytes))
}
