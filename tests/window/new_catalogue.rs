//! The county changes an item while the village is cut off: what was recorded keeps its version, the next resident gets the new
//! one, and the guide says what has changed.

use super::{
    papers::{PEOPLE, recorded},
    *,
};

/// From the 28th on the pension wants no household register, and is promised in seven days; one item ends with September.
fn published(county: &Path) {
    let file = county.join("items.json");
    run(daiban(county, "county").args(["items", "export", "--output", file.to_str().unwrap()])).unwrap();
    let mut catalogue: serde_json::Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    let items = catalogue["items"].as_array_mut().unwrap();
    for item in items {
        if item["itemId"] == "I002" {
            item["materials"].as_array_mut().unwrap().retain(|material| material["materialCode"] != "HK");
            item["promiseLimit"]["days"] = 7.into();
        }
        if item["itemId"] == "I019" {
            item["effectiveTo"] = "2026-09-30".into();
        }
    }
    fs::write(&file, catalogue.to_string()).unwrap();
    let publish = ["items", "publish", file.to_str().unwrap(), "--as", "2026.9"];
    // In force from the next day on.
    let published =
        run(daiban(county, "county").args(publish).env("DAIBAN_NOW", "2026-09-27T07:00:00+08:00")).unwrap();
    assert!(published["changes"].to_string().contains("户口簿"), "{published}");
}

#[tokio::test]
async fn the_catalogue_changes_while_the_village_is_cut_off() {
    let _screen = SCREEN.lock().await;
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, port);
    run(daiban(county, "county").args(["day", "2026-09-27"]).env("DAIBAN_NOW", "2026-09-27T06:50:00+08:00"))
        .unwrap();
    published(county);
    let hub = hub_at(county, port, "07:10");
    run(daiban(county, "county").arg("sync").env("DAIBAN_NOW", at("07:10"))).unwrap();
    drop(hub);
    // The county hands on what has changed, on paper too.
    let top = open(county, "county", "08:30").await;
    top.click("#to-catalogue").await;
    top.click("#print-changes").await;
    top.find("[data-paper=changes] #preview svg").await;
    top.click("#save-form").await;
    top.expect("#saved-file", "事项变化说明").await;
    top.shoot("catalogue-changes-paper").await;
    let text = pdf_text(&top.text("#saved-file").await);
    assert!(
        text.contains("2026.9") && text.contains("取消材料：居民户口") && text.contains("将要取消"),
        "{text}"
    );
    top.close().await;
    // The village hasn't heard of it: what is recorded keeps to the list that it has.
    let old = recorded(county, "village", &PEOPLE[..1]).remove(0);
    let row = |case_no: &str| format!("#cases [data-case=\"{case_no}\"]");
    let village = open(county, "village", "09:00").await;
    village.click("#to-items").await;
    village.find("#items [data-item=I002]").await;
    village.gone("#item-changes").await;
    village.expect(".statusbar", "目录").await;
    village.shoot("catalogue-before").await;
    village.close().await;

    // It comes with the next exchange. The guide says what is another than people were told.
    let hub = hub_at(county, port, "10:00");
    let village = open(county, "village", "10:00").await;
    village.click("#to-sync").await;
    village.click("#sync-now").await;
    village.find("#sync-result[data-done]").await;
    village.click("#to-items").await;
    village.expect("[data-changed=I002]", "户口簿").await;
    village.expect("[data-changed=I002]", "→ 7").await;
    village.expect("[data-changed=I019]", "将要取消").await;
    village.expect(".statusbar", "2026.9").await;
    village.shoot("catalogue-changes").await;
    village.click("#large").await;
    village.shoot("catalogue-changes-large").await;
    village.click("#large").await;

    // Who came before is asked for what was asked then; who comes now isn't.
    village.click("#to-cases").await;
    village.click(&row(&old)).await;
    village.click("#open-case").await;
    village.expect(".page.case", "户口簿").await;
    village.shoot("catalogue-old-case").await;
    village.press("\u{e032}").await;
    village.fill("#item-search", "养老").await;
    village.click("#items [data-item=I002]").await;
    village.find("[data-material=APP]").await;
    // Nobody is asked for it any more.
    village.gone("[data-material=HK]").await;
    village.shoot("catalogue-new-request").await;
    village.close().await;
    drop(hub);
}
