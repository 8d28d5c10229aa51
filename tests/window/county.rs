//! What a person has to look at, gone through one after another; the county's units; the township's day.

use super::*;

const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const DOWN: &str = "\u{e015}";
const RIGHT: &str = "\u{e014}";
const UNDO: &str = "\u{e009}z";

/// Like [`earlier_work`], and then: one person's request at the village and at the window, one number under two names, and
/// an act that doesn't count.
fn doubts(county: &Path, port: u16) {
    earlier_work(county, port);
    let at = |desk: &str, day: &str, arguments: &[&str]| {
        let mut command = daiban(county, desk);
        run(command.args(arguments).env("DAIBAN_NOW", format!("2026-09-{day}T10:30:00+08:00"))).unwrap()
    };
    let record = |desk: &str, name: &str, id_no: &str, item: &str| {
        let details = run(daiban(county, desk).args(["item", item])).unwrap();
        let form: Item = serde_json::from_value(details).unwrap();
        let request = json!({
            "itemId": item, "fields": answers(&form, date(2026, 9, 14)),
            "applicant": {"name": name, "idNo": id_no, "phone": "13900005678", "address": "上塬村二组6号"},
        });
        let mut record = daiban(county, desk);
        record.args(["record", "-"]).env("DAIBAN_NOW", "2026-09-25T10:00:00+08:00");
        run_with(&mut record, &request.to_string()).unwrap();
    };
    // The village hasn't heard: what the township has decided can't be withdrawn any more.
    let found = at("township", "25", &["list", "--search", "郭满仓"]);
    let decided = found["cases"][0]["caseNo"].as_str().unwrap().to_owned();
    at("township", "25", &["act", &decided, "approve"]);
    let mut withdraw = daiban(county, "village");
    withdraw.args(["act", &decided, "withdraw", "-"]).env("DAIBAN_NOW", "2026-09-25T10:30:00+08:00");
    run_with(&mut withdraw, r#"{"reason": "本人不办了"}"#).unwrap();
    record("township", "张银娃", "621099202402290076", "I010");
    record("township", "苏秀瑛", "62109919630720002X", "I018");
    // The address differs too.
    let found = at("village", "25", &["list", "--search", "苏秀英"]);
    let corrected = found["cases"][0]["caseNo"].as_str().unwrap().to_owned();
    at("village", "25", &["set", &corrected, "applicant.address", "上塬村三组17号"]);
    at("township", "25", &["set", &corrected, "applicant.address", "上塬村二组17号"]);
    let _hub = RunningHub::start_at(county, port, instant("2026-09-25T16:30:00+08:00"));
    for desk in ["village", "township", "county", "village", "township"] {
        at(desk, "25", &["sync"]);
    }
}

/// Large text or not, whatever the window before this one has left.
pub(super) async fn large(window: &Window, on: bool) {
    if window.attribute("#large", "aria-pressed").await != on.to_string() {
        window.click("#large").await;
    }
}

#[tokio::test]
async fn doubts_are_settled_one_after_another() {
    let _screen = SCREEN.lock().await;
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, port);
    doubts(county, port);

    // The county: who is late and who is silent.
    let top = open(county, "county", "09:00").await;
    large(&top, false).await;
    top.find("#units [data-unit=\"621099100000\"]").await;
    assert!(top.attribute("#figure-open", "data-count").await.parse::<u32>().unwrap() >= 6);
    top.shoot("county-overview").await;
    // Down into the tree by keys, into a township and to the cases of one of its villages.
    top.press(DOWN).await;
    top.press(RIGHT).await;
    top.find("#units [data-unit=\"621099100200\"]").await;
    top.expect("[data-unit=\"621099100000\"]", "天前").await;
    top.shoot("county-overview-open").await;
    top.press(DOWN).await;
    top.press(ENTER).await;
    top.find("#cases [data-case]").await;
    let listed = top.text("#total").await;
    top.shoot("county-village-cases").await;
    top.press(ESCAPE).await;
    top.fill("#unit-filter", "syc").await;
    top.find("#units [data-unit=\"621099100200\"]").await;
    top.expect("[data-unit=\"621099100200\"] [data-list=open]", listed.trim_end_matches(" 件")).await;

    // One after another, by keys alone: both addresses, the phone left, and the next one. Two numbers don't go into one field.
    top.click("#to-merge").await;
    top.find("[data-conflict=\"applicant.phone\"] [data-value]").await;
    top.find("[data-conflict=\"applicant.address\"][aria-current]").await;
    top.shoot("county-merge").await;
    top.press("3").await;
    top.expect("[data-both]", "上塬村二组17号；上塬村三组17号").await;
    top.find("[data-conflict=\"applicant.phone\"][aria-current]").await;
    top.press("3").await;
    top.find("#settle[disabled]").await;
    top.press("1").await;
    top.find("#settle:not([disabled])").await;
    top.shoot("county-merge-chosen").await;
    top.press(ENTER).await;
    top.find("[data-contested-act]").await;
    top.shoot("county-merge-acts").await;
    top.expect("#settled", "已定").await;
    // As it was before: both values stand there again, to be chosen from.
    top.press(UNDO).await;
    top.expect(".notice", "又列出来了").await;
    top.find("[data-task^=fields]").await;
    // What doesn't count has been looked at: it waits here no more, the next one is there, and it can be listed again.
    top.find("[data-contested-act]").await;
    top.press(ENTER).await;
    top.expect("#settled", "看过了").await;
    top.find("[data-pair]").await;
    top.gone("[data-task^=acts]").await;
    top.shoot("county-merge-seen").await;
    top.press(UNDO).await;
    top.find("[data-task^=acts]").await;
    top.click("[data-task^=acts]").await;
    top.fill(".reason", "电话里跟村里说好了").await;
    large(&top, true).await;
    top.shoot("county-merge-acts-large").await;
    large(&top, false).await;
    top.click("#settle").await;
    top.find("[data-pair]").await;
    top.gone("[data-task^=acts]").await;
    top.shoot("county-merge-twice").await;
    top.press("n").await;
    top.find("[data-alike]").await;
    top.press("2").await;
    top.fill(".reason", "对照户口簿，是姐妹两个，号码抄错了").await;
    top.shoot("county-merge-alike").await;
    large(&top, true).await;
    top.shoot("county-merge-large").await;
    top.click("[data-task^=fields]").await;
    top.find("[data-conflict=\"applicant.address\"][aria-current]").await;
    top.press("3").await;
    top.find("[data-both]").await;
    top.shoot("county-merge-both-large").await;
    top.click("#to-home").await;
    top.find("#units [data-unit]").await;
    top.shoot("county-overview-large").await;
    large(&top, false).await;

    // The cases tell of it: who has looked, and what was settled, from where it is put back.
    let numbered = |name: &str| {
        let found = run(daiban(county, "county").args(["list", "--search", name])).unwrap();
        found["cases"][0]["caseNo"].as_str().unwrap().to_owned()
    };
    by_keys::choose(&top, "gmc", &numbered("郭满仓")).await;
    top.expect("[data-kind=withdraw] [data-seen]", "电话里跟村里说好了").await;
    top.shoot("county-case-seen").await;
    // Looked at too quickly: it is listed again, and looked at once more.
    top.click("[data-kind=withdraw] [data-list-again]").await;
    top.gone("[data-kind=withdraw] [data-seen]").await;
    top.click("[data-event=reviewContested]").await;
    top.find("[data-kind=withdraw] [data-seen]").await;
    by_keys::choose(&top, "sxy", &numbered("苏秀英")).await;
    top.click("[data-conflict=\"applicant.address\"] .side:last-child").await;
    top.expect("[data-field=\"applicant.address\"]", "上塬村二组17号；上塬村三组17号").await;
    top.find("[data-put-back]").await;
    top.shoot("county-case-settled").await;
    top.click("[data-put-back]").await;
    top.find("[data-conflict=\"applicant.address\"]").await;
    top.shoot("county-case-put-back").await;
    top.close().await;

    // The township: its day, and the request that was made twice.
    let township = open(county, "township", "09:00").await;
    township.find("[data-group=supplement]").await;
    township.shoot("township-today").await;
    large(&township, true).await;
    township.shoot("township-today-large").await;
    large(&township, false).await;
    township.click("#to-merge").await;
    township.click("[data-task^=twice]").await;
    township.find("[data-pair]").await;
    township.press("1").await;
    township.find("#settle:not([disabled])").await;
    township.expect("[data-pair] .doubt-box", "恢复不了").await;
    township.press(ENTER).await;
    township.expect("#settle", "确定作废").await;
    township.shoot("township-merge-void").await;
    township.press(ENTER).await;
    township.expect("#settled", "已作废").await;

    // What was handed over is received, accepted and printed in no more than four keys after it is opened.
    township.click("#to-intake").await;
    let ordinary = run(daiban(county, "township").args(["list", "--search", "何得福"])).unwrap();
    let ordinary = ordinary["cases"][0]["caseNo"].as_str().unwrap().to_owned();
    township.click(&format!("#cases [data-case=\"{ordinary}\"]")).await;
    township.find(".panel[data-state=RECEIVED] [data-event=accept].primary").await;
    township.press(ENTER).await;
    township.press(ENTER).await;
    township.find("#preview svg").await;
    township.find("#save-form:focus, #print-form:focus").await;
    township.press(ENTER).await;
    let file = township.text("#saved-file").await;
    assert!(pdf_text(&file).contains("受理通知书"), "{file}");
    township.shoot("township-three-keys").await;
    township.close().await;
}

/// A year as it would be published.
fn of_2027(county: &Path) -> PathBuf {
    let file = county.join("2027.json");
    let table = json!({"source": "国办发明电〔2026〕0号", "years": {"2027": {
        "weekdayHolidays": ["2027-01-01", "2027-02-08", "2027-10-01"], "weekendWorkdays": ["2027-02-20"]
    }}});
    fs::write(&file, table.to_string()).unwrap();
    file
}

/// The township proposes another name for an item, and sends it up.
fn proposal(county: &Path, port: u16) -> String {
    let at = |desk: &str, arguments: &[&str]| {
        run(daiban(county, desk).args(arguments).env("DAIBAN_NOW", "2026-09-25T09:30:00+08:00")).unwrap()
    };
    let file = county.join("items.json");
    at("township", &["items", "export", "--output", file.to_str().unwrap()]);
    let mut catalogue: serde_json::Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    let items = catalogue["items"].as_array_mut().unwrap();
    let item = items.iter_mut().find(|item| item["itemId"] == "I002").unwrap();
    item["plainName"] = "养老金申领".into();
    fs::write(&file, catalogue.to_string()).unwrap();
    let begun = at("township", &["items", "draft", "new", "2026 年目录调整"]);
    let number = begun["draftNo"].as_str().unwrap().to_owned();
    at("township", &["items", "draft", "submit", &number, file.to_str().unwrap()]);
    let _hub = RunningHub::start_at(county, port, instant("2026-09-25T16:30:00+08:00"));
    for desk in ["township", "county"] {
        at(desk, &["sync"]);
    }
    number
}

#[tokio::test]
async fn the_county_keeps_its_calendar_and_its_catalogue() {
    let _screen = SCREEN.lock().await;
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, port);
    let draft = proposal(county, port);

    let top = open(county, "county", "09:00").await;
    large(&top, false).await;
    top.click("#to-calendar").await;
    top.find("td[data-day=\"2026-10-01\"][data-kind=off]").await;
    top.find("td[data-day=\"2026-10-10\"][data-kind=worked]").await;
    // From Monday the 28th: the holiday doesn't count, the Saturday worked for it does.
    top.expect("#count-due", "10月10日（周六）补班，算").await;
    top.find("#count-due[data-due=\"2026-10-30\"]").await;
    top.shoot("county-calendar").await;
    top.click("[data-year=\"2027\"]").await;
    top.expect("#provisional", "还没公布").await;
    top.fill("#calendar-file", of_2027(county).to_str().unwrap()).await;
    top.click("#import-calendar").await;
    top.expect("#calendar-imported", "公布了 2027 年的放假安排").await;
    top.find("td[data-day=\"2027-02-08\"][data-kind=off]").await;
    top.gone("#provisional").await;
    top.shoot("county-calendar-imported").await;
    large(&top, true).await;
    top.shoot("county-calendar-large").await;

    top.click("#to-catalogue").await;
    top.find("#findings").await;
    top.shoot("county-catalogue-large").await;
    large(&top, false).await;
    top.shoot("county-catalogue").await;
    top.click("#see-drafts").await;
    top.click(&format!("[data-draft=\"{draft}\"]")).await;
    top.expect("[data-round]", "养老金申领").await;
    top.fill("#draft-item", "I002").await;
    top.fill("#draft-text", "名称按老百姓的叫法，很好").await;
    top.click("#draft-comment").await;
    top.expect("[data-round]", "意见 1 条").await;
    top.fill("#draft-text", "同意").await;
    top.fill("#draft-reason", "只改了一处").await;
    top.shoot("county-draft").await;
    top.click("#draft-sum-up").await;
    top.fill("#draft-text", "2026.2").await;
    top.shoot("county-draft-publish").await;
    top.click("#draft-publish").await;
    top.expect(".notice", "已发布 1 个事项的新版本").await;
    top.close().await;
}
