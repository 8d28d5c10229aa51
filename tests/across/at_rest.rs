//! A stolen folder: what its key file opens, and who works there.

use crate::power_cuts::moment;
use daiban_contract::{
    Code, Secret,
    act::{AddUser, ChangeSetting, Lock, RemoveUser, SetPassword, SetWays, Unlock},
    ask,
    view::{DeskView, UsersView},
};
use daiban_desk::{Desk, Place, Trouble};
use daiban_domain::{PersonId, Role};
use daiban_exchange::sealed::{Cost, PasswordSealed};
use daiban_replica::store::key::{NewUser, seal::Pair};
use daiban_testkit::{
    County, at,
    county::copy,
    files, found_in, holds,
    program::{RunningHub, daiban, kill_after, program, run},
};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;

pub const FIRST: &str = "杏花开了去赶集";
pub const SECOND: &str = "南坡的麦子黄了";

fn secret(text: &str) -> Secret {
    Secret::new(text)
}

/// A password for whoever the village's desk was enrolled with, at the least that a guess may cost.
pub fn seal(folder: &Path, keys: &Path) -> PersonId {
    let mut replica = daiban_testkit::county::open_replica(folder, keys);
    let person = replica.identity().person;
    let recovery = daiban_exchange::bundle::hub_recipient(&replica.identity().hub_key);
    replica
        .seal_first(
            NewUser { person, name: "李秀兰", password: FIRST, pair: &Pair::draw() },
            &recovery,
            Cost::FLOOR,
        )
        .unwrap();
    person
}

fn code<T: std::fmt::Debug>(outcome: Result<T, Trouble>) -> Code {
    outcome.unwrap_err().code()
}

fn unlock(desk: &Desk, person: PersonId, password: &str) -> Result<DeskView, Trouble> {
    desk.unlock(Unlock { person: Some(person), password: secret(password) }, at("03-02T09:00"))
}

fn names(view: &UsersView) -> Vec<(&str, bool)> {
    view.users.iter().map(|user| (user.name.as_str(), user.current)).collect()
}

#[tokio::test]
async fn the_first_password_shuts_a_key_that_has_lain_open() {
    let county = County::new().await;
    let now = at("03-02T09:00");
    let open = fs::read(county.path("village/database.key")).unwrap();
    let desk = county.desk("village");
    let weak = SetPassword { old: None, new: secret("12345678") };
    assert_eq!(code(desk.set_password(weak, now)), Code::WeakPassword);
    assert!(!desk.desk(ask::Desk {}, now).unwrap().password_set);
    let set = desk.set_password(SetPassword { old: None, new: secret(FIRST) }, now).unwrap();
    assert_eq!((names(&set), set.password_set), (vec![("李秀兰", true)], true));
    // It works on, and locks.
    assert_eq!(desk.desk(ask::Desk {}, now).unwrap().auto_lock_minutes, 5);
    desk.lock(Lock {}, now).unwrap();
    assert_eq!(code(desk.desk(ask::Desk {}, now)), Code::Locked);
    assert_eq!(names(&desk.users(ask::Users {}, now).unwrap()), [("李秀兰", false)]);
    assert_eq!(code(desk.cases(ask::Cases::default(), now)), Code::Locked);
    assert_eq!(code(desk.exchange_at(&county.url, now).await), Code::Locked);
    let person = set.users[0].person;
    assert_eq!(code(unlock(&desk, person, SECOND)), Code::WrongPassword);
    assert_eq!(unlock(&desk, person, FIRST).unwrap().person, "李秀兰");
    county.exchange(&desk, now).await.unwrap();
    drop(desk);
    // The key that lay open before opens nothing any more.
    let stolen = county.path("stolen");
    copy(&county.path("village"), &stolen);
    fs::write(stolen.join("database.key"), &open).unwrap();
    let place = Place { data: stolen, keys: county.path("keys"), user: None, password: None };
    assert_eq!(Desk::open(place).err().map(|failure| failure.code), Some(Code::DatabaseDamaged));
}

#[tokio::test]
async fn another_password_rewraps_the_key_and_leaves_the_database() {
    let county = County::new().await;
    let (folder, now) = (county.path("village"), at("03-02T09:00"));
    let person = seal(&folder, &county.path("keys"));
    let database = fs::read(folder.join("daiban.db")).unwrap();
    let desk = county.desk("village");
    unlock(&desk, person, FIRST).unwrap();
    let change = |old: Option<&str>| SetPassword { old: old.map(secret), new: secret(SECOND) };
    assert_eq!(code(desk.set_password(change(None), now)), Code::WrongPassword);
    assert_eq!(code(desk.set_password(change(Some(SECOND)), now)), Code::WrongPassword);
    desk.set_password(change(Some(FIRST)), now).unwrap();
    assert_eq!(fs::read(folder.join("daiban.db")).unwrap(), database);
    desk.lock(Lock {}, now).unwrap();
    assert_eq!(code(unlock(&desk, person, FIRST)), Code::WrongPassword);
    unlock(&desk, person, SECOND).unwrap();
}

#[tokio::test]
async fn a_key_file_of_before_opens_and_becomes_its_persons() {
    let county = County::new().await;
    let (folder, now) = (county.path("village"), at("03-02T09:00"));
    let file = folder.join("database.key");
    let open: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    let hex = open["open"]["key"].as_str().unwrap();
    let key: Vec<u8> = (0..64).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap()).collect();
    let sealed = PasswordSealed::seal(&key, FIRST, Cost::FLOOR).unwrap();
    fs::write(&file, json!({ "sealed": sealed }).to_string()).unwrap();
    let desk = county.desk("village");
    assert_eq!(names(&desk.users(ask::Users {}, now).unwrap()), []);
    let enter = |password: &str| desk.unlock(Unlock { person: None, password: secret(password) }, now);
    assert_eq!(code(enter(SECOND)), Code::WrongPassword);
    enter(FIRST).unwrap();
    desk.lock(Lock {}, now).unwrap();
    let users = desk.users(ask::Users {}, now).unwrap();
    assert_eq!(names(&users), [("李秀兰", false)]);
    unlock(&desk, users.users[0].person, FIRST).unwrap();
}

#[tokio::test]
async fn five_wrong_passwords_make_every_program_wait() {
    let county = County::new().await;
    let (folder, now) = (county.path("village"), at("03-02T09:00"));
    let person = seal(&folder, &county.path("keys"));
    let desk = county.desk("village");
    for _ in 0..5 {
        assert_eq!(code(unlock(&desk, person, SECOND)), Code::WrongPassword);
    }
    assert_eq!(code(unlock(&desk, person, FIRST)), Code::TooManyGuesses);
    // Opened anew, a year later by the clock.
    let desk = county.desk("village");
    let later = Unlock { person: Some(person), password: secret(FIRST) };
    assert_eq!(code(desk.unlock(later, at("12-31T09:00"))), Code::TooManyGuesses);
    assert_eq!(code(desk.desk(ask::Desk {}, now)), Code::Locked);
}

#[tokio::test]
async fn two_people_at_one_device_act_each_in_their_own_name() {
    let county = County::new().await;
    let (folder, now) = (county.path("village"), at("03-02T09:00"));
    county.hub_says(now);
    county.find_hub(&county.replica("village"));
    let first = seal(&folder, &county.path("keys"));
    let desk = county.desk("village");
    unlock(&desk, first, FIRST).unwrap();
    let issue = |unit: &str| county.hub.issue_code(unit.parse().unwrap(), &[Role::Agent], now).unwrap().code;
    let add =
        |code: &str| AddUser { code: code.to_owned(), name: "马得草".into(), password: secret(SECOND) };
    let another = issue("621099100201");
    assert_eq!(code(desk.add_user(add(&another), now).await), Code::BadCode, "another village's");
    let code_here = issue("621099100200");
    let added = desk.add_user(add(&code_here), now).await.unwrap();
    assert_eq!(names(&added), [("李秀兰", true), ("马得草", false)]);
    assert_eq!(added.users[1].roles, ["代办员"]);
    assert_eq!(code(desk.add_user(add(&code_here), now).await), Code::BadInput, "the same name");
    let second = added.users[1].person;

    let request = serde_json::from_value::<daiban_contract::act::Record>(json!({
        "itemId": "I002", "applicant": {"name": "王𬍛㛃", "idNo": "621099194203150014"},
        "materials": [{"materialCode": "APP", "originals": 1}],
    }))
    .unwrap();
    let recorded_by = |desk: &Desk| {
        let case_no = desk.record(request.clone(), now).unwrap().case_no;
        desk.case(ask::Case { case_no }, now).unwrap().events[0].by.clone()
    };
    assert_eq!(recorded_by(&desk), "李秀兰");
    assert_eq!(unlock(&desk, second, SECOND).unwrap().person, "马得草");
    assert_eq!(recorded_by(&desk), "马得草");
    // An exchange reads the identity anew, and the person stays.
    county.exchange(&desk, now).await.unwrap();
    assert_eq!(recorded_by(&desk), "马得草");
    // An agent answers for nobody.
    assert_eq!(code(desk.remove_user(RemoveUser { person: first }, now)), Code::NoRole);
    assert_eq!(code(desk.remove_user(RemoveUser { person: second }, now)), Code::NotAllowed);

    // The township hears who has acted.
    county.exchange(&desk, now).await.unwrap();
    let township = county.desk("township");
    county.exchange(&township, now).await.unwrap();
    let staff = township.staff(ask::Staff {}, now).unwrap();
    assert!(staff.iter().any(|staff| staff.name == "马得草"));
    assert_eq!(county.replica("township").verify().unwrap(), []);

    // Off the device: neither their password nor the key that they may have kept opens anything.
    let kept = fs::read(folder.join("database.key")).unwrap();
    unlock(&desk, first, FIRST).unwrap();
    let left = desk.remove_user(RemoveUser { person: second }, now).unwrap();
    assert_eq!(names(&left), [("李秀兰", true)]);
    assert_eq!(code(unlock(&desk, second, SECOND)), Code::UnknownUser);
    assert_eq!(recorded_by(&desk), "李秀兰");
    desk.lock(Lock {}, now).unwrap();
    unlock(&desk, first, FIRST).unwrap();
    drop(desk);
    fs::write(folder.join("database.key"), kept).unwrap();
    let desk = county.desk("village");
    assert_eq!(code(unlock(&desk, second, SECOND)), Code::DatabaseDamaged);
}

#[tokio::test]
async fn only_a_desk_that_serves_villages_may_stay_open() {
    let county = County::new().await;
    let now = at("03-02T09:00");
    let set = |desk: &Desk, minutes: &str| {
        let request = ChangeSetting { name: "autoLockMinutes".into(), value: minutes.into() };
        desk.change_setting(request, now).map(|settings| settings.auto_lock_minutes)
    };
    let (village, township) = (county.desk("village"), county.desk("township"));
    assert_eq!(set(&village, "10").unwrap(), 10);
    for minutes in ["0", "61", "-1", "never"] {
        assert_eq!(code(set(&village, minutes)), Code::BadInput);
    }
    assert_eq!(code(set(&township, "0")), Code::BadInput);
    township.set_ways(SetWays { call: None, listen: Some("7622".into()) }, now).unwrap();
    assert_eq!(set(&township, "0").unwrap(), 0);
}

#[tokio::test]
async fn nobody_gives_the_database_another_key_while_a_second_program_has_it() {
    let county = County::new().await;
    let now = at("03-02T09:00");
    let (desk, other) = (county.desk("village"), county.desk("village"));
    let set = || SetPassword { old: None, new: secret(FIRST) };
    assert_eq!(code(desk.set_password(set(), now)), Code::InUse);
    assert!(!other.desk(ask::Desk {}, now).unwrap().password_set);
    drop(other);
    desk.set_password(set(), now).unwrap();
}

#[tokio::test]
async fn a_forgotten_password_comes_back_with_the_countys_help() {
    let folder = County::folder().await;
    let county = folder.path();
    let village = county.join("village");
    let forgot = |output: &Path| {
        let mut forgot = daiban(county, "village");
        forgot.args(["user", "forgot", "-o"]).arg(output);
        run(&mut forgot)
    };
    let hub = |output: &Path, asked: &Path| {
        let mut hub = std::process::Command::new(program("daiban-hub"));
        hub.args(["recover", "--data"]).arg(county.join("hub")).arg(asked).arg("-o").arg(output);
        run(&mut hub)
    };
    let recover = |answer: &Path| {
        let mut recover = daiban(county, "village");
        recover.args(["user", "recover", "李秀兰"]).arg(answer);
        run(recover.env("DAIBAN_NEW_PASSWORD", SECOND))
    };
    let (asked, answer) = (county.join("asked"), county.join("answer"));
    assert_eq!(forgot(&asked).unwrap_err(), "not-allowed", "the key lies open");
    seal(&village, &county.join("keys"));
    forgot(&asked).unwrap();
    assert_eq!(recover(&asked).unwrap_err(), "wrong-password", "a question is no answer");
    hub(&answer, &asked).unwrap();
    // An answer to an earlier question, whose key is gone.
    forgot(&county.join("again")).unwrap();
    assert_eq!(recover(&answer).unwrap_err(), "wrong-password");
    hub(&answer, &county.join("again")).unwrap();
    recover(&answer).unwrap();
    assert_eq!(recover(&answer).unwrap_err(), "wrong-password", "it serves once");
    let mut list = daiban(county, "village");
    assert_eq!(run(list.env("DAIBAN_PASSWORD", FIRST).arg("list")).unwrap_err(), "wrong-password");
    let mut verify = daiban(county, "village");
    assert_eq!(run(verify.env("DAIBAN_PASSWORD", SECOND).arg("verify")).unwrap()["ok"], true);
}

/// Pieces of a file, by which it would be known.
fn pieces(bytes: &[u8]) -> Vec<Vec<u8>> {
    bytes.chunks_exact(24).step_by(bytes.len() / 24 / 8 + 1).map(<[u8]>::to_vec).collect()
}

/// What was done in a day at a desk with a password, and where.
pub struct BusyDay {
    county: TempDir,
    pub village: PathBuf,
    pub keys: PathBuf,
    /// What people brought: names and numbers in the open.
    pub typed: PathBuf,
    pub scratch: PathBuf,
    pub stick: PathBuf,
    /// Still serves.
    _hub: RunningHub,
    /// All that tells of somebody.
    pub told: Vec<&'static str>,
    /// A photo as it was stored.
    stored: Vec<u8>,
}

impl BusyDay {
    pub fn county(&self) -> &Path {
        self.county.path()
    }

    /// The desk, for whoever knows the password.
    pub fn desk(&self) -> Command {
        let mut desk = self.locked();
        desk.env("DAIBAN_PASSWORD", FIRST);
        desk
    }

    pub fn locked(&self) -> Command {
        let mut desk = daiban(self.county(), "village");
        desk.env("TMPDIR", &self.scratch).env("HOME", &self.scratch);
        desk
    }
}

pub async fn busy_day() -> BusyDay {
    let folder = County::folder().await;
    let county = folder.path();
    let (village, keys) = (county.join("village"), county.join("keys"));
    seal(&village, &keys);
    let (typed, scratch, stick, printed) =
        (county.join("typed"), county.join("scratch"), county.join("stick"), county.join("printed"));
    for folder in [&typed, &scratch, &stick, &printed] {
        fs::create_dir_all(folder).unwrap();
    }
    let desk = || {
        let mut desk = daiban(county, "village");
        desk.env("DAIBAN_PASSWORD", FIRST).env("TMPDIR", &scratch).env("HOME", &scratch);
        desk
    };
    let people = [
        ("罗秀珍", "621099195508082563", "13900005671", "上塬村二组61号"),
        ("古丽娜尔·买买提", "62109919991231204X", "13900005672", "上塬村三组72号"),
        ("王𬍛㛃", "621099194203150014", "13900005673", "上塬村四组83号"),
    ];
    let neighbour = ("何得福", "62109919630720002X", "13900005674");
    let mut noise = daiban_testkit::workload::Dice::new(7);
    let image = image::RgbImage::from_fn(300, 200, |_, _| image::Rgb([noise.below(256) as u8, 90, 30]));
    image.save(typed.join("photo.png")).unwrap();

    let hub = RunningHub::start(county, 0);
    let mut stored = Vec::new();
    for (name, id_no, phone, address) in people {
        let request = json!({
            "itemId": "I002", "materials": [{"materialCode": "APP", "originals": 1}],
            "applicant": {"name": name, "idNo": id_no, "phone": phone, "address": address},
            "fields": {"bankAccount": "6217000000000000012"},
        });
        fs::write(typed.join(format!("{id_no}.json")), request.to_string()).unwrap();
        let recorded = run(desk().arg("record").arg(typed.join(format!("{id_no}.json")))).unwrap();
        let case_no = recorded["caseNo"].as_str().unwrap();
        run(desk().args(["attach", case_no]).arg(typed.join("photo.png")).args(["--material", "APP"]))
            .unwrap();
        run(desk().args(["form", case_no, "F01", "-o"]).arg(printed.join("F01.pdf"))).unwrap();
        run(desk().args(["set", case_no, "applicant.address", address])).unwrap();
        let attachments = run(desk().args(["attachments", case_no])).unwrap();
        let hash = attachments[0]["hash"].as_str().unwrap();
        let saved = typed.join("stored");
        run(desk().args(["attachments", case_no, "--save", hash, "-o"]).arg(&saved)).unwrap();
        stored = fs::read(&saved).unwrap();
        fs::remove_file(saved).unwrap();
    }
    let heading = "姓名,证件类型,证件号码,性别,出生日期,联系电话,住址,户号,与户主关系";
    let (name, id_no, phone) = neighbour;
    let row = format!("{name},居民身份证,{id_no},,,{phone},上塬村1组,0001,户主");
    fs::write(typed.join("roster.csv"), format!("\u{feff}{heading}\r\n{row}\r\n")).unwrap();
    assert_eq!(run(desk().args(["people", "import"]).arg(typed.join("roster.csv"))).unwrap()["taken"], true);
    run(desk().args(["list", "--search", "罗秀"])).unwrap();
    run(desk().args(["sync", "--attachments", "--hub", &hub.url])).unwrap();
    run(desk().args(["bundle", "export", "--all", "-o"]).arg(&stick)).unwrap();
    run(desk().args(["bundle", "export"])).unwrap();
    assert_eq!(fs::read_dir(&stick).unwrap().count(), 1);
    // A program that dies leaves its log behind.
    kill_after(desk().arg("record").arg(typed.join("621099194203150014.json")), moment(3, 200));

    let told = people.iter().flat_map(|(name, id_no, phone, address)| [*name, *id_no, *phone, *address]);
    let told = told.chain([name, id_no, phone, "6217000000000000012"]).collect();
    BusyDay { village, keys, typed, scratch, stick, _hub: hub, told, stored, county: folder }
}

#[tokio::test]
async fn after_a_busy_day_no_file_of_the_desk_tells_of_anybody() {
    let day = busy_day().await;
    let BusyDay { village, keys, typed, scratch, stick, stored, .. } = &day;
    let everywhere = [&**village, keys, scratch, stick];
    for text in &day.told {
        assert_eq!(found_in(&everywhere, text), Vec::<PathBuf>::new(), "{text}");
        assert_ne!(found_in(&[typed], text), Vec::<PathBuf>::new(), "{text} was typed, and would be found");
    }
    let photo = fs::read(typed.join("photo.png")).unwrap();
    let (photo, stored) = (pieces(&photo), pieces(stored));
    assert!(holds(&typed.join("photo.png"), &photo) && stored.len() >= 5);
    for file in everywhere.iter().flat_map(|folder| files(folder)) {
        assert!(!holds(&file, &photo) && !holds(&file, &stored), "{}", file.display());
    }
}
