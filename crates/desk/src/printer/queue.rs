//! What has become of the jobs that this desk gave to the print system, and doing something about one.

use super::{cups, matter};
use std::collections::BTreeMap;

/// As the print system tells it, by its reasons (RFC 8011, job-state-reasons).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JobState {
    /// On hold: it was never let go.
    Held,
    Waiting,
    Printing,
    Done,
    Cancelled,
    Failed,
}

/// All jobs that the print system remembers, by their numbers; `None` where there is no print system.
pub(crate) fn jobs() -> Option<BTreeMap<u64, JobState>> {
    let waiting = cups("lpstat", &["-l", "-o"]).ok().filter(|told| told.well)?;
    let ended = cups("lpstat", &["-W", "completed", "-l", "-o"]).map(|told| told.says).unwrap_or_default();
    let mut jobs = told(&ended, ended_as);
    jobs.extend(told(&waiting.says, waiting_as));
    Some(jobs)
}

fn waiting_as(alerts: &str) -> JobState {
    match alerts {
        alerts if alerts.contains("hold") => JobState::Held,
        alerts if alerts.contains("job-printing") => JobState::Printing,
        _ => JobState::Waiting,
    }
}

fn ended_as(alerts: &str) -> JobState {
    match alerts {
        alerts if alerts.contains("cancel") => JobState::Cancelled,
        alerts if alerts.contains("abort") || alerts.contains("error") => JobState::Failed,
        _ => JobState::Done,
    }
}

/// Jobs are listed a line each, with what is told of one indented beneath. A name in Chinese is spelt in octets there; the
/// number behind the last hyphen is what it is known by.
fn told(lpstat: &str, state: impl Fn(&str) -> JobState) -> BTreeMap<u64, JobState> {
    let mut jobs = BTreeMap::new();
    let mut last = None;
    for line in lpstat.lines() {
        if !line.starts_with(char::is_whitespace) {
            last = line.split_whitespace().next().and_then(number);
            jobs.extend(last.map(|job| (job, state(""))));
        } else if let (Some(job), Some(alerts)) = (last, line.trim_start().strip_prefix("Alerts:")) {
            jobs.insert(job, state(alerts));
        }
    }
    jobs
}

/// Of `window-12`.
pub(crate) fn number(job: &str) -> Option<u64> {
    job.rsplit('-').next()?.parse().ok()
}

/// What is the matter with each printer, where something is.
pub(crate) fn matters() -> BTreeMap<String, String> {
    let Ok(told) = cups("lpstat", &["-l", "-p"]) else { return BTreeMap::new() };
    let mut printers: Vec<Vec<&str>> = Vec::new();
    for line in told.says.lines() {
        match printers.last_mut() {
            Some(own) if !line.starts_with("printer ") => own.push(line),
            _ => printers.push(vec![line]),
        }
    }
    let named = printers.iter().filter_map(|own| {
        let name = own.first()?.strip_prefix("printer ")?.split(' ').next()?;
        Some((name.to_owned(), matter(&own.join("\n"))?.says))
    });
    named.collect()
}

/// Whether the print system did as it was told.
pub(crate) fn let_go(job: &str) -> bool {
    cups("lp", &["-i", job, "-H", "resume"]).is_ok_and(|told| told.well)
}

/// Prints a job once more that has ended; it keeps the file for a day or so.
pub(crate) fn again(job: &str) -> bool {
    cups("lp", &["-i", job, "-H", "restart"]).is_ok_and(|told| told.well)
}

pub(crate) fn cancel(job: &str) -> bool {
    cups("cancel", &[job]).is_ok_and(|told| told.well)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_are_told_by_their_alerts() {
        let waiting = "window-7   root   1024   Thu Nov 26 01:36:30 2026\n\
                       \tStatus: The printer is not responding.\n\tAlerts: job-printing\n\tqueued for window\n\
                       window-8   root   1024   Thu Nov 26 01:36:31 2026\n\tAlerts: job-hold-until-specified\n\tqueued for window\n";
        assert_eq!(told(waiting, waiting_as), BTreeMap::from([(7, JobState::Printing), (8, JobState::Held)]));
        let ended = "window-2   root   1024   Thu Nov 26 01:36:30 2026\n\tAlerts: job-canceled-by-user\n\tqueued for window\n\
                     window-3   root   1024   Thu Nov 26 01:36:30 2026\n\tAlerts: processing-to-stop-point\n\tqueued for window\n\
                     window-4   root   1024   Thu Nov 26 01:36:30 2026\n\tAlerts: job-completed-successfully\n\tqueued for window\n\
                     window-5   root   1024   Thu Nov 26 01:36:30 2026\n\tAlerts: aborted-by-system\n\tqueued for window\n";
        let as_told = told(ended, ended_as).into_values();
        // CUPS says `processing-to-stop-point` of what has ended well, and of what was taken out before its turn.
        let expected = [JobState::Cancelled, JobState::Done, JobState::Done, JobState::Failed];
        assert!(as_told.eq(expected));
        assert_eq!(number("站里-打印机-12"), Some(12));
        assert_eq!(number("window"), None);
    }
}
