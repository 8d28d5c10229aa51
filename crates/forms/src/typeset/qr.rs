//! QR codes as paths: sharp at any size, and no picture that a printer could smear.

use super::Item;
use qrcode::{
    Color, EcLevel, bits,
    canvas::{Canvas, MaskPattern},
    ec,
};
use std::{cell::RefCell, ops::Range, sync::Arc};

thread_local! {
    /// All parts of a paper have one code.
    static LAST: RefCell<Option<(String, Arc<Code>)>> = const { RefCell::new(None) };
}

/// The modules on a side, and the dark ones in blocks: rows and columns from the top left corner.
#[derive(Debug, PartialEq)]
pub struct Code {
    pub width: usize,
    pub blocks: Vec<(Range<usize>, Range<usize>)>,
}

/// A square of a size in points by its lower left corner; nothing if the payload is too long for a code, which none of ours is.
pub fn square(payload: &str, x: f32, y: f32, size: f32) -> Option<Item> {
    let last = LAST.with_borrow(|last| last.clone()).filter(|(text, _)| text == payload);
    let code = match last {
        Some((_, code)) => code,
        None => {
            let code = Arc::new(Modules::of(payload)?.code());
            LAST.set(Some((payload.to_owned(), code.clone())));
            code
        }
    };
    // Whole hundredths, so that every module has the same size in the file, too.
    let module = (size / code.width as f32 * 100.0).floor() / 100.0;
    Some(Item::Code { x, y, module, code })
}

/// Rows from the top and columns from the left, a bit for a dark module.
struct Modules {
    rows: Vec<u128>,
    columns: Vec<u128>,
}

const MASKS: [MaskPattern; 8] = [
    MaskPattern::Checkerboard,
    MaskPattern::HorizontalLines,
    MaskPattern::VerticalLines,
    MaskPattern::DiagonalLines,
    MaskPattern::LargeCheckerboard,
    MaskPattern::Fields,
    MaskPattern::Diamonds,
    MaskPattern::Meadow,
];

impl Modules {
    fn of(payload: &str) -> Option<Self> {
        let level = EcLevel::M;
        let bits = bits::encode_auto(payload.as_bytes(), level).ok()?;
        let version = bits.version();
        if version.width() as u32 > u128::BITS {
            return None;
        }
        let (data, correction) = ec::construct_codewords(&bits.into_bytes(), version, level).ok()?;
        let mut canvas = Canvas::new(version, level);
        canvas.draw_all_functional_patterns();
        canvas.draw_data(&data, &correction);
        let masked = MASKS.into_iter().map(|mask| {
            let mut canvas = canvas.clone();
            canvas.apply_mask(mask);
            Self::read(&canvas.into_colors(), version.width() as usize)
        });
        masked.min_by_key(Self::penalty)
    }

    fn read(colours: &[Color], width: usize) -> Self {
        let (mut rows, mut columns) = (vec![0; width], vec![0; width]);
        for (place, _) in colours.iter().enumerate().filter(|(_, colour)| **colour == Color::Dark) {
            let (row, column) = (place / width, place % width);
            rows[row] |= 1 << column;
            columns[column] |= 1 << row;
        }
        Self { rows, columns }
    }

    /// What speaks against a mask (ISO/IEC 18004, 7.8.3): the lowest is chosen. The library's own count takes longer than all else of a
    /// page.
    fn penalty(&self) -> u32 {
        let width = self.rows.len();
        let ones = |bits: u128| bits.count_ones();
        // A bit where a module has the colour of the next.
        let same = |line: u128| !(line ^ (line >> 1)) & ((1 << (width - 1)) - 1);
        let mut penalty = 0;
        for line in self.rows.iter().chain(&self.columns).copied() {
            let same = same(line);
            let five = same & (same >> 1) & (same >> 2) & (same >> 3);
            penalty += ones(five) + 2 * ones(five & !(five << 1));
            // What looks like a finder pattern, 1011101 with four light ones on a side.
            let dark = line & (line >> 2) & (line >> 3) & (line >> 4) & (line >> 6);
            let finder = dark & !(line >> 1) & !(line >> 5);
            let before = (line << 1) | (line << 2) | (line << 3) | (line << 4);
            let after = (line >> 7) | (line >> 8) | (line >> 9) | (line >> 10);
            penalty += 40 * ones(finder & !(before & after));
        }
        for pair in self.rows.windows(2) {
            penalty += 3 * ones(same(pair[0]) & same(pair[1]) & !(pair[0] ^ pair[1]));
        }
        let dark: u32 = self.rows.iter().copied().map(ones).sum();
        penalty + (dark as usize * 200 / (width * width)).abs_diff(100) as u32
    }

    /// Runs of dark modules; one that has the same run above it makes that one taller.
    fn code(&self) -> Code {
        let width = self.rows.len();
        let mut blocks: Vec<(Range<usize>, Range<usize>)> = Vec::new();
        // Those that end with the row above, from the left.
        let mut open: Vec<usize> = Vec::new();
        for (row, bits) in self.rows.iter().copied().enumerate() {
            let above = std::mem::take(&mut open);
            let mut column = 0;
            while column < width && bits >> column != 0 {
                column += (bits >> column).trailing_zeros() as usize;
                let run = column..column + (bits >> column).trailing_ones() as usize;
                column = run.end;
                match above.iter().find(|block| blocks[**block].1 == run) {
                    Some(block) => {
                        blocks[*block].0.end = row + 1;
                        open.push(*block);
                    }
                    None => {
                        open.push(blocks.len());
                        blocks.push((row..row + 1, run));
                    }
                }
            }
        }
        Code { width, blocks }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use qrcode::QrCode;

    proptest! {
        #[test]
        fn the_code_is_the_one_that_the_library_would_choose(payload in "[A-Z0-9 /:.-]{1,400}|[a-z:/.?=0-9]{1,200}") {
            let theirs = QrCode::with_error_correction_level(&payload, EcLevel::M).unwrap();
            let code = Modules::of(&payload).unwrap().code();
            prop_assert_eq!(code.width, theirs.width());
            let mut dark = vec![0; code.width * code.width];
            for (rows, columns) in code.blocks {
                rows.for_each(|row| columns.clone().for_each(|column| dark[row * code.width + column] += 1));
            }
            let shown: Vec<Color> = dark.iter().map(|count| [Color::Light, Color::Dark][*count]).collect();
            prop_assert_eq!(shown, theirs.to_colors());
        }
    }
}
