//! The printers of the system, through its queue: CUPS. Elsewhere a form is saved as a PDF and printed from there (decision 030).
//!
//! A paper is queued on hold before its printing is recorded, and let go afterwards: nothing comes out of a printer that
//! isn't recorded, and nothing is recorded that no queue took.

pub(crate) mod queue;

use crate::Trouble;
use daiban_contract::{
    Code,
    act::PrintTo,
    view::{PrinterView, PrintingView, TrayView},
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

/// All of them, with their trays; `used` is what was printed on here before, the last one first, each with its tray.
pub(crate) fn printers(used: &[(String, String)]) -> Result<Vec<PrinterView>, Trouble> {
    let (Ok(names), Ok(usual)) = (cups("lpstat", &["-e"]), cups("lpstat", &["-d"])) else {
        return Ok(Vec::new());
    };
    let names: Vec<&str> = names.says.lines().collect();
    let of_system = usual.says.rsplit(": ").next().unwrap_or_default().trim();
    let here = used.iter().map(|(name, _)| name.as_str()).find(|name| names.contains(name));
    let usual = here.unwrap_or(of_system);
    let states = cups("lpstat", &["-l", "-p"]).map(|output| output.says).unwrap_or_default();
    let view = |name: &&str| {
        let begins = format!("printer {name} ");
        let own = states.lines().skip_while(|line| !line.starts_with(&begins));
        let own: Vec<&str> = own
            .enumerate()
            .take_while(|(i, line)| *i == 0 || !line.starts_with("printer "))
            .map(|(_, line)| line)
            .collect();
        let says = matter(&own.join("\n")).map(|matter| matter.says).unwrap_or_default();
        let mut trays: Vec<TrayView> = slots(name)
            .map(|slots| slots.trays.iter().map(|tray| tray_view(tray)).collect())
            .unwrap_or_default();
        let tray = used.iter().find(|(used, _)| used == name).map(|(_, tray)| tray.as_str());
        if let Some(at) = trays.iter().position(|one| Some(one.tray.as_str()) == tray) {
            trays.iter_mut().enumerate().for_each(|(i, tray)| tray.usual = i == at);
        }
        PrinterView { name: (*name).to_owned(), usual: *name == usual, says, trays }
    };
    Ok(names.iter().map(view).collect())
}

/// The trays of a queue, under the name of the option that chooses among them; a `*` stands before the usual one.
struct Slots {
    option: String,
    trays: Vec<String>,
}

/// `None` where the queue doesn't tell: a raw one, a printer with one tray.
fn slots(printer: &str) -> Option<Slots> {
    let options = cups("lpoptions", &["-p", printer, "-l"]).ok()?.says;
    slots_in(&options)
}

/// e.g. `InputSlot/Media Source: *Auto Tray1 Tray2`
fn slots_in(lpoptions: &str) -> Option<Slots> {
    lpoptions.lines().find_map(|line| {
        let (named, choices) = line.split_once(": ")?;
        let option = named.split('/').next().unwrap_or_default();
        ["InputSlot", "MediaSource", "media-source"].contains(&option).then(|| Slots {
            option: option.to_owned(),
            trays: choices.split_whitespace().map(str::to_owned).collect(),
        })
    })
}

fn tray_view(told: &str) -> TrayView {
    let tray = told.trim_start_matches('*');
    TrayView { tray: tray.to_owned(), name: tray_name(tray), usual: told.starts_with('*') }
}

/// What makers and PWG 5100.1 call trays; another name stays as it is.
fn tray_name(tray: &str) -> String {
    let plain: String = tray.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let numbered = ["tray", "cassette", "drawer", "bin"].iter().find_map(|word| plain.strip_prefix(word));
    let plain = plain.strip_suffix("tray").filter(|rest| !rest.is_empty()).unwrap_or(&plain);
    let name = match plain {
        "auto" | "automatic" | "autoselect" | "automaticallyselect" | "default" | "printerdefault" => {
            "自动选择"
        }
        "main" | "cassette" => "主纸盒",
        "upper" | "top" => "上纸盒",
        "middle" => "中纸盒",
        "lower" | "bottom" => "下纸盒",
        "manual" | "manualfeed" => "手动送纸",
        "bypass" | "mp" | "multipurpose" | "multi" | "mpf" => "多用途纸盘",
        "envelope" | "envelopefeed" => "信封",
        "rear" => "后部进纸",
        "side" => "侧边进纸",
        "alternate" => "备用纸盒",
        "large" | "largecapacity" | "lct" => "大容量纸盒",
        "photo" => "照片纸盒",
        "tractor" => "链式进纸",
        _ => "",
    };
    match numbered {
        Some(number) if !number.is_empty() && number.parse::<u8>().is_ok() => format!("纸盒 {number}"),
        _ if name.is_empty() => tray.to_owned(),
        _ => name.to_owned(),
    }
}

/// Puts a file into a printer's queue, where it waits. The queue keeps a copy of its own.
pub(crate) fn hold(file: &Path, to: &PrintTo, title: &str) -> Result<Held, Trouble> {
    let refused = |says: &str| {
        let message =
            format!("打印机“{}”的队列没有接收，没有打印。{says}请检查打印机，或先存为 PDF。", to.name);
        Trouble::new(Code::PrinterRefused, message)
    };
    let copies = to.copies.clamp(1, 99).to_string();
    let tray = match slots(&to.name).filter(|_| !to.tray.is_empty()) {
        // A raw queue hands it on to whoever reads it.
        None => format!("media={}", to.tray),
        Some(slots) => {
            let known = slots.trays.iter().any(|tray| tray.trim_start_matches('*') == to.tray);
            if !known {
                return Err(refused(&format!("这台打印机没有纸盒“{}”。", tray_name(&to.tray))));
            }
            format!("{}={}", slots.option, to.tray)
        }
    };
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
    /// As the print system calls it.
    pub(crate) fn job(&self) -> &str {
        &self.job
    }

    /// Takes the job out of the queue again.
    pub(crate) fn cancel(&self) {
        if !cups("cancel", &[&self.job]).is_ok_and(|output| output.well) {
            tracing::warn!(job = self.job, "a held job that isn't recorded can't be taken out of the queue");
        }
    }

    /// Lets the job go, and watches what the printer makes of it.
    pub(crate) fn release(&self) -> PrintingView {
        let view = |stuck: bool, says: String| PrintingView {
            printer: self.printer.clone(),
            job: self.job.clone(),
            stuck,
            says,
        };
        if !cups("lp", &["-i", &self.job, "-H", "resume"]).is_ok_and(|output| output.well) {
            let says = "任务在打印队列里等着，没有放行。请在系统的打印队列里点“继续”。";
            return view(true, says.to_owned());
        }
        let begun = Instant::now();
        loop {
            // Of all printers, and by its number: `lpstat -o` spells a name in Chinese otherwise, and doesn't find it by name.
            let queued = cups("lpstat", &["-o"]);
            let number = |job: &str| job.rsplit('-').next().map(str::to_owned);
            let own = |line: &str| line.split_whitespace().next().and_then(number) == number(&self.job);
            // Where nobody answers, the job may still wait.
            if queued.is_ok_and(|jobs| jobs.well && !jobs.says.lines().any(own)) {
                let hint = state(&self.printer).filter(|matter| !matter.stuck);
                return view(
                    false,
                    format!("已送到打印机。{}", hint.map(|hint| hint.says).unwrap_or_default()),
                );
            }
            // A printer on the network may take a moment to answer: only what lasts keeps papers from coming out.
            if begun.elapsed() > WATCHED {
                return match state(&self.printer) {
                    Some(Matter { says, stuck: true }) => {
                        view(true, format!("{says}任务留在队列里，打印机恢复后接着打。"))
                    }
                    hint => view(
                        false,
                        format!("打印机正在打。{}", hint.map(|hint| hint.says).unwrap_or_default()),
                    ),
                };
            }
            std::thread::sleep(Duration::from_millis(150));
        }
    }
}

/// What is the matter with a printer.
struct Matter {
    /// In Chinese.
    says: String,
    /// It keeps papers from coming out.
    stuck: bool,
}

fn state(printer: &str) -> Option<Matter> {
    matter(&cups("lpstat", &["-l", "-p", printer]).ok()?.says)
}

/// Reasons of RFC 8011 (printer-state-reasons) and of PWG 5100.9 that keep papers from coming out.
const STOPS: [(&[&str], &str); 9] = [
    (&["media-empty", "media-needed"], "打印机缺纸。"),
    (&["media-jam"], "打印机卡纸。"),
    (&["cover-open", "door-open", "interlock-open"], "打印机的盖子没有关好。"),
    (&["toner-empty", "marker-supply-empty", "developer-empty"], "打印机的墨粉（墨水）用完了。"),
    (&["input-tray-missing"], "打印机的纸盒没有装好。"),
    (&["output-area-full", "output-tray-missing"], "打印机的出纸口满了或没有装好。"),
    (&["marker-waste-full", "opc-life-over"], "打印机的废粉盒满了或硒鼓到期了，要换。"),
    (
        &["unavailable", "may not exist", "offline", "not responding", "unplugged", "connecting-to-device"],
        "打印机没有连上：没有开机，或者线松了。",
    ),
    (&[" disabled since", "Paused", "paused"], "打印机在系统里被停用了。"),
];

/// And those that will before long.
const WARNS: [(&[&str], &str); 3] = [
    (&["media-low"], "打印机的纸快用完了。"),
    (&["toner-low", "marker-supply-low"], "打印机的墨粉（墨水）快用完了。"),
    (&["marker-waste-almost-full", "opc-near-eol"], "打印机的废粉盒快满了或硒鼓快到期了。"),
];

/// By the words and alerts of CUPS; what people call a printer, and where it stands, is passed over. An alert that the printer
/// itself calls a warning or a report, as of one tray of several that is empty, stops nothing.
fn matter(lpstat: &str) -> Option<Matter> {
    let alerts = lpstat.lines().filter_map(|line| line.trim_start().strip_prefix("Alerts:"));
    let alerts: Vec<&str> = alerts.flat_map(|line| line.split([' ', ','])).collect();
    let mild = |alert: &&&str| alert.ends_with("-warning") || alert.ends_with("-report");
    let told: Vec<&str> =
        lpstat.lines().take(2).filter(|line| !line.trim_start().starts_with("Alerts:")).collect();
    let stops = told.iter().chain(alerts.iter().filter(|alert| !mild(alert) || alert.contains("offline")));
    let stops = stops.copied().collect::<Vec<_>>().join("\n");
    let find = |all: &[(&[&str], &'static str)], told: &str| {
        all.iter().find(|(words, _)| words.iter().any(|word| told.contains(word))).map(|(_, says)| *says)
    };
    let stuck = find(&STOPS, &stops);
    let alerts = alerts.join("\n");
    let says = stuck.or_else(|| find(&WARNS, &alerts)).or_else(|| find(&STOPS, &alerts))?;
    Some(Matter { says: says.to_owned(), stuck: stuck.is_some() })
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
            (
                "printer w now printing w-2.  enabled since …\n\tAlerts: media-empty-error\n",
                Some(("缺纸", true)),
            ),
            (
                "printer w now printing w-2.  enabled since …\n\tAlerts: media-jam-error\n",
                Some(("卡纸", true)),
            ),
            (
                "printer w now printing w-2.  enabled since …\n\tAlerts: toner-low-report media-needed\n",
                Some(("缺纸", true)),
            ),
            ("printer w is idle.  enabled since …\n\tAlerts: toner-low-report\n", Some(("快用完", false))),
            ("printer w is idle.  enabled since …\n\tAlerts: media-empty-warning\n", Some(("缺纸", false))),
            (
                "printer w now printing w-2.  enabled since …\n\tAlerts: marker-supply-empty-error\n",
                Some(("用完了", true)),
            ),
            (
                "printer w now printing w-2.  enabled since …\n\tAlerts: output-area-full-error\n",
                Some(("出纸口", true)),
            ),
            (
                "printer w now printing w-2.  enabled since …\n\tAlerts: offline-report\n",
                Some(("没有连上", true)),
            ),
            (
                "printer w now printing w-2.  enabled since …\n\tThe printer may not exist or is unavailable at this time.\n",
                Some(("没有连上", true)),
            ),
            ("printer w disabled since Thu Nov 26 01:36:46 2026 -\n\treason unknown\n", Some(("停用", true))),
        ];
        for (says, expected) in table {
            match (matter(says), expected) {
                (None, None) => {}
                (Some(told), Some((words, stuck))) => {
                    assert!(told.says.contains(words) && told.stuck == stuck, "{says}: {}", told.says);
                }
                (told, expected) => panic!("{says}: {:?}, not {expected:?}", told.map(|told| told.says)),
            }
        }
    }

    #[test]
    fn trays_are_told_as_people_call_them() {
        let options = "PageSize/Media Size: *A4 A5\nInputSlot/Media Source: Auto *Tray1 MultiPurpose by-pass-tray Fach3\n\
            Duplex/Double-Sided Printing: *None DuplexNoTumble\n";
        let slots = slots_in(options).unwrap();
        assert_eq!(slots.option, "InputSlot");
        let trays: Vec<TrayView> = slots.trays.iter().map(|tray| tray_view(tray)).collect();
        let names: Vec<&str> = trays.iter().map(|tray| tray.name.as_str()).collect();
        assert_eq!(names, ["自动选择", "纸盒 1", "多用途纸盘", "多用途纸盘", "Fach3"]);
        let usual: Vec<&str> =
            trays.iter().filter(|tray| tray.usual).map(|tray| tray.tray.as_str()).collect();
        assert_eq!(usual, ["Tray1"]);
        assert!(slots_in("ColorModel/Output Mode: *Gray RGB\n").is_none() && slots_in("").is_none());
    }
}
