//! QR codes as filled rectangles: sharp at any size, and no picture that a printer could smear.

use super::Item;
use qrcode::{Color, EcLevel, QrCode};
use std::ops::Range;

/// A square of a size in points; empty if the payload is too long for a code, which none of ours is.
pub fn blocks(payload: &str, x: f32, y: f32, size: f32) -> Vec<Item> {
    let Ok(code) = QrCode::with_error_correction_level(payload.as_bytes(), EcLevel::M) else {
        return Vec::new();
    };
    let width = code.width();
    // Whole hundredths, so that every module has the same size in the file, too.
    let module = (size / width as f32 * 100.0).floor() / 100.0;
    let colours = code.to_colors();
    let dark = |row: usize, column: usize| column < width && colours[row * width + column] == Color::Dark;
    // Runs of dark modules; one that has the same run above it makes that one taller.
    let mut blocks: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for row in 0..width {
        let mut column = 0;
        while column < width {
            let run = column..(column..=width).find(|column| !dark(row, *column)).unwrap_or(width);
            if !run.is_empty() {
                match blocks.iter_mut().find(|(rows, columns)| rows.end == row && *columns == run) {
                    Some((rows, _)) => rows.end = row + 1,
                    None => blocks.push((row..row + 1, run.clone())),
                }
            }
            column = run.end.max(column + 1);
        }
    }
    let block = |(rows, columns): (Range<usize>, Range<usize>)| Item::Block {
        x: x + columns.start as f32 * module,
        y: y + (width - rows.end) as f32 * module,
        width: columns.len() as f32 * module,
        height: rows.len() as f32 * module,
    };
    blocks.into_iter().map(block).collect()
}
