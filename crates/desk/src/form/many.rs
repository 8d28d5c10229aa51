//! Which cases a batch of one form is made of.

use super::{Earned, FORMS, earned, earned_form, printable, printed};
use crate::{
    Trouble,
    ask::{Opened, held, open, open_row},
};
use daiban_contract::{
    Failure,
    act::FormsOf,
    view::{DueFormView, FormsDueView, SkippedForm},
};
use daiban_domain::UnitCode;
use daiban_replica::case::{self, Filter};
use jiff::civil::Date;
use rusqlite::Connection;
use std::collections::BTreeMap;

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
    fn take(&mut self, opened: &Opened, form: &str, unit: UnitCode) {
        let case_no = opened.case.case_no.clone();
        if self.cases.contains(&case_no) {
            return;
        }
        let earned = earned_form(opened, form, self.batch.as_deref());
        match earned.and_then(|earned| printable(opened, &earned, unit)) {
            Ok(()) => self.cases.push(case_no),
            Err(trouble) => self.skip(case_no, trouble),
        }
    }

    fn skip(&mut self, case_no: String, trouble: Trouble) {
        self.skipped.push(SkippedForm { case_no, why: Failure::from(trouble).message });
    }
}

/// The papers of a unit's desk.
pub(crate) fn of_many(db: &Connection, of: &FormsOf, form: &str, unit: UnitCode) -> Result<Chosen, Trouble> {
    let mut chosen = Chosen { batch: batch(of).map(str::to_owned), ..Chosen::default() };
    chosen.among = each(db, of, |found| match found {
        Ok(opened) => {
            let due = day(of).is_none_or(|on| is_due(&opened, form, on));
            if due {
                chosen.take(&opened, form, unit);
            }
        }
        Err((case_no, trouble)) => chosen.skip(case_no, trouble),
    })?;
    Ok(chosen)
}

/// Which forms there are to print, in the order in which a case comes to them, and of how many cases.
pub(crate) fn due(db: &Connection, of: &FormsOf, unit: UnitCode) -> Result<FormsDueView, Trouble> {
    let mut forms: BTreeMap<usize, DueFormView> = BTreeMap::new();
    let among = each(db, of, |found| {
        let Ok(opened) = found else { return };
        for last in earned(&opened) {
            let Ok(earned) = earned_form(&opened, last.form, batch(of)) else { continue };
            let of_day = day(of).is_none_or(|on| is_due_earned(&opened, &earned, on));
            if !of_day || printable(&opened, &earned, unit).is_err() {
                continue;
            }
            let place = FORMS.iter().position(|form| form.code == earned.form).unwrap_or_default();
            let due = forms.entry(place).or_insert_with(|| DueFormView {
                form: earned.form.to_owned(),
                name: earned.name.to_owned(),
                cases: 0,
                printed: 0,
            });
            due.cases += 1;
            due.printed += usize::from(printed(&opened, &earned).is_some());
        }
    })?;
    Ok(FormsDueView { forms: forms.into_values().collect(), among })
}

/// Opens the cases of a batch one after the other; `among` how many of the newest they were looked for, where there are more.
fn each(
    db: &Connection,
    of: &FormsOf,
    mut visit: impl FnMut(Result<Opened, (String, Trouble)>),
) -> Result<Option<u32>, Trouble> {
    match of {
        FormsOf::Cases { case_nos } => {
            for case_no in case_nos {
                visit(open(db, case_no).map_err(|trouble| (case_no.clone(), trouble)));
            }
        }
        FormsOf::HandOver { batch } => {
            for row in case::of_batch(db, batch)? {
                // What has left with its year is told by its number alone.
                if let Ok(opened) = open_row(db, row) {
                    visit(Ok(opened));
                }
            }
        }
        FormsOf::Day { .. } => {
            let recent = Filter { limit: RECENT, ..Filter::default() };
            let rows = case::list(db, &recent)?;
            let more = rows.len() == RECENT as usize;
            for row in rows.into_iter().rev() {
                if let Some(opened) = held(db, &row.case_no)? {
                    visit(Ok(opened));
                }
            }
            return Ok(more.then_some(RECENT));
        }
    }
    Ok(None)
}

fn batch(of: &FormsOf) -> Option<&str> {
    match of {
        FormsOf::HandOver { batch } => Some(batch),
        _ => None,
    }
}

fn day(of: &FormsOf) -> Option<Date> {
    match of {
        FormsOf::Day { on } => Some(*on),
        _ => None,
    }
}

fn is_due(opened: &Opened, form: &str, on: Date) -> bool {
    let earned = earned(opened).into_iter().find(|earned| earned.form == form);
    earned.is_some_and(|earned| is_due_earned(opened, &earned, on))
}

/// The act lies on the day, and its form hasn't been printed.
fn is_due_earned(opened: &Opened, earned: &Earned, on: Date) -> bool {
    let act_on = opened.case.events.iter().any(|event| event.id == earned.act && event.on.0 == on);
    act_on && printed(opened, earned).is_none()
}
