//! QR codes as filled rectangles: sharp at any size, and no picture that a printer could smear.

use super::Item;
use qrcode::{Color, EcLevel, QrCode};
use std::{cell::RefCell, ops::Range, rc::Rc};

thread_local! {
    /// All parts of a paper have one code, and choosing its mask takes longer than all else of a page.
    static LAST: RefCell<Option<(String, Rc<Code>)>> = const { RefCell::new(None) };
}

/// The modules on a side, and the dark ones: rows and columns from the top left corner.
struct Code {
    width: usize,
    blocks: Vec<(Range<usize>, Range<usize>)>,
}

/// A square of a size in points; empty if the payload is too long for a code, which none of ours is.
pub fn blocks(payload: &str, x: f32, y: f32, size: f32) -> Vec<Item> {
    let last = LAST.with_borrow(|last| last.clone()).filter(|(text, _)| text == payload);
    let code = match last {
        Some((_, code)) => code,
        None => {
            let Some(code) = encode(payload).map(Rc::new) else { return Vec::new() };
            LAST.set(Some((payload.to_owned(), code.clone())));
            code
        }
    };
    // Whole hundredths, so that every module has the same size in the file, too.
    let module = (size / code.width as f32 * 100.0).floor() / 100.0;
    let block = |(rows, columns): &(Range<usize>, Range<usize>)| Item::Block {
        x: x + columns.start as f32 * module,
        y: y + (code.width - rows.end) as f32 * module,
        width: columns.len() as f32 * module,
        height: rows.len() as f32 * module,
    };
    code.blocks.iter().map(block).collect()
}

fn encode(payload: &str) -> Option<Code> {
    let code = QrCode::with_error_correction_level(payload.as_bytes(), EcLevel::M).ok()?;
    let width = code.width();
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
    Some(Code { width, blocks })
}
