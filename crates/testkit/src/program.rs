//! The real programs, as a script runs them; and killing them.

use daiban_domain::Instant;
use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::Duration,
};

/// A program that the workspace builds, beside the running test.
pub fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let program = test.parent().and_then(Path::parent).unwrap().join(name);
    assert!(
        program.exists(),
        "{} isn't built: cargo build -p daiban-cli -p daiban-hub -p daiban-window",
        program.display()
    );
    program
}

/// `daiban --json` on a desk of a county's folder.
pub fn daiban(county: &Path, desk: &str) -> Command {
    let mut command = Command::new(program("daiban"));
    command.arg("--json").env("DAIBAN_DATA", county.join(desk)).env("DAIBAN_KEYS", county.join("keys"));
    command
}

/// Runs a command and reads its answer, or its failure's code.
pub fn run(command: &mut Command) -> Result<Value, String> {
    read(&command.output().unwrap())
}

/// Runs a command with something on its standard input.
pub fn run_with(command: &mut Command, input: &str) -> Result<Value, String> {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that refuses its arguments reads no input.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    read(&child.wait_with_output().unwrap())
}

fn read(output: &Output) -> Result<Value, String> {
    let parse = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).ok();
    if output.status.success() {
        return Ok(parse(&output.stdout).unwrap());
    }
    let error =
        parse(&output.stderr).unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    assert_eq!(output.status.code(), Some(1));
    let message = error["error"]["message"].as_str().unwrap();
    assert!(message.chars().any(|c| c > '\u{4e00}'), "not a Chinese sentence: {message}");
    Err(error["error"]["code"].as_str().unwrap().to_owned())
}

/// Starts a command whose words don't matter.
pub fn start(command: &mut Command) -> Child {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

/// Starts a command, kills it with SIGKILL after a while, and returns what it had said by then.
pub fn kill_after(command: &mut Command, while_: Duration) -> String {
    let mut child = start(command);
    thread::sleep(while_);
    let _ = child.kill();
    // It may have been cut short in the middle of a character.
    String::from_utf8_lossy(&child.wait_with_output().unwrap().stdout).into_owned()
}

/// The same command where no file may grow beyond so many blocks of 512 bytes: to the program, a disk that is full, at a
/// place of the test's choosing. It needs no right to mount anything.
#[cfg(unix)]
pub fn cramped(command: &Command, blocks: u64) -> Command {
    let mut cramped = Command::new("sh");
    // Without the trap the program would be killed at its first write too many.
    cramped.args(["-c", r#"trap '' XFSZ; ulimit -f "$0"; exec "$@""#, &blocks.to_string()]);
    cramped.arg(command.get_program()).args(command.get_args());
    cramped.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    cramped
}

/// A running `daiban-hub`; killed when dropped.
pub struct RunningHub {
    child: Child,
    pub url: String,
}

impl RunningHub {
    /// Port 0 for any.
    pub fn start(county: &Path, port: u16) -> Self {
        Self::of(serve(county, port))
    }

    /// With a clock that stands still.
    pub fn start_at(county: &Path, port: u16, now: Instant) -> Self {
        let mut command = serve(county, port);
        command.env("DAIBAN_NOW", now.to_string());
        Self::of(command)
    }

    /// On a disk with room for so much, as [`cramped`] has it.
    #[cfg(unix)]
    pub fn start_cramped(county: &Path, port: u16, blocks: u64) -> Self {
        Self::of(cramped(&serve(county, port), blocks))
    }

    fn of(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("listening on ").unwrap_or_else(|| panic!("{line:?}")).to_owned();
        Self { child, url }
    }

    pub fn port(&self) -> u16 {
        self.url.rsplit(':').next().unwrap().parse().unwrap()
    }

    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn serve(county: &Path, port: u16) -> Command {
    let mut command = Command::new(program("daiban-hub"));
    command.args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--data"]).arg(county.join("hub"));
    command
}

impl Drop for RunningHub {
    fn drop(&mut self) {
        self.kill();
    }
}

/// How often the rougher tests repeat: `DAIBAN_ROUNDS`, 20 by default.
pub fn rounds() -> u64 {
    number("DAIBAN_ROUNDS")
}

/// How often a program is killed: `DAIBAN_KILLS`, 20 by default.
pub fn kills() -> u64 {
    number("DAIBAN_KILLS")
}

fn number(variable: &str) -> u64 {
    std::env::var(variable).ok().and_then(|number| number.parse().ok()).unwrap_or(20)
}
