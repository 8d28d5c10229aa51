//! 通知: written and published in the county, read and marked in the village without a line, counted in the county.

use super::{county::large, *};

/// Everybody exchanges, by the clock of the day; afterwards there is no line any more.
fn exchange(county: &Path, port: u16, clock: &str, desks: &[&str]) {
    let _hub = hub_at(county, port, clock);
    for desk in desks {
        run(daiban(county, desk).args(["sync"]).env("DAIBAN_NOW", at(clock))).unwrap();
    }
}

#[tokio::test]
async fn a_notice_is_published_read_and_counted() {
    let _screen = SCREEN.lock().await;
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, port);
    for desk in ["village", "township", "county"] {
        say_day(county, desk, "07:30");
    }
    exchange(county, port, "08:00", &["village", "township", "county"]);
    let file = county.join("高龄津贴标准.pdf");
    fs::write(&file, format!("%PDF-1.7\n{}", "津贴标准".repeat(4_000))).unwrap();

    let top = open(county, "county", "08:30").await;
    large(&top, false).await;
    top.click("#to-notices").await;
    top.expect("#notices", "还没有通知").await;
    top.click("#write-notice").await;
    top.find("#notice-title:focus").await;
    top.find("#look-notice[disabled]").await;
    top.fill("#notice-title", "国庆、中秋期间高龄津贴照常代办").await;
    top.fill("#notice-number", "清政务〔2026〕31号").await;
    let text = "各乡镇便民服务中心、各村（社区）便民服务站：\n\
                十月一日至七日放假期间，高龄津贴的登记和移交照常办理，节后第一个工作日统一受理。\n\
                请各村安排人员值班，把值班电话贴在门口。材料不齐的先登记，不要让老人多跑一趟。\n\
                津贴标准见附件。";
    top.compose("#notice-text", text).await;
    top.fill("#notice-file", file.to_str().unwrap()).await;
    top.click("#add-file").await;
    top.shoot("county-notice-write").await;
    large(&top, true).await;
    top.shoot("county-notice-write-large").await;
    large(&top, false).await;
    top.click("#look-notice").await;
    top.expect("#look", "6 个单位会收到").await;
    top.find("#publish-notice:focus").await;
    top.shoot("county-notice-look").await;
    top.click("#publish-notice").await;
    top.expect(".notice", "发出去了").await;
    top.expect("#notice-counted", "6 个单位，0 个看过").await;
    top.shoot("county-notice").await;
    top.close().await;
    exchange(county, port, "09:00", &["county", "village", "township"]);

    // The line is gone. It waits on the first page and is read, marked by nobody but the reader.
    let village = open(county, "village", "09:30").await;
    large(&village, false).await;
    village.find("#home-notices [title*=高龄津贴]").await;
    village.expect("#to-notices", "1").await;
    village.shoot("village-home-notices").await;
    village.click("#home-notices button").await;
    village.expect("#notice", "把值班电话贴在门口").await;
    village.click("[data-attachment] .save").await;
    village.expect(".notice", "存好了").await;
    village.shoot("village-notice").await;
    large(&village, true).await;
    village.shoot("village-notice-large").await;
    village.click("#to-home").await;
    village.find("#home-notices").await;
    village.shoot("village-home-notices-large").await;
    village.click("#to-notices").await;
    village.click("#confirm-notice").await;
    village.expect("#notice-read", "李秀兰点了已读").await;
    large(&village, false).await;
    village.shoot("village-notice-read").await;
    village.click("#to-home").await;
    village.find("#record").await;
    // Nothing waits any more.
    village.gone("#home-notices").await;
    village.close().await;
    exchange(county, port, "10:00", &["village", "township", "county"]);

    // Who has, who hasn't, and taking it back.
    let top = open(county, "county", "10:30").await;
    top.click("#to-notices").await;
    top.expect("#notice-counted", "6 个单位，1 个看过").await;
    top.click("#notice-tab-readers").await;
    top.expect("[data-reader=\"621099100200\"]", "李秀兰看过").await;
    top.expect("[data-reader=\"621099100000\"]", "没有它的消息").await;
    top.shoot("county-notice-readers").await;
    large(&top, true).await;
    top.shoot("county-notice-readers-large").await;
    large(&top, false).await;
    top.click("#take-back").await;
    top.find("#surely-take-back[disabled]").await;
    top.fill("#take-back-reason", "标准有改动，另发").await;
    top.shoot("county-notice-take-back").await;
    top.click("#surely-take-back").await;
    top.expect(".notice", "收回了").await;
    top.click("#notice-tab-article").await;
    top.expect("#taken-back", "不要再照它办").await;
    top.shoot("county-notice-taken-back").await;
    top.close().await;

    // The township still has it as it was, and its own to send.
    let township = open(county, "township", "10:40").await;
    township.expect("#to-notices", "1").await;
    township.shoot("township-notices-rail").await;
    township.close().await;
}
