//! Which cases a batch of one form is made of.

use super::{earned, earned_form, printed};
use crate::{
    Trouble,
    ask::{Opened, held, open, open_row},
};
use daiban_contract::{Failure, act::FormsOf, view::SkippedForm};
use daiban_replica::case::{self, Filter};
use jiff::civil::Date;
use rusqlite::Connection;

/// Cases that a day's batch is looked for among: the newest ones.
const RECENT: u32 = 2000;

/// What a batch is made of.
#[derive(Default)]
pub(crate) struct Chosen {
    /// Numbers of the cases that have earned the form, in the order in which they are to lie, each once.
    pub cases: Vec<String>,
    pub skipped: Vec<SkippedForm>,
    /// Only so many of the newest cases were looked at, if there are more.
    pub among: Option<u32>,
    /// The hand-over whose papers they are.
    pub batch: Option<String>,
}

impl Chosen {
    fn take(&mut self, opened: &Opened, form: &str) {
        let case_no = opened.case.case_no.clone();
        if self.cases.contains(&case_no) {
            return;
        }
        match earned_form(opened, form, self.batch.as_deref()) {
            Ok(_) => self.cases.push(case_no),
            Err(trouble) => self.skip(case_no, trouble),
        }
    }

    fn skip(&mut self, case_no: String, trouble: Trouble) {
        self.skipped.push(SkippedForm { case_no, why: Failure::from(trouble).message });
    }
}

pub(crate) fn of_many(db: &Connection, of: &FormsOf, form: &str) -> Result<Chosen, Trouble> {
    let mut chosen = Chosen::default();
    match of {
        FormsOf::Cases { case_nos } => {
            for case_no in case_nos {
                match open(db, case_no) {
                    Ok(opened) => chosen.take(&opened, form),
                    Err(trouble) => chosen.skip(case_no.clone(), trouble),
                }
            }
        }
        FormsOf::HandOver { batch } => {
            chosen.batch = Some(batch.clone());
            for row in case::of_batch(db, batch)? {
                // What has left with its year is told by its number alone.
                if let Ok(opened) = open_row(db, row) {
                    chosen.take(&opened, form);
                }
            }
        }
        FormsOf::Day { on } => {
            let recent = Filter { limit: RECENT, ..Filter::default() };
            let rows = case::list(db, &recent)?;
            chosen.among = (rows.len() == RECENT as usize).then_some(RECENT);
            for row in rows.into_iter().rev() {
                let Some(opened) = held(db, &row.case_no)? else { continue };
                if is_due(&opened, form, *on) {
                    chosen.take(&opened, form);
                }
            }
        }
    }
    Ok(chosen)
}

/// The act lies on the day, and its form hasn't been printed.
fn is_due(opened: &Opened, form: &str, on: Date) -> bool {
    let act_on = |id| opened.case.events.iter().any(|event| event.id == id && event.on.0 == on);
    let earned = earned(opened).into_iter().find(|earned| earned.form == form);
    earned.is_some_and(|earned| act_on(earned.act) && printed(opened, &earned).is_none())
}
