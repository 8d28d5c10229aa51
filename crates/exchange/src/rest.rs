//! Entries at rest. A change says much that thousands of others say too, so it is packed against a dictionary; how it is
//! packed is noted beside it. What is restored is the author's bytes.

use crate::{
    Entry,
    column::{Column, put_bytes},
    wire::FRAME_MAX,
};
use std::{cell::RefCell, sync::LazyLock};
use zstd::{
    bulk::{Compressor, Decompressor},
    dict::{DecoderDictionary, EncoderDictionary},
    zstd_safe,
};

/// How an entry lies in the store: as it was written.
pub const PLAIN: u8 = 0;
/// Packed with the first dictionary. A dictionary is never changed; a better one gets a number of its own.
pub const ZSTD_DICTIONARY_1: u8 = 1;

/// Trained by `cargo bench --bench dictionary` on changes of made-up cases.
const DICTIONARY_1: &[u8] = include_bytes!("rest/dictionary-1.zstd");

/// Beyond, more time saves little.
const LEVEL: i32 = 3;

/// What every frame begins with, and which is therefore not stored.
const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

static ENCODER: LazyLock<EncoderDictionary<'static>> =
    LazyLock::new(|| EncoderDictionary::copy(DICTIONARY_1, LEVEL));
static DECODER: LazyLock<DecoderDictionary<'static>> =
    LazyLock::new(|| DecoderDictionary::copy(DICTIONARY_1));

thread_local! {
    // Making one costs more than using it.
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = RefCell::new(compressor().ok());
    static UNPACKER: RefCell<Option<Unpacker>> = RefCell::new(Unpacker::new().ok());
}

struct Unpacker {
    decompressor: Decompressor<'static>,
    frame: Vec<u8>,
    joined: Vec<u8>,
}

impl Unpacker {
    fn new() -> std::io::Result<Self> {
        let decompressor = Decompressor::with_prepared_dictionary(&DECODER)?;
        Ok(Self { decompressor, frame: MAGIC.to_vec(), joined: Vec::new() })
    }

    fn unpack(&mut self, stored: &[u8]) -> Option<Entry> {
        self.frame.truncate(MAGIC.len());
        self.frame.extend_from_slice(stored);
        let size = zstd_safe::get_frame_content_size(&self.frame).ok()??.try_into().ok()?;
        if size > FRAME_MAX {
            return None;
        }
        self.joined.clear();
        self.joined.reserve(size);
        self.decompressor.decompress_to_buffer(&self.frame, &mut self.joined).ok()?;
        let mut column = Column(&self.joined);
        let header = column.bytes()?.to_vec();
        Some(Entry::of(header, column.0.to_vec(), None))
    }
}

fn compressor() -> std::io::Result<Compressor<'static>> {
    let mut compressor = Compressor::with_prepared_dictionary(&ENCODER)?;
    compressor.include_dictid(false)?;
    compressor.include_checksum(false)?;
    Ok(compressor)
}

/// How the entry is packed, and what to store; `None` if it is shorter as it is, or a stub.
pub fn pack(entry: &Entry) -> Option<(u8, Vec<u8>)> {
    let joined = join(entry);
    if entry.erased.is_some() || joined.len() > FRAME_MAX {
        return None;
    }
    let packed = COMPRESSOR.with_borrow_mut(|compressor| compressor.as_mut()?.compress(&joined).ok())?;
    let stored = packed.strip_prefix(&MAGIC)?;
    (stored.len() < entry.size()).then(|| (ZSTD_DICTIONARY_1, stored.to_vec()))
}

/// The entry as its author wrote it; `None` if the bytes aren't what was stored.
pub fn unpack(packing: u8, stored: &[u8]) -> Option<Entry> {
    if packing != ZSTD_DICTIONARY_1 {
        return None;
    }
    UNPACKER.with_borrow_mut(|unpacker| unpacker.as_mut()?.unpack(stored))
}

/// What is packed of an entry: its header's length, its header and its body. An event in the body repeats what the header
/// says.
pub fn join(entry: &Entry) -> Vec<u8> {
    let mut joined = Vec::with_capacity(entry.size() + 2);
    put_bytes(&mut joined, &entry.header);
    joined.extend_from_slice(&entry.body);
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_packed_comes_back_as_it_was(
            header in proptest::collection::vec(0u8..4, 0..80),
            body in proptest::collection::vec(0u8..4, 0..600),
        ) {
            let entry = Entry::of(header, body, None);
            if let Some((packing, stored)) = pack(&entry) {
                prop_assert!(stored.len() < entry.size());
                prop_assert_eq!(unpack(packing, &stored), Some(entry));
            }
        }

        /// Whether changed bytes are still those of the author, the chain tells.
        #[test]
        fn what_a_disk_has_changed_is_refused_or_read_within_bounds(packing: u8, noise: Vec<u8>, at: usize, to: u8) {
            let bounded = |read: Option<Entry>| read.is_none_or(|entry| entry.size() <= FRAME_MAX);
            prop_assert!(bounded(unpack(packing, &noise)));
            let entry = Entry::of(b"header".to_vec(), b"applicant.phone ".repeat(40), None);
            let (packing, mut stored) = pack(&entry).unwrap();
            let at = at % stored.len();
            prop_assert_eq!(unpack(packing, &stored[..at]), None);
            stored[at] = to;
            prop_assert!(bounded(unpack(packing, &stored)));
        }
    }

    #[test]
    fn a_change_says_what_many_others_say() {
        let body =
            r#"applicant.name applicant.phone applicant.address materials channel PROXY caseNo itemId"#;
        let entry = Entry::of(vec![7; 40], body.into(), None);
        let (packing, stored) = pack(&entry).unwrap();
        assert_eq!(packing, ZSTD_DICTIONARY_1);
        assert!(stored.len() < entry.size() / 2, "{} of {}", stored.len(), entry.size());
    }

    #[test]
    fn a_stub_and_what_packing_makes_longer_stay_as_they_are() {
        let entry = Entry::of(vec![1; 40], vec![0; 400], None);
        assert_eq!(pack(&entry.stub()), None);
        let noise = (0u8..64).map(|i| i.wrapping_mul(151) ^ 0x5a).collect();
        assert_eq!(pack(&Entry::of(Vec::new(), noise, None)), None);
    }
}
