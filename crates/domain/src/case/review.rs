//! That somebody has looked at acts that don't count (decision 046).

use super::Event;
use crate::EventId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The kind of event that says it.
pub const REVIEW: &str = "reviewContested";

/// What a review says. It names the acts that its author was shown as such: what it merely comes after may have counted then.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Reviewed {
    pub acts: Vec<EventId>,
    /// They are to be looked at once more.
    pub put_back: bool,
    pub remark: String,
}

impl Reviewed {
    /// Whatever is unreadable says nothing.
    pub fn of(event: &Event) -> Self {
        serde_json::from_str(&event.payload).unwrap_or_default()
    }
}

/// By the act: the reviews that stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reviews(BTreeMap<EventId, Vec<EventId>>);

impl Reviews {
    /// `before`: what the review comes after. Nobody has looked at anything else.
    pub fn note(&mut self, event: &Event, before: &BTreeSet<EventId>) {
        let Reviewed { acts, put_back, .. } = Reviewed::of(event);
        for act in acts.into_iter().filter(|act| before.contains(act)) {
            let reviews = self.0.entry(act).or_default();
            // A later word is about those that it knew of; somebody else may have looked meanwhile.
            reviews.retain(|review| !before.contains(review));
            if !put_back {
                reviews.push(event.id);
            }
        }
    }

    /// The review in which an act was looked at; of several made apart the last.
    pub fn of(&self, act: EventId) -> Option<EventId> {
        self.0.get(&act)?.last().copied()
    }
}
