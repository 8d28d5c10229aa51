//! Which events come after which, and in what order they count.

use super::Event;
use crate::EventId;
use std::collections::{BTreeMap, BTreeSet};

/// Who came before whom.
pub(crate) struct History {
    /// All predecessors that are here.
    pub before: BTreeMap<EventId, BTreeSet<EventId>>,
    /// Events that can be placed, each after its predecessors, in the order in which they count.
    pub order: Vec<usize>,
    pub waiting: Vec<EventId>,
}

impl History {
    pub fn of(events: &[Event]) -> Self {
        let mut index = BTreeMap::new();
        for (i, event) in events.iter().enumerate() {
            index.entry(event.id).or_insert(i);
        }
        let mut left: BTreeMap<_, usize> =
            index.iter().map(|(id, i)| ((events[*i].rank, events[*i].hlc, *id), *i)).collect();
        let mut before: BTreeMap<EventId, BTreeSet<EventId>> = BTreeMap::new();
        let mut order = Vec::new();
        while let Some((key, i)) = left
            .iter()
            .find(|(_, i)| events[**i].after.iter().all(|id| before.contains_key(id)))
            .map(|(k, i)| (*k, *i))
        {
            left.remove(&key);
            let event = &events[i];
            let seen = event.after.iter().flat_map(|id| before[id].iter().copied().chain([*id])).collect();
            before.insert(event.id, seen);
            order.push(i);
        }
        let waiting = left.keys().map(|(_, _, id)| *id).collect();
        Self { before, order, waiting }
    }

    /// Neither has seen the other.
    pub fn concurrent(&self, one: EventId, other: EventId) -> bool {
        let saw = |later: EventId, earlier: EventId| self.before[&later].contains(&earlier);
        one != other && !saw(one, other) && !saw(other, one)
    }
}
