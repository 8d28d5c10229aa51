//! Whether a case may be rated, and for the how manieth time.

use super::{Channel, Grade};
use crate::{PersonId, case::transition::Refusal, deadline::says_day};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// How a case stands when somebody rates it.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// The day on which it was closed or otherwise ended.
    pub ended_on: Option<Date>,
    pub handlers: BTreeSet<PersonId>,
    pub first: Option<First>,
    /// There is a second one already.
    pub second: bool,
}

/// The first rating, and what has become of it if it was bad.
#[derive(Clone, Copy, Debug)]
pub struct First {
    pub grade: Grade,
    pub answered: bool,
    pub excluded: bool,
}

impl Standing {
    /// 评价次数 of a rating of this day, typed in by this person, or why it can't be kept (DOMAIN §6.1: 一次一评; after a bad
    /// one was answered once more).
    pub fn nth(&self, channel: Channel, rated_on: Date, by: PersonId) -> Result<u8, Refusal> {
        let Some(ended) = self.ended_on else {
            return not_here("办件还没有办结，办结以后才能评价。");
        };
        if rated_on < ended {
            let ended = says_day(ended);
            return not_here(format!("办件 {ended} 才办结，评价日期不能比它早。请核对评价单上的日期。"));
        }
        if channel.typed_in() && self.handlers.contains(&by) {
            return not_here("纸质和电话评价要由没有经办过这个办件的人来录入。请交给别人录入。");
        }
        let Some(first) = self.first else { return Ok(1) };
        match first {
            _ if self.second => not_here("这个办件已经评价过两次，不能再评。"),
            First { excluded: true, .. } => not_here("上一次评价已认定不计入，不能再评。"),
            First { grade, .. } if !grade.bad() => not_here("这个办件已经评价过，一次一评。"),
            First { answered: false, .. } => not_here("上一次差评还没有答复，答复以后才能再评一次。"),
            _ => Ok(2),
        }
    }
}

fn not_here<T>(reason: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::NotHere { reason: reason.into() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_ended_case_is_rated_once_and_once_more_after_a_bad_rating_was_answered() {
        let [agent, head] = [1, 2].map(|n| PersonId([n; 8]));
        let ended = Standing {
            ended_on: Some(date(2026, 3, 10)),
            handlers: BTreeSet::from([agent]),
            ..Standing::default()
        };
        let after = |grade: Grade, answered: bool, excluded: bool| Standing {
            first: Some(First { grade, answered, excluded }),
            ..ended.clone()
        };
        let bad = Grade::Dissatisfied;
        let (open, second) = (Standing::default(), Standing { second: true, ..after(bad, true, false) });
        let (paper, on) = (Channel::Paper, date(2026, 3, 12));
        let table = [
            ("not closed", &open, paper, on, head, Err("还没有办结")),
            ("before the end", &ended, paper, date(2026, 3, 9), head, Err("3月10日")),
            ("on the day itself", &ended, paper, date(2026, 3, 10), head, Ok(1)),
            ("paper typed in by the agent", &ended, paper, on, agent, Err("没有经办过")),
            ("told the agent on the phone", &ended, Channel::Phone, on, agent, Err("没有经办过")),
            ("pressed on the agent's tablet", &ended, Channel::Tablet, on, agent, Ok(1)),
            (
                "once is enough",
                &after(Grade::FairlySatisfied, false, false),
                paper,
                on,
                head,
                Err("一次一评"),
            ),
            ("not answered yet", &after(bad, false, false), paper, on, head, Err("还没有答复")),
            ("answered", &after(bad, true, false), paper, on, head, Ok(2)),
            ("set aside", &after(bad, true, true), paper, on, head, Err("不计入")),
            ("a third time", &second, paper, on, head, Err("两次")),
        ];
        for (case, standing, channel, on, by, expected) in table {
            let found = standing.nth(channel, on, by).map_err(|refusal| refusal.to_string());
            match (&found, expected) {
                (Ok(nth), Ok(expected)) => assert_eq!(*nth, expected, "{case}"),
                (Err(why), Err(part)) => assert!(why.contains(part), "{case}: {why}"),
                _ => panic!("{case}: {found:?}"),
            }
        }
    }
}
