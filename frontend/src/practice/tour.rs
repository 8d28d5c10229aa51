//! The tour: one thing after the other, each until it has really been done.

use crate::{place::Page, record::Draft, texts::practice as texts};
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
    Learnt,
}

/// On one page the item comes first.
const DENSE: [Stage; 9] = [
    Stage::OpenRecord,
    Stage::ChooseItem,
    Stage::Person,
    Stage::Materials,
    Stage::Save,
    Stage::Receipt,
    Stage::HandOver,
    Stage::Sync,
    Stage::Learnt,
];

/// Step by step the person does.
const STEPWISE: [Stage; 9] = [
    Stage::OpenRecord,
    Stage::Person,
    Stage::ChooseItem,
    Stage::Materials,
    Stage::Save,
    Stage::Receipt,
    Stage::HandOver,
    Stage::Sync,
    Stage::Learnt,
];

/// Steps that are to be done: all but the last, which only says so.
pub const STEPS: usize = DENSE.len() - 1;

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
            Stage::Learnt => texts::learnt(),
        }
    }

    /// From 1.
    pub fn number(self, stepwise: bool) -> usize {
        let way = if stepwise { &STEPWISE } else { &DENSE };
        way.iter().position(|stage| *stage == self).unwrap_or(STEPS) + 1
    }

    fn next(self, stepwise: bool) -> Stage {
        let way = if stepwise { &STEPWISE } else { &DENSE };
        way.get(self.number(stepwise)).copied().unwrap_or(Stage::Learnt)
    }

    /// Whether it is behind the person.
    fn done(self, seen: &Seen) -> bool {
        match self {
            Stage::OpenRecord => seen.page == Page::Record,
            Stage::ChooseItem => seen.draft.item.is_some(),
            Stage::Person => {
                let applicant = &seen.draft.applicant;
                ![&applicant.name, &applicant.id_no].iter().any(|text| text.trim().is_empty())
            }
            Stage::Materials => seen.draft.counts.values().any(|count| count.any()),
            Stage::Save => seen.draft.recorded.is_some(),
            Stage::Receipt => matches!(seen.page, Page::Case { .. }),
            Stage::HandOver => seen.state.is_some_and(|state| state != State::Registered),
            Stage::Sync => seen.page == Page::Sync,
            Stage::Learnt => false,
        }
    }
}

/// What there is to be seen of the practice so far.
#[derive(Clone, PartialEq)]
pub struct Seen {
    pub page: Page,
    pub draft: Rc<Draft>,
    /// Where the case stands that was recorded on the way.
    pub state: Option<State>,
    /// Requests are recorded step by step, not all on one page.
    pub stepwise: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tour {
    pub stage: Stage,
    /// The case that is recorded on the way.
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
    pub fn new(shown: bool) -> Self {
        Self { stage: Stage::OpenRecord, case_no: None, shown }
    }
}

impl Reducible for Tour {
    type Action = Move;

    fn reduce(self: Rc<Self>, moved: Move) -> Rc<Self> {
        let mut tour = (*self).clone();
        match moved {
            // Found again where it was left; one that has ended begins again.
            Move::Show if tour.stage == Stage::Learnt => tour = Self::new(true),
            Move::Show => tour.shown = true,
            Move::Hide => tour.shown = false,
            Move::Look(seen) if tour.shown => {
                // A request that was thrown away on the way is begun again.
                let nothing_begun = seen.page != Page::Record && seen.draft.recorded.is_none();
                if (Stage::ChooseItem..Stage::Receipt).contains(&tour.stage) && nothing_begun {
                    tour.stage = Stage::OpenRecord;
                }
                while tour.stage.done(&seen) {
                    if tour.stage == Stage::Save {
                        tour.case_no =
                            seen.draft.recorded.as_ref().map(|recorded| recorded.case_no.clone().into());
                    }
                    tour.stage = tour.stage.next(seen.stepwise);
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

    fn look(page: Page, edits: Vec<Edit>, state: Option<State>) -> Move {
        Move::Look(Seen { page, draft: drafted(edits), state, stepwise: false })
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
        let mut tour = Rc::new(Tour::new(true));
        for (at, (moved, stage)) in steps.into_iter().enumerate() {
            tour = tour.reduce(moved);
            assert_eq!(tour.stage, stage, "after look {at}");
        }
        assert_eq!(tour.case_no.as_deref(), Some("1"));
    }

    #[test]
    fn who_goes_ahead_is_not_held_up_and_who_gives_up_begins_again() {
        let tour = Rc::new(Tour::new(true)).reduce(look(Page::Record, with_material(), None));
        assert_eq!(tour.stage, Stage::Save);
        let away = tour.reduce(look(Page::Home, vec![], None));
        assert_eq!(away.stage, Stage::OpenRecord);
    }

    #[test]
    fn step_by_step_the_person_comes_first() {
        let look = |edits: Vec<Edit>| {
            Move::Look(Seen { page: Page::Record, draft: drafted(edits), state: None, stepwise: true })
        };
        let tour = Rc::new(Tour::new(true)).reduce(look(vec![]));
        assert_eq!((tour.stage, tour.stage.number(true)), (Stage::Person, 2));
        let person = vec![Edit::Name("马桂英".into()), Edit::IdNo("621099194603120228".into())];
        let tour = tour.reduce(look(person));
        assert_eq!((tour.stage, tour.stage.number(true)), (Stage::ChooseItem, 3));
        assert_eq!(tour.reduce(look(with_material())).stage, Stage::Save);
    }

    #[test]
    fn it_can_be_left_and_found_again() {
        let tour = Rc::new(Tour::new(true)).reduce(look(Page::Record, begun(), None));
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
}
