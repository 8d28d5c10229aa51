//! The laid-out document as a PDF. The same facts give the same bytes: printpdf's clock and ids are set here.

use super::{Faces, Item, Layout, face::Face};
use allsorts::{
    binary::read::ReadScope,
    font_data::FontData,
    subset::{CmapTarget, SubsetProfile, subset},
};
use jiff::civil::Date;
use printpdf::{
    FontId, Line, LineDashPattern, LinePoint, Mm, OffsetDateTime, Op, PaintMode, ParsedFont, PdfDocument,
    PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Point, Pt, Rect, TextItem,
};
use std::collections::{BTreeMap, BTreeSet};

/// What a PDF says about itself.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    pub title: &'a str,
    /// The issuing unit.
    pub author: &'a str,
    pub on: Date,
}

/// The bytes of a PDF with its fonts subset and embedded; its text can be searched and copied.
pub fn render(layout: &Layout, faces: &Faces, about: About<'_>) -> Vec<u8> {
    let mut document = PdfDocument::new(about.title);
    let info = &mut document.metadata.info;
    about.author.clone_into(&mut info.author);
    if let Ok(made) = OffsetDateTime::from_unix_timestamp(midnight(about.on)) {
        (info.creation_date, info.modification_date, info.metadata_date) = (made, made, made);
    }
    "代办通".clone_into(&mut info.creator);
    info.identifier = content_id(layout);
    let mut fonts = BTreeMap::new();
    for (i, (face, characters)) in used(layout).into_iter().enumerate() {
        if let Some(font) = subset_font(faces, face, &characters) {
            // Six letters and a plus mark a subset (ISO 32000-1, 9.6.4).
            let id = FontId(format!("DAIBA{}+{face:?}", char::from(b'A' + i as u8)));
            document.resources.fonts.map.insert(id.clone(), PdfFont::new(font));
            fonts.insert(face, id);
        }
    }
    let millimetres = |points: f32| Mm(points * 25.4 / 72.0);
    let pages = layout.pages.iter().map(|page| {
        let ops = page.items.iter().flat_map(|item| operations(item, &fonts)).collect();
        PdfPage::new(millimetres(layout.width), millimetres(layout.height), ops)
    });
    document.with_pages(pages.collect());
    for (i, page) in layout.pages.iter().enumerate() {
        if let Some(name) = &page.bookmark {
            document.add_bookmark(name, i + 1);
        }
    }
    let mut bytes = document.save(&PdfSaveOptions::default(), &mut Vec::new());
    fix_ids(&mut bytes, layout);
    bytes
}

/// printpdf draws the two file identifiers of the trailer anew each time; ours follow from the content.
fn fix_ids(bytes: &mut [u8], layout: &Layout) {
    const START: &[u8] = b"/ID[(";
    const LENGTH: usize = 32;
    let id: Vec<u8> = content_id(layout).bytes().cycle().take(LENGTH).collect();
    let start = bytes.windows(START.len()).rposition(|window| window == START).map(|at| at + START.len());
    for at in start.into_iter().flat_map(|start| [start, start + LENGTH + 2]) {
        if let Some(slot) = bytes.get_mut(at..at + LENGTH) {
            slot.copy_from_slice(&id);
        }
    }
}

/// Seconds since 1970 at which a day begins in China.
fn midnight(day: Date) -> i64 {
    let days = (day - jiff::civil::date(1970, 1, 1)).get_days();
    i64::from(days) * 86_400 - 8 * 3_600
}

/// To a hundredth of a point, a twentieth of what a printer can place: shorter numbers, smaller files.
fn pt(length: f32) -> Pt {
    Pt((length * 100.0).round() / 100.0)
}

fn operations(item: &Item, fonts: &BTreeMap<Face, FontId>) -> Vec<Op> {
    match item {
        Item::Text { x, y, size, spacing, glyphs } => {
            // One text object a line: its cursor moves are relative to the last.
            let mut ops = vec![
                Op::StartTextSection,
                Op::SetTextCursor { pos: Point { x: pt(*x), y: pt(*y) } },
                Op::SetCharacterSpacing { multiplier: *spacing },
            ];
            for run in glyphs.chunk_by(|one, next| one.face == next.face) {
                let Some(id) = run.first().and_then(|glyph| fonts.get(&glyph.face)) else { continue };
                let text = run.iter().map(|glyph| glyph.char).collect();
                ops.push(Op::SetFont { font: PdfFontHandle::External(id.clone()), size: Pt(*size) });
                ops.push(Op::ShowText { items: vec![TextItem::Text(text)] });
            }
            ops.push(Op::EndTextSection);
            ops
        }
        Item::Rule { from, to, weight, dashed } => {
            let point = |(x, y): (f32, f32)| LinePoint { p: Point { x: pt(x), y: pt(y) }, bezier: false };
            let dash = if *dashed {
                LineDashPattern { offset: 0.0, pattern: [4.0, 3.0].into_iter().collect() }
            } else {
                LineDashPattern::default()
            };
            vec![
                Op::SetLineDashPattern { dash },
                Op::SetOutlineThickness { pt: Pt(*weight) },
                Op::DrawLine { line: Line { points: vec![point(*from), point(*to)], is_closed: false } },
            ]
        }
        Item::Block { x, y, width, height } => {
            let mut rectangle = Rect::from_xywh(pt(*x), pt(*y), pt(*width), pt(*height));
            rectangle.mode = Some(PaintMode::Fill);
            vec![Op::DrawRectangle { rectangle }]
        }
    }
}

fn used(layout: &Layout) -> BTreeMap<Face, BTreeSet<char>> {
    let mut used: BTreeMap<Face, BTreeSet<char>> = BTreeMap::new();
    for item in layout.pages.iter().flat_map(|page| &page.items) {
        if let Item::Text { glyphs, .. } = item {
            for glyph in glyphs {
                used.entry(glyph.face).or_default().insert(glyph.char);
            }
        }
    }
    used
}

/// The glyphs of some characters as a font of their own. Loading has shown that the font is sound.
fn subset_font(faces: &Faces, face: Face, characters: &BTreeSet<char>) -> Option<ParsedFont> {
    let parsed = faces.parsed(face)?;
    let wanted = characters.iter().filter_map(|c| parsed.glyph_index(*c)).map(|glyph| glyph.0);
    let glyphs: BTreeSet<u16> = std::iter::once(0).chain(wanted).collect();
    let glyphs: Vec<u16> = glyphs.into_iter().collect();
    let (data, index) = faces.data(face)?;
    let font = ReadScope::new(data).read::<FontData<'_>>().ok()?;
    let tables = font.table_provider(index as usize).ok()?;
    let bytes = subset(&tables, &glyphs, &SubsetProfile::Pdf, CmapTarget::Unicode).ok()?;
    ParsedFont::from_bytes(&bytes, 0, &mut Vec::new())
}

/// The same content has the same id: FNV-1a over the text.
fn content_id(layout: &Layout) -> String {
    let hash = layout.text().bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
