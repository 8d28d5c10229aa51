//! A village's day beside its requests: a rating by who was served, the register, what people come to ask.

use super::*;
use std::time::Duration;

const ESC: &str = "\u{e00c}";
const ENTER: &str = "\u{e007}";
const F6: &str = "\u{e036}";

/// A case that the village itself decides, over and not rated yet.
fn closed_case(county: &Path, name: &str, id_no: &str) -> String {
    let form: Item =
        serde_json::from_value(run(daiban(county, "village").args(["item", "I004"])).unwrap()).unwrap();
    let request = json!({
        "itemId": "I004", "materials": [{"materialCode": "ID", "originals": 1}],
        "fields": answers(&form, date(2026, 9, 28)),
        "applicant": {"name": name, "idNo": id_no, "phone": "13900005678", "address": "上塬村二组6号"},
    });
    let mut record = daiban(county, "village");
    let recorded =
        run_with(record.args(["record", "-"]).env("DAIBAN_NOW", at("08:10")), &request.to_string());
    let case_no = recorded.unwrap()["caseNo"].as_str().unwrap().to_owned();
    for event in ["accept", "approve", "close"] {
        let mut act = daiban(county, "village");
        run(act.args(["act", &case_no, event]).env("DAIBAN_NOW", at("08:20"))).unwrap();
    }
    case_no
}

async fn rated_by_themselves(village: &Window, rated: &str, declined: &str) {
    village.find(".tiles #rate").await;
    village.press(F6).await;
    village.find(&format!("#to-rate [data-case=\"{rated}\"]")).await;
    village.shoot("village-to-rate").await;
    village.click(&format!("#to-rate [data-case=\"{rated}\"] button")).await;
    village.find(".faces").await;
    village.expect("#rate-about", "领取资格认证").await;
    // Nobody's hand is led, and no key of the window's leads into the desk.
    village.find("#rate-page:focus").await;
    for key in [ESC, "\u{e031}", "\u{e032}", "\u{e033}", F6, "\u{e009}k\u{e000}", "\u{e00a}\u{e012}\u{e000}"]
    {
        village.press(key).await;
    }
    village.gone(".topbar, .dialog, #search").await;
    village.shoot("rating-turned").await;
    village.click("[data-grade='4']").await;
    village.expect("#rate-page h1", "不满意").await;
    village.find("#hand-in:disabled").await;
    village.click("[data-reason=MANY_TRIPS]").await;
    village.fill("#rate-phone", "13912345678").await;
    village.shoot("rating-why").await;
    village.click("#hand-in").await;
    village.expect("#rate-ended", "谢谢您").await;
    village.shoot("rating-thanks").await;
    // It stays until staff come back: a touch is not enough.
    village.press(ESC).await;
    village.click("#rate-staff").await;
    village.find("#rate-ended").await;
    village.hold("#rate-staff", Duration::from_millis(3_600)).await;
    village.find(".tiles").await;

    // Where a password is set, it leads back.
    village.click("#no-password").await;
    village.click("#change-password").await;
    village.fill("#new-password", "apricots go to market").await;
    village.fill("#new-password-again", "apricots go to market").await;
    village.click("#save-password").await;
    village.find("#lock").await;
    village.press(ESC).await;
    village.click("#large").await;
    village.click(".tiles #rate").await;
    village.click(&format!("#to-rate [data-case=\"{declined}\"] button")).await;
    village.find(".faces").await;
    village.shoot("rating-turned-large").await;
    village.click("#decline").await;
    village.expect("#rate-ended", "这次不评").await;
    village.click("#rate-staff").await;
    village.find("#lock-page").await;
    village.fill("#password", "apricots go to market").await;
    village.press(ENTER).await;
    village.find(".tiles").await;
    village.gone("#rate-page").await;
    village.shoot("village-home-rating-large").await;
    village.click("#large").await;
}

async fn looked_up(village: &Window, roster: &Path) {
    village.click("#to-residents").await;
    village.find("#resident-search").await;
    village.click("#import-roster").await;
    village.fill("#roster-file", &roster.display().to_string()).await;
    village.click("#roster-read").await;
    village.expect("#roster-says[data-taken=false]", "什么都没有导入").await;
    village.expect(".faults [data-row='4']", "第 4 行").await;
    village.shoot("village-roster-faults").await;
    village.click("#roster-good").await;
    village.expect("#roster-says[data-taken=true]", "登记了 3 人").await;
    village.press(ESC).await;
    // Before anything is typed those stand there that came last.
    village.find("#import-roster:focus").await;
    village.find("#residents [data-resident='马桂英']").await;
    village.shoot("village-residents-latest").await;
    village.fill("#resident-search", "mgy").await;
    village.click("[data-resident='马桂英']").await;
    village.expect("#person", "马建军").await;
    village.expect("#person .entry", "621099********0228").await;
    village.click("#person [data-edit=phone]").await;
    village.fill("#resident-value", "13812340000").await;
    village.click("#resident-save").await;
    village.expect("#person .entry", "138****0000").await;
    village.shoot("village-resident").await;
    village.click("#large").await;
    village.shoot("village-resident-large").await;
    village.click("#large").await;

    // Found from anywhere, too.
    village.click("#to-sync").await;
    village.press("\u{e009}k\u{e000}").await;
    village.fill("#palette-search", "mgy").await;
    village.click("#palette-found [aria-label='居民'] [role=option]").await;
    village.expect("#person", "马桂英").await;

    // Nothing has to be typed that the register knows.
    village.click("#record-person").await;
    village.fill("#item-search", "养老").await;
    village.click("[data-item=I002]").await;
    village.expect("#id-no-says", "取自居民登记").await;
    village.expect("#field-birthDate-says", "1946年3月12日").await;
    village.shoot("village-record-registered").await;
    village.click("#save").await;
    let case_no = village.attribute("#case-no", "data-case").await;
    village.find("#preview svg").await;
    village.click("#open-case").await;
    village.expect(&format!("[data-case=\"{case_no}\"] [data-field='applicant.phone']"), "13812340000").await;
    village.expect("[data-field='applicant.address']", "上塬村三组17号").await;
}

async fn asked_and_answered(village: &Window) {
    village.click("#to-matters").await;
    // The bad rating is looked into by the township.
    village.find("#matters [data-matter^=CP]").await;
    village.click("#new-matter").await;
    village.click("[data-kind=APPOINTMENT]").await;
    village.find("#matter-agreed").await;
    village.click("[data-kind=CONSULT]").await;
    village.fill("#matter-text", "养老金这个月怎么没有到账").await;
    village.fill("#matter-name", "马秀英").await;
    village.fill("#matter-phone", "13912345678").await;
    village.shoot("village-matter-new").await;
    village.click("#keep-matter").await;
    village.expect("#matter[data-state=OPEN]", "养老金这个月").await;
    village.click("#matter [data-event=answer]").await;
    village.fill("#matter-asked textarea", "银行系统晚一天，10月9日到账，已当面说清").await;
    village.click("#matter-confirm").await;
    village.expect("#matter[data-state=ANSWERED]", "银行系统晚一天").await;
    village.shoot("village-matter").await;
    village.click("#large").await;
    village.shoot("village-matter-large").await;
    village.click("#large").await;
    village.click("#matter [data-event=close]").await;
    village.find("#matter[data-state=CLOSED]").await;
}

#[tokio::test]
async fn a_village_is_rated_keeps_its_register_and_answers_what_is_asked() {
    let _screen = SCREEN.lock().await;
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, port);
    say_day(county, "village", "08:00");
    let rated = closed_case(county, "罗秀珍", "621099195508082563");
    let declined = closed_case(county, "何得福", "621099194203150014");
    let roster = county.join("roster.csv");
    let rows = "姓名,证件号码,联系电话,住址,户号,与户主关系\n\
        马桂英,621099194603120228,13912345678,上塬村三组17号,0017,户主\n\
        马建军,621099197001010033,13900000000,上塬村三组17号,0017,子\n\
        苏秀英,62109919630720002,,上塬村一组,0003,户主\n\
        郭满仓,621099198701011189,13900001111,上塬村一组2号,0004,户主\n";
    fs::write(&roster, rows).unwrap();

    let village = open(county, "village", "09:00").await;
    rated_by_themselves(&village, &rated, &declined).await;
    looked_up(&village, &roster).await;
    asked_and_answered(&village).await;
    let hub = hub_at(county, port, "09:30");
    village.click("#to-sync").await;
    village.click("#sync-now").await;
    village.find("#sync-result[data-done=true]").await;
    village.close().await;

    // In the township somebody who had no part in it types in what stands on the other one's slip.
    say_day(county, "township", "09:35");
    run(daiban(county, "township").arg("sync").env("DAIBAN_NOW", at("09:35"))).unwrap();
    let township = open(county, "township", "09:40").await;
    // From the day's list right to what has to be looked into.
    township.click(".home #matters [data-matter^=CP] button").await;
    township.expect("#matter", "多次跑动").await;
    township.click("#matter [data-event=verify]").await;
    township.fill("#matter-asked textarea", "确实跑了三次").await;
    township.shoot("township-matter").await;
    township.click("#matter-confirm").await;
    township.find("#matter[data-state=VERIFIED]").await;
    township.fill("#search", &declined).await;
    township.click("#open-case").await;
    township.click("#type-slip").await;
    township.click("#slip-grade-2").await;
    township.fill("#slip-no", "上塬-0031").await;
    township.shoot("township-slip").await;
    township.click("#keep-slip").await;
    township.expect(".ratings li", "满意").await;
    township.shoot("township-rated").await;
    township.close().await;
    drop(hub);
}
