//! Programs killed while the key of a folder changes: a password, a user, a recovery.

use crate::{
    at_rest::{FIRST, SECOND, seal},
    power_cuts::moment,
};
use daiban_domain::PersonId;
use daiban_replica::store::{
    DatabaseKey,
    key::{Login, NewUser, seal::Pair},
};
use daiban_testkit::{
    County,
    county::copy,
    program::{RunningHub, daiban, kill_after, kills, program, run},
};
use serde_json::Value;
use std::fs;

fn age_recipient() -> String {
    daiban_replica::store::key::seal::Pair::draw().recipient()
}

#[tokio::test]
async fn a_change_of_password_cut_short_leaves_the_old_one_or_the_new_one() {
    let folder = County::folder().await;
    let county = folder.path();
    seal(&county.join("village"), &county.join("keys"));
    let passwords = [FIRST, SECOND];
    let mut current = 0;
    let opens = |password: &str| {
        let file = fs::read(county.join("village/database.key")).unwrap();
        assert!(serde_json::from_slice::<Value>(&file).is_ok());
        DatabaseKey::load(&county.join("village"), Some(Login { person: None, password })).is_ok()
    };
    let (mut changed, mut kept) = (0, 0);
    for round in 0..kills() {
        let mut change = daiban(county, "village");
        change.args(["user", "password"]).env("DAIBAN_PASSWORD", passwords[current]);
        kill_after(change.env("DAIBAN_NEW_PASSWORD", passwords[1 - current]), moment(round, 450));
        let states = [opens(passwords[0]), opens(passwords[1])];
        assert!(states[0] != states[1], "round {round}: {states:?}");
        if states[current] {
            kept += 1;
        } else {
            changed += 1;
            current = 1 - current;
        }
    }
    assert!(kept > 0, "{changed} changed, {kept} kept");
    let mut verify = daiban(county, "village");
    assert_eq!(run(verify.env("DAIBAN_PASSWORD", passwords[current]).arg("verify")).unwrap()["ok"], true);
}

#[tokio::test]
async fn removing_a_user_cut_short_is_all_done_or_not_at_all() {
    let folder = County::folder().await;
    let county = folder.path();
    let village = county.join("village");
    let first = seal(&village, &county.join("keys"));
    let second = PersonId([7; 8]);
    {
        let key = DatabaseKey::load(&village, Some(Login { person: Some(first), password: FIRST })).unwrap();
        let recovery = age_recipient();
        key.put_user(
            NewUser { person: second, name: "马得草", password: SECOND, pair: &Pair::draw() },
            &recovery,
        )
        .unwrap();
    }
    let before = county.join("before");
    copy(&village, &before);
    let (mut removed, mut left, mut halfway) = (0, 0, 0);
    for round in 0..kills() {
        fs::remove_dir_all(&village).unwrap();
        copy(&before, &village);
        let mut remove = daiban(county, "village");
        remove.args(["--login", "李秀兰", "user", "remove", "马得草"]).env("DAIBAN_PASSWORD", FIRST);
        kill_after(&mut remove, moment(round, 500));
        let file = fs::read_to_string(village.join("database.key")).unwrap();
        halfway += u64::from(file.contains("\"next\""));
        // Whoever is left opens it, and then one of two states holds.
        let mut verify = daiban(county, "village");
        verify.args(["--login", "李秀兰", "verify"]).env("DAIBAN_PASSWORD", FIRST);
        assert_eq!(run(&mut verify).unwrap()["ok"], true, "round {round}");
        let file = fs::read_to_string(village.join("database.key")).unwrap();
        assert!(!file.contains("\"next\""), "round {round}");
        if file.contains("马得草") {
            left += 1;
            let mut list = daiban(county, "village");
            list.args(["--login", "马得草", "list"]).env("DAIBAN_PASSWORD", SECOND);
            run(&mut list).unwrap();
        } else {
            removed += 1;
            fs::copy(before.join("database.key"), village.join("database.key")).unwrap();
            let mut list = daiban(county, "village");
            list.args(["--login", "马得草", "list"]).env("DAIBAN_PASSWORD", SECOND);
            assert_eq!(run(&mut list).unwrap_err(), "database-damaged");
        }
    }
    assert!(removed + left == kills() && left > 0, "{removed} removed, {left} left, {halfway} halfway");
}

/// The key lies open, and opens the database; or a password does, and what lay open opens nothing any more.
#[tokio::test]
async fn the_first_password_cut_short_leaves_the_key_open_or_shut() {
    let folder = County::folder().await;
    let county = folder.path();
    let (village, before) = (county.join("village"), county.join("before"));
    copy(&village, &before);
    let open_key = fs::read(village.join("database.key")).unwrap();
    let verify = |password: Option<&str>| {
        let mut verify = daiban(county, "village");
        run(verify.envs(password.map(|password| ("DAIBAN_PASSWORD", password))).arg("verify"))
    };
    let (mut open, mut shut, mut halfway) = (0, 0, 0);
    for round in 0..kills() {
        fs::remove_dir_all(&village).unwrap();
        copy(&before, &village);
        let mut first = daiban(county, "village");
        first.args(["user", "password"]).env("DAIBAN_NEW_PASSWORD", FIRST);
        kill_after(&mut first, moment(round, 1200));
        let file = fs::read_to_string(village.join("database.key")).unwrap();
        halfway += u64::from(file.contains("\"next\""));
        if file.contains("\"open\"") {
            open += 1;
            assert_eq!(verify(None).unwrap()["ok"], true, "round {round}");
            continue;
        }
        shut += 1;
        assert_eq!(verify(Some(FIRST)).unwrap()["ok"], true, "round {round}");
        let file = fs::read_to_string(village.join("database.key")).unwrap();
        assert!(!file.contains("\"next\""), "round {round}");
        fs::write(village.join("database.key"), &open_key).unwrap();
        assert_eq!(verify(None).unwrap_err(), "database-damaged", "round {round}");
    }
    assert!(open > 0, "{open} open, {shut} shut, {halfway} halfway");
}

/// Whoever is being added is there with their password, or can be added after all, with the same code.
#[tokio::test]
async fn adding_a_user_cut_short_is_all_done_or_not_at_all() {
    let folder = County::folder().await;
    let county = folder.path();
    let (village, keys) = (county.join("village"), county.join("keys"));
    let hub = RunningHub::start(county, 0);
    {
        let replica = daiban_testkit::county::open_replica(&village, &keys);
        replica.db().execute("UPDATE identity SET hub_url = ?", [&hub.url]).unwrap();
    }
    seal(&village, &keys);
    let desk = |user: &str, password: &str| {
        let mut desk = daiban(county, "village");
        desk.args(["--login", user]).env("DAIBAN_PASSWORD", password);
        desk
    };
    let (mut added, mut absent) = (0, 0);
    // Each stays: the file of slots grows.
    for round in 0..kills().min(200) {
        let name = format!("马得草{round}");
        let mut issue = std::process::Command::new(program("daiban-hub"));
        issue.args(["code", "--unit", "621099100200", "--data"]).arg(county.join("hub"));
        let issued = run(&mut issue).unwrap();
        let add = || {
            let mut add = desk("李秀兰", FIRST);
            add.args(["user", "add", &name, "--code", issued["code"].as_str().unwrap()]);
            add.env("DAIBAN_NEW_PASSWORD", SECOND);
            add
        };
        kill_after(&mut add(), moment(round, 600));
        if fs::read_to_string(village.join("database.key")).unwrap().contains(&format!("\"{name}\"")) {
            added += 1;
        } else {
            absent += 1;
            run(&mut add()).unwrap_or_else(|code| panic!("round {round}: {code}"));
        }
        run(desk(&name, SECOND).arg("list")).unwrap();
    }
    assert_eq!(run(desk("李秀兰", FIRST).arg("verify")).unwrap()["ok"], true);
    assert!(absent > 0, "{added} added, {absent} not");
}

/// One password opens the desk at any time, and the county's answer serves until it has.
#[tokio::test]
async fn a_recovery_cut_short_leaves_the_old_password_or_the_new_one() {
    let folder = County::folder().await;
    let county = folder.path();
    seal(&county.join("village"), &county.join("keys"));
    let (asked, answer) = (county.join("asked"), county.join("answer"));
    let opens = |password: &str| {
        DatabaseKey::load(&county.join("village"), Some(Login { person: None, password })).is_ok()
    };
    let (mut current, mut changed, mut kept) = ([FIRST, SECOND], 0, 0);
    for round in 0..kills() {
        let mut forgot = daiban(county, "village");
        run(forgot.args(["user", "forgot", "-o"]).arg(&asked)).unwrap();
        let mut hub = std::process::Command::new(program("daiban-hub"));
        hub.args(["recover", "--data"]).arg(county.join("hub")).arg(&asked).arg("-o").arg(&answer);
        run(&mut hub).unwrap();
        let recover = || {
            let mut recover = daiban(county, "village");
            recover.args(["user", "recover", "李秀兰"]).arg(&answer).env("DAIBAN_NEW_PASSWORD", current[1]);
            recover
        };
        kill_after(&mut recover(), moment(round, 400));
        let states = current.map(opens);
        assert!(states[0] != states[1], "round {round}: {states:?}");
        if states[0] {
            kept += 1;
            run(&mut recover()).unwrap_or_else(|code| panic!("round {round}: {code}"));
        } else {
            changed += 1;
        }
        current.reverse();
    }
    assert!(kept > 0, "{changed} changed, {kept} kept");
    let mut verify = daiban(county, "village");
    assert_eq!(run(verify.env("DAIBAN_PASSWORD", current[0]).arg("verify")).unwrap()["ok"], true);
}
