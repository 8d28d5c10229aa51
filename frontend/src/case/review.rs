//! That somebody has looked at the acts that don't count: at those that are on the screen, and at no others.

use daiban_contract::{act::Act, view::CaseView};
use daiban_domain::{
    EventId,
    case::review::{REVIEW, Reviewed},
};

/// What is done with by looking.
pub fn to_look_at(case: &CaseView) -> Vec<EventId> {
    case.events.iter().filter(|event| event.waits && !event.on_paper).map(|event| event.id).collect()
}

/// Whether the person here may say so.
pub fn may_review(case: &CaseView) -> bool {
    case.offers.iter().any(|offer| offer.event == REVIEW)
}

pub fn review(case_no: &str, said: &Reviewed) -> Act {
    let payload = serde_json::to_value(said).ok().and_then(|said| said.as_object().cloned());
    Act { case_no: case_no.to_owned(), event: REVIEW.to_owned(), payload, on: None }
}
