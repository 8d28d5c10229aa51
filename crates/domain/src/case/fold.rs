//! From the events of a case to its state (DESIGN, “What merging means”).
//!
//! Among the events whose causal predecessors are placed, the first by (rank, clock, id) is placed next; the order is a
//! function of the set, so every replica finds the same. An event that the table doesn't allow where it lands is
//! contested: kept, shown, without effect. A fold never displaces printed paper.

use super::{
    Event, State,
    benefit::Benefit,
    clock::{self, Clocks},
    custody::Custody,
    history::History,
    joint::Joint,
    precondition,
    printed::PrintedTerms,
    replaced::Replaced,
    review::{REVIEW, Reviews},
    transition::{self, Refusal, Setting, Transition},
};
use crate::{EventId, Instant, Level, PersonId, Role};
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
    /// Ends of terms as papers told them.
    pub printed: PrintedTerms,
    /// The day from which the five days of notice run; a supplement sets it anew.
    pub received_on: Option<Date>,
    /// The moment of it, as far as it is known: the end of the day where it was entered later.
    pub received_at: Option<Instant>,
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
    pub joint: Joint,
    pub benefit: Benefit,
    /// What stands in for papers that nobody brings.
    pub replaced: Replaced,
    /// Events whose days the head of the centre has looked at, because the clock that made them was doubtful.
    pub days_confirmed: BTreeSet<EventId>,
    pub reviews: Reviews,
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

/// One event in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Index into the folded slice.
    pub event: usize,
    /// Why it doesn't count.
    pub contested: Option<String>,
    /// The review in which somebody has looked at it as one that doesn't count.
    pub seen: Option<EventId>,
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
        let rival = |folded: &Folded, aside: &BTreeSet<EventId>| {
            rivals_of_paper(events, &history, folded, &printed, paper).find(|id| !aside.contains(id))
        };
        match make_way(events, paper, &displaced, rival, trial) {
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
    rival: impl Fn(&Folded, &BTreeSet<EventId>) -> Option<EventId>,
    trial: impl Fn(&BTreeSet<EventId>) -> Folded,
) -> Option<BTreeSet<EventId>> {
    let stands = |folded: &Folded| {
        folded.placed.iter().any(|placed| events[placed.event].id == paper && placed.contested.is_none())
    };
    let mut without = displaced.clone();
    let mut aside = Vec::new();
    let mut folded = trial(&without);
    while !stands(&folded) {
        // Where one steps aside, another may come forward that had been the same act, or had not counted for it.
        let next = rival(&folded, &without)?;
        without.insert(next);
        aside.push(next);
        folded = trial(&without);
    }
    // Those set aside first may have stood in nobody's way.
    for set_aside in aside {
        without.remove(&set_aside);
        if !stands(&trial(&without)) {
            without.insert(set_aside);
        }
    }
    Some(without)
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
        printed: PrintedTerms::default(),
        received_on: None,
        received_at: None,
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
        joint: Joint::default(),
        benefit: Benefit::default(),
        replaced: Replaced::default(),
        days_confirmed: BTreeSet::new(),
        reviews: Reviews::default(),
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
                let before = &history.before[&event.id];
                match event.kind.as_str() {
                    "confirmDays" => folded.days_confirmed.extend(before),
                    REVIEW => folded.reviews.note(event, before),
                    _ => {}
                }
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
        folded.placed.push(Placed { event: *i, contested, seen: None, state });
    }
    for placed in folded.placed.iter_mut().filter(|placed| placed.contested.is_some()) {
        let id = events[placed.event].id;
        // A paper is in somebody's hands: looking at it is no decision.
        match printed.contains_key(&id) {
            true => folded.contested = true,
            false => placed.seen = folded.reviews.of(id),
        }
    }
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
    if let Some(refusal) = event.authority.refusal() {
        return Verdict::Contested(refusal.to_owned());
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

/// Unprinted acts that may stand in the way of a printed one which didn't know of them, in the order in which they count. One
/// that was set aside is still among them where it says the same as another.
fn rivals_of_paper<'a>(
    events: &'a [Event],
    history: &'a History,
    folded: &'a Folded,
    printed: &'a BTreeMap<EventId, BTreeSet<&str>>,
    paper: EventId,
) -> impl Iterator<Item = EventId> + 'a {
    let kind = events.iter().find(|event| event.id == paper).map(|event| event.kind.as_str());
    folded
        .placed
        .iter()
        .filter(|placed| placed.contested.is_none())
        .filter(move |placed| placed.state.is_some() || kind == Some(events[placed.event].kind.as_str()))
        .map(|placed| events[placed.event].id)
        .filter(move |id| !printed.contains_key(id) && history.concurrent(*id, paper))
}

impl Folded {
    /// Whether an act that the table allows goes with what the acts before it have come to.
    pub fn fits(&self, event: &Event, role: Role, setting: &Setting<'_>) -> Result<(), Refusal> {
        let said = event.said();
        precondition::fits(self, &event.kind, &said, role, setting)
    }

    fn note(&mut self, event: &Event, row: &Transition) {
        let (on, said) = (event.on.0, event.said());
        for effect in row.clocks.iter().copied().chain(clock::beside(&event.kind, row.to)) {
            self.clocks.take(effect, event.id, on, &said);
        }
        if row.to.is_some() || !row.clocks.is_empty() {
            self.days.push(on);
        }
        self.custody.note(event, said.batch.clone(), said.materials.clone());
        self.joint.note(&event.kind, on, &said);
        self.benefit.note(&event.kind, on);
        self.replaced.note(&event.kind, &said);
        match event.kind.as_str() {
            "submit" | "directReceive" if event.unit.level() == Level::Village => {
                self.agent = Some(event.person);
            }
            "changeAgent" => self.agent = said.agent.parse().ok().or(self.agent),
            _ => {}
        }
        match event.kind.as_str() {
            "directReceive" | "supplement" => self.receive(event),
            "receive" if row.to.is_some() => self.receive(event),
            "returnToVillage" => (self.received_on, self.received_at) = (None, None),
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
            "print" => {
                if let (Some(paper), Some(told)) = (&event.paper, &said.due) {
                    self.printed.note(paper.act, told);
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
            _ => {}
        }
    }
}

impl Folded {
    /// A person should look: an act doesn't count, and nobody has seen to it.
    pub fn doubtful(&self) -> bool {
        self.placed.iter().any(Placed::waits)
    }

    fn receive(&mut self, event: &Event) {
        let on = event.on.0;
        self.received_on = Some(on);
        self.received_at = Some(if event.at.date() == on { event.at } else { Instant::end_of(on) });
    }
}

impl Placed {
    /// It doesn't count, and waits for somebody to look at it.
    pub fn waits(&self) -> bool {
        self.contested.is_some() && self.seen.is_none()
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

#[cfg(test)]
pub(crate) mod tests;
