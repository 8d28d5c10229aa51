//! Where in the window the person is: plain values and one reducer.

use crate::texts::{queues as texts, today};
use daiban_contract::{
    act::{FormsOf, PaperOf},
    ask::DueIn,
    view::CaseList,
};
use daiban_domain::{DocumentId, UnitCode, case::State};
use std::rc::Rc;
use yew::{AttrValue, Reducible};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    Home,
    Record,
    Cases(Queue),
    /// The same of one unit and those below it.
    UnitCases {
        unit: UnitCode,
        queue: Queue,
    },
    /// What goes to the township next, and the batches; one of them to begin with.
    HandOver {
        batch: Option<AttrValue>,
    },
    /// Where whose originals are.
    Originals,
    /// What is late and who is silent.
    Overview,
    Calendar,
    /// The county's own view of its items.
    Catalogue,
    /// One case on the whole page; an act to begin with, if one was already chosen.
    Case {
        case_no: AttrValue,
        begin: Option<AttrValue>,
    },
    /// All that a person has to look at, one after another.
    Merge,
    /// Computers, and what revoked ones wrote.
    Devices,
    /// Who read, printed and let out what.
    Audit,
    People,
    Items,
    Sync,
    /// Every widget in every state.
    #[cfg(feature = "gallery")]
    Gallery,
    /// The register; somebody in it to begin with.
    Residents {
        person: Option<DocumentId>,
    },
    /// Consultations, complaints and the like; one of them to begin with.
    Matters {
        matter_no: Option<AttrValue>,
    },
    /// What the county and the township publish to be read; one of them to begin with.
    Notices {
        notice: Option<DocumentId>,
    },
    /// What waits at the printers.
    Prints,
    /// Turned to the resident: nothing of the desk is to be seen or reached.
    Rate {
        case_no: AttrValue,
    },
}

impl Page {
    /// Stands at the same place of the menu, whatever it shows first.
    pub fn beside(&self, other: &Page) -> bool {
        match (self, other) {
            (Page::HandOver { .. }, Page::HandOver { .. } | Page::Originals)
            | (Page::Residents { .. }, Page::Residents { .. })
            | (Page::Matters { .. }, Page::Matters { .. })
            | (Page::Notices { .. }, Page::Notices { .. }) => true,
            _ => self == other,
        }
    }
}

/// A part of the list, by what is to be done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queue {
    All,
    HandOver,
    Deliver,
    Intake,
    Review,
    Decision,
    Issue,
    Doubtful,
    Open,
    FromVillages,
    Supplement,
    Due(DueIn),
}

impl Queue {
    pub fn title(self) -> &'static str {
        match self {
            Queue::All => texts::all(),
            Queue::HandOver => texts::hand_over(),
            Queue::Deliver => texts::deliver(),
            Queue::Intake => texts::intake(),
            Queue::Review => texts::review(),
            Queue::Decision => texts::decision(),
            Queue::Issue => texts::issue(),
            Queue::Doubtful => texts::doubtful(),
            Queue::Open => today::open(),
            Queue::FromVillages => today::from_villages(),
            Queue::Supplement => today::supplement(),
            Queue::Due(DueIn::Overdue) => today::overdue(),
            Queue::Due(DueIn::Today) => today::due_today(),
            Queue::Due(DueIn::Next) => today::due_next(),
            Queue::Due(DueIn::Soon) => today::due_soon(),
        }
    }

    /// Empty: every state.
    pub fn states(self) -> &'static [State] {
        match self {
            Queue::All | Queue::Doubtful | Queue::Due(_) => &[],
            Queue::Open => &OPEN,
            Queue::FromVillages => &[State::InTransit],
            Queue::Supplement => &[State::AwaitSupplement],
            Queue::HandOver => &[State::Registered],
            Queue::Deliver => &[State::Closed],
            Queue::Intake => &[State::InTransit, State::Received, State::AwaitSupplement],
            Queue::Review => &[State::Accepted, State::InReview],
            Queue::Decision => &[State::PendingDecision],
            Queue::Issue => &[State::Approved, State::Rejected, State::Closed],
        }
    }

    /// How many cases stand in it.
    pub fn count(self, list: &CaseList) -> u64 {
        match self {
            Queue::Doubtful => list.doubtful,
            Queue::All => list.counts.values().sum(),
            _ => self.states().iter().filter_map(|state| list.counts.get(state)).sum(),
        }
    }

    pub fn icon(self) -> &'static str {
        match self {
            Queue::All => "notebook-text",
            Queue::HandOver => "send",
            Queue::Deliver | Queue::Issue => "package-check",
            Queue::Intake => "inbox",
            Queue::Review => "file-search",
            Queue::Decision => "stamp",
            Queue::Doubtful => "git-compare",
            Queue::Open | Queue::Supplement | Queue::Due(_) => "hourglass",
            Queue::FromVillages => "inbox",
        }
    }

    pub fn id(self) -> &'static str {
        match self {
            Queue::All => "all",
            Queue::HandOver => "hand-over",
            Queue::Deliver => "deliver",
            Queue::Intake => "intake",
            Queue::Review => "review",
            Queue::Decision => "decision",
            Queue::Issue => "issue",
            Queue::Doubtful => "doubtful",
            Queue::Open => "open",
            Queue::FromVillages => "from-villages",
            Queue::Supplement => "supplement",
            Queue::Due(DueIn::Overdue) => "overdue",
            Queue::Due(DueIn::Today) => "due-today",
            Queue::Due(DueIn::Next) => "due-next",
            Queue::Due(DueIn::Soon) => "due-soon",
        }
    }
}

/// Not settled: what the overview counts as open.
const OPEN: [State; 13] = [
    State::Draft,
    State::Registered,
    State::InTransit,
    State::Received,
    State::AwaitSupplement,
    State::Accepted,
    State::InReview,
    State::Forwarded,
    State::PendingDecision,
    State::Approved,
    State::Rejected,
    State::Closed,
    State::NotAccepted,
];

/// What a paper is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperIs {
    Case { case_no: AttrValue, form: AttrValue },
    Other(PaperOf),
}

/// A sheet over the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Over {
    Help,
    /// Everything by typing it.
    Search,
    Users,
    Paper(PaperIs),
    /// One form of many cases.
    Forms(FormsOf),
    /// A roster of residents, to be imported.
    Roster,
    /// Which case is to be rated.
    ToRate,
    /// A photo or scan of a case, by its hash.
    Photo {
        case_no: AttrValue,
        hash: AttrValue,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub page: Page,
    pub over: Option<Over>,
    pub search: AttrValue,
    /// The case marked in the list, and the row where it stood.
    pub chosen: Option<(AttrValue, usize)>,
    /// Where Esc leads, nearest last.
    trail: Vec<Page>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Go(Page),
    Back,
    Search(String),
    Choose(AttrValue, usize),
    Open(Over),
    /// Somebody else works here now.
    Leave,
}

impl Default for Place {
    fn default() -> Self {
        Self { page: Page::Home, over: None, search: AttrValue::default(), chosen: None, trail: Vec::new() }
    }
}

/// Esc need not lead further back than a person remembers.
const TRAIL: usize = 20;

impl Place {
    #[cfg(feature = "gallery")]
    pub fn at(page: Page) -> Self {
        Self { page, ..Self::default() }
    }

    fn turn_to(&mut self, page: Page) {
        if self.page == page {
            return;
        }
        self.trail.push(std::mem::replace(&mut self.page, page));
        if self.trail.len() > TRAIL {
            self.trail.remove(0);
        }
    }

    fn back(&mut self) {
        if self.over.take().is_some() {
            return;
        }
        self.search = AttrValue::default();
        self.page = self.trail.pop().unwrap_or(Page::Home);
    }

    /// A search runs over all cases; emptied, it leaves the person where the search began.
    fn search(&mut self, text: String) {
        let begins = self.search.is_empty() && !text.is_empty();
        let ends = !self.search.is_empty() && text.is_empty();
        self.search = text.into();
        if begins {
            self.chosen = None;
            // Searching from the list of all needs a mark too, so that emptying the line stays there.
            self.trail.push(std::mem::replace(&mut self.page, Page::Cases(Queue::All)));
        } else if ends {
            self.page = self.trail.pop().unwrap_or(Page::Home);
        }
    }
}

impl Reducible for Place {
    type Action = Step;

    fn reduce(self: Rc<Self>, step: Step) -> Rc<Self> {
        let mut place = (*self).clone();
        match step {
            Step::Go(page) => {
                place.over = None;
                place.search = AttrValue::default();
                if matches!(page, Page::Cases(_) | Page::UnitCases { .. }) {
                    place.chosen = None;
                }
                place.turn_to(page);
            }
            Step::Back => place.back(),
            Step::Search(text) => place.search(text),
            Step::Choose(case_no, row) => place.chosen = Some((case_no, row)),
            Step::Open(over) => place.over = Some(over),
            Step::Leave => place = Self::default(),
        }
        Rc::new(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(steps: impl IntoIterator<Item = Step>) -> Rc<Place> {
        steps.into_iter().fold(Rc::new(Place::default()), Reducible::reduce)
    }

    fn case(case_no: &'static str) -> Page {
        Page::Case { case_no: case_no.into(), begin: None }
    }

    #[test]
    fn steps_lead_there_and_back() {
        use Step::*;
        let search = |text: &str| Search(text.to_owned());
        let cases: [(&str, Vec<Step>, Page); 9] = [
            ("the first page", vec![], Page::Home),
            ("back from the first page", vec![Back], Page::Home),
            ("back to where one was", vec![Go(Page::Sync), Go(Page::Record), Back], Page::Sync),
            ("the same page twice is one step", vec![Go(Page::Sync), Go(Page::Sync), Back], Page::Home),
            ("a sheet closes before the page", vec![Go(Page::Sync), Open(Over::Help), Back], Page::Sync),
            ("a search shows all cases", vec![search("王"), search("王秀")], Page::Cases(Queue::All)),
            ("an emptied search leads back", vec![Go(Page::Items), search("王"), search("")], Page::Items),
            ("Esc ends a search", vec![Go(Page::Items), search("王"), Back], Page::Items),
            (
                "back from a found case is the list",
                vec![search("王"), Go(case("1")), Back],
                Page::Cases(Queue::All),
            ),
        ];
        for (name, steps, page) in cases {
            assert_eq!(after(steps).page, page, "{name}");
        }
    }

    #[test]
    fn open_cases_are_those_that_nobody_has_settled() {
        let open: Vec<State> = State::ALL.into_iter().filter(|state| !state.settled()).collect();
        assert_eq!(Queue::Open.states(), open);
    }

    #[test]
    fn another_queue_forgets_the_marked_case() {
        let marked = [Step::Go(Page::Cases(Queue::Intake)), Step::Choose("1".into(), 7)];
        assert_eq!(after(marked.clone()).chosen, Some(("1".into(), 7)));
        assert_eq!(after([&marked[..], &[Step::Go(Page::Cases(Queue::Review))]].concat()).chosen, None);
    }

    #[test]
    fn the_way_back_does_not_grow_without_end() {
        let long = (0..500).flat_map(|_| [Step::Go(Page::Sync), Step::Go(Page::Items)]);
        assert!(after(long).trail.len() <= TRAIL);
    }
}
