//! Which rows are drawn, and where the mark goes: figures only.

use std::ops::Range;

/// Rows drawn above and below what is seen, so that a turn of the wheel shows no gap.
const BEYOND: usize = 20;
/// The rows drawn change only after so many have gone by.
const STEP: usize = 10;

/// What is scrolled, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    pub top: f64,
    pub height: f64,
    /// What stands above the rows and covers them.
    pub header: f64,
    pub row: f64,
}

impl Area {
    /// The rows that are at least partly seen.
    pub fn seen(&self, count: usize) -> Range<usize> {
        if self.row <= 0.0 {
            return 0..0;
        }
        let first = (self.top / self.row).floor().max(0.0) as usize;
        let last = ((self.top + self.height - self.header) / self.row).ceil().max(0.0) as usize;
        first.min(count)..last.min(count)
    }

    /// The rows that are drawn.
    pub fn drawn(&self, count: usize) -> Range<usize> {
        let seen = self.seen(count);
        let first = seen.start.saturating_sub(BEYOND) / STEP * STEP;
        let last = (seen.end + BEYOND).div_ceil(STEP) * STEP;
        first.min(count)..last.min(count)
    }

    /// So many rows a page goes on: one of those seen stays in sight.
    pub fn page(&self) -> usize {
        (((self.height - self.header) / self.row).floor() as usize).saturating_sub(1).max(1)
    }

    /// Where to scroll to, so that a row is seen, and no further. `None`: it is.
    pub fn reveals(&self, at: usize) -> Option<f64> {
        let top = at as f64 * self.row;
        let bottom = top + self.row + self.header - self.height;
        if top < self.top {
            Some(top)
        } else if bottom > self.top {
            Some(bottom)
        } else {
            None
        }
    }
}

/// Where a key leads from a row. `None`: it means nothing here.
pub fn step(key: &str, at: usize, count: usize, page: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    let to = match key {
        "ArrowDown" => at + 1,
        "ArrowUp" => at.saturating_sub(1),
        "PageDown" => at + page,
        "PageUp" => at.saturating_sub(page),
        "Home" => 0,
        "End" => last,
        _ => return None,
    };
    Some(to.min(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: Area = Area { top: 0.0, height: 632.0, header: 32.0, row: 36.0 };

    #[test]
    fn only_what_is_near_is_drawn() {
        let at = |top: f64| Area { top, ..AREA };
        for (top, count, seen, drawn) in [
            (0.0, 0, 0..0, 0..0),
            (0.0, 5, 0..5, 0..5),
            (0.0, 100_000, 0..17, 0..40),
            (35.0, 100_000, 0..18, 0..40),
            (36_000.0, 100_000, 1_000..1_017, 980..1_040),
            (36_360.0, 100_000, 1_010..1_027, 990..1_050),
            (3_599_400.0, 100_000, 99_983..100_000, 99_960..100_000),
            // The list has become shorter under it.
            (36_000.0, 30, 30..30, 10..30),
        ] {
            assert_eq!((at(top).seen(count), at(top).drawn(count)), (seen, drawn), "{top} of {count}");
        }
        assert_eq!(Area { row: 0.0, ..AREA }.seen(9), 0..0, "not laid out yet");
    }

    #[test]
    fn a_row_is_shown_with_the_least_movement() {
        let at = |top: f64| Area { top, ..AREA };
        assert_eq!(at(0.0).reveals(0), None);
        assert_eq!(at(0.0).reveals(15), None);
        assert_eq!(at(0.0).reveals(16), Some(12.0));
        assert_eq!(at(360.0).reveals(3), Some(108.0));
        assert_eq!(at(0.0).reveals(99_999), Some(3_599_400.0));
    }

    #[test]
    fn keys_lead_no_further_than_the_ends() {
        for (key, at, to) in [
            ("ArrowDown", 3, Some(4)),
            ("ArrowDown", 99, Some(99)),
            ("ArrowUp", 0, Some(0)),
            ("PageDown", 3, Some(18)),
            ("PageDown", 95, Some(99)),
            ("PageUp", 20, Some(5)),
            ("PageUp", 4, Some(0)),
            ("Home", 50, Some(0)),
            ("End", 50, Some(99)),
            ("x", 50, None),
        ] {
            assert_eq!(step(key, at, 100, AREA.page()), to, "{key} from {at}");
        }
        assert_eq!(step("End", 0, 0, 15), None);
    }
}
