//! The tour: one thing after the other, each until it has really been done.

use super::stage::{Counted, Seen, Stage, Way};
use crate::place::Page;
use std::rc::Rc;
use yew::{AttrValue, Reducible};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tour {
    pub stage: Stage,
    first: Stage,
    /// The case at hand.
    pub case_no: Option<AttrValue>,
    /// What there was when the stage began.
    since: Option<Counted>,
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
        Self { stage: way.first(), first: way.first(), case_no: None, since: None, shown }
    }
}

impl Reducible for Tour {
    type Action = Move;

    fn reduce(self: Rc<Self>, moved: Move) -> Rc<Self> {
        let mut tour = (*self).clone();
        match moved {
            // Found again where it was left; one that has ended begins again.
            Move::Show if tour.stage == Stage::Learnt => {
                tour = Self { stage: tour.first, case_no: None, since: None, shown: true, ..tour };
            }
            Move::Show => tour.shown = true,
            Move::Hide => tour.shown = false,
            Move::Look(seen) if tour.shown => {
                // A request that was thrown away on the way is begun again.
                let nothing_begun = seen.page != Page::Record && seen.draft.recorded.is_none();
                if (Stage::ChooseItem..Stage::Receipt).contains(&tour.stage) && nothing_begun {
                    tour.stage = Stage::OpenRecord;
                }
                tour.since = tour.since.or(seen.counted);
                while tour.stage.done(&seen, tour.since) {
                    tour.case_no = tour.stage.takes_up(&seen).or(tour.case_no);
                    // What comes next is another one.
                    if tour.stage == Stage::Print {
                        tour.case_no = None;
                    }
                    tour.stage = tour.stage.next(seen.way);
                    tour.since = seen.counted;
                }
            }
            Move::Look(_) => {}
        }
        Rc::new(tour)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::stage::Case, *};
    use crate::{
        place::Queue,
        record::{Draft, Edit},
        widgets::checklist::{Brought, Part},
    };
    use daiban_contract::view::Recorded;
    use daiban_domain::{case::State, item::Item};

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
        Move::Look(Seen { page, draft: drafted(edits), case, counted: None, way: Way::Dense })
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
            Move::Look(Seen {
                page: Page::Record,
                draft: drafted(edits),
                case: None,
                counted: None,
                way: Way::Stepwise,
            })
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
            Move::Look(Seen { page, draft: Rc::default(), case, counted: None, way: Way::Township })
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

    #[test]
    fn the_county_settles_looks_and_publishes() {
        let look = |page: Page, counts: Option<(u64, u64)>| {
            let counted = counts.map(|(doubts, published)| Counted { doubts, published });
            Move::Look(Seen { page, draft: Rc::default(), case: None, counted, way: Way::County })
        };
        let notices = || Page::Notices { notice: None };
        let steps = [
            (look(Page::Home, None), Stage::OpenReview),
            (look(Page::Merge, Some((2, 0))), Stage::Settle),
            (look(Page::Merge, None), Stage::Settle),
            (look(notices(), Some((2, 0))), Stage::Settle),
            (look(Page::Merge, Some((1, 0))), Stage::LookAtSilent),
            (look(Page::Home, Some((1, 0))), Stage::OpenNotices),
            (look(notices(), Some((1, 0))), Stage::Publish),
            (look(Page::Home, Some((1, 0))), Stage::Publish),
            (look(notices(), Some((1, 1))), Stage::Learnt),
        ];
        let mut tour = Rc::new(Tour::new(Way::County, true));
        for (nth, (moved, stage)) in steps.into_iter().enumerate() {
            tour = tour.reduce(moved);
            assert_eq!(tour.stage, stage, "after look {nth}");
        }
        // Once more, where nothing is left to settle and something is published already.
        let again = tour.reduce(Move::Show).reduce(look(Page::Merge, Some((0, 1))));
        assert_eq!(again.stage, Stage::LookAtSilent);
        let again = again.reduce(look(Page::Overview, Some((0, 1)))).reduce(look(notices(), Some((0, 1))));
        assert_eq!(again.stage, Stage::Publish);
    }
}
