//! A photo of what was brought.

use super::*;

#[tokio::test]
async fn a_photo_is_added_to_a_case_looked_at_and_sent() {
    let _screen = SCREEN.lock().await;
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, port);
    let request = json!({
        "itemId": "I002", "materials": [{"materialCode": "APP", "originals": 1}],
        "applicant": {"name": "罗秀珍", "idNo": "621099195508082563", "phone": "13900005678"},
    });
    let mut record = daiban(county, "village");
    let recorded =
        run_with(record.args(["record", "-"]).env("DAIBAN_NOW", at("08:00")), &request.to_string());
    let case_no = recorded.unwrap()["caseNo"].as_str().unwrap().to_owned();
    // The laptop has lain idle since January: the window would ask.
    say_day(county, "village", "08:30");
    let photo = county.join("photo.png");
    let paper = image::RgbImage::from_fn(900, 1200, |x, y| {
        image::Rgb(if (100..800).contains(&x) && y % 60 < 12 && y > 150 {
            [60, 60, 70]
        } else {
            [245, 243, 236]
        })
    });
    paper.save(&photo).unwrap();

    let (data, keys) = (county.join("village"), county.join("keys"));
    // WebKit's own moving picture stands in for a camera.
    let env = [("DAIBAN_DATA", &*data), ("DAIBAN_KEYS", &*keys), ("DAIBAN_MOCK_CAMERA", Path::new("1"))];
    let village = Window::open(&env, &at("09:00")).await;
    village.click("#to-cases").await;
    village.click(&format!("#cases [data-case=\"{case_no}\"]")).await;
    village.find("#add-photo").await;
    village.click("#open-case").await;
    village.find(".page.case #add-photo").await;
    village.choose("#photo-file", &photo).await;
    village.click("#keep-photo").await;
    village.expect("[data-photo] [data-reach=HERE]", "已存本机").await;
    village.find("[data-photo] img").await;
    village.click("[data-photo] .thumb").await;
    village.find(".photo img").await;
    village.shoot("village-photo-large").await;
    village.press("\u{e00c}").await;
    village.shoot("village-photo").await;

    // Two pages by the camera: the second is no good.
    village.click("#take-photo").await;
    village.find("#shutter:focus:enabled").await;
    village.shoot("camera").await;
    village.press(" ").await;
    village.expect("#camera", "拍了 1 张").await;
    village.press(" ").await;
    village.expect("#camera", "拍了 2 张").await;
    village.press("\u{e00c}").await;
    village.expect("#photo-editor", "后面还有 1 张").await;
    village.shoot("camera-photo").await;
    village.click("#keep-photo").await;
    village.find("[data-photo]:nth-child(2)").await;
    village.click("#drop-photo").await;
    village.gone("#photo-editor").await;
    village.gone("[data-photo]:nth-child(3)").await;
    let hub = hub_at(county, port, "09:30");
    village.click("#to-sync").await;
    village.click("#sync-now").await;
    village.expect("#sync-result[data-done=true]", "照片送出 2 张").await;
    village.click("#to-cases").await;
    village.click(&format!("#cases [data-case=\"{case_no}\"]")).await;
    village.expect("[data-photo]:nth-child(2) [data-reach=COUNTY]", "县中心已收到").await;
    village.close().await;
    drop(hub);
}
