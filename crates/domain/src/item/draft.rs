//! A draft of the catalogue on its way to be published (三上三下 [S2], DOMAIN §3.6): a unit sends up what it would change, the
//! county sends it down with what is to be fixed, three rounds at the most; then the county sums up and publishes.
//!
//! Like a matter's, its state is a fold of acts: the order is a function of the set, and what doesn't go where it lands is
//! kept, shown and without effect.

use crate::{
    EventId, Level, PersonId, Role, UnitCode,
    case::{
        Event,
        event::rank,
        history::History,
        number::with_check,
        transition::{self, Refusal},
    },
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[cfg(test)]
mod tests;

/// 三上三下.
pub const ROUNDS: usize = 3;

/// What was laid down when the draft was begun; nothing of it changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Whose proposal it is.
    pub unit: UnitCode,
    pub title: String,
    pub begun_on: Date,
}

/// e.g. `ML-621099100000-20261123-B1-0001-8`: 目录, proposing unit, day, device tag, serial of the day, check character.
pub fn draft_number(unit: UnitCode, on: Date, tag: &str, serial: u16) -> String {
    with_check(format!("ML-{unit}-{}-{tag}-{serial:04}", on.strftime("%Y%m%d")))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// With the unit: not sent up yet, or sent down to be fixed.
    Drafting,
    UnderReview,
    SummedUp,
    Published,
    Withdrawn,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            State::Drafting => "DRAFTING",
            State::UnderReview => "UNDER_REVIEW",
            State::SummedUp => "SUMMED_UP",
            State::Published => "PUBLISHED",
            State::Withdrawn => "WITHDRAWN",
        }
    }

    pub fn zh(self) -> &'static str {
        match self {
            State::Drafting => "起草修改",
            State::UnderReview => "县里审核",
            State::SummedUp => "已作小结",
            State::Published => "已发布",
            State::Withdrawn => "已撤回",
        }
    }
}

/// The kinds of fixes that a county counts [S2].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Fix {
    Name,
    Basis,
    MergeSplit,
    Process,
    Duty,
}

impl Fix {
    pub const ALL: [Fix; 5] = [Fix::Name, Fix::Basis, Fix::MergeSplit, Fix::Process, Fix::Duty];

    pub fn zh(self) -> &'static str {
        match self {
            Fix::Name => "规范名称",
            Fix::Basis => "完善依据",
            Fix::MergeSplit => "合并拆分",
            Fix::Process => "规范流程",
            Fix::Duty => "规范责任",
        }
    }

    /// By what people call it.
    pub fn named(zh: &str) -> Option<Self> {
        Fix::ALL.into_iter().find(|fix| fix.zh() == zh)
    }
}

/// Whose an act is to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    TheUnits,
    TheCountys,
}

#[derive(Debug)]
pub struct Act {
    pub name: &'static str,
    pub zh: &'static str,
    from: &'static [State],
    roles: &'static [Role],
    whose: Whose,
}

/// Who answers for what a unit proposes.
const PROPOSING: [Role; 3] = [Role::CentreHead, Role::CountyDept, Role::CountyMerge];
const REVIEWING: [Role; 1] = [Role::CountyMerge];

use State::{Drafting, SummedUp, UnderReview};
use Whose::{TheCountys, TheUnits};

pub const ACTS: [Act; 6] = [
    Act { name: "submit", zh: "报送", from: &[Drafting], roles: &PROPOSING, whose: TheUnits },
    // What a second reviewer has written down meanwhile is not lost when the first sends it down.
    Act {
        name: "comment",
        zh: "提出意见",
        from: &[UnderReview, Drafting, SummedUp],
        roles: &REVIEWING,
        whose: TheCountys,
    },
    Act {
        name: "return", zh: "反馈", from: &[UnderReview, SummedUp], roles: &REVIEWING, whose: TheCountys
    },
    Act { name: "sumUp", zh: "小结", from: &[UnderReview], roles: &REVIEWING, whose: TheCountys },
    Act { name: "publish", zh: "发布", from: &[SummedUp], roles: &REVIEWING, whose: TheCountys },
    Act {
        name: "withdraw", zh: "撤回", from: &[Drafting, UnderReview], roles: &PROPOSING, whose: TheUnits
    },
];

impl Act {
    /// `None` for a newer program's.
    pub fn find(name: &str) -> Option<&'static Self> {
        ACTS.iter().find(|act| act.name == name)
    }

    /// The first of these roles in which it may be taken.
    pub fn role(&self, roles: &[Role]) -> Result<Role, Refusal> {
        transition::role(self.zh, self.roles, roles)
    }

    fn of_its_side(&self, unit: UnitCode, draft: &Draft) -> Result<(), Refusal> {
        match self.whose {
            TheUnits if unit != draft.unit => not_here(format!("{}要由起草的单位来做。", self.zh)),
            TheCountys if unit.level() != Level::County || !unit.covers(draft.unit) => {
                not_here(format!("{}要由县里来做。", self.zh))
            }
            _ => Ok(()),
        }
    }
}

/// What acts say in their payload. Whatever is missing or unreadable says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Said {
    /// Of a comment: the submission that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<EventId>,
    /// The item, and the element of it, that a comment is on.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub item_id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub element: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
    /// A comment, a summary (小结, 专家论证).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// What the catalogue was published as.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub catalogue: String,
}

impl Said {
    /// `None` for what only a newer program can read.
    fn read(payload: &str) -> Option<Self> {
        if payload.is_empty() { Some(Self::default()) } else { serde_json::from_str(payload).ok() }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub by: PersonId,
    pub on: Date,
    pub item_id: String,
    pub element: String,
    pub fix: Fix,
    pub text: String,
}

/// Up and down once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// The act that sent it up; its content lies under this id.
    pub submission: EventId,
    /// 1 … [`ROUNDS`]. What is sent up again after the last round belongs to it.
    pub number: usize,
    pub by: PersonId,
    pub on: Date,
    pub comments: Vec<Comment>,
    /// When it was sent down, and what was said of the whole.
    pub returned: Option<(Date, String)>,
}

/// What the acts come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    pub state: State,
    pub rounds: Vec<Round>,
    /// 小结; with the reason why rounds were left out, where they were.
    pub summary: Option<(Date, String, String)>,
    pub catalogue: String,
    /// In the order in which they count, by their place in the folded slice; with the reason of those that don't.
    pub placed: Vec<(usize, Option<String>)>,
    pub waiting: Vec<EventId>,
    /// There is an act of a newer program.
    pub incomplete: bool,
}

/// Folds acts in whatever order they lie; doubles count once.
pub fn fold(events: &[Event], draft: &Draft) -> Folded {
    let history = History::of(events);
    let mut folded = Folded {
        state: State::Drafting,
        rounds: Vec::new(),
        summary: None,
        catalogue: String::new(),
        placed: Vec::new(),
        waiting: history.waiting.clone(),
        incomplete: false,
    };
    for place in &history.order {
        let event = &events[*place];
        let (Some(act), Ok(role), Some(said)) =
            (Act::find(&event.kind), event.role.parse::<Role>(), Said::read(&event.payload))
        else {
            folded.incomplete = true;
            folded.placed.push((*place, None));
            continue;
        };
        if let Some(refusal) = event.authority.refusal() {
            folded.placed.push((*place, Some(refusal.to_owned())));
            continue;
        }
        let seen = |id| history.before[&event.id].contains(&id);
        let whose = act.role(&[role]).and_then(|_| act.of_its_side(event.unit, draft));
        let apart = whose.is_ok() && folded.returned_apart(events, &history, event);
        let contested = match whose.and_then(|()| fits(&folded, act, &said, event.unit, seen, draft)) {
            Ok(()) => {
                folded.note(event, said);
                None
            }
            // Two who send it down apart have done the same, each for a reason of their own.
            Err(_) if apart => {
                folded.returned_too(said.reason, seen);
                None
            }
            Err(refusal) => Some(refusal.to_string().trim_end_matches('。').to_owned()),
        };
        folded.placed.push((*place, contested));
    }
    folded
}

fn not_here<T>(reason: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::NotHere { reason: reason.into() })
}

/// Whether an act goes with what the acts before it have come to. It counts in the fold too. `seen` tells whether whoever
/// acts knew of an earlier act.
pub fn fits(
    folded: &Folded,
    act: &Act,
    said: &Said,
    unit: UnitCode,
    seen: impl Fn(EventId) -> bool,
    draft: &Draft,
) -> Result<(), Refusal> {
    act.of_its_side(unit, draft)?;
    if !act.from.contains(&folded.state) {
        return not_here(format!("这份目录草案现在是“{}”，不能{}。", folded.state.zh(), act.zh));
    }
    match act.name {
        "comment" if !folded.rounds.iter().any(|round| Some(round.submission) == said.of) => {
            not_here("意见说的不是报送过的一稿。")
        }
        "return" | "sumUp" | "publish"
            if !folded.rounds.last().is_some_and(|round| seen(round.submission)) =>
        {
            not_here(format!("{}的不是最后报送的一稿。", act.zh))
        }
        "return" if folded.state == UnderReview && folded.round() == ROUNDS => {
            not_here(format!("已经是第 {ROUNDS} 轮。请作小结，不用再退回。"))
        }
        _ => Ok(()),
    }
}

/// What is lacking in what was said. The desk that takes the act answers for it.
pub fn ready(folded: &Folded, act: &Act, said: &Said) -> Result<(), String> {
    let needs = |text: &str, otherwise: &str| match text.trim().is_empty() {
        true => Err(otherwise.to_owned()),
        false => Ok(()),
    };
    let commented = folded.rounds.last().is_some_and(|round| !round.comments.is_empty());
    match act.name {
        "comment" if folded.state != UnderReview => Err("只能对正在审核的一稿提意见。".to_owned()),
        "comment" if said.fix.is_none() => {
            let kinds: Vec<&str> = Fix::ALL.into_iter().map(Fix::zh).collect();
            Err(format!("要写明是哪一类：{}。", kinds.join("、")))
        }
        "comment" => needs(&said.text, "要写明怎么改。"),
        "return" if folded.state == SummedUp => needs(&said.reason, "小结以后再退回，要写明理由。"),
        "return" if !commented => needs(&said.reason, "没有一条意见。退回要先提意见，或写明理由。"),
        "sumUp" => needs(&said.text, "要写小结，或专家论证的结论。").and_then(|()| match folded.round() {
            ROUNDS => Ok(()),
            round => needs(&said.reason, &format!("才第 {round} 轮，不满 {ROUNDS} 轮就小结，要写明理由。")),
        }),
        "withdraw" => needs(&said.reason, "撤回要写明理由。"),
        _ => Ok(()),
    }
}

/// The acts of all desks are the organ's: among those that don't know each other time goes first.
pub const RANK: u8 = rank::ORGAN;

impl Folded {
    /// Which round it is in; 0 before the first.
    pub fn round(&self) -> usize {
        self.rounds.last().map_or(0, |round| round.number)
    }

    /// How many fixes of each kind were asked for, in each round.
    pub fn fixes(&self) -> Vec<(Fix, [usize; ROUNDS])> {
        let of = |fix: Fix| {
            let mut counts = [0; ROUNDS];
            for round in &self.rounds {
                let comments = round.comments.iter().filter(|comment| comment.fix == fix).count();
                if let Some(count) = counts.get_mut(round.number.saturating_sub(1)) {
                    *count += comments;
                }
            }
            (fix, counts)
        };
        Fix::ALL.into_iter().map(of).collect()
    }

    fn returned_apart(&self, events: &[Event], history: &History, event: &Event) -> bool {
        let counts = self.placed.iter().filter(|(_, contested)| contested.is_none());
        let other = |other: &Event| other.kind == event.kind && history.concurrent(other.id, event.id);
        event.kind == "return" && counts.map(|(place, _)| &events[*place]).any(other)
    }

    /// Adds to why a round was sent down: the last one that whoever says it knew of.
    fn returned_too(&mut self, reason: String, seen: impl Fn(EventId) -> bool) {
        let mut known = self.rounds.iter_mut().rev().filter(|round| seen(round.submission));
        let why = known.next().and_then(|round| round.returned.as_mut()).map(|(_, why)| why);
        match why {
            Some(why) if why.is_empty() => *why = reason,
            Some(why) if !reason.is_empty() => *why = format!("{why}；{reason}"),
            _ => {}
        }
    }

    fn note(&mut self, event: &Event, said: Said) {
        let (by, on) = (event.person, event.on.0);
        match event.kind.as_str() {
            "submit" => {
                let number = ROUNDS.min(self.round() + 1);
                self.state = UnderReview;
                let comments = Vec::new();
                self.rounds.push(Round { submission: event.id, number, by, on, comments, returned: None });
            }
            "comment" => {
                let round = self.rounds.iter_mut().find(|round| Some(round.submission) == said.of);
                if let Some((round, fix)) = round.zip(said.fix) {
                    let Said { item_id, element, text, .. } = said;
                    round.comments.push(Comment { by, on, item_id, element, fix, text });
                }
            }
            "return" => {
                self.state = Drafting;
                self.summary = None;
                if let Some(round) = self.rounds.last_mut() {
                    round.returned = Some((on, said.reason));
                }
            }
            "sumUp" => {
                self.state = SummedUp;
                self.summary = Some((on, said.text, said.reason));
            }
            "publish" => {
                self.state = State::Published;
                self.catalogue = said.catalogue;
            }
            "withdraw" => self.state = State::Withdrawn,
            _ => {}
        }
    }
}
