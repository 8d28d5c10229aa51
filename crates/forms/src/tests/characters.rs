//! All Han characters of GB 18030-2022, level 3: every name in China can be printed.

use super::{FACES, read_back};
use crate::{
    covers,
    typeset::{Face, Sheet, Style, mm},
};
use proptest::prelude::*;
use std::ops::RangeInclusive;

/// By block: the unified ideographs, extensions A to F, and the twelve among the compatibility ideographs that are unified.
const BLOCKS: [RangeInclusive<u32>; 15] = [
    0x4E00..=0x9FEF,
    0x3400..=0x4DB5,
    0x20000..=0x2A6D6,
    0x2A700..=0x2B734,
    0x2B740..=0x2B81D,
    0x2B820..=0x2CEA1,
    0x2CEB0..=0x2EBE0,
    0xFA0E..=0xFA0F,
    0xFA11..=0xFA11,
    0xFA13..=0xFA14,
    0xFA1F..=0xFA1F,
    0xFA21..=0xFA21,
    0xFA23..=0xFA24,
    0xFA27..=0xFA28,
    0xFA29..=0xFA29,
];

#[test]
fn each_has_a_glyph() {
    let all: String = BLOCKS.into_iter().flatten().filter_map(char::from_u32).collect();
    assert_eq!(all.chars().count(), 87_887);
    assert_eq!(covers(&all, &FACES), []);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    /// Twenty of each block come back from the PDF as they were.
    #[test]
    fn some_of_each_block_are_read_back(seed in any::<u32>()) {
        let mut text = String::new();
        for (i, block) in BLOCKS.into_iter().enumerate() {
            let (first, last) = (*block.start(), *block.end());
            for n in 0..20u32 {
                let at = seed.wrapping_mul(2_654_435_761).wrapping_add(n * 40_503 + i as u32 * 97) % (last - first + 1);
                text.extend(char::from_u32(first + at));
            }
        }
        let mut sheet = Sheet::new(&FACES, mm(210.0), mm(297.0), mm(22.0), mm(20.0));
        sheet.flush(&text, Style::new(Face::Song, 12.0)).unwrap();
        let layout = sheet.finish(|_, _, _| Ok(())).unwrap();
        let read: String = read_back(&layout).split_whitespace().collect();
        prop_assert_eq!(read, text);
    }

    /// A name is set in one face, or in the two halves of one design, whatever characters it has.
    #[test]
    fn a_name_is_set_in_one_face(block in 0usize..7, at in any::<u32>()) {
        let (first, last) = (*BLOCKS[block].start(), *BLOCKS[block].end());
        let rare = char::from_u32(first + at % (last - first + 1)).unwrap();
        let faces = &*FACES;
        let glyphs = crate::typeset::shape(faces, &format!("王{rare}"), Style::new(Face::Song, 12.0).name());
        let glyphs = glyphs.unwrap();
        let faces: Vec<Face> = glyphs.iter().map(|glyph| glyph.face).collect();
        let one_design = [Face::RareBasic, Face::Rare];
        prop_assert!(faces[0] == faces[1] || faces.iter().all(|face| one_design.contains(face)), "{:?}", glyphs);
    }
}
