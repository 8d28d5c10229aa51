//! No line to the county, and a clock that is wrong.

use super::*;

#[tokio::test]
async fn without_a_line_records_travel_on_a_stick_and_over_the_township() {
    let _screen = SCREEN.lock().await;
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, port);
    earlier_work(county, port);
    let request = json!({
        "itemId": "I002",
        "applicant": {"name": "白金莲", "idNo": "621099194203150014", "phone": "13912345678", "address": "上塬村三组17号"},
    });
    let mut record = daiban(county, "village");
    record.args(["record", "-"]).env("DAIBAN_NOW", at("08:30"));
    let recorded = run_with(&mut record, &request.to_string()).unwrap();
    let case_no = recorded["caseNo"].as_str().unwrap();
    let row = format!("#cases [data-case=\"{case_no}\"]");
    let stick = county.join("KINGSTON");
    fs::create_dir(&stick).unwrap();

    // On the stick.
    let village = open(county, "village", "09:00").await;
    village.click("#to-sync").await;
    village.expect("#sync-result", "每分钟自动送").await;
    village.shoot("sync-village").await;
    village.click("#sync-now").await;
    village.expect("#sync-result", "连不上县中心").await;
    village.fill("#bundle-export-path", &stick.display().to_string()).await;
    village.click("#bundle-export").await;
    village.expect("#bundle-result[data-done=true]", "写好了").await;
    village.shoot("sync-village-exported").await;
    let files: Vec<_> = fs::read_dir(&stick).unwrap().map(|file| file.unwrap().path()).collect();
    let [bundle] = &files[..] else { panic!("one file, and nothing beside it: {files:?}") };

    // Somebody copied it where bundles lie.
    let brought = county.join("township/bundles");
    fs::create_dir(&brought).unwrap();
    fs::copy(bundle, brought.join(bundle.file_name().unwrap())).unwrap();

    let township = open(county, "township", "09:30").await;
    township.click("#to-all").await;
    township.find("#cases [data-case]").await;
    township.gone(&row).await;
    township.click("#to-sync").await;
    let damaged = stick.join("damaged.bundle");
    fs::write(&damaged, "not what it was").unwrap();
    township.fill("#bundle-import-path", &damaged.display().to_string()).await;
    township.click("#bundle-import").await;
    township.expect("#bundle-result[data-done=false]", "没有导入").await;
    township.shoot("sync-township-damaged").await;
    township.click("[data-bundle=上塬村]").await;
    township.click("#bundle-import").await;
    township.expect("#bundle-result[data-done=true]", "条新记录，已存本机").await;
    township.shoot("sync-township-imported").await;
    township.click("#to-all").await;
    township.click(&row).await;
    township.expect(".panel[data-state=REGISTERED]", "白金莲").await;
    township.expect(&format!("{row} [data-reach=HERE]"), "已存本机").await;
    township.shoot("township-list").await;

    // Over the township: first where another program listens, which is said; then where it can.
    township.click("#to-sync").await;
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    township.fill("#relay-listen", &taken.local_addr().unwrap().to_string()).await;
    township.click("#relay-serve").await;
    township.expect("#relay-listen-says", "已经有别的程序在用").await;
    let relay = format!("127.0.0.1:{}", free_port());
    township.fill("#relay-listen", &relay).await;
    township.click("#relay-serve").await;
    township.expect("#relay-addresses", &format!("http://{relay}")).await;
    township.shoot("sync-township-relay").await;

    village.click("#to-cases").await;
    village.expect(&format!("{row} [data-reach=HERE]"), "已存本机").await;
    village.click("#to-sync").await;
    village.fill("#relay-call", &relay).await;
    village.click("#relay-save").await;
    village.expect("#relay-call-says", "通了").await;
    village.click("#sync-now").await;
    village.expect("#sync-result[data-done=true]", "县中心连不上").await;
    village.expect("#sync-result", "清源镇").await;
    village.expect(".station:has(#cases-at-township)", "回执").await;
    village.shoot("sync-village-relayed").await;
    village.click("#to-cases").await;
    village.expect(&format!("{row} [data-reach=TOWNSHIP]"), "乡镇已收到").await;
    village.shoot("village-cases-relayed").await;
    village.click("#to-home").await;
    village.shoot("village-home-relayed").await;

    // The line is back, and with it the county's receipt.
    let hub = hub_at(county, port, "09:30");
    village.click("#to-sync").await;
    village.click("#sync-now").await;
    village.expect("#sync-result", "本机没有未送的").await;
    village.click("#to-cases").await;
    village.expect(&format!("{row} [data-reach=COUNTY]"), "县中心已收到").await;
    for window in [township, village] {
        window.close().await;
    }
    drop(hub);
}

/// The battery is dead: the whole window asks what day it is, and the desk goes on from there.
#[tokio::test]
async fn a_clock_that_woke_up_in_2019_is_asked_about() {
    let _screen = SCREEN.lock().await;
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, port);
    earlier_work(county, port);
    let (data, keys) = (county.join("village"), county.join("keys"));
    let village =
        Window::open(&[("DAIBAN_DATA", &data), ("DAIBAN_KEYS", &keys)], "2019-01-01T08:00:00+08:00").await;
    village.find("#day").await;
    village.shoot("village-day-asked").await;
    village.fill("#day", "2026-09-24").await;
    village.press("\u{e007}").await;
    village.expect(".enrol", "县中心已经签收过更晚的日期").await;
    village.fill("#day", "2026年9月28日").await;
    village.press("\u{e007}").await;
    village.expect(".page.home h1", "9月28日").await;
    village.shoot("village-day-said").await;
    village.close().await;
}
