//! Nine days without a road and without a line. The agent goes on; the clocks tell the truth; a stick brings everything.

use super::*;

fn on(day: &str) -> String {
    format!("2026-09-{day}:00+08:00")
}

async fn open_on(county: &Path, desk: &str, day: &str) -> Window {
    let (data, keys, none) = (county.join(desk), county.join("keys"), PathBuf::from("/nowhere"));
    let env = [("DAIBAN_DATA", &*data), ("DAIBAN_KEYS", &*keys), ("CUPS_SERVER", &*none)];
    Window::open(&env, &on(day)).await
}

#[tokio::test]
async fn a_village_is_cut_off_for_nine_days() {
    let _screen = SCREEN.lock().await;
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, port);
    // Everybody has met on the last day with a road.
    let hub = RunningHub::start_at(county, port, instant(&on("10T17:00")));
    for desk in ["village", "township"] {
        run(daiban(county, desk).args(["day", "2026-09-10"]).env("DAIBAN_NOW", on("10T16:50"))).unwrap();
        run(daiban(county, desk).arg("sync").env("DAIBAN_NOW", on("10T17:00"))).unwrap();
    }
    drop(hub);
    let record = |n: usize, day: &str| papers::record(county, "village", papers::PEOPLE[n], &on(day));
    let first = record(0, "11T09:00");
    let row = format!("#cases [data-case=\"{first}\"]");

    // The third day: nothing blocks, and the line below says since when.
    let third = open_on(county, "village", "14T09:00").await;
    third.find("#record").await;
    third.expect("#pending", "1").await;
    third.click("#to-cases").await;
    let light = third.attribute(&format!("{row} [data-light]"), "data-light").await;
    third.expect(&format!("{row} [data-reach=HERE]"), "已存本机").await;
    third.shoot("cut-off-third-day").await;
    third.close().await;
    let second = record(1, "15T09:00");
    let third_case = record(2, "17T10:00");

    // The ninth: the oldest is late, said in words and by its light.
    let village = open_on(county, "village", "19T09:00").await;
    village.click("#to-sync").await;
    village.click("#sync-now").await;
    village.expect("#sync-result", "连不上县中心").await;
    village.expect("#network", "离线 8 天").await;
    village.expect("#pending", "3").await;
    village.shoot("cut-off-ninth-day").await;
    village.click("#to-cases").await;
    let late = village.attribute(&format!("{row} [data-light]"), "data-light").await;
    assert!(light != "red" && late == "red", "{light} on the third day, {late} on the ninth");
    village.expect(&format!("{row} [data-light]"), "超期").await;
    village.click("#large").await;
    village.shoot("cut-off-list-large").await;
    village.click("#large").await;

    // The road is open: papers in the bag, the records on a stick.
    village.press("\u{e033}").await;
    village.expect("#confirm-hand-over", "移交 3 件").await;
    village.press("\u{e009}\u{e007}\u{e000}").await;
    village.find("#forms [data-due=F06] input:checked").await;
    village.press("\u{e00c}").await;
    let stick = county.join("KINGSTON");
    fs::create_dir(&stick).unwrap();
    village.click("#to-sync").await;
    village.fill("#bundle-export-path", &stick.display().to_string()).await;
    village.click("#bundle-export").await;
    village.expect("#bundle-result[data-done=true]", "写好了").await;
    village.shoot("cut-off-stick").await;
    village.close().await;

    // The township takes it, and the same once more changes nothing.
    let bundle = fs::read_dir(&stick).unwrap().next().unwrap().unwrap().path();
    let township = open_on(county, "township", "19T14:00").await;
    township.click("#to-sync").await;
    township.fill("#bundle-import-path", &bundle.display().to_string()).await;
    township.click("#bundle-import").await;
    township.expect("#bundle-result[data-done=true]", "条新记录，已存本机").await;
    township.click("#bundle-import").await;
    township.expect("#bundle-result[data-done=true]", "没有改动").await;
    township.click("#to-all").await;
    for case_no in [&first, &second, &third_case] {
        township.find(&format!("#cases [data-case=\"{case_no}\"]")).await;
    }
    township.expect("#total", "3").await;
    // Paper in hand: the township's own clock starts today, whatever the village's has come to.
    township.click(&row).await;
    township.click("[data-event=receive]").await;
    township.find(".panel[data-state=RECEIVED] [data-event=accept]").await;
    let light = township.attribute(&format!("{row} [data-light]"), "data-light").await;
    assert_ne!(light, "red", "the five days of the notice begin with the paper");
    township.shoot("cut-off-township").await;
    township.close().await;
}
