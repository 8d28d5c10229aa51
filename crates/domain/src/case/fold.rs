//! From the events of a case to its state (DESIGN, “What merging means”).
//!
//! Among the events whose causal predecessors are placed, the first by (rank, clock, id) is placed next; the order is a
//! function of the set, so every replica finds the same. An event that the table doesn't allow where it lands is
//! contested: kept, shown, without effect. A fold never displaces printed paper.

use super::{
    Event, State,
    clock::{ClockName, Clocks},
    custody::Custody,
    precondition,
    transition::{self, Refusal, Setting, Transition},
};
use crate::{EventId, Level, PersonId, Role};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What the events of a case come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    pub state: State,
    /// In the order in which they count.
    pub placed: Vec<Placed>,
    /// Events with a predecessor that isn't here yet.
    pub waiting: Vec<EventId>,
    /// Two printed acts exclude each other: a person has to decide.
    pub contested: bool,
    /// There is an event of a newer program.
    pub incomplete: bool,
    pub clocks: Clocks,
    /// The day from which the five days of notice run; a supplement sets it anew.
    pub received_on: Option<Date>,
    pub accepted_on: Option<Date>,
    pub closed_on: Option<Date>,
    /// One-time notices given: more than one is a violation (DOMAIN T06).
    pub notices: u16,
    pub extensions: u16,
    /// Special procedures for which the clocks were stopped.
    pub procedures: u16,
    /// Legal dates of the acts that moved the state or a clock.
    pub days: Vec<Date>,
    /// Codes of the materials that a tolerant acceptance left owing.
    pub owed: Vec<String>,
    /// Who made the proposal that waits for a decision, or was decided.
    pub proposer: Option<PersonId>,
    pub public_notice: Option<PublicNotice>,
    /// Who looks after the case for its village: who registered it there, or was given it since.
    pub agent: Option<PersonId>,
    pub custody: Custody,
    /// What the village would have corrected after hand-over, in the order in which it counts.
    pub suggestions: Vec<Suggestion>,
    /// The organs asked in a joint case, in the order in which they were.
    pub asked: Vec<Asked>,
}

/// A public notice (公示).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicNotice {
    pub start: Date,
    pub end: Option<Date>,
    /// Objections that came while it hung, or since.
    pub objections: u16,
}

/// A correction that somebody suggests who may no longer make it (DOMAIN T32: proposals).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The event that made it.
    pub event: EventId,
    pub path: String,
    pub value: String,
    /// The event that answered it, and whether it was adopted.
    pub answer: Option<(EventId, bool)>,
}

/// An organ that was asked for its opinion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub organ: String,
    pub on: Date,
    /// In working days.
    pub term: Option<u16>,
    pub answer: Option<Answer>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub on: Date,
    pub opinion: String,
    /// 视为同意: it was silent, or stayed away.
    pub tacit: bool,
}

/// One event in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Index into the folded slice.
    pub event: usize,
    /// Why it doesn't count.
    pub contested: Option<String>,
    /// The state after it, if it changed one.
    pub state: Option<State>,
}

/// Folds events in whatever order they lie; doubles count once.
pub fn fold(events: &[Event], setting: &Setting<'_>) -> Folded {
    let history = History::of(events);
    let printed: BTreeMap<EventId, BTreeSet<&str>> = printed(events);
    let mut displaced = BTreeSet::new();
    let mut given_up = BTreeSet::new();
    loop {
        let folded = place(events, &history, setting, &printed, &displaced);
        let in_the_way = |id: &EventId| printed.contains_key(id) && !given_up.contains(id);
        let contested = folded.placed.iter().filter(|placed| placed.contested.is_some());
        let Some(paper) = contested.map(|placed| events[placed.event].id).find(in_the_way) else {
            return folded;
        };
        let trial = |without: &BTreeSet<EventId>| place(events, &history, setting, &printed, without);
        let rivals = rivals_of_paper(events, &history, &folded, &printed, paper);
        match make_way(events, paper, &displaced, &rivals, trial) {
            Some(without) => displaced = without,
            None => _ = given_up.insert(paper),
        }
    }
}

/// What has to be set aside, beside what is, so that a printed act counts: no more than that; `None` if nothing helps.
fn make_way(
    events: &[Event],
    paper: EventId,
    displaced: &BTreeSet<EventId>,
    rivals: &[EventId],
    trial: impl Fn(&BTreeSet<EventId>) -> Folded,
) -> Option<BTreeSet<EventId>> {
    let counts = |without: &BTreeSet<EventId>| {
        trial(without)
            .placed
            .iter()
            .any(|placed| events[placed.event].id == paper && placed.contested.is_none())
    };
    let mut without = displaced.clone();
    for rival in rivals {
        without.insert(*rival);
        if counts(&without) {
            // Those before it may have stood in nobody's way.
            for rival in rivals {
                if without.remove(rival) && !counts(&without) {
                    without.insert(*rival);
                }
            }
            return Some(without);
        }
    }
    None
}

/// Who came before whom.
pub(crate) struct History {
    /// All predecessors that are here.
    pub before: BTreeMap<EventId, BTreeSet<EventId>>,
    /// Events that can be placed, each after its predecessors, in the order in which they count.
    pub order: Vec<usize>,
    pub waiting: Vec<EventId>,
}

impl History {
    pub fn of(events: &[Event]) -> Self {
        let mut index = BTreeMap::new();
        for (i, event) in events.iter().enumerate() {
            index.entry(event.id).or_insert(i);
        }
        let mut left: BTreeMap<_, usize> =
            index.iter().map(|(id, i)| ((events[*i].rank, events[*i].hlc, *id), *i)).collect();
        let mut before: BTreeMap<EventId, BTreeSet<EventId>> = BTreeMap::new();
        let mut order = Vec::new();
        while let Some((key, i)) = left
            .iter()
            .find(|(_, i)| events[**i].after.iter().all(|id| before.contains_key(id)))
            .map(|(k, i)| (*k, *i))
        {
            left.remove(&key);
            let event = &events[i];
            let seen = event.after.iter().flat_map(|id| before[id].iter().copied().chain([*id])).collect();
            before.insert(event.id, seen);
            order.push(i);
        }
        let waiting = left.keys().map(|(_, _, id)| *id).collect();
        Self { before, order, waiting }
    }

    /// Neither has seen the other.
    pub fn concurrent(&self, one: EventId, other: EventId) -> bool {
        let saw = |later: EventId, earlier: EventId| self.before[&later].contains(&earlier);
        one != other && !saw(one, other) && !saw(other, one)
    }
}

/// The numbers of the papers that bear witness to each act.
fn printed(events: &[Event]) -> BTreeMap<EventId, BTreeSet<&str>> {
    let mut printed: BTreeMap<EventId, BTreeSet<&str>> = BTreeMap::new();
    for paper in events.iter().filter_map(|event| event.paper.as_ref()) {
        printed.entry(paper.act).or_default().insert(&paper.number);
    }
    printed
}

fn place(
    events: &[Event],
    history: &History,
    setting: &Setting<'_>,
    printed: &BTreeMap<EventId, BTreeSet<&str>>,
    displaced_by_paper: &BTreeSet<EventId>,
) -> Folded {
    let mut folded = Folded {
        state: State::Draft,
        placed: Vec::new(),
        waiting: history.waiting.clone(),
        contested: false,
        incomplete: false,
        clocks: Clocks::default(),
        received_on: None,
        accepted_on: None,
        closed_on: None,
        notices: 0,
        extensions: 0,
        procedures: 0,
        days: Vec::new(),
        owed: Vec::new(),
        proposer: None,
        public_notice: None,
        agent: None,
        custody: Custody::default(),
        suggestions: Vec::new(),
        asked: Vec::new(),
    };
    for i in &history.order {
        let event = &events[*i];
        let verdict = if displaced_by_paper.contains(&event.id) {
            Verdict::Contested("和已经出具的文书不一致".to_owned())
        } else {
            verdict(event, &folded, setting)
        };
        let (contested, state) = match verdict {
            Verdict::Counts(row) => {
                folded.note(event, row);
                (None, row.to)
            }
            Verdict::Unknown => {
                folded.incomplete = true;
                (None, None)
            }
            Verdict::Contested(_) if same_act(events, history, &folded, event, printed) => (None, None),
            Verdict::Contested(reason) => (Some(reason), None),
        };
        if let Some(state) = state {
            folded.state = state;
        }
        folded.placed.push(Placed { event: *i, contested, state });
    }
    folded.contested = folded.placed.iter().any(|placed| {
        let id = events[placed.event].id;
        placed.contested.is_some() && printed.contains_key(&id)
    });
    folded
}

enum Verdict {
    /// Under a row of the table.
    Counts(&'static Transition),
    Unknown,
    Contested(String),
}

fn verdict(event: &Event, folded: &Folded, setting: &Setting<'_>) -> Verdict {
    if transition::name(&event.kind).is_none() {
        return Verdict::Unknown;
    }
    let Ok(role) = event.role.parse::<Role>() else { return Verdict::Unknown };
    if !event.unit.covers(setting.unit) {
        return Verdict::Contested("记下它的单位管不到这个办件".to_owned());
    }
    let found = transition::find(folded.state, &event.kind, &[role], event.unit.level(), setting);
    match found.and_then(|(row, role)| folded.fits(event, role, setting).map(|()| row)) {
        Ok(row) => Verdict::Counts(row),
        Err(refusal) => Verdict::Contested(refusal.to_string().trim_end_matches('。').to_owned()),
    }
}

/// The same act, taken by two who didn't know of each other, is one act; two papers with different numbers are not.
fn same_act(
    events: &[Event],
    history: &History,
    folded: &Folded,
    event: &Event,
    printed: &BTreeMap<EventId, BTreeSet<&str>>,
) -> bool {
    folded.placed.iter().filter(|placed| placed.contested.is_none()).any(|placed| {
        let other = &events[placed.event];
        // What moves a case is the same whoever says it how; of other acts what was said counts.
        other.kind == event.kind
            && (placed.state.is_some() || other.said() == event.said())
            && history.concurrent(other.id, event.id)
            && match (printed.get(&other.id), printed.get(&event.id)) {
                (Some(one), Some(two)) => one == two,
                (None, Some(_)) => false,
                _ => true,
            }
    })
}

/// Unprinted acts that may stand in the way of a printed one which didn't know of them, in the order in which they count.
fn rivals_of_paper(
    events: &[Event],
    history: &History,
    folded: &Folded,
    printed: &BTreeMap<EventId, BTreeSet<&str>>,
    paper: EventId,
) -> Vec<EventId> {
    let kind = events.iter().find(|event| event.id == paper).map(|event| event.kind.as_str());
    folded
        .placed
        .iter()
        .filter(|placed| placed.contested.is_none())
        .filter(|placed| placed.state.is_some() || kind == Some(events[placed.event].kind.as_str()))
        .map(|placed| events[placed.event].id)
        .filter(|id| !printed.contains_key(id) && history.concurrent(*id, paper))
        .collect()
}

impl Folded {
    /// Whether an act that the table allows goes with what the acts before it have come to.
    pub fn fits(&self, event: &Event, role: Role, setting: &Setting<'_>) -> Result<(), Refusal> {
        let said = event.said();
        precondition::fits(self, &event.kind, &said, role, setting)
    }

    fn note(&mut self, event: &Event, row: &Transition) {
        let (on, said) = (event.on.0, event.said());
        for effect in &row.clocks {
            self.clocks.take(*effect, on, &said);
        }
        if row.to.is_some() || !row.clocks.is_empty() {
            self.days.push(on);
        }
        match row.to {
            // A decision ends the wait for what was owed; with its papers complete the file is closed.
            Some(State::Closed) => self.clocks.end(ClockName::Tolerance, on),
            Some(State::Archived) => self.clocks.end(ClockName::MakeUp, on),
            _ => {}
        }
        self.custody.note(event, said.batch.clone(), said.materials.clone());
        match event.kind.as_str() {
            "submit" | "directReceive" if event.unit.level() == Level::Village => {
                self.agent = Some(event.person);
            }
            "changeAgent" => self.agent = said.agent.parse().ok().or(self.agent),
            _ => {}
        }
        match event.kind.as_str() {
            "directReceive" | "supplement" => self.received_on = Some(on),
            "receive" if row.to.is_some() => self.received_on = Some(on),
            "returnToVillage" => self.received_on = None,
            "oneTimeNotice" => self.notices += 1,
            "accept" | "urgentRelief" => self.accepted_on = Some(on),
            "tolerantAccept" => {
                self.accepted_on = Some(on);
                self.owed = said.owed;
            }
            "tolerantDone" => self.owed.clear(),
            "extend" => self.extensions += 1,
            "pause" => self.procedures += 1,
            "propose" => self.proposer = Some(event.person),
            "close" | "upperClose" => self.closed_on = Some(on),
            "reopen" => self.closed_on = None,
            "publicNoticeStart" => {
                self.public_notice = Some(PublicNotice { start: on, end: None, objections: 0 });
            }
            "publicNoticeEnd" => {
                if let Some(notice) = &mut self.public_notice {
                    notice.end = Some(on);
                }
            }
            "publicNoticeObjection" => {
                if let Some(notice) = &mut self.public_notice {
                    notice.objections += 1;
                }
            }
            "suggest" => {
                let (path, value) = (said.path, said.value);
                self.suggestions.push(Suggestion { event: event.id, path, value, answer: None });
            }
            "adopt" | "decline" => {
                let adopted = event.kind == "adopt";
                let mut suggestions = self.suggestions.iter_mut();
                if let Some(suggestion) = suggestions.find(|one| one.takes(&said.suggestion, adopted)) {
                    suggestion.answer = Some((event.id, adopted));
                }
            }
            "jointDispatch" => {
                self.asked.push(Asked { organ: said.organ, on, term: said.limit_days, answer: None });
            }
            "jointOpinion" | "jointTacit" => {
                let tacit = event.kind == "jointTacit";
                let opinion = if tacit { "视为同意".to_owned() } else { said.opinion };
                let asked = self.asked.iter_mut().find(|asked| asked.waits_for(&said.organ));
                if let Some(asked) = asked {
                    asked.answer = Some(Answer { on, opinion, tacit });
                }
            }
            _ => {}
        }
    }
}

impl Suggestion {
    /// Whether it is the one of this event, and an answer may still be given. Adopting writes the field: it counts also where
    /// somebody else has declined, or the case would show a value that its history denies.
    pub fn takes(&self, event: &str, adopted: bool) -> bool {
        let open = self.answer.is_none_or(|(_, before)| adopted && !before);
        open && self.event.to_string() == event
    }
}

impl Asked {
    pub fn waits_for(&self, organ: &str) -> bool {
        self.organ == organ && self.answer.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        DeviceId, Hlc, Instant, RULES_VERSION,
        case::{
            Paper,
            event::{LegalDate, rank},
        },
        item::{Item, tests::catalogue_item},
    };
    use jiff::civil::date;
    use proptest::prelude::*;

    const VILLAGE: &str = "621099100200";
    const TOWNSHIP: &str = "621099100000";

    fn event(id: u8, kind: &str, unit: &str, role: Role, hlc: u64, after: &[u8]) -> Event {
        let unit: crate::UnitCode = unit.parse().unwrap();
        Event {
            id: EventId([id; 8]),
            kind: kind.to_owned(),
            after: after.iter().map(|id| EventId([*id; 8])).collect(),
            rank: transition::rank(kind, unit.level()),
            hlc: Hlc(hlc),
            at: Instant(0),
            on: LegalDate(date(2026, 3, 5)),
            person: PersonId([0; 8]),
            role: role.as_str().to_owned(),
            unit,
            device: DeviceId([unit.level() as u8; 8]),
            rules_version: RULES_VERSION,
            item_version: 1,
            paper: None,
            payload: String::new(),
        }
    }

    fn print(id: u8, act: u8, number: &str, hlc: u64) -> Event {
        let paper =
            Paper { form: "F02".to_owned(), number: number.to_owned(), act: EventId([act; 8]), copy: 1 };
        Event { paper: Some(paper), ..event(id, "print", TOWNSHIP, Role::Intake, hlc, &[act]) }
    }

    fn setting(item: &Item) -> Setting<'_> {
        Setting { item, window: false, unit: VILLAGE.parse().unwrap() }
    }

    /// Registered, handed over, received.
    fn received() -> Vec<Event> {
        vec![
            event(1, "submit", VILLAGE, Role::Agent, 1, &[]),
            event(2, "handOver", VILLAGE, Role::Agent, 2, &[1]),
            event(3, "receive", TOWNSHIP, Role::Intake, 3, &[2]),
        ]
    }

    #[test]
    fn a_case_walks_to_its_end() {
        let item = catalogue_item("I002");
        let mut events = received();
        for (id, kind, role) in [
            (4, "accept", Role::Intake),
            (5, "startReview", Role::Reviewer),
            (6, "propose", Role::Reviewer),
            (7, "approve", Role::Approver),
            (8, "close", Role::Issuer),
            (9, "deliver", Role::Issuer),
        ] {
            events.push(event(id, kind, TOWNSHIP, role, u64::from(id), &[id - 1]));
        }
        let folded = fold(&events, &setting(item));
        assert_eq!(folded.state, State::Delivered);
        assert!(folded.placed.iter().all(|placed| placed.contested.is_none()));
        assert_eq!(folded.accepted_on, Some(date(2026, 3, 5)));
    }

    #[test]
    fn the_organs_act_goes_before_a_village_edit_made_apart() {
        let item = catalogue_item("I002");
        let mut events = received();
        events.push(event(4, "withdraw", VILLAGE, Role::Agent, 4, &[3]));
        events.push(event(5, "accept", TOWNSHIP, Role::Intake, 9, &[3]));
        let folded = fold(&events, &setting(item));
        assert_eq!(folded.state, State::Withdrawn, "accepted first, then withdrawn: both stand");
        events[3].kind = "handOver".to_owned();
        let folded = fold(&events, &setting(item));
        assert_eq!(folded.state, State::Accepted);
        assert!(folded.placed.iter().any(|placed| placed.event == 3 && placed.contested.is_some()));
    }

    #[test]
    fn the_only_printed_act_stands() {
        let item = catalogue_item("I002");
        let mut events = received();
        events.push(event(4, "oneTimeNotice", TOWNSHIP, Role::Intake, 4, &[3]));
        events.push(event(5, "accept", TOWNSHIP, Role::Intake, 5, &[3]));
        assert_eq!(fold(&events, &setting(item)).state, State::AwaitSupplement);
        events.push(print(6, 5, "受1", 6));
        let folded = fold(&events, &setting(item));
        assert_eq!(folded.state, State::Accepted);
        assert!(!folded.contested);
        events.push(print(7, 4, "告1", 7));
        assert!(fold(&events, &setting(item)).contested, "two papers that exclude each other");
    }

    #[test]
    fn identical_acts_are_one() {
        let item = catalogue_item("I002");
        let mut events = received();
        events.push(event(4, "accept", TOWNSHIP, Role::Intake, 4, &[3]));
        events.push(event(5, "accept", TOWNSHIP, Role::Intake, 5, &[3]));
        let folded = fold(&events, &setting(item));
        assert_eq!(folded.state, State::Accepted);
        assert!(folded.placed.iter().all(|placed| placed.contested.is_none()));
    }

    #[test]
    fn of_two_extensions_made_apart_one_counts_everywhere() {
        let item = catalogue_item("I002");
        let mut events = received();
        events.push(event(4, "accept", TOWNSHIP, Role::Intake, 4, &[3]));
        for (id, days) in [(5, 2), (6, 9)] {
            let payload = format!(r#"{{"days":{days}}}"#);
            events.push(Event {
                payload,
                ..event(id, "extend", TOWNSHIP, Role::Approver, u64::from(id), &[4])
            });
        }
        let folded = fold(&events, &setting(item));
        let promise = folded.clocks.get(ClockName::Promise).unwrap();
        assert_eq!((folded.extensions, promise.extension), (1, 2));
        let contested: Vec<&str> = folded.placed.iter().filter_map(|p| p.contested.as_deref()).collect();
        assert_eq!(contested, ["已经延期过一次，不能再延期"]);
    }

    #[test]
    fn a_printed_extension_stands_and_bystanders_are_left_alone() {
        let item = catalogue_item("I002");
        let mut events = received();
        events.push(event(4, "accept", TOWNSHIP, Role::Intake, 4, &[3]));
        for (id, days) in [(5, 2), (6, 9)] {
            let payload = format!(r#"{{"days":{days}}}"#);
            events.push(Event {
                payload,
                ..event(id, "extend", TOWNSHIP, Role::Approver, u64::from(id), &[4])
            });
        }
        events.push(Event {
            paper: Some(Paper {
                form: "F10".to_owned(),
                number: "延1".to_owned(),
                act: EventId([6; 8]),
                copy: 1,
            }),
            ..event(7, "print", TOWNSHIP, Role::Approver, 7, &[6])
        });
        let folded = fold(&events, &setting(item));
        assert_eq!(folded.clocks.get(ClockName::Promise).unwrap().extension, 9, "the printed one");

        // Two acceptances with two papers: nothing that was done on one side is undone for it.
        let mut events = received();
        events.push(event(4, "accept", TOWNSHIP, Role::Intake, 4, &[3]));
        events.push(event(5, "accept", TOWNSHIP, Role::Intake, 5, &[3]));
        events.push(print(6, 4, "受1", 6));
        events.push(print(7, 5, "受2", 7));
        events.push(event(8, "startReview", TOWNSHIP, Role::Reviewer, 8, &[4]));
        events.push(event(9, "propose", TOWNSHIP, Role::Reviewer, 9, &[8]));
        let folded = fold(&events, &setting(item));
        assert_eq!((folded.state, folded.contested), (State::PendingDecision, true));
    }

    #[test]
    fn a_case_goes_from_agent_to_agent_and_moves_nowhere() {
        let item = catalogue_item("I002");
        let mut events = received();
        assert_eq!(fold(&events, &setting(item)).agent, Some(PersonId([0; 8])));
        let payload = format!(r#"{{"agent":"{}"}}"#, PersonId([7; 8]));
        events.push(Event { payload, ..event(4, "changeAgent", VILLAGE, Role::VillageHead, 4, &[3]) });
        let folded = fold(&events, &setting(item));
        assert_eq!((folded.state, folded.agent), (State::Received, Some(PersonId([7; 8]))));
        events.push(event(5, "changeAgent", "621099200000", Role::CentreHead, 5, &[4]));
        let folded = fold(&events, &setting(item));
        assert!(folded.placed[4].contested.is_some(), "not another township's to say");
        assert_eq!(folded.agent, Some(PersonId([7; 8])));
    }

    #[test]
    fn what_is_not_understood_changes_nothing_and_is_told() {
        let item = catalogue_item("I002");
        let mut events = received();
        events.push(event(4, "teleport", TOWNSHIP, Role::Intake, 4, &[3]));
        let folded = fold(&events, &setting(item));
        assert_eq!((folded.state, folded.incomplete), (State::Received, true));
        events.push(event(5, "accept", TOWNSHIP, Role::Intake, 5, &[99]));
        let folded = fold(&events, &setting(item));
        assert_eq!((folded.state, folded.waiting), (State::Received, vec![EventId([5; 8])]));
        let stranger = event(6, "accept", "621099200000", Role::Intake, 6, &[3]);
        let folded = fold(&[received(), vec![stranger]].concat(), &setting(item));
        assert_eq!(folded.state, State::Received, "another township's word doesn't count");
    }

    prop_compose! {
        /// A random causally closed history; a sixth of it are printings of earlier acts.
        fn history()(seeds in proptest::collection::vec((any::<u8>(), any::<u64>(), any::<u16>()), 1..16)) -> Vec<Event> {
            let kinds = [
                ("submit", Role::Agent), ("handOver", Role::Agent), ("receive", Role::Intake),
                ("oneTimeNotice", Role::Intake), ("accept", Role::Intake), ("supplement", Role::Agent),
                ("startReview", Role::Reviewer), ("propose", Role::Reviewer), ("approve", Role::Approver),
                ("reject", Role::Approver), ("close", Role::Issuer), ("withdraw", Role::Agent),
                ("correctData", Role::Agent), ("unheardOf", Role::Intake),
                ("tolerantAccept", Role::Intake), ("tolerantDone", Role::Intake), ("pause", Role::Reviewer),
                ("resume", Role::Reviewer), ("extend", Role::Approver), ("jointDispatch", Role::Reviewer),
                ("jointOpinion", Role::Reviewer), ("forward", Role::Reviewer), ("upperResult", Role::Reviewer),
                ("publicNoticeStart", Role::Reviewer), ("publicNoticeObjection", Role::Agent),
                ("oneTimeNotice", Role::CentreHead), ("reopen", Role::CentreHead), ("returnToVillage", Role::Intake),
            ];
            let mut events: Vec<Event> = Vec::new();
            for (i, (pick, hlc, links)) in seeds.into_iter().enumerate() {
                let id = i as u8 + 1;
                let after: Vec<u8> = (1..id).filter(|earlier| links >> (earlier % 16) & 1 == 1).collect();
                if pick % 6 == 0 && i > 0 {
                    let act = (hlc % i as u64) as u8 + 1;
                    let mut paper = print(id, act, &format!("受{}", pick % 2), hlc % 64);
                    paper.after.extend(after.iter().map(|id| EventId([*id; 8])));
                    events.push(paper);
                } else {
                    let (kind, role) = kinds[usize::from(pick) % kinds.len()];
                    let unit = if role == Role::Agent { VILLAGE } else { TOWNSHIP };
                    let payload = r#"{"owed":["HK"],"days":3,"organ":"林业站","opinion":"同意","limitDays":4}"#.to_owned();
                    let on = LegalDate(date(2026, 3, 5).saturating_add(jiff::Span::new().days(i64::from(id))));
                    events.push(Event { payload, on, ..event(id, kind, unit, role, hlc % 64, &after) });
                }
            }
            events
        }
    }

    /// Outcome by id, whatever the order of the slice.
    fn outcome(events: &[Event], item: &Item) -> (Folded, Vec<(EventId, Option<String>)>) {
        let mut folded = fold(events, &setting(item));
        let placed = std::mem::take(&mut folded.placed);
        (folded, placed.into_iter().map(|p| (events[p.event].id, p.contested)).collect())
    }

    proptest! {
        #[test]
        fn the_order_of_arrival_makes_no_difference(events in history(), seed in any::<u64>()) {
            let item = catalogue_item("I002");
            let mut shuffled = events.clone();
            shuffled.sort_by_key(|event| seed.wrapping_mul(u64::from(event.id.0[0]) * 2 + 1));
            shuffled.push(events[0].clone());
            prop_assert_eq!(outcome(&events, item), outcome(&shuffled, item));
        }

        #[test]
        fn a_closed_part_counts_in_the_order_of_the_whole(events in history(), mask in any::<u16>()) {
            let item = catalogue_item("I002");
            let mut part: Vec<Event> = Vec::new();
            for event in &events {
                let closed = event.after.iter().all(|id| part.iter().any(|kept| kept.id == *id));
                if closed && mask >> (event.id.0[0] % 16) & 1 == 1 {
                    part.push(event.clone());
                }
            }
            let ids = |events: &[Event]| -> Vec<EventId> {
                fold(events, &setting(item)).placed.iter().map(|placed| events[placed.event].id).collect()
            };
            let kept: Vec<EventId> = part.iter().map(|event| event.id).collect();
            let whole: Vec<EventId> = ids(&events).into_iter().filter(|id| kept.contains(id)).collect();
            prop_assert_eq!(ids(&part), whole);
        }

        #[test]
        fn no_paper_gives_way_to_an_unprinted_act_made_apart(events in history()) {
            let item = catalogue_item("I002");
            let folded = fold(&events, &setting(item));
            let printed = printed(&events);
            let history = History::of(&events);
            for placed in folded.placed.iter().filter(|placed| placed.contested.is_some()) {
                let paper = events[placed.event].id;
                if !printed.contains_key(&paper) {
                    continue;
                }
                // Without anything unprinted that was made apart from it, it still wouldn't count.
                let apart = |event: &&Event| !printed.contains_key(&event.id) && history.concurrent(event.id, paper);
                let without: BTreeSet<EventId> = events.iter().filter(apart).map(|event| event.id).collect();
                let alone = place(&events, &history, &setting(item), &printed, &without);
                let stands = alone.placed.iter().any(|one| events[one.event].id == paper && one.contested.is_none());
                prop_assert!(!stands, "{:?} gave way", paper);
            }
        }
    }

    #[test]
    fn ranks_are_the_ones_the_law_gives() {
        assert_eq!(transition::rank("accept", Level::Township), rank::LEGAL_ACT);
        assert_eq!(transition::rank("receive", Level::Township), rank::ORGAN);
        assert_eq!(transition::rank("accept", Level::Village), rank::VILLAGE);
    }
}
