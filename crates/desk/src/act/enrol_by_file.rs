//! Enrolment without a line: the application goes to the county on a stick, and its answer comes back the same way.

use super::{
    bundle,
    enrol::{Keys, code_as_typed, named, settle_in, without_password},
};
use crate::{Desk, Trouble, ask, password};
use age::secrecy::ExposeSecret;
use daiban_contract::{
    Code,
    act::{AskEnrolment, FinishEnrolment},
    view::{DeskView, EnrolmentAsked},
};
use daiban_domain::Instant;
use daiban_exchange::{
    Incarnation,
    enrolment::{
        Application, Code as EnrolmentCode,
        file::{Answered, Asked, FileError, read_answered},
    },
    key, wire,
};
use daiban_replica::{
    ReplicaError,
    store::{
        self,
        key::{destroy, seal::Pair, write},
    },
};
use ed25519_dalek::{SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};
use std::{
    fs,
    path::{Path, PathBuf},
};
use zeroize::{Zeroize, Zeroizing};

/// An application that waits for its answer, in the keys folder: what the line keeps in memory for a second waits for days.
#[derive(Encode, Decode)]
#[cbor(array)]
struct Pending {
    #[cbor(n(0), with = "minicbor::bytes")]
    signing: [u8; 32],
    /// As age spells it.
    #[n(1)]
    age: String,
    #[n(2)]
    incarnation: Incarnation,
    /// The code without its secret: what makes the answer believable need not be typed again, and enrols nobody else.
    #[n(3)]
    code: String,
    #[n(4)]
    asked: Asked,
    /// The pair's secret half, of whoever will work there.
    #[cbor(n(5), with = "minicbor::bytes")]
    pair: Vec<u8>,
}

impl Drop for Pending {
    fn drop(&mut self) {
        self.signing.zeroize();
        self.age.zeroize();
        self.pair.zeroize();
    }
}

impl Desk {
    /// Writes the application. The keys in it are drawn once for a code: asked again, it is the same file.
    pub fn ask_enrolment(&self, request: AskEnrolment, _: Instant) -> Result<EnrolmentAsked, Trouble> {
        if store::exists(&self.place.data) {
            return Err(ReplicaError::Exists.into());
        }
        let code = code_as_typed(&request.code)?;
        let (device, user) = named(&request.device, &request.user)?;
        fs::create_dir_all(&self.place.keys).map_err(Trouble::file)?;
        let (keys, incarnation) = match Pending::with(&self.place.keys, &code)? {
            Some(pending) => (pending.keys()?, pending.incarnation),
            None => {
                let signing = key::draw_signing_key().map_err(ReplicaError::from)?;
                let age = age::x25519::Identity::generate();
                (Keys { signing, age, pair: Pair::draw() }, Incarnation::draw().map_err(ReplicaError::from)?)
            }
        };
        let application = Application {
            protocol: wire::PROTOCOL_MAX,
            code: String::new(),
            key: [0; 32],
            recipient: keys.age.to_public().to_string(),
            incarnation,
            device_name: device.to_owned(),
            person_name: user.to_owned(),
            signature: [0; 64],
            person_key: Some(keys.person_key()),
        };
        let asked = Asked::new(&application.signed(&keys.signing), &code);
        let bytes = asked.write();
        let pending = Pending {
            signing: keys.signing.to_bytes(),
            age: keys.age.to_string().expose_secret().to_owned(),
            incarnation,
            code: code.without_secret().to_string(),
            asked,
            pair: keys.pair.secret().to_vec(),
        };
        // The keys first: an answer to keys that are gone helps nobody.
        let key = keys.signing.verifying_key();
        write(&Pending::file(&self.place.keys, &key), &Zeroizing::new(wire::encode(&pending)))?;
        let file = match PathBuf::from(&request.file) {
            folder if folder.is_dir() => folder.join(format!("enrol-{}.ask", short(&key))),
            file => file,
        };
        write(&file, &bytes)?;
        Ok(EnrolmentAsked { file: file.display().to_string() })
    }

    /// Takes the county's answer: the device is enrolled, and works with what came along.
    pub fn finish_enrolment(&self, request: FinishEnrolment, now: Instant) -> Result<DeskView, Trouble> {
        if store::exists(&self.place.data) {
            return Err(ReplicaError::Exists.into());
        }
        let file = read_answered(request.file.as_ref()).map_err(Trouble::file)?;
        let answered = Answered::read(&file).map_err(unreadable)?;
        let enrolment = &answered.admission.enrolment;
        let key = VerifyingKey::from_bytes(&enrolment.key).map_err(|_| unreadable(FileError::Damaged))?;
        let path = Pending::file(&self.place.keys, &key);
        let pending = Pending::read(&path)?.ok_or_else(not_ours)?;
        let code = EnrolmentCode::parse(&pending.code).ok_or_else(spoilt)?;
        let hub_key = answered.verify(&code).ok_or_else(forged)?;
        let keys = pending.keys()?;
        let same = keys.age.to_public().to_string() == enrolment.recipient
            && keys.signing.verifying_key() == key
            && pending.incarnation == enrolment.incarnation;
        if !same {
            return Err(not_ours());
        }
        // Whose key the county knows has to sign what they decide, and keeps it under a password.
        if enrolment.person_key.is_some() && request.password.is_none() {
            return Err(without_password());
        }
        if let Some(new) = &request.password {
            password::require(new.expose(), &[&enrolment.person_name, &enrolment.name])?;
        }
        let password_set = request.password.is_some();
        let replica = settle_in(
            &self.place,
            &answered.admission,
            hub_key,
            &answered.address,
            &keys,
            request.password,
            |replica| {
                let taken = bundle::begin_with(replica, &answered.bundle, &keys.age);
                taken.map_err(|trouble| match trouble.code() {
                    Code::BadBundle => trouble.saying(DAMAGED),
                    _ => trouble,
                })
            },
        )?;
        *self.replica() = Some(replica);
        self.with(|replica| ask::desk::view(replica, password_set, now))
    }
}

impl Pending {
    /// Named by the key: several may wait in one folder, and an answer finds its own.
    fn file(keys: &Path, key: &VerifyingKey) -> PathBuf {
        keys.join(format!("{}.pending", short(key)))
    }

    fn read(path: &Path) -> Result<Option<Self>, Trouble> {
        match fs::read(path) {
            Ok(bytes) => Ok(Some(minicbor::decode(&Zeroizing::new(bytes)).map_err(|_| spoilt())?)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Trouble::file(error)),
        }
    }

    /// That was made with this code.
    fn with(keys: &Path, code: &EnrolmentCode) -> Result<Option<Self>, Trouble> {
        for entry in fs::read_dir(keys).map_err(Trouble::file)? {
            let path = entry.map_err(Trouble::file)?.path();
            // One that can't be read waits for nothing: another is made.
            if path.extension().is_some_and(|extension| extension == "pending")
                && let Ok(Some(pending)) = Self::read(&path)
                && pending.asked.made_with(&code.hash())
            {
                return Ok(Some(pending));
            }
        }
        Ok(None)
    }

    fn keys(&self) -> Result<Keys, Trouble> {
        let age = self.age.parse().map_err(|_| spoilt())?;
        let pair = Pair::read(&self.pair).map_err(|_| spoilt())?;
        Ok(Keys { signing: SigningKey::from_bytes(&self.signing), age, pair })
    }
}

/// An enrolled device waits for no answer any more.
pub(crate) fn forget(keys: &Path, signing: &SigningKey) {
    if let Err(error) = destroy(&Pending::file(keys, &signing.verifying_key())) {
        tracing::warn!(error = &error as &dyn std::error::Error, "a pending application is left behind");
    }
}

/// Enough to tell keys apart.
fn short(key: &VerifyingKey) -> String {
    key.as_bytes()[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

const DAMAGED: &str = "答复文件坏了，没有登记。请让县中心用同一份申请再做一次答复。";

fn unreadable(error: FileError) -> Trouble {
    let message = match error {
        FileError::Other => "这不是县中心对登记申请的答复，没有登记。请选县中心存在 U 盘上的答复文件。",
        FileError::Damaged => DAMAGED,
        FileError::Newer => "这个答复是更新版本的程序做的，没有登记。请先更新本机程序。",
    };
    Trouble::new(Code::BadInput, message).because(error)
}

fn not_ours() -> Trouble {
    let message =
        "这个答复不是给这台电脑的申请的，没有登记。请核对文件；这台电脑还没有存过申请的，先存申请。";
    Trouble::new(Code::BadInput, message)
}

fn forged() -> Trouble {
    let message = "这个答复不是发登记码的县中心做的，或被改过，没有登记。请向县中心核对，再要一次答复。";
    Trouble::new(Code::HubWrong, message)
}

fn spoilt() -> Trouble {
    let message = "本机存的登记申请坏了，没有登记。请向县中心要一个新的登记码，重新存一份申请。";
    Trouble::new(Code::KeyMissing, message)
}
