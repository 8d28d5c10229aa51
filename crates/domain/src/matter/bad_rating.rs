//! 差评核实: what follows a bad rating (DOMAIN §6.1). Somebody who had nothing to do with the case finds out what is behind it,
//! the township's centre answers, and whoever left a name is called back. The unit may appeal; a rating found wrong or
//! malicious is kept and not counted.

use super::{Act, Folded, Kind, Matter, Owner, Said, State, act::not_here};
use crate::{
    DocumentId, Level, PersonId, Role,
    case::{Event, settings::Settings, transition::Refusal},
};
use jiff::civil::Date;

/// The rating that it is about. Who rated, and in what words, stands in the rating and nowhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rated {
    pub rating: DocumentId,
    /// The rater left a name or a number.
    pub named: bool,
    /// Who had handled the case when the rating was entered.
    pub handlers: Vec<PersonId>,
}

/// What the acts on it have come to, beside the state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BadRating {
    /// What was found; all of it where two looked apart.
    pub found: Vec<String>,
    pub called_back: Option<Date>,
    /// Who has appealed and waits for the review.
    pub appealed_by: Option<PersonId>,
    /// An appeal has been made; no second one.
    pub appealed: bool,
    /// 不计入
    pub excluded: bool,
    /// The item whose guide is wrong, and the version of it.
    pub wrong_guide: Option<(String, u16)>,
}

/// The township's and the county's people; the centre assigns who looks into it.
pub(super) const CENTRES: [Role; 7] = [
    Role::Intake,
    Role::Reviewer,
    Role::Approver,
    Role::Issuer,
    Role::CentreHead,
    Role::CountyDept,
    Role::CountyMerge,
];

/// Whoever may set a rating aside.
pub(super) const REVIEWING: [Role; 3] = [Role::CentreHead, Role::CountyMerge, Role::Supervisor];

const OF_ITS_OWN: [&str; 4] = ["verify", "callBack", "appeal", "reviewAppeal"];

/// The longest that an answer may take, in working days, whatever was approved (四川 spprec).
const LONGEST: u16 = 15;

/// The working days that run now, and those approved on top: first to find out, then to answer.
pub(super) fn term(folded: &Folded, settings: &Settings) -> (u16, u16) {
    match folded.state {
        State::Open => (settings.bad_rating_verify_days, 0),
        _ => (settings.bad_rating_answer_days, folded.extension.min(longest_extension(settings))),
    }
}

pub(super) fn longest_extension(settings: &Settings) -> u16 {
    LONGEST.saturating_sub(settings.bad_rating_answer_days)
}

pub(super) fn fits(
    folded: &Folded,
    act: &Act,
    said: &Said,
    by: &Owner,
    matter: &Matter,
) -> Result<(), Refusal> {
    let Some(rated) = matter.rated.as_ref().filter(|_| matter.kind == Kind::BadRating) else {
        let own = OF_ITS_OWN.contains(&act.name);
        return if own { not_here(format!("只有差评核实才有“{}”。", act.zh)) } else { Ok(()) };
    };
    let handled = |person: Option<PersonId>| person.is_some_and(|person| rated.handlers.contains(&person));
    let BadRating { called_back, appealed_by, appealed, .. } = &folded.bad_rating;
    if by.unit.level() == Level::Village && act.name != "appeal" {
        return not_here("差评由乡镇便民服务中心核实和答复，村里可以申诉。");
    }
    match act.name {
        "verify" | "callBack" | "reviewAppeal" if handled(by.person) => {
            not_here(format!("{}要由没有经办过这个办件的人来做。", act.zh))
        }
        "handOn" if said.unit.is_some_and(|unit| unit.level() == Level::Village) => {
            not_here("差评核实只能交给乡镇或县里的人。")
        }
        "handOn" if handled(said.person) => not_here("这个人经办过这个办件，差评要交给没有经办过的人核实。"),
        "answer" if folded.state == State::Open => not_here("先核实，再答复。"),
        "extend" if folded.state == State::Open => not_here("延长的是答复的期限：先核实。"),
        "close" if appealed_by.is_some() => not_here("还有申诉等着复核，复核以后才能办结。"),
        "close" if rated.named && called_back.is_none() => {
            not_here("评价人留了姓名或电话，回访以后才能办结。")
        }
        "appeal" if *appealed => not_here("已经申诉过一次，不能再申诉。"),
        "reviewAppeal" if appealed_by.is_none() => not_here("没有等着复核的申诉。"),
        "reviewAppeal" if *appealed_by == by.person => not_here("申诉要由另一个人来复核。"),
        _ => Ok(()),
    }
}

impl BadRating {
    pub(super) fn note(&mut self, event: &Event, said: &Said) {
        match event.kind.as_str() {
            "verify" => self.found.push(said.text.clone()),
            "answer" => {
                if let Some(item) = said.wrong_guide.clone().filter(|item| !item.is_empty()) {
                    self.wrong_guide = Some((item, said.guide_version.unwrap_or_default()));
                }
            }
            "callBack" => self.called_back = Some(event.on.0),
            "appeal" => {
                self.appealed = true;
                self.appealed_by = Some(event.person);
            }
            "reviewAppeal" => {
                self.appealed_by = None;
                self.excluded = said.exclude == Some(true);
            }
            "reopen" => (self.called_back, self.excluded) = (None, false),
            _ => {}
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::{
        fold,
        fold::tests::{by, matter},
        ready, term,
    };
    use super::*;
    use crate::{
        calendar::tests::published,
        case::{CountySettings, Event},
    };
    use jiff::civil::date;

    const VILLAGE: &str = "621099100200";
    const TOWNSHIP: &str = "621099100000";

    /// The agent 1 has handled the case; the rater left a number.
    pub fn rated() -> Rated {
        Rated { rating: DocumentId([7; 16]), named: true, handlers: vec![PersonId([1; 8])] }
    }

    fn ticket() -> Matter {
        let first = Owner { unit: TOWNSHIP.parse().unwrap(), person: None };
        Matter { kind: Kind::BadRating, rated: Some(rated()), first, ..matter() }
    }

    /// Who, at the township or in the village, which act, what is said.
    type Step = (u8, bool, &'static str, &'static str);

    /// One after the other, each knowing all before it.
    fn acts(steps: &[Step]) -> Vec<Event> {
        let step = |(i, (person, above, kind, payload)): (usize, &Step)| {
            let (unit, role) =
                if *above { (TOWNSHIP, Role::CentreHead) } else { (VILLAGE, Role::VillageHead) };
            let before: Vec<u8> = (1..=i as u8).collect();
            by(*person, unit, role, i as u8 + 1, kind, i as u64, &before, payload)
        };
        steps.iter().enumerate().map(step).collect()
    }

    #[test]
    fn it_is_looked_into_answered_and_called_back_by_people_who_had_nothing_to_do_with_it() {
        let (verify, answer, call) = (
            (2, true, "verify", r#"{"text":"跑了三次"}"#),
            (2, true, "answer", r#"{"text":"已改"}"#),
            (2, true, "callBack", r#"{"text":"满意"}"#),
        );
        let (close, appeal) = ((2, true, "close", ""), (1, false, "appeal", r#"{"reason":"恶意"}"#));
        let aside =
            |person| (person, true, "reviewAppeal", r#"{"exclude":true,"reason":"核实不是办事的人"}"#);
        let stands = (2, true, "reviewAppeal", r#"{"exclude":false,"reason":"属实"}"#);
        // The steps, and why the last one doesn't count; `None` where it does.
        let table: [(&str, Vec<Step>, Option<&str>); 16] = [
            ("put off before it is known", vec![(2, true, "extend", r#"{"days":4}"#)], Some("先核实")),
            ("closed over an appeal", vec![verify, appeal, answer, call, close], Some("等着复核")),
            ("whole", vec![verify, answer, call, close], None),
            ("by a handler", vec![(1, true, "verify", r#"{"text":"x"}"#)], Some("没有经办过")),
            ("in the village", vec![(3, false, "verify", r#"{"text":"x"}"#)], Some("没有这个权限")),
            (
                "answered by the village",
                vec![verify, (3, false, "answer", r#"{"text":"x"}"#)],
                Some("村里可以申诉"),
            ),
            ("answered before it is known", vec![answer], Some("先核实")),
            ("not called back", vec![verify, answer, close], Some("回访以后")),
            (
                "called back by a handler",
                vec![verify, answer, (1, true, "callBack", r#"{"text":"x"}"#)],
                Some("没有经办过"),
            ),
            (
                "handed to the village",
                vec![(2, true, "handOn", r#"{"unit":"621099100200"}"#)],
                Some("乡镇或县里"),
            ),
            (
                "handed to a handler",
                vec![(2, true, "handOn", r#"{"unit":"621099100000","person":"0101010101010101"}"#)],
                Some("经办过"),
            ),
            ("set aside", vec![appeal, aside(2)], None),
            (
                "set aside by who appealed",
                vec![(2, true, "appeal", r#"{"reason":"x"}"#), aside(2)],
                Some("另一个人"),
            ),
            ("set aside unasked", vec![aside(2)], Some("没有等着复核")),
            ("appealed twice", vec![appeal, stands, appeal], Some("申诉过一次")),
            ("two findings", vec![verify, (3, true, "verify", r#"{"text":"两次"}"#)], None),
        ];
        for (name, steps, refused) in table {
            let folded = fold(&acts(&steps), &ticket());
            let contested: Vec<_> = folded.placed.iter().map(|placed| placed.contested.as_deref()).collect();
            let (last, before) = contested.split_last().unwrap();
            assert!(before.iter().all(Option::is_none), "{name}: {contested:?}");
            match (last, refused) {
                (None, None) => {}
                (Some(why), Some(part)) => assert!(why.contains(part), "{name}: {why}"),
                _ => panic!("{name}: {contested:?}"),
            }
        }
        let folded = fold(&acts(&[verify, answer, call, close]), &ticket());
        assert_eq!((folded.state, folded.bad_rating.called_back), (State::Closed, Some(date(2026, 3, 6))));
        assert_eq!(folded.owner.person, Some(PersonId([2; 8])), "who looked into it has taken it up");
        let folded = fold(&acts(&[appeal, aside(2)]), &ticket());
        assert_eq!((folded.state, folded.bad_rating.excluded), (State::Closed, true));
        let folded = fold(&acts(&[appeal, stands]), &ticket());
        assert_eq!((folded.state, folded.bad_rating.excluded), (State::Open, false));
        let elsewhere = fold(&acts(&[verify]), &matter());
        assert!(elsewhere.placed[0].contested.as_ref().unwrap().contains("只有差评核实"));
    }

    #[test]
    fn one_day_to_look_into_it_five_to_answer_and_never_more_than_fifteen() {
        let (calendar, settings) = (published(), CountySettings::default());
        let verify = (2, true, "verify", r#"{"text":"x"}"#);
        let extend = |days| (2, true, "extend", days);
        let answer = (2, true, "answer", r#"{"text":"x"}"#);
        let table: [(Vec<Step>, (i8, bool), &str); 5] = [
            (vec![], (6, true), "3月5日评价，数 1 个工作日。"),
            (vec![verify], (12, true), "3月5日评价，数 5 个工作日。"),
            (
                vec![verify, extend(r#"{"days":4}"#)],
                (18, true),
                "3月5日评价，数 5 个工作日，批准延长 4 个工作日。",
            ),
            (
                vec![verify, extend(r#"{"days":40}"#)],
                (26, true),
                "3月5日评价，数 5 个工作日，批准延长 10 个工作日。",
            ),
            (vec![verify, answer], (12, false), "3月5日评价，数 5 个工作日。"),
        ];
        for (steps, (day, running), why) in table {
            let matter = ticket();
            let found = term(&matter, &fold(&acts(&steps), &matter), &calendar, &settings);
            assert_eq!(
                (found.due.date, found.running, found.why.as_str()),
                (date(2026, 3, day), running, why)
            );
        }
        let extend = Act::find("extend").unwrap();
        let allowed = |days: u16, settings: &Settings| {
            let said =
                Said { days: Some(days), reason: "要等县里改指南".to_owned(), ..Said::default() };
            ready(extend, &said, &ticket(), settings, date(2026, 3, 6)).is_ok()
        };
        let settings = Settings::default();
        assert_eq!([1, 10, 11].map(|days| allowed(days, &settings)), [true, true, false]);
        assert!(!allowed(1, &Settings { bad_rating_answer_days: 15, ..settings }));
    }
}
