use super::names::Names;
use crate::{
    Desk, Trouble,
    printer::queue::{self, JobState},
};
use daiban_contract::{
    ask,
    view::{PrintState, PrintView, PrinterTrouble, PrintsView},
};
use daiban_domain::Instant;
use daiban_replica::printer::prints;

/// What didn't come out is looked for so far back.
const LOOKED_BACK_MS: i64 = 7 * 86_400_000;

impl Desk {
    pub fn prints(&self, _: ask::Prints, now: Instant) -> Result<PrintsView, Trouble> {
        // Not under the desk's lock: the print system may take its time.
        let (jobs, matters) = (queue::jobs(), queue::matters());
        self.with(|replica| {
            let names = Names { db: replica.db() };
            let mut views = Vec::new();
            for print in prints(replica.db(), Instant(now.0 - LOOKED_BACK_MS))? {
                let job = queue::number(&print.job);
                let state = match jobs.as_ref().and_then(|jobs| jobs.get(&job?)) {
                    _ if print.printer.is_empty() => PrintState::Saved,
                    None => PrintState::Unknown,
                    Some(JobState::Failed) => PrintState::Failed,
                    Some(JobState::Held) => PrintState::Held,
                    Some(JobState::Waiting) => PrintState::Waiting,
                    Some(JobState::Printing) => PrintState::Printing,
                    Some(JobState::Cancelled) => PrintState::Cancelled,
                    Some(JobState::Done) if print.cancelled => PrintState::Cancelled,
                    Some(JobState::Done) => PrintState::Done,
                };
                if !state.open() && print.at.date() != now.date() {
                    continue;
                }
                let matter = matters.get(&print.printer).filter(|_| state.open());
                views.push(PrintView {
                    id: print.id,
                    at: print.at,
                    by: print.by.map_or(Ok(String::new()), |by| names.person(by))?,
                    name: print.name,
                    number: print.number,
                    case_no: print.case_no,
                    cases: print.cases,
                    pages: print.pages,
                    copies: print.copies,
                    printer: print.printer,
                    job: print.job,
                    state,
                    says: matter.cloned().unwrap_or_default(),
                });
            }
            // The latest first within both: nothing changes its place under the pointer while a printer tries again and again.
            views.sort_by_key(|print| !print.state.open());
            let troubles = matters.into_iter().map(|(printer, says)| PrinterTrouble { printer, says });
            Ok(PrintsView { system: jobs.is_some(), troubles: troubles.collect(), prints: views })
        })
    }
}
