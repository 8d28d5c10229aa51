//! 打印: a printer without paper, what waits for it, and what has come of it.

use super::{county::large, *};

#[tokio::test]
async fn what_waits_at_the_printer_is_seen_and_taken_out() {
    let _screen = SCREEN.lock().await;
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, port);
    say_day(county, "township", "08:00");
    let people = [("罗秀珍", "621099195508082563"), ("何得福", "621099194203150014")];
    let (cups, printer) = (Cups::start(), Printer::on(0));
    cups.queue_with_trays("站里打印机", printer.port);
    let township = |arguments: &[&str]| {
        let mut command = daiban(county, "township");
        command.args(arguments).env("CUPS_SERVER", cups.server()).env("DAIBAN_NOW", at("08:30"));
        run(&mut command).unwrap()
    };
    let cases = people.map(|(name, id_no)| {
        let request = json!({"itemId": "I002", "applicant": {"name": name, "idNo": id_no}});
        let file = county.join("request.json");
        fs::write(&file, request.to_string()).unwrap();
        township(&["record", file.to_str().unwrap()])["caseNo"].as_str().unwrap().to_owned()
    });
    for case_no in &cases {
        township(&["form", case_no, "F02"]);
    }
    cups.paper(false);
    for case_no in &cases {
        township(&["form", case_no, "F02", "--printer", "站里打印机"]);
    }

    let window = open_at(county, "township", "09:00", Path::new(cups.server())).await;
    large(&window, false).await;
    window.click("#to-prints").await;
    window.expect("[data-printer=站里打印机]", "缺纸").await;
    window.find("#prints-open [data-state=printing]").await;
    window.expect("#prints-today", "存好了").await;
    window.shoot("township-prints").await;
    large(&window, true).await;
    window.shoot("township-prints-large").await;
    large(&window, false).await;
    // One is taken out, the other comes when there is paper.
    let waiting = window.attribute("#prints-open [data-state=waiting]", "data-print").await;
    window.click(&format!("[data-print=\"{waiting}\"] [data-act=cancel]")).await;
    window.expect(".notice", "取消了").await;
    window.find(&format!("#prints-today [data-print=\"{waiting}\"][data-state=cancelled]")).await;
    cups.paper(true);
    printer.next();
    window.find("#prints-today [data-state=done]").await;
    // Nothing waits any more.
    window.gone("#prints-open").await;
    window.shoot("township-prints-done").await;
    window.click("#prints-today [data-state=cancelled] [data-act=again]").await;
    window.expect(".notice", "又送去打了").await;
    printer.next();
    // Beside the paper it is told what the printer makes of it until it is out, and the focus stays where it is.
    window.click("#prints-today [data-state=cancelled] .button.quiet, #prints-today [data-state=done] .button.quiet").await;
    window.click("[data-form=F02]").await;
    window.find("#print-form:focus").await;
    cups.paper(false);
    window.press("\u{e007}").await;
    window.expect("#printing[data-state]", "缺纸").await;
    window.shoot("township-printing-watched").await;
    cups.paper(true);
    printer.next();
    window.find("#printing[data-state=done]").await;
    window.expect("#printing", "打好了").await;
    window.find("#print-form:focus").await;
    window.shoot("township-printing-done").await;
    window.close().await;
}
