//! 代班: two at one township's window; one is away for some days and the other stands in.

use super::*;

#[tokio::test]
async fn somebody_stands_in_for_a_colleague() {
    let _screen = SCREEN.lock().await;
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, port);
    say_day(county, "township", "07:30");
    let hub = hub_at(county, port, "08:00");
    let mut code = Command::new(program("daiban-hub"));
    code.args(["code", "--unit", "621099100000", "--role", "INTAKE", "--data"]).arg(county.join("hub"));
    let code = run(code.env("DAIBAN_NOW", at("08:00"))).unwrap();
    let mut second = daiban(county, "second");
    second.args(["enrol", "--hub", &hub.url, "--code", code["code"].as_str().unwrap()]);
    second.args(["--device", "清源2号机", "--user", "赵敏"]).env("DAIBAN_PASSWORD", "geese over the willows");
    run(second.env("DAIBAN_NOW", at("08:00"))).unwrap();
    run(daiban(county, "township").arg("sync").env("DAIBAN_NOW", at("08:10"))).unwrap();
    drop(hub);

    let township = open(county, "township", "08:30").await;
    township.click("#to-people").await;
    township.expect(".standing-in", "现在没有人代班").await;
    township.find("#keep-delegation[disabled]").await;
    // By keys alone: who is away, then who is left.
    township.fill("#away", "王").await;
    township.offers("#away-list", "王建国").await;
    township.press("\u{e007}").await;
    township.click("#instead").await;
    township.offers("#instead-list", "赵敏").await;
    township.shoot("standing-in-choose").await;
    assert!(
        township.absent("#instead-list [role=option]:nth-of-type(2)").await,
        "nobody stands in for themselves"
    );
    township.press("\u{e015}\u{e007}").await;
    township.fill("#away-until", "1009").await;
    township.fill("#away-reason", "年休假").await;
    township.click("#keep-delegation:enabled").await;
    township.expect("[data-delegation]", "王建国").await;
    township.expect("[data-delegation]", "赵敏").await;
    township.expect("[data-delegation] .chip", "正在代").await;
    township.holds("#away", "").await;
    township.holds("#away-until", "").await;
    township.shoot("standing-in").await;
    township.click("#large").await;
    township.shoot("standing-in-large").await;
    township.click("#large").await;
    assert_eq!(township.barriers().await, [""; 0]);
    township.click("[data-delegation] button").await;
    township.find("[data-delegation]").await;
    township.expect(".notice", "代班存下了").await;
    township.close().await;
    let all =
        run(daiban(county, "township").args(["delegation", "list"]).env("DAIBAN_NOW", at("09:00"))).unwrap();
    let one = &all[0];
    assert_eq!((&one["until"], &one["reason"]), (&json!("2026-09-28"), &json!("年休假")), "{all}");
}
