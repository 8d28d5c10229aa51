//! Drafts of the catalogue (三上三下).

use crate::{arguments::DraftVerb, items, print};
use daiban_contract::{Failure, act::ActOnDraft, act::BeginDraft, ask};
use daiban_desk::Desk;
use daiban_domain::{
    Instant,
    item::{catalogue_to_json, draft::Said},
};

pub fn run(verb: &DraftVerb, desk: &Desk, now: Instant, json: bool) -> Result<(), Failure> {
    let act = |draft_no: &str, event: &str, says: Said, content: String| {
        let request = ActOnDraft { draft_no: draft_no.to_owned(), event: event.to_owned(), says, content };
        Ok::<_, Failure>(desk.act_on_draft(request, now)?)
    };
    let say = |draft_no: &str, event: &str, says: Said| act(draft_no, event, says, String::new());
    let answered = match verb {
        DraftVerb::List => {
            print::answer(&desk.drafts(ask::Drafts {}, now)?, json);
            return Ok(());
        }
        DraftVerb::Show { draft_no } => desk.draft(ask::Draft { draft_no: draft_no.clone() }, now)?,
        DraftVerb::New { title } => desk.begin_draft(BeginDraft { title: title.clone() }, now)?,
        DraftVerb::Submit { draft_no, file } => {
            let catalogue = items::catalogue(file, &desk.catalogue()?)?;
            let content = catalogue_to_json(&catalogue).map_err(|_| items::unreadable(file))?;
            act(draft_no, "submit", Said::default(), content)?
        }
        DraftVerb::Comment { draft_no, fix, text, item, element } => {
            let says = Said {
                fix: Some(*fix),
                text: text.clone(),
                item_id: item.clone(),
                element: element.clone(),
                ..Said::default()
            };
            say(draft_no, "comment", says)?
        }
        DraftVerb::Return { draft_no, reason } => {
            say(draft_no, "return", Said { reason: reason.clone(), ..Said::default() })?
        }
        DraftVerb::Withdraw { draft_no, reason } => {
            say(draft_no, "withdraw", Said { reason: reason.clone(), ..Said::default() })?
        }
        DraftVerb::Summarise { draft_no, text, reason } => {
            say(draft_no, "sumUp", Said { text: text.clone(), reason: reason.clone(), ..Said::default() })?
        }
    };
    print::answer(&answered, json);
    Ok(())
}
