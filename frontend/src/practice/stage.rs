//! What is learnt, in which order, and by what it is seen that it has been done.

use crate::{
    place::{Page, Queue},
    record::Draft,
    texts::practice as texts,
};
use daiban_domain::case::State;
use std::rc::Rc;
use yew::AttrValue;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    OpenRecord,
    ChooseItem,
    Person,
    Materials,
    Save,
    Receipt,
    HandOver,
    Sync,
    OpenIntake,
    OpenReceived,
    Accept,
    Print,
    OpenMerge,
    OpenHandedOver,
    Receive,
    OpenReview,
    Settle,
    LookAtSilent,
    OpenNotices,
    Publish,
    Learnt,
}

/// What is learnt, in which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A village's, on one page: the item comes first.
    Dense,
    /// A village's, step by step: the person does.
    Stepwise,
    Township,
    County,
}

impl Way {
    /// The last only says that it was the last.
    fn stages(self) -> &'static [Stage] {
        match self {
            Way::Dense => &[
                Stage::OpenRecord,
                Stage::ChooseItem,
                Stage::Person,
                Stage::Materials,
                Stage::Save,
                Stage::Receipt,
                Stage::HandOver,
                Stage::Sync,
                Stage::Learnt,
            ],
            Way::Stepwise => &[
                Stage::OpenRecord,
                Stage::Person,
                Stage::ChooseItem,
                Stage::Materials,
                Stage::Save,
                Stage::Receipt,
                Stage::HandOver,
                Stage::Sync,
                Stage::Learnt,
            ],
            Way::Township => &[
                Stage::OpenIntake,
                Stage::OpenReceived,
                Stage::Accept,
                Stage::Print,
                Stage::OpenMerge,
                Stage::OpenHandedOver,
                Stage::Receive,
                Stage::Learnt,
            ],
            Way::County => &[
                Stage::OpenReview,
                Stage::Settle,
                Stage::LookAtSilent,
                Stage::OpenNotices,
                Stage::Publish,
                Stage::Learnt,
            ],
        }
    }

    /// Steps that are to be done.
    pub fn steps(self) -> usize {
        self.stages().len() - 1
    }

    pub fn first(self) -> Stage {
        self.stages()[0]
    }
}

impl Stage {
    pub fn says(self) -> &'static str {
        match self {
            Stage::OpenRecord => texts::open_record(),
            Stage::ChooseItem => texts::choose_item(),
            Stage::Person => texts::fill_in_person(),
            Stage::Materials => texts::tick_materials(),
            Stage::Save => texts::save(),
            Stage::Receipt => texts::look_at_receipt(),
            Stage::HandOver => texts::hand_over(),
            Stage::Sync => texts::look_at_sync(),
            Stage::OpenIntake => texts::open_intake(),
            Stage::OpenReceived => texts::open_received(),
            Stage::Accept => texts::accept(),
            Stage::Print => texts::print(),
            Stage::OpenMerge => texts::open_merge(),
            Stage::OpenHandedOver => texts::open_handed_over(),
            Stage::Receive => texts::receive(),
            Stage::OpenReview => texts::open_review(),
            Stage::Settle => texts::settle(),
            Stage::LookAtSilent => texts::look_at_silent(),
            Stage::OpenNotices => texts::open_notices(),
            Stage::Publish => texts::publish(),
            Stage::Learnt => texts::learnt(),
        }
    }

    /// From 1.
    pub fn number(self, way: Way) -> usize {
        way.stages().iter().position(|stage| *stage == self).unwrap_or(way.steps()) + 1
    }

    pub fn next(self, way: Way) -> Stage {
        way.stages().get(self.number(way)).copied().unwrap_or(Stage::Learnt)
    }

    /// Whether it is behind the person; `since`: what there was when it began.
    pub fn done(self, seen: &Seen, since: Option<Counted>) -> bool {
        let moved = |moved: fn(Counted, Counted) -> bool| {
            since.zip(seen.counted).is_some_and(|(since, now)| moved(since, now))
        };
        let on_page = matches!(seen.page, Page::Case { .. });
        match self {
            Stage::OpenRecord => seen.page == Page::Record,
            Stage::ChooseItem => seen.draft.item.is_some(),
            Stage::Person => {
                let applicant = &seen.draft.applicant;
                ![&applicant.name, &applicant.id_no].iter().any(|text| text.trim().is_empty())
            }
            Stage::Materials => seen.draft.counts.values().any(|count| count.any()),
            Stage::Save => seen.draft.recorded.is_some(),
            Stage::Receipt => on_page,
            Stage::HandOver => seen.state().is_some_and(|state| state != State::Registered),
            Stage::Sync => seen.page == Page::Sync,
            Stage::OpenIntake => seen.page == Page::Cases(Queue::Intake),
            Stage::OpenReceived => on_page && seen.state() == Some(State::Received),
            Stage::Accept => seen.state().is_some_and(|state| !Queue::Intake.states().contains(&state)),
            Stage::Print => seen.case.as_ref().is_some_and(|case| case.printed),
            Stage::OpenMerge => seen.page == Page::Merge,
            Stage::OpenHandedOver => on_page && seen.state() == Some(State::InTransit),
            Stage::Receive => seen.state().is_some_and(|state| state != State::InTransit),
            Stage::OpenReview => seen.page == Page::Merge,
            // Where there is nothing left nobody is held up.
            Stage::Settle => moved(|since, now| now.doubts == 0 || now.doubts < since.doubts),
            Stage::LookAtSilent => matches!(seen.page, Page::Home | Page::Overview),
            Stage::OpenNotices => matches!(seen.page, Page::Notices { .. }),
            Stage::Publish => moved(|since, now| now.published > since.published),
            Stage::Learnt => false,
        }
    }

    /// The case that is at hand from here on.
    pub fn takes_up(self, seen: &Seen) -> Option<AttrValue> {
        match self {
            Stage::Save => seen.draft.recorded.as_ref().map(|recorded| recorded.case_no.clone().into()),
            Stage::OpenReceived | Stage::OpenHandedOver => {
                seen.case.as_ref().map(|case| case.case_no.clone())
            }
            _ => None,
        }
    }
}

/// The case at hand, or the one on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    pub case_no: AttrValue,
    pub state: State,
    /// A paper of it was printed or saved.
    pub printed: bool,
}

/// What a county has: to settle, and published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub doubts: u64,
    pub published: u64,
}

/// What there is to be seen of the practice so far.
#[derive(Clone, PartialEq)]
pub struct Seen {
    pub page: Page,
    pub draft: Rc<Draft>,
    pub case: Option<Case>,
    /// Of a county, once it is known.
    pub counted: Option<Counted>,
    pub way: Way,
}

impl Seen {
    fn state(&self) -> Option<State> {
        self.case.as_ref().map(|case| case.state)
    }
}
