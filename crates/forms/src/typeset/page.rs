//! A laid-out document: what lies where.

use super::line::Glyph;

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
    /// A filled rectangle.
    Block {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
    },
}

impl Item {
    pub(super) fn moved(mut self, dx: f32, dy: f32) -> Self {
        match &mut self {
            Self::Text { x, y, .. } | Self::Block { x, y, .. } => {
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

impl Layout {
    /// Two pages of half the height as one page, with a line to cut along.
    pub fn paired(upper: Page, lower: Page, width: f32, half: f32) -> Self {
        let mut items: Vec<Item> = upper.items.into_iter().map(|item| item.moved(0.0, half)).collect();
        items.extend(lower.items);
        let edge = super::mm(8.0);
        items.push(Item::Rule { from: (edge, half), to: (width - edge, half), weight: 0.5, dashed: true });
        Self { width, height: half * 2.0, pages: vec![Page { items }] }
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
