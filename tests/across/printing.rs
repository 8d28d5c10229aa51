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
