//! The characters that a document uses of a face, embedded in a PDF as a font of its own. A code in a text is a character's
//! place among them, so that it can be searched and copied by what it means, whichever glyph shows it.

use super::{
    cff::{FULL, Program},
    face::{Face, Faces},
    pdf::File,
};
use lopdf::{Dictionary, Object, ObjectId, dictionary};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};
use ttf_parser::GlyphId;

/// A font of the document, and how it is told what to show.
pub struct Font {
    pub id: ObjectId,
    codes: BTreeMap<char, u16>,
}

impl Font {
    /// What shows a character; 0, which shows an empty box, for one that the font was made without.
    pub fn code(&self, char: char) -> u16 {
        self.codes.get(&char).copied().unwrap_or(0)
    }
}

/// Embeds some characters of a face. Loading has shown that the font is sound.
pub fn embed(
    file: &mut File,
    faces: &Faces,
    face: Face,
    characters: &BTreeSet<char>,
    name: &str,
) -> Option<Font> {
    let parsed = faces.parsed(face)?;
    let scale = |units: i16| thousandths(f32::from(units), parsed);
    let shown: Vec<(char, GlyphId)> =
        characters.iter().filter_map(|char| Some((*char, parsed.glyph_index(*char)?))).collect();
    let glyphs: Vec<GlyphId> =
        std::iter::once(GlyphId(0)).chain(shown.iter().map(|(_, glyph)| *glyph)).collect();
    let widths: Vec<u16> = glyphs.iter().map(|glyph| width(parsed, *glyph)).collect();
    let bounds = parsed.global_bounding_box();
    let bounds = [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(scale);
    let mut descendant = dictionary! {
        "Type" => "Font",
        "Subtype" => "CIDFontType0",
        "BaseFont" => Object::Name(name.into()),
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::string_literal("Adobe"),
            "Ordering" => Object::string_literal("Identity"),
            "Supplement" => 0,
        },
        "DW" => i64::from(FULL),
        "W" => narrow(&widths),
    };
    let mut descriptor = dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => Object::Name(name.into()),
        // Symbolic: no alphabet of its own.
        "Flags" => 4,
        "FontBBox" => bounds.map(|edge| Object::from(i64::from(edge))).to_vec(),
        "ItalicAngle" => 0,
        "Ascent" => i64::from(scale(parsed.ascender())),
        "Descent" => i64::from(scale(parsed.descender())),
        "CapHeight" => i64::from(scale(parsed.capital_height().unwrap_or(parsed.ascender()))),
        // No table tells it; what others take for a weight.
        "StemV" => 50 + (i64::from(parsed.weight().to_number()) / 65).pow(2),
    };
    let told = glyphs.iter().zip(widths).map(|(glyph, width)| (width, faces.charstring(face, *glyph)));
    let program = Program { name, bounds, glyphs: told.collect() }.bytes();
    descriptor.set("FontFile3", file.add_stream(dictionary! { "Subtype" => "CIDFontType0C" }, program));
    descendant.set("FontDescriptor", file.document.add_object(descriptor));
    let means = file.add_stream(Dictionary::new(), meanings(&shown).into_bytes());
    let id = file.document.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "Type0",
        "BaseFont" => Object::Name(name.into()),
        "Encoding" => "Identity-H",
        "DescendantFonts" => vec![Object::from(descendant)],
        "ToUnicode" => means,
    });
    let codes = shown.iter().zip(1..).map(|((char, _), code)| (*char, code)).collect();
    Some(Font { id, codes })
}

fn thousandths(units: f32, parsed: &ttf_parser::Face<'_>) -> i16 {
    (units * 1_000.0 / f32::from(parsed.units_per_em())).round() as i16
}

fn width(parsed: &ttf_parser::Face<'_>, glyph: GlyphId) -> u16 {
    let units = parsed.glyph_hor_advance(glyph).unwrap_or(parsed.units_per_em());
    thousandths(f32::from(units), parsed).unsigned_abs()
}

/// The widths of those that aren't as wide as a Chinese character, by the code where a row of them begins.
fn narrow(widths: &[u16]) -> Vec<Object> {
    let mut code = 0;
    let mut array = Vec::new();
    for row in widths.chunk_by(|one, next| (*one == FULL) == (*next == FULL)) {
        if row[0] != FULL {
            let row: Vec<Object> = row.iter().map(|width| i64::from(*width).into()).collect();
            array.extend([Object::from(code), row.into()]);
        }
        code += row.len() as i64;
    }
    array
}

/// Which character a code means (ToUnicode, ISO 32000-1, 9.10.3).
fn meanings(shown: &[(char, GlyphId)]) -> String {
    let mut map = "/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n\
        /CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n\
        /CMapName/Adobe-Identity-UCS def/CMapType 2 def\n\
        1 begincodespacerange<0000><FFFF>endcodespacerange\n"
        .to_owned();
    let codes: Vec<(u16, char)> = (1..).zip(shown.iter().map(|(char, _)| *char)).collect();
    // Within a range the first byte stays the same.
    for range in codes.chunk_by(|one, next| one.0 >> 8 == next.0 >> 8) {
        let (first, last) = (range[0].0, range[range.len() - 1].0);
        let mut units = [0; 2];
        let _ = write!(map, "1 beginbfrange<{first:04X}><{last:04X}>[");
        for (_, char) in range {
            map.push('<');
            char.encode_utf16(&mut units).iter().for_each(|unit| _ = write!(map, "{unit:04X}"));
            map.push('>');
        }
        map.push_str("]endbfrange\n");
    }
    map.push_str("endcmap CMapName currentdict/CMap defineresource pop end end");
    map
}
