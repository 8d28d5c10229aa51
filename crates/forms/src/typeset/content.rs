//! A page's items as a PDF's operators: watermarks, then rules, then texts, then codes and pictures, and what holds for several of them said once.

use super::{Item, Page, face::Face, font::Font, line::Glyph, page::RISE};
use std::collections::BTreeMap;

/// What draws a page. Fonts are called by their faces' names, codes Q0, Q1 … as they come, pictures by their content.
pub fn operators(page: &Page, fonts: &BTreeMap<Face, Font>) -> Vec<u8> {
    let mut bytes = Vec::new();
    watermarks(&mut bytes, &page.items, fonts);
    rules(&mut bytes, &page.items);
    let mut pen = Pen { bytes: &mut bytes, spacing: 0, font: None };
    for item in &page.items {
        if let Item::Text { x, y, size, spacing, glyphs } = item {
            // A text object of its own, so that no place is a sum of others.
            pen.bytes.extend(b"BT ");
            put(pen.bytes, &[place(*x), place(*y)]);
            pen.bytes.extend(b"Td");
            pen.space(fine(*spacing));
            pen.write(glyphs, fine(*size), fonts);
            pen.bytes.extend(b"ET\n");
        }
    }
    let codes = page.items.iter().filter_map(|item| match item {
        Item::Code { x, y, module, .. } => Some((x, y, module)),
        _ => None,
    });
    for (i, (x, y, module)) in codes.enumerate() {
        let module = fine(*module);
        bytes.extend(b"q ");
        put(&mut bytes, &[module, 0, 0, module, place(*x), place(*y)]);
        bytes.extend(format!("cm/Q{i} Do Q\n").bytes());
    }
    for item in &page.items {
        if let Item::Picture { x, y, width, height, picture } = item {
            bytes.extend(b"q ");
            put(&mut bytes, &[fine(*width), 0, 0, fine(*height), place(*x), place(*y)]);
            bytes.extend(format!("cm/{} Do Q\n", picture.name()).bytes());
        }
    }
    bytes
}

/// Each in a graphics state of its own, so that what follows is black and level.
fn watermarks(bytes: &mut Vec<u8>, items: &[Item], fonts: &BTreeMap<Face, Font>) {
    for item in items {
        let Item::Watermark { x, y, size, glyphs } = item else { continue };
        bytes.extend(b"q .86 g BT ");
        let (rise, run) = (fine(RISE.0), fine(RISE.1));
        put(bytes, &[run, rise, -rise, run, place(*x), place(*y)]);
        bytes.extend(b"Tm");
        Pen { bytes, spacing: 0, font: None }.write(glyphs, fine(*size), fonts);
        bytes.extend(b"ET Q\n");
    }
}

/// Each rule is a path of its own: only such ones does a screen's reader put on whole dots.
fn rules(bytes: &mut Vec<u8>, items: &[Item]) {
    let mut kind = None;
    for item in items {
        let Item::Rule { from, to, weight, dashed } = item else { continue };
        let its = Some((fine(*weight), *dashed));
        if kind != its {
            put(bytes, &[fine(*weight)]);
            bytes.extend(if *dashed { &b"w[4 3]0 d\n"[..] } else { b"w[]0 d\n" });
            kind = its;
        }
        put(bytes, &[place(from.0), place(from.1)]);
        bytes.extend(b"m ");
        put(bytes, &[place(to.0), place(to.1)]);
        bytes.extend(b"l S\n");
    }
}

/// What has been said already of how to write.
struct Pen<'a> {
    bytes: &'a mut Vec<u8>,
    spacing: i64,
    font: Option<(Face, i64)>,
}

impl Pen<'_> {
    fn space(&mut self, spacing: i64) {
        if self.spacing != spacing {
            self.bytes.push(b' ');
            put(self.bytes, &[spacing]);
            self.bytes.extend(b"Tc");
            self.spacing = spacing;
        }
    }

    fn write(&mut self, glyphs: &[Glyph], size: i64, fonts: &BTreeMap<Face, Font>) {
        for run in glyphs.chunk_by(|one, next| one.face == next.face) {
            let face = run[0].face;
            let Some(font) = fonts.get(&face) else { continue };
            if self.font != Some((face, size)) {
                self.bytes.extend(format!("/{face:?} ").bytes());
                put(self.bytes, &[size]);
                self.bytes.extend(b"Tf");
                self.font = Some((face, size));
            }
            self.bytes.push(b'(');
            for byte in run.iter().flat_map(|glyph| font.code(glyph.char).to_be_bytes()) {
                match byte {
                    // A reader takes a bare one for the end of a line.
                    b'\r' => self.bytes.extend(b"\\r"),
                    b'(' | b')' | b'\\' => self.bytes.extend([b'\\', byte]),
                    _ => self.bytes.push(byte),
                }
            }
            self.bytes.extend(b")Tj ");
        }
    }
}

/// In millionths of a point, to a hundredth: a twentieth of what a printer can place, and numbers stay short.
fn place(length: f32) -> i64 {
    (length * 100.0).round() as i64 * 10_000
}

/// In millionths of a point: what adds up over a line.
fn fine(length: f32) -> i64 {
    (f64::from(length) * 1_000_000.0).round() as i64
}

/// Millionths as decimal numbers, a space after each.
fn put(bytes: &mut Vec<u8>, numbers: &[i64]) {
    for number in numbers {
        if *number < 0 {
            bytes.push(b'-');
        }
        let (whole, mut rest) = (number.unsigned_abs() / 1_000_000, number.unsigned_abs() % 1_000_000);
        if whole > 0 || rest == 0 {
            bytes.extend(whole.to_string().bytes());
        }
        if rest > 0 {
            bytes.push(b'.');
        }
        while rest > 0 {
            bytes.push(b'0' + (rest / 100_000) as u8);
            rest = rest % 100_000 * 10;
        }
        bytes.push(b' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_as_short_as_they_can_be() {
        let mut bytes = Vec::new();
        put(&mut bytes, &[place(62.36), place(-0.5), place(0.004), fine(10.5), fine(0.123_4), place(700.0)]);
        assert_eq!(String::from_utf8(bytes).unwrap(), "62.36 -.5 0 10.5 .1234 700 ");
    }
}
