//! A machine that no line reaches: it is enrolled by two files, backed up, and tells a technician how it is.

use super::*;

#[tokio::test]
async fn a_machine_without_a_line_is_enrolled_and_backed_up_by_stick() {
    let _screen = SCREEN.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, free_port());
    let stick = county.join("stick");
    fs::create_dir_all(&stick).unwrap();
    let hub = |arguments: &[&str]| {
        let mut hub = Command::new(program("daiban-hub"));
        hub.args(arguments).arg("--data").arg(county.join("hub")).env("DAIBAN_NOW", at("09:00"));
        run(&mut hub).unwrap()
    };
    let issued = hub(&["code", "--unit", "621099100201"]);

    let willow = open(county, "willow", "09:00").await;
    willow.click("#by-stick").await;
    willow.fill("#code", issued["code"].as_str().unwrap()).await;
    willow.fill("#device", "柳湾1号本").await;
    willow.fill("#user", "赵天佑").await;
    willow.fill("#ask-path", &stick.join("willow.ask").display().to_string()).await;
    willow.click("#ask").await;
    willow.find("#ask-result[data-done]").await;
    willow.shoot("first-start-asked").await;

    let asked = stick.join("willow.ask").display().to_string();
    let answer = stick.join("willow.answer").display().to_string();
    hub(&["admit", &asked, "-o", &answer, "--address", "https://10.0.0.5:7621"]);

    willow.click("#has-answer").await;
    willow.fill("#answer-path", &answer).await;
    willow.fill("#new-password", "geese over the willows").await;
    willow.fill("#new-password-again", "geese over the willows").await;
    willow.shoot("first-start-answered").await;
    willow.click("#finish").await;
    willow.click("#tour-later").await;
    willow.expect("#who", "赵天佑").await;

    willow.click("#to-sync").await;
    willow.expect(".stations", "还没连过").await;
    willow.fill("#backup-folder", &stick.display().to_string()).await;
    willow.click("#backup-now").await;
    willow.expect("#backup-result", "读回来核对过").await;
    willow.shoot("village-backed-up").await;
    willow.press("\u{e039}").await;
    willow.expect(".notice.done", "给技术人员的文件存好了").await;
    willow.shoot("village-support").await;
    willow.close().await;

    let mut restore = daiban(county, "again");
    restore.arg("restore").arg(&stick);
    run(&mut restore).unwrap();
    let mut verify = daiban(county, "again");
    assert_eq!(
        run(verify.arg("verify").env("DAIBAN_PASSWORD", "geese over the willows")).unwrap()["ok"],
        true
    );
}
