//! 练习: what is done there stays there, and nothing of it can be taken for real.

use crate::convergence::request;
use daiban_contract::{
    Code, Failure, Request, Secret,
    act::{
        AddUser, BackUp, CallRelay, Enrol, Exchange, ExportBundle, ImportBundle, IssueCode, LeavePractice,
        Lock, PlanBackups, Practise, SaveForm, SetPassword, SetWays, Unlock,
    },
    ask,
    view::DeskView,
};
use daiban_desk::{Desk, Desks, Place};
use daiban_domain::{Instant, Level};
use daiban_testkit::{County, at, files, pdf_text};
use std::fs;

const PASSWORD: &str = "apricots go to market";

fn minute(n: i64) -> Instant {
    Instant(at("03-05T09:00").0 + n * 60_000)
}

/// As the window asks.
async fn ask<R: Request>(desks: &Desks, request: R, now: Instant) -> Result<R::Answer, Failure> {
    let answer = desks.answer(R::NAME, serde_json::to_value(request).unwrap(), now).await?;
    Ok(serde_json::from_value(answer).unwrap())
}

async fn view(desks: &Desks, now: Instant) -> DeskView {
    ask(desks, ask::Desk {}, now).await.unwrap()
}

async fn cases(desks: &Desks, now: Instant) -> u64 {
    ask(desks, ask::Sync {}, now).await.unwrap().cases
}

fn practice(at: Level, anew: bool) -> Practise {
    Practise { at, anew }
}

/// The practice desk of a level, as any program may open it.
fn opened(county: &County, name: &str) -> Desk {
    let folder = county.path("village-practice");
    Desk::open(Place { data: folder.join(name), keys: folder.join("keys"), user: None, password: None })
        .unwrap()
}

#[tokio::test]
async fn what_is_practised_reaches_nobody_and_the_real_desk_is_as_it_was() {
    let county = County::new().await;
    county.hub_says(minute(0));
    let desks = Desks::open(county.place("village")).unwrap();
    desks.real().record(request(0), minute(0)).unwrap();
    let before = view(&desks, minute(1)).await;
    assert!(!before.practice);
    let at_hub = county.hub.status(7, minute(1)).unwrap().store.entries;

    ask(&desks, practice(Level::Village, false), minute(2)).await.unwrap();
    let there = view(&desks, minute(2)).await;
    assert!(there.practice && there.day_asked.is_none() && there.person_id != before.person_id);
    let begun = cases(&desks, minute(2)).await;
    assert!(begun >= 5, "there is something to practise on: {begun}");
    ask(&desks, request(1), minute(3)).await.unwrap();

    // Every way out, and every way in, whoever asks.
    let bundle = county.path("real.bundle").display().to_string();
    let export =
        ExportBundle { file: Some(bundle.clone()), unit: Some("621099100200".parse().unwrap()), all: true };
    county.desk("township").export_bundle(export, minute(3)).unwrap();
    let out = county.path("out.bundle").display().to_string();
    let stick = county.path("stick");
    fs::create_dir(&stick).unwrap();
    let stick = Some(stick.display().to_string());
    let real = county.url.clone();
    let now = minute(4);
    let refused =
        |what: &str, failure: Failure| assert_eq!(failure.code, Code::NotAllowed, "{what}: {failure}");
    refused("exchange", ask(&desks, Exchange::default(), now).await.unwrap_err());
    refused("relay", ask(&desks, SetWays { call: Some(real.clone()), listen: None }, now).await.unwrap_err());
    refused("serve", ask(&desks, SetWays { call: None, listen: Some("0".into()) }, now).await.unwrap_err());
    let bundled = ExportBundle { file: Some(out.clone()), ..ExportBundle::default() };
    refused("bundle out", ask(&desks, bundled, now).await.unwrap_err());
    refused("bundle in", ask(&desks, ImportBundle { file: bundle }, now).await.unwrap_err());
    refused("backup", ask(&desks, BackUp { folder: stick.clone(), keep: None }, now).await.unwrap_err());
    refused("plan", ask(&desks, PlanBackups { folder: stick, every_days: Some(1) }, now).await.unwrap_err());
    let password = SetPassword { old: None, new: Secret::new(PASSWORD) };
    refused("password", ask(&desks, password, now).await.unwrap_err());
    assert!(ask(&desks, CallRelay {}, now).await.is_err());
    let code = county
        .hub
        .issue_code("621099100200".parse().unwrap(), &[daiban_domain::Role::Agent], now)
        .unwrap()
        .code;
    let enrol = Enrol {
        hub: real.clone(),
        code: code.clone(),
        device: "练".into(),
        user: "习".into(),
        password: None,
    };
    assert_eq!(ask(&desks, enrol, now).await.unwrap_err().code, Code::AlreadyEnrolled);
    assert!(
        ask(&desks, AddUser { code, name: "习".into(), password: Secret::new(PASSWORD) }, now).await.is_err()
    );
    ask(&desks, practice(Level::Township, false), now).await.unwrap();
    let give = IssueCode { unit: "621099100200".parse().unwrap(), roles: Vec::new() };
    refused("code", ask(&desks, give, now).await.unwrap_err());
    ask(&desks, LeavePractice {}, now).await.unwrap();

    // The same from beneath: another program on the folder, and one that has lost the mark.
    let village = opened(&county, "village");
    refused("beneath", village.exchange_at(&real, now).await.unwrap_err().into());
    drop(village);
    fs::remove_file(county.path("village-practice/village/practice")).unwrap();
    let unmarked = opened(&county, "village");
    assert!(unmarked.exchange_at(&real, now).await.is_err(), "the real hub doesn't know it");
    unmarked.export_bundle(ExportBundle { file: Some(out.clone()), ..ExportBundle::default() }, now).unwrap();
    let taken = county.desk("township").import_bundle(ImportBundle { file: out }, now);
    assert_eq!(Failure::from(taken.unwrap_err()).code, Code::BadBundle);
    assert_eq!(county.hub.status(7, now).unwrap().store.entries, at_hub);

    let after = view(&desks, minute(5)).await;
    assert_eq!(after, before);
    assert_eq!(cases(&desks, minute(5)).await, 1);
    assert!(!files(&county.path("village")).iter().any(|file| file.ends_with("practice")));
    // The real desk's line is the real one.
    county.exchange(desks.real(), minute(6)).await.unwrap();
    assert_ne!(county.hub.status(7, minute(6)).unwrap().store.entries, at_hub);
}

#[tokio::test]
async fn practice_is_kept_until_it_is_begun_anew() {
    let county = County::new().await;
    let desks = Desks::open(county.place("village")).unwrap();
    ask(&desks, practice(Level::Village, false), minute(0)).await.unwrap();
    let begun = cases(&desks, minute(0)).await;
    let case_no = ask(&desks, request(1), minute(1)).await.unwrap().case_no;
    ask(&desks, LeavePractice {}, minute(1)).await.unwrap();
    ask(&desks, practice(Level::Village, false), minute(2)).await.unwrap();
    assert_eq!(cases(&desks, minute(2)).await, begun + 1);

    // What is printed there can be taken for nothing else.
    let preview = ask::Preview { case_no: case_no.clone(), form: "F01".into() };
    let shown = ask(&desks, preview, minute(2)).await.unwrap();
    assert!(shown.pages.iter().all(|page| page.contains("#dbdbdb")), "the word lies under each page");
    let save = |case_no: &str| SaveForm {
        case_no: case_no.to_owned(),
        form: "F01".into(),
        file: None,
        printer: None,
    };
    let saved = ask(&desks, save(&case_no), minute(2)).await.unwrap();
    assert!(pdf_text(&saved.file).matches('练').count() >= 2, "{}", pdf_text(&saved.file));

    ask(&desks, practice(Level::Village, true), minute(3)).await.unwrap();
    assert_eq!(cases(&desks, minute(3)).await, begun);
    assert!(ask(&desks, ask::Case { case_no }, minute(3)).await.is_err());
    // Half a year later its clock would ask what day it is: it is made anew.
    let later = at("09-05T09:00");
    ask(&desks, request(1), minute(4)).await.unwrap();
    ask(&desks, practice(Level::Village, false), later).await.unwrap();
    assert!(view(&desks, later).await.day_asked.is_none());
    assert_eq!(cases(&desks, later).await, begun);

    // The township has what the village has handed over; the county sees both.
    ask(&desks, practice(Level::Township, false), later).await.unwrap();
    let view = view(&desks, later).await;
    assert_eq!((view.level, view.practice), (Level::Township, true));
    let states = ask(&desks, ask::Cases::default(), later).await.unwrap().counts;
    assert!(states.len() >= 3, "on their way, received, accepted: {states:?}");
    ask(&desks, practice(Level::County, false), later).await.unwrap();
    assert!(cases(&desks, later).await >= begun);
    // A real paper has no such word.
    ask(&desks, LeavePractice {}, later).await.unwrap();
    let case_no = ask(&desks, request(0), later).await.unwrap().case_no;
    let saved = ask(&desks, save(&case_no), later).await.unwrap();
    assert!(!pdf_text(&saved.file).contains('练'));
}

#[tokio::test]
async fn a_locked_desk_stays_locked_behind_the_practice() {
    let county = County::new().await;
    let desks = Desks::open(county.place("village")).unwrap();
    ask(&desks, SetPassword { old: None, new: Secret::new(PASSWORD) }, minute(0)).await.unwrap();
    let minutes = view(&desks, minute(0)).await.auto_lock_minutes;
    assert!(minutes > 0);
    // Whoever goes away while practising leaves the real desk locked, and comes back to it.
    ask(&desks, practice(Level::Village, false), minute(1)).await.unwrap();
    let there = view(&desks, minute(1)).await;
    assert_eq!((there.practice, there.auto_lock_minutes), (true, minutes));
    ask(&desks, Lock {}, minute(20)).await.unwrap();
    let locked = |outcome: Result<DeskView, Failure>| assert_eq!(outcome.unwrap_err().code, Code::Locked);
    locked(ask(&desks, ask::Desk {}, minute(20)).await);
    // Practising needs no password and opens nothing.
    ask(&desks, practice(Level::Village, false), minute(21)).await.unwrap();
    assert!(view(&desks, minute(21)).await.practice);
    ask(&desks, LeavePractice {}, minute(22)).await.unwrap();
    locked(ask(&desks, ask::Desk {}, minute(22)).await);
    let unlocked =
        ask(&desks, Unlock { person: None, password: Secret::new(PASSWORD) }, minute(23)).await.unwrap();
    assert!(!unlocked.practice);
    // A new machine practises before it belongs to anybody.
    let fresh = Desks::open(county.place("fresh")).unwrap();
    assert_eq!(ask(&fresh, ask::Desk {}, minute(24)).await.unwrap_err().code, Code::NotEnrolled);
    ask(&fresh, practice(Level::Village, false), minute(24)).await.unwrap();
    assert!(view(&fresh, minute(24)).await.practice);
    ask(&fresh, LeavePractice {}, minute(24)).await.unwrap();
    assert_eq!(ask(&fresh, ask::Desk {}, minute(24)).await.unwrap_err().code, Code::NotEnrolled);
}
