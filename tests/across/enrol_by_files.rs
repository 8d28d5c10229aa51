//! Enrolment where no line reaches: a desk and a hub that never meet, and a stick between them.

use crate::{convergence::request, power_cuts::moment};
use daiban_contract::{
    Code, Secret,
    act::{AskEnrolment, Exchange, FinishEnrolment, Lock, Unlock},
    ask,
};
use daiban_desk::{Desk, Limits, Place, Trouble};
use daiban_domain::{Instant, Role};
use daiban_exchange::{
    Incarnation,
    enrolment::{
        Application, Code as EnrolmentCode,
        file::{Answered, Asked},
    },
    wire,
};
use daiban_hub::HubError;
use daiban_testkit::{
    County, at, drawn_qr_code, files, found_in,
    program::{RunningHub, kill_after, kills, program, run},
};
use ed25519_dalek::SigningKey;
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const PASSWORD: &str = "杏花开了去赶集";
const ADDRESS: &str = "https://10.0.0.5:7621";

fn minute(n: i64) -> Instant {
    Instant(at("03-05T09:00").0 + n * 60_000)
}

fn issue(county: &County) -> String {
    county.hub.issue_code("621099100200".parse().unwrap(), &[Role::Agent], minute(0)).unwrap().code
}

/// A machine of its own: nothing of it lies where another's does.
fn machine(county: &County, name: &str) -> Desk {
    let place = Place {
        data: county.path(name),
        keys: county.path(&format!("{name}-keys")),
        user: None,
        password: None,
    };
    Desk::open(place).unwrap()
}

fn apply(desk: &Desk, code: &str, file: &Path) -> Result<PathBuf, Trouble> {
    let file = file.display().to_string();
    let request =
        AskEnrolment { code: code.to_owned(), device: "上塬2号本".into(), user: "赵敏".into(), file };
    desk.ask_enrolment(request, minute(1)).map(|asked| asked.file.into())
}

fn finish(desk: &Desk, answer: &Path, password: Option<&str>) -> Result<(), Trouble> {
    let request = FinishEnrolment { file: answer.display().to_string(), password: password.map(Secret::new) };
    desk.finish_enrolment(request, minute(9)).map(|_| ())
}

fn admit(county: &County, asked: &[u8], address: &str, now: Instant) -> Result<Vec<u8>, HubError> {
    county.hub.admit_by_file(asked, address, now).map(|answer| answer.file)
}

fn enrolled(county: &County) -> usize {
    county.hub.status(7, minute(0)).unwrap().devices.len()
}

#[tokio::test]
async fn two_files_enrol_a_desk_that_works_at_once_and_speaks_on_the_line_later() {
    let county = County::new().await;
    let hub = county.encrypted(Limits::default()).await;
    county.hub_says(minute(0));
    let (code, stick) = (issue(&county), county.path("stick"));
    fs::create_dir_all(&stick).unwrap();
    let desk = machine(&county, "newcomer");
    let asked = apply(&desk, &code, &stick).unwrap();
    assert_eq!(asked.parent(), Some(&*stick));
    assert!(!county.path("newcomer").exists(), "not enrolled yet");
    // The stick doesn't say the code, and neither does the machine that waits.
    for secret in [code.clone(), code.replace('-', ""), code[..12].to_owned()] {
        let everywhere = [&*stick, &*county.path("newcomer-keys")];
        assert_eq!(found_in(&everywhere, &secret), Vec::<PathBuf>::new(), "{secret}");
    }
    let first = fs::read(&asked).unwrap();
    assert_eq!(fs::read(apply(&desk, &code, &stick).unwrap()).unwrap(), first, "the same, asked again");

    let before = enrolled(&county);
    let answered = admit(&county, &first, &hub.url, minute(5)).unwrap();
    let again = admit(&county, &first, &hub.url, minute(2_000)).unwrap();
    let device = |file: &[u8]| Answered::read(file).unwrap().admission.enrolment;
    assert_eq!(device(&again), device(&answered), "the same enrolment, also after the code has expired");
    assert_eq!(enrolled(&county), before + 1);

    let answer = stick.join("the.answer");
    fs::write(&answer, answered).unwrap();
    let weak = finish(&desk, &answer, Some("12345678")).unwrap_err();
    assert_eq!(weak.code(), Code::WeakPassword);
    finish(&desk, &answer, Some(PASSWORD)).unwrap();
    assert_eq!(files(&county.path("newcomer-keys")).len(), 2, "both keys, and nothing that waits");

    // No line has carried anything: what it works with came along.
    let view = desk.desk(ask::Desk {}, minute(9)).unwrap();
    assert_eq!(
        (&*view.person, &*view.device, view.unit_short_name.as_str()),
        ("赵敏", "上塬2号本", "上塬村")
    );
    let township = county.desk("township");
    let items = |desk: &Desk| desk.items(ask::Items::default(), minute(9)).unwrap().len();
    assert!(items(&desk) > 0 && items(&desk) == items(&township));
    let due = desk.due(ask::Due { from: minute(9).date(), working_days: 20 }, minute(9)).unwrap();
    assert!(!due.provisional, "the calendar is here");
    let case_no = desk.record(request(0), minute(9)).unwrap().case_no;
    desk.lock(Lock {}, minute(9)).unwrap();
    desk.unlock(Unlock { person: None, password: Secret::new(PASSWORD) }, minute(9)).unwrap();
    assert!(desk.verify(ask::Verify {}, minute(9)).unwrap().ok);

    let done = desk.exchange(Exchange::default(), minute(10)).await.unwrap();
    assert!(done.sent > 0 && done.pending == 0, "{done:?}");
    township.exchange_at(&hub.url, minute(11)).await.unwrap();
    let case = township.case(ask::Case { case_no }, minute(11)).unwrap();
    assert_eq!(case.events[0].by, "赵敏");
}

#[tokio::test]
async fn whoever_finds_the_stick_enrols_nothing() {
    let county = County::new().await;
    let code = issue(&county);
    let desk = machine(&county, "newcomer");
    let asked = fs::read(apply(&desk, &code, &county.path("stick.ask")).unwrap()).unwrap();
    let before = enrolled(&county);
    let bad_code = |file: &[u8], now: Instant| {
        let outcome = admit(&county, file, ADDRESS, now);
        assert!(matches!(outcome, Err(HubError::BadCode)), "{:?}", outcome.map(|_| ()));
    };
    // Their own keys, and whatever code comes to mind.
    let thief = SigningKey::from_bytes(&[9; 32]);
    let application = Application {
        protocol: wire::PROTOCOL_MAX,
        code: String::new(),
        key: [0; 32],
        recipient: "age1thief".into(),
        incarnation: Incarnation(1),
        device_name: "上塬2号本".into(),
        person_name: "赵敏".into(),
        signature: [0; 64],
        person_key: None,
    }
    .signed(&thief);
    let pinned = EnrolmentCode::parse(&code).unwrap().without_secret();
    bad_code(&Asked::new(&application, &pinned).write(), minute(5));
    // Their own application with the MAC of the other: the MAC is what the file ends with.
    let (mine, theirs) = (Asked::read(&asked).unwrap(), Asked::new(&application, &pinned));
    let (mine, mut theirs) = (wire::encode(&mine), wire::encode(&theirs));
    let at = theirs.len() - 32;
    theirs[at..].copy_from_slice(&mine[mine.len() - 32..]);
    let magic = asked.split(|byte| *byte == b'\n').next().unwrap();
    bad_code(&[magic, b"\n\0", &theirs].concat(), minute(5));
    assert_eq!(enrolled(&county), before);
    // After a day nobody's.
    bad_code(&asked, minute(24 * 60 + 1));
    // And the one who was meant still gets in, once.
    admit(&county, &asked, ADDRESS, minute(5)).unwrap();
    let other = machine(&county, "other");
    let late = fs::read(apply(&other, &code, &county.path("late.ask")).unwrap()).unwrap();
    bad_code(&late, minute(6));
    assert_eq!(enrolled(&county), before + 1);
}

#[tokio::test]
async fn an_answer_that_isnt_ours_changes_nothing() {
    let county = County::new().await;
    let stranger = County::of(County::folder().await.path()).await;
    fs::remove_dir_all(stranger.path("hub/ca")).unwrap();
    daiban_hub::ca::found(&stranger.path("hub"), stranger.hub.county(), None, minute(0)).unwrap();
    let [desk, other] = ["newcomer", "other"].map(|name| machine(&county, name));
    let (code, code_of_other) = (issue(&county), issue(&county));
    let asked = fs::read(apply(&desk, &code, &county.path("first.ask")).unwrap()).unwrap();
    let asked_by_other = fs::read(apply(&other, &code_of_other, &county.path("other.ask")).unwrap()).unwrap();
    let answered = admit(&county, &asked, ADDRESS, minute(5)).unwrap();
    let to_other = admit(&county, &asked_by_other, ADDRESS, minute(5)).unwrap();

    let file = county.path("the.answer");
    let unchanged = |answer: &[u8]| {
        fs::write(&file, answer).unwrap();
        let trouble = finish(&desk, &file, Some(PASSWORD)).unwrap_err();
        assert_eq!(desk.desk(ask::Desk {}, minute(9)).unwrap_err().code(), Code::NotEnrolled);
        assert!(
            !county.path("newcomer/daiban.db").exists() && !county.path("newcomer/database.key").exists()
        );
        assert!(trouble.message().contains("没有登记"), "{}", trouble.message());
        trouble.code()
    };
    assert_eq!(unchanged(&to_other), Code::BadInput);
    assert_eq!(unchanged(&asked), Code::BadInput, "an application is no answer");
    assert_eq!(unchanged(b""), Code::BadInput);
    assert_eq!(unchanged(&answered[..answered.len() / 2]), Code::BadInput);
    // Whatever bit has fallen over.
    for at in (30..answered.len()).step_by(answered.len() / 40) {
        let mut damaged = answered.clone();
        damaged[at] ^= 4;
        unchanged(&damaged);
    }
    // Somebody who has the stick sends the desk elsewhere, or gives it something else to begin with.
    let read = Answered::read(&answered).unwrap();
    let mut elsewhere = read.clone();
    elsewhere.address = "https://10.6.6.6:7621".into();
    assert_eq!(unchanged(&elsewhere.write()), Code::HubWrong);
    let mut otherwise = read.clone();
    otherwise.bundle = Answered::read(&to_other).unwrap().bundle;
    assert_eq!(unchanged(&otherwise.write()), Code::HubWrong);
    // Another county's hub would take the device in, and its word for that isn't the code's.
    let bait = issue(&stranger);
    let lured = fs::read(apply(&desk, &bait, &county.path("lured.ask")).unwrap()).unwrap();
    let lured = Answered::read(&admit(&stranger, &lured, ADDRESS, minute(5)).unwrap()).unwrap();
    let mut admission = lured.admission;
    admission.enrolment = read.admission.enrolment.clone();
    let key = SigningKey::from_bytes(&[9; 32]);
    unchanged(&Answered::signed(admission.signed(&key), ADDRESS.into(), read.bundle.clone(), &key).write());

    fs::write(&file, &answered).unwrap();
    finish(&desk, &file, Some(PASSWORD)).unwrap();
    let twice = finish(&desk, &file, Some(PASSWORD)).unwrap_err();
    assert_eq!(twice.code(), Code::AlreadyEnrolled);
}

#[tokio::test]
async fn a_revoked_device_is_not_admitted_a_second_time() {
    let county = County::new().await;
    county.hub_says(minute(0));
    let code = issue(&county);
    let desk = machine(&county, "newcomer");
    let asked = fs::read(apply(&desk, &code, &county.path("first.ask")).unwrap()).unwrap();
    let answered = admit(&county, &asked, ADDRESS, minute(5)).unwrap();
    let device = Answered::read(&answered).unwrap().admission.enrolment.device;
    let township = county.desk("township");
    county.exchange(&township, minute(6)).await.unwrap();
    let revoke = daiban_contract::act::RevokeDevice {
        device,
        ground: daiban_domain::revocation::Ground::Lost,
        since: None,
    };
    township.revoke_device(revoke, minute(6)).unwrap();
    county.exchange(&township, minute(7)).await.unwrap();
    assert!(matches!(admit(&county, &asked, ADDRESS, minute(8)), Err(HubError::BadCode)));
}

#[tokio::test]
async fn a_code_is_drawn_as_well_as_said() {
    let county = County::folder().await;
    let mut code = Command::new(program("daiban-hub"));
    code.args(["code", "--unit", "621099100200", "--qr", "--data"]).arg(county.path().join("hub"));
    let said = String::from_utf8(code.output().unwrap().stdout).unwrap();
    let (drawn, json) = said.split_once('{').unwrap();
    let issued: Value = serde_json::from_str(&format!("{{{json}")).unwrap();
    assert_eq!(drawn_qr_code(drawn.trim_end()), issued["code"].as_str().unwrap());
}

/// Programs killed at each step. The desk belongs to nobody, and the step is done again; or it is there, whole.
#[tokio::test]
async fn cut_short_at_any_moment_a_desk_is_not_enrolled_or_is_whole() {
    let founded = County::folder().await;
    let county = founded.path();
    let hub = RunningHub::start(county, 0);
    let (mut cut, mut whole) = (0, 0);
    for round in 0..kills() {
        let machine = tempfile::tempdir().unwrap();
        let at = |name: &str| machine.path().join(name);
        let desk = || {
            let mut desk = Command::new(program("daiban"));
            desk.arg("--json").env("DAIBAN_DATA", at("data")).env("DAIBAN_KEYS", at("keys"));
            desk.env("DAIBAN_PASSWORD", PASSWORD);
            desk
        };
        let mut code = Command::new(program("daiban-hub"));
        code.args(["code", "--unit", "621099100200", "--data"]).arg(county.join("hub"));
        let code = run(&mut code).unwrap()["code"].as_str().unwrap().to_owned();
        let ask = || {
            let mut ask = desk();
            ask.args(["enrol", "--code", &code, "--device", "上塬2号本", "--user", "赵敏", "--ask"]);
            ask.arg(at("first.ask"));
            ask
        };
        let admit = || {
            let mut admit = Command::new(program("daiban-hub"));
            admit.args(["admit", "--address", &hub.url, "--data"]).arg(county.join("hub"));
            admit.arg(at("first.ask")).arg("-o").arg(at("the.answer"));
            admit
        };
        let finish = || {
            let mut finish = desk();
            finish.args(["enrol", "--answer"]).arg(at("the.answer"));
            finish
        };
        kill_after(&mut ask(), moment(round, 40));
        run(&mut ask()).unwrap();
        kill_after(&mut admit(), moment(round + 5, 120));
        run(&mut admit()).unwrap();
        kill_after(&mut finish(), moment(round + 3, 2_000));
        let items = match run(desk().arg("items")) {
            Ok(items) => {
                whole += 1;
                items
            }
            Err(code) => {
                assert_eq!(code, "not-enrolled");
                cut += 1;
                run(&mut finish()).unwrap();
                run(desk().arg("items")).unwrap()
            }
        };
        assert!(!items.as_array().unwrap().is_empty(), "what it begins with is there");
        let verified: Value = run(desk().arg("verify")).unwrap();
        assert_eq!(verified["ok"], true, "{}", verified["findings"]);
        let left =
            files(&at("keys")).iter().filter(|file| file.extension() == Some("pending".as_ref())).count();
        assert_eq!((left, at("data/enrolling").exists() && !at("data/daiban.db").exists()), (0, false));
        let done = run(desk().arg("sync")).unwrap();
        assert_eq!(done["pending"], 0, "{done}");
    }
    assert!(cut > 0, "no round was cut short: {whole}");
}
