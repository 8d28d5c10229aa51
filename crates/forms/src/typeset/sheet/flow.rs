//! A flow chart (流程图): boxes with arrows between them, row by row. Every other row runs back, so that no arrow has to cross the
//! sheet.

use super::{Align, LEADING, PADDING, Page, Sheet, Style, place, rule, shape, wrap};
use crate::typeset::{FormError, Item, line::Line};

/// One box: a name, and below it what else is to be known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowStep {
    pub name: String,
    pub note: String,
}

/// Boxes in a row at the most.
const ACROSS: usize = 4;
/// Between two boxes of a row, and between two rows: room for an arrow.
const GAP: f32 = 24.0;
/// The length of an arrow's barbs.
const BARB: f32 = 4.0;
/// Between an arrow and the boxes at its ends.
const CLEAR: f32 = 2.0;

impl Sheet<'_> {
    /// The steps in their order, names in one style and notes in another.
    pub fn flow(&mut self, steps: &[FlowStep], name: Style, note: Style) -> Result<(), FormError> {
        if steps.is_empty() {
            return Ok(());
        }
        let rows = steps.len().div_ceil(ACROSS);
        // Five are three and two, not four and one.
        let across = steps.len().div_ceil(rows);
        let width = (self.inner_width() - GAP * (ACROSS - 1) as f32) / ACROSS as f32;
        for (row, steps) in steps.chunks(across).enumerate() {
            let boxes = steps.iter().map(|step| self.texts(step, (name, note), width));
            let boxes = boxes.collect::<Result<Vec<_>, _>>()?;
            let tall = |lines: &Vec<Line>| lines.iter().map(height).sum::<f32>() + 2.0 * PADDING;
            let height = boxes.iter().map(tall).fold(0.0, f32::max);
            let fresh = self.need(height + if row > 0 { GAP } else { 0.0 });
            let left = self.left();
            let x = |place: usize| left + (width + GAP) * place as f32;
            let back = row % 2 == 1;
            let column = |step: usize| if back { across - 1 - step } else { step };
            let mut items = Vec::new();
            if row > 0 {
                // Down into the first box of this row; from the head of a page it comes out of nothing.
                let middle = x(column(0)) + width / 2.0;
                if !fresh {
                    items.extend(arrow((middle, self.y - CLEAR), (middle, self.y - GAP + CLEAR)));
                    self.y -= GAP;
                }
            }
            let (top, bottom) = (self.y, self.y - height);
            for (step, lines) in boxes.into_iter().enumerate() {
                let left = x(column(step));
                items.extend(frame((left, bottom), (width, height)));
                items.extend(centred(lines, (left, top, width, height)));
                if step > 0 {
                    let level = (top + bottom) / 2.0;
                    let (from, to) = if back {
                        (left + width + GAP - CLEAR, left + width + CLEAR)
                    } else {
                        (left - GAP + CLEAR, left - CLEAR)
                    };
                    items.extend(arrow((from, level), (to, level)));
                }
            }
            self.page().items.extend(items);
            self.y = bottom;
        }
        self.space(8.0);
        Ok(())
    }

    fn texts(
        &self,
        step: &FlowStep,
        (name, note): (Style, Style),
        width: f32,
    ) -> Result<Vec<Line>, FormError> {
        let mut lines = Vec::new();
        for (text, style) in [(&step.name, name), (&step.note, note)] {
            let glyphs = shape(self.faces, text, style)?;
            lines.extend(wrap(&glyphs, style.size, width - 2.0 * PADDING, 0.0));
        }
        Ok(lines)
    }
}

fn height(line: &Line) -> f32 {
    line.size * LEADING
}

/// Lines in the middle of a space (x, top, width, height).
fn centred(lines: Vec<Line>, (x, top, width, tall): (f32, f32, f32, f32)) -> Vec<Item> {
    let text: f32 = lines.iter().map(height).sum();
    let mut y = top - (tall - text) / 2.0;
    let mut page = Page::default();
    for line in lines {
        let (baseline, below) = (y - line.size * 1.15, y - height(&line));
        let space = (x + PADDING, baseline, width - 2.0 * PADDING);
        place(&mut page, line.glyphs, line.size, space, Align::Centre, 0.0);
        y = below;
    }
    page.items
}

/// The four sides of a box whose lower left corner and size are given.
pub(super) fn frame((x, y): (f32, f32), (width, height): (f32, f32)) -> [Item; 4] {
    let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)];
    [0, 1, 2, 3].map(|i| rule(corners[i], corners[(i + 1) % 4]))
}

/// A line with barbs at its end, along an axis of the sheet.
fn arrow(from: (f32, f32), to: (f32, f32)) -> [Item; 3] {
    let length = (to.0 - from.0).hypot(to.1 - from.1).max(1.0);
    let (along, across) = (
        ((to.0 - from.0) / length * BARB, (to.1 - from.1) / length * BARB),
        (-(to.1 - from.1) / length * BARB / 2.0, (to.0 - from.0) / length * BARB / 2.0),
    );
    let back = (to.0 - along.0, to.1 - along.1);
    [
        rule(from, to),
        rule((back.0 + across.0, back.1 + across.1), to),
        rule((back.0 - across.0, back.1 - across.1), to),
    ]
}
