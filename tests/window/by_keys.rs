//! The whole main job without a mouse: nothing here is clicked.

use super::*;

const ENTER: &str = "\u{e007}";
const ESC: &str = "\u{e00c}";
const DOWN: &str = "\u{e015}";
const F2: &str = "\u{e032}";
const CTRL_ENTER: &str = "\u{e009}\u{e007}\u{e000}";
const CTRL_K: &str = "\u{e009}k\u{e000}";

/// Chooses what a few letters in the palette find.
pub(crate) async fn choose(window: &Window, letters: &str, choice: &str) {
    window.press(CTRL_K).await;
    window.find("#palette-search:focus").await;
    window.press(letters).await;
    let choice = format!("#palette [data-choice='{choice}']");
    window.find(&choice).await;
    while window.absent(&format!("{choice}[aria-selected=true]")).await {
        window.press(DOWN).await;
    }
    window.press(ENTER).await;
}

async fn exchange(window: &Window) {
    choose(window, "tb", "同步、U 盘、备份").await;
    window.tab_to("#sync-now").await;
    window.press(ENTER).await;
    window.find("#sync-result[data-done]").await;
    window.find("#pending[data-pending='0']").await;
}

/// Down the list until a case is marked, and into what is offered for it.
pub(crate) async fn into(window: &Window, case_no: &str) {
    let marked = format!("#cases [data-case=\"{case_no}\"][aria-selected=true]");
    window.find(&format!("#cases [data-case=\"{case_no}\"]")).await;
    for _ in 0..20 {
        if !window.absent(&marked).await {
            break;
        }
        window.press(DOWN).await;
    }
    window.find(&marked).await;
    window.press(ENTER).await;
}

#[tokio::test]
async fn the_main_job_is_done_by_keys_alone() {
    let _screen = SCREEN.lock().await;
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, port);
    earlier_work(county, port);

    // The village records it and hands it over.
    let hub = hub_at(county, port, "09:30");
    let village = open(county, "village", "09:30").await;
    village.find(".page.home").await;
    village.press(F2).await;
    village.find("#item-search:focus").await;
    village.press("养老").await;
    village.find("#items [data-item=I002]").await;
    while village.absent("#items [aria-selected=true][data-item=I002]").await {
        village.press(DOWN).await;
    }
    village.press(ENTER).await;
    village.find("#name:focus").await;
    village.press("马桂英").await;
    for (field, text) in [
        ("#id-no", "621099194603120228"),
        ("#phone", "13912345678"),
        ("#address", "上塬村三组17号"),
        ("#field-paidYears", "15"),
        ("#field-bankAccount", "6217000000000000012"),
    ] {
        village.tab_to(field).await;
        village.press(text).await;
    }
    village.tab_to(".material .tick").await;
    for _ in 0..4 {
        village.press(" ").await;
        village.press(DOWN).await;
    }
    village.press(CTRL_ENTER).await;
    let case_no = village.attribute("#case-no", "data-case").await;
    village.find("#preview svg").await;
    village.tab_to("#open-case").await;
    village.press(ENTER).await;
    village.find(".offers .primary[data-event=handOver]:focus").await;
    village.press(ENTER).await;
    village.find(".paper[data-paper=F06] #preview svg").await;
    village.press(ESC).await;
    // Nothing is left to do here: back is where one wants to go.
    village.find("#back:focus").await;
    exchange(&village).await;
    village.shoot("by-keys-village").await;
    village.close().await;
    drop(hub);

    // The township receives, accepts, and has the notice.
    let hub = hub_at(county, port, "10:00");
    let township = open(county, "township", "10:00").await;
    township.find(".page.home").await;
    exchange(&township).await;
    choose(&township, "sl", "受理").await;
    into(&township, &case_no).await;
    township.find(".panel .primary[data-event=receive]:focus").await;
    township.press(ENTER).await;
    township.find(".panel[data-state=RECEIVED] [data-event=accept]").await;
    township.press("o").await;
    township.find(".page.case .primary[data-event=accept]:focus").await;
    township.press(ENTER).await;
    township.find(".paper[data-paper=F02] #preview svg").await;
    township.find("#save-form:focus").await;
    township.press(ENTER).await;
    let file = township.text("#saved-file").await;
    assert!(pdf_text(&file).contains("马桂英"), "{file}");
    township.shoot("by-keys-township").await;
    township.press(ESC).await;
    // On to the next step, and the one after it, by Enter alone.
    township.find(".page.case .primary[data-event=startReview]:focus").await;
    township.shoot("by-keys-next-step").await;
    township.press(ENTER).await;
    township.find(".page.case[data-state=IN_REVIEW] .primary[data-event=propose]:focus").await;
    exchange(&township).await;
    township.close().await;
    drop(hub);

    // The county finds it by the initials of the name.
    let hub = hub_at(county, port, "11:00");
    let top = open(county, "county", "11:00").await;
    top.find(".page.overview").await;
    exchange(&top).await;
    choose(&top, "mgy", &case_no).await;
    top.find(".page.case[data-state=IN_REVIEW]").await;
    top.shoot("by-keys-county").await;
    top.close().await;
    drop(hub);
}
