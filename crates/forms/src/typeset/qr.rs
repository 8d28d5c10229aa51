//! QR codes as filled rectangles: sharp at any size, and no picture that a printer could smear.

use super::Item;
use qrcode::{Color, EcLevel, QrCode};

/// A square of a size in points; empty if the payload is too long for a code, which none of ours is.
pub fn blocks(payload: &str, x: f32, y: f32, size: f32) -> Vec<Item> {
    let Ok(code) = QrCode::with_error_correction_level(payload.as_bytes(), EcLevel::M) else {
        return Vec::new();
    };
    let width = code.width();
    let module = size / width as f32;
    let colours = code.to_colors();
    let mut items = Vec::new();
    for row in 0..width {
        let mut column = 0;
        while column < width {
            let start = column;
            while column < width && colours[row * width + column] == Color::Dark {
                column += 1;
            }
            if column > start {
                items.push(Item::Block {
                    x: x + start as f32 * module,
                    y: y + (width - 1 - row) as f32 * module,
                    width: (column - start) as f32 * module,
                    height: module,
                });
            }
            column = column.max(start + 1);
        }
    }
    items
}
