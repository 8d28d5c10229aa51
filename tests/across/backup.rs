//! A desk's own backups: pieces that lie on a stick once, put back on this machine and another, damaged, cut short; and what a
//! thief finds in them.

use crate::power_cuts::moment;
use daiban_contract::{Code, act, ask};
use daiban_exchange::{bundle::hub_recipient, sealed::Cost};
use daiban_replica::{
    backup::{BLOCK, Kept, Shelf},
    store::key::{NewUser, seal::Pair},
};
use daiban_testkit::{
    County, at,
    county::open_replica,
    files, found_in,
    program::{RunningHub, daiban, kill_after, kills, program, run, run_with},
    workload,
};
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicBool, Ordering},
};

const FIRST: &str = "杏花开了去赶集";
const SECOND: &str = "南坡的麦子黄了";

/// A password for whoever the village's desk was enrolled with, at the least that a guess may cost.
fn seal(county: &Path) {
    let mut replica = open_replica(&county.join("village"), &county.join("keys"));
    let person = replica.identity().person;
    let recovery = hub_recipient(&replica.identity().hub_key);
    replica
        .seal_first(
            NewUser { person, name: "李秀兰", password: FIRST, pair: &Pair::draw() },
            &recovery,
            Cost::FLOOR,
        )
        .unwrap();
}

fn desk(county: &Path, name: &str) -> Command {
    let mut desk = daiban(county, name);
    desk.env("DAIBAN_PASSWORD", FIRST);
    desk
}

/// A desk on another machine: its keys lie elsewhere.
fn elsewhere(county: &Path, name: &str) -> Command {
    let mut desk = desk(county, name);
    desk.env("DAIBAN_KEYS", county.join(format!("{name}-keys")));
    desk
}

fn record(desk: &mut Command, n: u64) -> String {
    let request = json!({
        "itemId": "I002", "channel": "PROXY", "materials": [{"materialCode": "APP", "originals": 1}],
        "applicant": {"name": "罗秀珍", "idNo": "621099195508082563", "phone": format!("139{n:08}"), "address": "上塬村二组61号"},
    });
    let recorded = run_with(desk.args(["record", "-"]), &request.to_string()).unwrap();
    recorded["caseNo"].as_str().unwrap().to_owned()
}

fn stick(county: &Path) -> PathBuf {
    let stick = county.join("stick");
    fs::create_dir_all(&stick).unwrap();
    stick
}

fn back_up(county: &Path) -> Result<Value, String> {
    run(desk(county, "village").args(["backup", "-o"]).arg(stick(county)))
}

fn verified(mut desk: Command) {
    let verified = run(desk.arg("verify")).unwrap();
    assert_eq!(verified["ok"], true, "{}", verified["findings"]);
}

fn cases(mut desk: Command) -> u64 {
    run(desk.arg("list")).unwrap()["total"].as_u64().unwrap()
}

fn blocks(stick: &Path) -> BTreeSet<PathBuf> {
    files(stick)
        .into_iter()
        .filter(|file| file.components().any(|part| part.as_os_str() == "blocks"))
        .collect()
}

fn manifests(stick: &Path) -> Vec<PathBuf> {
    let mut found = files(stick);
    found.retain(|file| file.extension().is_some_and(|ending| ending == "manifest"));
    found.sort();
    found
}

#[tokio::test]
async fn a_second_backup_writes_what_has_changed_and_old_pieces_go_with_the_backups_that_need_them() {
    let county = County::new().await;
    let folder = county.path("");
    {
        let mut replica = county.replica("village");
        let unit = replica.identity().unit;
        workload::year(&mut replica, unit, 1500, 7, at("03-05T09:00"));
    }
    seal(&folder);
    let first = back_up(&folder).unwrap();
    let (all, new) = (first["blocks"].as_u64().unwrap(), first["newBlocks"].as_u64().unwrap());
    assert_eq!(all, first["bytes"].as_u64().unwrap().div_ceil(BLOCK as u64));
    assert!(all > 20 && new == all, "{first}");
    let again = back_up(&folder).unwrap();
    assert!(again["newBlocks"].as_u64().unwrap() <= 1, "what the backup itself has noted: {again}");
    record(&mut desk(&folder, "village"), 1);
    let third = back_up(&folder).unwrap();
    let few = third["newBlocks"].as_u64().unwrap();
    assert!(few > 0 && few < all / 2, "{third}");
    assert_eq!((third["number"].as_u64(), manifests(&stick(&folder)).len()), (Some(3), 3));

    let mut keep_one = desk(&folder, "village");
    let last = run(keep_one.args(["backup", "--keep", "1", "-o"]).arg(stick(&folder))).unwrap();
    assert_eq!(last["removed"], 3);
    assert_eq!(blocks(&stick(&folder)).len() as u64, last["blocks"].as_u64().unwrap());
    let status = run(desk(&folder, "village").args(["backup", "--status"])).unwrap();
    assert_eq!((&status["made"], &status["lastFailure"]), (&last["time"], &Value::Null));
    assert!(!folder.join("village/backup-check").exists());
}

/// The file stands still while it is copied: others write meanwhile, and want to carry their log over.
#[tokio::test]
async fn a_backup_holds_one_moment_while_others_write() {
    let county = County::new().await;
    let folder = county.path("");
    seal(&folder);
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let writers = [1, 1000].map(|from| {
            let (done, folder) = (&done, &folder);
            scope.spawn(move || {
                let mut n = from;
                while !done.load(Ordering::SeqCst) {
                    // Each of these programs carries the log over when it ends, if it may.
                    record(&mut desk(folder, "village"), n);
                    n += 1;
                }
            })
        });
        for round in 1..=4 {
            let made = back_up(&folder).unwrap();
            assert_eq!(made["number"], round, "put back, checked and compared with its moment");
        }
        done.store(true, Ordering::SeqCst);
        for writer in writers {
            writer.join().unwrap();
        }
    });
    for (n, manifest) in manifests(&stick(&folder)).iter().enumerate() {
        let name = manifest.file_stem().unwrap().to_str().unwrap();
        let time = name.split_once('-').unwrap().1.parse().unwrap();
        let (to, at) = (format!("moment-{n}"), daiban_domain::Instant(time).to_string());
        run(elsewhere(&folder, &to).arg("restore").arg(stick(&folder)).args(["--at", &at])).unwrap();
        verified(elsewhere(&folder, &to));
    }
    verified(desk(&folder, "village"));
}

/// SQLite's locks are the process's, and go with any handle to the file that is closed.
#[tokio::test]
async fn a_window_that_has_backed_up_keeps_its_log() {
    let county = County::new().await;
    let folder = county.path("");
    let village = county.desk("village");
    let to = stick(&folder).display().to_string();
    village.back_up(act::BackUp { folder: Some(to), keep: None }, at("03-05T09:00")).unwrap();
    village.record(crate::convergence::request(0), at("03-05T09:10")).unwrap();
    let log = folder.join("village/daiban.db-wal");
    assert!(log.exists());
    // The last program that closes a database removes its log. This one isn't the last.
    run(daiban(&folder, "village").arg("list")).unwrap();
    assert!(log.exists(), "the log of the open desk has gone");
    village.record(crate::convergence::request(1), at("03-05T09:20")).unwrap();
    drop(village);
    assert_eq!(county.desk("village").cases(ask::Cases::default(), at("03-05T09:30")).unwrap().total, 2);
}

/// On a new machine, by the password of the day; the old one goes on as well, and what both write comes together.
#[tokio::test]
async fn two_lives_from_one_backup_lose_nothing_and_give_no_number_twice() {
    let folder = County::folder().await;
    let county = folder.path();
    seal(county);
    let hub = RunningHub::start(county, 0);
    let sync = |mut desk: Command| run(desk.args(["sync", "--hub", &hub.url])).unwrap();
    sync(desk(county, "village"));
    let mut numbers = vec![record(&mut desk(county, "village"), 1)];
    back_up(county).unwrap();
    numbers.push(record(&mut desk(county, "village"), 2));
    sync(desk(county, "village"));
    for (n, new) in ["new", "newer"].into_iter().enumerate() {
        let restored = run(elsewhere(county, new).arg("restore").arg(stick(county))).unwrap();
        assert_eq!(restored["number"], 1);
        let mut wrong = elsewhere(county, new);
        assert_eq!(run(wrong.env("DAIBAN_PASSWORD", SECOND).arg("list")), Err("wrong-password".to_owned()));
        assert_eq!(cases(elsewhere(county, new)), 1, "what the backup held");
        let after = record(&mut elsewhere(county, new), 10 + n as u64);
        let tag = after.split('-').rev().nth(1).unwrap().to_owned();
        assert!(tag.starts_with(|c: char| c.is_ascii_digit()), "{after}: no other machine takes this tag");
        numbers.push(after);
        assert!(!county.join(new).join("restored").exists());
        // Enrolled, now: nothing is put over it.
        let over = run(elsewhere(county, new).arg("restore").arg(stick(county)));
        assert_eq!(over, Err("already-enrolled".to_owned()));
    }
    numbers.push(record(&mut desk(county, "village"), 3));
    for _ in 0..3 {
        sync(desk(county, "village"));
        sync(elsewhere(county, "new"));
        sync(elsewhere(county, "newer"));
    }
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), 5, "{numbers:?}");
    for name in ["village", "new", "newer"] {
        let there = || if name == "village" { desk(county, name) } else { elsewhere(county, name) };
        verified(there());
        for number in &numbers {
            let view = run(there().args(["show", number])).unwrap();
            assert_eq!(view["countyReceipt"], true, "{number} at {name}");
        }
    }
    // It opens what is sealed to the device, too.
    let carried = county.join("carried.bundle");
    run(daiban(county, "township").args(["sync", "--hub", &hub.url])).unwrap();
    let mut export = daiban(county, "township");
    run(export.args(["bundle", "export", "--for", "621099100201", "--all", "-o"]).arg(&carried)).unwrap();
    let own = run(elsewhere(county, "new").args(["bundle", "import"]).arg(&carried));
    assert_ne!(own, Err("key-missing".to_owned()));
}

/// Nobody has a password, or nobody remembers it: the county opens what was put back.
#[tokio::test]
async fn the_county_opens_a_backup() {
    for with_password in [true, false] {
        let folder = County::folder().await;
        let county = folder.path();
        let number = record(&mut daiban(county, "village"), 1);
        let open = fs::read_to_string(county.join("village/database.key")).unwrap();
        let open: Value = serde_json::from_str(&open).unwrap();
        if with_password {
            seal(county);
        }
        back_up(county).unwrap();
        let key = open["open"]["key"].as_str().unwrap();
        let raw =
            (0..64).step_by(2).map(|i| u8::from_str_radix(&key[i..i + 2], 16).unwrap()).collect::<Vec<_>>();
        for file in files(&stick(county)) {
            assert!(
                !daiban_testkit::holds(&file, &[key.as_bytes().to_vec(), raw.clone()]),
                "{}",
                file.display()
            );
        }
        run(elsewhere(county, "new").arg("restore").arg(stick(county))).unwrap();
        if !with_password {
            assert_eq!(run(elsewhere(county, "new").arg("list")), Err("locked".to_owned()));
        }
        let (asked, answer) = (county.join("asked"), county.join("answer"));
        run(elsewhere(county, "new").args(["user", "forgot", "-o"]).arg(&asked)).unwrap();
        let mut hub = Command::new(program("daiban-hub"));
        hub.args(["recover", "--data"]).arg(county.join("hub")).arg(&asked).arg("-o").arg(&answer);
        run(&mut hub).unwrap();
        let recover = |name: &str| {
            let mut recover = elsewhere(county, "new");
            recover.args(["user", "recover", name]).arg(&answer).env("DAIBAN_NEW_PASSWORD", SECOND);
            run(&mut recover)
        };
        assert_eq!(recover("张三"), Err("unknown-user".to_owned()));
        recover("李秀兰").unwrap();
        let mut show = elsewhere(county, "new");
        assert_eq!(
            run(show.env("DAIBAN_PASSWORD", SECOND).args(["show", &number])).unwrap()["state"],
            "REGISTERED"
        );
    }
}

#[tokio::test]
async fn what_is_damaged_is_named_an_older_backup_can_be_taken_and_the_next_one_mends_it() {
    let folder = County::folder().await;
    let county = folder.path();
    seal(county);
    let scanned = record(&mut desk(county, "village"), 1);
    // A scan: a piece or more that the next request leaves as they were.
    let scan = county.join("scan.pdf");
    fs::write(&scan, super::attachments::scan(1, 1_200_000)).unwrap();
    run(desk(county, "village").args(["attach", &scanned]).arg(&scan)).unwrap();
    let first = back_up(county).unwrap();
    let before = blocks(&stick(county));
    record(&mut desk(county, "village"), 2);
    back_up(county).unwrap();
    let new = blocks(&stick(county)).difference(&before).next().unwrap().clone();
    let whole = fs::read(&new).unwrap();
    let restore = |to: &str, at: Option<&str>| {
        let mut restore = elsewhere(county, to);
        restore.arg("restore").arg(stick(county));
        run(restore.args(at.iter().flat_map(|at| ["--at", at])))
    };
    let refused = |to: &str| {
        assert_eq!(restore(to, None), Err("bad-backup".to_owned()));
        assert!(!county.join(to).join("daiban.db").exists());
        assert!(!county.join(to).join("daiban.db.restoring").exists());
    };
    let mut changed = whole.clone();
    changed[1000] ^= 1;
    for damaged in [Some(changed), Some(whole[..1000].to_vec()), None] {
        match damaged {
            Some(bytes) => fs::write(&new, bytes).unwrap(),
            None => fs::remove_file(&new).unwrap(),
        }
        refused("new");
    }
    // The one before has all of its pieces.
    restore("older", first["time"].as_str()).unwrap();
    assert_eq!(cases(elsewhere(county, "older")), 1);
    fs::write(&new, &whole).unwrap();
    // A piece of the right length that went bad is found when the next backup is put back, and written again.
    let of_device = manifests(&stick(county))[0].parent().unwrap().to_owned();
    let shelf = Shelf::find(&of_device).unwrap();
    let named: Vec<BTreeSet<[u8; 32]>> = shelf
        .kept()
        .unwrap()
        .into_iter()
        .map(|kept| shelf.manifest(kept).unwrap().blocks().copied().collect())
        .collect();
    let shared = named[0].intersection(&named[1]).next().expect("a piece that both backups have");
    let shared: String = shared.iter().map(|byte| format!("{byte:02x}")).collect();
    let shared = blocks(&stick(county)).into_iter().find(|file| file.ends_with(&shared)).unwrap();
    let good = fs::read(&shared).unwrap();
    let mut bad = good.clone();
    bad[7] ^= 0xff;
    fs::write(&shared, bad).unwrap();
    refused("new");
    back_up(county).unwrap();
    assert!(fs::read(&shared).unwrap() == good, "written again");
    restore("mended", None).unwrap();
    assert_eq!(cases(elsewhere(county, "mended")), 2);

    let newest = manifests(&stick(county)).pop().unwrap();
    let signed = fs::read(&newest).unwrap();
    for at in [0, 20, signed.len() / 2, signed.len() - 1] {
        let mut changed = signed.clone();
        changed[at] ^= 1;
        fs::write(&newest, changed).unwrap();
        refused("new");
    }
    // Without its manifest it is no backup, and the newest is the one before.
    fs::remove_file(&newest).unwrap();
    restore("without", None).unwrap();
    for manifest in manifests(&stick(county)) {
        fs::remove_file(manifest).unwrap();
    }
    refused("new");
    let away = run(desk(county, "village").args(["backup", "-o"]).arg(county.join("nowhere")));
    assert_eq!(away, Err("backup-away".to_owned()));
    assert!(!county.join("nowhere").exists());
}

#[tokio::test]
async fn a_backup_cut_short_leaves_the_ones_before_and_none_that_cant_be_put_back() {
    let folder = County::folder().await;
    let county = folder.path();
    seal(county);
    let (mut whole, mut cut) = (0, 0);
    for round in 0..kills() {
        record(&mut desk(county, "village"), round);
        let before = manifests(&stick(county)).pop();
        let mut backup = desk(county, "village");
        backup.args(["backup", "-o"]).arg(stick(county));
        let said = kill_after(&mut backup, moment(round, 900));
        let after = manifests(&stick(county)).pop();
        let acknowledged = serde_json::from_str::<Value>(&said).is_ok();
        assert!(after >= before && (!acknowledged || after > before), "{before:?} then {after:?}");
        if after > before {
            whole += 1
        } else {
            cut += 1
        }
        verified(desk(county, "village"));
        assert!(
            !county.join("village/backup-check").exists(),
            "what it has left is gone when it is opened next"
        );
        if after.is_some() {
            let new = format!("new-{round}");
            run(elsewhere(county, &new).arg("restore").arg(stick(county))).unwrap();
            verified(elsewhere(county, &new));
            fs::remove_dir_all(county.join(new)).unwrap();
        }
    }
    assert!(cut > 0, "{whole} whole, {cut} cut");
    back_up(county).unwrap();
    let halves =
        files(&stick(county)).into_iter().filter(|file| file.extension().is_some_and(|end| end == "new"));
    assert_eq!(halves.count(), 0);
}

#[tokio::test]
async fn a_restoring_cut_short_is_all_done_or_nobodys_folder_and_comes_again() {
    let county = County::new().await;
    let folder = county.path("");
    {
        let mut replica = county.replica("village");
        let unit = replica.identity().unit;
        workload::year(&mut replica, unit, 300, 7, at("03-05T09:00"));
    }
    seal(&folder);
    back_up(&folder).unwrap();
    let (mut whole, mut cut) = (0, 0);
    for round in 0..kills() {
        let new = format!("new-{round}");
        let mut restore = elsewhere(&folder, &new);
        restore.arg("restore").arg(stick(&folder));
        kill_after(&mut restore, moment(round, 60));
        if folder.join(&new).join("daiban.db").exists() {
            whole += 1;
        } else {
            cut += 1;
            assert_eq!(run(elsewhere(&folder, &new).arg("list")), Err("not-enrolled".to_owned()));
            run(&mut restore).unwrap();
        }
        // Opening it puts the device's keys where they belong: cut short, that is done again.
        kill_after(elsewhere(&folder, &new).arg("list"), moment(round + 5, 120));
        assert_eq!(cases(elsewhere(&folder, &new)), 300);
        fs::remove_dir_all(folder.join(new)).unwrap();
    }
    assert!(cut > 0, "{whole} whole, {cut} cut");
}

#[cfg(unix)]
#[tokio::test]
async fn a_full_stick_keeps_the_backups_before() {
    use daiban_testkit::program::cramped;
    let county = County::new().await;
    let folder = county.path("");
    seal(&folder);
    back_up(&folder).unwrap();
    for n in 0..8 {
        record(&mut desk(&folder, "village"), n);
    }
    let before = manifests(&stick(&folder));
    let mut backup = desk(&folder, "village");
    backup.args(["backup", "-o"]).arg(stick(&folder));
    // Room for the database's own log, and for no piece.
    assert_eq!(run(&mut cramped(&backup, 400)), Err("disk-full".to_owned()));
    assert_eq!(manifests(&stick(&folder)), before);
    run(elsewhere(&folder, "new").arg("restore").arg(stick(&folder))).unwrap();
    verified(elsewhere(&folder, "new"));
    back_up(&folder).unwrap();
}

#[tokio::test]
async fn a_backup_tells_of_nobody() {
    let folder = County::folder().await;
    let county = folder.path();
    seal(county);
    let (typed, scratch) = (county.join("typed"), county.join("scratch"));
    for folder in [&typed, &scratch] {
        fs::create_dir_all(folder).unwrap();
    }
    let mut noise = workload::Dice::new(7);
    let image = image::RgbImage::from_fn(300, 200, |_, _| image::Rgb([noise.below(256) as u8, 90, 30]));
    image.save(typed.join("photo.png")).unwrap();
    let number = record(&mut desk(county, "village"), 5671);
    run(desk(county, "village")
        .args(["attach", &number])
        .arg(typed.join("photo.png"))
        .args(["--material", "APP"]))
    .unwrap();
    let hash = run(desk(county, "village").args(["attachments", &number])).unwrap()[0]["hash"].clone();
    let stored = typed.join("stored");
    run(desk(county, "village")
        .args(["attachments", &number, "--save", hash.as_str().unwrap(), "-o"])
        .arg(&stored))
    .unwrap();
    let mut backup = desk(county, "village");
    run(backup.args(["backup", "-o"]).arg(stick(county)).env("TMPDIR", &scratch)).unwrap();
    // Cut short while it is read back, and not opened since.
    record(&mut desk(county, "village"), 5672);
    kill_after(desk(county, "village").args(["backup", "-o"]).arg(stick(county)), moment(5, 500));
    let stick = stick(county);
    let everywhere: [&Path; 3] = [&stick, &county.join("village"), &scratch];
    for text in ["罗秀珍", "621099195508082563", "13900005671", "上塬村二组61号", number.as_str()] {
        assert_eq!(found_in(&everywhere, text), Vec::<PathBuf>::new(), "{text}");
    }
    let bytes = fs::read(&stored).unwrap();
    let pieces: Vec<Vec<u8>> =
        bytes.chunks_exact(24).step_by(bytes.len() / 24 / 8 + 1).map(<[u8]>::to_vec).collect();
    assert!(pieces.len() >= 5 && daiban_testkit::holds(&stored, &pieces));
    let signing: Vec<Vec<u8>> = files(&county.join("keys"))
        .into_iter()
        .filter(|file| file.extension().is_some_and(|end| end == "signing" || end == "age"))
        .map(|file| fs::read(file).unwrap())
        .collect();
    assert!(!signing.is_empty());
    for file in files(&stick) {
        assert!(!daiban_testkit::holds(&file, &pieces), "{}", file.display());
        assert!(!daiban_testkit::holds(&file, &signing), "{}", file.display());
    }
}

/// By itself where it is set, once a day; not while the stick is away.
#[tokio::test]
async fn what_is_due_is_done_beside_the_work() {
    let county = County::new().await;
    let folder = county.path("");
    let village = county.desk("village");
    let stick = stick(&folder);
    assert!(!village.back_up_when_due(at("03-05T09:00")), "nobody has chosen a folder");
    let plan = |folder: &str| act::PlanBackups { folder: Some(folder.to_owned()), every_days: None };
    let nowhere = village.plan_backups(plan("/nowhere/KINGSTON"), at("03-05T09:00"));
    assert_eq!(nowhere.unwrap_err().code(), Code::BackupAway);
    let inside = village.plan_backups(plan(&folder.join("village").display().to_string()), at("03-05T09:00"));
    assert_eq!(inside.unwrap_err().code(), Code::BadInput);
    let set = village.plan_backups(plan(&stick.display().to_string()), at("03-05T09:00")).unwrap();
    assert_eq!((set.due, set.folder_there, set.every_days), (true, true, 1));
    assert!(village.back_up_when_due(at("03-05T09:01")));
    assert!(!village.back_up_when_due(at("03-05T15:00")), "the day's is made");
    let pulled_out = folder.join("pocket");
    fs::rename(&stick, &pulled_out).unwrap();
    assert!(!village.back_up_when_due(at("03-06T09:02")));
    assert!(!stick.exists(), "nothing is made in the stick's place");
    let away = village.backups(ask::Backups {}, at("03-06T09:02")).unwrap();
    assert!(away.due && !away.folder_there && away.says.contains("请插上"), "{}", away.says);
    fs::rename(&pulled_out, &stick).unwrap();
    assert!(village.back_up_when_due(at("03-06T09:03")));
    let device = county.replica("village").identity().device;
    let kept = Shelf::of(&stick, device).kept().unwrap();
    let times = [at("03-05T09:01"), at("03-06T09:03")];
    assert_eq!(kept, [Kept { number: 1, time: times[0] }, Kept { number: 2, time: times[1] }]);
}
