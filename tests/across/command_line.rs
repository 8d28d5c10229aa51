//! The command line as scripts use it: the whole story, and bad input.

use daiban_testkit::{
    County, pdf_text,
    program::{RunningHub, daiban, program, run, run_with},
};
use serde_json::{Value, json};
use std::{fs, path::Path, process::Command};

fn request() -> Value {
    json!({
        "itemId": "I002", "channel": "PROXY",
        "applicant": {"name": "阿卜杜热依木•买买提", "idNo": "62109919630720002x", "phone": "139 1234 5678", "address": "上塬村三组"},
        "fields": {"paidYears": 15},
        "materials": [{"materialCode": "APP", "originals": 1}, {"materialCode": "ID", "originals": 1, "copies": 1}],
    })
}

fn record(county: &Path, desk: &str, request: &Value) -> Result<Value, String> {
    run_with(daiban(county, desk).args(["record", "-"]), &request.to_string())
}

/// DAIBAN_NOW for a command.
fn at(command: &mut Command, now: &str) -> Result<Value, String> {
    run(command.env("DAIBAN_NOW", format!("2026-{now}:00+08:00")))
}

#[tokio::test]
async fn a_gap_is_told_and_filled_before_the_case_is_accepted() {
    let county = County::folder().await;
    let county = county.path();
    let hub = RunningHub::start_at(county, 0, daiban_testkit::at("09-28T09:30"));
    let sync =
        |desk: &str| at(daiban(county, desk).args(["sync", "--hub", &hub.url]), "09-28T09:30").unwrap();
    let mut recording = daiban(county, "village");
    recording.args(["record", "-"]).env("DAIBAN_NOW", "2026-09-28T09:00:00+08:00");
    let recorded = run_with(&mut recording, &request().to_string()).unwrap();
    assert_eq!(recorded["state"], "REGISTERED");
    let codes: Vec<(&str, &str)> = recorded["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|warning| (warning["code"].as_str().unwrap(), warning["path"].as_str().unwrap()))
        .collect();
    assert!(codes.contains(&("material-missing", "materials.CARD")), "{codes:?}");
    assert!(codes.contains(&("entrustment-missing", "materials.PROXY")), "{codes:?}");
    assert!(codes.contains(&("missing", "fields.bankAccount")), "{codes:?}");
    let case_no = recorded["caseNo"].as_str().unwrap();
    let shown = run(daiban(county, "village").args(["show", case_no])).unwrap();
    assert_eq!(shown["applicant"]["name"], "阿卜杜热依木·买买提");
    assert_eq!(shown["applicant"]["idNo"], "621099********002X");
    let mut unmask = daiban(county, "village");
    let read = run(unmask.args(["unmask", case_no, "applicant.idNo", "--reason", "核对证件原件"])).unwrap();
    assert_eq!(read["values"][0], "62109919630720002X");
    assert_eq!(shown["applicant"]["phone"], "13912345678");

    let act = |desk: &str, event: &str| at(daiban(county, desk).args(["act", case_no, event]), "09-28T10:00");
    act("village", "handOver").unwrap();
    assert_eq!(act("village", "handOver").unwrap_err(), "not-allowed");
    sync("village");
    sync("township");
    act("township", "receive").unwrap();
    assert_eq!(act("township", "accept").unwrap_err(), "material-missing");
    let notice = act("township", "oneTimeNotice").unwrap();
    assert_eq!(notice["state"], "AWAIT_SUPPLEMENT");
    assert_eq!(act("township", "supplement").unwrap()["state"], "RECEIVED");
    // The form isn't complete either: the window asks, and fills it in.
    assert_eq!(act("township", "accept").unwrap_err(), "not-allowed");
    let set = |path: &str, value: &str| run(daiban(county, "township").args(["set", case_no, path, value]));
    assert_eq!(set("fields.paidYears", "十五").unwrap_err(), "bad-input");
    set("fields.paidYears", "１５").unwrap();
    set("fields.bankAccount", "6217 0000 0000 0000 012").unwrap();
    assert_eq!(act("township", "accept").unwrap()["state"], "ACCEPTED");
    assert_eq!(act("village", "accept").unwrap_err(), "not-allowed");

    let file = county.join("notice.pdf");
    let form = |form: &str| {
        at(daiban(county, "township").args(["form", case_no, form, "-o"]).arg(&file), "09-28T11:00")
    };
    let saved = form("F02").unwrap();
    let text = pdf_text(&file);
    for words in
        ["受理通知书", "阿卜杜热依木·买买提", "2026年10月16日（星期五）前办结", "0900-6210199", case_no]
    {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert!(!text.contains("62109919630720002X"), "the identity number is masked");
    let again = form("F02").unwrap();
    assert_eq!(again["number"], saved["number"]);
    assert!(pdf_text(&file).contains("补打第1次"));
    assert_eq!(form("F01").map(|saved| saved["name"].clone()).unwrap(), "代办登记回执");
    assert_eq!(form("F99").unwrap_err(), "unknown-form");

    for (event, state) in [
        ("startReview", "IN_REVIEW"),
        ("propose", "PENDING_DECISION"),
        ("approve", "APPROVED"),
        ("close", "CLOSED"),
        ("deliver", "DELIVERED"),
    ] {
        assert_eq!(act("township", event).unwrap()["state"], state);
    }
    assert_eq!(act("township", "withdraw").unwrap_err(), "not-allowed");
}

#[tokio::test]
async fn a_walk_in_is_received_where_it_is_recorded() {
    let county = County::folder().await;
    let county = county.path();
    let mut request = request();
    request["channel"] = json!("WINDOW");
    let recorded = record(county, "township", &request).unwrap();
    assert_eq!(recorded["state"], "RECEIVED");
    let case_no = recorded["caseNo"].as_str().unwrap();
    assert!(case_no.starts_with("621099100000-"));
    let file = county.join("receipt.pdf");
    run(daiban(county, "township").args(["form", case_no, "F02", "-o"]).arg(&file)).unwrap();
    assert!(pdf_text(&file).contains("收件凭证"));
    let refused = run(daiban(county, "township").args(["form", case_no, "F01", "-o"]).arg(&file));
    assert_eq!(refused.unwrap_err(), "form-not-earned");
}

#[tokio::test]
async fn deadlines_and_validators() {
    let county = County::folder().await;
    let county = county.path();
    let due = |from: &str, days: &str| {
        run(daiban(county, "village").args(["due", "--from", from, "--working-days", days])).unwrap()
    };
    for (from, days, ends, provisional, why) in [
        ("2026-09-28", "7", "2026-10-13", false, "10月10日（周六）补班，算；10月1日至7日放假，不算"),
        ("2026-12-25", "10", "2027-01-11", true, "2027年的放假安排还没有公布，暂定"),
    ] {
        let due = due(from, days);
        assert_eq!((&due["due"], &due["provisional"]), (&json!(ends), &json!(provisional)));
        assert!(due["says"].as_str().unwrap().contains(why), "{due}");
    }
    let check = |kind: &str, value: &str| {
        let output = daiban(county, "village").args(["check", kind, value]).output().unwrap();
        (output.status.success(), serde_json::from_slice::<Value>(&output.stdout).unwrap())
    };
    let (ok, answer) = check("id", "62109919630720002x");
    assert!(ok && answer["normalised"] == "62109919630720002X");
    let (ok, answer) = check("id", "621099194203150015");
    assert!(!ok && answer["code"] == "id-check-digit");
    assert!(check("uscc", "11621099MA0000A19Y").0 && check("name", "𠅤明").0 && !check("mobile", "123x").0);
}

#[tokio::test]
async fn a_case_is_found_by_what_people_remember() {
    let county = County::folder().await;
    let county = county.path();
    let mut people = Vec::new();
    for (name, id_no) in
        [("单雄信", "621099194203150014"), ("李明远", "62109919991231204X"), ("李鸣", "621099198701011189")]
    {
        let mut request = request();
        request["applicant"]["name"] = json!(name);
        request["applicant"]["idNo"] = json!(id_no);
        people.push(record(county, "village", &request).unwrap()["caseNo"].as_str().unwrap().to_owned());
    }
    let found = |words: &str| -> Vec<String> {
        let list = run(daiban(county, "village").args(["list", "--search", words])).unwrap();
        let names = list["cases"]
            .as_array()
            .unwrap()
            .iter()
            .map(|case| case["applicantName"].as_str().unwrap().to_owned());
        names.collect()
    };
    assert_eq!(found("李明"), ["李明远"]);
    assert_eq!(found("明远"), ["李明远"]);
    assert_eq!(found("sxx"), ["单雄信"]);
    assert_eq!(found("lm").len(), 2);
    assert_eq!(found(&people[2]), ["李鸣"]);
    assert_eq!(found("621099198701011189"), ["李鸣"]);
    assert!(found("没有这个人").is_empty());
    let list = run(daiban(county, "village").arg("list")).unwrap();
    assert_eq!(list["total"], 3);
    assert!(!list.to_string().contains("621099194203150014"), "lists are masked");
}

#[tokio::test]
async fn bad_input_is_refused_with_a_code_and_nothing_is_half_written() {
    let folder = County::folder().await;
    let county = folder.path();
    let total = || run(daiban(county, "village").arg("list")).unwrap()["total"].clone();
    let village = |arguments: &[&str]| run(daiban(county, "village").args(arguments));
    assert_eq!(
        run_with(daiban(county, "village").args(["record", "-"]), "{\"itemId\":").unwrap_err(),
        "bad-input"
    );
    assert_eq!(
        run_with(daiban(county, "village").args(["record", "-"]), "{\"applicant\":{}}").unwrap_err(),
        "bad-input"
    );
    let mut unknown = request();
    unknown["itemId"] = json!("I999");
    assert_eq!(record(county, "village", &unknown).unwrap_err(), "unknown-item");
    assert_eq!(village(&["show", "621099100200-20260101-A1-0001-0"]).unwrap_err(), "unknown-case");
    assert_eq!(total(), 0);

    let mut wrong = request();
    wrong["applicant"]["idNo"] = json!("621099194203150015");
    let recorded = record(county, "village", &wrong).unwrap();
    let warnings = recorded["warnings"].to_string();
    assert!(warnings.contains("id-check-digit"), "a wrong number is a warning, never a refusal: {warnings}");
    let case_no = recorded["caseNo"].as_str().unwrap();
    assert_eq!(village(&["set", case_no, "applicant.phone", "12"]).unwrap_err(), "bad-input");
    assert_eq!(village(&["set", case_no, "applicant.shoe", "12"]).unwrap_err(), "unknown-field");
    assert_eq!(village(&["act", case_no, "fly"]).unwrap_err(), "unknown-event");
    assert_eq!(village(&["act", case_no, "accept"]).unwrap_err(), "not-allowed");
    assert_eq!(village(&["settle", case_no, "applicant.phone", "1"]).unwrap_err(), "not-allowed");
    assert_eq!(village(&["sync", "--hub", "http://127.0.0.1:9"]).unwrap_err(), "hub-unreachable");
    assert_eq!(village(&["list", "--unit", "621099100999"]).unwrap_err(), "unknown-unit");
    assert_eq!(village(&["list", "--unit", "6210"]).unwrap_err(), "bad-input");
    assert_eq!(village(&["list", "--state", "FLYING"]).unwrap_err(), "bad-input");
    assert_eq!(total(), 1);

    let elsewhere = tempfile::tempdir().unwrap();
    assert_eq!(run(daiban(elsewhere.path(), "village").arg("list")).unwrap_err(), "not-enrolled");
    // The next desk over: its folder without its keys.
    let mut keyless = daiban(county, "village");
    assert_eq!(run(keyless.env("DAIBAN_KEYS", elsewhere.path()).arg("list")).unwrap_err(), "key-missing");
    let database = county.join("village/daiban.db");
    let whole = fs::read(&database).unwrap();
    for damaged in
        [&whole[..2048], b"not a database, but long enough to look like one ".repeat(100).as_slice()]
    {
        fs::write(&database, damaged).unwrap();
        for beside in ["village/daiban.db-wal", "village/daiban.db-shm"] {
            let _ = fs::remove_file(county.join(beside));
        }
        assert_eq!(village(&["list"]).unwrap_err(), "database-damaged");
        assert_eq!(fs::read(&database).unwrap(), damaged, "left as it was");
    }
}

#[tokio::test]
async fn a_notice_is_published_read_and_taken_back() {
    let county = County::folder().await;
    let county = county.path();
    let hub = RunningHub::start_at(county, 0, daiban_testkit::at("09-28T09:00"));
    let notice = |desk: &str, clock: &str, arguments: &[&str]| {
        at(daiban(county, desk).arg("notice").args(arguments), &format!("09-28T{clock}"))
    };
    let sync = |desk: &str| {
        at(daiban(county, desk).args(["sync", "--hub", &hub.url]), "09-28T09:00").unwrap();
    };
    let (file, scan) = (county.join("notice.json"), county.join("值班表.pdf"));
    let publish = |desk: &str, title: &str| {
        let body = json!({
            "kind": "NOTICE", "title": title, "issuer": "清源镇人民政府", "on": "2026-09-28",
            "paragraphs": ["值班电话贴在门口。"], "receipt": true,
        });
        fs::write(&file, body.to_string()).unwrap();
        let [file, scan] = [&file, &scan].map(|path| path.to_str().unwrap());
        notice(desk, "09:00", &["publish", file, "--attach", scan])
    };
    assert_eq!(publish("township", "国庆值班").unwrap_err(), "file", "there is nothing to attach");
    fs::write(&scan, format!("%PDF-1.7\n{}", "值班".repeat(9_000))).unwrap();
    assert_eq!(publish("village", "国庆值班").unwrap_err(), "no-role");
    assert_eq!(publish("township", " ").unwrap_err(), "bad-input");
    let published = publish("township", "国庆值班").unwrap();
    let id = published["row"]["id"].as_str().unwrap();
    for desk in ["township", "village"] {
        sync(desk);
    }
    let listed = notice("village", "09:10", &["list", "gqzb"]).unwrap();
    assert_eq!((&listed["unread"], &listed["notices"][0]["id"]), (&json!(1), &json!(id)));
    assert_eq!(notice("village", "09:10", &["list", "停电"]).unwrap()["notices"], json!([]));
    let shown = notice("village", "09:10", &["show", id]).unwrap();
    let attached = &shown["attachments"][0];
    assert_eq!((&attached["name"], &attached["here"]), (&json!("值班表"), &json!(true)));
    let out = county.join("read.pdf");
    let hash = &attached["hash"].as_str().unwrap()[..8];
    notice("village", "09:10", &["save", id, hash, "-o", out.to_str().unwrap()]).unwrap();
    assert_eq!(fs::read(out).unwrap(), fs::read(&scan).unwrap());
    assert_eq!(notice("village", "09:12", &["confirm", id]).unwrap()["readBy"], "李秀兰");
    assert_eq!(notice("village", "09:13", &["take-back", id, "--reason", "改了"]).unwrap_err(), "no-role");
    let back = notice("township", "09:14", &["take-back", id, "--reason", "改到下周"]).unwrap();
    assert_eq!(back["takenBack"]["reason"], "改到下周");
    assert_eq!(notice("township", "09:15", &["show", &"0".repeat(32)]).unwrap_err(), "bad-input");
}

#[tokio::test]
async fn a_hub_takes_only_whom_it_knows() {
    let folder = County::folder().await;
    let county = folder.path();
    let hub = RunningHub::start(county, 0);
    let code = |unit: &str| {
        let mut command = Command::new(program("daiban-hub"));
        run(command.args(["code", "--unit", unit, "--data"]).arg(county.join("hub")))
    };
    assert_eq!(code("621099100999").unwrap_err(), "unknown-unit");
    let issued = code("621099200200").unwrap()["code"].as_str().unwrap().to_owned();
    let enrol = |desk: &str, code: &str, url: &str| {
        run(daiban(county, desk).args([
            "enrol",
            "--hub",
            url,
            "--code",
            code,
            "--device",
            "石河1号本",
            "--user",
            "孙守业",
        ]))
    };
    assert_eq!(enrol("stone", "00000-00000-00000-00000", &hub.url).unwrap_err(), "bad-code");
    assert_eq!(enrol("stone", &issued, "http://127.0.0.1:9").unwrap_err(), "hub-unreachable");
    let desk = enrol("stone", &issued.to_lowercase(), &hub.url).unwrap();
    assert_eq!((&desk["unit"], &desk["roles"]), (&json!("621099200200"), &json!(["AGENT", "VILLAGE_HEAD"])));
    assert_eq!(enrol("other", &issued, &hub.url).unwrap_err(), "bad-code", "a code is spent once");
    assert_eq!(enrol("stone", &issued, &hub.url).unwrap_err(), "already-enrolled");

    // A village sees its own cases alone; the county sees both townships'.
    record(county, "stone", &request()).unwrap();
    record(county, "village", &request()).unwrap();
    for desk in ["stone", "village", "county", "stone", "township"] {
        run(daiban(county, desk).args(["sync", "--hub", &hub.url])).unwrap();
    }
    let total = |desk: &str| run(daiban(county, desk).arg("list")).unwrap()["total"].clone();
    assert_eq!(
        [total("stone"), total("village"), total("township"), total("county")],
        [1, 1, 1, 2].map(Value::from)
    );

    // Another county's hub.
    let other = folder.path().join("other");
    fs::create_dir_all(&other).unwrap();
    let units = other.join("units.csv");
    fs::write(
        &units,
        "division12,fullName,shortName,parent,level,uscc,address,phone,complaintPhone\n\
         621098000000,邻县政务服务中心,邻县,,COUNTY,,,,\n",
    )
    .unwrap();
    let mut init = Command::new(program("daiban-hub"));
    init.env("DAIBAN_CA_PASSWORD", "十二个字以上的根密钥口令");
    init.args(["init", "--county", "621098", "--data"]).arg(other.join("hub")).arg("--units").arg(&units);
    run(&mut init).unwrap();
    assert_eq!(run(&mut init).unwrap_err(), "not-empty");
    let stranger = RunningHub::start(&other, 0);
    let before = run(daiban(county, "village").arg("verify")).unwrap();
    let refused = run(daiban(county, "village").args(["sync", "--hub", &stranger.url]));
    assert_eq!(refused.unwrap_err(), "wrong-county");
    assert_eq!(run(daiban(county, "village").arg("verify")).unwrap(), before);
    fs::write(&units, "division12,fullName\n62109,x\n").unwrap();
    let mut init = Command::new(program("daiban-hub"));
    init.env("DAIBAN_CA_PASSWORD", "十二个字以上的根密钥口令");
    init.args(["init", "--county", "621098", "--data"]).arg(other.join("hub2")).arg("--units").arg(&units);
    assert_eq!(run(&mut init).unwrap_err(), "bad-input");
}

#[tokio::test]
async fn a_password_opens_the_key_and_nothing_else_does() {
    let folder = County::folder().await;
    let county = folder.path();
    let hub = RunningHub::start(county, 0);
    let mut command = Command::new(program("daiban-hub"));
    let issued =
        run(command.args(["code", "--unit", "621099100201", "--data"]).arg(county.join("hub"))).unwrap();
    let secret = county.join("secret");
    fs::write(&secret, "柳湾村的密码\n").unwrap();
    let mut enrol = daiban(county, "willow");
    enrol.args(["enrol", "--hub", &hub.url, "--device", "柳湾1号本", "--user", "赵天佑", "--code"]);
    enrol.arg(issued["code"].as_str().unwrap()).arg("--password-file").arg(&secret);
    assert_eq!(run(&mut enrol).unwrap()["passwordSet"], true);
    assert_eq!(run(daiban(county, "willow").arg("list")).unwrap_err(), "locked");
    let mut wrong = daiban(county, "willow");
    assert_eq!(run(wrong.env("DAIBAN_PASSWORD", "猜的").arg("list")).unwrap_err(), "wrong-password");
    let mut right = daiban(county, "willow");
    assert_eq!(run(right.arg("list").arg("--password-file").arg(&secret)).unwrap()["total"], 0);
}
