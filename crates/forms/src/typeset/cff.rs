//! Outlines as the smallest font program that a PDF can embed: a bare CFF table (Adobe Technical Note #5176), keyed by CIDs that
//! are the glyphs' own numbers, without a font's other tables, names, hints and subroutines.

use super::charstring::put_number;
use std::sync::Arc;

/// Of what is written: thousandths of an em.
pub struct Program<'a> {
    pub name: &'a str,
    /// What all glyphs of the font lie within: left, foot, right, top.
    pub bounds: [i16; 4],
    /// Width and charstring of each, the one for what is missing (.notdef) first.
    pub glyphs: Vec<(u16, Arc<[u8]>)>,
}

/// The width that needn't be said, a Chinese character's.
pub const FULL: u16 = 1_000;

/// The first two strings of a font's own (SID).
const REGISTRY: i32 = 391;
const ORDERING: i32 = 392;

impl Program<'_> {
    pub fn bytes(&self) -> Vec<u8> {
        let count = self.glyphs.len() as u16;
        let mut charset = Vec::new();
        match count.checked_sub(2) {
            // One range of CIDs that follow each other, from 1; .notdef is understood.
            Some(more) => {
                charset.extend([2, 0, 1]);
                charset.extend(more.to_be_bytes());
            }
            None => charset.push(0),
        }
        let mut choice = vec![3, 0, 1, 0, 0, 0];
        choice.extend(count.to_be_bytes());
        let charstrings = index(self.glyphs.iter().map(|(width, charstring)| {
            let mut bytes = Vec::with_capacity(charstring.len() + 3);
            if *width != FULL {
                put_number(&mut bytes, i32::from(*width));
            }
            bytes.extend_from_slice(charstring);
            bytes
        }));
        let mut private = Vec::new();
        entry(&mut private, &[i32::from(FULL)], &[20]);

        let mut bytes = vec![1, 0, 4, 4];
        bytes.extend(index([self.name.as_bytes().to_vec()]));
        let strings = index([b"Adobe".to_vec(), b"Identity".to_vec()]);
        // Places are told in five bytes whatever they are, so that their number doesn't depend on them.
        let length = index([self.top([0; 4])]).len();
        let no_subroutines = [0, 0];
        let charset_at = bytes.len() + length + strings.len() + no_subroutines.len();
        let choice_at = charset_at + charset.len();
        let charstrings_at = choice_at + choice.len();
        let private_at = charstrings_at + charstrings.len();
        let mut font = Vec::new();
        put_number(&mut font, private.len() as i32);
        place(&mut font, private_at, &[18]);
        let fonts_at = private_at + private.len();
        bytes.extend(index([self.top([charset_at, choice_at, charstrings_at, fonts_at])]));
        bytes.extend(strings);
        bytes.extend(no_subroutines);
        for part in [charset, choice, charstrings, private, index([font])] {
            bytes.extend(part);
        }
        bytes
    }

    fn top(&self, [charset, choice, charstrings, fonts]: [usize; 4]) -> Vec<u8> {
        let mut bytes = Vec::new();
        entry(&mut bytes, &[REGISTRY, ORDERING, 0], &[12, 30]);
        entry(&mut bytes, &self.bounds.map(i32::from), &[5]);
        entry(&mut bytes, &[self.glyphs.len() as i32], &[12, 34]);
        place(&mut bytes, charset, &[15]);
        place(&mut bytes, choice, &[12, 37]);
        place(&mut bytes, charstrings, &[17]);
        place(&mut bytes, fonts, &[12, 36]);
        bytes
    }
}

fn entry(bytes: &mut Vec<u8>, numbers: &[i32], operator: &[u8]) {
    numbers.iter().for_each(|number| put_number(bytes, *number));
    bytes.extend(operator);
}

/// An entry of a dictionary that says where in the table something lies.
fn place(bytes: &mut Vec<u8>, at: usize, operator: &[u8]) {
    bytes.push(29);
    bytes.extend((at as u32).to_be_bytes());
    bytes.extend(operator);
}

/// An INDEX with at least one object.
fn index(objects: impl IntoIterator<Item = Vec<u8>>) -> Vec<u8> {
    let (mut data, mut ends) = (Vec::new(), vec![1]);
    for object in objects {
        data.extend(object);
        ends.push(data.len() + 1);
    }
    // As few bytes for an offset as the last one needs.
    let width = (1..4).find(|width| data.len() + 1 < 1 << (8 * width)).unwrap_or(4);
    let mut bytes = ((ends.len() - 1) as u16).to_be_bytes().to_vec();
    bytes.push(width as u8);
    for end in ends {
        bytes.extend(&(end as u32).to_be_bytes()[4 - width..]);
    }
    bytes.extend(data);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::{Face, Faces, charstring::Outline};
    use proptest::prelude::*;
    use ttf_parser::{GlyphId, OutlineBuilder, cff::Table};

    /// What an outline is made of, as words.
    #[derive(Default, PartialEq, Debug)]
    struct Words(Vec<(char, Vec<f32>)>);

    impl OutlineBuilder for Words {
        fn move_to(&mut self, x: f32, y: f32) {
            self.0.push(('M', vec![x, y]));
        }

        fn line_to(&mut self, x: f32, y: f32) {
            self.0.push(('L', vec![x, y]));
        }

        fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
            self.0.push(('Q', vec![x1, y1, x, y]));
        }

        fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
            self.0.push(('C', vec![x1, y1, x2, y2, x, y]));
        }

        fn close(&mut self) {
            self.0.push(('Z', Vec::new()));
        }
    }

    impl Words {
        fn say(&self, to: &mut impl OutlineBuilder) {
            for (word, at) in &self.0 {
                match (word, &at[..]) {
                    ('M', [x, y]) => to.move_to(*x, *y),
                    ('L', [x, y]) => to.line_to(*x, *y),
                    ('C', [x1, y1, x2, y2, x, y]) => to.curve_to(*x1, *y1, *x2, *y2, *x, *y),
                    _ => to.close(),
                }
            }
        }
    }

    fn program(outlines: &[Words]) -> Vec<u8> {
        let glyphs = outlines.iter().map(|words| {
            let mut outline = Outline::new(1_000);
            words.say(&mut outline);
            (FULL, outline.charstring().into())
        });
        Program { name: "TEST", bounds: [-100, -300, 1_100, 1_100], glyphs: glyphs.collect() }.bytes()
    }

    fn read_back(table: &Table<'_>, glyph: u16) -> Words {
        let mut words = Words::default();
        // An empty glyph has no bounds, which is no error.
        let _ = table.outline(GlyphId(glyph), &mut words);
        words
    }

    fn place() -> impl Strategy<Value = f32> {
        // Often the same, so that lines are straight and curves begin along an axis.
        prop_oneof![
            Just(0.0),
            Just(500.0),
            (-300i16..1_300).prop_map(f32::from),
            (-3_000i16..3_000).prop_map(f32::from)
        ]
    }

    fn contour() -> impl Strategy<Value = Vec<(char, Vec<f32>)>> {
        let segment = prop_oneof![
            prop::collection::vec(place(), 2).prop_map(|at| ('L', at)),
            prop::collection::vec(place(), 6).prop_map(|at| ('C', at)),
        ];
        (prop::collection::vec(place(), 2), prop::collection::vec(segment, 0..60)).prop_map(
            |(at, segments)| {
                let begin = ('M', at);
                std::iter::once(begin).chain(segments).chain([('Z', Vec::new())]).collect()
            },
        )
    }

    proptest! {
        #[test]
        fn whatever_is_drawn_is_drawn_again(
            glyphs in prop::collection::vec(prop::collection::vec(contour(), 0..4), 1..4)
        ) {
            let outlines: Vec<Words> = glyphs.into_iter().map(|contours| Words(contours.concat())).collect();
            let bytes = program(&outlines);
            let table = Table::parse(&bytes).unwrap();
            prop_assert_eq!(usize::from(table.number_of_glyphs()), outlines.len());
            for (glyph, words) in outlines.iter().enumerate() {
                prop_assert_eq!(&read_back(&table, glyph as u16), words);
            }
        }
    }

    #[test]
    fn the_fonts_outlines_stay_what_they_are() {
        let faces = Faces::load(&[]).unwrap();
        for face in [Face::Song, Face::SongBold, Face::Hei] {
            let parsed = faces.parsed(face).unwrap();
            let glyphs = (0..parsed.number_of_glyphs()).step_by(61);
            let outlines = glyphs.map(|glyph| {
                let mut words = Words::default();
                parsed.outline_glyph(GlyphId(glyph), &mut words);
                words
            });
            let outlines: Vec<Words> = outlines.collect();
            let bytes = program(&outlines);
            let table = Table::parse(&bytes).unwrap();
            for (glyph, words) in outlines.iter().enumerate() {
                assert_eq!(&read_back(&table, glyph as u16), words, "{face:?}");
            }
        }
    }

    #[test]
    fn a_truetype_curve_is_raised_to_a_cubic_one() {
        let mut outline = Outline::new(500);
        outline.move_to(0.0, 0.0);
        outline.quad_to(15.0, 30.0, 30.0, 0.0);
        let glyphs = vec![(FULL, outline.charstring().into())];
        let bytes = Program { name: "TEST", bounds: [0, 0, 60, 60], glyphs }.bytes();
        let curve = ('C', vec![20.0, 40.0, 40.0, 40.0, 60.0, 0.0]);
        let words = [('M', vec![0.0, 0.0]), curve, ('Z', Vec::new())];
        assert_eq!(read_back(&Table::parse(&bytes).unwrap(), 0).0, words);
    }

    #[test]
    fn a_contour_of_lines_and_curves_takes_one_operator_each() {
        let mut outline = Outline::new(1_000);
        outline.move_to(10.0, 0.0);
        outline.line_to(10.0, 20.0);
        outline.line_to(30.0, 20.0);
        outline.curve_to(40.0, 20.0, 50.0, 30.0, 50.0, 40.0);
        outline.curve_to(50.0, 50.0, 40.0, 60.0, 30.0, 60.0);
        let number = |number: i32| (number + 139) as u8;
        let told = [
            vec![number(10), 22, number(20), number(20), 7],
            [10, 10, 10, 10, 10, -10, 10, -10].map(number).to_vec(),
            vec![31, 14],
        ];
        assert_eq!(outline.charstring(), told.concat());
    }
}
