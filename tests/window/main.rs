//! The main job in the real windows: recorded in the village without a network, sent, accepted and printed in the
//! township, seen in the county. And without any line to the county: on a stick, and over the township's computer.
//!
//! Test code: a failure here is a failed test, so it panics.
#![allow(clippy::unwrap_used)]

mod accessible;
mod by_keys;
mod by_stick;
mod county;
mod county_tour;
mod cut_off;
mod first_run;
mod hand_over;
mod long_list;
mod main_job;
mod market_day;
mod new_agent;
mod new_catalogue;
mod notice_left;
mod notices;
mod papers;
mod photo;
mod prints;
mod standing_in;
mod stolen;
mod township_tour;
mod users;
mod village_desk;
mod without_a_line;
mod wizard;

use daiban_domain::{Instant, item::Item};
use daiban_testkit::{
    answers,
    cups::{Cups, Printer},
    found_in, pdf_text,
    program::{RunningHub, daiban, program, run, run_with},
    qr_code,
};

use daiban_tests::Window;
use jiff::civil::date;
use serde_json::json;
use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
};
use tokio::sync::Mutex;

/// There is one screen, and keys go where its focus is: one story at a time.
static SCREEN: Mutex<()> = Mutex::const_new(());

fn at(clock: &str) -> String {
    format!("2026-09-28T{clock}:00+08:00")
}

async fn open(county: &Path, desk: &str, clock: &str) -> Window {
    open_at(county, desk, clock, Path::new("/nowhere")).await
}

/// The same beside a print system; without one there is no printer, whatever this machine has.
async fn open_at(county: &Path, desk: &str, clock: &str, printers: &Path) -> Window {
    let (data, keys) = (county.join(desk), county.join("keys"));
    let env = [("DAIBAN_DATA", &*data), ("DAIBAN_KEYS", &*keys), ("CUPS_SERVER", printers)];
    Window::open(&env, &at(clock)).await
}

/// The desks remember the hub's address from their enrolment, so it has to be known before the hub runs.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Founds the sample county, whose desks will call their hub at a port of this machine.
fn found(county: &Path, port: u16) {
    let mut sample = daiban(county, "");
    sample.arg("sample").arg(county).arg("--hub-url").arg(format!("http://127.0.0.1:{port}"));
    run(sample.env("DAIBAN_NOW", "2026-01-04T08:00:00+08:00")).unwrap();
}

/// A desk in use: people who came before, some of them well on their way, and a phone that two corrected. The hub serves
/// for each exchange by the clock of its day.
fn earlier_work(county: &Path, port: u16) {
    let at = |desk: &str, day: &str, arguments: &[&str]| {
        let mut command = daiban(county, desk);
        run(command.args(arguments).env("DAIBAN_NOW", format!("2026-09-{day}T09:30:00+08:00"))).unwrap()
    };
    let people = [
        ("14", "罗秀珍", "621099195508082563", "I018", 4),
        ("15", "古丽娜尔·买买提", "62109919991231204X", "I012", 2),
        ("17", "郭满仓", "621099198701011189", "I013", 5),
        ("21", "苏秀英", "62109919630720002X", "I019", 2),
        ("22", "何得福", "621099194203150014", "I017", 2),
        ("23", "赵存善", "621099201602290033", "I022", 1),
        ("24", "张银娃", "621099202402290076", "I010", 0),
    ];
    let mut corrected = String::new();
    for (day, name, id_no, item, steps) in people {
        let details = run(daiban(county, "village").args(["item", item])).unwrap();
        let materials: Vec<_> = details["materials"]
            .as_array()
            .unwrap()
            .iter()
            .map(|material| json!({"materialCode": material["materialCode"], "originals": 1, "copies": 1}))
            .collect();
        let form: Item = serde_json::from_value(details).unwrap();
        let request = json!({
            "itemId": item, "materials": materials, "fields": answers(&form, date(2026, 9, 14)),
            "applicant": {"name": name, "idNo": id_no, "phone": "13900005678", "address": "上塬村二组6号"},
        });
        let mut record = daiban(county, "village");
        record.args(["record", "-"]).env("DAIBAN_NOW", format!("2026-09-{day}T09:00:00+08:00"));
        let recorded = run_with(&mut record, &request.to_string()).unwrap();
        let case_no = recorded["caseNo"].as_str().unwrap();
        let walk = ["handOver", "receive", "accept", "startReview", "propose"];
        for (i, event) in walk.iter().take(steps).enumerate() {
            let desk = if i == 0 { "village" } else { "township" };
            if i == 1 {
                let _hub =
                    RunningHub::start_at(county, port, instant(&format!("2026-09-{day}T09:30:00+08:00")));
                at("village", day, &["sync"]);
                at("township", day, &["sync"]);
            }
            at(desk, day, &["act", case_no, event]);
        }
        if name == "苏秀英" {
            corrected = case_no.to_owned();
        }
    }
    at("village", "24", &["set", &corrected, "applicant.phone", "13912345678"]);
    at("township", "24", &["set", &corrected, "applicant.phone", "13912342210"]);
    let _hub = RunningHub::start_at(county, port, instant("2026-09-25T09:30:00+08:00"));
    for desk in ["village", "township", "county", "village"] {
        at(desk, "25", &["sync"]);
    }
}

/// Somebody says what day it is: a laptop that has lain idle since January would ask.
fn say_day(county: &Path, desk: &str, clock: &str) {
    run(daiban(county, desk).args(["day", "2026-09-28"]).env("DAIBAN_NOW", at(clock))).unwrap();
}

fn instant(text: &str) -> Instant {
    text.parse().unwrap()
}

/// The hub on the day of the windows.
fn hub_at(county: &Path, port: u16, clock: &str) -> RunningHub {
    RunningHub::start_at(county, port, instant(&at(clock)))
}
