//! Counting ratings (DOMAIN §6.2). Nobody's silence counts for satisfaction: who rates nothing is in the rate of rated cases
//! and nowhere else.

use super::Grade;
use crate::{DocumentId, Ratio};
use jiff::civil::Date;
use std::collections::{BTreeMap, btree_map::Entry};

/// With fewer ratings than this a share says little (样本较少).
pub const FEW: u64 = 30;

/// One rating, as far as it is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    pub document: DocumentId,
    pub case: DocumentId,
    pub nth: u8,
    pub grade: Grade,
    pub rated_on: Date,
    pub named: bool,
    /// What has become of it, if it was bad.
    pub ticket: Ticket,
}

/// Where the checking of a bad rating has got to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticket {
    pub answered: bool,
    pub called_back: bool,
    pub excluded: bool,
}

/// What the ratings of a period come to. A case belongs to the period of its first rating; its last one counts, whenever it
/// was given, and the first is listed beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Cases by grade, in the order of [`Grade::ALL`].
    pub last: [u64; 5],
    pub first: [u64; 5],
    /// Cases rated a second time.
    pub again: u64,
    /// Cases whose bad rating was found wrong: kept, and not counted.
    pub excluded: u64,
    /// Cases whose first rating was bad and counts; of them those answered.
    pub bad: u64,
    pub answered: u64,
    /// Of the bad ones those who can be called back; of them those who were.
    pub named: u64,
    pub called_back: u64,
}

impl Tally {
    /// N: the cases that were rated.
    pub fn rated(&self) -> u64 {
        self.last.iter().sum()
    }

    /// 满意率
    pub fn satisfied(&self) -> Ratio {
        Ratio { part: self.last[..3].iter().sum(), of: self.rated() }
    }

    /// 非常满意率
    pub fn very_satisfied(&self) -> Ratio {
        Ratio { part: self.last[0], of: self.rated() }
    }

    /// 评价率, among the cases that were closed or otherwise ended in the period.
    pub fn rate(&self, ended: u64) -> Ratio {
        Ratio { part: self.rated(), of: ended }
    }

    /// 差评整改率
    pub fn corrected(&self) -> Ratio {
        Ratio { part: self.answered, of: self.bad }
    }

    /// 回访率
    pub fn called(&self) -> Ratio {
        Ratio { part: self.called_back, of: self.named }
    }

    fn count(&mut self, first: &Counted, second: Option<&Counted>) {
        let (bad, ticket) = (first.grade.bad(), first.ticket);
        if bad && ticket.excluded {
            self.excluded += 1;
            return;
        }
        let second = second.filter(|_| bad);
        let place = |grade: Grade| usize::from(grade.code()) - 1;
        self.first[place(first.grade)] += 1;
        self.last[place(second.unwrap_or(first).grade)] += 1;
        self.again += u64::from(second.is_some());
        self.bad += u64::from(bad);
        self.answered += u64::from(bad && ticket.answered);
        self.named += u64::from(bad && first.named);
        self.called_back += u64::from(bad && first.named && ticket.called_back);
    }
}

/// Counts the cases first rated in a period, from all ratings of these cases in whatever order they lie. Of two first
/// ratings, or two second ones, that were made apart the earlier document counts.
pub fn tally(ratings: &[Counted], from: Date, to: Date) -> Tally {
    let mut counting: BTreeMap<(DocumentId, u8), &Counted> = BTreeMap::new();
    for rating in ratings {
        match counting.entry((rating.case, rating.nth)) {
            Entry::Vacant(none) => _ = none.insert(rating),
            Entry::Occupied(mut other) if rating.document < other.get().document => _ = other.insert(rating),
            Entry::Occupied(_) => {}
        }
    }
    let mut tally = Tally::default();
    for ((case, nth), first) in &counting {
        if *nth == 1 && (from..=to).contains(&first.rated_on) {
            tally.count(first, counting.get(&(*case, 2)).copied());
        }
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn counted(document: u8, case: u8, nth: u8, grade: u8, day: i8) -> Counted {
        Counted {
            document: DocumentId([document; 16]),
            case: DocumentId([case; 16]),
            nth,
            grade: Grade::try_from(grade).unwrap(),
            rated_on: date(2026, 3, day),
            named: false,
            ticket: Ticket::default(),
        }
    }

    fn march(ratings: &[Counted]) -> Tally {
        tally(ratings, date(2026, 3, 1), date(2026, 3, 31))
    }

    #[test]
    fn the_last_counts_and_the_first_is_listed_beside_it() {
        let answered = Ticket { answered: true, called_back: true, excluded: false };
        let bad = Counted { named: true, ticket: answered, ..counted(1, 1, 1, 4, 12) };
        let found = march(&[bad.clone(), counted(2, 1, 2, 3, 20), counted(3, 2, 1, 1, 5)]);
        assert_eq!((found.first, found.last), ([1, 0, 0, 1, 0], [1, 0, 1, 0, 0]));
        assert_eq!((found.again, found.bad), (1, 1));
        let shares =
            [found.satisfied(), found.very_satisfied(), found.rate(4), found.corrected(), found.called()];
        let shares = shares.map(Ratio::percent);
        assert_eq!(shares, ["100.00%", "50.00%", "50.00%", "100.00%", "100.00%"]);
        let excluded = Counted { ticket: Ticket { excluded: true, ..answered }, ..bad };
        let found = march(&[excluded, counted(2, 1, 2, 3, 20)]);
        assert_eq!((found.excluded, found.rated(), found.bad), (1, 0, 0));
        assert_eq!(found.satisfied().percent(), "—");
    }

    #[test]
    fn of_two_made_apart_the_earlier_document_counts_and_says_in_which_period() {
        let (earlier, later) =
            (counted(1, 1, 1, 2, 30), Counted { rated_on: date(2026, 4, 1), ..counted(2, 1, 1, 5, 1) });
        assert_eq!(march(&[later.clone(), earlier.clone()]).last, [0, 1, 0, 0, 0]);
        let april = tally(&[earlier, later], date(2026, 4, 1), date(2026, 4, 30));
        assert_eq!(april, Tally::default());
        let second = [counted(3, 1, 2, 1, 20), counted(4, 1, 1, 2, 10)];
        assert_eq!(march(&second).last, [0, 1, 0, 0, 0], "a second one counts only after a bad one");
        assert_eq!(march(&second[..1]), Tally::default(), "nor alone");
    }

    prop_compose! {
        fn some()(seeds in proptest::collection::vec((0..8u8, 1..3u8, 1..6u8, 1..29i8, any::<[bool; 4]>()), 0..30)) -> Vec<Counted> {
            let mut ratings = Vec::new();
            for (case, nth, grade, day, [named, answered, called_back, excluded]) in seeds {
                let ticket = Ticket { answered, called_back, excluded };
                ratings.push(Counted { named, ticket, ..counted(ratings.len() as u8, case, nth, grade, day) });
            }
            ratings
        }
    }

    proptest! {
        /// Case by case, as one would with the slips on a table.
        #[test]
        fn it_is_what_a_recount_finds_in_any_order(ratings in some(), seed in any::<u64>()) {
            let (from, to) = (date(2026, 3, 8), date(2026, 3, 21));
            let found = tally(&ratings, from, to);
            let mut shuffled = ratings.clone();
            shuffled.sort_by_key(|one| seed.wrapping_mul(u64::from(one.document.0[0]) * 2 + 1));
            prop_assert_eq!(&found, &tally(&shuffled, from, to));

            let (mut last, mut first, mut excluded) = ([0; 5], [0; 5], 0);
            for case in 0..8u8 {
                let earliest = |nth| {
                    let of_case = ratings.iter().filter(|one| one.case.0[0] == case && one.nth == nth);
                    of_case.min_by_key(|one| one.document)
                };
                let Some(one) = earliest(1).filter(|one| from <= one.rated_on && one.rated_on <= to) else { continue };
                if one.grade.bad() && one.ticket.excluded {
                    excluded += 1;
                    continue;
                }
                first[one.grade as usize - 1] += 1;
                let counts = if one.grade.bad() { earliest(2).unwrap_or(one) } else { one };
                last[counts.grade as usize - 1] += 1;
            }
            prop_assert_eq!((found.last, found.first, found.excluded), (last, first, excluded));
            prop_assert_eq!(found.first.iter().sum::<u64>(), found.rated(), "each rated case once");
            prop_assert_eq!(found.bad, found.first[3] + found.first[4]);
            prop_assert!(found.answered <= found.bad && found.named <= found.bad && found.called_back <= found.named);
        }
    }
}
