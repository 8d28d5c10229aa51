//! The support bundle: what is in it, and that nobody is.

use crate::at_rest::{BusyDay, FIRST, SECOND, busy_day};
use daiban_testkit::{
    found_in,
    program::{program, run, run_with},
};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

fn hub(day: &BusyDay, verb: &str) -> Command {
    let mut hub = Command::new(program("daiban-hub"));
    hub.arg(verb).arg("--data").arg(day.county().join("hub"));
    hub
}

/// Writes a bundle and takes it apart.
fn unpacked(command: &mut Command, to: &Path) -> Value {
    let zip = to.with_extension("zip");
    let saved = run(command.arg("-o").arg(&zip)).unwrap();
    assert_eq!(saved["bytes"], fs::metadata(&zip).unwrap().len());
    assert!(Command::new("unzip").arg("-q").arg(&zip).arg("-d").arg(to).status().unwrap().success());
    serde_json::from_slice(&fs::read(to.join("report.json")).unwrap()).unwrap()
}

fn log(of: &Path) -> String {
    let days = fs::read_dir(of.join("log")).unwrap().map(|day| day.unwrap().path());
    days.map(|day| fs::read_to_string(day).unwrap()).collect()
}

/// What goes wrong on such a day, with names in everything that is read.
fn mishaps(day: &BusyDay) {
    let named = |name: &str, bytes: &[u8]| -> PathBuf {
        let file = day.typed.join(name);
        fs::write(&file, bytes).unwrap();
        file
    };
    let quotes = "\"罗秀珍 621099195508082563 13900005671\"".as_bytes();
    let fails = |command: &mut Command| run(command).unwrap_err();
    fails(day.desk().args(["people", "import"]).arg(named("罗秀珍.xlsx", quotes)));
    fails(day.desk().args(["people", "import"]).arg(named("13900005671.csv", &[0xff, 0xfe, 0, 0xd8])));
    fails(day.desk().args(["event", "--catalogue"]).arg(named("罗秀珍.json", quotes)));
    fails(day.desk().args(["bundle", "import"]).arg(named("罗秀珍.bundle", quotes)));
    fails(day.desk().args(["bundle", "export", "-o"]).arg(day.typed.join("罗秀珍/13900005671.bundle")));
    fails(day.locked().env("DAIBAN_PASSWORD", SECOND).arg("list"));
    fails(day.desk().args(["sync", "--hub", "https://127.0.0.1:1"]));
    fails(
        day.locked()
            .args(["user", "recover", "李秀兰"])
            .arg(named("answer.json", quotes))
            .env("DAIBAN_NEW_PASSWORD", SECOND),
    );
    let wrong =
        json!({ "itemId": "I002", "applicant": { "name": ["罗秀珍"], "idNo": "621099195508082563" } });
    run_with(day.desk().args(["record", "-"]), &wrong.to_string()).unwrap_err();
    fails(
        hub(day, "admit")
            .args(["--address", "https://10.0.0.5:7621", "-o"])
            .arg(day.typed.join("x"))
            .arg(named("罗秀珍.ask", quotes)),
    );
}

#[tokio::test]
async fn a_support_bundle_helps_and_names_nobody() {
    let day = busy_day().await;
    let code = run(hub(&day, "code").args(["--unit", "621099100200"])).unwrap()["code"].clone();
    let code = code.as_str().unwrap().to_owned();
    mishaps(&day);
    let (desk, locked, at_hub) =
        (day.county().join("desk"), day.county().join("locked"), day.county().join("at-hub"));

    let report = unpacked(day.desk().arg("support"), &desk);
    assert_eq!(report["program"], env!("CARGO_PKG_VERSION"));
    let held = &report["desk"];
    assert_eq!(held["unit"], "621099100200");
    assert_eq!(held["inventory"]["damage"], json!([]));
    // The program that was killed in the middle of a fourth may have saved it.
    assert!((3..=4).contains(&held["inventory"]["documents"]["work/case"].as_u64().unwrap()));
    assert_eq!(
        held["inventory"]["documents"]["register/resident"].as_u64().map(|people| people >= 1),
        Some(true)
    );
    let device = held["device"].as_str().unwrap();
    let feeds = held["inventory"]["feeds"].as_array().unwrap();
    let work = feeds
        .iter()
        .find(|feed| feed["device"] == device && feed["partition"].as_str().unwrap().contains("/work/"));
    assert!(work.unwrap()["n"].as_u64().unwrap() >= 3);
    assert!(held["lastReceipt"].is_string() || held["lastReceipt"].is_i64(), "{}", held["lastReceipt"]);
    assert!(report["bytes"]["daiban.db"].as_u64().unwrap() > 100_000);

    let report = unpacked(day.locked().arg("support"), &locked);
    assert_eq!(report["desk"]["closed"], "locked", "a forgotten password is no reason to know nothing");
    let report = unpacked(&mut hub(&day, "support"), &at_hub);
    assert_eq!(report["hub"]["damage"], json!([]));
    assert!(report["hub"]["devices"].as_array().unwrap().iter().any(|known| known["device"] == device));

    // The log had enough to tell.
    let (said, heard) = (log(&desk), log(&at_hub));
    assert!(said.matches("request failed").count() >= 5, "{said}");
    assert!(heard.contains(device), "{heard}");
    // Residents and staff, what they are called and where their things lie, their passwords and codes.
    let place = day.county().display().to_string();
    let secrets = ["李秀兰", "上塬1号本", FIRST, SECOND, &code, &code.replace('-', ""), &place];
    for text in day.told.iter().copied().chain(secrets) {
        assert_eq!(found_in(&[&desk, &locked, &at_hub], text), Vec::<PathBuf>::new(), "{text}");
    }
    // A name that lay there would be found.
    fs::write(desk.join("log/2026-01-01.log"), "罗秀珍").unwrap();
    assert_eq!(found_in(&[&desk], day.told[0]).len(), 1);
}

#[tokio::test]
async fn a_desk_that_doesnt_open_still_tells_why() {
    let day = busy_day().await;
    fs::write(day.village.join("daiban.db"), [7; 8192]).unwrap();
    assert_eq!(run(day.desk().arg("list")).unwrap_err(), "database-damaged");
    let folder = day.county().join("desk");
    let report = unpacked(day.desk().arg("support"), &folder);
    assert_eq!(report["desk"]["closed"], "database-damaged");
    assert!(log(&folder).contains("the database is damaged"), "{}", log(&folder));
}
