//! The main job: recorded in the village, sent, accepted and printed in the township, seen in the county.

use super::*;

#[tokio::test]
async fn a_request_goes_from_the_village_to_the_county() {
    let _screen = SCREEN.lock().await;
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, port);

    earlier_work(county, port);

    // The village, without a network.
    let village = open(county, "village", "09:00").await;
    village.find("#home, #record").await;
    village.shoot("village-home").await;
    village.click("#record").await;
    village.fill("#item-search", "ylbx").await;
    village.find("[data-item=I001]").await;
    village.fill("#item-search", "养老").await;
    village.click("[data-item=I002]").await;
    village.compose("#name", "王𬍛㛃").await;
    village.fill("#id-no", "621099194203150015").await;
    village.expect("#id-no-says", "最后一位和前面对不上").await;
    village.fill("#id-no", "621099194203150014").await;
    village.fill("#phone", "13912345678").await;
    village.fill("#address", "上塬村三组17号").await;
    village.expect("#field-birthDate-says", "算出来是 1942年3月15日").await;
    village.fill("#field-paidYears", "十五").await;
    village.expect("#field-paidYears-says", "这里只填数字").await;
    village.fill("#field-paidYears", "15").await;
    village.fill("#field-bankAccount", "6217000000000000012").await;
    for material in ["APP", "ID", "CARD", "PROXY"] {
        village.click(&format!("[data-material={material}]")).await;
    }
    village.expect("#gaps", "都齐了").await;
    village.shoot("village-record").await;
    village.click("#save").await;
    let case_no = village.attribute("#case-no", "data-case").await;
    assert!(case_no.starts_with("621099100200-20260928-"), "{case_no}");
    village.expect("[data-state=REGISTERED]", "已登记").await;
    village.expect("[data-reach=HERE]", "已存本机").await;
    village.find("#preview svg").await;
    village.shoot("village-receipt").await;
    village.click("#save-form").await;
    let file = village.text("#saved-file").await;
    assert!(pdf_text(&file).contains("本回执不是受理凭证"), "{file}");
    village.close().await;

    // Opened again: all there. Then the network comes.
    let hub = hub_at(county, port, "09:30");
    let village = open(county, "village", "09:30").await;
    village.click("#to-cases").await;
    village.click(&format!("#cases [data-case=\"{case_no}\"]")).await;
    village.click("[data-event=handOver]").await;
    village.find("[data-state=IN_TRANSIT]").await;
    // What goes with the paper to the township.
    village.find(".paper[data-paper=F06] #preview svg").await;
    village.shoot("village-hand-over").await;
    village.press("\u{e00c}").await;
    village.click("#to-sync").await;
    village.click("#sync-now").await;
    village.find("#sync-result[data-done]").await;
    village.shoot("village-sync").await;
    village.click("#to-cases").await;
    village.expect("[data-reach=COUNTY]", "县中心已收到").await;
    village.shoot("village-cases").await;

    // The township accepts and prints.
    village.find("#pending[data-pending='0']").await;
    drop(hub);
    let hub = hub_at(county, port, "10:00");
    let (cups, printer) = (Cups::start(), Printer::on(0));
    cups.queue("窗口打印机", printer.port);
    let township = open_at(county, "township", "10:00", Path::new(cups.server())).await;
    township.click("#to-sync").await;
    township.click("#sync-now").await;
    township.find("#sync-result[data-done]").await;
    township.click("#to-intake").await;
    township.click(&format!("#cases [data-case=\"{case_no}\"]")).await;
    township.click("[data-event=receive]").await;
    township.find("[data-state=RECEIVED] [data-event=accept]").await;
    township.shoot("township-desk").await;
    township.click("[data-event=accept]").await;
    // The notice comes by itself.
    township.find("#preview svg").await;
    township.expect("#printer", "窗口打印机").await;
    township.click("#print-form").await;
    township.expect("#printing[data-stuck=false]", "打印机").await;
    township.shoot("township-notice").await;
    let file = township.text("#saved-file").await;
    assert!(printer.next() == fs::read(&file).unwrap(), "what came out is what was saved");
    let text = pdf_text(&file);
    for words in ["受理通知书", "王𬍛㛃", "承诺于2026年10月16日（星期五）前办结", "监督电话：0900-6210199"]
    {
        assert!(text.contains(words), "{words} in {text}");
    }
    township.press("\u{e00c}").await;
    // Somebody shows the paper: the scanner types its code into the search line.
    let code = qr_code(Path::new(&file));
    township.fill("#search", &code).await;
    township.expect("#checked[data-genuine=true]", "二维码是真的").await;
    township.find(&format!("#cases [data-case=\"{case_no}\"]")).await;
    township.shoot("township-checked").await;
    township.press("\u{e00c}").await;
    // What everybody may take along, and what the village keeps.
    township.click("#to-items").await;
    township.click("[data-item=I016]").await;
    township.click("#print-guide").await;
    township.find(".paper[data-paper=F11] #preview svg").await;
    township.shoot("township-guide").await;
    township.click("#save-form").await;
    assert!(pdf_text(township.text("#saved-file").await).contains("最低生活保障对象审核确认"));
    township.press("\u{e00c}").await;
    township.click("#to-all").await;
    township.click("#print-ledger").await;
    township.find(".paper[data-paper=F18] #preview svg").await;
    township.shoot("township-ledger").await;
    township.press("\u{e00c}").await;
    township.click("#to-sync").await;
    township.click("#sync-now").await;
    township.find("#sync-result[data-done]").await;

    // The county finds it by two characters of the name.
    township.find("#pending[data-pending='0']").await;
    drop(hub);
    let hub = hub_at(county, port, "11:00");
    let top = open(county, "county", "11:00").await;
    top.click("#to-sync").await;
    top.click("#sync-now").await;
    top.find("#sync-result[data-done]").await;
    top.click("#to-merge").await;
    top.find("[data-conflict=\"applicant.phone\"] [data-value]").await;
    top.shoot("county-doubtful").await;
    top.click("#to-all").await;
    top.compose("#search", "王𬍛").await;
    top.click(&format!("#cases [data-case=\"{case_no}\"]")).await;
    top.expect(".panel[data-state=ACCEPTED]", "已受理").await;
    top.shoot("county-desk").await;
    for window in [top, township, village] {
        window.close().await;
    }
    drop(hub);
}
