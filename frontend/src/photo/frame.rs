//! How much of a photo is kept, and which way up. Plain figures.

/// A part of the upright picture, in shares of its edges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

pub const WHOLE: Part = Part { left: 0.0, top: 0.0, right: 1.0, bottom: 1.0 };

/// Less than that in either direction was a slip of the hand.
const LEAST: f64 = 0.02;

/// What one press trims off a side.
const TRIM: f64 = 0.05;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Top,
    Bottom,
    Left,
    Right,
}

/// How a photo is to be kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Quarter turns to the right.
    pub turns: u8,
    pub part: Part,
}

impl Default for Frame {
    fn default() -> Self {
        Self { turns: 0, part: WHOLE }
    }
}

impl Frame {
    /// It is kept as it came.
    pub fn untouched(&self) -> bool {
        *self == Self::default()
    }

    /// A quarter to the right; what was chosen of it turns with it.
    pub fn turned(self) -> Self {
        let Part { left, top, right, bottom } = self.part;
        let part = Part { left: 1.0 - bottom, top: left, right: 1.0 - top, bottom: right };
        Self { turns: (self.turns + 1) % 4, part }
    }

    /// What lies between two corners, given in any order; everything where they are one point.
    pub fn cropped(self, (x, y): (f64, f64), (to_x, to_y): (f64, f64)) -> Self {
        let [x, y, to_x, to_y] = [x, y, to_x, to_y].map(|share| share.clamp(0.0, 1.0));
        let part = Part { left: x.min(to_x), top: y.min(to_y), right: x.max(to_x), bottom: y.max(to_y) };
        Self { part: if part.slight() { WHOLE } else { part }, ..self }
    }

    pub fn trimmed(self, side: Side) -> Self {
        let mut part = self.part;
        match side {
            Side::Top => part.top += TRIM,
            Side::Bottom => part.bottom -= TRIM,
            Side::Left => part.left += TRIM,
            Side::Right => part.right -= TRIM,
        }
        if part.slight() { self } else { Self { part, ..self } }
    }

    /// Width and height of the upright picture.
    pub fn upright(&self, (width, height): (f64, f64)) -> (f64, f64) {
        if self.turns.is_multiple_of(2) { (width, height) } else { (height, width) }
    }

    /// Where the picture's corner goes before it is turned.
    pub fn corner(&self, size: (f64, f64)) -> (f64, f64) {
        let (width, height) = self.upright(size);
        match self.turns {
            0 => (0.0, 0.0),
            1 => (width, 0.0),
            2 => (width, height),
            _ => (0.0, height),
        }
    }
}

impl Part {
    fn slight(&self) -> bool {
        self.right - self.left < LEAST || self.bottom - self.top < LEAST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(one: Part, other: Part) -> bool {
        let edges = |part: Part| [part.left, part.top, part.right, part.bottom];
        edges(one).iter().zip(edges(other)).all(|(a, b)| (a - b).abs() < 1e-9)
    }

    #[test]
    fn four_turns_are_none() {
        let cropped = Frame::default().cropped((0.1, 0.2), (0.5, 0.9));
        let once = cropped.turned();
        assert!(near(once.part, Part { left: 0.1, top: 0.1, right: 0.8, bottom: 0.5 }), "{once:?}");
        let again = once.turned().turned().turned();
        assert!(again.turns == 0 && near(again.part, cropped.part), "{again:?}");
    }

    #[test]
    fn a_box_is_drawn_in_any_direction_and_not_by_a_slip() {
        let expected = Part { left: 0.25, top: 0.25, right: 0.75, bottom: 0.5 };
        for (from, to) in
            [((0.25, 0.25), (0.75, 0.5)), ((0.75, 0.5), (0.25, 0.25)), ((0.75, 0.25), (0.25, 0.5))]
        {
            assert_eq!(Frame::default().cropped(from, to).part, expected);
        }
        assert!(Frame::default().cropped((0.5, 0.5), (0.505, 0.9)).untouched());
        assert_eq!(
            Frame::default().cropped((-1.0, 0.5), (0.5, 7.0)).part,
            Part { left: 0.0, top: 0.5, right: 0.5, bottom: 1.0 }
        );
    }

    #[test]
    fn trimming_leaves_something() {
        let mut frame = Frame::default();
        for _ in 0..100 {
            frame = frame.trimmed(Side::Top).trimmed(Side::Left);
        }
        assert!(frame.part.bottom - frame.part.top >= LEAST && frame.part.right - frame.part.left >= LEAST);
        let trimmed = Frame::default().trimmed(Side::Bottom).trimmed(Side::Right).part;
        assert!(near(trimmed, Part { left: 0.0, top: 0.0, right: 0.95, bottom: 0.95 }));
    }

    #[test]
    fn a_turned_picture_stands_within_its_edges() {
        let size = (400.0, 300.0);
        let table = [
            (0, (400.0, 300.0), (0.0, 0.0)),
            (1, (300.0, 400.0), (300.0, 0.0)),
            (2, (400.0, 300.0), (400.0, 300.0)),
            (3, (300.0, 400.0), (0.0, 400.0)),
        ];
        for (turns, upright, corner) in table {
            let frame = Frame { turns, part: WHOLE };
            assert_eq!((frame.upright(size), frame.corner(size)), (upright, corner), "{turns}");
        }
    }
}
