//! An entry: a header that everyone can read, and a body that only its kind understands.

use crate::{Referent, change};
use automerge::{ChangeHash, ExpandedChange};
use daiban_domain::{DocumentId, Hlc, Instant, PersonId};
use minicbor::{CborLen, Decode, Encode};
use std::{fmt, sync::Arc};

/// One entry as it was written. Header and body are the author's bytes and are never re-encoded: what a newer program
/// put there travels on unchanged. Of an entry that an order has erased only a stub is left: the header, and the hash of
/// the body that was, from which chain and signature still follow.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
#[cbor(array)]
pub struct Entry {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub header: Vec<u8>,
    #[cbor(n(1), with = "minicbor::bytes")]
    pub body: Vec<u8>,
    /// The hash of the body that was, in a stub, whose `body` is empty.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub erased: Option<[u8; 32]>,
    #[cbor(skip)]
    restored: Restored,
}

/// What references need of a change that has just been written from a page: whoever stores the entry needn't read it for
/// that. Two entries are the same whether this is known or not.
#[derive(Clone, Default)]
struct Restored(Option<Arc<Referent>>);

impl PartialEq for Restored {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Restored {}

impl fmt::Debug for Restored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
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
    /// Who acted; `None` where a program did by itself.
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
    /// That an entry's content can't count, and why ([`crate::verdict::Verdict`]).
    pub const VERDICT: u16 = 3;
    /// The final roots of a year's `work`; the hub's word in the county's public partition. See [`crate::closure`].
    pub const CLOSURE: u16 = 4;
    /// An order to erase a document, in the county's public partition. See [`crate::erasure`].
    pub const ERASURE: u16 = 5;
    /// What an author has said anew of what couldn't count ([`crate::verdict::Reissue`]).
    pub const REISSUE: u16 = 6;

    /// A person at a device that is enrolled already, and their roles; the hub's word in the county's public partition. See
    /// [`crate::enrolment::Introduction`].
    pub const PERSON: u16 = 8;
    /// That a device's word no longer counts ([`crate::revocation::Revocation`]), in the public partition of a unit above it
    /// or its own.
    pub const REVOCATION: u16 = 9;
    /// Whether what a revoked device wrote counts after all ([`crate::revocation::Review`]).
    pub const REVIEW: u16 = 10;
    /// What roles somebody has from now on ([`crate::revocation::RoleChange`]), in the public partition of a unit above theirs
    /// or of their own.
    pub const ROLES: u16 = 11;
    /// Another key with which somebody signs ([`crate::person::AnotherKey`]), in the public partition of their unit.
    pub const PERSON_KEY: u16 = 12;

    /// From here on kinds only inform. A kind below that a program doesn't know changes the state of what it is about.
    pub const INFORMING: u16 = 1024;

    /// Who read or let out what ([`crate::access::Access`]), in the audit partition of their unit. The number before it stands for
    /// what newer programs inform of.
    pub const ACCESS: u16 = 1025;

    /// A holder's word that it holds attachments whole, or no longer does; see [`crate::attachment::Holding`].
    pub const HOLDING: u16 = 7;

    /// The Chinese label, and whether the kind changes the state of what it is about. `None` for a newer program's.
    pub fn known(kind: u16) -> Option<(&'static str, bool)> {
        match kind {
            CHANGE => Some(("改动", true)),
            ENROLMENT => Some(("设备登记", true)),
            VERDICT => Some(("没有算进来的说明", false)),
            CLOSURE => Some(("年度封存", true)),
            ERASURE => Some(("删除令", true)),
            REISSUE => Some(("重新提交", false)),
            PERSON => Some(("人员登记", true)),
            HOLDING => Some(("照片已收到", false)),
            REVOCATION => Some(("注销设备", true)),
            REVIEW => Some(("注销后记录的审核", true)),
            ROLES => Some(("岗位角色变更", true)),
            PERSON_KEY => Some(("个人签字密钥更换", true)),
            ACCESS => Some(("查看和导出的留痕", false)),
            _ => None,
        }
    }
}

/// The version of every kind that this program writes and understands.
pub const VERSION: u8 = 1;

impl Header {
    /// Whether this program can tell what the entry means. What it can't is held and forwarded, and read again after an
    /// update.
    pub fn understood(&self) -> bool {
        kind::known(self.kind).is_some() && self.version <= VERSION
    }

    /// Whether an entry that isn't understood may change the state of what it is about.
    pub fn changes_state(&self) -> bool {
        kind::known(self.kind).map_or(self.kind < kind::INFORMING, |(_, changes)| changes)
    }
}

impl Entry {
    pub fn new(header: &Header, body: Vec<u8>) -> Self {
        Self::of(crate::wire::encode(header), body, None)
    }

    /// From its bytes.
    pub fn of(header: Vec<u8>, body: Vec<u8>, erased: Option<[u8; 32]>) -> Self {
        Self { header, body, erased, restored: Restored::default() }
    }

    /// With the body of a flat change that has just been written, which the referent describes.
    pub(crate) fn restored(header: &Header, body: Vec<u8>, referent: Arc<Referent>) -> Self {
        Self { restored: Restored(Some(referent)), ..Self::new(header, body) }
    }

    /// What references need of it, if it has just been restored.
    pub fn referent(&self) -> Option<&Arc<Referent>> {
        self.restored.0.as_ref()
    }

    /// The change that the body says, with its hash, if it is canonical.
    pub fn change(&self) -> Option<(ExpandedChange, ChangeHash)> {
        match self.referent() {
            Some(referent) => Some((change::flat::parse(&self.body)?, referent.outline.hash)),
            None => change::read_canonical(&self.body),
        }
    }

    /// What is left when the body is erased.
    pub fn stub(&self) -> Self {
        Self::of(self.header.clone(), Vec::new(), Some(self.body_hash()))
    }

    /// BLAKE3 of the body, also of one that is gone.
    pub fn body_hash(&self) -> [u8; 32] {
        self.erased.unwrap_or_else(|| *blake3::hash(&self.body).as_bytes())
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
