//! Until when an answer is due, and why.

use super::{Folded, Kind, Matter, bad_rating};
use crate::{
    calendar::WorkCalendar,
    case::CountySettings,
    deadline::{Counted, Due, says_day},
};
use jiff::civil::Date;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub start: Date,
    pub due: Due,
    /// It runs until there is an answer; an answer that isn't one lets it run on.
    pub running: bool,
    /// How it was counted.
    pub why: String,
}

pub fn term(matter: &Matter, folded: &Folded, calendar: &WorkCalendar, settings: &CountySettings) -> Term {
    let start = folded.since;
    let running = folded.state.waiting();
    if let Some(agreed) = folded.agreed_on.filter(|_| matter.kind.by_agreement()) {
        let due = Due { date: agreed, provisional: false };
        let why = match matter.agreed_on.filter(|first| *first != agreed) {
            Some(first) => format!("原来约定在 {}，改到 {}。", says_day(first), says_day(agreed)),
            None => format!("约定在 {}。", says_day(agreed)),
        };
        return Term { start, due, running, why };
    }
    let settings = settings.on(start);
    let mut extension = folded.extension;
    let days = match matter.kind {
        Kind::BadRating => {
            let days;
            (days, extension) = bad_rating::term(folded, &settings);
            days
        }
        Kind::Consult if matter.on_the_spot => settings.consult_spot_days,
        Kind::Complaint => matter.limit_days.unwrap_or(settings.complaint_days),
        Kind::Hotline => matter.limit_days.unwrap_or(settings.hotline_days),
        Kind::Consult | Kind::Appointment | Kind::HomeVisit => settings.consult_days,
    };
    let counted = Counted { extension, ..Counted::working(days) };
    let due = counted.due(start, calendar);
    let started = match matter.kind {
        _ if start != matter.asked_on => "重新办理",
        Kind::BadRating => "评价",
        _ => "提出",
    };
    let why = counted.explain(start, started, &due, calendar);
    Term { start, due, running, why }
}

#[cfg(test)]
mod tests {
    use super::super::fold::tests::{matter, taken};
    use super::*;
    use crate::{calendar::tests::published, matter::fold};
    use jiff::civil::date;

    #[test]
    fn every_kind_has_its_term_and_tells_how_it_was_counted() {
        let (calendar, settings) = (published(), CountySettings::default());
        let asked = date(2026, 9, 24);
        let table: [(Kind, bool, Date, &str); 5] = [
            (Kind::Consult, true, date(2026, 9, 28), "9月24日提出，数 1 个工作日。9月25日放假，不算。"),
            (
                Kind::Consult,
                false,
                date(2026, 10, 9),
                "9月24日提出，数 5 个工作日。9月25日、10月1日至7日放假，不算。",
            ),
            (
                Kind::Complaint,
                false,
                date(2026, 10, 9),
                "9月24日提出，数 5 个工作日。9月25日、10月1日至7日放假，不算。",
            ),
            (
                Kind::Hotline,
                false,
                date(2026, 10, 9),
                "9月24日提出，数 5 个工作日。9月25日、10月1日至7日放假，不算。",
            ),
            (Kind::HomeVisit, false, date(2026, 9, 26), "约定在 9月26日（周六）。"),
        ];
        for (kind, on_the_spot, due, why) in table {
            let agreed_on = kind.by_agreement().then_some(date(2026, 9, 26));
            let matter = Matter { kind, on_the_spot, agreed_on, asked_on: asked, ..matter() };
            let term = term(&matter, &fold(&[], &matter), &calendar, &settings);
            assert_eq!((term.due.date, term.why.as_str()), (due, why), "{kind:?}");
            assert!(term.running);
        }
        let promised = Matter { kind: Kind::Hotline, limit_days: Some(2), ..matter() };
        let term = term(&promised, &fold(&[], &promised), &calendar, &settings);
        assert_eq!(term.why, "3月5日提出，数 2 个工作日。");
    }

    #[test]
    fn what_is_put_off_ends_later_and_what_is_opened_again_begins_anew() {
        let (calendar, settings) = (published(), CountySettings::default());
        let matter = matter();
        let extended = [taken(1, "extend", 1, &[], r#"{"days":3,"reason":"要问县里"}"#)];
        let found = term(&matter, &fold(&extended, &matter), &calendar, &settings);
        assert_eq!(found.due.date, date(2026, 3, 17));
        assert_eq!(found.why, "3月5日提出，数 5 个工作日，批准延长 3 个工作日。");
        let mut again = extended.to_vec();
        again.push(taken(2, "answer", 2, &[1], r#"{"text":"可以办"}"#));
        again.push(taken(3, "close", 3, &[2], ""));
        let mut reopened = taken(4, "reopen", 4, &[3], r#"{"reason":"没有说清"}"#);
        reopened.on.0 = date(2026, 3, 20);
        assert!(!term(&matter, &fold(&again, &matter), &calendar, &settings).running);
        again.push(reopened);
        let found = term(&matter, &fold(&again, &matter), &calendar, &settings);
        assert_eq!((found.due.date, found.running), (date(2026, 3, 27), true));
        assert_eq!(found.why, "3月20日重新办理，数 5 个工作日。");
    }
}
