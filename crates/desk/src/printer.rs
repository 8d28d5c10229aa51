//! The printers of the system, through its queue: CUPS. Elsewhere a form is saved as a PDF and printed from there (decision 030).
//!
//! A paper is queued on hold before its printing is recorded, and let go afterwards: nothing comes out of a printer that
//! isn't recorded, and nothing is recorded that no queue took.

use crate::Trouble;
use daiban_contract::{
    Code,
    act::PrintTo,
    view::{PrinterView, PrintingView},
};
use std::{
    io::{ErrorKind, Read},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// A job that waits in the queue of a printer.
pub(crate) struct Held {
    printer: String,
    job: String,
}

/// How long a printer is watched after a job was let go.
const WATCHED: Duration = Duration::from_millis(1500);

pub(crate) fn printers() -> Result<Vec<PrinterView>, Trouble> {
    let (Ok(names), Ok(usual)) = (cups("lpstat", &["-e"]), cups("lpstat", &["-d"])) else {
        return Ok(Vec::new());
    };
    let usual = usual.says.rsplit(": ").next().unwrap_or_default().trim().to_owned();
    let states = cups("lpstat", &["-l", "-p"]).map(|output| output.says).unwrap_or_default();
    let view = |name: &str| {
        let begins = format!("printer {name} ");
        let own = states.lines().skip_while(|line| !line.starts_with(&begins));
        let own: Vec<&str> = own
            .enumerate()
            .take_while(|(i, line)| *i == 0 || !line.starts_with("printer "))
            .map(|(_, line)| line)
            .collect();
        let says = trouble(&own.join("\n")).unwrap_or_default().to_owned();
        PrinterView { name: name.to_owned(), usual: name == usual, says }
    };
    Ok(names.says.lines().map(view).collect())
}

/// Puts a file into a printer's queue, where it waits. The queue keeps a copy of its own.
pub(crate) fn hold(file: &Path, to: &PrintTo, title: &str) -> Result<Held, Trouble> {
    let refused = |says: &str| {
        let message =
            format!("打印机“{}”的队列没有接收，没有打印。{says}请检查打印机，或先存为 PDF。", to.name);
        Trouble::new(Code::PrinterRefused, message)
    };
    let copies = to.copies.clamp(1, 99).to_string();
    let tray = format!("media={}", to.tray);
    let mut arguments = vec!["-d", to.name.as_str(), "-n", &copies, "-t", title, "-H", "hold"];
    if !to.tray.is_empty() {
        arguments.extend(["-o", &tray]);
    }
    let path = file.display().to_string();
    arguments.extend(["--", &path]);
    let output = cups("lp", &arguments).map_err(|_| refused("这台电脑没有打印系统（CUPS）。"))?;
    // request id is 窗口打印机-12 (1 file(s))
    let job = output
        .says
        .strip_prefix("request id is ")
        .and_then(|rest| rest.rsplit_once(" (").map(|(job, _)| job));
    match job.filter(|_| output.well) {
        Some(job) => Ok(Held { printer: to.name.clone(), job: job.to_owned() }),
        None => Err(refused("")),
    }
}

impl Held {
    /// Takes the job out of the queue again.
    pub(crate) fn cancel(&self) {
        if !cups("cancel", &[&self.job]).is_ok_and(|output| output.well) {
            tracing::warn!(job = self.job, "a held job that isn't recorded can't be taken out of the queue");
        }
    }

    /// Lets the job go, and watches what the printer makes of it.
    pub(crate) fn release(&self) -> PrintingView {
        let view = |stuck: bool, says: String| PrintingView { job: self.job.clone(), stuck, says };
        if !cups("lp", &["-i", &self.job, "-H", "resume"]).is_ok_and(|output| output.well) {
            let says = "任务在打印队列里等着，没有放行。请在系统的打印队列里点“继续”。";
            return view(true, says.to_owned());
        }
        let begun = Instant::now();
        loop {
            let queued = cups("lpstat", &["-o", &self.printer]);
            let own = format!("{} ", self.job);
            if !queued.is_ok_and(|jobs| jobs.says.lines().any(|line| line.starts_with(&own))) {
                return view(false, "已送到打印机。".to_owned());
            }
            // A printer on the network may take a moment to answer: only what lasts keeps papers from coming out.
            if begun.elapsed() > WATCHED {
                return match state(&self.printer) {
                    (_, false) => view(false, "打印机正在打。".to_owned()),
                    (says, true) => view(true, format!("{says}任务留在队列里，打印机恢复后接着打。")),
                };
            }
            std::thread::sleep(Duration::from_millis(150));
        }
    }
}

/// What is the matter with a printer, in Chinese, and whether it keeps papers from coming out; empty if nothing is.
fn state(printer: &str) -> (String, bool) {
    let says = cups("lpstat", &["-l", "-p", printer]).map(|output| output.says).unwrap_or_default();
    let stuck = trouble(&says);
    (stuck.unwrap_or_default().to_owned(), stuck.is_some())
}

/// By the words and alerts of CUPS (RFC 8011, printer-state-reasons); what people call a printer, and where it stands, is
/// passed over.
fn trouble(lpstat: &str) -> Option<&'static str> {
    let told =
        lpstat.lines().enumerate().filter(|(i, line)| *i < 2 || line.trim_start().starts_with("Alerts:"));
    let told: String = told.map(|(_, line)| line).collect::<Vec<_>>().join("\n");
    let signs: [(&[&str], &str); 5] = [
        (&["media-empty", "media-needed"], "打印机缺纸。"),
        (&["media-jam"], "打印机卡纸。"),
        (&["cover-open", "door-open"], "打印机的盖子没有关好。"),
        (
            &[
                "unavailable",
                "may not exist",
                "offline",
                "not responding",
                "unplugged",
                "connecting-to-device",
            ],
            "打印机没有连上：没有开机，或者线松了。",
        ),
        (&[" disabled since", "Paused"], "打印机在系统里被停用了。"),
    ];
    signs.into_iter().find(|(words, _)| words.iter().any(|word| told.contains(word))).map(|(_, says)| says)
}

/// What one of CUPS' programs said, and whether all was well.
struct Told {
    says: String,
    well: bool,
}

/// A print server that doesn't answer must not hold up the desk.
const PATIENCE: Duration = Duration::from_secs(8);

fn cups(program: &str, arguments: &[&str]) -> std::io::Result<Told> {
    let mut command = Command::new(program);
    // Its words are read here: in English, whatever the desk speaks.
    command.args(arguments).env("LC_ALL", "C").env("LANGUAGE", "C");
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let mut stdout = child.stdout.take();
    // Read beside waiting: a long list must not fill the pipe.
    let reader = std::thread::spawn(move || {
        let mut says = Vec::new();
        let read = stdout.as_mut().map_or(Ok(0), |stdout| stdout.read_to_end(&mut says));
        read.map(|_| String::from_utf8_lossy(&says).into_owned())
    });
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if begun.elapsed() > PATIENCE {
            child.kill()?;
            child.wait()?;
            return Err(std::io::Error::new(ErrorKind::TimedOut, "the print system doesn't answer"));
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let says = reader.join().unwrap_or_else(|_| Ok(String::new()))?;
    Ok(Told { says, well: status.success() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_matter_with_a_printer_is_told() {
        let table = [
            ("printer w is idle.  enabled since Thu Nov 26 01:36:30 2026\n\tAlerts: none\n", None),
            (
                "printer w is idle.  enabled since …\n\n\tDescription: offline printer, media-jam\n\tAlerts: none\n",
                None,
            ),
            ("printer w now printing w-1.  enabled since …\n\tWaiting for printer to finish.\n", None),
            ("printer w now printing w-2.  enabled since …\n\tAlerts: media-empty-error\n", Some("缺纸")),
            ("printer w now printing w-2.  enabled since …\n\tAlerts: media-jam-error\n", Some("卡纸")),
            (
                "printer w now printing w-2.  enabled since …\n\tThe printer may not exist or is unavailable at this time.\n",
                Some("没有连上"),
            ),
            ("printer w disabled since Thu Nov 26 01:36:46 2026 -\n\treason unknown\n", Some("停用")),
        ];
        for (says, expected) in table {
            match (trouble(says), expected) {
                (None, None) => {}
                (Some(told), Some(expected)) => assert!(told.contains(expected), "{says}: {told}"),
                (told, expected) => panic!("{says}: {told:?}, not {expected:?}"),
            }
        }
    }
}
