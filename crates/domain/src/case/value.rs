//! The same field set by two people who didn't know of each other: which value counts for now.

use crate::{Hlc, Level};

/// One of the values that stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    pub value: String,
    /// Of the unit whose device wrote it.
    pub level: Level,
    pub hlc: Hlc,
    /// Decides between equals, the same everywhere: the hash of the change.
    pub tie: [u8; 32],
}

/// The side that counts: the highest unit's, else the later clock's. The other stays and is shown beside it.
pub fn standing(sides: &[Side]) -> Option<usize> {
    (0..sides.len()).max_by_key(|i| (sides[*i].level, sides[*i].hlc, sides[*i].tie))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_higher_unit_counts_then_the_later_clock() {
        let side = |level, hlc| Side { value: String::new(), level, hlc: Hlc(hlc), tie: [0; 32] };
        assert_eq!(standing(&[side(Level::Village, 9), side(Level::Township, 1)]), Some(1));
        assert_eq!(standing(&[side(Level::Village, 9), side(Level::Village, 1)]), Some(0));
        assert_eq!(standing(&[]), None);
    }
}
