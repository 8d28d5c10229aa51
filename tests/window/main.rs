//! The main job in the real windows: recorded in the village without a network, sent, accepted and printed in the
//! township, seen in the county.
//!
//! Test code: a failure here is a failed test, so it panics.
#![allow(clippy::unwrap_used)]

use daiban_testkit::program::{RunningHub, daiban, run};
use daiban_tests::Window;
use std::{net::TcpListener, path::Path, process::Command};

fn at(clock: &str) -> String {
    format!("2026-09-28T{clock}:00+08:00")
}

async fn open(county: &Path, desk: &str, clock: &str) -> Window {
    let (data, keys) = (county.join(desk), county.join("keys"));
    Window::open(&[("DAIBAN_DATA", &data), ("DAIBAN_KEYS", &keys)], &at(clock)).await
}

/// The desks remember the hub's address from their enrolment, so it has to be known before the hub runs.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn pdf_text(file: &str) -> String {
    let read = Command::new("pdftotext").args(["-layout", file, "-"]).output().unwrap();
    String::from_utf8(read.stdout).unwrap().split_whitespace().collect()
}

#[tokio::test]
async fn a_request_goes_from_the_village_to_the_county() {
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    let founded = "2026-01-04T08:00:00+08:00";
    let mut sample = daiban(county, "");
    sample.arg("sample").arg(county).arg("--hub-url").arg(format!("http://127.0.0.1:{port}"));
    run(sample.env("DAIBAN_NOW", founded)).unwrap();

    // The village, without a network.
    let village = open(county, "village", "09:00").await;
    village.find("#home, #record").await;
    village.shoot("village-home-empty").await;
    village.click("#record").await;
    village.fill("#item-search", "ylbx").await;
    village.find("[data-item=I001]").await;
    village.fill("#item-search", "养老").await;
    village.click("[data-item=I002]").await;
    village.compose("#name", "王𬍛㛃").await;
    village.fill("#id-no", "621099194203150015").await;
    village.expect("#id-no-says", "最后一位和前面对不上").await;
    village.fill("#id-no", "621099194203150014").await;
    village.fill("#phone", "13912345678").await;
    village.fill("#address", "上塬村三组17号").await;
    for material in ["APP", "ID", "CARD", "PROXY"] {
        village.click(&format!("[data-material={material}]")).await;
    }
    village.shoot("village-record").await;
    village.click("#save").await;
    let case_no = village.attribute("#case-no", "data-case").await;
    assert!(case_no.starts_with("621099100200-20260928-"), "{case_no}");
    village.expect("[data-state=REGISTERED]", "已登记").await;
    village.expect("[data-reach=HERE]", "已存本机").await;
    village.find("#preview svg").await;
    village.shoot("village-receipt").await;
    village.click("#save-form").await;
    let file = village.text("#saved-file").await;
    assert!(pdf_text(&file).contains("本回执不是受理凭证"), "{file}");
    village.close().await;

    // Opened again: all there. Then the network comes.
    let hub = RunningHub::start(county, port);
    let village = open(county, "village", "09:30").await;
    village.click("#to-cases").await;
    village.click(&format!("#cases [data-case=\"{case_no}\"]")).await;
    village.click("[data-event=handOver]").await;
    village.find("[data-state=IN_TRANSIT]").await;
    village.click("#to-sync").await;
    village.click("#sync-now").await;
    village.find("#sync-result[data-done]").await;
    village.shoot("village-sync").await;
    village.click("#to-cases").await;
    village.expect("[data-reach=COUNTY]", "县中心已收到").await;
    village.shoot("village-cases").await;

    // The township accepts and prints.
    let township = open(county, "township", "10:00").await;
    township.click("#to-sync").await;
    township.click("#sync-now").await;
    township.find("#sync-result[data-done]").await;
    township.click("#to-intake").await;
    township.click(&format!("#cases [data-case=\"{case_no}\"]")).await;
    township.click("[data-event=receive]").await;
    township.find("[data-state=RECEIVED] [data-event=accept]").await;
    township.shoot("township-desk").await;
    township.click("[data-event=accept]").await;
    // The notice comes by itself.
    township.find("#preview svg").await;
    township.shoot("township-notice").await;
    township.click("#save-form").await;
    let text = pdf_text(&township.text("#saved-file").await);
    for words in ["受理通知书", "王𬍛㛃", "承诺于2026年10月16日（星期五）前办结", "监督电话：0900-6210199"]
    {
        assert!(text.contains(words), "{words} in {text}");
    }
    township.press("\u{e00c}").await;
    township.click("#to-sync").await;
    township.click("#sync-now").await;
    township.find("#sync-result[data-done]").await;

    // The county finds it by two characters of the name.
    let top = open(county, "county", "11:00").await;
    top.click("#to-sync").await;
    top.click("#sync-now").await;
    top.find("#sync-result[data-done]").await;
    top.click("#to-all").await;
    top.compose("#search", "王𬍛").await;
    top.click(&format!("#cases [data-case=\"{case_no}\"]")).await;
    top.expect(".panel[data-state=ACCEPTED]", "已受理").await;
    top.shoot("county-desk").await;
    for window in [top, township, village] {
        window.close().await;
    }
    drop(hub);
}
