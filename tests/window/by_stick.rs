//! A machine that no line reaches: it is enrolled by two files, backed up, tells a technician how it is, and another goes on in its place.

use super::*;

#[tokio::test]
async fn a_machine_without_a_line_is_enrolled_backed_up_and_replaced_by_stick() {
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

    // The machine is broken; another one goes on from the stick.
    let (data, keys) = (county.join("again"), county.join("keys-again"));
    let again = Window::open(&[("DAIBAN_DATA", &*data), ("DAIBAN_KEYS", &*keys)], &at("09:30")).await;
    again.click("#by-backup").await;
    again.fill("#restore-path", &county.join("willow").display().to_string()).await;
    again.click("#restore").await;
    again.expect(".enrol .doubt-box", "备份").await;
    again.fill("#restore-path", &stick.display().to_string()).await;
    again.shoot("first-start-restore").await;
    again.click("#restore").await;
    again.expect("#restored", "恢复好了：9月28日 09:00 的备份").await;
    again.shoot("first-start-restored").await;
    again.click("#open-restored").await;
    again.fill("#password", "geese over the willows").await;
    again.press("\u{e007}").await;
    again.expect("#who", "赵天佑").await;
    again.close().await;
    let mut verify = daiban(county, "again");
    verify.env("DAIBAN_KEYS", &keys).env("DAIBAN_PASSWORD", "geese over the willows");
    assert_eq!(run(verify.arg("verify")).unwrap()["ok"], true);
}
