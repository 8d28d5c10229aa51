//! Papers of many cases, from a desk to a printer.

use super::*;

pub(crate) const PEOPLE: [(&str, &str); 3] =
    [("罗秀珍", "621099195508082563"), ("何得福", "621099194203150014"), ("郭满仓", "621099198701011189")];

/// One who asks for a pension, with everything that it needs; the number.
pub(crate) fn record(county: &Path, desk: &str, (name, id_no): (&str, &str), now: &str) -> String {
    let form: Item =
        serde_json::from_value(run(daiban(county, desk).args(["item", "I002"])).unwrap()).unwrap();
    let materials =
        ["APP", "ID", "CARD", "PROXY"].map(|code| json!({"materialCode": code, "originals": 1, "copies": 1}));
    let request = json!({
        "itemId": "I002", "materials": materials, "fields": answers(&form, instant(now).date()),
        "applicant": {"name": name, "idNo": id_no, "phone": "13900005678", "address": "上塬村二组6号"},
    });
    let mut record = daiban(county, desk);
    let recorded = run_with(record.args(["record", "-"]).env("DAIBAN_NOW", now), &request.to_string());
    recorded.unwrap()["caseNo"].as_str().unwrap().to_owned()
}

/// A desk that was used this morning, with so many requests of different people; their numbers.
pub(crate) fn recorded(county: &Path, desk: &str, people: &[(&str, &str)]) -> Vec<String> {
    let all = people.iter().map(|person| record(county, desk, *person, &at("08:00"))).collect();
    say_day(county, desk, "08:30");
    all
}

/// The options of a job, and the file.
pub(crate) fn job(printer: &Printer) -> (String, Vec<u8>) {
    let mut got = printer.next();
    let line = got.iter().position(|byte| *byte == b'\n').unwrap();
    let file = got.split_off(line + 1);
    (String::from_utf8_lossy(&got).into_owned(), file)
}

#[tokio::test]
async fn papers_of_many_cases_are_printed_at_once() {
    let _screen = SCREEN.lock().await;
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, port);
    let cases = recorded(county, "village", &PEOPLE);
    let (cups, printer) = (Cups::start(), Printer::on(0));
    cups.queue_with_trays("站里打印机", printer.port);
    let village = open_at(county, "village", "09:00", Path::new(cups.server())).await;
    // Two of the three go to the township, with one slip.
    village.click("#to-cases").await;
    village.click("#to-hand-over").await;
    village.click("#hand-over-all").await;
    village.click(&format!("[data-goes=\"{}\"] input", cases[2])).await;
    village.expect("#confirm-hand-over", "移交 2 件").await;
    village.shoot("village-hand-over-all").await;
    village.click("#confirm-hand-over").await;
    village.find("#forms [data-due=F06] input:checked").await;
    village.expect("#forms [data-due=F01]", "2 件").await;
    village.click("#tray option[value=Tray2]").await;
    village.click("#print-form").await;
    village.expect("#came", "材料交接单 1 份").await;
    village.find("#printing[data-stuck=false]").await;
    let (options, file) = job(&printer);
    assert!(options.contains("InputSlot=Tray2"), "{options}");
    assert!(file == fs::read(village.text("#saved-file").await).unwrap());
    village.shoot("village-batch-printed").await;
    // Their receipts; and the paper runs out.
    cups.paper(false);
    village.click("#forms [data-due=F01] input").await;
    village.click("#print-form").await;
    village.expect("#came", "代办登记回执 2 份").await;
    village.expect("#printing[data-stuck=true]", "缺纸").await;
    village.shoot("village-batch-stuck").await;
    cups.paper(true);
    assert!(job(&printer).1 == fs::read(village.text("#saved-file").await).unwrap());
    // Later, from one of the cases, as it was printed last.
    village.press("\u{e00c}").await;
    village.click("#to-cases").await;
    village.click("#to-all").await;
    village.click(&format!("#cases [data-case=\"{}\"]", cases[0])).await;
    village.click(".panel [data-batch]").await;
    village.expect("#forms [data-due=F06]", "打过 2 件").await;
    village.find("#tray option[value=Tray2]:checked").await;
    village.click("#save-form").await;
    village.expect("#came", "材料交接单 1 份").await;
    let again = village.text("#saved-file").await;
    assert!(pdf_text(&again).contains("补打第1次"), "{again}");
    village.close().await;

    // What the township has accepted today, and hasn't printed yet.
    let cases = recorded(county, "township", &PEOPLE[..2]);
    for case_no in &cases {
        run(daiban(county, "township").args(["act", case_no, "accept"]).env("DAIBAN_NOW", at("09:10")))
            .unwrap();
    }
    let township = open_at(county, "township", "09:30", Path::new(cups.server())).await;
    township.click("#print-day").await;
    township.expect("#forms [data-due=F02]", "2 件").await;
    township.click("#forms [data-due=F02] input").await;
    township.find("#forms [data-due=F02] input:checked").await;
    township.shoot("township-day").await;
    township.click("#print-form").await;
    township.expect("#came", "受理通知书 2 份，4 页").await;
    job(&printer);
    township.shoot("township-day-printed").await;
    // Printed once.
    township.gone("#forms [data-due=F02]").await;
    township.press("\u{e00c}").await;
    township.click("#to-items").await;
    township.click("#print-cards").await;
    township.find(".paper[data-paper=F12] #preview svg").await;
    township.find("#print-form").await;
    township.shoot("township-cards").await;
    township.click("#save-form").await;
    assert!(pdf_text(township.text("#saved-file").await).contains("有事您找我，代办不收费"));
    township.close().await;
}
