//! All that waits, in one list.

use crate::texts::merge as texts;
use daiban_contract::view::{
    AlikeKind, AlikePeople, Doubt, DoubtKind, DoubtsView, DuplicateCases, DuplicatesView,
};
use daiban_domain::Instant;
use jiff::civil::Date;
use std::rc::Rc;

#[derive(Clone, Debug, PartialEq)]
pub enum Task {
    Fields(Rc<Doubt>),
    Acts(Rc<Doubt>),
    Twice(Rc<DuplicateCases>),
    Alike(Rc<AlikePeople>),
}

impl Task {
    /// Stays the same while the list is read anew.
    pub fn id(&self) -> String {
        match self {
            Task::Fields(doubt) => format!("fields {}", doubt.case_no),
            Task::Acts(doubt) => format!("acts {}", doubt.case_no),
            Task::Twice(pair) => format!("twice {} {}", pair.keep.case_no, pair.other.case_no),
            Task::Alike(pair) => format!("alike {} {}", pair.one.id, pair.other.id),
        }
    }

    /// What is taken for one person waits for nobody; it stands there to be looked up.
    pub fn waits(&self) -> bool {
        !matches!(self, Task::Alike(pair) if pair.kind == AlikeKind::Same)
    }

    pub fn group(&self) -> &'static str {
        match self {
            Task::Fields(_) => texts::fields(),
            Task::Acts(_) => texts::acts(),
            Task::Twice(_) => texts::twice(),
            Task::Alike(pair) if pair.kind == AlikeKind::Same => texts::same(),
            Task::Alike(_) => texts::alike(),
        }
    }

    pub fn who(&self) -> String {
        match self {
            Task::Fields(doubt) | Task::Acts(doubt) => doubt.applicant_name.clone(),
            Task::Twice(pair) => pair.keep.applicant_name.clone(),
            Task::Alike(pair) if pair.one.name == pair.other.name => pair.one.name.clone(),
            Task::Alike(pair) => texts::two_units(&pair.one.name, &pair.other.name),
        }
    }

    pub fn says(&self) -> String {
        match self {
            Task::Fields(doubt) | Task::Acts(doubt) => doubt.what.clone(),
            Task::Twice(pair) => pair.item_name.clone(),
            Task::Alike(pair) if pair.one.unit_name == pair.other.unit_name => pair.one.unit_name.clone(),
            Task::Alike(pair) => texts::two_units(&pair.one.unit_name, &pair.other.unit_name),
        }
    }

    /// The day from which it waits, where it is known.
    pub fn since(&self) -> Option<Date> {
        match self {
            Task::Fields(doubt) | Task::Acts(doubt) => Some(Instant::date(doubt.since)),
            Task::Twice(pair) => Some(pair.keep.registered_on.max(pair.other.registered_on)),
            Task::Alike(_) => None,
        }
    }
}

/// Kind by kind.
pub fn tasks(doubts: &DoubtsView, duplicates: &DuplicatesView) -> Vec<Task> {
    let of =
        |kind: DoubtKind| doubts.doubts.iter().filter(move |doubt| doubt.kind == kind).cloned().map(Rc::new);
    let (same, alike): (Vec<_>, Vec<_>) =
        duplicates.people.iter().cloned().map(Rc::new).partition(|pair| pair.kind == AlikeKind::Same);
    let mut tasks: Vec<Task> = of(DoubtKind::Fields).map(Task::Fields).collect();
    tasks.extend(of(DoubtKind::Acts).map(Task::Acts));
    tasks.extend(duplicates.cases.iter().cloned().map(Rc::new).map(Task::Twice));
    tasks.extend(alike.into_iter().chain(same).map(Task::Alike));
    tasks
}
