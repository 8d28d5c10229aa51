//! kill -9 in the middle of a save and of an exchange: what was acknowledged is there, what is there is whole.

use daiban_testkit::{
    County,
    program::{RunningHub, daiban, kill_after, rounds, run, start},
};
use serde_json::Value;
use std::{fs, path::Path, time::Duration};

const REQUEST: &str = r#"{"itemId":"I002","applicant":{"name":"王𬍛㛃","idNo":"621099194203150014","phone":"13912345678",
    "address":"上塬村三组"},"materials":[{"materialCode":"APP","originals":1}],"channel":"PROXY"}"#;

/// Milliseconds, spread over the life of a command without a pattern.
fn moment(round: u64, longest: u64) -> Duration {
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
    for round in 0..rounds() {
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
    for round in 0..rounds() {
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
