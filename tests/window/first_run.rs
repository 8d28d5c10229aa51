//! A new agent's first morning: enrolled by a code, five minutes of practice by keyboard alone, then the real desk.

use super::*;
use daiban_testkit::files;

const ENTER: &str = "\u{e007}";
const ESC: &str = "\u{e00c}";
const DOWN: &str = "\u{e015}";
const F1: &str = "\u{e031}";
const F2: &str = "\u{e032}";
const CTRL_ENTER: &str = "\u{e009}\u{e007}\u{e000}";

#[tokio::test]
async fn a_new_agent_enrols_practises_and_begins() {
    let _screen = SCREEN.lock().await;
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, port);
    let hub = hub_at(county, port, "09:00");
    let mut code = Command::new(program("daiban-hub"));
    code.args(["code", "--unit", "621099100201", "--role", "AGENT", "--data"]).arg(county.join("hub"));
    let code = run(code.env("DAIBAN_NOW", at("09:00"))).unwrap();

    // A machine of its own: what other windows keep of letters and colours isn't here.
    let (data, keys, home) = (county.join("willow"), county.join("keys"), county.join("home"));
    fs::create_dir_all(&home).unwrap();
    let env = [("DAIBAN_DATA", &*data), ("DAIBAN_KEYS", &*keys), ("HOME", &*home), ("XDG_DATA_HOME", &*home)];
    let window = Window::open(&env, &at("09:05")).await;
    window.find("#hub").await;
    // Help is there before anything else is, and it is about this page.
    window.press(F1).await;
    window.expect("#handbook-page[data-page=first-use]", "登记码").await;
    window.press("回执").await;
    window.find("#handbook nav [data-page=record]").await;
    window.press(ENTER).await;
    window.find("#handbook-page:not([data-page=first-use])").await;
    window.shoot("handbook-search").await;
    window.press(ESC).await;
    window.gone("#handbook").await;

    window.fill("#hub", &hub.url).await;
    window.fill("#code", code["code"].as_str().unwrap()).await;
    window.fill("#device", "柳湾1号本").await;
    window.fill("#user", "赵天佑").await;
    window.fill("#new-password", "geese over the willows").await;
    window.fill("#new-password-again", "geese over the willows").await;
    window.shoot("first-run-enrol").await;
    window.click("#enrol:enabled").await;
    window.find("#offer #tour-begin:focus").await;
    window.shoot("first-run-offer").await;

    // By keyboard from here on. Nothing of this is real, and the window says so.
    window.press(ENTER).await;
    window.expect(".practice", "练习").await;
    window.expect("#coach[data-step='1']", "F2").await;
    window.gone("#no-password").await;
    window.find("#todo li").await;
    window.shoot("practice-home").await;
    window.press(F2).await;
    window.find("#coach[data-step='2']").await;
    window.find("#item-search:focus").await;
    window.press("养老").await;
    window.find("#items [data-item=I002]").await;
    while window.absent("#items [aria-selected=true][data-item=I002]").await {
        window.press(DOWN).await;
    }
    window.press(ENTER).await;
    window.find("#coach[data-step='3']").await;
    window.find("#name:focus").await;
    window.press("马桂英").await;
    window.tab_to("#id-no").await;
    window.press("621099194603120228").await;
    window.find("#coach[data-step='4']").await;
    window.tab_to(".material .tick").await;
    window.press(" ").await;
    window.find("#coach[data-step='5']").await;
    window.shoot("practice-record").await;
    window.press(CTRL_ENTER).await;
    window.find("#coach[data-step='6']").await;
    let case_no = window.attribute("#case-no", "data-case").await;
    window.find("#preview svg [fill='#dbdbdb']").await;
    window.shoot("practice-receipt").await;
    // Left, and found again where it was.
    window.tab_to("#tour-hide").await;
    window.press(ENTER).await;
    window.tab_to("#tour-show").await;
    window.press(ENTER).await;
    window.find("#coach[data-step='6']").await;
    window.tab_to("#open-case").await;
    window.press(ENTER).await;
    window.find("#coach[data-step='7']").await;
    window.tab_to("[data-event=handOver]").await;
    window.press(ENTER).await;
    window.find("#coach[data-step='8']").await;
    window.find(".paper[data-paper=F06] #preview svg").await;
    window.shoot("practice-hand-over").await;
    window.press(ESC).await;
    window.tab_to("#to-sync").await;
    window.press(ENTER).await;
    window.expect("#coach", "退出练习").await;
    window.click("#sync-now").await;
    window.expect("#sync-result", "现在是练习").await;
    window.shoot("practice-sync").await;

    // Every page has its page in the handbook.
    window.press(F1).await;
    window.expect("#handbook-page[data-page=sync]", "U 盘").await;
    // One is there already.
    window.gone("#handbook #practise").await;
    window.shoot("handbook-sync").await;
    window.press(ESC).await;

    // In large letters nothing is lost.
    window.click("#large").await;
    window.shoot("practice-sync-large").await;
    window.press(F1).await;
    window.find("#handbook-page").await;
    window.shoot("handbook-sync-large").await;
    window.press(ESC).await;
    window.press(F2).await;
    window.find("#item-search").await;
    window.shoot("practice-record-large").await;
    window.click("#large").await;

    // Turned to the resident it says, too, that nothing is real; nothing else of the strip is there to be pressed.
    window.click("#to-cases").await;
    window.click(&format!("#cases [data-case=\"{case_no}\"]")).await;
    window.click(&format!(".panel[data-case=\"{case_no}\"] [data-event=withdraw]")).await;
    window.click("#confirm").await;
    window.find(".panel[data-state=WITHDRAWN]").await;
    window.press("\u{e036}").await;
    window.click(&format!("#to-rate [data-case=\"{case_no}\"] button")).await;
    window.find(".practising > #rate-page .faces").await;
    window.expect(".practice", "练习").await;
    window.gone(".practice button").await;
    window.shoot("practice-rating").await;
    window.hold("#rate-staff", std::time::Duration::from_millis(3_600)).await;
    window.find("#practice-leave").await;

    // The real desk: empty, and with its password.
    window.click("#practice-leave").await;
    window.find("#who").await;
    window.expect(".topbar", "柳湾").await;
    window.gone(".practice").await;
    // Nothing practised is real.
    window.gone("#todo li").await;
    window.shoot("first-run-home").await;
    // The same in English.
    window.click("#language").await;
    window.click("#to-sync").await;
    window.expect("#sync-now", "Sync now").await;
    window.shoot("sync-english").await;
    window.click("#who").await;
    window.expect("#users", "Change my password").await;
    window.shoot("users-english").await;
    window.press(ESC).await;
    window.click("#language").await;
    window.click("#to-home").await;
    let held = files(&county.join("willow-practice"));
    assert!(held.iter().any(|file| file.ends_with("village/daiban.db")));
    // Again, from the help: what was practised is there, until it is thrown away.
    window.press(F1).await;
    window.click("#handbook #practise").await;
    window.click("#to-cases").await;
    window.find(&format!("#cases [data-case=\"{case_no}\"]")).await;
    window.click("#practice-anew").await;
    window.find("#todo li").await;
    window.click("#to-cases").await;
    window.find("#cases [data-case]").await;
    window.gone(&format!("#cases [data-case=\"{case_no}\"]")).await;
    window.press("\u{e009}l\u{e000}").await;
    window.expect("#lock-page", "已锁上").await;
    window.press(F1).await;
    window.find("#handbook-page[data-page=devices]").await;
    window.close().await;
    drop(hub);
}
