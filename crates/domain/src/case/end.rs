//! When a case was over for whoever asked for it.

use super::{Event, Folded, State};
use jiff::civil::Date;

impl State {
    /// It was closed or has otherwise ended. What was void from the beginning has been neither.
    pub fn ended(self) -> bool {
        self != State::Void && (self.settled() || matches!(self, State::Closed | State::NotAccepted))
    }
}

/// The day on which a case was closed, or ended without that; `None` while it goes on.
pub fn ended_on(folded: &Folded, events: &[Event]) -> Option<Date> {
    if !folded.state.ended() {
        return None;
    }
    let ending = folded.placed.iter().rev().find(|placed| placed.state == Some(folded.state));
    folded.closed_on.or_else(|| ending.map(|placed| events[placed.event].on.0))
}
