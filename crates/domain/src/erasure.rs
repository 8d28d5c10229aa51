//! Erasing personal information, and what is kept all the same.
//!
//! 个人信息保护法 (PIPL) 第四十七条 names the grounds on which a handler erases by itself or on request, and stays out of
//! the way of retention periods that laws and regulations set. What an organ has taken a legal act on is a record of the
//! organ: it is filed under 档案法 第十三条 and kept for the term of 国家档案局令第8号 (DOMAIN §8.7). Before that, a
//! request is only what somebody told the village.

use crate::{
    Level,
    case::{Event, State, transition},
    matter::{Act, Matter},
    words::words,
};
use jiff::{Span, civil::Date};

words! {
    /// Why something is erased: the numbered grounds of 第四十七条. An order is read by the whole county, so it says no more
    /// than this.
    Ground {
        /// (一) The purpose is reached, can't be reached, or no longer needs the data.
        Purpose = "purpose", "目的已实现或不再需要";
        /// (二) The service has ended or the retention period is over.
        Retention = "retention", "保存期限已满";
        /// (三) The person has withdrawn consent.
        Consent = "consent", "本人撤回同意";
        /// (四) The data were handled against a law or an agreement.
        Unlawful = "unlawful", "违法或违反约定处理";
        /// (五) Another law or regulation says so.
        OtherLaw = "other-law", "法律、行政法规规定的其他情形";
    }
}

/// Why a case or a matter is kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Statutory {
    #[error(
        "这个办件已经有“{0}”的记录，属于应当归档的公文材料，不能删除（个人信息保护法第四十七条、档案法第十三条）。"
    )]
    Act(String),
    #[error(
        "这个办件已经出具过文书，属于应当归档的公文材料，不能删除（个人信息保护法第四十七条、档案法第十三条）。"
    )]
    Paper,
    #[error(
        "乡镇或县里已经办理过这个来访事项，属于应当归档的公文材料，不能删除（个人信息保护法第四十七条、档案法第十三条）。"
    )]
    Organ,
    #[error("乡镇或县里已经核实过这个评价，评价要保存三年，期满才能删除（个人信息保护法第四十七条）。")]
    Rating,
    #[error("里面有本机程序不认识的环节，不知道能不能删。请先更新程序。")]
    Unknown,
}

/// The receipt for what the village was told; it binds no organ.
const REGISTRATION_RECEIPT: &str = "F01";

/// Whether a case with these events may be erased; `deemed_accepted` tells what silence has come to as of today. Whether an
/// act counts in the fold doesn't matter: that it was taken is reason enough to keep the record.
pub fn erasable(events: &[Event], deemed_accepted: bool) -> Result<(), Statutory> {
    if deemed_accepted {
        return Err(Statutory::Act("视同受理".to_owned()));
    }
    for event in events {
        let Some(name) = transition::name(&event.kind) else { return Err(Statutory::Unknown) };
        if transition::legal_act(&event.kind) || decides(&event.kind) {
            return Err(Statutory::Act(name.to_owned()));
        }
        if event.paper.as_ref().is_some_and(|paper| paper.form != REGISTRATION_RECEIPT) {
            return Err(Statutory::Paper);
        }
    }
    Ok(())
}

/// Whether a matter with these acts may be erased: as long as nobody but the village has had to do with it.
pub fn matter_erasable(matter: &Matter, events: &[Event]) -> Result<(), Statutory> {
    if events.iter().any(|event| Act::find(&event.kind).is_none()) {
        return Err(Statutory::Unknown);
    }
    let mut units = events.iter().map(|event| event.unit).chain([matter.first.unit]);
    if units.any(|unit| unit.level() != Level::Village) { Err(Statutory::Organ) } else { Ok(()) }
}

/// How long ratings are kept, in years (DOMAIN §8.7).
const RATINGS: i8 = 3;

/// Whether a rating of a day may be erased: until somebody above the village has looked into it (`checked` holds the acts on
/// what it has led to), and when its time is over.
pub fn rating_erasable(rated_on: Date, checked: &[Event], today: Date) -> Result<(), Statutory> {
    let over = rated_on.saturating_add(Span::new().years(RATINGS)) <= today;
    let village = checked.iter().all(|event| event.unit.level() == Level::Village);
    if over || village { Ok(()) } else { Err(Statutory::Rating) }
}

/// Whether an event may lead to a state that only an organ brings about.
fn decides(event: &str) -> bool {
    let decided = |state| {
        matches!(
            state,
            State::Accepted
                | State::NotAccepted
                | State::Approved
                | State::Rejected
                | State::Closed
                | State::Terminated
                | State::Transferred
        )
    };
    transition::table().iter().any(|row| row.event == event && row.to.is_some_and(decided))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Role;
    use crate::{
        DeviceId, EventId, Hlc, Instant, PersonId, RULES_VERSION,
        case::{Paper, event::LegalDate},
    };
    use jiff::civil::date;

    fn event(kind: &str, form: Option<&str>) -> Event {
        let paper = |form: &str| Paper {
            form: form.to_owned(),
            number: String::new(),
            act: EventId([1; 8]),
            copy: 1,
        };
        Event {
            id: EventId([1; 8]),
            kind: kind.to_owned(),
            after: Vec::new(),
            rank: 0,
            hlc: Hlc(0),
            at: Instant(0),
            on: LegalDate(date(2026, 3, 5)),
            person: PersonId([0; 8]),
            role: Role::Agent.as_str().to_owned(),
            unit: "621099100200".parse().unwrap(),
            device: DeviceId([0; 8]),
            rules_version: RULES_VERSION,
            item_version: 1,
            paper: form.map(paper),
            payload: String::new(),
            authority: Default::default(),
        }
    }

    #[test]
    fn what_an_organ_has_decided_or_printed_is_kept() {
        let submitted = || event("submit", None);
        let table = [
            (vec![submitted()], Ok(())),
            (vec![submitted(), event("print", Some("F01"))], Ok(())),
            (vec![submitted(), event("handOver", None), event("withdraw", None)], Ok(())),
            (vec![submitted(), event("receive", None)], Ok(())),
            (vec![submitted(), event("accept", None)], Err(Statutory::Act("受理".to_owned()))),
            (vec![submitted(), event("urgentRelief", None)], Err(Statutory::Act("急难先行".to_owned()))),
            (vec![event("directReceive", None), event("print", Some("F02"))], Err(Statutory::Paper)),
            (vec![submitted(), event("unheardOf", None)], Err(Statutory::Unknown)),
        ];
        for (events, expected) in table {
            let kinds: Vec<&str> = events.iter().map(|event| event.kind.as_str()).collect();
            assert_eq!(erasable(&events, false), expected, "{kinds:?}");
        }
        assert!(erasable(&[submitted()], true).is_err(), "silence has accepted it");
    }

    #[test]
    fn a_rating_that_was_looked_into_is_kept_for_three_years() {
        let rated_on = date(2026, 3, 12);
        let village = event("appeal", None);
        let organs = Event { unit: "621099100000".parse().unwrap(), ..event("verify", None) };
        let table = [
            (vec![], date(2026, 3, 12), true),
            (vec![village.clone()], date(2026, 3, 13), true),
            (vec![village.clone(), organs.clone()], date(2029, 3, 11), false),
            (vec![village, organs], date(2029, 3, 12), true),
        ];
        for (checked, today, may) in table {
            assert_eq!(rating_erasable(rated_on, &checked, today).is_ok(), may, "{today}");
        }
    }

    #[test]
    fn grounds_are_named_and_found() {
        for ground in Ground::ALL.iter().copied() {
            assert_eq!(ground.as_str().parse::<Ground>().unwrap(), ground);
        }
    }
}
