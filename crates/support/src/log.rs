//! The log: a file a day in a folder beside the data. What is logged names nobody; what the system puts into errors of its own
//! (where a file lies, and so whose machine it is) is cut out here.

use daiban_domain::Instant;
use jiff::civil::Date;
use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    panic,
    path::{Path, PathBuf},
};
use tracing_subscriber::{
    EnvFilter, Layer,
    fmt::{self, MakeWriter, format, time::FormatTime},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

/// In the data folder.
const FOLDER: &str = "log";

/// So many days with a line in them are kept: the law asks for six months (网络安全法, article 21), and no clock that jumps
/// ahead makes it less.
const DAYS: usize = 190;

/// Ours from what is worth knowing on, others' from what is wrong on.
const KEPT: &str = "warn,daiban=info";

/// Where a program's log lies.
pub fn folder(data: &Path) -> PathBuf {
    data.join(FOLDER)
}

/// Logs into the folder of some data, and to the terminal what `DAIBAN_LOG` asks for. `places` are told by their name alone.
pub fn begin(data: &Path, places: &[(&Path, &'static str)], terminal: &str, now: fn() -> Instant) {
    let terminal = EnvFilter::try_from_env("DAIBAN_LOG").unwrap_or_else(|_| terminal.into());
    let log = Log::new(folder(data), [&[(data, "<data>")], places].concat(), now);
    let file = fmt::layer().with_ansi(false).with_timer(Clock(now)).with_writer(log);
    let terminal = fmt::layer().with_writer(io::stderr).with_filter(terminal);
    tracing_subscriber::registry().with(terminal).with(file.with_filter(EnvFilter::new(KEPT))).init();
    let tell = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        // Its message may quote what was being read.
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a defect: the program gave up what it was doing");
        tell(info);
    }));
}

struct Clock(fn() -> Instant);

impl FormatTime for Clock {
    fn format_time(&self, writer: &mut format::Writer<'_>) -> std::fmt::Result {
        write!(writer, "{}", (self.0)())
    }
}

struct Log {
    folder: PathBuf,
    /// Longest first: one may lie in another.
    hidden: Vec<(String, &'static str)>,
    now: fn() -> Instant,
}

impl Log {
    fn new(folder: PathBuf, places: Vec<(&Path, &'static str)>, now: fn() -> Instant) -> Self {
        let home = ["HOME", "USERPROFILE"].into_iter().find_map(std::env::var_os).map(PathBuf::from);
        let places = places.into_iter().map(|(path, name)| (path.to_owned(), name));
        let mut hidden: Vec<(String, &'static str)> = places
            .chain(home.map(|home| (home, "~")))
            .map(|(path, name)| (path.display().to_string(), name))
            .filter(|(path, _)| path.len() > 1)
            // As errors spell it that quote what they show.
            .flat_map(|(path, name)| [(path.replace('\\', r"\\"), name), (path, name)])
            .collect();
        hidden.sort_by_key(|(path, _)| std::cmp::Reverse(path.len()));
        Self { folder, hidden, now }
    }

    fn append(&self, line: &[u8]) -> io::Result<()> {
        let mut line = String::from_utf8_lossy(line).into_owned();
        for (path, name) in &self.hidden {
            if line.contains(path.as_str()) {
                line = line.replace(path.as_str(), name);
            }
        }
        let file = self.folder.join(format!("{}.log", (self.now)().date()));
        if !file.exists() {
            fs::create_dir_all(&self.folder)?;
            drop_oldest(&self.folder)?;
        }
        OpenOptions::new().create(true).append(true).open(file)?.write_all(line.as_bytes())
    }
}

/// Makes room for one more day.
fn drop_oldest(folder: &Path) -> io::Result<()> {
    let days = days(folder)?;
    for file in days.iter().take(days.len().saturating_sub(DAYS - 1)) {
        fs::remove_file(file)?;
    }
    Ok(())
}

/// The files of a log, oldest first.
pub(crate) fn days(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut days = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".log"));
        if name.is_some_and(|name| name.parse::<Date>().is_ok()) {
            days.push(path);
        }
    }
    days.sort();
    Ok(days)
}

struct Line<'l>(&'l Log);

impl Write for Line<'_> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.append(line)?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'l> MakeWriter<'l> for Log {
    type Writer = Line<'l>;

    fn make_writer(&'l self) -> Self::Writer {
        Line(self)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn noon() -> Instant {
        "2026-03-05T12:00:00+08:00".parse().unwrap()
    }

    #[test]
    fn half_a_year_is_kept_and_other_files_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let mut day: Date = "2025-01-01".parse().unwrap();
        for _ in 0..250 {
            fs::write(folder.path().join(format!("{day}.log")), "x").unwrap();
            day = day.tomorrow().unwrap();
        }
        fs::write(folder.path().join("notes.log"), "x").unwrap();
        let log = Log::new(folder.path().to_owned(), Vec::new(), noon);
        log.append(b"a line\n").unwrap();
        log.append(b"another\n").unwrap();
        let days = days(folder.path()).unwrap();
        assert_eq!(days.len(), DAYS);
        const { assert!(DAYS >= 183, "six months") };
        assert_eq!(fs::read_to_string(days.last().unwrap()).unwrap(), "a line\nanother\n");
        assert!(folder.path().join("notes.log").exists());
    }

    #[test]
    fn where_files_lie_is_not_told() {
        let folder = tempfile::tempdir().unwrap();
        let (home, data) = (Path::new("/home/zhangwei"), Path::new("/home/zhangwei/daiban"));
        let log = Log::new(folder.path().to_owned(), vec![(home, "~"), (data, "<data>")], noon);
        log.append(b"file /home/zhangwei/daiban/daiban.db beside /home/zhangwei/x\n").unwrap();
        let log = Log::new(folder.path().to_owned(), vec![(Path::new(r"C:\Users\zhangwei"), "~")], noon);
        log.append(br#"file "C:\\Users\\zhangwei\\x", C:\Users\zhangwei\y"#).unwrap();
        let said = fs::read_to_string(folder.path().join("2026-03-05.log")).unwrap();
        assert_eq!(said, "file <data>/daiban.db beside ~/x\nfile \"~\\\\x\", ~\\y");
    }
}
