//! Where somebody is in the list, and what they have put aside while they sit here: a plain value and one reducer.

use std::{collections::BTreeSet, rc::Rc};
use yew::Reducible;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sitting {
    at: Option<String>,
    pub later: BTreeSet<String>,
}

/// Each is told what waits, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    To(String),
    Next(Rc<Vec<String>>),
    /// Puts the one at hand aside.
    Later(Rc<Vec<String>>),
    /// Takes up what was put aside.
    Again,
}

impl Sitting {
    /// The one at hand: the one that was turned to while it is there, or the first that isn't put aside.
    pub fn at<'a>(&self, waiting: &'a [String]) -> Option<&'a String> {
        let chosen = self.at.as_ref().and_then(|at| waiting.iter().find(|id| *id == at));
        chosen.or_else(|| waiting.iter().find(|id| !self.later.contains(*id)))
    }

    /// The next one after the one at hand that isn't put aside, from the beginning again after the last.
    fn next(&self, waiting: &[String]) -> Option<String> {
        let at = self.at(waiting);
        let place = waiting.iter().position(|id| Some(id) == at).map_or(0, |place| place + 1);
        let (before, after) = waiting.split_at(place.min(waiting.len()));
        let mut rest = after.iter().chain(before);
        rest.find(|id| Some(*id) != at && !self.later.contains(*id)).cloned()
    }
}

impl Reducible for Sitting {
    type Action = Turn;

    fn reduce(self: Rc<Self>, turn: Turn) -> Rc<Self> {
        let mut sitting = (*self).clone();
        match turn {
            Turn::To(id) => {
                sitting.later.remove(&id);
                sitting.at = Some(id);
            }
            Turn::Next(waiting) => sitting.at = self.next(&waiting).or(sitting.at),
            Turn::Later(waiting) => {
                sitting.at = self.next(&waiting);
                sitting.later.extend(self.at(&waiting).cloned());
            }
            Turn::Again => sitting = Self::default(),
        }
        Rc::new(sitting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Rc<Vec<String>> {
        Rc::new(text.split_whitespace().map(str::to_owned).collect())
    }

    #[test]
    fn one_comes_after_another() {
        let all = ids("a b c");
        let (next, later) = (|| Turn::Next(all.clone()), || Turn::Later(all.clone()));
        let to = |id: &str| Turn::To(id.to_owned());
        for (name, turns, waiting, at) in [
            ("the first", vec![], "a b c", Some("a")),
            ("the next", vec![next()], "a b c", Some("b")),
            ("round again", vec![next(), next(), next()], "a b c", Some("a")),
            ("put aside", vec![later()], "a b c", Some("b")),
            ("past what was put aside", vec![next(), later(), next(), next()], "a b c", Some("c")),
            ("all put aside", vec![later(), later(), later()], "a b c", None),
            ("taken up by hand", vec![later(), later(), later(), to("b")], "a b c", Some("b")),
            ("taken up all", vec![later(), later(), later(), Turn::Again], "a b c", Some("a")),
            ("settled: moved on before it goes", vec![next()], "b c", Some("b")),
            ("gone by itself", vec![to("b")], "a c", Some("a")),
            ("the last one goes", vec![], "", None),
        ] {
            let sitting = turns.into_iter().fold(Rc::new(Sitting::default()), Reducible::reduce);
            let waiting = ids(waiting);
            assert_eq!(sitting.at(&waiting).map(String::as_str), at, "{name}");
        }
    }
}
