//! Market day: one window, people waiting, everything decided on the spot. By keyboard alone, as a practised clerk works; the
//! printer runs out of paper in the middle of it.

use super::{
    by_keys::{choose, into},
    papers::job,
    *,
};
use std::collections::BTreeSet;

const ENTER: &str = "\u{e007}";
const ESC: &str = "\u{e00c}";

/// So many come this morning. Most are served on the command line, by the same rules; the last ones in the window.
const PEOPLE: usize = 40;
const AT_THE_WINDOW: usize = 3;
/// Accepted, and by evening not decided.
const LEFT_OPEN: [usize; 2] = [7, 27];

fn sample_id(n: usize) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let first = format!("621099{:04}0{}1{}00{}", 1950 + n, 1 + n % 9, n % 9, n % 10);
    let sum: u32 = first.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{first}{}", b"10X98765432"[(sum % 11) as usize] as char)
}

/// Recorded, accepted, decided, closed, given out; but for those that stay open, and those that are served in the window.
fn served(county: &Path, n: usize, form: &Item) -> String {
    let clock = format!("{:02}:{:02}", 8 + n / 20, n % 20 * 3);
    let materials = ["APP", "ID", "HK", "CARD", "PROXY"]
        .map(|code| json!({"materialCode": code, "originals": 1, "copies": 1}));
    let request = json!({
        "itemId": "I001", "materials": materials, "fields": answers(form, date(2026, 9, 28)), "channel": "WINDOW",
        "applicant": {"name": format!("赶集人{n}"), "idNo": sample_id(n), "phone": "13900005678", "address": "清源镇街上"},
    });
    let mut record = daiban(county, "township");
    let recorded =
        run_with(record.args(["record", "-"]).env("DAIBAN_NOW", at(&clock)), &request.to_string()).unwrap();
    let case_no = recorded["caseNo"].as_str().unwrap().to_owned();
    let steps = match n {
        n if LEFT_OPEN.contains(&n) => 1,
        n if n >= PEOPLE - AT_THE_WINDOW => 0,
        _ => 4,
    };
    for event in ["accept", "approve", "close", "deliver"].iter().take(steps) {
        run(daiban(county, "township").args(["act", &case_no, event]).env("DAIBAN_NOW", at(&clock))).unwrap();
    }
    case_no
}

/// Takes the ordinary step, and puts away what paper comes with it.
async fn onward(window: &Window, event: &str, state: &str) {
    let step = format!(".offers .primary[data-event={event}]");
    window.find(&format!("{step}:focus")).await;
    window.press(ENTER).await;
    // Some ask what came of it, with the ordinary answer filled in.
    if matches!(event, "close" | "deliver") {
        window.find("#asked").await;
        window.tab_to("#confirm:enabled").await;
        window.press(ENTER).await;
    }
    window.find(&format!(".page.case[data-state={state}]")).await;
    while !window.absent(".paper").await {
        window.press(ESC).await;
    }
}

#[tokio::test]
async fn forty_are_served_on_a_market_morning() {
    let _screen = SCREEN.lock().await;
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    found(county, port);
    say_day(county, "township", "07:50");
    let form: Item =
        serde_json::from_value(run(daiban(county, "township").args(["item", "I001"])).unwrap()).unwrap();
    let all: Vec<String> = (0..PEOPLE).map(|n| served(county, n, &form)).collect();
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), PEOPLE, "no number comes twice");

    let (cups, printer) = (Cups::start(), Printer::on(0));
    cups.queue_with_trays("窗口打印机", printer.port);
    let window = open_at(county, "township", "10:00", Path::new(cups.server())).await;
    window.find(".page.home").await;
    for (n, case_no) in all.iter().enumerate().skip(PEOPLE - AT_THE_WINDOW) {
        choose(&window, "sl", "受理").await;
        into(&window, case_no).await;
        window.find(".panel .primary[data-event=accept]:focus").await;
        // On the whole page, from its first key to the paper in the hand.
        window.press("o").await;
        window.find(".offers .primary[data-event=accept]:focus").await;
        window.press(ENTER).await;
        // The notice comes by itself, and Enter prints it.
        window.find(".paper[data-paper=F02] #preview svg").await;
        let jammed = n == PEOPLE - AT_THE_WINDOW;
        if jammed {
            cups.paper(false);
        }
        window.find("#print-form:focus").await;
        window.press(ENTER).await;
        if jammed {
            window.expect("#printing[data-stuck=true]", "缺纸").await;
            window.shoot("market-day-out-of-paper").await;
            cups.paper(true);
        } else {
            window.find("#printing[data-stuck=false]").await;
        }
        assert!(job(&printer).1 == fs::read(window.text("#saved-file").await).unwrap());
        window.press(ESC).await;
        for (event, state) in [("approve", "APPROVED"), ("close", "CLOSED"), ("deliver", "DELIVERED")] {
            onward(&window, event, state).await;
        }
    }
    window.shoot("market-day-served").await;

    window.close().await;
    let window = open_at(county, "township", "17:30", Path::new(cups.server())).await;
    // Half past five: what isn't closed is there to be explained, and nothing else.
    window.find(".page.home").await;
    window.shoot("market-day-evening").await;
    window.click("#to-decision, #to-review").await;
    for n in LEFT_OPEN {
        window.find(&format!("#cases [data-case=\"{}\"]", all[n])).await;
    }
    window.expect("#total", "2").await;
    window.shoot("market-day-left").await;
    window.click("#large").await;
    window.shoot("market-day-left-large").await;
    window.click("#large").await;
    window.close().await;
}
