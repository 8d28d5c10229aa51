//! The tour: one thing after the other, each until it has really been done.

use crate::{
    place::{Page, Queue},
    record::Draft,
    texts::practice as texts,
};
use daiban_domain::case::State;
use std::rc::Rc;
use yew::{AttrValue, Reducible};

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
            Stage::Learnt => texts::learnt(),
        }
    }

    /// From 1.
    pub fn number(self, way: Way) -> usize {
        way.stages().iter().position(|stage| *stage == self).unwrap_or(way.steps()) + 1
    }

    fn next(self, way: Way) -> Stage {
        way.stages().get(self.number(way)).copied().unwrap_or(Stage::Learnt)
    }

    /// Whether it is behind the person.
    fn done(self, seen: &Seen) -> bool {
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
            Stage::Learnt => false,
        }
    }

    /// The case that is at hand from here on.
    fn takes_up(self, seen: &Seen) -> Option<AttrValue> {
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

/// What there is to be seen of the practice so far.
#[derive(Clone, PartialEq)]
pub struct Seen {
    pub page: Page,
    pub draft: Rc<Draft>,
    pub case: Option<Case>,
    pub way: Way,
}

impl Seen {
    fn state(&self) -> Option<State> {
        self.case.as_ref().map(|case| case.state)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tour {
    pub stage: Stage,
    first: Stage,
    /// The case at hand.
    pub case_no: Option<AttrValue>,
    /// It is shown.
    pub shown: bool,
}

pub enum Move {
    Look(Seen),
    Show,
    Hide,
}

impl Tour {
    pub fn new(way: Way, shown: bool) -> Self {
        Self { stage: way.first(), first: way.first(), case_no: None, shown }
    }
}

impl Reducible for Tour {
    type Action = Move;

    fn reduce(self: Rc<Self>, moved: Move) -> Rc<Self> {
        let mut tour = (*self).clone();
        match moved {
            // Found again where it was left; one that has ended begins again.
            Move::Show if tour.stage == Stage::Learnt => {
                tour = Self { stage: tour.first, case_no: None, shown: true, ..tour };
            }
            Move::Show => tour.shown = true,
            Move::Hide => tour.shown = false,
            Move::Look(seen) if tour.shown => {
                // A request that was thrown away on the way is begun again.
                let nothing_begun = seen.page != Page::Record && seen.draft.recorded.is_none();
                if (Stage::ChooseItem..Stage::Receipt).contains(&tour.stage) && nothing_begun {
                    tour.stage = Stage::OpenRecord;
                }
                while tour.stage.done(&seen) {
                    tour.case_no = tour.stage.takes_up(&seen).or(tour.case_no);
                    // What comes next is another one.
                    if tour.stage == Stage::Print {
                        tour.case_no = None;
                    }
                    tour.stage = tour.stage.next(seen.way);
                }
            }
            Move::Look(_) => {}
        }
        Rc::new(tour)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        record::Edit,
        widgets::checklist::{Brought, Part},
    };
    use daiban_contract::view::Recorded;
    use daiban_domain::item::Item;

    fn drafted(edits: impl IntoIterator<Item = Edit>) -> Rc<Draft> {
        edits.into_iter().fold(Rc::new(Draft::default()), |draft, edit| draft.reduce(edit))
    }

    fn begun() -> Vec<Edit> {
        vec![Edit::Item(Rc::new(Item::default()))]
    }

    fn with_person() -> Vec<Edit> {
        [begun(), vec![Edit::Name("马桂英".into()), Edit::IdNo("621099194603120228".into())]].concat()
    }

    fn with_material() -> Vec<Edit> {
        [with_person(), vec![Edit::Brought(Brought::Count("ID".into(), Part::Copies, 1))]].concat()
    }

    fn saved() -> Vec<Edit> {
        let recorded = Recorded { case_no: "1".into(), ..recorded() };
        [with_material(), vec![Edit::Recorded(recorded)]].concat()
    }

    fn recorded() -> Recorded {
        serde_json::from_str(r#"{"caseNo":"1","state":"REGISTERED","warnings":[]}"#).unwrap()
    }

    fn at(state: State, printed: bool) -> Option<Case> {
        Some(Case { case_no: "1".into(), state, printed })
    }

    fn look(page: Page, edits: Vec<Edit>, state: Option<State>) -> Move {
        let case = state.and_then(|state| at(state, false));
        Move::Look(Seen { page, draft: drafted(edits), case, way: Way::Dense })
    }

    fn case() -> Page {
        Page::Case { case_no: "1".into(), begin: None }
    }

    #[test]
    fn each_step_waits_until_it_is_done() {
        let steps = [
            (look(Page::Home, vec![], None), Stage::OpenRecord),
            (look(Page::Items, vec![], None), Stage::OpenRecord),
            (look(Page::Record, vec![], None), Stage::ChooseItem),
            (look(Page::Record, begun(), None), Stage::Person),
            (look(Page::Record, with_person(), None), Stage::Materials),
            (look(Page::Record, with_material(), None), Stage::Save),
            (look(Page::Record, saved(), None), Stage::Receipt),
            (look(Page::Home, vec![], Some(State::Registered)), Stage::Receipt),
            (look(case(), vec![], Some(State::Registered)), Stage::HandOver),
            (look(case(), vec![], Some(State::InTransit)), Stage::Sync),
            (look(Page::Home, vec![], Some(State::InTransit)), Stage::Sync),
            (look(Page::Sync, vec![], Some(State::InTransit)), Stage::Learnt),
        ];
        let mut tour = Rc::new(Tour::new(Way::Dense, true));
        for (at, (moved, stage)) in steps.into_iter().enumerate() {
            tour = tour.reduce(moved);
            assert_eq!(tour.stage, stage, "after look {at}");
        }
        assert_eq!(tour.case_no.as_deref(), Some("1"));
    }

    #[test]
    fn who_goes_ahead_is_not_held_up_and_who_gives_up_begins_again() {
        let tour = Rc::new(Tour::new(Way::Dense, true)).reduce(look(Page::Record, with_material(), None));
        assert_eq!(tour.stage, Stage::Save);
        let away = tour.reduce(look(Page::Home, vec![], None));
        assert_eq!(away.stage, Stage::OpenRecord);
    }

    #[test]
    fn step_by_step_the_person_comes_first() {
        let look = |edits: Vec<Edit>| {
            Move::Look(Seen { page: Page::Record, draft: drafted(edits), case: None, way: Way::Stepwise })
        };
        let tour = Rc::new(Tour::new(Way::Stepwise, true)).reduce(look(vec![]));
        assert_eq!((tour.stage, tour.stage.number(Way::Stepwise)), (Stage::Person, 2));
        let person = vec![Edit::Name("马桂英".into()), Edit::IdNo("621099194603120228".into())];
        let tour = tour.reduce(look(person));
        assert_eq!((tour.stage, tour.stage.number(Way::Stepwise)), (Stage::ChooseItem, 3));
        assert_eq!(tour.reduce(look(with_material())).stage, Stage::Save);
    }

    #[test]
    fn it_can_be_left_and_found_again() {
        let tour = Rc::new(Tour::new(Way::Dense, true)).reduce(look(Page::Record, begun(), None));
        let left = tour.reduce(Move::Hide).reduce(look(Page::Home, vec![], None));
        assert!(!left.shown && left.stage == Stage::Person, "nobody looks while it is away");
        let found = left.reduce(Move::Show);
        assert!(found.shown && found.stage == Stage::Person);
        let ended = found.reduce(look(Page::Record, saved(), None));
        let ended =
            ended.reduce(look(case(), vec![], Some(State::InTransit))).reduce(look(Page::Sync, vec![], None));
        assert_eq!(ended.stage, Stage::Learnt);
        assert_eq!(ended.reduce(Move::Show).stage, Stage::OpenRecord);
    }

    #[test]
    fn the_township_accepts_prints_and_receives() {
        let look = |page: Page, case: Option<Case>| {
            Move::Look(Seen { page, draft: Rc::default(), case, way: Way::Township })
        };
        let intake = || Page::Cases(Queue::Intake);
        let steps = [
            (look(Page::Home, None), Stage::OpenIntake),
            (look(intake(), None), Stage::OpenReceived),
            // One that is still under way comes later.
            (look(case(), at(State::InTransit, false)), Stage::OpenReceived),
            (look(case(), at(State::Received, false)), Stage::Accept),
            (look(case(), at(State::Accepted, false)), Stage::Print),
            (look(case(), at(State::Accepted, true)), Stage::OpenMerge),
            (look(Page::Merge, None), Stage::OpenHandedOver),
            (look(intake(), None), Stage::OpenHandedOver),
            (look(case(), at(State::InTransit, false)), Stage::Receive),
            (look(case(), at(State::Received, false)), Stage::Learnt),
        ];
        let mut tour = Rc::new(Tour::new(Way::Township, true));
        for (nth, (moved, stage)) in steps.into_iter().enumerate() {
            tour = tour.reduce(moved);
            assert_eq!(tour.stage, stage, "after look {nth}");
        }
        assert_eq!((Way::Township.steps(), Stage::Receive.number(Way::Township)), (7, 7));
        assert_eq!(tour.reduce(Move::Show).stage, Stage::OpenIntake);
    }
}
