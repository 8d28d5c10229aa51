//! Standing in for somebody (DOMAIN §2.3): within its days a substitute acts in the delegator's roles, and every such act
//! says for whom.

use crate::PersonId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The key of an event's payload that names for whom it was taken.
pub const ON_BEHALF_OF: &str = "onBehalfOf";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Delegation {
    pub from: PersonId,
    pub to: PersonId,
    /// Empty for all.
    #[serde(default)]
    pub item_ids: Vec<String>,
    /// First and last day.
    pub since: Date,
    pub until: Date,
    pub reason: String,
}

impl Delegation {
    pub fn of_item(&self, item_id: &str) -> bool {
        self.item_ids.is_empty() || self.item_ids.iter().any(|item| item == item_id)
    }

    pub fn holds(&self, on: Date) -> bool {
        (self.since..=self.until).contains(&on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn it_holds_for_its_items_from_its_first_day_to_its_last() {
        let some = Delegation {
            from: PersonId([1; 8]),
            to: PersonId([2; 8]),
            item_ids: vec!["I002".to_owned()],
            since: date(2026, 5, 6),
            until: date(2026, 5, 8),
            reason: "年休假".to_owned(),
        };
        let held: Vec<bool> = (5..=9).map(|day| some.holds(date(2026, 5, day))).collect();
        assert_eq!(held, [false, true, true, true, false]);
        assert!(some.of_item("I002") && !some.of_item("I001"));
        assert!(Delegation { item_ids: Vec::new(), ..some }.of_item("I001"));
    }
}
