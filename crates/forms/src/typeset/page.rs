//! A laid-out document: what lies where.

use super::{
    Face, Faces, FormError, Style,
    line::{Glyph, shape},
    picture::Picture,
    qr::Code,
};
use std::sync::Arc;

/// Pages of one paper size.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Points.
    pub width: f32,
    pub height: f32,
    pub pages: Vec<Page>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    pub items: Vec<Item>,
    /// What a reader's list of contents calls what begins here (PDF outline).
    pub bookmark: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A line of text on its baseline; `spacing` is added after each glyph.
    Text {
        x: f32,
        y: f32,
        size: f32,
        spacing: f32,
        glyphs: Vec<Glyph>,
    },
    Rule {
        from: (f32, f32),
        to: (f32, f32),
        weight: f32,
        dashed: bool,
    },
    /// A QR code by its lower left corner and the size of a module.
    Code {
        x: f32,
        y: f32,
        module: f32,
        code: Arc<Code>,
    },
    /// From its lower left corner.
    Picture {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        picture: Picture,
    },
    /// Large and pale under everything else, rising to the right; from its lower left corner.
    Watermark {
        x: f32,
        y: f32,
        size: f32,
        glyphs: Vec<Glyph>,
    },
}

/// How steep a watermark rises: its sine and cosine.
pub(super) const RISE: (f32, f32) = (0.5, 0.866_025_4);

impl Item {
    pub(super) fn moved(mut self, dx: f32, dy: f32) -> Self {
        match &mut self {
            Self::Text { x, y, .. }
            | Self::Code { x, y, .. }
            | Self::Picture { x, y, .. }
            | Self::Watermark { x, y, .. } => {
                *x += dx;
                *y += dy;
            }
            Self::Rule { from, to, .. } => {
                for point in [from, to] {
                    point.0 += dx;
                    point.1 += dy;
                }
            }
        }
        self
    }
}

impl Page {
    /// Two pages side by side, with a line to fold along between them.
    pub fn beside(self, right: Self, width: f32, height: f32) -> Self {
        let mut items = self.items;
        items.push(Item::Rule { from: (width, 0.0), to: (width, height), weight: 0.4, dashed: true });
        items.extend(right.items.into_iter().map(|item| item.moved(width, 0.0)));
        Self { items, ..self }
    }
}

impl Layout {
    /// Two pages of half the height as one page, with a line to cut along.
    pub fn paired(upper: Page, lower: Page, width: f32, half: f32) -> Self {
        let mut items: Vec<Item> = upper.items.into_iter().map(|item| item.moved(0.0, half)).collect();
        items.extend(lower.items);
        let edge = super::mm(8.0);
        items.push(Item::Rule { from: (edge, half), to: (width - edge, half), weight: 0.5, dashed: true });
        Self { width, height: half * 2.0, pages: vec![Page { items, bookmark: None }] }
    }

    /// Small pages of one size, one below the other in the middle of larger ones (拼版), with marks in the margin to cut along.
    pub fn gathered(small: Vec<Page>, (width, height): (f32, f32), (sheet, tall): (f32, f32)) -> Self {
        let rows = ((tall / height) as usize).max(1);
        let (left, foot) = ((sheet - width) / 2.0, (tall - height * rows as f32) / 2.0);
        let mark = |from, to| Item::Rule { from, to, weight: 0.4, dashed: false };
        let (near, far) = (super::mm(1.5), super::mm(6.0));
        let mut pages = Vec::new();
        let mut small = small.into_iter().peekable();
        while small.peek().is_some() {
            let mut page = Page::default();
            let mut bottom = foot + height * rows as f32;
            let top = bottom;
            let across = |y: f32| {
                let right = left + width;
                [mark((left - far, y), (left - near, y)), mark((right + near, y), (right + far, y))]
            };
            page.items.extend(across(top));
            for one in small.by_ref().take(rows) {
                bottom -= height;
                page.items.extend(one.items.into_iter().map(|item| item.moved(left, bottom)));
                page.items.extend(across(bottom));
            }
            for x in [left, left + width] {
                page.items.push(mark((x, top + near), (x, top + far)));
                page.items.push(mark((x, bottom - near), (x, bottom - far)));
            }
            pages.push(page);
        }
        Self { width: sheet, height: tall, pages }
    }

    /// The same with a word under the text of each page, once in its upper and once in its lower half: cut in two, both say it.
    pub fn watermarked(mut self, word: &str, faces: &Faces) -> Result<Self, FormError> {
        let size = self.width.min(self.height) / 5.0;
        let glyphs = shape(faces, word, Style::new(Face::Hei, size))?;
        let length: f32 = glyphs.iter().map(|glyph| glyph.advance).sum();
        let (rise, run) = (length * RISE.0, length * RISE.1);
        for page in &mut self.pages {
            let marks = [0.25, 0.75].map(|part| Item::Watermark {
                x: (self.width - run) / 2.0,
                y: self.height * part - rise / 2.0,
                size,
                glyphs: glyphs.clone(),
            });
            page.items.splice(0..0, marks);
        }
        Ok(self)
    }

    /// The text, line by line from the top, for tests and for looking things over.
    pub fn text(&self) -> String {
        let mut lines = Vec::new();
        for page in &self.pages {
            let mut on_page: Vec<(i32, i32, String)> = page
                .items
                .iter()
                .filter_map(|item| match item {
                    Item::Text { x, y, glyphs, .. } => {
                        let text = glyphs.iter().map(|glyph| glyph.char).collect();
                        Some((-(y.round() as i32), x.round() as i32, text))
                    }
                    _ => None,
                })
                .collect();
            on_page.sort();
            lines.extend(on_page.into_iter().map(|(_, _, text)| text));
        }
        lines.join("\n")
    }
}
