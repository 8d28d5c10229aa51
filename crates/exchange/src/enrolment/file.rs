//! Enrolment without a line: the application in one file, what the county says to it in another.
//!
//! Whoever finds the stick must not enrol in the device's place, so the code itself isn't in the file. A MAC under what the hub
//! keeps of the code stands for it.

use super::{Admission, Application, Code};
use crate::wire;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};
use std::{io::Read, path::Path};

const MAGIC_ASKED: &[u8] = b"daiban-enrolment/1\n";
const MAGIC_ANSWERED: &[u8] = b"daiban-admission/1\n";

/// More than any application comes to.
const ASKED_MAX: u64 = 16 * 1024;

/// More than any answer comes to, whose bundle is a frame of at most half of this.
const ANSWERED_MAX: u64 = 2 * wire::FRAME_MAX as u64;

/// Why a file was not read. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("the file is neither an application nor an answer to one, or the other of the two")]
    Other,
    #[error("the file is damaged")]
    Damaged,
    #[error("the file is from a newer program")]
    Newer,
}

/// An application whose code is left out.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Asked {
    /// CBOR of an [`Application`] with an empty code.
    #[cbor(n(0), with = "minicbor::bytes")]
    application: Vec<u8>,
    /// BLAKE3 of it, keyed with H(code).
    #[cbor(n(1), with = "minicbor::bytes")]
    mac: [u8; 32],
}

impl Asked {
    /// Of an application that is signed.
    pub fn new(application: &Application, code: &Code) -> Self {
        let application = wire::encode(application);
        let mac = *blake3::keyed_hash(&code.hash(), &application).as_bytes();
        Self { application, mac }
    }

    /// Whether it was made with the code of this hash.
    pub fn made_with(&self, code: &[u8; 32]) -> bool {
        // Compared in constant time.
        blake3::keyed_hash(code, &self.application) == self.mac
    }

    /// What is asked for; whether its device signed it is for [`Application::verify`] to say.
    pub fn application(&self) -> Result<Application, FileError> {
        minicbor::decode(&self.application).map_err(|_| FileError::Damaged)
    }

    /// The file's bytes.
    pub fn write(&self) -> Vec<u8> {
        [MAGIC_ASKED, &wire::pack_plain(self)].concat()
    }

    pub fn read(file: &[u8]) -> Result<Self, FileError> {
        unpack(MAGIC_ASKED, file)
    }
}

/// What the county says to an application that came in a file.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Answered {
    #[n(0)]
    pub admission: Admission,
    /// Where the hub can be reached once there is a line.
    #[n(1)]
    pub address: String,
    /// A [`crate::bundle::Bundle`]'s file, sealed to the new device: what it begins to work with.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub bundle: Vec<u8>,
    #[cbor(n(3), with = "minicbor::bytes")]
    signature: [u8; 64],
}

impl Answered {
    pub fn signed(admission: Admission, address: String, bundle: Vec<u8>, hub: &SigningKey) -> Self {
        let signature = hub.sign(&statement(&admission, &address, &bundle)).to_bytes();
        Self { admission, address, bundle, signature }
    }

    /// The hub's key, if it signed all of this and the code pins it (see [`Admission::verify`]).
    pub fn verify(&self, code: &Code) -> Option<VerifyingKey> {
        let hub = self.admission.verify(code)?;
        let statement = statement(&self.admission, &self.address, &self.bundle);
        hub.verify_strict(&statement, &Signature::from_bytes(&self.signature)).ok()?;
        Some(hub)
    }

    /// The file's bytes.
    pub fn write(&self) -> Vec<u8> {
        [MAGIC_ANSWERED, &wire::pack_plain(self)].concat()
    }

    pub fn read(file: &[u8]) -> Result<Self, FileError> {
        unpack(MAGIC_ANSWERED, file)
    }
}

/// Of all of it: what the admission's own signature leaves out as well.
fn statement(admission: &Admission, address: &str, bundle: &[u8]) -> Vec<u8> {
    let hash = |bytes: &[u8]| minicbor::bytes::ByteArray::from(*blake3::hash(bytes).as_bytes());
    wire::encode(&("daiban/answered/1", hash(&wire::encode(admission)), address, hash(bundle)))
}

fn unpack<T: for<'b> Decode<'b, ()>>(magic: &[u8], file: &[u8]) -> Result<T, FileError> {
    let frame = file.strip_prefix(magic).ok_or(FileError::Other)?;
    wire::unpack(frame).map_err(|error| match error {
        wire::FrameError::Method => FileError::Newer,
        _ => FileError::Damaged,
    })
}

/// A file's bytes, for [`Asked::read`]; what is larger can't be one, and isn't read to its end.
pub fn read_asked(file: &Path) -> std::io::Result<Vec<u8>> {
    read(file, ASKED_MAX)
}

/// A file's bytes, for [`Answered::read`].
pub fn read_answered(file: &Path) -> std::io::Result<Vec<u8>> {
    read(file, ANSWERED_MAX)
}

fn read(file: &Path, most: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(file)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}
