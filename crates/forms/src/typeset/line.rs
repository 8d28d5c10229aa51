//! From text to lines: glyphs, widths, and where Chinese may break (避头尾).

use super::{
    Faces, FormError,
    face::{Face, RARE, order},
};
use unicode_linebreak::{BreakOpportunity, linebreaks};

/// How a stretch of text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    pub face: Face,
    /// Points.
    pub size: f32,
    /// A personal name: all of it in one face, whichever has all its characters.
    pub whole: bool,
}

impl Style {
    pub const fn new(face: Face, size: f32) -> Self {
        Self { face, size, whole: false }
    }

    pub const fn name(self) -> Self {
        Self { whole: true, ..self }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    pub char: char,
    pub face: Face,
    /// Points.
    pub advance: f32,
}

/// One line, ready to be placed.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub glyphs: Vec<Glyph>,
    pub size: f32,
    /// Ends a paragraph: not justified.
    pub last: bool,
}

impl Line {
    pub fn width(&self) -> f32 {
        self.glyphs.iter().map(|glyph| glyph.advance).sum()
    }

    pub fn text(&self) -> String {
        self.glyphs.iter().map(|glyph| glyph.char).collect()
    }
}

/// Glyphs for a text, or the characters that no face has.
pub fn shape(faces: &Faces, text: &str, style: Style) -> Result<Vec<Glyph>, FormError> {
    let candidates: Vec<(Face, &ttf_parser::Face<'_>)> =
        order(style.face).filter_map(|face| Some((face, faces.parsed(face)?))).collect();
    let has_all = |of: &[(Face, &ttf_parser::Face<'_>)]| {
        text.chars().all(|c| of.iter().any(|(_, parsed)| parsed.glyph_index(c).is_some()))
    };
    // A name with a rare character is set as a whole in a face that has it, or in the two that make one design.
    let rare: Vec<_> = RARE.iter().filter_map(|face| Some((*face, faces.parsed(*face)?))).collect();
    let mut sets = candidates.iter().map(std::slice::from_ref).chain([&rare[..]]);
    let whole = style.whole.then(|| sets.find(|set| has_all(set))).flatten();
    let mut missing = Vec::new();
    let mut glyphs = Vec::new();
    for char in text.chars() {
        let from = whole.unwrap_or(&candidates);
        let found = from.iter().find_map(|(face, parsed)| Some((*face, parsed, parsed.glyph_index(char)?)));
        match found {
            Some((face, parsed, glyph)) => {
                let units = parsed.glyph_hor_advance(glyph).unwrap_or(parsed.units_per_em());
                let advance = f32::from(units) / f32::from(parsed.units_per_em()) * style.size;
                glyphs.push(Glyph { char, face, advance });
            }
            None => missing.push(char),
        }
    }
    if missing.is_empty() { Ok(glyphs) } else { Err(FormError::GlyphMissing { chars: missing }) }
}

/// Breaks glyphs into lines of a width (points), the first of them shorter by `indent`.
pub fn wrap(glyphs: &[Glyph], size: f32, width: f32, indent: f32) -> Vec<Line> {
    let breaks = breaks(glyphs);
    let mut lines = Vec::new();
    let mut start = 0;
    while start < glyphs.len() {
        let room = width - if lines.is_empty() { indent } else { 0.0 };
        let mut reached = 0.0;
        let fits = glyphs[start..]
            .iter()
            .take_while(|glyph| {
                reached += glyph.advance;
                reached <= room + 0.01
            })
            .count()
            .max(1);
        let limit = (start + fits).min(glyphs.len());
        // Where nothing allows a break the line is cut between letters, if it must be between marks: nothing may run out
        // of the page.
        let ends = || (start + 1..=limit).rev();
        let between_letters = |end: &usize| {
            glyphs.get(*end).is_none_or(|next| !CLOSING.contains(next.char))
                && !OPENING.contains(glyphs[end - 1].char)
        };
        let end = ends().find(|end| breaks[*end]).or_else(|| ends().find(between_letters)).unwrap_or(limit);
        lines.push(Line { glyphs: glyphs[start..end].to_vec(), size, last: end == glyphs.len() });
        start = end;
    }
    lines
}

/// Marks that no line begins with, and those that no line ends with.
const CLOSING: &str = "，。、；：！？）》”’〕】」』…";
const OPENING: &str = "（《“‘〔【「『";

/// Whether a line may end before each glyph (and after the last).
fn breaks(glyphs: &[Glyph]) -> Vec<bool> {
    // UAX #14 takes “ ” as ambiguous quotation marks; between Chinese they open and close.
    let text: String = glyphs
        .iter()
        .map(|glyph| match glyph.char {
            '“' | '‘' => '（',
            '”' | '’' => '）',
            other => other,
        })
        .collect();
    let mut allowed = vec![false; glyphs.len() + 1];
    let places: Vec<usize> = text.char_indices().map(|(place, _)| place).chain([text.len()]).collect();
    for (place, opportunity) in linebreaks(&text) {
        if let Ok(i) = places.binary_search(&place) {
            let within = i < glyphs.len();
            allowed[i] = opportunity == BreakOpportunity::Mandatory
                || !within
                || !keep(glyphs[i - 1].char, glyphs[i].char);
        }
    }
    allowed
}

/// Pairs that UAX #14 would part: a number and its unit stay as one, and so do doubled dashes and dots; the dot within a
/// name ends a line and doesn't begin one (间隔号, GB/T 15834-2011 §5.1).
fn keep(before: char, after: char) -> bool {
    before.is_ascii_digit() && matches!(after, '年' | '月' | '日' | '个' | '份' | '元' | '号')
        || matches!((before, after), ('—', '—') | ('…', '…') | (_, '·'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn glyphs(text: &str) -> Vec<Glyph> {
        let advance = |c: char| if c.is_ascii() { 5.0 } else { 10.0 };
        text.chars().map(|char| Glyph { char, face: Face::Song, advance: advance(char) }).collect()
    }

    proptest! {
        #[test]
        fn no_line_begins_with_a_closing_mark_and_nothing_is_lost(
            text in "[一-龥，。、；：！？（）《》“”〔〕a-z0-9]{1,120}", width in 60.0f32..300.0
        ) {
            let lines = wrap(&glyphs(&text), 10.0, width, 20.0);
            let joined: String = lines.iter().map(Line::text).collect();
            prop_assert_eq!(&joined, &text);
            for (i, line) in lines.iter().enumerate() {
                prop_assert!(line.width() <= width + 0.01 || line.glyphs.len() == 1);
                let Some(before) = i.checked_sub(1).map(|i| &lines[i]) else { continue };
                // A row of nothing but marks has to be cut somewhere.
                let marks = |line: &Line| line.text().chars().all(|c| CLOSING.contains(c) || OPENING.contains(c));
                let begins = line.text().starts_with(|c| CLOSING.contains(c));
                let letters = before.glyphs.windows(2).any(|pair| {
                    !CLOSING.contains(pair[1].char) && !OPENING.contains(pair[0].char)
                });
                prop_assert!(!begins || marks(before) || !letters, "{:?}", lines.iter().map(Line::text).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn a_date_stays_whole() {
        let lines: Vec<String> =
            wrap(&glyphs("承诺于2026年10月26日前办结"), 10.0, 55.0, 0.0).iter().map(Line::text).collect();
        assert!(lines.iter().any(|line| line.contains("2026年")), "{lines:?}");
    }
}
