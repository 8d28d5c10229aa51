//! Photos and scans as they come from phones and scanners, made ready for a case.

use crate::Trouble;
use daiban_contract::{Code, view::SettingsView};
use daiban_exchange::attachment::LARGEST;
use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Rgb, RgbImage,
    codecs::jpeg::JpegEncoder, imageops::FilterType,
};
use std::{io::Cursor, panic::catch_unwind};

pub(crate) struct Photo {
    pub bytes: Vec<u8>,
    pub media_type: &'static str,
    /// In pixels, 0 for a PDF.
    pub width: u32,
    pub height: u32,
}

/// The largest picture that is unpacked, in bytes: 80 million pixels.
const UNPACKED_MAX: u64 = 240 * 1024 * 1024;

/// The long edge of a small one, in pixels.
const SMALL: u32 = 240;

/// A photo comes out upright, no larger than it has to be, and without what the phone wrote into it (where it was taken,
/// with what). A PDF stays as it is.
pub(crate) fn prepare(bytes: Vec<u8>, settings: &SettingsView) -> Result<Photo, Trouble> {
    let photo = if bytes.starts_with(b"%PDF-") {
        Photo { bytes, media_type: "application/pdf", width: 0, height: 0 }
    } else {
        encode(shrink(decode(bytes)?, settings.attachment_long_edge), settings.attachment_quality)?
    };
    if photo.bytes.len() > LARGEST {
        return Err(too_large());
    }
    Ok(photo)
}

/// A small one of a photo that was prepared.
pub(crate) fn small(bytes: Vec<u8>) -> Result<Vec<u8>, Trouble> {
    Ok(encode(shrink(decode(bytes)?, SMALL), 75)?.bytes)
}

fn decode(bytes: Vec<u8>) -> Result<DynamicImage, Trouble> {
    let format = image::guess_format(&bytes).ok();
    let Some(format @ (ImageFormat::Jpeg | ImageFormat::Png)) = format else {
        let message = "只收 JPEG、PNG 照片和 PDF 扫描件，没有存。请换一种格式，或重新拍一张。";
        return Err(Trouble::new(Code::BadAttachment, message));
    };
    // Nobody's defect in a decoder may take the desk down with it.
    let decoded = catch_unwind(move || {
        let mut decoder = ImageReader::with_format(Cursor::new(bytes), format).into_decoder()?;
        if decoder.total_bytes() > UNPACKED_MAX {
            return Ok(None);
        }
        let upright = decoder.orientation()?;
        let mut image = DynamicImage::from_decoder(decoder)?;
        image.apply_orientation(upright);
        Ok::<_, ImageError>(Some(image))
    });
    match decoded {
        Ok(Ok(Some(image))) => Ok(image),
        Ok(Ok(None)) => Err(too_large()),
        Ok(Err(error)) => Err(damaged().because(error)),
        Err(_) => Err(damaged()),
    }
}

fn shrink(image: DynamicImage, long_edge: u32) -> DynamicImage {
    if image.width().max(image.height()) <= long_edge {
        return image;
    }
    image.resize(long_edge, long_edge, FilterType::CatmullRom)
}

fn encode(image: DynamicImage, quality: u8) -> Result<Photo, Trouble> {
    let (width, height) = (image.width(), image.height());
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    on_white(image).write_with_encoder(encoder).map_err(|error| damaged().because(error))?;
    Ok(Photo { bytes, media_type: "image/jpeg", width, height })
}

/// JPEG knows no transparency: what can be seen through is paper.
fn on_white(image: DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.into_rgb8();
    }
    let image = image.into_rgba8();
    RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let [colours @ .., alpha] = image.get_pixel(x, y).0;
        let alpha = u16::from(alpha);
        Rgb(colours.map(|colour| ((u16::from(colour) * alpha + 255 * (255 - alpha)) / 255) as u8))
    })
}

fn damaged() -> Trouble {
    Trouble::new(Code::BadAttachment, "这张照片读不出，文件可能坏了，没有存。请重新拍一张。")
}

fn too_large() -> Trouble {
    Trouble::new(
        Code::BadAttachment,
        "这个文件太大（超过 8 MB），没有存。请分成几份，或把扫描的清晰度调低一些。",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use daiban_contract::Failure;
    use image::{Rgba, RgbaImage};

    const SETTINGS: SettingsView = SettingsView {
        attachment_long_edge: 400,
        attachment_quality: 80,
        metered: false,
        auto_lock_minutes: 5,
    };

    /// Dark at the left, light at the right.
    fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let image = RgbImage::from_fn(width, height, |x, _| Rgb([(x * 255 / width) as u8; 3]));
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn size(photo: &Photo) -> (u32, u32) {
        let image = image::load_from_memory(&photo.bytes).unwrap();
        assert_eq!((image.width(), image.height()), (photo.width, photo.height));
        (photo.width, photo.height)
    }

    /// The same JPEG with an EXIF segment that says which way is up.
    fn turned(jpeg: &[u8], orientation: u8) -> Vec<u8> {
        let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
        let mut bytes = jpeg[..2].to_vec();
        bytes.extend([0xff, 0xe1]);
        bytes.extend(((exif.len() + 2) as u16).to_be_bytes());
        bytes.extend(&exif);
        bytes.extend(&jpeg[2..]);
        bytes
    }

    #[test]
    fn a_photo_is_made_smaller_and_stands_upright() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png] {
            let photo = prepare(picture(1000, 500, format), &SETTINGS).unwrap();
            assert_eq!(size(&photo), (400, 200));
            assert_eq!(photo.media_type, "image/jpeg");
        }
        assert_eq!(size(&prepare(picture(300, 100, ImageFormat::Png), &SETTINGS).unwrap()), (300, 100));
        // 6: the right side of what was stored is to be at the bottom.
        let photo = prepare(turned(&picture(800, 400, ImageFormat::Jpeg), 6), &SETTINGS).unwrap();
        assert_eq!(size(&photo), (200, 400));
        let image = image::load_from_memory(&photo.bytes).unwrap().into_rgb8();
        assert!(image.get_pixel(100, 10)[0] < 60 && image.get_pixel(100, 390)[0] > 200);
        assert!(!photo.bytes.windows(4).any(|bytes| bytes == b"Exif"), "what the phone wrote is gone");
    }

    #[test]
    fn what_can_be_seen_through_becomes_white() {
        let image =
            RgbaImage::from_fn(40, 40, |x, _| if x < 20 { Rgba([0; 4]) } else { Rgba([0, 0, 0, 255]) });
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, ImageFormat::Png).unwrap();
        let photo = prepare(bytes.into_inner(), &SETTINGS).unwrap();
        let image = image::load_from_memory(&photo.bytes).unwrap().into_rgb8();
        assert!(image.get_pixel(5, 20)[0] > 240 && image.get_pixel(35, 20)[0] < 15);
    }

    #[test]
    fn what_is_no_photo_is_told() {
        let jpeg = picture(200, 100, ImageFormat::Jpeg);
        let mut huge = b"%PDF-1.7".to_vec();
        huge.resize(LARGEST + 1, 0);
        for bytes in [Vec::new(), b"GIF89a".to_vec(), jpeg[..jpeg.len() / 3].to_vec(), huge] {
            let failure = Failure::from(prepare(bytes, &SETTINGS).err().unwrap());
            assert_eq!(failure.code, Code::BadAttachment);
        }
        let pdf = prepare(b"%PDF-1.7 scanned".to_vec(), &SETTINGS).unwrap();
        assert_eq!((pdf.bytes.as_slice(), pdf.media_type), (&b"%PDF-1.7 scanned"[..], "application/pdf"));
    }
}
