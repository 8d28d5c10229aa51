//! Nobody is kept out: axe-core goes over every page of the three desks and over all widgets, in light, in dark and in large text.

use super::*;

/// Each look, and the class of the page's root that it is.
const LOOKS: [(&str, &str); 3] = [("light", ""), ("dark", "dark"), ("large", "large")];

/// What is found in a window as it is, in every look. It is left as it was.
async fn barriers(window: &Window, page: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (look, class) in LOOKS {
        window.execute(&format!("document.documentElement.className = '{class}'")).await;
        let here = window.barriers().await;
        if look != "light" && here.is_empty() {
            window.shoot(&format!("accessible-{page}-{look}")).await;
        }
        found.extend(here.into_iter().map(|barrier| format!("{page}, {look}: {barrier}")));
    }
    window.execute("document.documentElement.className = ''").await;
    found
}

#[tokio::test]
async fn no_page_keeps_anybody_out() {
    let _screen = SCREEN.lock().await;
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, port);
    earlier_work(county, port);
    let mut found = Vec::new();

    let village = open(county, "village", "09:00").await;
    village.find("#record").await;
    found.extend(barriers(&village, "village-home").await);
    village.click("#to-cases").await;
    village.find(".panel[data-case]").await;
    found.extend(barriers(&village, "village-cases").await);
    village.click("#open-case").await;
    village.find(".page.case[data-case]").await;
    found.extend(barriers(&village, "village-case").await);
    for (to, there, page) in
        [("#to-items", "[data-item=I016]", "items"), ("#to-sync", "#hub", "village-sync")]
    {
        village.click(to).await;
        village.find(there).await;
        found.extend(barriers(&village, page).await);
    }
    village.press("\u{e033}").await;
    village.find("#going [data-goes]").await;
    found.extend(barriers(&village, "village-hand-over").await);
    village.click("#where-originals").await;
    village.find("#originals [data-case]").await;
    found.extend(barriers(&village, "originals").await);
    village.press("\u{e032}").await;
    village.click("[data-item=I002]").await;
    village.find("#field-paidYears").await;
    found.extend(barriers(&village, "village-record").await);
    village.close().await;

    let township = open(county, "township", "09:30").await;
    township.find("#to-intake").await;
    found.extend(barriers(&township, "township-home").await);
    for (to, there, page) in [
        ("#to-intake", "#list", "intake"),
        ("#to-all", ".panel[data-case]", "township-cases"),
        ("#to-batches", ".page.hand-over", "township-hand-over"),
        ("#to-merge", ".page.merge", "merge"),
        ("#to-overview", ".page.overview", "overview"),
        ("#to-devices", ".page.devices", "devices"),
        ("#to-audit", ".page.audit", "audit"),
        ("#to-matters", ".page.matters", "matters"),
        ("#to-notices", ".page.notices", "notices"),
        ("#to-residents", ".page.residents", "residents"),
        ("#to-prints", ".page.printing", "prints"),
        ("#to-calendar", ".page.calendar", "calendar-page"),
        ("#to-sync", "#sync-now", "township-sync"),
    ] {
        township.click(to).await;
        township.find(there).await;
        found.extend(barriers(&township, page).await);
    }
    township.press("\u{e031}").await;
    township.find("#handbook").await;
    found.extend(barriers(&township, "help").await);
    township.press("\u{e00c}").await;
    township.click("#who").await;
    township.find("#users").await;
    found.extend(barriers(&township, "users").await);
    township.close().await;

    let top = open(county, "county", "10:00").await;
    top.find("#to-all").await;
    found.extend(barriers(&top, "county-home").await);
    for (to, there, page) in [
        ("#to-merge", ".page.merge", "county-merge"),
        ("#to-catalogue", ".page.catalogue", "catalogue"),
        ("#to-notices", "#write-notice", "county-notices"),
        ("#write-notice", "#write", "notice-write"),
    ] {
        top.click(to).await;
        top.find(there).await;
        found.extend(barriers(&top, page).await);
    }
    top.close().await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn no_widget_keeps_anybody_out() {
    let _screen = SCREEN.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    super::found(county, free_port());
    let (data, keys) = (county.join("township"), county.join("keys"));
    let env = [("DAIBAN_DATA", &*data), ("DAIBAN_KEYS", &*keys), ("DAIBAN_PAGE", Path::new("gallery"))];
    let gallery = Window::open(&env, &at("09:00")).await;
    gallery.click("#as-shown").await;
    gallery.find("#gallery").await;
    gallery.find("#g-rows [role=row]").await;
    gallery.shoot("gallery").await;
    let mut found = barriers(&gallery, "gallery").await;
    gallery.click("#g-day-open").await;
    gallery.find("#g-day-calendar [data-day='2026-10-01']:not(.due), #g-day-calendar .off").await;
    gallery.shoot("gallery-calendar").await;
    found.extend(barriers(&gallery, "calendar").await);
    gallery.press("\u{e00c}").await;
    gallery.fill("#g-unit", "sy").await;
    gallery.find("#g-unit-list [role=option]").await;
    gallery.shoot("gallery-units").await;
    found.extend(barriers(&gallery, "units").await);
    gallery.press("\u{e00c}").await;
    // A dialog keeps the focus and gives it back.
    gallery.click("#g-dialog-open").await;
    gallery.find("#g-dialog :focus").await;
    for _ in 0..5 {
        gallery.press("\u{e004}").await;
        gallery.find("#g-dialog :focus").await;
    }
    found.extend(barriers(&gallery, "dialog").await);
    gallery.shoot("gallery-dialog").await;
    gallery.press("\u{e00c}").await;
    gallery.find("#g-dialog-open:focus").await;
    gallery.gone("#g-dialog").await;
    gallery.click("#g-sheet-open").await;
    gallery.find("#g-sheet-close:focus").await;
    found.extend(barriers(&gallery, "sheet").await);
    gallery.shoot("gallery-sheet").await;
    gallery.click("#g-sheet-close").await;
    gallery.find("#g-sheet-open:focus").await;
    // The list of what was brought goes by its keys alone.
    gallery.execute("document.querySelector('[data-material=ID] .tick').focus()").await;
    gallery.press("\u{e015} ").await;
    gallery.find("[data-material=APP] .tick[aria-checked=true]:focus").await;
    gallery.press("\u{e015}3").await;
    gallery.find("[data-material=CARD] .tick[aria-checked=true]:focus").await;
    gallery.holds("[data-material=CARD] .number:last-child .count", "3").await;
    gallery.fill("#g-person", "zzz").await;
    gallery.expect(".person-picker .none", "没有这个人").await;
    gallery.shoot("gallery-lists").await;
    gallery.press("\u{e00c}").await;
    // Esc empties it and leads nowhere.
    gallery.gone(".person-picker .none").await;
    gallery.execute("document.querySelector('#g-undo').scrollIntoView({block: 'center'})").await;
    gallery.click("#g-undo").await;
    gallery.find("#undo").await;
    gallery.shoot("gallery-undo").await;
    found.extend(barriers(&gallery, "undo").await);
    gallery.press("\u{e009}z\u{e000}").await;
    gallery.expect(".notice.done", "撤销了").await;
    gallery.close().await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}
