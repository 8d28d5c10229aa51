//! Papers that are no case's: of a matter, of a unit's month. Nothing keeps their printing; what they print is theirs to number.

use super::{case_ledger, service_visit};
use crate::{Trouble, ask::open_matter};
use daiban_contract::{Code, act::PaperOf, view::FormView};
use daiban_domain::{PersonId, matter::Matter};
use daiban_forms::{CaseLedger, Faces, Layout, ServiceVisit};
use jiff::civil::Date;
use rusqlite::Connection;

/// One of them, ready to be written.
pub(crate) struct Paper {
    pub name: &'static str,
    /// Under which it is filed; without personal data.
    pub number: String,
    pub layout: Layout,
}

pub(crate) fn paper(
    db: &Connection,
    of: &PaperOf,
    form: &str,
    by: (PersonId, Date),
    faces: &Faces,
) -> Result<Paper, Trouble> {
    match (of, form) {
        (PaperOf::Matter { matter_no }, "F22") => {
            let visit = service_visit::gather(db, &open_matter(db, matter_no)?)?;
            let layout = visit.lay_out(faces)?;
            Ok(Paper { name: ServiceVisit::TITLE, number: visit.matter_no, layout })
        }
        (PaperOf::Month { unit, month }, "F18") => {
            let ledger = case_ledger::gather(db, *unit, month, by)?;
            let number = format!("{unit}-{:04}{:02}", ledger.month.year(), ledger.month.month());
            Ok(Paper { name: CaseLedger::TITLE, number, layout: ledger.lay_out(faces)? })
        }
        (of, form) => {
            let what = match of {
                PaperOf::Matter { .. } => "来访事项",
                PaperOf::Month { .. } => "单位的一个月",
            };
            Err(Trouble::new(Code::UnknownForm, format!("{what}没有编号为 {form} 的文书。")))
        }
    }
}

/// What can be printed of a matter.
pub(crate) fn of_matter(matter: &Matter) -> Vec<FormView> {
    let visit = service_visit::served(matter)
        .then(|| FormView { form: "F22".to_owned(), name: ServiceVisit::TITLE.to_owned() });
    visit.into_iter().collect()
}
