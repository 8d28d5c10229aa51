//! Which side of each field is kept: a plain value and one reducer. And where two values differ.

use std::{collections::BTreeMap, rc::Rc};
use yew::Reducible;

/// What is kept of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    Side(usize),
    /// Both beside each other, in a field that holds both.
    Both,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The field that the keys are for.
    pub at: usize,
    kept: BTreeMap<usize, Keep>,
}

/// Each is told how many fields there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    Up,
    Down(usize),
    /// Of the field at hand; on to the next that isn't decided.
    Here(Keep, usize),
    Of(usize, Keep),
    All(Keep, usize),
    /// Another case.
    Anew,
}

impl Choice {
    pub fn of(&self, field: usize) -> Option<Keep> {
        self.kept.get(&field).copied()
    }

    pub fn undecided(&self, fields: usize) -> usize {
        (0..fields).filter(|field| !self.kept.contains_key(field)).count()
    }
}

impl Reducible for Choice {
    type Action = Pick;

    fn reduce(self: Rc<Self>, pick: Pick) -> Rc<Self> {
        let mut choice = (*self).clone();
        match pick {
            Pick::Up => choice.at = choice.at.saturating_sub(1),
            Pick::Down(fields) => choice.at = (choice.at + 1).min(fields.saturating_sub(1)),
            Pick::Here(keep, fields) => {
                choice.kept.insert(choice.at, keep);
                let after = (choice.at..fields).chain(0..choice.at);
                choice.at = after.into_iter().find(|field| choice.of(*field).is_none()).unwrap_or(choice.at);
            }
            Pick::Of(field, keep) => {
                choice.at = field;
                choice.kept.insert(field, keep);
            }
            Pick::All(keep, fields) => choice.kept = (0..fields).map(|field| (field, keep)).collect(),
            Pick::Anew => choice = Self::default(),
        }
        Rc::new(choice)
    }
}

/// A text in three: what it begins with as the other one does, what differs, what both end with.
pub fn differing<'a>(text: &'a str, other: &str) -> (&'a str, &'a str, &'a str) {
    let same = |one: &mut dyn Iterator<Item = char>, other: &mut dyn Iterator<Item = char>| -> usize {
        one.zip(other).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
    };
    let begins = same(&mut text.chars(), &mut other.chars());
    let (start, rest) = text.split_at(begins);
    let ends = same(&mut rest.chars().rev(), &mut other[begins..].chars().rev());
    let (middle, end) = rest.split_at(rest.len() - ends);
    (start, middle, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_stands_between_what_does_not() {
        for (one, other, expected) in [
            ("13900005678", "13900002210", ("1390000", "5678", "")),
            ("上塬村三组17号", "上塬村二组17号", ("上塬村", "三", "组17号")),
            ("一样", "一样", ("一样", "", "")),
            ("", "有", ("", "", "")),
            ("有", "", ("", "有", "")),
            ("aa", "aaa", ("aa", "", "")),
            ("aaa", "aa", ("aa", "a", "")),
        ] {
            assert_eq!(differing(one, other), expected, "{one} {other}");
        }
    }

    #[test]
    fn a_choice_moves_on_to_what_is_left() {
        let after = |picks: &[Pick]| {
            picks.iter().fold(Rc::new(Choice::default()), |choice, pick| choice.reduce(*pick))
        };
        let left = Pick::Here(Keep::Side(0), 3);
        for (name, picks, at, undecided) in [
            ("nothing yet", vec![], 0, 3),
            ("one", vec![left], 1, 2),
            ("all", vec![left, left, left], 2, 0),
            ("back to what was passed over", vec![Pick::Down(3), left, left], 0, 1),
            ("not below the last", vec![Pick::Down(3); 5], 2, 3),
            ("not above the first", vec![Pick::Up], 0, 3),
            ("all at once", vec![Pick::All(Keep::Both, 3)], 0, 0),
            ("another case", vec![left, Pick::Anew], 0, 3),
        ] {
            let choice = after(&picks);
            assert_eq!((choice.at, choice.undecided(3)), (at, undecided), "{name}");
        }
        assert_eq!(after(&[Pick::Of(2, Keep::Side(1))]).of(2), Some(Keep::Side(1)));
    }
}
