//! Filling sheets from the top: paragraphs, titles, grids, and what stands at the foot of each.

mod flow;

pub use flow::FlowStep;

use super::{
    Cell, Column, Ends, Faces, FormError, Item, Layout, Page, Row,
    line::{Glyph, Line, Style, shape, wrap},
    picture::Picture,
    qr,
};
use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Centre,
    Right,
}

/// What is kept free at each edge, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Margins {
    pub top: f32,
    pub right: f32,
    pub foot: f32,
    pub left: f32,
}

/// Sheets being filled.
pub struct Sheet<'f> {
    faces: &'f Faces,
    width: f32,
    height: f32,
    margins: Margins,
    /// Line height over type size.
    leading: f32,
    y: f32,
    pages: Vec<Page>,
}

/// What `leading` is as a rule.
const LEADING: f32 = 1.55;
/// Between a cell's border and its text.
const PADDING: f32 = 3.0;
/// Justified text is spread by at most this part of its size a glyph.
const SPREAD: f32 = 0.2;

impl<'f> Sheet<'f> {
    /// An empty sheet; all lengths in points.
    pub fn new(faces: &'f Faces, width: f32, height: f32, margin: f32, foot: f32) -> Self {
        Self::within(faces, (width, height), Margins { top: margin, right: margin, foot, left: margin })
    }

    /// An empty sheet of a width and height with a margin for each edge.
    pub fn within(faces: &'f Faces, (width, height): (f32, f32), margins: Margins) -> Self {
        let y = height - margins.top;
        Self { faces, width, height, margins, leading: LEADING, y, pages: vec![Page::default()] }
    }

    /// The same with its lines of text further apart or closer; tables stay as they are.
    pub fn leaded(self, leading: f32) -> Self {
        Self { leading, ..self }
    }

    /// Of a line of a size, from the top of its height.
    fn baseline(&self, size: f32) -> f32 {
        size * (1.15 + (self.leading - LEADING) / 2.0)
    }

    pub fn faces(&self) -> &'f Faces {
        self.faces
    }

    pub fn inner_width(&self) -> f32 {
        self.width - (self.margins.left + self.margins.right)
    }

    fn left(&self) -> f32 {
        self.margins.left
    }

    /// The filled pages; `foot` draws at the foot of each, given its number and their count.
    pub fn finish(
        mut self,
        mut foot: impl FnMut(&mut Foot<'_, 'f>, usize, usize) -> Result<(), FormError>,
    ) -> Result<Layout, FormError> {
        let count = self.pages.len();
        let (faces, left, width) = (self.faces, self.margins.left, self.inner_width());
        for (i, page) in self.pages.iter_mut().enumerate() {
            foot(&mut Foot { faces, page, left, width }, i + 1, count)?;
        }
        Ok(Layout { width: self.width, height: self.height, pages: self.pages })
    }

    pub fn space(&mut self, height: f32) {
        self.y -= height;
    }

    /// Begins a new page if less than a height is left on this one; whether it did.
    pub fn need(&mut self, height: f32) -> bool {
        let full = self.y - height < self.margins.foot;
        if full {
            self.turn();
        }
        full
    }

    /// Begins a new page.
    pub fn turn(&mut self) {
        self.pages.push(Page::default());
        self.y = self.height - self.margins.top;
    }

    /// One line across the sheet.
    pub fn line(&mut self, text: &str, style: Style, align: Align) -> Result<(), FormError> {
        let glyphs = shape(self.faces, text, style)?;
        let height = style.size * self.leading;
        self.need(height);
        let (margin, width, y) = (self.left(), self.inner_width(), self.y - self.baseline(style.size));
        place(self.page(), glyphs, style.size, (margin, y, width), align, 0.0);
        self.y -= height;
        Ok(())
    }

    /// A picture in the middle, as large as fits; `height` at the most.
    pub fn picture(&mut self, picture: &Picture, height: f32) {
        let (width, height) = picture.fitted((self.inner_width(), height));
        self.need(height);
        let (x, y) = (self.left() + (self.inner_width() - width) / 2.0, self.y - height);
        self.page().items.push(Item::Picture { x, y, width, height, picture: picture.clone() });
        self.y = y - 4.0;
    }

    /// A line of a table of contents: what, dots, the page.
    pub fn contents(&mut self, text: &str, page: usize, style: Style) -> Result<(), FormError> {
        let number = shape(self.faces, &page.to_string(), style)?;
        let dot = shape(self.faces, "…", style)?;
        let width = |glyphs: &[Glyph]| glyphs.iter().map(|glyph| glyph.advance).sum::<f32>();
        // Room for three figures and some dots, so that numbers stand in a column.
        let reserved = style.size * 4.0;
        let lines = wrap(&shape(self.faces, text, style)?, style.size, self.inner_width() - reserved, 0.0);
        self.need(lines.len() as f32 * style.size * LEADING);
        let (left, inner) = (self.left(), self.inner_width());
        for line in lines {
            let baseline = self.y - style.size * 1.15;
            let last = line.last;
            let begun = line.width();
            place(self.page(), line.glyphs, style.size, (left, baseline, inner), Align::Left, 0.0);
            if last {
                let gap = inner - begun - width(&number) - style.size;
                let count = (gap / width(&dot)).max(0.0) as usize;
                let dots = dot.iter().copied().cycle().take(count).collect();
                let room = (left, baseline, inner - width(&number) - style.size * 0.5);
                place(self.page(), dots, style.size, room, Align::Right, 0.0);
                place(self.page(), number.clone(), style.size, (left, baseline, inner), Align::Right, 0.0);
            }
            self.y -= style.size * LEADING;
        }
        Ok(())
    }

    /// A title of one line or more, each in the middle.
    pub fn heading(&mut self, text: &str, style: Style) -> Result<(), FormError> {
        let glyphs = shape(self.faces, text, style)?;
        for line in wrap(&glyphs, style.size, self.inner_width(), 0.0) {
            self.need(style.size * self.leading);
            let space = (self.left(), self.y - self.baseline(style.size), self.inner_width());
            place(self.page(), line.glyphs, style.size, space, Align::Centre, 0.0);
            self.y -= style.size * self.leading;
        }
        Ok(())
    }

    /// A justified paragraph with its first line indented by two characters; a text in several styles.
    pub fn paragraph(&mut self, parts: &[(&str, Style)]) -> Result<(), FormError> {
        let indent = parts.first().map_or(0.0, |(_, first)| 2.0 * first.size);
        self.set(parts, indent)
    }

    /// A paragraph without indent.
    pub fn flush(&mut self, text: &str, style: Style) -> Result<(), FormError> {
        self.set(&[(text, style)], 0.0)
    }

    /// A paragraph without indent, in several styles.
    pub fn paragraph_flush(&mut self, parts: &[(&str, Style)]) -> Result<(), FormError> {
        self.set(parts, 0.0)
    }

    fn set(&mut self, parts: &[(&str, Style)], indent: f32) -> Result<(), FormError> {
        let Some((_, first)) = parts.first() else { return Ok(()) };
        let mut glyphs = Vec::new();
        for (text, style) in parts {
            glyphs.extend(shape(self.faces, text, *style)?);
        }
        self.lines(wrap(&glyphs, first.size, self.inner_width(), indent), indent);
        Ok(())
    }

    fn lines(&mut self, lines: Vec<Line>, indent: f32) {
        for (i, line) in lines.into_iter().enumerate() {
            let height = line.size * self.leading;
            self.need(height);
            let indent = if i == 0 { indent } else { 0.0 };
            let room = self.inner_width() - indent;
            let gaps = line.glyphs.len().saturating_sub(1).max(1) as f32;
            let spread = (room - line.width()) / gaps;
            let spacing = if line.last || spread > SPREAD * line.size { 0.0 } else { spread.max(0.0) };
            let (x, y) = (self.left() + indent, self.y - self.baseline(line.size));
            self.page().items.push(Item::Text { x, y, size: line.size, spacing, glyphs: line.glyphs });
            self.y -= height;
        }
    }

    /// A justified paragraph whose last lines, that many of them, stand on one page with what takes a height after them.
    pub fn together(&mut self, parts: &[(&str, Style)], last: usize, after: f32) -> Result<(), FormError> {
        let Some((_, first)) = parts.first() else { return Ok(()) };
        let mut glyphs = Vec::new();
        for (text, style) in parts {
            glyphs.extend(shape(self.faces, text, *style)?);
        }
        let indent = 2.0 * first.size;
        let mut lines = wrap(&glyphs, first.size, self.inner_width(), indent);
        let ending = lines.split_off(lines.len().saturating_sub(last));
        let (all, height) = (lines.is_empty(), ending.len() as f32 * first.size * self.leading);
        self.lines(lines, indent);
        self.need(height + after);
        self.lines(ending, if all { indent } else { 0.0 });
        Ok(())
    }

    /// One line across the sheet, in smaller type if it is too long.
    pub fn fitted_line(&mut self, text: &str, style: Style, align: Align) -> Result<(), FormError> {
        let width: f32 = shape(self.faces, text, style)?.iter().map(|glyph| glyph.advance).sum();
        let size = style.size * (self.inner_width() / width).min(1.0);
        self.line(text, Style { size, ..style }, align)
    }

    /// A thick line across the sheet.
    pub fn across(&mut self, weight: f32) {
        let (left, right, y) = (self.left(), self.left() + self.inner_width(), self.y);
        self.page().items.push(Item::Rule { from: (left, y), to: (right, y), weight, dashed: false });
    }

    /// A unit over a date, each in the middle of the other, the date `inset` from the right (GB/T 9704-2012, 7.3.5.1); a unit too
    /// long for that ends at the margin.
    pub fn signed(&mut self, unit: &str, date: &str, style: Style, inset: f32) -> Result<(), FormError> {
        let width = |glyphs: &[Glyph]| glyphs.iter().map(|glyph| glyph.advance).sum::<f32>();
        let (unit, date) = (shape(self.faces, unit, style)?, shape(self.faces, date, style)?);
        let right = self.left() + self.inner_width();
        let from = right - inset - width(&date);
        let over = (from + (width(&date) - width(&unit)) / 2.0).min(right - width(&unit));
        self.need(2.0 * style.size * self.leading);
        for (glyphs, x) in [(unit, over), (date, from)] {
            let y = self.y - self.baseline(style.size);
            self.page().items.push(Item::Text { x, y, size: style.size, spacing: 0.0, glyphs });
            self.y -= style.size * self.leading;
        }
        Ok(())
    }

    /// A table: rows grow with their text, the heading is repeated on every page.
    pub fn grid(&mut self, columns: &[Column], heading: Option<&Row>, rows: &[Row]) -> Result<(), FormError> {
        self.grid_ending(columns, heading, rows, Ends::default())
    }

    /// The same, with something to say of how its pages end.
    pub fn grid_ending(
        &mut self,
        columns: &[Column],
        heading: Option<&Row>,
        rows: &[Row],
        Ends { total, keep }: Ends<'_>,
    ) -> Result<(), FormError> {
        let sum_height = match total {
            Some(total) => self.height_of(columns, &total(0..rows.len()))?,
            None => 0.0,
        };
        let heading_height = heading.map_or(Ok(0.0), |heading| self.height_of(columns, heading))?;
        // The first row on this page, once there is one.
        let mut first = None;
        for (i, row) in rows.iter().enumerate() {
            let cells = self.measure(columns, row)?;
            let height = row_height(&cells, row);
            let above = if first.is_none() { heading_height } else { 0.0 };
            let below = sum_height + if i + 1 == rows.len() { keep } else { 0.0 };
            if self.y - above - height - below < self.margins.foot && self.y < self.height - self.margins.top
            {
                self.end_grid(columns, first.map(|first| first..i), total)?;
                self.turn();
                first = None;
            }
            if first.is_none()
                && let Some(heading) = heading
            {
                let cells = self.measure(columns, heading)?;
                self.draw_row(columns, heading, cells, heading_height, true);
            }
            self.draw_row(columns, row, cells, height, first.is_none());
            first.get_or_insert(i);
        }
        self.end_grid(columns, first.map(|first| first..rows.len()), total)
    }

    /// What ends a table on a page: the sum of its rows, the last line.
    fn end_grid(
        &mut self,
        columns: &[Column],
        rows: Option<Range<usize>>,
        total: Option<&dyn Fn(Range<usize>) -> Row>,
    ) -> Result<(), FormError> {
        let Some(rows) = rows else { return Ok(()) };
        if let Some(total) = total {
            let row = total(rows);
            let cells = self.measure(columns, &row)?;
            let height = row_height(&cells, &row);
            self.draw_row(columns, &row, cells, height, true);
        }
        let line = rule((self.left(), self.y), (self.left() + self.inner_width(), self.y));
        self.page().items.push(line);
        Ok(())
    }

    fn height_of(&self, columns: &[Column], row: &Row) -> Result<f32, FormError> {
        Ok(row_height(&self.measure(columns, row)?, row))
    }

    fn measure(&self, columns: &[Column], row: &Row) -> Result<Vec<Vec<Line>>, FormError> {
        let mut column = 0;
        let mut cells = Vec::new();
        for cell in &row.cells {
            let width = self.span(columns, column, cell.span) - 2.0 * PADDING;
            let glyphs = shape(self.faces, &cell.text, cell.style)?;
            cells.push(wrap(&glyphs, cell.style.size, width, 0.0));
            column += cell.span;
        }
        Ok(cells)
    }

    fn span(&self, columns: &[Column], from: usize, count: usize) -> f32 {
        let all: f32 = columns.iter().map(|column| column.share).sum();
        let shares: f32 = columns.iter().skip(from).take(count).map(|column| column.share).sum();
        self.inner_width() * shares / all
    }

    /// `apart`: nothing above it on this page that its cells could be one with.
    fn draw_row(&mut self, columns: &[Column], row: &Row, cells: Vec<Vec<Line>>, height: f32, apart: bool) {
        let (top, bottom) = (self.y, self.y - height);
        let mut x = self.left();
        let mut column = 0;
        let mut items = vec![rule((x, top), (x, bottom))];
        for (cell, lines) in row.cells.iter().zip(cells) {
            let width = self.span(columns, column, cell.span);
            items.push(rule((x + width, top), (x + width, bottom)));
            if apart || !cell.joined {
                items.push(rule((x, top), (x + width, top)));
                let text_height = lines.len() as f32 * cell.style.size * LEADING;
                let mut y = top - (height - text_height) / 2.0;
                let mut page = Page::default();
                for line in lines {
                    let baseline = y - cell.style.size * 1.15;
                    let space = (x + PADDING, baseline, width - 2.0 * PADDING);
                    place(&mut page, line.glyphs, line.size, space, cell.align, 0.0);
                    y -= cell.style.size * LEADING;
                }
                items.extend(page.items);
            }
            x += width;
            column += cell.span;
        }
        self.page().items.extend(items);
        self.y = bottom;
    }

    /// A place for the seal and the signature, side by side.
    pub fn signatures(&mut self, left: &str, right: &[&str], style: Style) -> Result<(), FormError> {
        let height = style.size * LEADING;
        self.need(height * right.len() as f32);
        let (margin, width, y) = (self.left(), self.inner_width(), self.y);
        let glyphs = shape(self.faces, left, style)?;
        place(self.page(), glyphs, style.size, (margin, y - style.size * 1.15, width), Align::Left, 0.0);
        for line in right {
            let glyphs = shape(self.faces, line, style)?;
            let y = self.y - style.size * 1.15;
            place(self.page(), glyphs, style.size, (margin, y, width - style.size), Align::Right, 0.0);
            self.y -= height;
        }
        Ok(())
    }

    fn page(&mut self) -> &mut Page {
        if self.pages.is_empty() {
            self.pages.push(Page::default());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }
}

/// What stands at a fixed place of one page: its foot, as a rule.
pub struct Foot<'p, 'f> {
    faces: &'f Faces,
    page: &'p mut Page,
    left: f32,
    width: f32,
}

impl Foot<'_, '_> {
    /// A QR code (ASCII, no personal data) of a size in points at the left, `bottom` above the sheet's edge.
    pub fn qr(&mut self, payload: &str, bottom: f32, size: f32) {
        self.qr_at(payload, (self.left, bottom), size);
    }

    /// The same with its lower left corner anywhere on the page.
    pub fn qr_at(&mut self, payload: &str, (x, y): (f32, f32), size: f32) {
        self.page.items.extend(qr::square(payload, x, y, size));
    }

    /// An empty box, by its lower left corner and its size.
    pub fn frame(&mut self, corner: (f32, f32), size: (f32, f32)) {
        self.page.items.extend(flow::frame(corner, size));
    }

    /// A line from a place on, in smaller type if its room is too short for it.
    pub fn fitted(
        &mut self,
        text: &str,
        style: Style,
        (x, y): (f32, f32),
        room: f32,
        align: Align,
    ) -> Result<(), FormError> {
        let width: f32 = shape(self.faces, text, style)?.iter().map(|glyph| glyph.advance).sum();
        let size = style.size * (room / width).min(1.0);
        let glyphs = shape(self.faces, text, Style { size, ..style })?;
        place(self.page, glyphs, size, (x, y, room), align, 0.0);
        Ok(())
    }

    /// A line at a height above the edge, `inset` from the left margin.
    pub fn line(
        &mut self,
        text: &str,
        style: Style,
        y: f32,
        inset: f32,
        align: Align,
    ) -> Result<(), FormError> {
        let glyphs = shape(self.faces, text, style)?;
        let space = (self.left + inset, y, self.width - inset);
        place(self.page, glyphs, style.size, space, align, 0.0);
        Ok(())
    }

    /// A line that ends an inset before the right margin.
    pub fn line_short_of(&mut self, text: &str, style: Style, y: f32, inset: f32) -> Result<(), FormError> {
        let glyphs = shape(self.faces, text, style)?;
        let space = (self.left, y, self.width - inset);
        place(self.page, glyphs, style.size, space, Align::Right, 0.0);
        Ok(())
    }

    /// A thin line across.
    pub fn rule(&mut self, y: f32) {
        self.page.items.push(rule((self.left, y), (self.left + self.width, y)));
    }
}

fn row_height(cells: &[Vec<Line>], row: &Row) -> f32 {
    let text = cells.iter().zip(&row.cells).map(|(lines, cell): (&Vec<Line>, &Cell)| {
        lines.len().max(cell.room) as f32 * cell.style.size * LEADING
    });
    text.fold(0.0, f32::max) + 2.0 * PADDING
}

fn rule(from: (f32, f32), to: (f32, f32)) -> Item {
    Item::Rule { from, to, weight: 0.6, dashed: false }
}

/// Puts glyphs on a baseline within (x, y, width).
fn place(page: &mut Page, glyphs: Vec<Glyph>, size: f32, space: (f32, f32, f32), align: Align, spacing: f32) {
    if glyphs.is_empty() {
        return;
    }
    let (left, y, room) = space;
    let width: f32 = glyphs.iter().map(|glyph| glyph.advance).sum();
    let x = match align {
        Align::Left => left,
        Align::Centre => left + (room - width) / 2.0,
        Align::Right => left + room - width,
    };
    page.items.push(Item::Text { x, y, size, spacing, glyphs });
}
