//! The same request made twice (重复申请, DOMAIN §11 scenario 4): two cases of one person for one item, neither of them decided, or
//! a benefit that may be had once a year for one reason and is asked for again.

use super::{State, transition};
use crate::{DocumentId, item::Item};
use jiff::civil::Date;
use std::sync::LazyLock;

/// What makes two cases of one person look like one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duplicate {
    /// The same item, and neither is decided.
    Open,
    /// The same item in the same year, of which the first has been granted, where one reason gets one grant a year.
    Again,
}

impl Duplicate {
    pub const ALL: [Self; 2] = [Self::Open, Self::Again];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Again => "again",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|duplicate| duplicate.as_str() == text)
    }
}

/// One of the two, as far as it matters here.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'a> {
    pub item_id: &'a str,
    /// Its item as of its version, if that is known here.
    pub item: Option<&'a Item>,
    pub state: State,
    /// It was decided for.
    pub granted: bool,
    pub registered_on: Date,
}

/// The one year for which the catalogue has a rule.
const CALENDAR_YEAR: &str = "自然年度";

/// Whether two cases of one person look like one request; the same from both sides.
pub fn duplicate(one: &Asking<'_>, other: &Asking<'_>) -> Option<Duplicate> {
    if one.item_id != other.item_id {
        return None;
    }
    let again = match (one.open(), other.open()) {
        (true, true) => return Some(Duplicate::Open),
        (true, false) => other.granted,
        (false, true) => one.granted,
        (false, false) => false,
    };
    let same_year = one.registered_on.year() == other.registered_on.year();
    (again && same_year && (one.once_a_year() || other.once_a_year())).then_some(Duplicate::Again)
}

impl Asking<'_> {
    fn open(&self) -> bool {
        !self.state.decided() && !self.state.settled() && !self.state.came_to_nothing()
    }

    fn once_a_year(&self) -> bool {
        let limit = self.item.and_then(|item| item.repeat_limit.as_ref());
        limit.is_some_and(|limit| limit.period == CALENDAR_YEAR)
    }
}

/// What is compared to find the one that goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub state: State,
    /// The legal receipt; the village's registration is none.
    pub received_on: Option<Date>,
    pub registered_on: Date,
    /// Of two of one day the earlier document.
    pub document: DocumentId,
}

/// Which of two goes on: the one that can't be voided any more, else the one received first. True: the first.
pub fn first_survives(one: &Receipt, other: &Receipt) -> bool {
    let order = |receipt: &Receipt| {
        (
            voidable(receipt.state),
            receipt.received_on.unwrap_or(Date::MAX),
            receipt.registered_on,
            receipt.document,
        )
    };
    order(one) <= order(other)
}

/// Whether a case may still be voided (DOMAIN T26).
pub fn voidable(state: State) -> bool {
    static FROM: LazyLock<Vec<State>> = LazyLock::new(|| {
        let row = transition::table().iter().find(|row| row.event == "void");
        match row.map(|row| &row.from) {
            Some(transition::From::States(states)) => states.clone(),
            _ => Vec::new(),
        }
    });
    FROM.contains(&state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::RepeatLimit;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn once() -> Item {
        let json = include_str!("../../../../data/items.json");
        let item = crate::item::catalogue_from_json(json).unwrap();
        item.items.into_iter().map(|(item, _)| item).find(|item| item.item_id == "I018").unwrap()
    }

    /// Granted, if its state doesn't say otherwise.
    fn asking(item: Option<&Item>, state: State, registered_on: Date) -> Asking<'_> {
        let granted = matches!(state, State::Approved | State::Closed | State::Delivered | State::Archived);
        Asking { item_id: "I018", item, state, granted, registered_on }
    }

    #[test]
    fn open_twice_or_granted_this_year() {
        let item = once();
        assert!(
            matches!(&item.repeat_limit, Some(RepeatLimit { reason_field, .. }) if reason_field == "event")
        );
        let (march, may, last_year) = (date(2026, 3, 5), date(2026, 5, 5), date(2025, 12, 30));
        let table = [
            ("both open", State::Registered, march, State::Accepted, may, Some(Duplicate::Open)),
            (
                "over the turn of the year",
                State::Registered,
                march,
                State::Accepted,
                last_year,
                Some(Duplicate::Open),
            ),
            ("granted this year", State::Delivered, march, State::Registered, may, Some(Duplicate::Again)),
            ("granted last year", State::Delivered, last_year, State::Registered, may, None),
            ("void", State::Void, march, State::Registered, may, None),
            ("not accepted", State::NotAccepted, march, State::Registered, may, None),
            (
                "granted, not closed yet",
                State::Approved,
                march,
                State::Registered,
                may,
                Some(Duplicate::Again),
            ),
            ("turned down", State::Rejected, march, State::Registered, may, None),
            ("both over", State::Delivered, march, State::Archived, may, None),
        ];
        for (case, one, on, other, also_on, expected) in table {
            let (one, other) = (asking(Some(&item), one, on), asking(Some(&item), other, also_on));
            assert_eq!(duplicate(&one, &other), expected, "{case}");
        }
        let once = item.clone();
        let unlimited = Item { repeat_limit: None, ..item };
        let (one, other) =
            (asking(Some(&unlimited), State::Delivered, march), asking(None, State::Registered, may));
        assert_eq!(duplicate(&one, &other), None, "most things may be asked for again");
        let refused = Asking { granted: false, ..asking(Some(&once), State::Delivered, march) };
        assert_eq!(
            duplicate(&refused, &asking(Some(&once), State::Registered, may)),
            None,
            "and were told no"
        );
        assert_eq!(duplicate(&Asking { item_id: "I017", ..other }, &other), None);
    }

    #[test]
    fn the_earliest_legal_receipt_survives() {
        let receipt = |state, received_on, registered_on| Receipt {
            state,
            received_on,
            registered_on,
            document: DocumentId([1; 16]),
        };
        let (early, late) = (date(2026, 3, 5), date(2026, 3, 9));
        let table = [
            (
                "received beats registered",
                receipt(State::Received, Some(late), late),
                receipt(State::Registered, None, early),
            ),
            (
                "received first",
                receipt(State::Received, Some(early), late),
                receipt(State::Received, Some(late), early),
            ),
            (
                "registered first",
                receipt(State::Registered, None, early),
                receipt(State::InTransit, None, late),
            ),
            (
                "accepted can't be voided",
                receipt(State::Accepted, Some(late), late),
                receipt(State::Received, Some(early), early),
            ),
        ];
        for (case, first, second) in table {
            assert!(first_survives(&first, &second), "{case}");
            assert!(!first_survives(&second, &first), "{case}, the other way round");
        }
        assert!(voidable(State::AwaitSupplement) && !voidable(State::Accepted) && !voidable(State::Void));
    }

    proptest! {
        #[test]
        fn both_sides_find_the_same(one in 0..19usize, other in 0..19usize, years in (2025i16..2027, 2025i16..2027)) {
            let item = once();
            let one = asking(Some(&item), State::ALL[one], date(years.0, 3, 5));
            let other = asking(None, State::ALL[other], date(years.1, 3, 5));
            prop_assert_eq!(duplicate(&one, &other), duplicate(&other, &one));
        }
    }
}
