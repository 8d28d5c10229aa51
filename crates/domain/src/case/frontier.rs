//! How far silence can be told from here. That nobody acted is only certain when each desk that could have has been heard
//! past the day; until then a conclusion from silence is provisional (DESIGN, “Time”).

use super::{ClockName, transition};
use crate::{
    DeviceId, Instant, Level, Role, UnitCode,
    item::{Item, ReceiptPoint, VillageMode},
};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Up to when a desk has been heard: whatever it wrote before that time, by the county's clock, is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heard {
    pub device: DeviceId,
    /// `None`: never.
    pub until: Option<Instant>,
}

impl Heard {
    fn passes(self, day: Date) -> bool {
        self.until.is_some_and(|until| until.date() > day)
    }
}

/// The desks that could have ended a silence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier(pub Vec<Heard>);

impl Frontier {
    /// Desks that may have acted by the end of a day without its being known here.
    pub fn unheard(&self, day: Date) -> impl Iterator<Item = Heard> {
        self.0.iter().copied().filter(move |heard| !heard.passes(day))
    }

    /// Whether silence up to the end of a day is certain.
    pub fn passes(&self, day: Date) -> bool {
        self.unheard(day).next().is_none()
    }

    /// Up to when silence is certain; `None` if a desk has never been heard.
    pub fn until(&self) -> Option<Instant> {
        self.0.iter().map(|heard| heard.until).min().flatten()
    }
}

/// The units whose acts end a clock, or would have: silence is theirs. The village's first.
pub fn answerable(clock: ClockName, unit: UnitCode, item: &Item) -> Vec<UnitCode> {
    let above = |level: Level| unit.ancestors().find(|above| above.level() == level).unwrap_or(unit);
    let of_role = |role: Role| match role {
        Role::Agent | Role::VillageHead => unit,
        Role::CountyDept => above(Level::County),
        _ => above(Level::Township),
    };
    let village_too = match clock {
        // It hands over what the township's receipt ends the wait for.
        ClockName::Village => true,
        ClockName::Notice => item.receipt_point == ReceiptPoint::Village,
        _ => false,
    };
    let acts_for_the_organ = village_too || item.village_mode == VillageMode::Direct;
    let units: BTreeSet<UnitCode> =
        transition::stopped_by(clock).map(of_role).chain(acts_for_the_organ.then_some(unit)).collect();
    units.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::tests::catalogue_item;
    use jiff::civil::date;

    #[test]
    fn silence_is_certain_when_every_desk_has_been_heard_past_the_day() {
        let heard = |device: u8, until: Option<&str>| Heard {
            device: DeviceId([device; 8]),
            until: until.map(|at| at.parse().unwrap()),
        };
        let day = date(2026, 2, 24);
        let late = heard(1, Some("2026-02-25T00:00:00+08:00"));
        let just_not = heard(2, Some("2026-02-24T23:59:59+08:00"));
        assert!(Frontier(vec![late]).passes(day));
        let frontier = Frontier(vec![late, just_not, heard(3, None)]);
        assert_eq!(frontier.unheard(day).map(|heard| heard.device.0[0]).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(frontier.until(), None);
        assert_eq!(Frontier(vec![late, just_not]).until(), just_not.until);
    }

    #[test]
    fn silence_is_that_of_whoever_has_to_act() {
        let (village, township, county) = ("621099100200", "621099100000", "621099000000");
        let names = |clock, unit: &str, item| {
            answerable(clock, unit.parse().unwrap(), catalogue_item(item))
                .iter()
                .map(UnitCode::to_string)
                .collect::<Vec<_>>()
        };
        use ClockName::*;
        for (clock, item, expected) in [
            (Village, "I002", vec![village, township]),
            (Notice, "I002", vec![township]),
            (Supplement, "I002", vec![village, township]),
            (Tolerance, "I002", vec![township, county]),
            (Promise, "I002", vec![township]),
            (Statutory, "I002", vec![township]),
            (Stage, "I002", vec![township]),
            (MakeUp, "I002", vec![township]),
            (Upper, "I002", vec![township, county]),
            (Joint, "I002", vec![township, county]),
            (Stop, "I002", vec![township, county]),
            (Delivery, "I002", vec![village, township]),
        ] {
            assert_eq!(names(clock, village, item), expected, "{clock:?}");
        }
        assert_eq!(names(Delivery, township, "I002"), [township]);
        let direct = crate::item::tests::catalogue_item("I001").clone();
        let direct = Item { village_mode: VillageMode::Direct, ..direct };
        let units = |item: &Item| answerable(Notice, village.parse().unwrap(), item).len();
        assert_eq!(
            (
                units(&direct),
                units(&Item {
                    village_mode: VillageMode::Proxy,
                    receipt_point: ReceiptPoint::Township,
                    ..direct
                })
            ),
            (2, 1)
        );
    }

    /// Whoever can end a clock by name is waited for, whatever the table comes to say.
    #[test]
    fn every_clock_is_somebodys() {
        for clock in ClockName::ALL {
            assert!(transition::stopped_by(clock).next().is_some(), "{clock:?}");
        }
    }
}
