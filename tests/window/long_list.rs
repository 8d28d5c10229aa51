//! A list that is longer than the screen: gone through, sorted, sized, searched, without a mouse.

use super::*;
use daiban_contract::act::Record;
use daiban_contract::view::{Applicant, MaterialCount};
use daiban_desk::{Desk, Place};

const MANY: usize = 180;

/// A village that has recorded so many requests, of as many people.
fn recorded(county: &Path) {
    let desk = Desk::open(Place {
        data: county.join("village"),
        keys: county.join("keys"),
        user: None,
        password: None,
    })
    .unwrap();
    for n in 0..MANY {
        let material = |code: &str| MaterialCount { material_code: code.to_owned(), originals: 1, copies: 1 };
        let request = Record {
            item_id: "I002".to_owned(),
            applicant: Applicant {
                name: format!("罗{}", ["秀珍", "满仓", "存善", "银娃", "得福"][n % 5]),
                phone: format!("139{:08}", 10_000_000 + n),
                address: format!("上塬村二组{n}号"),
                ..Applicant::default()
            },
            materials: ["APP", "ID", "CARD", "PROXY"].map(material).to_vec(),
            ..Record::default()
        };
        let clock = format!("2026-09-{:02}T{:02}:{:02}:00+08:00", 1 + n / 10, 9 + n % 8, n % 60);
        desk.record(request, instant(&clock)).unwrap();
    }
}

async fn number(window: &Window, script: &str) -> f64 {
    window.execute(&format!("return {script}")).await.as_f64().unwrap()
}

#[tokio::test]
async fn a_long_list_is_gone_through_by_keys() {
    let _screen = SCREEN.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, free_port());
    recorded(county);
    // What is kept of looks and columns is this window's alone.
    let (data, keys, home) = (county.join("village"), county.join("keys"), county.join("home"));
    fs::create_dir_all(&home).unwrap();
    let env = [
        ("DAIBAN_DATA", &*data),
        ("DAIBAN_KEYS", &*keys),
        ("XDG_DATA_HOME", &*home),
        ("XDG_CACHE_HOME", &*home),
    ];
    let village = Window::open(&env, &at("09:00")).await;
    village.click("#as-shown").await;
    village.click("#to-cases").await;
    village.expect("#total", &format!("{MANY} 件")).await;
    let row = |at: usize| format!("#cases [data-case][aria-rowindex='{}']", at + 2);
    let marked = |at: usize| format!("{}[aria-selected=true]", row(at));
    village.find(&marked(0)).await;
    village.find("#list:focus").await;
    // Only what is near is there.
    let drawn = "document.querySelectorAll('#cases [role=row]').length";
    assert!(number(&village, drawn).await < 80.0);
    let (down, end, home, page_down) = ("\u{e015}", "\u{e010}", "\u{e011}", "\u{e00f}");
    village.press(down).await;
    village.find(&marked(1)).await;
    village.press(page_down).await;
    village.find("#cases [aria-selected=true]:not([aria-rowindex='3'])").await;
    village.press(end).await;
    village.find(&marked(MANY - 1)).await;
    village
        .find(&format!(".panel[data-case='{}']", village.attribute(&marked(MANY - 1), "data-case").await))
        .await;
    let oldest = village.attribute(&marked(MANY - 1), "data-case").await;
    assert!(oldest.contains("20260901"), "{oldest}");
    assert!(number(&village, drawn).await < 80.0);
    village.shoot("list-end").await;
    // There and back again: the mark is where it was.
    village.press("o").await;
    village.find(&format!(".page.case[data-case='{oldest}']")).await;
    village.press("\u{e00c}").await;
    village.find(&marked(MANY - 1)).await;
    village.press(home).await;
    village.find(&marked(0)).await;

    // Turned by the header, by keys: the oldest first, and then by their terms.
    village.execute("document.querySelector('[data-column=registered]').focus()").await;
    village.press("\u{e007}").await;
    village.find("[data-column=registered][aria-sort=ascending]").await;
    village.find(&format!("#cases [data-case='{oldest}'][aria-rowindex='2']")).await;
    village.shoot("list-oldest").await;
    village.press("\u{e011}").await;
    village.click("[data-column=due]").await;
    village.find("[data-column=due][aria-sort=ascending]").await;
    village.click("[data-column=due]").await;
    village.find("[data-column=registered][aria-sort=descending]").await;

    // Wider by keys, moved by keys, and found so again.
    let width = "document.querySelector('[data-column=applicant]').offsetWidth";
    let before = number(&village, width).await;
    village.execute("document.querySelector('[data-column=applicant]').focus()").await;
    for _ in 0..3 {
        village.press("\u{e008}\u{e014}\u{e000}").await;
    }
    assert!(number(&village, width).await > before + 20.0);
    village.press("\u{e009}\u{e008}\u{e012}\u{e000}").await;
    village.find(".header > [data-column=applicant]:first-child").await;
    village.shoot("list-columns").await;
    village.reload().await;
    village.click("#to-cases").await;
    village.find(".header > [data-column=applicant]:first-child").await;
    assert!(number(&village, width).await > before + 20.0);
    village.click("#large").await;
    village.shoot("list-large").await;
    village.click("#large").await;

    // Everything by typing it.
    village.press("\u{e009}k\u{e000}").await;
    village.find("#palette-search:focus").await;
    village.shoot("palette").await;
    village.press("13910000007").await;
    // The driver reads no text that may be cut off: by what names it.
    village.find("#palette-found [aria-selected=true][data-choice^='621099100200-20260901-A1-0008']").await;
    village.shoot("palette-found").await;
    village.fill("#palette-search", "yl").await;
    village.find("#palette-found [role=group] [data-choice^=I0]").await;
    village.shoot("palette-items").await;
    village.fill("#palette-search", "tb").await;
    village.find("#palette-found [aria-selected=true][data-choice^='同步']").await;
    village.press("\u{e007}").await;
    village.find("#sync-now").await;
    village.gone("#palette").await;
    village.close().await;
}
