//! Which cases a batch of one form is made of.

use super::{earned, earned_form, printed};
use crate::{
    Trouble,
    ask::{Opened, open, open_row},
};
use daiban_contract::{Failure, act::FormsOf, view::SkippedForm};
use daiban_replica::case::{self, Filter};
use jiff::civil::Date;
use rusqlite::Connection;

/// Cases that a day's batch is looked for among: the newest ones.
const RECENT: u32 = 2000;

/// Numbers of the cases that have earned the form, in the order in which they are to lie, and those that haven't.
pub(crate) fn of_many(
    db: &Connection,
    of: &FormsOf,
    form: &str,
) -> Result<(Vec<String>, Vec<SkippedForm>), Trouble> {
    let (mut cases, mut skipped) = (Vec::new(), Vec::new());
    let mut take = |case_no: &str, opened: &Opened| match earned_form(opened, form) {
        Ok(_) => cases.push(case_no.to_owned()),
        Err(trouble) => {
            let why = Failure::from(trouble).message;
            skipped.push(SkippedForm { case_no: case_no.to_owned(), why });
        }
    };
    match of {
        FormsOf::Cases { case_nos } => {
            for case_no in case_nos {
                take(case_no, &open(db, case_no)?);
            }
        }
        FormsOf::HandOver { batch } => {
            for row in case::of_batch(db, batch)? {
                let opened = open_row(db, row)?;
                take(&opened.case.case_no, &opened);
            }
        }
        FormsOf::Day { on } => {
            let recent = Filter { limit: RECENT, ..Filter::default() };
            for row in case::list(db, &recent)?.into_iter().rev() {
                let opened = open(db, &row.case_no)?;
                if is_due(&opened, form, *on) {
                    cases.push(row.case_no);
                }
            }
        }
    }
    Ok((cases, skipped))
}

/// The act lies on the day, and its form hasn't been printed.
fn is_due(opened: &Opened, form: &str, on: Date) -> bool {
    let act_on = |id| opened.case.events.iter().any(|event| event.id == id && event.on.0 == on);
    let earned = earned(opened).into_iter().find(|earned| earned.form == form);
    earned.is_some_and(|earned| act_on(earned.act) && printed(opened, &earned).is_none())
}
