//! The main job in the real windows: recorded in the village without a network, sent, accepted and printed in the
//! township, seen in the county. And without any line to the county: on a stick, and over the township's computer.
//!
//! Test code: a failure here is a failed test, so it panics.
#![allow(clippy::unwrap_used)]

use daiban_domain::{Instant, item::Item};
use daiban_testkit::{
    answers,
    cups::{Cups, Printer},
    found_in, pdf_text,
    program::{RunningHub, daiban, program, run, run_with},
    qr_code,
};

use daiban_tests::Window;
use jiff::civil::date;
use serde_json::json;
use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
};
use tokio::sync::Mutex;

/// There is one screen, and keys go where its focus is: one story at a time.
static SCREEN: Mutex<()> = Mutex::const_new(());

fn at(clock: &str) -> String {
    format!("2026-09-28T{clock}:00+08:00")
}

async fn open(county: &Path, desk: &str, clock: &str) -> Window {
    open_at(county, desk, clock, Path::new("/nowhere")).await
}

/// The same beside a print system; without one there is no printer, whatever this machine has.
async fn open_at(county: &Path, desk: &str, clock: &str, printers: &Path) -> Window {
    let (data, keys) = (county.join(desk), county.join("keys"));
    let env = [("DAIBAN_DATA", &*data), ("DAIBAN_KEYS", &*keys), ("CUPS_SERVER", printers)];
    Window::open(&env, &at(clock)).await
}

/// The desks remember the hub's address from their enrolment, so it has to be known before the hub runs.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Founds the sample county, whose desks will call their hub at a port of this machine.
fn found(county: &Path, port: u16) {
    let mut sample = daiban(county, "");
    sample.arg("sample").arg(county).arg("--hub-url").arg(format!("http://127.0.0.1:{port}"));
    run(sample.env("DAIBAN_NOW", "2026-01-04T08:00:00+08:00")).unwrap();
}

/// A desk in use: people who came before, some of them well on their way, and a phone that two corrected. The hub serves
/// for each exchange by the clock of its day.
fn earlier_work(county: &Path, port: u16) {
    let at = |desk: &str, day: &str, arguments: &[&str]| {
        let mut command = daiban(county, desk);
        run(command.args(arguments).env("DAIBAN_NOW", format!("2026-09-{day}T09:30:00+08:00"))).unwrap()
    };
    let people = [
        ("14", "罗秀珍", "621099195508082563", "I018", 4),
        ("15", "古丽娜尔·买买提", "62109919991231204X", "I012", 2),
        ("17", "郭满仓", "621099198701011189", "I013", 5),
        ("21", "苏秀英", "62109919630720002X", "I019", 2),
        ("22", "何得福", "621099194203150014", "I017", 2),
        ("23", "赵存善", "621099201602290033", "I022", 1),
        ("24", "张银娃", "621099202402290076", "I010", 0),
    ];
    let mut corrected = String::new();
    for (day, name, id_no, item, steps) in people {
        let details = run(daiban(county, "village").args(["item", item])).unwrap();
        let materials: Vec<_> = details["materials"]
            .as_array()
            .unwrap()
            .iter()
            .map(|material| json!({"materialCode": material["materialCode"], "originals": 1, "copies": 1}))
            .collect();
        let form: Item = serde_json::from_value(details).unwrap();
        let request = json!({
            "itemId": item, "materials": materials, "fields": answers(&form, date(2026, 9, 14)),
            "applicant": {"name": name, "idNo": id_no, "phone": "13900005678", "address": "上塬村二组6号"},
        });
        let mut record = daiban(county, "village");
        record.args(["record", "-"]).env("DAIBAN_NOW", format!("2026-09-{day}T09:00:00+08:00"));
        let recorded = run_with(&mut record, &request.to_string()).unwrap();
        let case_no = recorded["caseNo"].as_str().unwrap();
        let walk = ["handOver", "receive", "accept", "startReview", "propose"];
        for (i, event) in walk.iter().take(steps).enumerate() {
            let desk = if i == 0 { "village" } else { "township" };
            if i == 1 {
                let _hub =
                    RunningHub::start_at(county, port, instant(&format!("2026-09-{day}T09:30:00+08:00")));
                at("village", day, &["sync"]);
                at("township", day, &["sync"]);
            }
            at(desk, day, &["act", case_no, event]);
        }
        if name == "苏秀英" {
            corrected = case_no.to_owned();
        }
    }
    at("village", "24", &["set", &corrected, "applicant.phone", "13912345678"]);
    at("township", "24", &["set", &corrected, "applicant.phone", "13912342210"]);
    let _hub = RunningHub::start_at(county, port, instant("2026-09-25T09:30:00+08:00"));
    for desk in ["village", "township", "county", "village"] {
        at(desk, "25", &["sync"]);
    }
}

fn instant(text: &str) -> Instant {
    text.parse().unwrap()
}

/// The hub on the day of the windows.
fn hub_at(county: &Path, port: u16, clock: &str) -> RunningHub {
    RunningHub::start_at(county, port, instant(&at(clock)))
}

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
    assert!(village.absent("#to-cases").await, "nothing of what was shown stays");
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
    township.close().await;
    drop(hub);
}

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
    top.click("#to-doubtful").await;
    top.click("#cases [data-case]").await;
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

/// A desk that was used this morning, with so many requests of different people for a pension; their numbers.
fn recorded(county: &Path, desk: &str, people: &[(&str, &str)]) -> Vec<String> {
    let form: Item =
        serde_json::from_value(run(daiban(county, desk).args(["item", "I002"])).unwrap()).unwrap();
    let record = |(name, id_no): &(&str, &str)| {
        let materials = ["APP", "ID", "CARD", "PROXY"]
            .map(|code| json!({"materialCode": code, "originals": 1, "copies": 1}));
        let request = json!({
            "itemId": "I002", "materials": materials, "fields": answers(&form, date(2026, 9, 28)),
            "applicant": {"name": name, "idNo": id_no, "phone": "13900005678", "address": "上塬村二组6号"},
        });
        let mut record = daiban(county, desk);
        let recorded =
            run_with(record.args(["record", "-"]).env("DAIBAN_NOW", at("08:00")), &request.to_string());
        recorded.unwrap()["caseNo"].as_str().unwrap().to_owned()
    };
    let all = people.iter().map(record).collect();
    run(daiban(county, desk).args(["day", "2026-09-28"]).env("DAIBAN_NOW", at("08:30"))).unwrap();
    all
}

/// The options of a job, and the file.
fn job(printer: &Printer) -> (String, Vec<u8>) {
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
    let people = [
        ("罗秀珍", "621099195508082563"),
        ("何得福", "621099194203150014"),
        ("郭满仓", "621099198701011189"),
    ];
    let cases = recorded(county, "village", &people);
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
    let cases =
        recorded(county, "township", &people[..2].iter().map(|one| (one.0, one.1)).collect::<Vec<_>>());
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
    assert!(township.absent("#forms [data-due=F02]").await, "printed once");
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
    run(daiban(county, "village").args(["day", "2026-09-28"]).env("DAIBAN_NOW", at("08:30"))).unwrap();
    let photo = county.join("photo.png");
    let paper = image::RgbImage::from_fn(900, 1200, |x, y| {
        image::Rgb(if (100..800).contains(&x) && y % 60 < 12 && y > 150 {
            [60, 60, 70]
        } else {
            [245, 243, 236]
        })
    });
    paper.save(&photo).unwrap();

    let village = open(county, "village", "09:00").await;
    village.click("#to-cases").await;
    village.click(&format!("#cases [data-case=\"{case_no}\"]")).await;
    village.find("#add-photo").await;
    village.click("#open-case").await;
    village.find(".page.case #add-photo").await;
    village.choose("#photo-file", &photo).await;
    village.expect("[data-photo] [data-reach=HERE]", "已存本机").await;
    village.find("[data-photo] img").await;
    village.click("[data-photo] .thumb").await;
    village.find(".photo img").await;
    village.shoot("village-photo-large").await;
    village.press("\u{e00c}").await;
    village.shoot("village-photo").await;
    let hub = hub_at(county, port, "09:30");
    village.click("#to-sync").await;
    village.click("#sync-now").await;
    village.expect("#sync-result[data-done=true]", "照片送出 1 张").await;
    village.click("#to-cases").await;
    village.click(&format!("#cases [data-case=\"{case_no}\"]")).await;
    village.expect("[data-photo] [data-reach=COUNTY]", "县中心已收到").await;
    village.close().await;
    drop(hub);
}

#[tokio::test]
async fn without_a_line_records_travel_on_a_stick_and_over_the_township() {
    let _screen = SCREEN.lock().await;
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, port);
    earlier_work(county, port);
    let request = json!({
        "itemId": "I002",
        "applicant": {"name": "白金莲", "idNo": "621099194203150014", "phone": "13912345678", "address": "上塬村三组17号"},
    });
    let mut record = daiban(county, "village");
    record.args(["record", "-"]).env("DAIBAN_NOW", at("08:30"));
    let recorded = run_with(&mut record, &request.to_string()).unwrap();
    let case_no = recorded["caseNo"].as_str().unwrap();
    let row = format!("#cases [data-case=\"{case_no}\"]");
    let stick = county.join("KINGSTON");
    fs::create_dir(&stick).unwrap();

    // On the stick.
    let village = open(county, "village", "09:00").await;
    village.click("#to-sync").await;
    village.expect("#sync-result", "每分钟自动送").await;
    village.shoot("sync-village").await;
    village.click("#sync-now").await;
    village.expect("#sync-result", "连不上县中心").await;
    village.fill("#bundle-export-path", &stick.display().to_string()).await;
    village.click("#bundle-export").await;
    village.expect("#bundle-result[data-done=true]", "写好了").await;
    village.shoot("sync-village-exported").await;
    let files: Vec<_> = fs::read_dir(&stick).unwrap().map(|file| file.unwrap().path()).collect();
    let [bundle] = &files[..] else { panic!("one file, and nothing beside it: {files:?}") };

    // Somebody copied it where bundles lie.
    let brought = county.join("township/bundles");
    fs::create_dir(&brought).unwrap();
    fs::copy(bundle, brought.join(bundle.file_name().unwrap())).unwrap();

    let township = open(county, "township", "09:30").await;
    township.click("#to-all").await;
    township.find("#cases [data-case]").await;
    assert!(township.absent(&row).await, "nobody has brought it yet");
    township.click("#to-sync").await;
    let damaged = stick.join("damaged.bundle");
    fs::write(&damaged, "not what it was").unwrap();
    township.fill("#bundle-import-path", &damaged.display().to_string()).await;
    township.click("#bundle-import").await;
    township.expect("#bundle-result[data-done=false]", "没有导入").await;
    township.shoot("sync-township-damaged").await;
    township.click("[data-bundle=上塬村]").await;
    township.click("#bundle-import").await;
    township.expect("#bundle-result[data-done=true]", "条新记录，已存本机").await;
    township.shoot("sync-township-imported").await;
    township.click("#to-all").await;
    township.click(&row).await;
    township.expect(".panel[data-state=REGISTERED]", "白金莲").await;
    township.expect(&format!("{row} [data-reach=HERE]"), "已存本机").await;
    township.shoot("township-list").await;

    // Over the township: first where another program listens, which is said; then where it can.
    township.click("#to-sync").await;
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    township.fill("#relay-listen", &taken.local_addr().unwrap().to_string()).await;
    township.click("#relay-serve").await;
    township.expect("#relay-listen-says", "已经有别的程序在用").await;
    let relay = format!("127.0.0.1:{}", free_port());
    township.fill("#relay-listen", &relay).await;
    township.click("#relay-serve").await;
    township.expect("#relay-addresses", &format!("http://{relay}")).await;
    township.shoot("sync-township-relay").await;

    village.click("#to-cases").await;
    village.expect(&format!("{row} [data-reach=HERE]"), "已存本机").await;
    village.click("#to-sync").await;
    village.fill("#relay-call", &relay).await;
    village.click("#relay-save").await;
    village.expect("#relay-call-says", "通了").await;
    village.click("#sync-now").await;
    village.expect("#sync-result[data-done=true]", "县中心连不上").await;
    village.expect("#sync-result", "清源镇").await;
    village.expect(".station:has(#cases-at-township)", "回执").await;
    village.shoot("sync-village-relayed").await;
    village.click("#to-cases").await;
    village.expect(&format!("{row} [data-reach=TOWNSHIP]"), "乡镇已收到").await;
    village.shoot("village-cases-relayed").await;
    village.click("#to-home").await;
    village.shoot("village-home-relayed").await;

    // The line is back, and with it the county's receipt.
    let hub = hub_at(county, port, "09:30");
    village.click("#to-sync").await;
    village.click("#sync-now").await;
    village.expect("#sync-result", "本机没有未送的").await;
    village.click("#to-cases").await;
    village.expect(&format!("{row} [data-reach=COUNTY]"), "县中心已收到").await;
    for window in [township, village] {
        window.close().await;
    }
    drop(hub);
}

/// The battery is dead: the whole window asks what day it is, and the desk goes on from there.
#[tokio::test]
async fn a_clock_that_woke_up_in_2019_is_asked_about() {
    let _screen = SCREEN.lock().await;
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, port);
    earlier_work(county, port);
    let (data, keys) = (county.join("village"), county.join("keys"));
    let village =
        Window::open(&[("DAIBAN_DATA", &data), ("DAIBAN_KEYS", &keys)], "2019-01-01T08:00:00+08:00").await;
    village.find("#day").await;
    village.shoot("village-day-asked").await;
    village.fill("#day", "2026-09-24").await;
    village.press("\u{e007}").await;
    village.expect(".enrol", "县中心已经签收过更晚的日期").await;
    village.fill("#day", "2026年9月28日").await;
    village.press("\u{e007}").await;
    village.expect(".page.home h1", "9月28日").await;
    village.shoot("village-day-said").await;
    village.close().await;
}

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
    assert!(village.absent("#no-password").await);
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
    assert!(village.absent(".window").await);
    village.shoot("village-locked").await;
    village.fill("#password", "apricots go home").await;
    village.press(enter).await;
    village.expect("#lock-page", "密码不对").await;
    village.shoot("village-wrong-password").await;
    village.fill("#password", "apricots go to market").await;
    village.press(enter).await;
    assert_eq!(village.find("#name").await.prop("value").await.unwrap().as_deref(), Some("马桂英"));

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
    assert!(village.absent("#name").await);
    village.click("#who").await;
    village.find("#users").await;
    village.shoot("village-users-two").await;
    village.close().await;

    // The first start of another machine asks for a password.
    let code = issue(&["--unit", "621099100201"]);
    let willow = open(county, "willow", "09:15").await;
    willow.fill("#hub", &hub.url).await;
    willow.fill("#code", code["code"].as_str().unwrap()).await;
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
    willow.expect("#who", "赵天佑").await;
    assert!(willow.absent("#no-password").await);
    willow.close().await;
    drop(hub);
    for text in ["马桂英", "621099194603120228", "apricots", "south slope", "621099194203150014"] {
        assert_eq!(found_in(&[&data, &home], text), Vec::<PathBuf>::new(), "{text}");
    }
}
