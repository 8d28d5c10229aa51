//! A township writes a notice, is called away, and goes on where it was; what it attaches comes along; and whoever reads it finds it
//! by typing.

use super::{county::large, *};

const CTRL_K: &str = "\u{e009}k\u{e000}";
const ENTER: &str = "\u{e007}";

#[tokio::test]
async fn a_notice_is_left_and_found_again() {
    let _screen = SCREEN.lock().await;
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, port);
    for desk in ["village", "township"] {
        say_day(county, desk, "07:30");
    }
    let hub = hub_at(county, port, "08:00");
    let sync = |desk: &str, clock: &str| {
        run(daiban(county, desk).arg("sync").env("DAIBAN_NOW", at(clock))).unwrap();
    };
    sync("village", "08:00");
    sync("township", "08:00");
    let file = county.join("值班表.pdf");
    fs::write(&file, format!("%PDF-1.7\n{}", "值班".repeat(4_000))).unwrap();

    // Somebody comes to the window: the page is left in the middle of a sentence, and then the window is closed.
    let township = open(county, "township", "08:30").await;
    large(&township, false).await;
    township.click("#to-notices").await;
    township.click("#write-notice").await;
    assert!(township.absent("#throw-draft").await, "nothing is begun yet");
    township.fill("#notice-title", "国庆期间各村值班").await;
    township.compose("#notice-text", "各村便民服务站：\n十月一日至七日，").await;
    township.fill("#notice-on", "0930").await;
    township.fill("#notice-file", file.to_str().unwrap()).await;
    township.click("#add-file").await;
    township.click("#to-intake").await;
    township.find("#list").await;
    township.click("#to-notices").await;
    township.expect("[data-draft]", "国庆期间各村值班").await;
    township.shoot("township-notice-left").await;
    township.close().await;
    let township = open(county, "township", "09:00").await;
    township.click("#to-notices").await;
    township.click("[data-draft]").await;
    township.find("#write").await;
    township.holds("#notice-title", "国庆期间各村值班").await;
    township.holds("#notice-text", "各村便民服务站：\n十月一日至七日，").await;
    township.holds("#notice-on", "2026-09-30").await;
    township.expect(".files", "值班表.pdf").await;

    // Whole again after the page was loaded anew, a moment after the last key.
    let whole = "各村便民服务站：\n十月一日至七日，每天留一个人值班，电话贴在门口。";
    township.compose("#notice-text", whole).await;
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
    township.reload().await;
    township.click("#to-notices").await;
    township.click("[data-draft]").await;
    township.find("#write").await;
    township.holds("#notice-text", whole).await;
    township.click("#notice-on-open").await;
    township.find("#notice-on-calendar").await;
    township.shoot("township-notice-day").await;
    township.press("\u{e00c}").await;
    township.shoot("township-notice-go-on").await;
    large(&township, true).await;
    township.shoot("township-notice-go-on-large").await;
    large(&township, false).await;

    // A second one is thrown away, the first one goes out: neither is begun any more.
    township.click("#write-notice").await;
    township.fill("#notice-title", "写错了的").await;
    township.click("#leave-draft").await;
    township.find("[data-draft]:nth-of-type(2)").await;
    let wrong = "return [...document.querySelectorAll('[data-draft]')].find(one => one.textContent.includes('写错了的')).dataset.draft";
    let wrong = township.execute(wrong).await.as_str().unwrap().to_owned();
    township.click(&format!("[data-draft='{wrong}']")).await;
    township.expect("#write", "接着写").await;
    township.holds("#notice-title", "写错了的").await;
    township.click("#throw-draft").await;
    township.expect("#throw-draft", "真的不要了").await;
    township.click("#throw-draft").await;
    township.find("#notices").await;
    township.expect("[data-draft]", "国庆期间各村值班").await;
    township.gone("[data-draft]:nth-of-type(2)").await;
    township.click("[data-draft]").await;
    township.click("#look-notice").await;
    township.expect("#look", "值班表.pdf").await;
    township.click("#publish-notice").await;
    township.expect("#notice-counted", "0 个看过").await;
    township.gone("[data-draft]").await;
    township.find("[data-attachment] .save").await;
    township.shoot("township-notice-published").await;
    township.close().await;
    for desk in ["township", "village"] {
        sync(desk, "09:30");
    }
    drop(hub);

    // The village finds it by typing, from wherever it is, and has the file without a line.
    let village = open(county, "village", "09:40").await;
    large(&village, false).await;
    village.find("#home-notices").await;
    village.press(CTRL_K).await;
    village.fill("#palette-search", "gqqj").await;
    village.offers("#palette-found", "国庆期间各村值班").await;
    village.shoot("palette-notice").await;
    village.fill("#palette-search", "村值班").await;
    village.offers("#palette-found", "国庆期间各村值班").await;
    village.press(ENTER).await;
    village.expect("#notice", "电话贴在门口").await;
    village.click("[data-attachment] .save").await;
    village.expect(".notice", "存好了").await;
    village.shoot("village-notice-of-township").await;
    village.click("#to-home").await;
    village.click(".today #to-people").await;
    village.find("[data-person]").await;
    village.shoot("village-people").await;
    village.close().await;
}
