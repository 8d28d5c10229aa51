//! Bytes: minicbor with numbered fields, zstd around what travels.

use minicbor::{Decode, Encode};

/// The protocol versions this program speaks. 1: 2026-11-24, the first.
pub const PROTOCOL_MIN: u16 = 1;
pub const PROTOCOL_MAX: u16 = 1;

/// The largest frame that is unpacked, in bytes: a hostile frame can't fill the memory.
pub const FRAME_MAX: usize = 32 * 1024 * 1024;

/// About how many bytes of entries one frame carries; the rest follows in the next exchange.
pub const PAGE: usize = 4 * 1024 * 1024;

const LEVEL: i32 = 9;

/// Bytes that are no frame of ours.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    #[error("the frame can't be decompressed")]
    Compression(#[source] std::io::Error),
    #[error("the frame can't be decoded")]
    Decoding(#[source] minicbor::decode::Error),
}

/// The canonical bytes of a value; writing to memory can't fail.
pub fn encode<T: Encode<()>>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    match minicbor::encode(value, &mut bytes) {
        Ok(()) => bytes,
        Err(never) => unreachable!("writing to memory: {never}"),
    }
}

/// A frame for the line.
pub fn pack<T: Encode<()>>(value: &T) -> Vec<u8> {
    let bytes = encode(value);
    match zstd::bulk::compress(&bytes, LEVEL) {
        Ok(packed) => packed,
        Err(never) => unreachable!("compressing in memory: {never}"),
    }
}

/// A frame from the line.
pub fn unpack<T: for<'b> Decode<'b, ()>>(frame: &[u8]) -> Result<T, FrameError> {
    let bytes = zstd::bulk::decompress(frame, FRAME_MAX).map_err(FrameError::Compression)?;
    minicbor::decode(&bytes).map_err(FrameError::Decoding)
}
