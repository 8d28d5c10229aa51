//! When a case was over for whoever asked for it.

use super::{Event, Folded, State};
use jiff::civil::Date;

impl State {
    /// It was closed or has otherwise ended. What was void from the beginning has been neither.
    pub fn ended(self) -> bool {
        self != State::Void && (self.settled() || matches!(self, State::Closed | State::NotAccepted))
    }
}

/// The day on which a case was closed, or ended without that; `None` while it goes on. What comes after (delivery, archive)
/// ends nothing.
pub fn ended_on(folded: &Folded, events: &[Event]) -> Option<Date> {
    folded.placed.iter().fold(None, |ended, placed| match placed.state {
        None | Some(State::Archived) => ended,
        Some(state) if state.ended() => ended.or(Some(events[placed.event].on.0)),
        Some(_) => None,
    })
}
