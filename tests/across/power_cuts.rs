//! kill -9 in the middle of a save, of an exchange, of an import, of an enrolment and of a revocation: what was acknowledged is there, what is there is whole.

use daiban_testkit::{
    County, Line,
    county::copy,
    program::{RunningHub, daiban, kill_after, kills, program, run, start},
};
use serde_json::Value;
use std::{fs, path::Path, process::Command, time::Duration};

const REQUEST: &str = r#"{"itemId":"I002","applicant":{"name":"王𬍛㛃","idNo":"621099194203150014","phone":"13912345678",
    "address":"上塬村三组"},"materials":[{"materialCode":"APP","originals":1}],"channel":"PROXY"}"#;

/// Milliseconds, spread over the life of a command without a pattern.
pub fn moment(round: u64, longest: u64) -> Duration {
    Duration::from_millis(round.wrapping_mul(2_654_435_761) % longest)
}

fn verify(county: &Path, desk: &str) {
    let verified = run(daiban(county, desk).arg("verify")).unwrap();
    assert_eq!(verified["ok"], true, "{desk}: {}", verified["findings"]);
}

fn shown(county: &Path, desk: &str, case_no: &str) -> Value {
    run(daiban(county, desk).args(["show", case_no]))
        .unwrap_or_else(|code| panic!("{case_no} at {desk}: {code}"))
}

#[tokio::test]
async fn a_save_is_all_there_or_not_at_all() {
    let county = County::folder().await;
    let county = county.path();
    let request = county.join("request.json");
    fs::write(&request, REQUEST).unwrap();
    let mut acknowledged = Vec::new();
    for round in 0..kills() {
        let said = kill_after(daiban(county, "village").arg("record").arg(&request), moment(round, 160));
        if let Ok(recorded) = serde_json::from_str::<Value>(&said) {
            acknowledged.push(recorded["caseNo"].as_str().unwrap().to_owned());
        }
        verify(county, "village");
    }
    assert!(!acknowledged.is_empty(), "every round was killed before it could say anything");
    for case_no in &acknowledged {
        assert_eq!(shown(county, "village", case_no)["state"], "REGISTERED");
    }
}

#[tokio::test]
async fn an_exchange_cut_short_loses_nothing_and_claims_nothing() {
    let county = County::folder().await;
    let county = county.path();
    let request = county.join("request.json");
    fs::write(&request, REQUEST).unwrap();
    let mut hub = RunningHub::start(county, 0);
    let (url, port) = (hub.url.clone(), hub.port());
    let mut cases = Vec::new();
    for round in 0..kills() {
        let recorded = run(daiban(county, "village").arg("record").arg(&request)).unwrap();
        cases.push(recorded["caseNo"].as_str().unwrap().to_owned());
        if round % 2 == 0 {
            kill_after(daiban(county, "village").args(["sync", "--hub", &url]), moment(round, 120));
        } else {
            let exchange = start(daiban(county, "village").args(["sync", "--hub", &url]));
            std::thread::sleep(moment(round, 60));
            hub.kill();
            exchange.wait_with_output().unwrap();
            hub = RunningHub::start(county, port);
        }
        verify(county, "village");
        let view = shown(county, "village", &cases[cases.len() - 1]);
        if view["countyReceipt"] == true {
            run(daiban(county, "county").args(["sync", "--hub", &url])).unwrap();
            shown(county, "county", &cases[cases.len() - 1]);
        }
    }
    run(daiban(county, "village").args(["sync", "--hub", &url])).unwrap();
    run(daiban(county, "county").args(["sync", "--hub", &url])).unwrap();
    for case_no in &cases {
        assert_eq!(shown(county, "village", case_no)["countyReceipt"], true);
        shown(county, "county", case_no);
    }
    verify(county, "county");
}

#[tokio::test]
async fn an_import_cut_short_is_all_there_or_not_at_all_and_comes_again() {
    let county = County::folder().await;
    let county = county.path();
    let request = county.join("request.json");
    fs::write(&request, REQUEST).unwrap();
    // All have heard of each other, and the stick need not carry the county's founding.
    let hub = RunningHub::start(county, 0);
    for desk in ["village", "township", "county", "village"] {
        run(daiban(county, desk).args(["sync", "--hub", &hub.url])).unwrap();
    }
    let stick = county.join("stick.bundle");
    let (mut cut, mut cases) = (0, Vec::new());
    for round in 0..kills() {
        let recorded = run(daiban(county, "village").arg("record").arg(&request)).unwrap();
        cases.push(recorded["caseNo"].as_str().unwrap().to_owned());
        // The export may be cut short as well: a stick holds the whole file or the one before.
        kill_after(daiban(county, "village").args(["bundle", "export", "-o"]).arg(&stick), moment(round, 90));
        let import = || {
            let mut import = daiban(county, "township");
            import.args(["bundle", "import"]).arg(&stick);
            import
        };
        if stick.exists() {
            let said = kill_after(&mut import(), moment(round + 7, 120));
            cut += u64::from(serde_json::from_str::<Value>(&said).is_err());
            verify(county, "township");
            run(&mut import()).unwrap();
        }
        run(daiban(county, "village").args(["bundle", "export", "-o"]).arg(&stick)).unwrap();
        run(&mut import()).unwrap();
        assert_eq!(run(&mut import()).unwrap()["received"], 0);
        shown(county, "township", &cases[cases.len() - 1]);
    }
    assert!(cut > 0, "no import was cut short");
    for desk in ["village", "township"] {
        verify(county, desk);
        for case_no in &cases {
            assert_eq!(shown(county, desk, case_no)["events"].as_array().unwrap().len(), 1);
        }
    }
}

/// Units that have tags for many devices.
const UNITS: [&str; 6] =
    ["621099100200", "621099100201", "621099200200", "621099100000", "621099200000", "621099000000"];

/// A folder belongs to an enrolled device, which works, or to none, and then it can be enrolled after all.
#[tokio::test]
async fn an_enrolment_cut_short_is_one_or_none() {
    let county = County::folder().await;
    let county = county.path();
    let hub = RunningHub::start(county, 0);
    let enrol = |round: u64, desk: &str| {
        let mut issue = Command::new(program("daiban-hub"));
        let unit = UNITS[round as usize % UNITS.len()];
        let issued = run(issue.args(["code", "--unit", unit, "--data"]).arg(county.join("hub"))).unwrap();
        let mut enrol = daiban(county, desk);
        enrol.args(["enrol", "--hub", &hub.url, "--code", issued["code"].as_str().unwrap()]);
        enrol.args(["--device", "新来的本", "--user", "孙守业"]);
        enrol
    };
    let (mut enrolled, mut absent) = (0, 0);
    for round in 0..kills() {
        let desk = format!("new-{round}");
        kill_after(&mut enrol(round, &desk), moment(round, 250));
        match run(daiban(county, &desk).arg("list")) {
            Ok(_) => enrolled += 1,
            Err(code) => {
                assert_eq!(code, "not-enrolled", "round {round}");
                absent += 1;
                run(&mut enrol(round, &desk)).unwrap_or_else(|code| panic!("round {round}: {code}"));
            }
        }
        run(daiban(county, &desk).args(["sync", "--hub", &hub.url])).unwrap();
        verify(county, &desk);
        fs::remove_dir_all(county.join(&desk)).unwrap();
    }
    assert!(absent > 0, "{enrolled} enrolled, {absent} not");
}

/// A device that is revoked either still brings what it holds, or has brought all of it and can't be opened any more.
#[tokio::test]
async fn a_revoked_device_cut_short_loses_nothing_before_the_county_has_it() {
    let founded = County::folder().await;
    let request = founded.path().join("request.json");
    fs::write(&request, REQUEST).unwrap();
    let (mut waiting, mut gone) = (0, 0);
    for round in 0..kills().min(60) {
        let county = tempfile::tempdir().unwrap();
        let county = county.path();
        copy(founded.path(), county);
        let hub = RunningHub::start(county, 0);
        let sync = |desk: &str| {
            let mut sync = daiban(county, desk);
            sync.args(["sync", "--hub", &hub.url]);
            sync
        };
        for desk in ["village", "township"] {
            run(&mut sync(desk)).unwrap();
        }
        let recorded = run(daiban(county, "village").arg("record").arg(&request)).unwrap();
        let devices = run(daiban(county, "township").args(["device", "list"])).unwrap();
        let laptop = devices.as_array().unwrap().iter().find(|device| device["here"] == false).unwrap();
        let mut revoke = daiban(county, "township");
        revoke.args(["device", "revoke", laptop["device"].as_str().unwrap(), "--ground", "stolen"]);
        // Cut short, too: it is revoked, or it isn't, and then it is said again.
        kill_after(&mut revoke, moment(round, 90));
        verify(county, "township");
        run(&mut revoke).unwrap();
        run(&mut sync("township")).unwrap();

        kill_after(&mut sync("village"), moment(round + 3, 130));
        let keys = county.join("village/database.key").exists();
        if keys {
            waiting += 1;
            // Whether it has heard of it or not: it comes again, and nothing is missing.
            let _ = run(&mut sync("village"));
        } else {
            gone += 1;
        }
        assert_eq!(run(daiban(county, "village").arg("list")), Err("revoked".to_owned()));
        assert!(!county.join("village/database.key").exists());
        run(&mut sync("township")).unwrap();
        let held = run(daiban(county, "township").args(["device", "held"])).unwrap();
        assert_eq!(held[0]["number"], recorded["caseNo"], "what it had recorded is at the township");
        verify(county, "township");
    }
    assert!(waiting > 0 && waiting + gone == kills().min(60), "{waiting} still waiting, {gone} gone");
}

#[tokio::test]
async fn a_hub_killed_between_storing_and_answering_is_told_the_same_again() {
    let county = County::folder().await;
    let county = county.path();
    let request = county.join("request.json");
    fs::write(&request, REQUEST).unwrap();
    let mut hub = RunningHub::start(county, 0);
    let port = hub.port();
    // The hub answers after it has stored; the line gives nothing of its answer on, and then the hub is gone.
    let line = Line::to(&hub.url).await;
    for _ in 0..3 {
        let recorded = run(daiban(county, "village").arg("record").arg(&request)).unwrap();
        let case_no = recorded["caseNo"].as_str().unwrap();
        line.cut_after(u64::MAX, 0);
        let url = line.url.clone();
        let (folder, to) = (county.to_owned(), url.clone());
        let said =
            tokio::task::spawn_blocking(move || run(daiban(&folder, "village").args(["sync", "--hub", &to])));
        assert_eq!(said.await.unwrap(), Err("hub-unreachable".to_owned()));
        hub.kill();
        assert_eq!(shown(county, "village", case_no)["countyReceipt"], false, "nothing was heard");
        hub = RunningHub::start(county, port);
        run(daiban(county, "county").args(["sync", "--hub", &hub.url])).unwrap();
        shown(county, "county", case_no);
        assert_eq!(shown(county, "village", case_no)["countyReceipt"], false, "nothing was heard");
        let again = run(daiban(county, "village").args(["sync", "--hub", &hub.url])).unwrap();
        assert_eq!(again["pending"], 0, "{again}");
        let view = shown(county, "village", case_no);
        assert_eq!(
            (&view["countyReceipt"], view["events"].as_array().unwrap().len()),
            (&Value::Bool(true), 1)
        );
    }
    for desk in ["village", "county"] {
        verify(county, desk);
    }
}
