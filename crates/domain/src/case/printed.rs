//! Ends of terms as papers told them. What is printed is a fact: a calendar published later tells the people concerned and
//! rewrites nothing (DESIGN, “Time”; DOMAIN §9 rule 3).

use super::ClockName;
use crate::EventId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a print says of a term, under `due` in its payload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// As in `state_machine.json`.
    pub clock: String,
    pub date: Date,
    /// A year without a published table was counted through, and the paper says so.
    pub provisional: bool,
    /// The version of the table of the year in which it ends, by which it was counted; empty for a year without one.
    pub calendar: String,
}

/// A term that a paper told, and the act that it bears witness to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    pub act: EventId,
    pub clock: ClockName,
    pub date: Date,
    pub provisional: bool,
}

/// In the order in which the prints count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrintedTerms(Vec<Printed>);

impl PrintedTerms {
    pub(super) fn note(&mut self, act: EventId, told: &Told) {
        let Told { date, provisional, .. } = *told;
        self.0.extend(ClockName::parse(&told.clock).map(|clock| Printed { act, clock, date, provisional }));
    }

    fn of(&self, clock: ClockName, act: EventId) -> impl DoubleEndedIterator<Item = &Printed> {
        self.0.iter().filter(move |printed| printed.clock == clock && printed.act == act)
    }

    /// The earliest end that was told for certain of the term that an act began.
    pub fn firm(&self, clock: ClockName, act: EventId) -> Option<Date> {
        self.of(clock, act).filter(|printed| !printed.provisional).map(|printed| printed.date).min()
    }

    /// What the last paper told of it: what the people concerned go by.
    pub fn last(&self, clock: ClockName, act: EventId) -> Option<&Printed> {
        self.of(clock, act).next_back()
    }
}
