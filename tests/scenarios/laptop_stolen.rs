use super::*;
use daiban_contract::{
    Code,
    act::{HandOver, ListAffected, ReviewHeld, RevokeDevice, Set},
    view::{DeviceView, HeldView},
};
use daiban_domain::{Role, case::State, revocation::Ground};
use std::fs;

fn devices(desk: &Desk, when: &str) -> Vec<DeviceView> {
    desk.devices(ask::Devices {}, at(when)).unwrap()
}

fn held(desk: &Desk, when: &str) -> Vec<HeldView> {
    desk.held(ask::Held {}, at(when)).unwrap()
}

fn known(desk: &Desk, case_no: &str, when: &str) -> bool {
    desk.case(ask::Case { case_no: case_no.to_owned() }, at(when)).is_ok()
}

fn set_phone(desk: &Desk, case_no: &str, phone: &str, when: &str) -> Result<CaseView, String> {
    let set = Set {
        case_no: case_no.to_owned(),
        path: "applicant.phone".to_owned(),
        value: phone.to_owned(),
        reason: None,
    };
    desk.set(set, at(when)).map_err(message)
}

/// The agent's laptop is stolen on the way to the township, with a day's work on it that nobody else has.
#[tokio::test]
async fn a_stolen_laptop_brings_its_work_and_decides_nothing() {
    let story = Story::begin().await;
    let Story { county, village, township, top } = &story;

    let sent = record(village, "I002", &[], "03-04T09:00");
    let batch = HandOver { case_nos: vec![sent.clone()] };
    village.hand_over(batch, at("03-04T10:00")).unwrap();
    story.all_meet("03-04T12:00").await;
    act(township, &sent, "receive", "03-04T14:00").unwrap();
    let honest = record(village, "I001", &[], "03-04T16:00");

    // Gone since the evening. The township's head revokes it; nobody in a village may.
    let laptop =
        devices(township, "03-05T08:00").into_iter().find(|device| device.name.contains("上塬")).unwrap();
    let revoke =
        RevokeDevice { device: laptop.device, ground: Ground::Stolen, since: Some(at("03-04T18:00")) };
    assert!(
        message(village.revoke_device(revoke.clone(), at("03-05T08:00")).unwrap_err())
            .contains("没有这个权限")
    );
    let own = devices(township, "03-05T08:00").into_iter().find(|device| device.here).unwrap().device;
    let itself = RevokeDevice { device: own, ..revoke.clone() };
    assert!(message(township.revoke_device(itself, at("03-05T08:00")).unwrap_err()).contains("注销它自己"));
    let told = township.revoke_device(revoke, at("03-05T08:05")).unwrap();
    assert_eq!(told.revoked.as_ref().map(|revoked| revoked.ground_name.as_str()), Some("被盗"));
    for desk in [township, top, township] {
        county.exchange(desk, at("03-05T08:10")).await.unwrap();
    }

    // Whose data were on it: for the notice that the law asks for.
    let list = county.path("tell.csv");
    let asked = ListAffected { device: laptop.device, file: list.display().to_string() };
    let breach = township.list_affected(asked, at("03-05T08:30")).unwrap();
    assert_eq!(
        (breach.people, breach.applicants, breach.cases),
        (1, 1, 1),
        "what had been sent: {}",
        breach.says
    );
    assert!(
        fs::read_to_string(breach.file.as_ref().unwrap()).unwrap().contains("马秀英")
            && !breach.says.contains("马秀英")
    );

    // The thief knows the password, records a request and turns a telephone number, then goes on line.
    let forged = record(village, "I006", &[], "03-05T09:00");
    set_phone(village, &sent, "13900009999", "03-05T09:05").unwrap();
    county.hub_says(at("03-05T09:30"));
    let brought = county.exchange(village, at("03-05T09:30")).await.unwrap();
    assert!(brought.sent >= 3, "what it holds is taken: {brought:?}");

    // From here on it shows nothing, and its keys are gone: with all that it held at the county nothing is lost.
    let locked = |desk: &Desk| {
        daiban_contract::Failure::from(desk.cases(ask::Cases::default(), at("03-05T09:31")).unwrap_err())
    };
    assert_eq!(locked(village).code, Code::Revoked);
    let opened_again = county.desk("village");
    assert_eq!(locked(&opened_again).code, Code::Revoked);
    assert!(!county.path("village/database.key").exists());
    let keys = fs::read_dir(county.path("keys")).unwrap();
    let theirs = laptop.device.to_string();
    let left = keys
        .filter_map(|key| key.unwrap().file_name().into_string().ok())
        .filter(|name| name.starts_with(&theirs));
    assert_eq!(left.filter(|name| !name.ends_with(".tags")).count(), 0);

    // What it wrote since counts nowhere, and waits: a request of before the theft, and what the thief did.
    for desk in [township, top, township] {
        county.exchange(desk, at("03-05T10:00")).await.unwrap();
    }
    for desk in [township, top] {
        let case = see(desk, &sent, "03-05T10:10");
        assert_eq!((case.state, case.applicant.phone.as_str()), (State::Received, "13912345678"));
        assert!(case.conflicts.is_empty() && case.set_aside.contains("等人审核"), "{}", case.set_aside);
        assert!(!known(desk, &honest, "03-05T10:10") && !known(desk, &forged, "03-05T10:10"));
        let held = held(desk, "03-05T10:10");
        let waiting: Vec<(&str, bool)> =
            held.iter().map(|held| (held.number.as_str(), held.unknown)).collect();
        assert_eq!(waiting.len(), 3);
        for expected in [(sent.as_str(), false), (honest.as_str(), true), (forged.as_str(), true)] {
            assert!(waiting.contains(&expected), "{expected:?} of {waiting:?}");
        }
        let one = held.iter().find(|held| held.number == honest).unwrap();
        assert_eq!(one.applicant_name, "马**");
        assert!(one.item_name.contains("居民养老保险") || !one.item_name.is_empty());
    }
    assert_eq!(devices(township, "03-05T10:10").iter().filter(|device| device.revoked.is_some()).count(), 1);

    // The agent knows her own: the township takes it over, and leaves the rest aside. Both desks agree.
    let review = |number: &str, accept: bool| {
        let held = held(township, "03-05T11:00");
        let document = held.iter().find(|held| held.number == number).unwrap().document;
        township.review_held(ReviewHeld { document, accept }, at("03-05T11:00")).unwrap()
    };
    review(&honest, true);
    review(&forged, false);
    review(&sent, false);
    for desk in [township, top] {
        county.exchange(desk, at("03-05T12:00")).await.unwrap();
    }
    for desk in [township, top] {
        assert_eq!(see(desk, &honest, "03-05T12:10").applicant.name, "马秀英");
        assert!(!known(desk, &forged, "03-05T12:10"));
        assert_eq!(see(desk, &sent, "03-05T12:10").applicant.phone, "13912345678");
        let revoked = devices(desk, "03-05T12:10").into_iter().find_map(|device| device.revoked).unwrap();
        assert_eq!(revoked.waiting, 0, "all is reviewed: {}", revoked.says);
    }

    // A new laptop: everything that was at the township is there again, and she goes on.
    let new = county.enrol("new", "621099100200", &[Role::Agent], "李秀兰", at("03-06T09:00")).await;
    county.exchange(&new, at("03-06T09:10")).await.unwrap();
    assert_eq!(see(&new, &sent, "03-06T09:20").state, State::Received);
    assert_eq!(see(&new, &honest, "03-06T09:20").state, State::Registered);
    act(&new, &honest, "handOver", "03-06T10:00").unwrap();
    assert!(!known(&new, &forged, "03-06T10:00"));

    for name in ["township", "county", "new"] {
        let mut replica = county.replica(name);
        assert_eq!(replica.verify().unwrap(), []);
        let before = replica.digest().unwrap();
        replica.rebuild().unwrap();
        assert_eq!(replica.digest().unwrap(), before);
    }
}
