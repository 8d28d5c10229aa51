//! Bytes: minicbor with numbered fields, zstd around what travels.

use minicbor::{CborLen, Decode, Decoder, Encode, decode::Error};
use std::{ops::RangeInclusive, sync::LazyLock};
use zstd::{
    bulk::{Compressor, Decompressor},
    dict::{DecoderDictionary, EncoderDictionary},
};

/// The protocol versions this program speaks. 2: 2026-11-24, the first that left the house.
pub const PROTOCOL_MIN: u16 = 2;
pub const PROTOCOL_MAX: u16 = 2;

/// The side that has to be updated before two can speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Older {
    /// The one that asks.
    Asker,
    /// The one that answers.
    Holder,
}

/// The newest protocol that this program and a holder both speak.
pub fn common_protocol(holder: RangeInclusive<u16>) -> Result<u16, Older> {
    newest_common(PROTOCOL_MIN..=PROTOCOL_MAX, holder)
}

/// The newest protocol of two ranges.
pub(crate) fn newest_common(asker: RangeInclusive<u16>, holder: RangeInclusive<u16>) -> Result<u16, Older> {
    let newest = *asker.end().min(holder.end());
    if newest < *asker.start() {
        Err(Older::Holder)
    } else if newest < *holder.start() {
        Err(Older::Asker)
    } else {
        Ok(newest)
    }
}

/// The largest frame that is unpacked, in bytes: a hostile frame can't fill the memory.
pub const FRAME_MAX: usize = 32 * 1024 * 1024;

/// About how many bytes of entries one frame carries; the rest follows in the next exchange.
pub const PAGE: usize = 4 * 1024 * 1024;

/// Items that a list in a frame may have: a byte each would otherwise unpack into memory many times the frame's.
pub(crate) const LIST_MAX: usize = 1 << 18;

/// Bytes that are no frame of ours.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    #[error("the frame is empty, or packed in a way that isn't known here")]
    Method,
    #[error("the frame can't be decompressed")]
    Compression(#[source] std::io::Error),
    #[error("the frame can't be decoded")]
    Decoding(#[source] Error),
}

/// The canonical bytes of a value; writing to memory can't fail.
pub fn encode<T: Encode<()>>(value: &T) -> Vec<u8> {
    // Most values are headers of entries.
    encode_within(64, value)
}

/// The same, of about so many bytes.
fn encode_within<T: Encode<()>>(about: usize, value: &T) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(about);
    match minicbor::encode(value, &mut bytes) {
        Ok(()) => bytes,
        Err(never) => unreachable!("writing to memory: {never}"),
    }
}

/// A list that isn't too long.
pub(crate) fn few<'b, C, T: Decode<'b, C>>(
    decoder: &mut Decoder<'b>,
    context: &mut C,
) -> Result<Vec<T>, Error> {
    let mut items = Vec::new();
    for item in decoder.array_iter_with(context)? {
        if items.len() == LIST_MAX {
            return Err(Error::message("the list is too long"));
        }
        items.push(item?);
    }
    Ok(items)
}

/// What the first byte of a frame says of the rest. A dictionary is never changed; a better one gets a number of its own.
mod method {
    pub const PLAIN: u8 = 0;
    pub const ZSTD: u8 = 1;
    pub const ZSTD_DICTIONARY_1: u8 = 2;
}

/// Trained by `cargo bench --bench dictionary` on pages of made-up cases.
const DICTIONARY_1: &[u8] = include_bytes!("wire/dictionary-1.zstd");

/// Frames up to this size are packed as tightly as it goes; for larger ones the time would count.
const SMALL: usize = 512 * 1024;

// To prepare one takes longer than to pack a day's work.
static TIGHT: LazyLock<EncoderDictionary<'static>> =
    LazyLock::new(|| EncoderDictionary::copy(DICTIONARY_1, 19));
static QUICK: LazyLock<EncoderDictionary<'static>> =
    LazyLock::new(|| EncoderDictionary::copy(DICTIONARY_1, 9));

static UNPACKING: LazyLock<DecoderDictionary<'static>> =
    LazyLock::new(|| DecoderDictionary::copy(DICTIONARY_1));

/// A frame for the line.
pub fn pack<T: Encode<()>>(value: &T) -> Vec<u8> {
    let bytes = encode(value);
    let dictionary = if bytes.len() <= SMALL { &*TIGHT } else { &*QUICK };
    frame(method::ZSTD_DICTIONARY_1, Compressor::with_prepared_dictionary(dictionary), bytes)
}

/// The level of frames for a disk: half again as fast as the first of the usual ones, for a seventh more bytes.
const FAST: i32 = -3;

/// A frame for a disk, where time counts for more than the last byte.
pub fn pack_fast<T: Encode<()> + CborLen<()>>(value: &T) -> Vec<u8> {
    frame(method::ZSTD, Compressor::new(FAST), encode_within(minicbor::len(value), value))
}

fn frame(method: u8, compressor: std::io::Result<Compressor<'_>>, bytes: Vec<u8>) -> Vec<u8> {
    let packed = compressor.and_then(|mut compressor| compressor.compress(&bytes));
    let (method, rest) = match packed {
        // What is too long to be unpacked stays plain.
        Ok(packed) if packed.len() < bytes.len() && bytes.len() <= FRAME_MAX => (method, packed),
        _ => (method::PLAIN, bytes),
    };
    let mut frame = Vec::with_capacity(rest.len() + 1);
    frame.push(method);
    frame.extend(rest);
    frame
}

/// A frame of what no packing makes smaller: photos, mostly.
pub fn pack_plain<T: Encode<()>>(value: &T) -> Vec<u8> {
    let mut frame = vec![method::PLAIN];
    frame.extend(encode(value));
    frame
}

/// A frame from the line.
pub fn unpack<T: for<'b> Decode<'b, ()>>(frame: &[u8]) -> Result<T, FrameError> {
    let (method, rest) = frame.split_first().ok_or(FrameError::Method)?;
    let unpacked;
    let bytes = match *method {
        method::PLAIN => rest,
        method::ZSTD | method::ZSTD_DICTIONARY_1 => {
            let decompressor = match *method {
                method::ZSTD => Decompressor::new(),
                _ => Decompressor::with_prepared_dictionary(&UNPACKING),
            };
            unpacked = decompressor
                .and_then(|mut decompressor| decompressor.decompress(rest, FRAME_MAX))
                .map_err(FrameError::Compression)?;
            unpacked.as_slice()
        }
        _ => return Err(FrameError::Method),
    };
    minicbor::decode(bytes).map_err(FrameError::Decoding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use minicbor::bytes::ByteVec;

    #[test]
    fn what_a_disk_was_given_comes_back_however_long_it_is() {
        for length in [0, 1000, FRAME_MAX + 1] {
            let given = ByteVec::from(vec![7; length]);
            let frame = pack_fast(&given);
            assert!(length != 1000 || frame.len() < 100);
            assert_eq!(unpack::<ByteVec>(&frame).unwrap(), given);
        }
    }

    #[test]
    fn two_sides_speak_the_newest_protocol_that_both_know() {
        let table = [
            (2..=2, 2..=2, Ok(2)),
            (2..=3, 2..=2, Ok(2)),
            (2..=2, 2..=3, Ok(2)),
            (2..=4, 3..=5, Ok(4)),
            (2..=2, 3..=4, Err(Older::Asker)),
            (3..=4, 2..=2, Err(Older::Holder)),
        ];
        for (asker, holder, common) in table {
            assert_eq!(newest_common(asker.clone(), holder.clone()), common, "{asker:?} asks {holder:?}");
        }
    }
}
