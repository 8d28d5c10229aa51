//! A print system of its own in a folder: a real CUPS, with raw queues to sockets.

use std::{
    fs,
    io::Read,
    net::{TcpListener, TcpStream},
    os::unix::{fs::PermissionsExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, Command},
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

pub struct Cups {
    folder: TempDir,
    daemon: Child,
    server: String,
}

const PATIENCE: Duration = Duration::from_secs(20);

impl Cups {
    pub fn start() -> Self {
        // Whoever CUPS works as has to come in here.
        let folder = tempfile::Builder::new().prefix("cups").tempdir_in("/tmp").unwrap();
        let at = |name: &str| folder.path().join(name).display().to_string();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        for name in ["spool/tmp", "cache", "state", "tmp"] {
            fs::create_dir_all(folder.path().join(name)).unwrap();
        }
        let everybody = "<Location />\nOrder allow,deny\nAllow all\n</Location>\n\
             <Location /admin>\nOrder allow,deny\nAllow all\n</Location>\n\
             <Policy default>\n<Limit All>\nOrder deny,allow\n</Limit>\n</Policy>\n";
        // Not a socket in the folder: what a queue can do is fetched over a port, whoever asks.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = format!("127.0.0.1:{port}");
        let daemon =
            format!("LogLevel warn\nListen {server}\nBrowsing No\nDefaultAuthType None\n{everybody}");
        fs::write(at("cupsd.conf"), daemon).unwrap();
        let (user, group) = user();
        let files = format!(
            "ServerRoot {root}\nRequestRoot {root}/spool\nCacheDir {root}/cache\nStateDir {root}/state\n\
             TempDir {root}/tmp\nAccessLog {root}/access_log\nErrorLog {root}/error_log\nPageLog {root}/page_log\n\
             Printcap\nUser {user}\nGroup {group}\nSystemGroup root\n",
            root = folder.path().display()
        );
        fs::write(at("cups-files.conf"), files).unwrap();
        let daemon = Command::new("/usr/sbin/cupsd")
            .args(["-f", "-c", &at("cupsd.conf"), "-s", &at("cups-files.conf")])
            .process_group(0)
            .spawn()
            .unwrap();
        let cups = Self { folder, daemon, server };
        let begun = Instant::now();
        while !cups.run("lpstat", &["-r"]).contains("is running") {
            assert!(
                begun.elapsed() < PATIENCE,
                "{}",
                fs::read_to_string(cups.at("error_log")).unwrap_or_default()
            );
            thread::sleep(Duration::from_millis(50));
        }
        cups
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What `CUPS_SERVER` has to be for whoever prints here.
    pub fn server(&self) -> &str {
        &self.server
    }

    /// One of CUPS' own programs; what it says.
    pub fn run(&self, program: &str, arguments: &[&str]) -> String {
        let mut command = Command::new(Path::new("/usr/sbin").join(program));
        if !Path::new("/usr/sbin").join(program).exists() {
            command = Command::new(program);
        }
        let output =
            command.args(arguments).env("CUPS_SERVER", self.server()).env("LC_ALL", "C").output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// A raw queue to a port of this machine.
    pub fn queue(&self, name: &str, port: u16) {
        let uri = format!("socket://127.0.0.1:{port}/?waiteof=false");
        self.run("lpadmin", &["-p", name, "-E", "-v", &uri, "-m", "raw"]);
    }

    /// A queue of a printer with an `Auto`, a `Tray1` and a `Tray2`. What goes down its wire begins with a line of the job's
    /// options.
    pub fn queue_with_trays(&self, name: &str, port: u16) {
        let driver = self.at("driver");
        let script =
            include_str!("cups/driver.sh").replace("FOLDER", &self.folder.path().display().to_string());
        fs::write(&driver, script).unwrap();
        fs::set_permissions(&driver, fs::Permissions::from_mode(0o755)).unwrap();
        let ppd = self.at("trays.ppd");
        let text = include_str!("cups/trays.ppd").replace("DRIVER", &driver.display().to_string());
        fs::write(&ppd, text).unwrap();
        let (ppd, uri) = (ppd.display().to_string(), format!("socket://127.0.0.1:{port}/?waiteof=false"));
        self.run("lpadmin", &["-p", name, "-E", "-v", &uri, "-P", &ppd]);
    }

    /// Whether the printers with trays have paper.
    pub fn paper(&self, there: bool) {
        let empty = self.at("empty");
        if there { fs::remove_file(empty) } else { fs::write(empty, "") }.unwrap();
    }
}

impl Drop for Cups {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

/// CUPS won't work as root: whoever it may work as.
fn user() -> (String, String) {
    let id = |which: &str| {
        let output = Command::new("id").arg(which).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    match id("-un").as_str() {
        "root" => ("lp".to_owned(), "lp".to_owned()),
        user => (user.to_owned(), id("-gn")),
    }
}

/// A printer at the other end of a wire: it takes what comes.
pub struct Printer {
    pub port: u16,
    papers: Receiver<Vec<u8>>,
}

impl Printer {
    /// Switched on, at a port that was free, or at one that a queue has waited for.
    pub fn on(port: u16) -> Self {
        let wire = TcpListener::bind(("127.0.0.1", port)).unwrap();
        let port = wire.local_addr().unwrap().port();
        let (send, papers) = channel();
        thread::spawn(move || {
            for stream in wire.incoming().map_while(Result::ok) {
                if send.send(all(stream)).is_err() {
                    return;
                }
            }
        });
        Self { port, papers }
    }

    /// What came next.
    pub fn next(&self) -> Vec<u8> {
        self.papers.recv_timeout(PATIENCE).unwrap()
    }
}

fn all(mut stream: TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    bytes
}
