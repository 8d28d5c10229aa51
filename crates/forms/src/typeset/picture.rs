//! Pictures: a county's emblem, a name in letters that no type sets here. Files as they are, PNG or JPEG.

use super::{FormError, UNMIXED, mixed};
use base64::{Engine, prelude::BASE64_STANDARD};
use image::{ImageReader, Limits, RgbaImage};
use std::{io::Cursor, path::Path, sync::Arc};

/// What a form may grow by.
const MOST_BYTES: usize = 1_000_000;

/// Of an edge: more than a printer shows at the head of a page.
const MOST_PIXELS: u32 = 4_096;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    bytes: Arc<[u8]>,
    /// Width and height in pixels.
    pixels: (u32, u32),
}

pub(super) struct Pixels {
    pub width: u32,
    pub height: u32,
    /// Red, green and blue, a byte each.
    pub colours: Vec<u8>,
    /// `None` where nothing shows through.
    pub opacity: Option<Vec<u8>>,
}

impl Picture {
    pub fn read(path: &Path) -> Result<Self, FormError> {
        let unreadable = || FormError::PictureUnreadable { path: path.to_owned() };
        let bytes = std::fs::read(path).map_err(|_| unreadable())?;
        Self::of(bytes).ok_or_else(unreadable)
    }

    /// `None` for what is neither PNG nor JPEG, or too large.
    pub fn of(bytes: Vec<u8>) -> Option<Self> {
        if bytes.len() > MOST_BYTES {
            return None;
        }
        let decoded = decode(&bytes)?;
        Some(Self { pixels: decoded.dimensions(), bytes: bytes.into() })
    }

    /// As large as fits, in its own proportions.
    pub(super) fn fitted(&self, (width, height): (f32, f32)) -> (f32, f32) {
        let (own_width, own_height) = (self.pixels.0 as f32, self.pixels.1 as f32);
        let scale = (width / own_width).min(height / own_height);
        (own_width * scale, own_height * scale)
    }

    /// Its pixels; none of one that can't be read, which `of` has refused.
    pub(super) fn pixels_of(&self) -> Pixels {
        let decoded = decode(&self.bytes).unwrap_or_default();
        let (width, height) = decoded.dimensions();
        let colours = decoded.pixels().flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        let opacity: Vec<u8> = decoded.pixels().map(|pixel| pixel[3]).collect();
        let opaque = opacity.iter().all(|opacity| *opacity == u8::MAX);
        Pixels { width, height, colours, opacity: (!opaque).then_some(opacity) }
    }

    /// The same picture has the same name.
    pub(super) fn name(&self) -> String {
        let hash = self.bytes.iter().fold(UNMIXED, |hash, byte| mixed(hash, u32::from(*byte)));
        format!("picture{hash:016x}")
    }

    pub(super) fn data_url(&self) -> String {
        let kind = if self.bytes.starts_with(b"\x89PNG") { "png" } else { "jpeg" };
        format!("data:image/{kind};base64,{}", BASE64_STANDARD.encode(&self.bytes))
    }
}

fn decode(bytes: &[u8]) -> Option<RgbaImage> {
    let known = bytes.starts_with(b"\x89PNG") || bytes.starts_with(&[0xff, 0xd8]);
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok().filter(|_| known)?;
    // A small file may claim to be a large picture.
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(MOST_PIXELS), Some(MOST_PIXELS));
    reader.limits(limits);
    let decoded = reader.decode().ok()?.into_rgba8();
    (decoded.width() > 0 && decoded.height() > 0).then_some(decoded)
}
