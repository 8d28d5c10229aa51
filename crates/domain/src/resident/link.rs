//! What people say of two entries of different registers: that they are about one person, or that they aren't. Said as
//! events, so that who, when and why stay, and so that it can be taken back.

use super::may_register;
use crate::{
    EventId, Role, UnitCode,
    case::{Event, event},
};

/// The kinds of events.
pub const LINK: &str = "link";
pub const UNLINK: &str = "unlink";

/// What the events about two entries come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Whether they are one person; `None` while nobody who may say so has.
    pub linked: Option<bool>,
    /// The event that says so.
    pub by: Option<EventId>,
    /// Somebody who didn't know of it said the opposite.
    pub disputed: bool,
}

/// Folds what was said about two entries, in whatever order it lies. `covering` is the lowest unit above both: nobody below
/// it sees both. Of words that don't know of each other the highest unit's counts, else the later clock's.
pub fn folded(events: &[Event], covering: UnitCode) -> Link {
    let counts = |event: &&Event| {
        matches!(event.kind.as_str(), LINK | UNLINK)
            && event.authority.refusal().is_none()
            && event.unit.covers(covering)
            && event.role.parse::<Role>().is_ok_and(|role| may_register(&[role]))
    };
    let counting: Vec<Event> = events.iter().filter(counts).cloned().collect();
    let latest = event::latest(&counting);
    let last = counting.iter().filter(|event| latest.contains(&event.id));
    let Some(standing) = last.clone().max_by_key(|event| (event.unit.level(), event.hlc, event.id)) else {
        return Link::default();
    };
    Link {
        linked: Some(standing.kind == LINK),
        by: Some(standing.id),
        disputed: last.clone().any(|event| event.kind != standing.kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DeviceId, Hlc, Instant, PersonId, case::event::LegalDate};
    use jiff::civil::date;
    use proptest::prelude::*;

    const TOWNSHIP: &str = "621099100000";
    const COUNTY: &str = "621099000000";

    fn said(id: u8, kind: &str, unit: &str, role: Role, hlc: u64, after: &[u8]) -> Event {
        Event {
            id: EventId([id; 8]),
            kind: kind.to_owned(),
            after: after.iter().map(|id| EventId([*id; 8])).collect(),
            rank: 1,
            hlc: Hlc(hlc),
            at: Instant(0),
            on: LegalDate(date(2026, 3, 5)),
            person: PersonId([0; 8]),
            role: role.as_str().to_owned(),
            unit: unit.parse().unwrap(),
            device: DeviceId([0; 8]),
            rules_version: 1,
            item_version: 0,
            paper: None,
            payload: String::new(),
            authority: Default::default(),
        }
    }

    fn outcome(events: &[Event]) -> (Option<bool>, bool) {
        let link = folded(events, TOWNSHIP.parse().unwrap());
        (link.linked, link.disputed)
    }

    #[test]
    fn the_last_word_counts_and_the_higher_units_before_it() {
        let head = |id, kind, hlc, after: &[u8]| said(id, kind, TOWNSHIP, Role::CentreHead, hlc, after);
        let county = |id, kind, hlc, after: &[u8]| said(id, kind, COUNTY, Role::CountyMerge, hlc, after);
        let village = said(9, LINK, "621099100200", Role::Agent, 9, &[]);
        let table = [
            ("nothing said", vec![], (None, false)),
            ("said", vec![head(1, LINK, 1, &[])], (Some(true), false)),
            ("taken back", vec![head(1, LINK, 9, &[]), head(2, UNLINK, 1, &[1])], (Some(false), false)),
            ("both at once", vec![head(1, LINK, 1, &[]), head(2, UNLINK, 2, &[])], (Some(false), true)),
            (
                "the county's first",
                vec![county(1, LINK, 1, &[]), head(2, UNLINK, 2, &[])],
                (Some(true), true),
            ),
            (
                "settled",
                vec![head(1, LINK, 1, &[]), head(2, UNLINK, 2, &[]), head(3, LINK, 1, &[1, 2])],
                (Some(true), false),
            ),
            ("not a village's to say", vec![village], (None, false)),
            ("nor a supervisor's", vec![said(1, LINK, TOWNSHIP, Role::Supervisor, 1, &[])], (None, false)),
        ];
        for (case, events, expected) in table {
            assert_eq!(outcome(&events), expected, "{case}");
        }
    }

    proptest! {
        #[test]
        fn the_order_of_arrival_does_not_matter(
            made in prop::collection::vec((any::<bool>(), any::<bool>(), 0..4u64, prop::collection::vec(0..6u8, 0..3)), 0..6),
            turn in 0..6usize,
        ) {
            let events: Vec<Event> = made
                .into_iter()
                .enumerate()
                .map(|(i, (links, countys, hlc, after))| {
                    let (unit, role) = if countys { (COUNTY, Role::CountyMerge) } else { (TOWNSHIP, Role::CentreHead) };
                    // Nobody has seen what came later.
                    let after: Vec<u8> = after.into_iter().filter(|seen| usize::from(*seen) < i).collect();
                    said(i as u8, if links { LINK } else { UNLINK }, unit, role, hlc, &after)
                })
                .collect();
            let mut turned = events.clone();
            turned.rotate_left(turn.min(events.len()));
            prop_assert_eq!(outcome(&events), outcome(&turned));
            turned.reverse();
            prop_assert_eq!(outcome(&events), outcome(&turned));
        }
    }
}
