//! Papers that are no case's: of a matter, of a unit's month, of an item, of everybody who serves or is served. Nothing keeps
//! their printing; what they print is theirs to number.

mod case_ledger;
mod guide;
mod handbook;
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
use daiban_forms::{CaseLedger, Faces, Handbook, Layout, ServiceCard, ServiceVisit};
use daiban_replica::{Replica, public::item};
use jiff::civil::Date;

/// One of them, laid out.
pub(crate) struct Paper {
    pub name: String,
    /// Of its file, where nobody has named one; without personal data.
    pub file: String,
    pub layout: Layout,
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
            }
        }
        PaperOf::Ledger { unit, month } => {
            let ledger = case_ledger::gather(db, *unit, month, (identity.person, on))?;
            let (year, month) = (ledger.month.year(), ledger.month.month());
            Paper {
                name: CaseLedger::TITLE.to_owned(),
                file: format!("F18-{unit}-{year:04}{month:02}.pdf"),
                layout: ledger.lay_out(faces)?,
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
            }
        }
        PaperOf::Cards { unit, copies } => {
            let cards = service_cards::gather(db, *unit, on, |unit| mark(CARD, &unit.to_string()))?;
            if cards.is_empty() {
                let message = "这个单位下面没有登记在岗的代办员。请先登记设备和代办员，或换一个单位。";
                return Err(Trouble::new(Code::UnknownUnit, message));
            }
            let goes_on = |done| watch.goes_on(done, cards.len());
            let layout = daiban_forms::service_cards(&cards, usize::from((*copies).min(99)), faces, goes_on)?;
            Paper { name: ServiceCard::TITLE.to_owned(), file: format!("F12-{unit}.pdf"), layout }
        }
        PaperOf::Handbook {} => {
            let handbook = handbook::gather(db, identity.county, on)?;
            Paper {
                name: format!("{}{}", handbook.county, Handbook::TITLE),
                file: format!("便民服务手册-{on}.pdf"),
                layout: handbook.lay_out(faces)?,
            }
        }
    })
}

/// What can be printed of a matter.
pub(crate) fn of_matter(matter: &Matter) -> Vec<FormView> {
    let visit = service_visit::served(matter)
        .then(|| FormView { form: VISIT.to_owned(), name: ServiceVisit::TITLE.to_owned() });
    visit.into_iter().collect()
}
