//! A password, and two who share a desk.

use super::*;

/// Sets a password, goes away from the desk, comes back, and shares it with somebody else. What was typed meanwhile is on no
/// disk but inside the database.
#[tokio::test]
async fn a_desk_with_a_password_locks_and_is_shared_by_two() {
    let _screen = SCREEN.lock().await;
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, port);
    earlier_work(county, port);
    let (data, keys, home) = (county.join("village"), county.join("keys"), county.join("home"));
    fs::create_dir_all(&home).unwrap();
    let env = [
        ("DAIBAN_DATA", &*data),
        ("DAIBAN_KEYS", &*keys),
        ("HOME", &*home),
        ("TMPDIR", &*home),
        ("XDG_DATA_HOME", &*home),
        ("XDG_CACHE_HOME", &*home),
    ];
    let village = Window::open(&env, &at("09:00")).await;
    let (ctrl_l, enter) = ("\u{e009}l\u{e000}", "\u{e007}");

    village.click("#no-password").await;
    village.expect("#users li", "李秀兰").await;
    village.shoot("village-no-password").await;
    village.click("#change-password").await;
    village.fill("#new-password", "13900005678").await;
    village.expect("#new-password-says", "太容易猜").await;
    village.fill("#new-password", "apricots go to market").await;
    village.expect("#new-password-says", "可以").await;
    village.fill("#new-password-again", "apricots go to market").await;
    village.shoot("village-new-password").await;
    village.click("#save-password").await;
    village.find("#lock").await;
    village.gone("#no-password").await;
    village.shoot("village-users").await;
    village.press("\u{e00c}").await;

    // Called away in the middle of a request.
    village.click("#record").await;
    village.fill("#item-search", "养老").await;
    village.click("[data-item=I002]").await;
    village.fill("#name", "马桂英").await;
    village.fill("#id-no", "621099194603120228").await;
    village.press(ctrl_l).await;
    village.expect("#lock-page", "已锁上").await;
    village.gone(".window").await;
    village.shoot("village-locked").await;
    village.fill("#password", "apricots go home").await;
    village.press(enter).await;
    village.expect("#lock-page", "密码不对").await;
    village.shoot("village-wrong-password").await;
    village.fill("#password", "apricots go to market").await;
    village.press(enter).await;
    village.holds("#name", "马桂英").await;

    // Somebody else works here too, with a code of the county.
    let hub = hub_at(county, port, "09:10");
    let issue = |arguments: &[&str]| {
        let mut code = Command::new(program("daiban-hub"));
        code.arg("code").args(arguments).arg("--data").arg(county.join("hub"));
        run(code.env("DAIBAN_NOW", at("09:10"))).unwrap()
    };
    let code = issue(&["--unit", "621099100200", "--role", "AGENT"]);
    village.click("#who").await;
    village.click("#add-user").await;
    village.fill("#user-name", "马得草").await;
    village.fill("#user-code", code["code"].as_str().unwrap()).await;
    village.fill("#new-password", "wheat on the south slope").await;
    village.fill("#new-password-again", "wheat on the south slope").await;
    village.shoot("village-add-user").await;
    village.click("#save-user").await;
    village.expect("#users li:nth-child(2)", "马得草").await;
    village.click("#lock").await;
    village.find("#lock-users").await;
    village.shoot("village-locked-for-two").await;
    village.click("#lock-users button:nth-child(2)").await;
    village.fill("#password", "wheat on the south slope").await;
    village.press(enter).await;
    village.expect("#who", "马得草").await;
    // The other one's half request isn't theirs to see.
    village.click("#record").await;
    village.find("#item-search").await;
    village.gone("#name").await;
    village.click("#who").await;
    village.find("#users").await;
    village.shoot("village-users-two").await;
    village.close().await;

    // The township gives out the code for another machine, whose first start asks for a password.
    let township = open(county, "township", "09:12").await;
    township.click("#to-devices").await;
    township.find("#code-unit option[value='621099100201']").await;
    township.find("#code-unit").await.select_by_value("621099100201").await.unwrap();
    township.click(".give-code button").await;
    township.expect(".give-code .note-box", "柳湾村用").await;
    township.shoot("township-code").await;
    let code = township.text(".give-code .code").await;
    township.close().await;
    let willow = open(county, "willow", "09:15").await;
    willow.fill("#hub", &hub.url).await;
    willow.fill("#code", &code).await;
    willow.fill("#device", "柳湾1号本").await;
    willow.fill("#user", "赵天佑").await;
    willow.fill("#new-password", "13900005678").await;
    willow.expect("#new-password-says", "太容易猜").await;
    willow.shoot("first-start").await;
    willow.click("#practice").await;
    willow.expect(".enrol", "真的办事不能这样").await;
    willow.shoot("first-start-practice").await;
    willow.click("#practice").await;
    willow.fill("#new-password", "geese over the willows").await;
    willow.fill("#new-password-again", "geese over the willows").await;
    willow.click("#enrol").await;
    willow.click("#tour-later").await;
    willow.expect("#who", "赵天佑").await;
    willow.gone("#no-password").await;
    willow.close().await;
    drop(hub);
    for text in ["马桂英", "621099194603120228", "apricots", "south slope", "621099194203150014"] {
        assert_eq!(found_in(&[&data, &home], text), Vec::<PathBuf>::new(), "{text}");
    }
}
