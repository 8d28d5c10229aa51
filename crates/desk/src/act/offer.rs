//! What a desk may do with a case next.

use crate::{ask::Opened, warnings::missing_materials};
use daiban_contract::view::OfferView;
use daiban_domain::{
    Level, Role,
    case::{State, deadlines::promise_due, transition},
    deadline::{says_day, says_full_day},
};
use jiff::civil::Date;

/// The ordinary next step of a state.
pub(crate) fn ordinary(state: State, instant: bool) -> Option<&'static str> {
    Some(match state {
        State::Registered => "handOver",
        State::InTransit => "receive",
        State::Received => "accept",
        State::AwaitSupplement => "supplement",
        State::Accepted if instant => "approve",
        State::Accepted => "startReview",
        State::InReview => "propose",
        State::PendingDecision => "approve",
        State::Approved | State::Rejected => "close",
        State::Closed => "deliver",
        _ => return None,
    })
}

/// What the window offers, in the order of the work.
const OFFERED: [&str; 12] = [
    "handOver",
    "receive",
    "accept",
    "oneTimeNotice",
    "supplement",
    "startReview",
    "propose",
    "approve",
    "reject",
    "close",
    "deliver",
    "withdraw",
];

pub(crate) fn offers(opened: &Opened, roles: &[Role], level: Level, today: Date) -> Vec<OfferView> {
    let Opened { case, item, folded, .. } = opened;
    let setting = daiban_replica::case::setting(case, item);
    let first = ordinary(folded.state, item.instant());
    let mut offers: Vec<OfferView> = OFFERED
        .iter()
        .filter_map(|event| {
            let (transition, _) = transition::find(folded.state, event, roles, level, &setting).ok()?;
            let blocked = blocked(opened, event).unwrap_or_default();
            Some(OfferView {
                event: (*event).to_owned(),
                name: transition.zh.clone(),
                form: transition.form.clone(),
                says: if blocked.is_empty() { says(opened, event, today) } else { String::new() },
                blocked,
            })
        })
        .collect();
    // A step that can't be taken now is not the one to put first.
    offers.sort_by_key(|offer| {
        (Some(offer.event.as_str()) != first || !offer.blocked.is_empty(), !offer.blocked.is_empty())
    });
    offers
}

/// Why an event that the table allows can't be done now.
pub(crate) fn blocked(opened: &Opened, event: &str) -> Option<String> {
    if event != "accept" {
        return None;
    }
    let missing: Vec<&str> =
        missing_materials(&opened.case, &opened.item).map(|material| material.name.as_str()).collect();
    (!missing.is_empty()).then(|| format!("还差“{}”，不能受理。可以一次性告知。", missing.join("”“")))
}

fn says(opened: &Opened, event: &str, today: Date) -> String {
    match event {
        "accept" if opened.item.instant() => "即办件，受理后当场办。".to_owned(),
        "accept" => match promise_due(today, &opened.item, &opened.calendar) {
            Some(due) if due.provisional => format!("现在受理，{}（暂定）前办结。", says_full_day(due.date)),
            Some(due) => format!("现在受理，{}前办结。", says_day(due.date)),
            None => String::new(),
        },
        _ => String::new(),
    }
}
