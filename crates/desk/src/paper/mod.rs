//! Papers that are no case's: of a matter, of a unit's month, of an item, of everybody who serves or is served. What they print
//! is theirs to number; that one tells of people is recorded, as access to their data.

mod agent_change;
mod case_ledger;
mod guide;
mod handbook;
mod item_changes;
mod service_cards;
mod service_visit;

pub(crate) use service_cards::agents;

use crate::{
    Trouble,
    ask::{items::unknown_item, open_matter},
    watch::Watch,
};
use daiban_contract::{Code, act::PaperOf, view::FormView};
use daiban_domain::matter::Matter;
use daiban_exchange::mark::Mark;
use daiban_forms::{
    AgentChange, CaseLedger, Faces, Handbook, ItemChanges, Layout, ServiceCard, ServiceVisit,
};
use daiban_replica::{Replica, public::item};
use jiff::civil::Date;

/// One of them, laid out.
pub(crate) struct Paper {
    pub name: String,
    /// Of its file, where nobody has named one; without personal data.
    pub file: String,
    pub layout: Layout,
    pub tells_of: Option<TellsOf>,
}

/// Whose data a paper has: the number of a matter or the code of a unit, the form (with the month of a ledger), and of how many it
/// tells.
pub(crate) struct TellsOf {
    pub about: String,
    pub part: String,
    pub rows: usize,
}

/// What its mark is: that of a preview isn't signed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum For {
    Preview,
    Paper,
}

/// What its code says names it, if it is one of those that are signed.
pub(crate) fn name(form: &str) -> Option<&'static str> {
    match form {
        CARD => Some(ServiceCard::TITLE),
        VISIT => Some(ServiceVisit::TITLE),
        _ => None,
    }
}

pub(crate) const CARD: &str = "F12";
pub(crate) const VISIT: &str = "F22";

pub(crate) fn lay_out(
    replica: &Replica,
    of: &PaperOf,
    (on, made): (Date, For),
    faces: &Faces,
    watch: &Watch,
) -> Result<Paper, Trouble> {
    let (db, identity) = (replica.db(), replica.identity());
    let mark = |form: &str, subject: &str| match made {
        For::Preview => Mark::unsigned(form, subject),
        For::Paper => Mark::unnumbered(form, subject, &identity.tag, on).signed(replica.signing_key()),
    };
    Ok(match of {
        PaperOf::Visit { matter_no } => {
            let visit = service_visit::gather(db, &open_matter(db, matter_no)?, mark(VISIT, matter_no))?;
            let layout = visit.lay_out(faces)?;
            Paper {
                name: ServiceVisit::TITLE.to_owned(),
                file: format!("F22-{}.pdf", visit.matter_no),
                layout,
                tells_of: Some(TellsOf { about: visit.matter_no, part: VISIT.to_owned(), rows: 1 }),
            }
        }
        PaperOf::Ledger { unit, month } => {
            let ledger = case_ledger::gather(db, *unit, month, (identity.person, on))?;
            let (year, month) = (ledger.month.year(), ledger.month.month());
            Paper {
                name: CaseLedger::TITLE.to_owned(),
                file: format!("F18-{unit}-{year:04}{month:02}.pdf"),
                layout: ledger.lay_out(faces)?,
                tells_of: Some(TellsOf {
                    about: unit.to_string(),
                    part: ledger_of(ledger.month),
                    rows: ledger.entries.len(),
                }),
            }
        }
        PaperOf::Guide { item_id, version } => {
            let item = match version {
                Some(version) => item::version(db, item_id, *version)?,
                None => item::in_force(db, item_id, on)?,
            };
            let item = item.ok_or_else(unknown_item)?;
            Paper {
                name: format!("{}办事指南", item.name),
                file: format!("F11-{}-{}.pdf", item.item_id, item.version),
                layout: guide::gather(db, &item, identity.unit, on)?.lay_out(faces)?,
                tells_of: None,
            }
        }
        PaperOf::Cards { unit, copies } => {
            let cards = service_cards::gather(db, *unit, on, |unit| mark(CARD, &unit.to_string()))?;
            if cards.is_empty() {
                let message = "这个单位下面没有登记在岗的代办员。请先登记设备和代办员，或换一个单位。";
                return Err(Trouble::new(Code::UnknownUnit, message));
            }
            let goes_on = |done| watch.goes_on(done, cards.len());
            let tells_of =
                Some(TellsOf { about: unit.to_string(), part: CARD.to_owned(), rows: cards.len() });
            let layout = daiban_forms::service_cards(&cards, usize::from((*copies).min(99)), faces, goes_on)?;
            Paper { name: ServiceCard::TITLE.to_owned(), file: format!("F12-{unit}.pdf"), layout, tells_of }
        }
        PaperOf::Changes {} => Paper {
            name: ItemChanges::TITLE.to_owned(),
            file: format!("{}-{on}.pdf", ItemChanges::TITLE),
            layout: item_changes::gather(db, identity.unit, on)?.lay_out(faces)?,
            tells_of: None,
        },
        PaperOf::Given { unit, to } => {
            let given = agent_change::gather(db, *unit, *to, on)?;
            if given.cases.is_empty() {
                let message = "这个人手上没有交接过来的在办件，没有清单可打。";
                return Err(Trouble::new(Code::FormNotEarned, message));
            }
            Paper {
                name: AgentChange::TITLE.to_owned(),
                file: format!("{}-{unit}-{on}.pdf", AgentChange::TITLE),
                layout: given.lay_out(faces)?,
                tells_of: Some(TellsOf {
                    about: unit.to_string(),
                    part: AgentChange::TITLE.to_owned(),
                    rows: given.cases.len(),
                }),
            }
        }
        PaperOf::Handbook {} => {
            let handbook = handbook::gather(db, identity.county, on)?;
            Paper {
                name: format!("{}{}", handbook.county, Handbook::TITLE),
                file: format!("便民服务手册-{on}.pdf"),
                layout: handbook.lay_out(faces)?,
                tells_of: None,
            }
        }
    })
}

/// As records of access name the ledger of a month.
pub(crate) fn ledger_of(month: Date) -> String {
    format!("F18-{:04}-{:02}", month.year(), month.month())
}

/// What can be printed of a matter.
pub(crate) fn of_matter(matter: &Matter) -> Vec<FormView> {
    let visit = service_visit::served(matter)
        .then(|| FormView { form: VISIT.to_owned(), name: ServiceVisit::TITLE.to_owned() });
    visit.into_iter().collect()
}
