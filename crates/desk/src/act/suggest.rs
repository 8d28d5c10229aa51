//! Corrections that the village may only suggest once the paper has left it, and the window's answer.

use super::{
    same_person::numbered,
    set::{affirm, known, normalised},
    take::Taking,
};
use crate::{Desk, Trouble, ask, capacity::Capacities};
use daiban_contract::{
    Code,
    act::{AnswerSuggestion, Suggest},
    view::CaseView,
};
use daiban_domain::{Instant, Role, case::correction::may_correct};
use daiban_replica::{public::enrolment, today};
use serde_json::{Map, json};

impl Desk {
    pub fn suggest(&self, request: Suggest, now: Instant) -> Result<CaseView, Trouble> {
        self.with(|replica| {
            let roles = enrolment::roles(replica.db(), replica.identity().person)?;
            replica.commit(now, |writing| {
                let opened = ask::open(writing.db(), &request.case_no)?;
                known(&opened, &request.path)?;
                if may_correct(&request.path, opened.folded.state, &roles).is_ok() {
                    return Err(Trouble::new(Code::NotAllowed, "这一栏可以直接更正，不用建议。"));
                }
                let value = normalised(&opened, &request.path, &request.value, today(writing.db(), now)?)?;
                let payload = Map::from_iter([
                    ("path".to_owned(), json!(request.path)),
                    ("was".to_owned(), json!(opened.case.field(&request.path))),
                    ("value".to_owned(), json!(value)),
                    ("reason".to_owned(), json!(request.reason)),
                ]);
                let taking = Taking { event: "suggest", payload, on: None, counts: Vec::new(), only: None };
                taking.take(writing, &opened, |_| {})
            })?;
            let opened = ask::open(replica.db(), &request.case_no)?;
            ask::case_view(replica, &opened, now)
        })
    }

    /// Adopting a suggestion is correcting the field: whoever may do that may answer.
    pub fn answer_suggestion(&self, request: AnswerSuggestion, now: Instant) -> Result<CaseView, Trouble> {
        self.with(|replica| {
            replica.commit(now, |writing| {
                let opened = ask::open(writing.db(), &request.case_no)?;
                let id = request.suggestion.to_string();
                let suggested = opened.folded.suggestions.iter().find(|one| one.takes(&id, request.adopt));
                let Some(suggested) = suggested else {
                    return Err(Trouble::new(Code::NotAllowed, "没有这条建议，或已经处理过了。"));
                };
                let (path, value) = (suggested.path.clone(), suggested.value.clone());
                // The path came from another desk.
                known(&opened, &path)?;
                let capacities = Capacities::here(writing, &opened, today(writing.db(), now)?)?;
                let may = |roles: &[Role]| Ok(may_correct(&path, opened.folded.state, roles)?);
                let (_, role) = capacities.choose(may)?;
                let payload = Map::from_iter([
                    ("suggestion".to_owned(), json!(id)),
                    ("path".to_owned(), json!(path)),
                    ("was".to_owned(), json!(opened.case.field(&path))),
                    ("value".to_owned(), json!(value)),
                    ("reason".to_owned(), json!(request.reason)),
                ]);
                let event = if request.adopt { "adopt" } else { "decline" };
                let taking = Taking { event, payload, on: None, counts: Vec::new(), only: Some(role) };
                taking.take(writing, &opened, |edit| {
                    if request.adopt {
                        affirm(edit, &path, &value);
                    }
                })?;
                if request.adopt {
                    numbered(writing, &opened, &path, &value)?;
                }
                Ok(())
            })?;
            let opened = ask::open(replica.db(), &request.case_no)?;
            ask::case_view(replica, &opened, now)
        })
    }
}
