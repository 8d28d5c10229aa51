//! The window on a county's worth of cases: how soon there is something to work with, how soon a key shows, how a long list
//! scrolls, what it takes of memory. Wants a display and the built window:
//!
//! ```text
//! frontend/build.sh release && cargo build --release --workspace
//! xvfb-run -a -s '-screen 0 1366x768x24' dbus-run-session -- cargo bench -p daiban-tests --bench desk_in_window
//! ```
//!
//! `DAIBAN_CASES` says on how many cases. Nothing here fails on a slow machine: it prints.
#![allow(clippy::unwrap_used)]

use daiban_domain::UnitCode;
use daiban_testkit::{County, at, workload};
use daiban_tests::Window;
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, SystemTime},
};

const NOW: &str = "2026-03-09T09:00:00+08:00";
const VILLAGE: &str = "621099100200";
/// How often each key is pressed.
const TIMES: usize = 60;

#[tokio::main]
async fn main() {
    // `cargo test --benches` only sees that it compiles.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let cases = std::env::var("DAIBAN_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let county = County::new().await;
    let village: UnitCode = VILLAGE.parse().unwrap();
    workload::year(&mut county.replica("village"), village, cases, 7, at("03-02T09:00"));
    // A laptop in use: what it holds has long reached the county.
    county.exchange(&county.desk("village"), at("03-09T08:00")).await.unwrap();
    println!("{cases} cases");

    let (data, keys) = (county.path("village"), county.path("keys"));
    let env = [("DAIBAN_DATA", &*data), ("DAIBAN_KEYS", &*keys)];
    // The first opening brings the file into the system's memory.
    let window = Window::open_as_people_do(&env, NOW).await;
    window.find(".page.home li").await;
    window.close().await;
    let mut starts = Vec::new();
    for _ in 0..5 {
        let begun = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs_f64() * 1000.0;
        let window = Window::open_as_people_do(&env, NOW).await;
        let listed = window.measure(WAIT_FOR_LIST).await;
        starts.push(listed[0] - begun);
        window.close().await;
    }
    told("start to the first usable list, the driver's own time included", &mut starts, 1500.0);

    let window = Window::open_as_people_do(&env, NOW).await;
    window.click("#to-cases").await;
    window.find("#cases [data-case][aria-selected=true]").await;
    window.measure(WATCH_KEYS).await;
    for _ in 0..TIMES {
        window.press("\u{e015}").await;
        tokio::time::sleep(Duration::from_millis(60)).await;
    }
    told("an arrow in the list to the screen", &mut window.measure(TAKE_TIMES).await, 50.0);
    window.measure(WATCH_OPENING).await;
    for _ in 0..TIMES / 2 {
        window.press("o").await;
        window.find(".page.case .story").await;
        tokio::time::sleep(Duration::from_millis(150)).await;
        window.press("\u{e00c}").await;
        window.find("#cases [data-case][aria-selected=true]").await;
        window.press("\u{e015}").await;
        tokio::time::sleep(Duration::from_millis(150)).await;
    }
    told("opening a case, whole on the screen", &mut window.measure(TAKE_TIMES).await, 100.0);
    told("a frame while the list scrolls", &mut window.measure(SCROLL).await, 50.0);
    println!("  memory of our process: {} MB (goal 200)", resident(&data) / 1024);
    window.press("\u{e00c}").await;
    window.click("#to-home").await;
    window.click("#record").await;
    window.find("#item-search").await;
    window.measure(WATCH_KEYS).await;
    for _ in 0..TIMES / 4 {
        for key in ["y", "l", "\u{e003}", "\u{e003}"] {
            window.press(key).await;
            tokio::time::sleep(Duration::from_millis(60)).await;
        }
    }
    told("a letter typed to the screen", &mut window.measure(TAKE_TIMES).await, 50.0);
    window.close().await;
    println!("  the page's wasm, compressed: {} kB (goal 1500)", compressed());
}

/// Prints the middle, the 95th percentile and the longest, in milliseconds.
fn told(what: &str, times: &mut [f64], goal: f64) {
    times.sort_by(f64::total_cmp);
    let at = |percent: usize| times.get((times.len() * percent / 100).min(times.len().saturating_sub(1)));
    let [median, p95, longest] = [50, 95, 100].map(|percent| at(percent).copied().unwrap_or(f64::NAN));
    println!(
        "  {what}: {median:.0} ms, p95 {p95:.0}, longest {longest:.0}, of {} (goal {goal:.0})",
        times.len()
    );
}

/// Of the window's program on a folder, kB.
fn resident(data: &Path) -> u64 {
    let ours = |process: &Path| {
        let environment = fs::read(process.join("environ")).unwrap_or_default();
        let wanted = format!("DAIBAN_DATA={}", data.display());
        let named = fs::read_to_string(process.join("comm")).is_ok_and(|name| name.trim() == "daiban-window");
        named && environment.split(|byte| *byte == 0).any(|one| one == wanted.as_bytes())
    };
    let processes = fs::read_dir("/proc").unwrap().filter_map(|entry| Some(entry.ok()?.path()));
    let status = processes
        .filter(|process| ours(process))
        .find_map(|process| fs::read_to_string(process.join("status")).ok());
    let line =
        status.as_deref().and_then(|status| status.lines().find_map(|line| line.strip_prefix("VmRSS:")));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default()
}

/// kB.
fn compressed() -> usize {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../frontend/dist/app_bg.wasm");
    let packed = Command::new("gzip").arg("-9c").arg(page).stderr(Stdio::null()).output().unwrap();
    packed.stdout.len() / 1024
}

/// When there is something in the first page's list, by the system's clock.
const WAIT_FOR_LIST: &str = "const done = arguments[arguments.length - 1];
    const look = () => document.querySelector('.page.home li, .page.home .empty')
        ? requestAnimationFrame(() => setTimeout(() => done([Date.now()]))) : setTimeout(look, 5);
    look();";

/// From each key on to after the frame that it brought.
const WATCH_KEYS: &str = "const done = arguments[arguments.length - 1];
    removeEventListener('keydown', window.watching, true);
    window.times = [];
    window.watching = event => requestAnimationFrame(() => setTimeout(() =>
        window.times.push(performance.now() - event.timeStamp)));
    addEventListener('keydown', window.watching, true);
    done([]);";

/// From the key on to after the frame in which the whole case is there.
const WATCH_OPENING: &str = "const done = arguments[arguments.length - 1];
    removeEventListener('keydown', window.watching, true);
    window.times = [];
    window.watching = event => {
        if (event.key !== 'o') return;
        const look = () => document.querySelector('.page.case .story li')
            ? setTimeout(() => window.times.push(performance.now() - event.timeStamp)) : requestAnimationFrame(look);
        requestAnimationFrame(look);
    };
    addEventListener('keydown', window.watching, true);
    done([]);";

const TAKE_TIMES: &str = "arguments[arguments.length - 1](window.times)";

/// A row or two a frame for a while, then through all of the list.
const SCROLL: &str = "const done = arguments[arguments.length - 1];
    const pane = document.querySelector('#list');
    const frames = [];
    let before = performance.now();
    const step = now => {
        frames.push(now - before);
        before = now;
        pane.scrollTop += frames.length < 80 ? 90 : pane.scrollHeight / 64;
        if (frames.length < 140) requestAnimationFrame(step); else done(frames.slice(2));
    };
    requestAnimationFrame(step);";
