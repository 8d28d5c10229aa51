//! No program leaves a copy of its memory behind, however it dies.

use daiban_testkit::{
    County,
    program::{daiban, program, start},
};
use std::{fs, os::unix::process::ExitStatusExt, process::Command, thread, time::Duration};

/// The same command, where the system would write dumps of any size.
fn dumping(command: &Command) -> Command {
    let mut dumping = Command::new("sh");
    dumping.args(["-c", r#"ulimit -c unlimited 2>/dev/null; exec "$0" "$@""#]).arg(command.get_program());
    dumping.args(command.get_args());
    dumping.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    dumping
}

fn dumps_nothing(process: u32) -> bool {
    let limits = fs::read_to_string(format!("/proc/{process}/limits")).unwrap();
    let mut core = limits.lines().filter_map(|line| line.strip_prefix("Max core file size"));
    core.any(|limits| limits.split_whitespace().take(2).all(|limit| matches!(limit, "0" | "1")))
}

#[tokio::test]
async fn a_program_that_dies_leaves_no_core() {
    let folder = County::folder().await;
    let county = folder.path();
    let mut relay = daiban(county, "township");
    relay.args(["relay", "serve", "--listen", "127.0.0.1:0"]);
    let mut hub = Command::new(program("daiban-hub"));
    hub.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(county.join("hub"));
    for command in [relay, hub] {
        let empty = tempfile::tempdir().unwrap();
        let mut running = start(dumping(&command).current_dir(&empty));
        let shut = (0..1000).any(|_| {
            thread::sleep(Duration::from_millis(10));
            dumps_nothing(running.id())
        });
        let _ = Command::new("kill").args(["-ABRT", &running.id().to_string()]).status().unwrap();
        let ended = running.wait().unwrap();
        assert!(shut, "{command:?}");
        assert_eq!((ended.signal(), ended.core_dumped()), (Some(6), false), "{command:?}");
        assert_eq!(fs::read_dir(&empty).unwrap().count(), 0, "{command:?}");
    }
}
