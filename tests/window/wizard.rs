//! Recording step by step, left in the middle and found again; photos turned, cropped, pasted, dropped and scanned.

use super::*;

/// A small picture put on the page as another program would: `how` is the event, `bearer` its part that holds files.
fn brought(how: &str, bearer: &str, target: &str) -> String {
    let kind = if how == "DragEvent" { "drop" } else { "paste" };
    format!(
        "const canvas = document.createElement('canvas'); canvas.width = 300; canvas.height = 200;
        canvas.getContext('2d').fillRect(20, 20, 100, 50);
        const bytes = Uint8Array.from(atob(canvas.toDataURL('image/png').split(',')[1]), c => c.charCodeAt(0));
        const data = new DataTransfer(); data.items.add(new File([bytes], 'photo.png', {{type: 'image/png'}}));
        const event = new {how}('{kind}', {{bubbles: true, cancelable: true, {bearer}: data}});
        document.querySelector('{target}').dispatchEvent(event);"
    )
}

async fn stepwise(village: &Window) {
    village.click("#record").await;
    village.find("#stepwise, #dense").await;
    // Whether the webview remembers from before is its own affair under a driver.
    if village.absent("#dense").await {
        village.click("#stepwise").await;
    }
    village.find(".page.wizard").await;
}

#[tokio::test]
async fn a_request_is_recorded_step_by_step_and_its_photos_are_made_fit() {
    let _screen = SCREEN.lock().await;
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, port);
    say_day(county, "village", "08:00");
    let roster = county.join("roster.csv");
    fs::write(&roster, "姓名,证件号码,联系电话,住址\n马桂英,621099194603120228,13912345678,上塬村三组17号\n")
        .unwrap();
    let mut import = daiban(county, "village");
    run(import.args(["people", "import"]).arg(&roster).env("DAIBAN_NOW", at("08:10"))).unwrap();

    let village = open(county, "village", "09:00").await;
    stepwise(&village).await;
    village.fill("#register-search", "马桂").await;
    village.find("[data-choice='马桂英'][aria-selected=true]").await;
    village.shoot("wizard-person").await;
    village.press("\u{e007}").await;
    village.expect("#id-no-says", "取自居民登记").await;
    village.shoot("wizard-who").await;
    village.click("#step-next").await;
    village.fill("#item-search", "养老").await;
    village.shoot("wizard-what").await;
    village.click("[data-item=I002]").await;
    village.find(".wizard[data-step=materials]").await;
    village.click("[data-material=APP]").await;
    village.click("[data-material=ID]").await;
    village.expect("#gaps", "还差材料").await;
    village.shoot("wizard-materials").await;
    village.click("#large").await;
    village.shoot("wizard-materials-large").await;
    village.click("#large").await;
    village.click("#aside").await;
    village.find(".tiles").await;
    village.close().await;

    // The window was closed: it is found again, where it was left.
    let village = open(county, "village", "10:00").await;
    village.click("#record").await;
    village.expect("#unfinished", "马桂英").await;
    village.shoot("wizard-unfinished").await;
    village.click("#to-home").await;
    stepwise(&village).await;
    village.click("#unfinished .go-on").await;
    village.find(".wizard[data-step=materials]").await;
    village.find("[data-material=APP] [aria-checked=true]").await;
    village.press("\u{e009}\u{e007}\u{e000}").await;
    village.expect(".wizard[data-step=check] .check", "621099********0228").await;
    village.shoot("wizard-check").await;
    village.click("#save").await;
    // The receipt beside it moves nothing any more.
    village.find("#preview svg").await;
    village.click("#open-case").await;
    village.find(".page.case #add-photo").await;

    // A photo lies on its side, with a table around it.
    let photo = county.join("photo.png");
    let paper = image::RgbImage::from_fn(1200, 900, |x, y| {
        image::Rgb(if x > 250 && x < 950 && y % 60 < 12 && y > 150 { [60, 60, 70] } else { [245, 243, 236] })
    });
    paper.save(&photo).unwrap();
    village.choose("#photo-file", &photo).await;
    village.find("#photo-editor canvas").await;
    village.click("#turn-photo").await;
    for _ in 0..3 {
        village.click("#trim-top").await;
    }
    village.shoot("photo-editor").await;
    village.click("#keep-photo").await;
    village.find("[data-photo] img").await;
    // 900 by 1200, less 15 %, made small.
    let size = "const photo = document.querySelector('[data-photo] img'); return [photo.naturalWidth, photo.naturalHeight]";
    assert_eq!(village.execute(size).await, json!([212, 240]));
    village.execute(&brought("ClipboardEvent", "clipboardData", "body")).await;
    village.click("#keep-photo").await;
    village.find("[data-photo]:nth-child(2)").await;
    village.execute(&brought("DragEvent", "dataTransfer", ".card.photos")).await;
    village.click("#keep-photo").await;

    // The scanner's folder is watched; what comes is offered.
    let scans = county.join("scans");
    fs::create_dir_all(&scans).unwrap();
    village.click("#scans").await;
    village.fill("#scan-folder", &scans.display().to_string()).await;
    village.press("\u{e007}").await;
    village.expect(".scans", "还没有").await;
    paper.save(scans.join("scan-0001.png")).unwrap();
    village.expect("[data-scan='scan-0001.png']", "取").await;
    village.execute("document.querySelector('[data-scan] button').scrollIntoView()").await;
    village.shoot("photo-scans").await;
    village.click("[data-scan='scan-0001.png'] button").await;
    village.find("#photo-editor").await;
    village.click("#drop-photo").await;
    village.expect("[data-scan='scan-0001.png']", "取过了").await;
    village.click("#large").await;
    village.shoot("photo-case-large").await;
    village.close().await;
}
