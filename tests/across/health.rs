//! What the hub knows of its devices and its own backups, and what a desk shows while a restored hub lacks what it once had.

use crate::convergence::{DESKS, request};
use daiban_contract::{
    ask,
    view::{CaseView, Reach},
};
use daiban_desk::Desk;
use daiban_domain::Instant;
use daiban_exchange::{
    Log,
    client::Client,
    engine::{self, Call, Effect, Event, Party, Question},
    page,
    run::Refusal,
    wire,
};
use daiban_replica::{Replica, ReplicaError};
use daiban_testkit::{
    County, Line, at,
    program::{RunningHub, program},
};
use serde_json::Value;
use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    process::Command,
};

fn minute(n: i64) -> Instant {
    Instant(at("03-05T09:00").0 + n * 60_000)
}

const DAY: i64 = 24 * 60;

async fn exchange(county: &County, desk: &Desk, n: i64) {
    county.hub_says(minute(n));
    county.exchange(desk, minute(n)).await.unwrap();
}

fn case(desk: &Desk, case_no: &str) -> CaseView {
    desk.case(ask::Case { case_no: case_no.to_owned() }, minute(0)).unwrap()
}

/// Of a desk's feeds: entries under the county's receipt, and those of them that lie in its backup.
fn covered(county: &County, desk: &str) -> (u64, u64) {
    let sums = "SELECT sum(county_n), sum(backup_n) FROM feed";
    county.replica(desk).db().query_row(sums, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
}

#[tokio::test]
async fn the_hub_tells_who_came_when_what_they_lack_and_who_did_not_come() {
    let county = County::new().await;
    let [village, township, top] = DESKS.map(|name| county.desk(name));
    exchange(&county, &top, 0).await;
    exchange(&county, &township, DAY).await;
    village.record(request(0), minute(2 * DAY)).unwrap();
    village.record(request(1), minute(2 * DAY)).unwrap();
    exchange(&county, &village, 2 * DAY).await;

    let status = county.hub.status(7, minute(8 * DAY)).unwrap();
    let rows: Vec<_> = status
        .devices
        .iter()
        .map(|device| {
            (
                device.name.as_str(),
                device.unit_name.as_str(),
                device.last_seen,
                device.absent,
                device.lacks > 0,
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("县中心1号机", "清源县", Some(minute(0)), true, true),
            ("清源镇1号机", "清源镇", Some(minute(DAY)), false, true),
            ("上塬1号本", "上塬村", Some(minute(2 * DAY)), false, false),
        ],
        "whoever is in trouble comes first"
    );
    let lacks = |name: &str| status.devices.iter().find(|device| device.name == name).unwrap().lacks;
    assert_eq!(lacks("县中心1号机"), lacks("清源镇1号机"), "both lack what the village brought");
    assert!(status.devices[0].says[0].contains("8 天没有来"), "{:?}", status.devices[0].says);
    assert!(status.last_backup.is_none() && status.says.len() == 2, "{:?}", status.says);
    // Who fetches it lacks nothing more.
    exchange(&county, &township, 8 * DAY).await;
    let status = county.hub.status(7, minute(8 * DAY)).unwrap();
    let township = status.devices.iter().find(|device| device.name == "清源镇1号机").unwrap();
    assert_eq!((township.lacks, township.says.len()), (0, 0));
}

/// A question of the village's that brings what the hub lacks, with a signature that isn't its author's.
fn spoilt(replica: &mut Replica) -> Question {
    let own = replica.identity();
    let us = Party { county: own.county, unit: own.unit, device: own.device };
    let mut call = Call::new(us, own.hub, own.hub_key);
    let question = replica.intake(|log| {
        let Effect::Send(mut question) = call.step(log, Event::Begin)? else { panic!("nothing to ask") };
        let (ours, reach) = (log.vector(us.unit)?, log.county_reach()?);
        let mut runs = engine::missing(log, &ours, &reach, wire::PAGE)?;
        runs[0].signature[0] ^= 1;
        question.page = page::write(log, &runs, &reach)?;
        Ok::<_, ReplicaError>(question)
    });
    *question.unwrap()
}

#[tokio::test]
async fn a_run_that_is_not_taken_is_told_until_it_is() {
    let county = County::new().await;
    let village = county.desk("village");
    village.record(request(0), minute(0)).unwrap();
    let client = Client::new(&county.url, None).unwrap();
    let mut replica = county.replica("village");
    let question = spoilt(&mut replica);
    let device = replica.identity().device;
    let told = |n: i64| {
        let status = county.hub.status(7, minute(n)).unwrap();
        let village = status.devices.into_iter().find(|other| other.device == device.to_string()).unwrap();
        village.refused.into_iter().map(|run| (run.reason, run.author, run.since)).collect::<Vec<_>>()
    };
    for n in [1, 2] {
        county.hub_says(minute(n));
        let answer = client.exchange(&question, device, replica.signing_key()).await.unwrap().answer;
        assert_eq!(answer.refused[0].1, Refusal::Unauthentic);
        assert_eq!(
            told(n),
            [("unauthentic".to_owned(), "上塬1号本".to_owned(), minute(1))],
            "since the first time"
        );
    }
    exchange(&county, &village, 3).await;
    assert_eq!(told(3), [], "the right one has come");
}

#[tokio::test]
async fn a_mark_falls_back_to_resend_while_a_restored_hub_lacks_the_case() {
    let mut county = County::new().await;
    let [village, township, top] = DESKS.map(|name| county.desk(name));
    let kept = village.record(request(0), minute(0)).unwrap().case_no;
    for desk in [&village, &township, &top] {
        exchange(&county, desk, 1).await;
    }
    county.hub.keep_keys(&county.path("fresh"), minute(2)).unwrap();
    let backup = county.hub.backup(&county.path("backups"), None, minute(2)).unwrap();
    exchange(&county, &village, 3).await;
    let (at_county, in_backup) = covered(&county, "village");
    assert_eq!(at_county, in_backup, "all that was under a receipt by then lies in the backup");
    let sync = village.sync(ask::Sync {}, minute(3)).unwrap();
    assert_eq!(sync.county_backup, Some(minute(2)));

    let lost = village.record(request(1), minute(4)).unwrap().case_no;
    exchange(&county, &village, 5).await;
    assert_eq!(case(&village, &lost).reach, Reach::County);
    let (later, in_backup) = covered(&county, "village");
    assert!(later > at_county && in_backup == at_county, "what came later does not");

    // Keys and backup put together again are a hub.
    fs::copy(&backup.file, county.path("fresh").join("hub.db")).unwrap();
    county.restore_hub("fresh").await;
    assert!(county.hub.status(7, minute(6)).unwrap().store.restored, "it knows at once what it is");
    // The line breaks before the village can say again what the hub has forgotten: at first it isn't even told, then it
    // knows, and at last everything is there again. At no time does it show what isn't so.
    let line = Line::to(&county.url).await;
    let mut seen = Vec::new();
    for room in 1.. {
        line.cut_for_good_after(100 * room);
        let outcome = village.exchange_at(&line.url, minute(6)).await;
        let view = case(&village, &lost);
        let listed = village.cases(ask::Cases::default(), minute(6)).unwrap().cases;
        let row = listed.iter().find(|row| row.case_no == lost).unwrap();
        assert_eq!((row.reach, view.county_receipt), (view.reach, view.reach == Reach::County));
        assert_eq!(case(&village, &kept).reach, Reach::County, "what the backup holds was never away");
        if seen.last() != Some(&view.reach) {
            seen.push(view.reach);
        }
        if outcome.is_ok() {
            break;
        }
    }
    assert_eq!(seen, [Reach::County, Reach::Resend, Reach::County]);
    assert_eq!(covered(&county, "village").1, 0, "the new life of the store has no backup yet");
    for n in [7, 8] {
        for desk in [&township, &top] {
            exchange(&county, desk, n).await;
        }
    }
    assert_eq!(case(&top, &lost).reach, Reach::County);
    county.hub.backup(&county.path("backups"), None, minute(9)).unwrap();
    exchange(&county, &village, 10).await;
    let (at_county, in_backup) = covered(&county, "village");
    assert_eq!(at_county, in_backup);
    for name in DESKS {
        assert_eq!(county.replica(name).verify().unwrap(), [], "{name}");
    }
}

#[tokio::test]
async fn backups_are_made_while_the_hub_serves_and_old_ones_go_only_for_a_whole_new_one() {
    let county = County::new().await;
    let backups = county.path("backups");
    let made = |minutes: i64, keep: usize| county.hub.backup(&backups, Some(keep), minute(minutes));
    for n in 0..4 {
        made(n, 3).unwrap();
    }
    let names = || {
        let mut names: Vec<_> = fs::read_dir(&backups)
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    let expected = ["090100", "090200", "090300"].map(|time| format!("daiban-hub-621099-20260305-{time}.db"));
    assert_eq!(names(), expected);
    // A name that isn't ours is nobody's to remove, and where the new one can't be written the old ones stay.
    fs::write(backups.join("notes.db"), "mine").unwrap();
    fs::create_dir(backups.join("daiban-hub-621099-half-done")).unwrap();
    assert!(made(4, 1).is_err());
    assert_eq!(names().len(), 5);
    fs::remove_dir(backups.join("daiban-hub-621099-half-done")).unwrap();
    assert_eq!(made(5, 1).unwrap().removed, 3);
    assert_eq!(names(), ["daiban-hub-621099-20260305-090500.db", "notes.db"]);
    // Nobody reads it without the key.
    let bytes = fs::read(backups.join("daiban-hub-621099-20260305-090500.db")).unwrap();
    assert!(!bytes.starts_with(b"SQLite format 3"));
}

#[tokio::test]
async fn the_program_tells_backs_up_and_shows_its_page_beside_the_serving_one() {
    let folder = County::folder().await;
    let running = RunningHub::start(folder.path(), 0);
    let hub = |arguments: &[&str]| {
        let data = folder.path().join("hub");
        let mut command = Command::new(program("daiban-hub"));
        command.env("DAIBAN_NOW", at("03-05T09:00").to_string());
        let output =
            command.args(arguments).arg("--data").arg(data).current_dir(folder.path()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let json = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let before = json(&hub(&["status", "--json"]));
    assert_eq!((&before["devices"].as_array().unwrap().len(), &before["lastBackup"]), (&3, &Value::Null));
    let backup = json(&hub(&["backup", "-o", "backups", "--keep", "14"]));
    assert!(folder.path().join(backup["file"].as_str().unwrap()).exists());
    hub(&["keys", "-o", "keys-kept"]);
    let after = json(&hub(&["status", "--json"]));
    assert_eq!((&after["lastBackup"], &after["says"]), (&backup["time"], &serde_json::json!([])));
    assert!(hub(&["status"]).contains("上塬1号本"));

    let address = running.url.strip_prefix("http://").unwrap();
    let mut line = TcpStream::connect(address).unwrap();
    write!(line, "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut page = String::new();
    line.read_to_string(&mut page).unwrap();
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("default-src 'none'"), "{page}");
    assert!(page.contains("上塬1号本") && page.contains("清源县"));
    for person in ["李秀兰", "王建国", "刘敏"] {
        assert!(!page.contains(person), "a page that anyone may open names nobody");
    }
}

#[tokio::test]
async fn a_store_from_before_names_were_noted_learns_them_from_its_enrolments() {
    let mut county = County::new().await;
    let key = fs::read(county.path("hub").join("hub.key")).unwrap();
    let key: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    {
        let db = rusqlite::Connection::open(county.path("hub").join("hub.db")).unwrap();
        db.pragma_update(None, "key", format!("x'{key}'")).unwrap();
        db.execute("UPDATE device SET name = ''", []).unwrap();
    }
    county.copy("hub", "older");
    county.restore_hub("older").await;
    let names: Vec<_> =
        county.hub.status(7, minute(0)).unwrap().devices.into_iter().map(|d| d.name).collect();
    assert_eq!(names, ["县中心1号机", "清源镇1号机", "上塬1号本"]);
}
