//! An entry: a header that everyone can read, and a body that only its kind understands.

use daiban_domain::{DocumentId, Hlc, Instant, PersonId};
use minicbor::{CborLen, Decode, Encode};

/// One entry as it was written. Header and body are the author's bytes and are never re-encoded: what a newer program
/// put there travels on unchanged.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
#[cbor(array)]
pub struct Entry {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub header: Vec<u8>,
    #[cbor(n(1), with = "minicbor::bytes")]
    pub body: Vec<u8>,
}

/// Fields are numbered; those a program doesn't know are skipped when read and stay in the bytes.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
#[cbor(array)]
pub struct Header {
    /// One of [`kind`], or a newer program's.
    #[n(0)]
    pub kind: u16,
    /// Of the kind.
    #[n(1)]
    pub version: u8,
    #[n(2)]
    pub document: Option<DocumentId>,
    /// Who acted; `None` for the hub itself.
    #[n(3)]
    pub person: Option<PersonId>,
    /// The device's clock.
    #[n(4)]
    pub at: Instant,
    #[n(5)]
    pub hlc: Hlc,
    #[n(6)]
    pub rules_version: u16,
    /// The latest hub-signed time this feed had seen, 0 for none: the entry was written after it.
    #[n(7)]
    pub anchor: Instant,
    /// The automerge actor, in the first entry of the feed that uses it.
    #[cbor(n(8), with = "minicbor::bytes")]
    pub actor: Option<Vec<u8>>,
}

/// The kinds of entry this program knows.
pub mod kind {
    /// An automerge change of one document; changes state.
    pub const CHANGE: u16 = 1;
    /// A device, its keys, its unit, its tag and its person's roles; the hub's word in the county's public partition.
    pub const ENROLMENT: u16 = 2;

    /// A holder's word that it holds attachments whole, or no longer does; see [`crate::attachment::Holding`].
    pub const HOLDING: u16 = 6;

    /// The Chinese label, and whether the kind changes the state of what it is about. `None` for a newer program's.
    pub fn known(kind: u16) -> Option<(&'static str, bool)> {
        match kind {
            CHANGE => Some(("改动", true)),
            ENROLMENT => Some(("设备登记", true)),
            HOLDING => Some(("照片已收到", false)),
            _ => None,
        }
    }
}

impl Entry {
    pub fn new(header: &Header, body: Vec<u8>) -> Self {
        Self { header: crate::wire::encode(header), body }
    }

    /// The header's known fields.
    pub fn header(&self) -> Result<Header, minicbor::decode::Error> {
        minicbor::decode(&self.header)
    }

    /// Bytes of the entry's content.
    pub fn size(&self) -> usize {
        self.header.len() + self.body.len()
    }
}
