//! After the village election: a new agent, at a laptop of their own, takes over every open case and what lies in the drawer.

use super::{
    papers::{PEOPLE, recorded},
    *,
};

#[tokio::test]
async fn a_new_agent_takes_over_the_open_cases() {
    let _screen = SCREEN.lock().await;
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, port);
    // One of three is on its way to the township, the papers of two lie in the drawer.
    let cases = recorded(county, "village", &PEOPLE);
    run(daiban(county, "village").args(["act", &cases[0], "handOver"]).env("DAIBAN_NOW", at("08:40")))
        .unwrap();
    let hub = hub_at(county, port, "09:00");
    let sync = |desk: &str, clock: &str| {
        run(daiban(county, desk).arg("sync").env("DAIBAN_NOW", at(clock))).unwrap();
    };
    sync("village", "09:00");

    // The county has given a code; the new agent enrols a laptop with it.
    let mut code = Command::new(program("daiban-hub"));
    code.args(["code", "--unit", "621099100200", "--role", "AGENT", "--data"]).arg(county.join("hub"));
    let code = run(code.env("DAIBAN_NOW", at("09:00"))).unwrap();
    let new = open(county, "new", "09:05").await;
    for (field, text) in [
        ("#hub", &*hub.url),
        ("#code", code["code"].as_str().unwrap()),
        ("#device", "上塬2号本"),
        ("#user", "赵敏"),
        ("#new-password", "geese over the willows"),
        ("#new-password-again", "geese over the willows"),
    ] {
        new.fill(field, text).await;
    }
    new.click("#enrol:enabled").await;
    new.click("#tour-later").await;
    new.click("#to-cases").await;
    new.expect("#total", "3").await;
    new.close().await;
    sync("township", "09:10");

    // The township's head gives everything to her.
    let township = open(county, "township", "09:15").await;
    township.click("#to-people").await;
    township.find("[data-person]").await;
    township.shoot("township-people").await;
    township.fill("#people-name", "赵敏").await;
    township.click("[data-person] .toggle").await;
    township.click(".give-over").await;
    township.expect(".give-over", "确定都交给这个人").await;
    township.click(".give-over").await;
    township.find(".given[data-cases='3']").await;
    township.expect(".given", "3 个在办件交给赵敏").await;
    township.expect(".given tbody tr:last-child", "李秀兰").await;
    township.shoot("township-people-given").await;
    township.click("#print-given").await;
    township.find("[data-paper=given] #preview svg").await;
    township.click("#save-form").await;
    township.expect("#saved-file", "代办交接清单").await;
    township.shoot("township-people-list").await;
    township.press("\u{e00c}").await;
    township.click("#large").await;
    township.shoot("township-people-given-large").await;
    township.click("#large").await;
    // The old agent can only read from now on.
    township.fill("#people-name", "李秀兰").await;
    township.click("[data-person] .toggle").await;
    for role in ["AGENT", "VILLAGE_HEAD"] {
        township.click(&format!(".roles [value={role}]:checked")).await;
    }
    township.click(".keep-roles").await;
    township.expect("[data-person]", "没有岗位，只能看").await;
    township.shoot("township-people-left").await;
    township.close().await;
    sync("township", "09:20");
    sync("village", "09:25");

    // She goes on where the other was; he is offered nothing.
    let new = open(county, "new", "09:30").await;
    new.fill("#password", "geese over the willows").await;
    new.press("\u{e007}").await;
    new.click("#to-sync").await;
    new.click("#sync-now").await;
    new.find("#sync-result[data-done]").await;
    new.click("#to-cases").await;
    new.click(&format!("#cases [data-case=\"{}\"]", cases[1])).await;
    new.click("#open-case").await;
    new.expect(".page.case .story", "李秀兰 → 赵敏").await;
    new.shoot("village-taken-over").await;
    new.click("[data-event=handOver]").await;
    new.find(".paper[data-paper=F06] #preview svg").await;
    new.close().await;
    let old = open(county, "village", "09:35").await;
    old.click("#to-cases").await;
    old.click(&format!("#cases [data-case=\"{}\"]", cases[2])).await;
    old.expect(".panel", "已登记").await;
    // Nothing to act on.
    old.gone(".panel [data-event]:enabled").await;
    old.shoot("village-left").await;
    old.close().await;
    drop(hub);
}
