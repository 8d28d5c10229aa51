//! What may be done with a matter, by whom and when.

use super::{Folded, Kind, Matter, Owner, State, bad_rating};
use crate::{
    EventId, Level, PersonId, Role, UnitCode,
    case::{
        event::rank as ranks,
        settings::Settings,
        transition::{self, Refusal},
    },
};
use jiff::civil::Date;
use serde::Deserialize;

/// One act of the table.
#[derive(Debug)]
pub struct Act {
    pub name: &'static str,
    pub zh: &'static str,
    /// The states in which it may be taken.
    pub from: &'static [State],
    pub roles: &'static [Role],
}

/// Whoever answers for a unit's terms.
const HEADS: [Role; 4] = [Role::VillageHead, Role::Approver, Role::CentreHead, Role::CountyDept];

/// Supervision checks answers too (电子监察).
const CHECKING: [Role; 9] = [
    Role::Agent,
    Role::VillageHead,
    Role::Intake,
    Role::Reviewer,
    Role::Approver,
    Role::Issuer,
    Role::CentreHead,
    Role::CountyDept,
    Role::Supervisor,
];

/// Nobody has answered yet.
const WAITING: &[State] = &[State::Open, State::Verified];
/// Nobody has closed it yet; two who answer apart have both answered.
const UNCLOSED: &[State] = &[State::Open, State::Verified, State::Answered];

pub const ACTS: [Act; 10] = [
    Act { name: "handOn", zh: "转办", from: WAITING, roles: &Role::SERVING },
    Act { name: "verify", zh: "核实", from: WAITING, roles: &bad_rating::CENTRES },
    Act { name: "extend", zh: "延期", from: WAITING, roles: &HEADS },
    Act { name: "answer", zh: "答复", from: UNCLOSED, roles: &Role::SERVING },
    Act { name: "check", zh: "核对答复", from: &[State::Answered], roles: &CHECKING },
    Act {
        name: "callBack",
        zh: "回访",
        from: &[State::Answered, State::Closed],
        roles: &bad_rating::CENTRES,
    },
    Act { name: "appeal", zh: "申诉", from: UNCLOSED, roles: &Role::SERVING },
    Act { name: "reviewAppeal", zh: "复核申诉", from: UNCLOSED, roles: &bad_rating::REVIEWING },
    Act { name: "close", zh: "办结", from: &[State::Answered, State::Checked], roles: &Role::SERVING },
    Act { name: "reopen", zh: "重新办理", from: &[State::Closed], roles: &Role::SERVING },
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
}

/// What acts say in their payload. Whatever is missing or unreadable says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Said {
    /// Whom it is handed on to: a unit, or a person of it.
    pub unit: Option<UnitCode>,
    pub person: Option<PersonId>,
    /// Working days of an extension.
    pub days: Option<u16>,
    /// The day newly agreed.
    pub agreed_on: Option<Date>,
    pub reason: String,
    /// The answer; of an appointment or a visit what came of it.
    pub text: String,
    /// Of a check: the answer answers what was asked (正面答复).
    pub direct: Option<bool>,
    /// Of an answer to a bad rating: the item whose guide is wrong (指南有误), and the version of it that is.
    pub wrong_guide: Option<String>,
    pub guide_version: Option<u16>,
    /// Of an appeal's review: the rating isn't counted (不计入).
    pub exclude: Option<bool>,
}

/// Who goes first among acts that don't know each other: the organ before the village.
pub fn rank(level: Level) -> u8 {
    if level == Level::Village { ranks::VILLAGE } else { ranks::ORGAN }
}

pub(super) fn not_here<T>(reason: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::NotHere { reason: reason.into() })
}

/// Whether an act goes with what the acts before it have come to. It counts in the fold too. `seen` tells whether whoever
/// acts knew of an earlier act.
pub fn fits(
    folded: &Folded,
    act: &Act,
    said: &Said,
    by: &Owner,
    seen: impl Fn(EventId) -> bool,
    matter: &Matter,
) -> Result<(), Refusal> {
    if !by.unit.covers(matter.unit) {
        return not_here("记下它的单位管不到这个来访事项。");
    }
    if !act.from.contains(&folded.state) {
        return not_here(format!("这个来访事项现在是“{}”，不能{}。", folded.state.zh(), act.zh));
    }
    bad_rating::fits(folded, act, said, by, matter)?;
    match act.name {
        "handOn" => handed_where_it_is_seen(said, matter),
        "extend" if folded.extended => not_here("已经延期过一次，不能再延期。"),
        "check" => checked_by_another(folded, by, seen, matter),
        "close" if matter.kind.checked() && folded.state != State::Checked => {
            not_here("投诉和热线工单的答复，要由另一个人核对过才能办结。")
        }
        _ => Ok(()),
    }
}

/// A unit sees what concerns itself and the units below it, and nothing else.
fn handed_where_it_is_seen(said: &Said, matter: &Matter) -> Result<(), Refusal> {
    match said.unit {
        Some(unit) if !unit.covers(matter.unit) => {
            not_here("那个单位看不到这个来访事项：只能转给登记所在的村、所属的乡镇或县里。")
        }
        _ => Ok(()),
    }
}

fn checked_by_another(
    folded: &Folded,
    by: &Owner,
    seen: impl Fn(EventId) -> bool,
    matter: &Matter,
) -> Result<(), Refusal> {
    if !matter.kind.checked() {
        return not_here(format!("{}的答复不用核对。", matter.kind.zh()));
    }
    match folded.answers.last() {
        Some(answer) if by.person == Some(answer.by) => not_here("答复要由另一个人来核对。"),
        Some(answer) if !seen(answer.id) => not_here("核对的不是最后的答复。"),
        _ => Ok(()),
    }
}

/// What is lacking in what was said. The desk that takes the act answers for it, and nobody else's fold asks again.
pub fn ready(
    act: &Act,
    said: &Said,
    matter: &Matter,
    settings: &Settings,
    today: Date,
) -> Result<(), String> {
    match act.name {
        "handOn" if said.unit.is_none() => Err("转办要写明转给哪个单位。".to_owned()),
        "handOn" => needs(&said.reason, "转办要写明理由。"),
        "extend" => needs(&said.reason, "延期要写明理由，并告诉来访人。")
            .and_then(|()| put_off(said, matter, settings, today)),
        "answer" => needs(&said.text, "要写明怎么答复的。"),
        "verify" => needs(&said.text, "要写明核实的情况。"),
        "callBack" => needs(&said.text, "要写明怎么回访的、本人满意不满意；不抄姓名、电话和原话。"),
        "appeal" => needs(&said.reason, "申诉要写明理由。"),
        "reviewAppeal" if said.exclude.is_none() => {
            Err("要写明这个评价是不是不计入（exclude 填 true 或 false）。".to_owned())
        }
        "reviewAppeal" => needs(&said.reason, "要写明复核的理由。"),
        "check" if said.direct.is_none() => {
            Err("要写明答复是不是正面答复（direct 填 true 或 false）。".to_owned())
        }
        "check" if said.direct == Some(false) => needs(&said.reason, "没有正面答复的，要写明差在哪里。"),
        "reopen" => needs(&said.reason, "重新办理要写明理由。")
            .and_then(|()| if matter.kind.by_agreement() { newly_agreed(said, today) } else { Ok(()) }),
        _ => Ok(()),
    }
}

fn needs(text: &str, otherwise: &str) -> Result<(), String> {
    if text.trim().is_empty() { Err(otherwise.to_owned()) } else { Ok(()) }
}

fn put_off(said: &Said, matter: &Matter, settings: &Settings, today: Date) -> Result<(), String> {
    if matter.kind.by_agreement() {
        return newly_agreed(said, today);
    }
    let most = match matter.kind {
        Kind::BadRating => bad_rating::longest_extension(settings),
        _ => settings.matter_extension_days,
    };
    match said.days {
        _ if most == 0 => Err("期限已经是最长的，不能再延期。".to_owned()),
        Some(days) if (1..=most).contains(&days) => Ok(()),
        _ => Err(format!("要写明延长几个工作日，最多 {most} 个。")),
    }
}

fn newly_agreed(said: &Said, today: Date) -> Result<(), String> {
    match said.agreed_on {
        Some(day) if day >= today => Ok(()),
        _ => Err("要写明改到哪一天，不能早于今天。".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, fold::tests::matter};
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_is_said_must_say_what_the_act_needs() {
        let consult = matter();
        let visit = Matter { kind: Kind::HomeVisit, ..matter() };
        let (settings, today) = (Settings::default(), date(2026, 3, 6));
        let table = [
            ("handOn", &consult, r#"{"reason":"x"}"#, false),
            ("handOn", &consult, r#"{"unit":"621099100000"}"#, false),
            ("handOn", &consult, r#"{"unit":"621099100000","reason":"要审核"}"#, true),
            ("extend", &consult, r#"{"reason":"x","days":6}"#, false),
            ("extend", &consult, r#"{"reason":"x","days":5}"#, true),
            ("extend", &visit, r#"{"reason":"x","days":5}"#, false),
            ("extend", &visit, r#"{"reason":"x","agreedOn":"2026-03-05"}"#, false),
            ("extend", &visit, r#"{"reason":"x","agreedOn":"2026-03-06"}"#, true),
            ("answer", &consult, r#"{"text":" "}"#, false),
            ("check", &consult, "{}", false),
            ("check", &consult, r#"{"direct":false}"#, false),
            ("check", &consult, r#"{"direct":true}"#, true),
            ("reopen", &consult, r#"{"reason":"x"}"#, true),
            ("reopen", &visit, r#"{"reason":"x"}"#, false),
            ("close", &consult, "{}", true),
        ];
        for (name, matter, said, allowed) in table {
            let (act, said) = (Act::find(name).unwrap(), serde_json::from_str(said).unwrap());
            let found = ready(act, &said, matter, &settings, today);
            assert_eq!(found.is_ok(), allowed, "{name} {said:?}: {found:?}");
            assert!(found.err().is_none_or(|why| why.ends_with('。')), "{name}");
        }
    }
}
