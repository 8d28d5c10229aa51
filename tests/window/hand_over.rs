//! Papers go to the township, are counted there, and both sides see where they are.

use super::{
    papers::{PEOPLE, recorded},
    *,
};

const ENTER_WITH_CTRL: &str = "\u{e009}\u{e007}\u{e000}";
const ESC: &str = "\u{e00c}";
const F1: &str = "\u{e031}";
const F3: &str = "\u{e033}";
const UP: &str = "\u{e013}";

async fn with_large_text(window: &Window, name: &str) {
    window.click("#large").await;
    window.shoot(name).await;
    window.click("#large").await;
}

/// Gives which case stayed behind.
async fn handed_over(village: &Window) -> String {
    village.find("#record").await;
    village.press(F3).await;
    village.expect("#confirm-hand-over", "移交 3 件").await;
    village.find("#confirm-hand-over:focus").await;
    // One stays behind: by the keys alone.
    village.press("\u{e008}\u{e004}\u{e000}").await;
    village.press(UP).await;
    village.press(" ").await;
    village.expect("#confirm-hand-over", "移交 2 件").await;
    let left = village.attribute("#going input:not(:checked)", "value").await;
    village.shoot("village-hand-over-choose").await;
    village.press(ENTER_WITH_CTRL).await;
    village.find("#forms [data-due=F06] input:checked").await;
    village.press(ESC).await;
    village.expect("#batches [aria-current]", "路上 2 件").await;
    village.expect("#confirm-hand-over", "移交 1 件").await;
    village.find(".panel[data-batch] [data-line] .chip.mark").await;
    village.shoot("village-hand-over-page").await;
    with_large_text(village, "village-hand-over-page-large").await;

    village.click("#where-originals").await;
    village.find("#originals [data-place=TO_TOWNSHIP]").await;
    village.expect("#total", "3 件").await;
    village.shoot("village-originals").await;
    with_large_text(village, "village-originals-large").await;
    village.click("[data-place=VILLAGE][aria-pressed]").await;
    village.expect("#total", "1 件").await;
    village.find("#how-long").await.select_by_value("7").await.unwrap();
    village.expect("#total", "0 件").await;
    village.press(F1).await;
    village.expect("#handbook-page[data-page=originals] h2", "原件在哪里").await;
    village.press(ESC).await;
    left
}

async fn counted(township: &Window, short: &str, absent: &str) {
    township.find("#to-batches").await;
    township.press(F3).await;
    township.find("#batches [aria-current]:focus").await;
    township.expect("#receive-batch", "收下 2 件").await;
    let line = |case_no: &str| format!("[data-line=\"{case_no}\"]");
    // Of one there is a copy too few, the other's papers aren't in the bag.
    township.fill(&format!("{} [data-material=ID] .number:last-child .count", line(short)), "0").await;
    township.shoot("township-batch-count").await;
    with_large_text(township, "township-batch-count-large").await;
    township.click(&format!("{} header input", line(absent))).await;
    township.expect("#receive-batch", "收下 1 件").await;
    township.click("#receive-batch").await;
    township.expect(&format!("{} .chip.doubt", line(short)), "数得不一样").await;
    township.expect(&format!("{} [data-material=ID] .differs", line(short)), "原 1 复 0").await;
    township.expect("#batches [aria-current]", "路上 1 件").await;
    township.expect("#batches [aria-current]", "1 件数得不一样").await;
    township.shoot("township-batch-counted").await;
    township.click("#where-originals").await;
    township.find("#originals [data-place=TOWNSHIP]").await;
    township.click("[data-place=TOWNSHIP][aria-pressed]").await;
    township.expect("#total", "1 件").await;
    township.shoot("township-originals").await;
}

#[tokio::test]
async fn papers_are_handed_over_counted_and_found_again() {
    let _screen = SCREEN.lock().await;
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, port);
    let cases = recorded(county, "village", &PEOPLE);
    let village = open(county, "village", "09:00").await;
    let left = handed_over(&village).await;
    village.close().await;
    let hub = hub_at(county, port, "09:30");
    for desk in ["village", "township"] {
        run(daiban(county, desk).arg("sync").env("DAIBAN_NOW", at("09:30"))).unwrap();
    }
    drop(hub);
    let township = open(county, "township", "10:00").await;
    let went: Vec<&String> = cases.iter().filter(|case_no| **case_no != left).collect();
    counted(&township, went[0], went[1]).await;
    township.close().await;
}
