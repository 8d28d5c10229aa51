//! An exchange in a file, for a stick: what a desk holds and the receiver lacks, sealed to the devices of the receiving
//! unit and of all above it, signed by the sender. Importing it again changes nothing.

use crate::{
    FeedId, Log, Page, PartitionKind, Receipt, Vector,
    attachment::{self, Attachments, Offered, Owed},
    engine::{self, Party},
    page::{self, PageError},
    run::Refusal,
    wire,
};
use age::x25519;
use daiban_domain::{DeviceId, DocumentId, Instant, UnitCode};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};
use std::{
    collections::BTreeMap,
    io::{Read, Write},
    path::Path,
};

/// What a bundle's file begins with, before what age wrote.
const MAGIC: &[u8] = b"daiban-bundle/1\n";

/// The same, where a notice for revoked devices follows: the length of what age wrote first, 8 bytes LE, stands between.
const MAGIC_WITH_NOTICE: &[u8] = b"daiban-bundle/2\n";

/// More than any bundle's file: what is larger can't be one, and isn't read to its end.
const FILE_MAX: u64 = 2 * wire::FRAME_MAX as u64;

/// A file's bytes, for [`Bundle::open`].
pub fn read(file: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(file)?.take(FILE_MAX).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Bundle {
    #[n(0)]
    pub protocol: u16,
    #[n(1)]
    pub county: UnitCode,
    #[n(2)]
    pub sender: DeviceId,
    /// The sender's clock.
    #[n(3)]
    pub time: Instant,
    /// All that the sender holds: what comes back on the stick is what it lacks.
    #[n(4)]
    pub vector: Vector,
    /// For a receiver that holds nothing but the bundle: references point into the page alone.
    #[n(5)]
    pub page: Page,
    #[n(6)]
    pub receipt: Option<Carried>,
    /// Whole photos and scans that the receiver may see and isn't known to hold; for a unit above, that the county isn't.
    #[cbor(n(7), default, decode_with = "wire::few")]
    pub attachments: Vec<Referred>,
}

/// A photo or scan, with the documents that refer to it: a hub that has an order to erase all of them doesn't keep it. The hub
/// itself names none, for it reads no document; a desk looks at its own.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Referred {
    #[n(0)]
    pub offered: Offered,
    #[cbor(n(1), decode_with = "wire::few")]
    pub documents: Vec<DocumentId>,
}

/// A receipt of the county that was given to someone else: what it covers of the partitions that the receiver may read,
/// and of the others their roots alone.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Carried {
    #[n(0)]
    pub receipt: Receipt,
    #[n(1)]
    pub vector: Vector,
    #[n(2)]
    pub others: crate::vector::Roots,
}

impl Carried {
    /// Whether the county signed for this.
    pub fn verify(&self, key: &VerifyingKey) -> bool {
        self.receipt.verify(self.vector.root_with(&self.others), key)
    }
}

#[derive(Debug, Encode, Decode)]
#[cbor(array)]
struct Signed {
    #[cbor(n(0), with = "minicbor::bytes")]
    frame: Vec<u8>,
    #[cbor(n(1), with = "minicbor::bytes")]
    signature: [u8; 64],
}

/// Why a file was not imported. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    #[error("the bundle is of another county")]
    OtherCounty,
    #[error("the bundle's sender is unknown here, or didn't sign it")]
    UnknownSender,
    #[error("the file is no bundle")]
    NoBundle,
    #[error("the bundle is sealed to others")]
    NotForUs,
    #[error("the bundle is damaged")]
    Damaged,
    #[error("the bundle is from a newer program")]
    Newer,
    #[error("the bundle can't be sealed")]
    Sealing,
}

/// Bytes of entries in one bundle; what doesn't fit goes with the next, once this one has arrived.
const LARGEST: usize = wire::FRAME_MAX / 2;

/// Bytes of photos and scans in one bundle, likewise.
const ATTACHMENTS: usize = wire::FRAME_MAX / 4;

impl Bundle {
    /// What the devices of a unit lack beside what they are known to hold, and how many entries that is.
    pub fn make<L: Log>(
        log: &L,
        us: Party,
        to: UnitCode,
        known: &Vector,
        receipt: Option<Carried>,
        now: Instant,
    ) -> Result<(Self, u64), L::Error> {
        let vector = log.vector(us.unit)?;
        let readable = vector.of(|feed| feed.partition.readable_by(to));
        let runs = engine::missing(log, &readable, known, LARGEST)?;
        let entries = runs.iter().map(|run| run.entries.len() as u64).sum();
        let page = page::write(log, &runs, &Vector::default())?;
        let bundle = Self {
            protocol: wire::PROTOCOL_MAX,
            county: us.county,
            sender: us.device,
            time: now,
            vector,
            page,
            receipt,
            attachments: Vec::new(),
        };
        Ok((bundle, entries))
    }

    /// For devices of a unit that are revoked: what everybody may know, that they are revoked among it, and how far the county has
    /// acknowledged what they brought.
    pub fn notice<L: Log>(
        log: &L,
        us: Party,
        to: UnitCode,
        receipt: Option<Carried>,
        now: Instant,
    ) -> Result<Self, L::Error> {
        let public = |feed: &FeedId| feed.partition.kind == PartitionKind::Public;
        let vector = log.vector(us.unit)?.of(|feed| public(feed) && feed.partition.readable_by(to));
        let runs = engine::missing(log, &vector, &Vector::default(), LARGEST)?;
        Ok(Self {
            protocol: wire::PROTOCOL_MAX,
            county: us.county,
            sender: us.device,
            time: now,
            page: page::write(log, &runs, &Vector::default())?,
            vector,
            receipt,
            attachments: Vec::new(),
        })
    }

    /// Takes photos and scans along, cheapest first, as far as there is room.
    pub fn add_attachments<S: Attachments>(
        &mut self,
        store: &S,
        owed: Vec<(Owed, Vec<DocumentId>)>,
    ) -> Result<(), S::Error> {
        let mut room = ATTACHMENTS;
        for (Owed { partition, hash, .. }, documents) in owed {
            let Some(part) = attachment::part(store, hash, 0, attachment::LARGEST)? else { continue };
            let Some(rest) = room.checked_sub(part.bytes.len()) else { break };
            room = rest;
            self.attachments.push(Referred { offered: Offered { partition, part }, documents });
        }
        Ok(())
    }

    /// The photos and scans that a document refers to which is held here, and under no order to erase.
    pub fn live_attachments<L: Log>(&self, log: &L) -> Result<Vec<Offered>, L::Error> {
        let mut live = Vec::new();
        for Referred { offered, documents } in &self.attachments {
            for document in documents {
                if !log.erased(offered.partition, *document)?
                    && !log.of_document(offered.partition, *document, None)?.is_empty()
                {
                    live.push(offered.clone());
                    break;
                }
            }
        }
        Ok(live)
    }

    /// The file's bytes: signed, packed, sealed to each recipient (age's notation of an X25519 key).
    pub fn seal(&self, key: &SigningKey, recipients: &[String]) -> Result<Vec<u8>, BundleError> {
        Ok([MAGIC, &self.sealed(key, recipients)?].concat())
    }

    /// The same, with a notice for those whom the bundle isn't sealed to any more.
    pub fn seal_with_notice(
        &self,
        key: &SigningKey,
        recipients: &[String],
        notice: &Self,
        revoked: &[String],
    ) -> Result<Vec<u8>, BundleError> {
        let (first, second) = (self.sealed(key, recipients)?, notice.sealed(key, revoked)?);
        Ok([MAGIC_WITH_NOTICE, &(first.len() as u64).to_le_bytes(), &first, &second].concat())
    }

    fn sealed(&self, key: &SigningKey, recipients: &[String]) -> Result<Vec<u8>, BundleError> {
        let frame = wire::pack(self);
        let signature = key.sign(&statement(&frame)).to_bytes();
        let signed = wire::encode(&Signed { frame, signature });
        let recipients: Vec<x25519::Recipient> =
            recipients.iter().filter_map(|text| text.parse().ok()).collect();
        let each = recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
        let sealed = age::Encryptor::with_recipients(each).map_err(|_| BundleError::Sealing)?;
        let mut file = Vec::new();
        let mut writer = sealed.wrap_output(&mut file).map_err(|_| BundleError::Sealing)?;
        writer
            .write_all(&signed)
            .and_then(|()| writer.finish().map(|_| ()))
            .map_err(|_| BundleError::Sealing)?;
        Ok(file)
    }

    /// Opens a file. Who the sender claims to be is told by the bundle; whether it is, by `Opened::verify`.
    pub fn open(file: &[u8], identity: &x25519::Identity) -> Result<Opened, BundleError> {
        if let Some(sealed) = file.strip_prefix(MAGIC) {
            return Self::unseal(sealed, identity);
        }
        let both = file.strip_prefix(MAGIC_WITH_NOTICE).ok_or(BundleError::NoBundle)?;
        let (length, both) = both.split_first_chunk::<8>().ok_or(BundleError::Damaged)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| BundleError::Damaged)?;
        let (bundle, notice) = both.split_at_checked(length).ok_or(BundleError::Damaged)?;
        match Self::unseal(bundle, identity) {
            Err(BundleError::NotForUs) => Self::unseal(notice, identity),
            opened => opened,
        }
    }

    fn unseal(sealed: &[u8], identity: &x25519::Identity) -> Result<Opened, BundleError> {
        let decryptor = age::Decryptor::new_buffered(sealed).map_err(|_| BundleError::Damaged)?;
        let opened = decryptor.decrypt(std::iter::once(identity as &dyn age::Identity));
        let mut reader = opened.map_err(|error| match error {
            age::DecryptError::NoMatchingKeys => BundleError::NotForUs,
            _ => BundleError::Damaged,
        })?;
        let mut bytes = Vec::new();
        let limit = wire::FRAME_MAX as u64;
        reader.by_ref().take(limit).read_to_end(&mut bytes).map_err(|_| BundleError::Damaged)?;
        let signed: Signed = minicbor::decode(&bytes).map_err(|_| BundleError::Damaged)?;
        let bundle: Self = wire::unpack(&signed.frame).map_err(|error| match error {
            wire::FrameError::Method => BundleError::Newer,
            _ => BundleError::Damaged,
        })?;
        if bundle.protocol < wire::PROTOCOL_MIN || bundle.protocol > wire::PROTOCOL_MAX {
            return Err(BundleError::Newer);
        }
        Ok(Opened { bundle, signed })
    }
}

/// A bundle that was sealed to us and came out whole.
#[derive(Debug)]
pub struct Opened {
    pub bundle: Bundle,
    signed: Signed,
}

/// What taking in a bundle did.
#[derive(Debug)]
pub struct Taken {
    /// Entries stored.
    pub entries: u64,
    pub sender: UnitCode,
    /// Of feeds that the bundle goes on from further than they are held: the numbers of the first and the last entry
    /// that are missing between.
    pub gaps: BTreeMap<FeedId, (u64, u64)>,
    pub refused: Vec<(FeedId, Refusal)>,
}

/// Taking in fails for the bundle's sake or for the store's.
#[derive(Debug)]
pub enum TakeError<E> {
    Bundle(BundleError),
    Log(E),
}

impl<E> From<E> for TakeError<E> {
    fn from(error: E) -> Self {
        Self::Log(error)
    }
}

impl Opened {
    /// Takes in what a bundle brings, for a store that holds what its unit reads, in the open transaction; the caller gives
    /// that up if this fails.
    pub fn take<L: Log>(&self, log: &mut L, us: Party) -> Result<Taken, TakeError<L::Error>> {
        let bundle = &self.bundle;
        if bundle.county != us.county {
            return Err(TakeError::Bundle(BundleError::OtherCounty));
        }
        let runs = match page::read(log, &bundle.page) {
            Ok(runs) => runs,
            Err(PageError::Malformed) => return Err(TakeError::Bundle(BundleError::Damaged)),
            Err(PageError::Log(error)) => return Err(TakeError::Log(error)),
        };
        // The sender may have been enrolled since we last heard of the county: public entries of the bundle introduce it.
        let taken = engine::take(log, &runs, us.unit)?;
        let author = log.author(bundle.sender)?.filter(|author| self.verify(&author.key));
        let author = author.ok_or(TakeError::Bundle(BundleError::UnknownSender))?;
        let mut gaps = BTreeMap::new();
        for run in &runs {
            let reach = log.lives(&run.feed)?.iter().map(|(_, head)| head.n).max().unwrap_or(0);
            if run.first > reach + 1 {
                gaps.entry(run.feed.main()).or_insert((reach + 1, run.first - 1));
            }
        }
        let refused = taken.refused.into_iter().filter(|(_, refusal)| *refusal != Refusal::Gap).collect();
        Ok(Taken { entries: taken.entries, sender: author.unit, gaps, refused })
    }

    /// Whether the device that the bundle names has signed it.
    pub fn verify(&self, key: &VerifyingKey) -> bool {
        let signature = Signature::from_bytes(&self.signed.signature);
        key.verify_strict(&statement(&self.signed.frame), &signature).is_ok()
    }
}

fn statement(frame: &[u8]) -> Vec<u8> {
    let hash = minicbor::bytes::ByteArray::from(*blake3::hash(frame).as_bytes());
    wire::encode(&("daiban/bundle/1", hash))
}

/// Where bundles for the hub are sealed to, in age's notation: its signing key on the other curve, so that whoever pinned
/// the hub can seal to it.
pub fn hub_recipient(hub: &VerifyingKey) -> String {
    spell("age", hub.to_montgomery().as_bytes())
}

/// What opens them.
pub fn hub_identity(hub: &SigningKey) -> Option<x25519::Identity> {
    hub_secret(hub).parse().ok()
}

/// The same, in age's notation.
pub fn hub_secret(hub: &SigningKey) -> String {
    spell("age-secret-key-", &hub.to_scalar_bytes()).to_uppercase()
}

fn spell(what: &'static str, bytes: &[u8; 32]) -> String {
    // 32 bytes are never too long to spell.
    let spelt = bech32::encode::<bech32::Bech32>(bech32::Hrp::parse_unchecked(what), bytes);
    spelt.unwrap_or_default()
}
