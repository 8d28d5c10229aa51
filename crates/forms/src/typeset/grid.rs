//! Tables: columns by their share of the width, cells that may span several.

use super::{Align, Style};

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
}

impl Cell {
    pub fn new(text: impl Into<String>, style: Style, align: Align) -> Self {
        Self { text: text.into(), style, align, span: 1, room: 1 }
    }

    pub fn spanning(self, span: usize) -> Self {
        Self { span, ..self }
    }

    pub fn with_room(self, room: usize) -> Self {
        Self { room, ..self }
    }
}
