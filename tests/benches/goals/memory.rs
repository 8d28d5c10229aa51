//! What the programs need of memory, each in a process of its own: the hub while a thousand devices exchange in turn, and a
//! desk that takes a first copy. `DAIBAN_DEVICES` and `DAIBAN_CASES` scale them.

use crate::{goal::Goals, largest, year::Year};
use daiban_desk::{Desk, Place};
use daiban_domain::Role;
use daiban_exchange::{
    Checkpoint, Entry, FeedId, Head, Incarnation, Partition, Run, Vector,
    client::Client,
    engine::Question,
    enrolment::{Application, Enrolment},
    key, page, wire,
};
use daiban_hub::{Hub, Limits, serve};
use daiban_testkit::{County, at};
use ed25519_dalek::SigningKey;
use std::{
    fs,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
};
use tokio::runtime::Runtime;

/// Entries that each device has to tell: some ten cases with their history.
const ENTRIES: usize = 60;
const VILLAGES: [&str; 4] = ["621099100001", "621099100200", "621099100201", "621099200200"];

/// Plays the child's part if that is what the program was started for.
pub fn child(arguments: &[String]) -> bool {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["be-hub", folder] => be_hub(Path::new(folder)),
        ["be-printer"] => crate::forms::be_printer(),
        ["be-desk", folder, keys, url] => be_desk(Path::new(folder), Path::new(keys), url),
        _ => return false,
    }
    true
}

pub fn run(goals: &mut Goals) {
    let devices = std::env::var("DAIBAN_DEVICES").map_or(1_000, |devices| devices.parse().unwrap());
    let year = Year::of(100);
    let mb = Runtime::new().unwrap().block_on(turns(&year, devices));
    goals.at_most(&format!("memory of the hub, {devices} devices in turn"), mb, 150.0, "MB");
    let year = Year::of(largest());
    let mb = first_copy(&year);
    goals.at_most(&format!("memory of a first copy of {} cases", year.cases), mb, 150.0, "MB");
}

async fn turns(year: &Year, devices: usize) -> f64 {
    let entries: Vec<Entry> = year.runs().into_iter().flat_map(|run| run.entries).collect();
    let county = County::new().await;
    let enrolled: Vec<(Enrolment, SigningKey)> =
        (0..devices).map(|i| enrol(&county.hub, VILLAGES[i % 4])).collect();
    let hub = start(&["be-hub", county.path("hub").to_str().unwrap()]);
    let client = Client::new(&hub.said, None).unwrap();
    for (i, (enrolment, signing)) in enrolled.iter().enumerate() {
        let partition = Partition::work(enrolment.unit, 2026);
        let feed =
            FeedId { partition, device: enrolment.device, incarnation: enrolment.incarnation, branch: None };
        let start = i % (entries.len() - ENTRIES);
        let entries = entries[start..start + ENTRIES].to_vec();
        let head = entries.iter().fold(feed.origin(), Head::next);
        let signature = Checkpoint::sign(&feed, head, signing).signature;
        let runs = [Run { feed, first: 1, entries, signature }];
        let mut log = year.village();
        let page = log.intake(|log| page::write(log, &runs, &Vector::default())).unwrap();
        let question = Question {
            protocol: wire::PROTOCOL_MAX,
            county: county.hub.county(),
            since: None,
            vector: Vector([(feed, head)].into()),
            page,
            shown: None,
            room: None,
            alone: false,
            clock: None,
        };
        let delivered = client.exchange(&question, enrolment.device, signing).await.unwrap();
        assert_eq!(delivered.answer.refused, []);
    }
    hub.end()
}

fn enrol(hub: &Hub, unit: &str) -> (Enrolment, SigningKey) {
    let now = at("01-05T08:00");
    let issued = hub.issue_code(unit.parse().unwrap(), &[Role::Agent], now).unwrap();
    let signing = key::draw_signing_key().unwrap();
    let application = Application {
        protocol: wire::PROTOCOL_MAX,
        code: issued.code,
        key: [0; 32],
        recipient: "age1".repeat(15),
        incarnation: Incarnation::draw().unwrap(),
        device_name: "上塬1号本".to_owned(),
        person_name: "李秀英".to_owned(),
        signature: [0; 64],
        person_key: None,
    }
    .signed(&signing);
    (hub.admit(&application, now).unwrap().enrolment, signing)
}

fn first_copy(year: &Year) -> f64 {
    let Year { runtime, county, .. } = year;
    runtime.block_on(county.exchange(&county.desk("village"), at("02-01T08:00"))).unwrap();
    let desk = county.path("township");
    let keys = county.path("keys");
    start(&["be-desk", desk.to_str().unwrap(), keys.to_str().unwrap(), &county.url]).end()
}

/// A running child, and its first line.
struct Running {
    child: Child,
    said: String,
    output: BufReader<std::process::ChildStdout>,
}

fn start(arguments: &[&str]) -> Running {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut said = String::new();
    output.read_line(&mut said).unwrap();
    Running { child, said: said.trim().to_owned(), output }
}

impl Running {
    /// Lets it end by itself; its largest resident size, in MB.
    fn end(mut self) -> f64 {
        drop(self.child.stdin.take());
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).unwrap();
        assert!(self.child.wait().unwrap().success());
        rest.trim().parse::<f64>().unwrap() / 1e3
    }
}

fn be_hub(folder: &Path) {
    Runtime::new().unwrap().block_on(async {
        let hub = Arc::new(Hub::open(folder).unwrap());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        println!("http://{}", listener.local_addr().unwrap());
        let ended = async {
            tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()))
                .await
                .unwrap()
                .unwrap();
        };
        serve(hub, listener, Limits::default(), || at("02-01T08:00"), ended).await.unwrap();
    });
    println!("{}", peak_kb());
}

fn be_desk(folder: &Path, keys: &Path, url: &str) {
    println!("ready");
    let place = Place { data: PathBuf::from(folder), keys: PathBuf::from(keys), user: None, password: None };
    let desk = Desk::open(place).unwrap();
    Runtime::new().unwrap().block_on(desk.exchange_at(url, at("02-01T09:00"))).unwrap();
    println!("{}", peak_kb());
}

pub fn peak_kb() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
