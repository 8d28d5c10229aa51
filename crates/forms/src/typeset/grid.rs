//! Tables: columns by their share of the width, cells that may span several.

use super::{Align, Style};
use std::ops::Range;

#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Of the sheet's width, in proportion to the other columns.
    pub share: f32,
}

#[derive(Clone, Debug)]
pub struct Row {
    pub cells: Vec<Cell>,
}

#[derive(Clone, Debug)]
pub struct Cell {
    pub text: String,
    pub style: Style,
    pub align: Align,
    pub span: usize,
    /// Lines of height to keep for handwriting.
    pub room: usize,
    /// One with the cell above: its text is only said again at the head of a page.
    pub joined: bool,
}

/// How the pages of a table end.
#[derive(Clone, Copy, Default)]
pub struct Ends<'a> {
    /// A last row that sums up those on its page (本页合计): it is told which they are.
    pub total: Option<&'a dyn Fn(Range<usize>) -> Row>,
    /// Height that has to be left under the last row for what may not stand alone on a page.
    pub keep: f32,
}

impl Cell {
    pub fn new(text: impl Into<String>, style: Style, align: Align) -> Self {
        Self { text: text.into(), style, align, span: 1, room: 1, joined: false }
    }

    pub fn spanning(self, span: usize) -> Self {
        Self { span, ..self }
    }

    pub fn with_room(self, room: usize) -> Self {
        Self { room, ..self }
    }

    pub fn joining(self, joined: bool) -> Self {
        Self { joined, ..self }
    }
}
