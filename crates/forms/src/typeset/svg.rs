//! The laid-out document as pictures: the very glyphs and positions of the PDF, for any webview.

use super::{Faces, Item, Layout, Page, face::Face, line::Glyph, page::RISE};
use std::{collections::BTreeSet, fmt::Write};
use ttf_parser::{GlyphId, OutlineBuilder};

/// One standalone SVG document a page, sized in millimetres.
pub fn render(layout: &Layout, faces: &Faces) -> Vec<String> {
    layout.pages.iter().map(|page| draw(page, layout, faces)).collect()
}

fn draw(page: &Page, layout: &Layout, faces: &Faces) -> String {
    let (width, height) = (layout.width, layout.height);
    let millimetres = |points: f32| points * 25.4 / 72.0;
    let mut shapes = String::new();
    let mut used = BTreeSet::new();
    for item in &page.items {
        match item {
            Item::Text { x, y, size, spacing, glyphs } => {
                add_glyphs(&mut shapes, &mut used, faces, glyphs, (*x, height - y), (*size, *spacing));
            }
            Item::Watermark { x, y, size, glyphs } => {
                let ((rise, run), (x, y)) = (RISE, (x, height - y));
                add(
                    &mut shapes,
                    format_args!(
                        "<g fill=\"#dbdbdb\" transform=\"matrix({run} -{rise} {rise} {run} {x:.2} {y:.2})\">"
                    ),
                );
                add_glyphs(&mut shapes, &mut used, faces, glyphs, (0.0, 0.0), (*size, 0.0));
                add(&mut shapes, format_args!("</g>"));
            }
            Item::Rule { from, to, weight, dashed } => {
                let dashes = if *dashed { " stroke-dasharray=\"4 3\"" } else { "" };
                add(
                    &mut shapes,
                    format_args!(
                        "<path d=\"M{:.2} {:.2}L{:.2} {:.2}\" stroke=\"#000\" stroke-width=\"{weight}\"{dashes}/>",
                        from.0,
                        height - from.1,
                        to.0,
                        height - to.1
                    ),
                );
            }
            Item::Code { x, y, module, code } => {
                let top = height - y - module * code.width as f32;
                add(
                    &mut shapes,
                    format_args!("<path transform=\"translate({x:.2} {top:.2}) scale({module:.2})\" d=\""),
                );
                for (rows, columns) in &code.blocks {
                    let (left, top, width, tall) = (columns.start, rows.start, columns.len(), rows.len());
                    add(&mut shapes, format_args!("M{left} {top}h{width}v{tall}h-{width}z"));
                }
                add(&mut shapes, format_args!("\"/>"));
            }
            Item::Picture { x, y, width, height: tall, picture } => add(
                &mut shapes,
                format_args!(
                    "<image x=\"{x:.2}\" y=\"{:.2}\" width=\"{width:.2}\" height=\"{tall:.2}\" href=\"{}\"/>",
                    height - y - tall,
                    picture.data_url()
                ),
            ),
        }
    }
    let mut definitions = String::new();
    for (face, id) in used {
        let mut path = Path::default();
        if let Some(parsed) = faces.parsed(face) {
            parsed.outline_glyph(GlyphId(id), &mut path);
        }
        add(&mut definitions, format_args!("<path id=\"{}\" d=\"{}\"/>", name(face, id), path.0));
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{:.1}mm\" height=\"{:.1}mm\" viewBox=\"0 0 {width:.2} {height:.2}\">\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><defs>{definitions}</defs>{shapes}</svg>",
        millimetres(width),
        millimetres(height)
    )
}

/// A line of glyphs from a place on, downwards from the top.
fn add_glyphs(
    shapes: &mut String,
    used: &mut BTreeSet<(Face, u16)>,
    faces: &Faces,
    glyphs: &[Glyph],
    (mut x, y): (f32, f32),
    (size, spacing): (f32, f32),
) {
    for glyph in glyphs {
        if let Some((id, scale)) = outline_id(faces, glyph.face, glyph.char, size) {
            used.insert((glyph.face, id));
            add(
                shapes,
                format_args!(
                    "<use href=\"#{}\" transform=\"translate({x:.2} {y:.2}) scale({scale:.5} -{scale:.5})\"/>",
                    name(glyph.face, id),
                ),
            );
        }
        x += glyph.advance + spacing;
    }
}

fn outline_id(faces: &Faces, face: Face, char: char, size: f32) -> Option<(u16, f32)> {
    let parsed = faces.parsed(face)?;
    Some((parsed.glyph_index(char)?.0, size / f32::from(parsed.units_per_em())))
}

fn name(face: Face, id: u16) -> String {
    format!("{face:?}{id}")
}

/// Writing to a string can't fail.
fn add(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    let _ = text.write_fmt(arguments);
}

#[derive(Default)]
struct Path(String);

impl OutlineBuilder for Path {
    fn move_to(&mut self, x: f32, y: f32) {
        add(&mut self.0, format_args!("M{x} {y}"));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        add(&mut self.0, format_args!("L{x} {y}"));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        add(&mut self.0, format_args!("Q{x1} {y1} {x} {y}"));
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        add(&mut self.0, format_args!("C{x1} {y1} {x2} {y2} {x} {y}"));
    }

    fn close(&mut self) {
        self.0.push('Z');
    }
}
