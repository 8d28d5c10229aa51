//! Papers on a real printer's way: a real CUPS, a raw queue, and a wire with a printer at its end or nobody.

use daiban_testkit::{
    County,
    cups::{Cups, Printer},
    program::{daiban, run},
};
use serde_json::Value;
use std::{fs, net::TcpListener, path::Path};

fn form(county: &County, cups: &Cups, case_no: &str, printer: &[&str]) -> Result<Value, String> {
    let file = county.path("F02.pdf");
    let folder = county.path("township");
    let mut command = daiban(folder.parent().unwrap(), "township");
    command.args(["form", case_no, "F02", "-o"]).arg(&file).args(printer).env("CUPS_SERVER", cups.server());
    run(&mut command)
}

fn recorded(county: &County) -> String {
    let folder = county.path("township");
    let township =
        |arguments: &[&str]| run(daiban(folder.parent().unwrap(), "township").args(arguments)).unwrap();
    let request = r#"{"itemId": "I002", "channel": "WINDOW", "applicant": {"name": "罗秀珍", "idNo": "621099195508082563"}}"#;
    let file = county.path("request.json");
    fs::write(&file, request).unwrap();
    township(&["record", file.to_str().unwrap()])["caseNo"].as_str().unwrap().to_owned()
}

fn prints(county: &County, case_no: &str) -> Vec<Value> {
    let folder = county.path("township");
    let case = run(daiban(folder.parent().unwrap(), "township").args(["show", case_no])).unwrap();
    let events = case["events"].as_array().unwrap().iter();
    events.filter(|event| event["kind"] == "print").cloned().collect()
}

#[tokio::test]
async fn what_the_printer_gets_is_the_file_as_often_as_was_asked() {
    let county = County::new().await;
    let case_no = recorded(&county);
    let (cups, printer) = (Cups::start(), Printer::on(0));
    cups.queue("window", printer.port);
    let folder = county.path("township");
    let mut command = daiban(folder.parent().unwrap(), "township");
    let listed = run(command.arg("printers").env("CUPS_SERVER", cups.server())).unwrap();
    assert_eq!((&listed[0]["name"], &listed[0]["says"]), (&"window".into(), &"".into()));

    let printed = form(&county, &cups, &case_no, &["--printer", "window", "--copies", "2"]).unwrap();
    assert_eq!(printed["printing"]["stuck"], false, "{printed}");
    let file = fs::read(printed["file"].as_str().unwrap()).unwrap();
    let got = printer.next();
    assert!(got == [file.clone(), file].concat(), "byte for byte, twice: {}", got.len());
    let told = prints(&county, &case_no);
    assert_eq!((told.len(), &told[0]["payload"]["printer"]["copies"]), (1, &2.into()));
}

#[tokio::test]
async fn a_printer_that_is_off_is_told_of_and_the_paper_waits_for_it() {
    let county = County::new().await;
    let case_no = recorded(&county);
    let cups = Cups::start();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    cups.queue("window", port);
    let printed = form(&county, &cups, &case_no, &["--printer", "window"]).unwrap();
    assert_eq!(printed["printing"]["stuck"], true, "{printed}");
    let says = printed["printing"]["says"].as_str().unwrap();
    assert!(says.contains("没有连上") && says.contains("留在队列里"), "{says}");
    assert_eq!(prints(&county, &case_no).len(), 1, "the queue took it");
    // Switched on: it comes out.
    let printer = Printer::on(port);
    assert!(printer.next() == fs::read(printed["file"].as_str().unwrap()).unwrap());
}

#[tokio::test]
async fn the_tray_that_was_asked_for_reaches_the_printer_and_is_offered_again() {
    let county = County::new().await;
    let case_no = recorded(&county);
    let (cups, printer) = (Cups::start(), Printer::on(0));
    cups.queue("aside", printer.port);
    cups.queue_with_trays("window", printer.port);
    cups.run("lpadmin", &["-d", "aside"]);
    let trays = |usual: (&str, &str)| {
        let folder = county.path("township");
        let mut command = daiban(folder.parent().unwrap(), "township");
        let listed = run(command.arg("printers").env("CUPS_SERVER", cups.server())).unwrap();
        let listed = listed.as_array().unwrap();
        let usual_one: Vec<&Value> = listed.iter().filter(|one| one["usual"] == true).collect();
        assert_eq!(usual_one.len(), 1, "{listed:?}");
        assert_eq!(usual_one[0]["name"], usual.0, "{listed:?}");
        let window = listed.iter().find(|one| one["name"] == "window").unwrap();
        let trays: Vec<(&str, &str)> = window["trays"]
            .as_array()
            .unwrap()
            .iter()
            .map(|tray| (tray["tray"].as_str().unwrap(), tray["name"].as_str().unwrap()))
            .collect();
        assert_eq!(trays, [("Auto", "自动选择"), ("Tray1", "纸盒 1"), ("Tray2", "纸盒 2")]);
        let chosen = window["trays"].as_array().unwrap().iter().find(|tray| tray["usual"] == true).unwrap();
        assert_eq!(chosen["tray"], usual.1);
    };
    trays(("aside", "Auto"));
    let unknown = form(&county, &cups, &case_no, &["--printer", "window", "--tray", "Tray9"]);
    assert_eq!(unknown.unwrap_err(), "printer-refused");
    assert_eq!(prints(&county, &case_no), [] as [Value; 0]);
    let printed = form(&county, &cups, &case_no, &["--printer", "window", "--tray", "Tray2"]).unwrap();
    assert_eq!(printed["printing"]["printer"], "window");
    let got = printer.next();
    let line = got.iter().position(|byte| *byte == b'\n').unwrap();
    let options = String::from_utf8_lossy(&got[..line]);
    assert!(options.split(' ').any(|option| option == "InputSlot=Tray2"), "{options}");
    assert!(got[line + 1..] == fs::read(printed["file"].as_str().unwrap()).unwrap());
    trays(("window", "Tray2"));
    assert_eq!(prints(&county, &case_no)[0]["payload"]["printer"]["tray"], "Tray2");
}

#[tokio::test]
async fn a_printer_without_paper_is_told_of_and_goes_on_when_it_has_some() {
    let county = County::new().await;
    let case_no = recorded(&county);
    let (cups, printer) = (Cups::start(), Printer::on(0));
    cups.queue_with_trays("站里打印机", printer.port);
    cups.paper(false);
    let printed = form(&county, &cups, &case_no, &["--printer", "站里打印机"]).unwrap();
    assert_eq!(printed["printing"]["stuck"], true, "{printed}");
    let says = printed["printing"]["says"].as_str().unwrap();
    assert!(says.contains("缺纸") && says.contains("留在队列里"), "{says}");
    cups.paper(true);
    let got = printer.next();
    assert!(got.ends_with(&fs::read(printed["file"].as_str().unwrap()).unwrap()));
    assert_eq!(prints(&county, &case_no).len(), 1);
}

/// A stick that is plugged in is a folder: the paper lies there under its own name, and nothing beside it.
#[tokio::test]
async fn a_paper_is_saved_in_a_folder_under_a_name_without_personal_data() {
    let county = County::new().await;
    let case_no = recorded(&county);
    let stick = county.path("KINGSTON");
    fs::create_dir(&stick).unwrap();
    let folder = county.path("township");
    let mut command = daiban(folder.parent().unwrap(), "township");
    let saved = run(command.args(["form", &case_no, "F02", "-o"]).arg(&stick)).unwrap();
    let files: Vec<_> = fs::read_dir(&stick).unwrap().map(|file| file.unwrap().path()).collect();
    let [file] = &files[..] else { panic!("{files:?}") };
    assert_eq!(saved["file"], file.to_str().unwrap());
    assert!(file.file_name().unwrap().to_str().unwrap().starts_with(&format!("{case_no}-F02-")), "{file:?}");
    assert_eq!(prints(&county, &case_no).len(), 1);
    fs::remove_dir_all(&stick).unwrap();
    // Pulled out: nothing is recorded, and nothing claims to lie there.
    let gone = stick.join("F02.pdf");
    fs::write(&stick, "no folder").unwrap();
    let mut command = daiban(folder.parent().unwrap(), "township");
    let refused = run(command.args(["form", &case_no, "F02", "-o"]).arg(&gone));
    assert_eq!(refused.unwrap_err(), "file");
    assert_eq!(prints(&county, &case_no).len(), 1);
}

#[tokio::test]
async fn what_no_queue_took_is_not_printed() {
    let county = County::new().await;
    let case_no = recorded(&county);
    let cups = Cups::start();
    assert_eq!(form(&county, &cups, &case_no, &["--printer", "nobody"]).unwrap_err(), "printer-refused");
    cups.queue("window", 9);
    cups.run("cupsreject", &["window"]);
    assert_eq!(form(&county, &cups, &case_no, &["--printer", "window"]).unwrap_err(), "printer-refused");
    assert_eq!(prints(&county, &case_no), [] as [Value; 0]);
    assert_eq!(cups.run("lpstat", &["-o"]), "", "nothing waits");
    assert!(!Path::new(&county.path("F02.pdf")).exists());
    // And its number goes to the next paper.
    let saved = form(&county, &cups, &case_no, &[]).unwrap();
    assert!(saved["number"].as_str().unwrap().ends_with("-0001号"), "{saved}");
}

/// What `daiban prints` tells, after doing something about one.
fn queue(county: &County, cups: &Cups, act: &[&str]) -> Result<Vec<Value>, String> {
    let folder = county.path("township");
    let mut command = daiban(folder.parent().unwrap(), "township");
    let told = run(command.arg("prints").args(act).env("CUPS_SERVER", cups.server()))?;
    assert_eq!(told["system"], true);
    Ok(told["prints"].as_array().unwrap().clone())
}

#[tokio::test]
async fn the_queue_tells_what_waits_and_why_and_is_acted_on() {
    let county = County::new().await;
    let case_no = recorded(&county);
    let cups = Cups::start();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    cups.queue("窗口打印机", port);
    let first = form(&county, &cups, &case_no, &["--printer", "窗口打印机", "--copies", "2"]).unwrap();
    let file = fs::read(first["file"].as_str().unwrap()).unwrap();
    form(&county, &cups, &case_no, &["--printer", "窗口打印机"]).unwrap();
    form(&county, &cups, &case_no, &[]).unwrap();
    // Nobody is at the end of the wire: both wait, the file is there.
    let told = queue(&county, &cups, &[]).unwrap();
    let states: Vec<&str> = told.iter().map(|one| one["state"].as_str().unwrap()).collect();
    assert!(states[..2].iter().all(|state| ["WAITING", "PRINTING"].contains(state)), "{told:?}");
    assert_eq!(states[2..], ["SAVED"]);
    let waiting = told.iter().find(|one| one["copies"] == 2).unwrap();
    assert!(waiting["says"].as_str().unwrap().contains("没有连上"), "{waiting}");
    assert_eq!((&waiting["number"], &waiting["caseNo"]), (&first["number"], &case_no.clone().into()));

    // One is taken out; switched on, the other comes.
    let second = told.iter().find(|one| one["copies"] == 1 && one["state"] != "SAVED").unwrap();
    let number = |print: &Value| print["id"].as_i64().unwrap();
    let (id, first) = (number(second), number(waiting));
    let told = queue(&county, &cups, &["--cancel", &id.to_string()]).unwrap();
    let state = |told: &[Value], id: i64| {
        let one = told.iter().find(|one| number(one) == id).unwrap();
        one["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(state(&told, id), "CANCELLED");
    assert_eq!(queue(&county, &cups, &["--cancel", "999"]).unwrap_err(), "bad-input");
    let printer = Printer::on(port);
    assert!(printer.next() == [file.clone(), file].concat());
    let begun = std::time::Instant::now();
    while state(&queue(&county, &cups, &[]).unwrap(), first) != "DONE" {
        assert!(begun.elapsed().as_secs() < 20);
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    // What was cancelled is printed after all, from the copy that the queue keeps, and no second paper is recorded.
    let papers = prints(&county, &case_no).len();
    queue(&county, &cups, &["--again", &id.to_string()]).unwrap();
    assert!(printer.next().starts_with(b"%PDF"));
    assert_eq!(prints(&county, &case_no).len(), papers);
}
