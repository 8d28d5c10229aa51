//! The village's laptop is stolen.

use super::*;

/// The village's laptop is stolen: the township revokes it, and it shows nothing any more once it goes on line.
#[tokio::test]
async fn a_stolen_laptop_is_revoked() {
    let _screen = SCREEN.lock().await;
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, port);
    earlier_work(county, port);

    let hub = hub_at(county, port, "08:00");
    let township = open(county, "township", "08:00").await;
    township.click("#to-devices").await;
    township.click("[data-device]:has(.toggle) .toggle").await;
    township.expect(".breach", "存有").await;
    township.fill("#since", "昨天").await;
    township.expect(".revoke .wrong", "看不懂这个时间").await;
    township.fill("#since", "9-27 18:00").await;
    township.shoot("township-revoke").await;
    township.click(".confirm-revoke").await;
    township.expect(".confirm-revoke", "确定注销").await;
    township.click(".confirm-revoke").await;
    township.expect(".devices .doubt-box", "注销。原因：被盗").await;
    township.click("#to-sync").await;
    township.click("#sync-now").await;
    township.find("#sync-result[data-done]").await;
    township.find("#sync-result[data-done]").await;
    township.close().await;
    drop(hub);

    // Whoever has it records something, and goes on line.
    let mut record = daiban(county, "village");
    record.args(["record", "-"]).env("DAIBAN_NOW", "2026-09-28T08:30:00+08:00");
    let request = json!({"itemId": "I002", "applicant": {"name": "罗秀珍", "idNo": "621099195508082563"}});
    let recorded = run_with(&mut record, &request.to_string()).unwrap();
    let case_no = recorded["caseNo"].as_str().unwrap();
    let hub = hub_at(county, port, "09:00");
    let village = open(county, "village", "09:00").await;
    village.click("#to-sync").await;
    village.click("#sync-now").await;
    village.expect(".enrol", "这台电脑已被注销").await;
    village.gone("#to-cases").await;
    village.shoot("village-revoked").await;
    village.close().await;
    let village = open(county, "village", "09:05").await;
    village.expect(".enrol", "这台电脑已被注销").await;
    village.close().await;

    // What it brought waits at the township for somebody to say what it is.
    let township = open(county, "township", "09:10").await;
    township.click("#to-sync").await;
    township.click("#sync-now").await;
    township.find("#sync-result[data-done]").await;
    township.click("#to-devices").await;
    let held = format!("[data-held=\"{case_no}\"]");
    township.expect(&held, "别处没有的，等审核").await;
    township.shoot("township-held").await;
    township.click(&format!("{held} .accept")).await;
    township.expect(&held, "已采用").await;
    township.click("#to-all").await;
    township.find(&format!("#cases [data-case=\"{case_no}\"]")).await;

    // Whoever answers for the centre sees who did what, and that it stands as it was signed for.
    township.click("#to-audit").await;
    township.expect("#audit [data-what=revoke]", "被盗").await;
    township.click("#audit-verify").await;
    township.find("#audit-verified[data-ok=true]").await;
    township.shoot("township-audit").await;
    township.fill("#audit-case", case_no).await;
    township.press("\u{e007}").await;
    township.expect("#audit-says", case_no).await;
    township.find("#audit .chip.doubt").await;
    township.shoot("township-audit-case").await;
    township.click("#large").await;
    township.shoot("township-audit-large").await;
    township.click("#large").await;
    township.click("#audit-all").await;
    township.find("#audit [data-what=revoke]").await;
    township.close().await;
    drop(hub);
}
