//! From the acts on a matter to how it stands. Like a case's fold: the order is a function of the set, an act that
//! doesn't go where it lands is kept, shown and without effect.

use super::{Act, Matter, Said, bad_rating::BadRating, fits};
use crate::{
    EventId, PersonId, Role, UnitCode,
    case::{Event, history::History},
};
use jiff::civil::Date;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Open,
    /// Of a bad rating: somebody has found what is behind it; it isn't answered yet.
    Verified,
    Answered,
    /// A second person found that the answer answers.
    Checked,
    Closed,
}

impl State {
    pub const ALL: [State; 5] =
        [State::Open, State::Verified, State::Answered, State::Checked, State::Closed];

    pub fn as_str(self) -> &'static str {
        match self {
            State::Open => "OPEN",
            State::Verified => "VERIFIED",
            State::Answered => "ANSWERED",
            State::Checked => "CHECKED",
            State::Closed => "CLOSED",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        State::ALL.into_iter().find(|state| state.as_str() == text)
    }

    pub fn zh(self) -> &'static str {
        match self {
            State::Open => "办理中",
            State::Verified => "已核实",
            State::Answered => "已答复",
            State::Checked => "已核对",
            State::Closed => "已办结",
        }
    }

    /// Somebody waits for an answer.
    pub fn waiting(self) -> bool {
        matches!(self, State::Open | State::Verified)
    }
}

/// Who has to see to it: a person, or a unit of which nobody has taken it up yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner {
    pub unit: UnitCode,
    pub person: Option<PersonId>,
}

/// An answer that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub id: EventId,
    pub by: PersonId,
    pub on: Date,
    pub text: String,
    /// What a second person found, if one has looked.
    pub direct: Option<bool>,
}

/// What the acts on a matter come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    pub state: State,
    pub owner: Owner,
    /// From when the term runs.
    pub since: Date,
    pub agreed_on: Option<Date>,
    /// Working days on top.
    pub extension: u16,
    /// It has been put off; no second time.
    pub extended: bool,
    /// All of them; the last counts.
    pub answers: Vec<Answer>,
    pub closed_on: Option<Date>,
    pub bad_rating: BadRating,
    /// In the order in which they count.
    pub placed: Vec<Placed>,
    /// Acts with a predecessor that isn't here yet.
    pub waiting: Vec<EventId>,
    /// There is an act of a newer program.
    pub incomplete: bool,
    /// Somebody should look: an act doesn't count, and nobody who has acted since knew of it and of why.
    pub doubtful: bool,
}

/// One act in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Index into the folded slice.
    pub event: usize,
    /// Why it doesn't count.
    pub contested: Option<String>,
}

/// Folds acts in whatever order they lie; doubles count once.
pub fn fold(events: &[Event], matter: &Matter) -> Folded {
    let history = History::of(events);
    let mut folded = Folded {
        state: State::Open,
        owner: matter.first,
        since: matter.asked_on,
        agreed_on: matter.agreed_on,
        extension: 0,
        extended: false,
        answers: Vec::new(),
        closed_on: None,
        bad_rating: BadRating::default(),
        placed: Vec::new(),
        waiting: history.waiting.clone(),
        incomplete: false,
        doubtful: false,
    };
    for i in &history.order {
        let event = &events[*i];
        let contested = match verdict(event, &folded, &history, matter) {
            Verdict::Counts(said) => {
                folded.note(event, said);
                None
            }
            Verdict::Unknown => {
                folded.incomplete = true;
                None
            }
            Verdict::Contested(_) if same_act(events, &history, &folded, event) => None,
            Verdict::Contested(reason) => Some(reason),
        };
        folded.placed.push(Placed { event: *i, contested });
    }
    folded.doubtful = folded.unheeded(events, &history);
    folded
}

enum Verdict {
    Counts(Said),
    Unknown,
    Contested(String),
}

fn verdict(event: &Event, folded: &Folded, history: &History, matter: &Matter) -> Verdict {
    let (Some(act), Ok(role)) = (Act::find(&event.kind), event.role.parse::<Role>()) else {
        return Verdict::Unknown;
    };
    if let Some(refusal) = event.authority.refusal() {
        return Verdict::Contested(refusal.to_owned());
    }
    let said = said(event);
    let by = Owner { unit: event.unit, person: Some(event.person) };
    let seen = |id| history.before[&event.id].contains(&id);
    match act.role(&[role]).and_then(|_| fits(folded, act, &said, &by, seen, matter)) {
        Ok(()) => Verdict::Counts(said),
        Err(refusal) => Verdict::Contested(refusal.to_string().trim_end_matches('。').to_owned()),
    }
}

fn said(event: &Event) -> Said {
    serde_json::from_str(&event.payload).unwrap_or_default()
}

/// What two who didn't know of each other have both found or done is no contradiction.
fn same_act(events: &[Event], history: &History, folded: &Folded, event: &Event) -> bool {
    matches!(event.kind.as_str(), "check" | "close" | "reopen")
        && folded.placed.iter().filter(|placed| placed.contested.is_none()).any(|placed| {
            let other = &events[placed.event];
            other.kind == event.kind
                && history.concurrent(other.id, event.id)
                && said(other).direct == said(event).direct
        })
}

impl Folded {
    fn unheeded(&self, events: &[Event], history: &History) -> bool {
        let id = |placed: &Placed| events[placed.event].id;
        let counts = |placed: &&Placed| placed.contested.is_none();
        self.placed.iter().enumerate().filter(|(_, placed)| !counts(placed)).any(|(place, placed)| {
            // What came before it is why it doesn't count.
            let why = || self.placed[..place].iter().filter(counts).chain([placed]).map(id);
            let knew = |later: &Placed| why().all(|known| history.before[&id(later)].contains(&known));
            !self.placed[place..].iter().filter(counts).any(knew)
        })
    }

    fn note(&mut self, event: &Event, said: Said) {
        let on = event.on.0;
        self.bad_rating.note(event, &said);
        match event.kind.as_str() {
            "handOn" => {
                let unit = said.unit.unwrap_or(self.owner.unit);
                self.owner = Owner { unit, person: said.person };
            }
            "extend" => {
                self.extended = true;
                self.extension = said.days.unwrap_or(0);
                self.agreed_on = said.agreed_on.or(self.agreed_on);
            }
            "verify" => {
                self.take_up(event);
                self.state = State::Verified;
            }
            "reviewAppeal" if said.exclude == Some(true) => {
                self.state = State::Closed;
                self.closed_on = Some(on);
            }
            "answer" => {
                self.take_up(event);
                self.state = State::Answered;
                self.answers.push(Answer {
                    id: event.id,
                    by: event.person,
                    on,
                    text: said.text,
                    direct: None,
                });
            }
            "check" => {
                self.state = if said.direct == Some(true) { State::Checked } else { State::Open };
                if let Some(answer) = self.answers.last_mut() {
                    answer.direct = said.direct;
                }
            }
            "close" => {
                self.state = State::Closed;
                self.closed_on = Some(on);
            }
            "reopen" => {
                self.state = State::Open;
                self.closed_on = None;
                self.since = on;
                self.extension = 0;
                self.agreed_on = said.agreed_on.or(self.agreed_on);
            }
            _ => {}
        }
    }

    /// Whoever acts for a unit of which nobody has taken it up has done so.
    fn take_up(&mut self, event: &Event) {
        if self.owner.person.is_none() && self.owner.unit == event.unit {
            self.owner.person = Some(event.person);
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::{Channel, Kind, bad_rating::tests::rated, rank};
    use super::*;
    use crate::{DeviceId, Hlc, Instant, RULES_VERSION, case::event::LegalDate};
    use jiff::civil::date;
    use proptest::prelude::*;

    const VILLAGE: &str = "621099100200";
    const TOWNSHIP: &str = "621099100000";

    /// A consultation that a village took down on 5 March.
    pub fn matter() -> Matter {
        Matter {
            kind: Kind::Consult,
            channel: Channel::Visit,
            ticket_no: String::new(),
            asker_name: String::new(),
            asker_phone: String::new(),
            text: "养老金怎么还没有到".to_owned(),
            case_no: String::new(),
            on_the_spot: false,
            agreed_on: None,
            limit_days: None,
            asked_on: date(2026, 3, 5),
            unit: VILLAGE.parse().unwrap(),
            first: Owner { unit: VILLAGE.parse().unwrap(), person: Some(PersonId([1; 8])) },
            rated: None,
        }
    }

    /// An act by the township's person 2.
    pub fn taken(id: u8, kind: &str, hlc: u64, after: &[u8], payload: &str) -> Event {
        by(2, TOWNSHIP, Role::CentreHead, id, kind, hlc, after, payload)
    }

    #[allow(clippy::too_many_arguments)]
    pub fn by(
        person: u8,
        unit: &str,
        role: Role,
        id: u8,
        kind: &str,
        hlc: u64,
        after: &[u8],
        payload: &str,
    ) -> Event {
        let unit: UnitCode = unit.parse().unwrap();
        Event {
            id: EventId([id; 8]),
            kind: kind.to_owned(),
            after: after.iter().map(|id| EventId([*id; 8])).collect(),
            rank: rank(unit.level()),
            hlc: Hlc(hlc),
            at: Instant(0),
            on: LegalDate(date(2026, 3, 6)),
            person: PersonId([person; 8]),
            role: role.as_str().to_owned(),
            unit,
            device: DeviceId([person; 8]),
            rules_version: RULES_VERSION,
            item_version: 0,
            paper: None,
            payload: payload.to_owned(),
            authority: Default::default(),
        }
    }

    fn contested(folded: &Folded) -> Vec<&str> {
        folded.placed.iter().filter_map(|placed| placed.contested.as_deref()).collect()
    }

    #[test]
    fn the_first_asked_owns_it_until_it_is_handed_on_and_answered() {
        let matter = matter();
        assert_eq!(fold(&[], &matter).owner.person, Some(PersonId([1; 8])));
        let on = format!(r#"{{"unit":"{TOWNSHIP}","reason":"要查银行"}}"#);
        let mut events = vec![by(1, VILLAGE, Role::Agent, 1, "handOn", 1, &[], &on)];
        let folded = fold(&events, &matter);
        assert_eq!(folded.owner, Owner { unit: TOWNSHIP.parse().unwrap(), person: None });
        events.push(taken(2, "answer", 2, &[1], r#"{"text":"十五号发"}"#));
        let folded = fold(&events, &matter);
        assert_eq!((folded.state, folded.owner.person), (State::Answered, Some(PersonId([2; 8]))));
        events.push(taken(3, "close", 3, &[2], ""));
        let folded = fold(&events, &matter);
        assert_eq!((folded.state, contested(&folded).len()), (State::Closed, 0));
    }

    #[test]
    fn a_complaint_is_closed_when_another_found_that_it_was_answered() {
        let matter = Matter { kind: Kind::Complaint, ..matter() };
        let second = |id, hlc, after: &[u8], direct: bool| {
            let payload = format!(r#"{{"direct":{direct},"reason":"没有说日期"}}"#);
            by(3, TOWNSHIP, Role::CentreHead, id, "check", hlc, after, &payload)
        };
        let mut events = vec![taken(1, "answer", 1, &[], r#"{"text":"已在处理"}"#)];
        events.push(taken(2, "check", 2, &[1], r#"{"direct":true}"#));
        events.push(taken(3, "close", 3, &[2], ""));
        let folded = fold(&events, &matter);
        assert_eq!(folded.state, State::Answered, "nobody checks an answer of their own");
        assert_eq!(contested(&folded).len(), 2);
        let mut events = vec![events[0].clone(), second(2, 2, &[1], false)];
        assert_eq!(fold(&events, &matter).state, State::Open);
        events.push(taken(3, "answer", 3, &[2], r#"{"text":"三月十日前发"}"#));
        events.push(second(4, 4, &[3], true));
        events.push(taken(5, "close", 5, &[4], ""));
        let folded = fold(&events, &matter);
        assert_eq!((folded.state, folded.answers[1].direct), (State::Closed, Some(true)));
    }

    #[test]
    fn acts_made_apart_are_both_kept() {
        let matter = matter();
        let answers = [
            taken(1, "answer", 9, &[], r#"{"text":"镇里的"}"#),
            by(1, VILLAGE, Role::Agent, 2, "answer", 1, &[], r#"{"text":"村里的"}"#),
        ];
        let folded = fold(&answers, &matter);
        let texts: Vec<&str> = folded.answers.iter().map(|answer| answer.text.as_str()).collect();
        assert_eq!((texts, contested(&folded).len()), (vec!["镇里的", "村里的"], 0));
        let extensions = [
            taken(1, "extend", 2, &[], r#"{"days":2,"reason":"x"}"#),
            by(1, VILLAGE, Role::VillageHead, 2, "extend", 1, &[], r#"{"days":5,"reason":"x"}"#),
        ];
        let folded = fold(&extensions, &matter);
        assert_eq!((folded.extension, contested(&folded)), (2, vec!["已经延期过一次，不能再延期"]));
        assert!(folded.doubtful);
        let mut heeded = extensions.to_vec();
        heeded.push(taken(3, "answer", 3, &[1, 2], r#"{"text":"x"}"#));
        assert!(!fold(&heeded, &matter).doubtful, "whoever answered knew of both");
        let mut closed = vec![answers[0].clone()];
        closed.push(taken(3, "close", 3, &[1], ""));
        closed.push(by(1, VILLAGE, Role::Agent, 4, "close", 4, &[1], ""));
        assert!(!fold(&closed, &matter).doubtful, "both closed it");
    }

    #[test]
    fn a_check_speaks_of_the_answers_that_it_knew() {
        let matter = Matter { kind: Kind::Hotline, ..matter() };
        let events = [
            taken(1, "answer", 1, &[], r#"{"text":"甲"}"#),
            by(4, TOWNSHIP, Role::Intake, 2, "answer", 2, &[1], r#"{"text":"乙"}"#),
            by(3, TOWNSHIP, Role::CentreHead, 3, "check", 3, &[1], r#"{"direct":true}"#),
        ];
        let folded = fold(&events, &matter);
        assert_eq!((folded.state, contested(&folded)), (State::Answered, vec!["核对的不是最后的答复"]));
    }

    #[test]
    fn what_an_organ_has_had_to_do_with_is_kept() {
        use crate::erasure::{Statutory, matter_erasable};
        let village = by(1, VILLAGE, Role::Agent, 1, "answer", 1, &[], r#"{"text":"x"}"#);
        let organs = taken(2, "close", 2, &[1], "");
        let taken_above = Matter { first: Owner { unit: organs.unit, person: None }, ..matter() };
        let newer = Event { kind: "mediate".to_owned(), ..village.clone() };
        let table = [
            (matter(), vec![village.clone()], Ok(())),
            (matter(), vec![village, organs], Err(Statutory::Organ)),
            (taken_above, vec![], Err(Statutory::Organ)),
            (matter(), vec![newer], Err(Statutory::Unknown)),
        ];
        for (matter, events, expected) in table {
            assert_eq!(matter_erasable(&matter, &events), expected, "{events:?}");
        }
    }

    #[test]
    fn strangers_and_newer_programs_change_nothing() {
        let matter = matter();
        let stranger = by(9, "621099200000", Role::Intake, 1, "answer", 1, &[], r#"{"text":"x"}"#);
        let folded = fold(&[stranger], &matter);
        assert_eq!((folded.state, contested(&folded).len()), (State::Open, 1));
        let sideways = taken(1, "handOn", 1, &[], r#"{"unit":"621099200000","reason":"x"}"#);
        assert_eq!(fold(&[sideways], &matter).owner, matter.first, "who couldn't see it can't own it");
        let newer = taken(1, "mediate", 1, &[], "");
        assert!(fold(&[newer], &matter).incomplete);
        let early = taken(1, "answer", 1, &[7], r#"{"text":"x"}"#);
        assert_eq!(fold(&[early], &matter).waiting, [EventId([1; 8])]);
    }

    prop_compose! {
        /// A random causally closed history.
        fn history()(seeds in proptest::collection::vec((any::<u8>(), any::<u64>(), any::<u16>()), 1..14)) -> Vec<Event> {
            let kinds = [
                "handOn", "extend", "answer", "check", "close", "reopen", "verify", "callBack", "appeal", "reviewAppeal",
                "answer", "close", "unheardOf",
            ];
            let mut events: Vec<Event> = Vec::new();
            for (i, (pick, hlc, links)) in seeds.into_iter().enumerate() {
                let id = i as u8 + 1;
                let after: Vec<u8> = (1..id).filter(|earlier| links >> (earlier % 16) & 1 == 1).collect();
                let (person, unit, role) = match pick % 3 {
                    0 => (1, VILLAGE, Role::VillageHead),
                    1 => (2, TOWNSHIP, Role::Intake),
                    _ => (3, TOWNSHIP, Role::CentreHead),
                };
                let payload = format!(
                    r#"{{"unit":"{unit}","days":{id},"text":"{id}","reason":"x","direct":{0},"exclude":{0}}}"#, hlc % 2 == 0
                );
                let kind = kinds[usize::from(pick / 3) % kinds.len()];
                events.push(by(person, unit, role, id, kind, hlc % 64, &after, &payload));
            }
            events
        }
    }

    /// Outcome by id, whatever the order of the slice.
    fn outcome(events: &[Event], matter: &Matter) -> (Folded, Vec<(EventId, Option<String>)>) {
        let mut folded = fold(events, matter);
        let placed = std::mem::take(&mut folded.placed);
        (folded, placed.into_iter().map(|placed| (events[placed.event].id, placed.contested)).collect())
    }

    proptest! {
        #[test]
        fn the_order_of_arrival_makes_no_difference(
            events in history(), seed in any::<u64>(), kind in 0..6usize,
        ) {
            let rated = (Kind::ALL[kind] == Kind::BadRating).then(rated);
            let matter = Matter { kind: Kind::ALL[kind], rated, agreed_on: Some(date(2026, 3, 9)), ..matter() };
            let mut shuffled = events.clone();
            shuffled.sort_by_key(|event| seed.wrapping_mul(u64::from(event.id.0[0]) * 2 + 1));
            shuffled.push(events[0].clone());
            let (folded, placed) = outcome(&events, &matter);
            prop_assert_eq!(&(folded.clone(), placed.clone()), &outcome(&shuffled, &matter));
            prop_assert_eq!(placed.len() + folded.waiting.len(), events.len(), "nothing is lost");
            if folded.state == State::Closed && matter.kind.checked() {
                prop_assert!(folded.answers.iter().any(|answer| answer.direct == Some(true)));
            }
            if folded.state == State::Closed && matter.kind == Kind::BadRating {
                let BadRating { called_back, excluded, .. } = folded.bad_rating;
                prop_assert!(called_back.is_some() || excluded, "who left a name is called back");
            }
        }
    }
}
