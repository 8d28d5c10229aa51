//! The county's tour: settling what two wrote otherwise, looking who is silent, publishing a notice. Nothing of it is real.

use super::*;

#[tokio::test]
async fn a_county_officer_practises_before_anything_is_enrolled() {
    let _screen = SCREEN.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    let (data, keys, home) = (county.join("officer"), county.join("keys"), county.join("home"));
    fs::create_dir_all(&home).unwrap();
    let env = [("DAIBAN_DATA", &*data), ("DAIBAN_KEYS", &*keys), ("HOME", &*home), ("XDG_DATA_HOME", &*home)];
    let window = Window::open(&env, &at("09:05")).await;
    window.find("#practise-county").await;
    window.shoot("first-start-practise-county").await;
    window.click("#practise-county").await;
    window.expect("#coach[data-step='1']", "合并").await;
    window.shoot("practice-county").await;
    window.click("#to-merge").await;
    window.expect("#coach[data-step='2']", "电话有两个").await;
    window.find("#compare").await;
    window.shoot("practice-county-merge").await;
    window.press("1").await;
    window.find("#settle:enabled").await;
    window.click("#settle").await;
    window.expect("#coach[data-step='3']", "总览").await;
    window.click("#to-home").await;
    window.expect("#coach[data-step='4']", "上次收到").await;
    window.find("#units [role=row]").await;
    window.shoot("practice-county-overview").await;
    window.click("#to-notices").await;
    window.expect("#coach[data-step='5']", "写一条").await;
    window.click("#write-notice").await;
    window.fill("#notice-title", "国庆期间值班").await;
    window.compose("#notice-text", "每天留一个人值班，电话贴在门口。").await;
    window.click("#large").await;
    window.shoot("practice-county-write-large").await;
    window.click("#large").await;
    window.click("#look-notice").await;
    window.click("#publish-notice").await;
    window.expect("#coach", "退出练习").await;
    window.shoot("practice-county-learnt").await;
    window.close().await;
}
