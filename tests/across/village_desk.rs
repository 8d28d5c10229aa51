//! What a village's window asks beside its cases: what is to be rated, whom the register knows, what was begun and left,
//! what a scanner has written.

use crate::scenarios::{
    Story,
    bad_rating::{closed_case, slip},
    message, record, see, unmask,
};
use daiban_contract::{
    Failure,
    act::{DropUnfinished, ImportResidents, KeepUnfinished, Record, SetScanFolder},
    ask,
    view::{Applicant, UnfinishedRequest},
};
use daiban_desk::Desk;
use daiban_domain::{
    Role,
    rating::{Channel, Grade},
};
use daiban_testkit::at;
use std::fs;

fn to_rate(desk: &Desk, when: &str) -> Vec<String> {
    let rows = desk.to_rate(ask::ToRate::default(), at(when)).unwrap();
    rows.into_iter().map(|row| row.case_no).collect()
}

#[tokio::test]
async fn what_is_over_is_offered_to_be_rated_once() {
    let story = Story::begin().await;
    let village = &story.village;
    let head =
        story.county.enrol("head", "621099100200", &[Role::VillageHead], "张福", at("03-02T09:00")).await;
    let case_no = closed_case(&story).await;
    let running = record(village, "I016", &[], "03-06T13:00");
    story.county.exchange(&head, at("03-06T13:10")).await.unwrap();
    assert_eq!(to_rate(village, "03-06T14:00"), std::slice::from_ref(&case_no));
    let open = see(village, &running, "03-06T14:00");
    assert!(open.may_rate.here.contains("还没有办结") && open.discreet, "{:?}", open.may_rate);
    // The agent handled it: by the resident at the screen, not from a slip that the agent types in.
    let over = see(village, &case_no, "03-06T14:00");
    assert!(over.may_rate.here.is_empty() && over.may_rate.paper.contains("没有经办过") && !over.discreet);
    let seen = see(&head, &case_no, "03-06T14:00").may_rate;
    assert_eq!((seen.here.as_str(), seen.paper.as_str()), ("", ""));
    let mut rating = slip(&case_no, Grade::Satisfied, "03-06");
    rating.channel = Channel::Tablet;
    village.rate(rating, at("03-06T14:10")).unwrap();
    assert!(to_rate(village, "03-06T14:20").is_empty());
    assert!(see(village, &case_no, "03-06T14:20").may_rate.here.contains("一次一评"));
}

/// Nobody types what the register knows, and nobody reads it on the way.
#[tokio::test]
async fn a_request_of_somebody_registered_takes_what_is_masked_from_the_register() {
    let story = Story::begin().await;
    let village = &story.village;
    let file = story.county.path("roster.csv");
    let rows = "姓名,证件号码,联系电话,住址,户号,与户主关系\n\
        马桂英,621099194603120228,13912345678,上塬村三组17号,0017,户主\n\
        马建军,621099197001010033,13900000000,上塬村三组17号,0017,子\n";
    fs::write(&file, rows).unwrap();
    let roster = ImportResidents { file: file.display().to_string(), ..ImportResidents::default() };
    assert!(village.import_residents(roster, at("03-05T09:00")).unwrap().taken);
    let found = village.residents(ask::Residents { search: "马桂英".to_owned() }, at("03-05T09:10")).unwrap();
    let row = &found[0];
    assert!(row.id_no.contains('*') && row.phone.contains('*') && row.address == "上塬村三组", "{row:?}");
    let person = village.person(ask::Person { id: row.id }, at("03-05T09:10")).unwrap();
    assert_eq!(person.household.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["马建军"]);

    let request = Record {
        item_id: "I002".to_owned(),
        applicant: Applicant {
            name: row.name.clone(),
            id_no: row.id_no.clone(),
            // Typed over: they have another telephone now.
            phone: "13812340000".to_owned(),
            address: row.address.clone(),
            ..Applicant::default()
        },
        resident: Some(row.id),
        ..Record::default()
    };
    let case_no = village.record(request.clone(), at("03-05T09:20")).unwrap().case_no;
    assert_eq!(unmask(village, &case_no, "applicant.idNo", "03-05T09:30"), ["621099194603120228"]);
    let who = see(village, &case_no, "03-05T09:30").applicant;
    assert_eq!((who.phone.as_str(), who.address.as_str()), ("13812340000", "上塬村三组17号"));
    // Without the entry the stars are what was typed, and stand with a warning.
    let bare = village.record(Record { resident: None, ..request }, at("03-05T09:40")).unwrap();
    assert!(bare.warnings.iter().any(|warning| warning.path == "applicant.idNo"), "{:?}", bare.warnings);
}

#[tokio::test]
async fn what_was_begun_is_found_again_until_it_is_recorded_or_thrown_away() {
    let story = Story::begin().await;
    let begun = |id: u32, name: &str| UnfinishedRequest {
        id,
        item_id: Some("I002".to_owned()),
        applicant: Applicant { name: name.to_owned(), ..Applicant::default() },
        step: "materials".to_owned(),
        ..UnfinishedRequest::default()
    };
    let left = |desk: &Desk, when: &str| -> Vec<(u32, String)> {
        let left = desk.unfinished(ask::Unfinished {}, at(when)).unwrap();
        left.into_iter().map(|one| (one.id, one.applicant.name)).collect()
    };
    let keep = |desk: &Desk, one: UnfinishedRequest, when: &str| {
        desk.keep_unfinished(KeepUnfinished { request: one }, at(when)).unwrap();
    };
    let Story { county, village, township, .. } = story;
    keep(&village, begun(1, "马"), "03-05T09:00");
    keep(&village, begun(2, "王秀兰"), "03-05T09:01");
    keep(&village, begun(1, "马桂英"), "03-05T09:02");
    drop(village);
    // The window was closed, and the laptop switched off.
    let village = county.desk("village");
    assert_eq!(left(&village, "03-05T10:00"), [(1, "马桂英".to_owned()), (2, "王秀兰".to_owned())]);
    county.exchange(&village, at("03-05T10:00")).await.unwrap();
    county.exchange(&township, at("03-05T10:00")).await.unwrap();
    assert!(left(&township, "03-05T10:00").is_empty(), "it is nobody else's");
    village.drop_unfinished(DropUnfinished { id: 2 }, at("03-05T10:10")).unwrap();
    let record = Record {
        item_id: "I002".to_owned(),
        applicant: begun(1, "马桂英").applicant,
        unfinished: Some(1),
        ..Record::default()
    };
    village.record(record, at("03-05T10:20")).unwrap();
    assert!(left(&village, "03-05T10:30").is_empty());
    // What is left for a season is forgotten.
    keep(&village, begun(3, "李"), "03-05T11:00");
    keep(&village, begun(4, "张"), "07-05T11:00");
    assert_eq!(left(&village, "07-05T11:00"), [(4, "张".to_owned())]);
}

#[tokio::test]
async fn a_scanners_folder_is_looked_into_and_nothing_else() {
    let story = Story::begin().await;
    let village = &story.village;
    let (folder, secret) = (story.county.path("scans"), story.county.path("secret.png"));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("身份证.JPG"), b"jpeg").unwrap();
    fs::write(folder.join("readme.txt"), b"no scan").unwrap();
    fs::write(folder.join("empty.png"), b"").unwrap();
    fs::write(&secret, b"png").unwrap();
    let set = |folder: &str| {
        village
            .set_scan_folder(SetScanFolder { folder: folder.to_owned() }, at("03-05T09:00"))
            .map_err(message)
    };
    let scan = |name: &str| village.scan(ask::Scan { name: name.to_owned() }, at("03-05T09:00"));
    assert!(scan("身份证.JPG").is_err(), "no folder is set");
    assert!(set("/no/such/folder").unwrap_err().contains("没有这个文件夹"));
    let scans = set(&folder.display().to_string()).unwrap();
    assert_eq!(scans.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["身份证.JPG"]);
    assert_eq!(scan("身份证.JPG").unwrap().media_type, "image/jpeg");
    for name in ["../secret.png", secret.to_str().unwrap(), "readme.txt", "..", ""] {
        assert!(scan(name).map_err(Failure::from).is_err(), "{name}");
    }
    fs::remove_dir_all(&folder).unwrap();
    assert!(village.scans(ask::Scans {}, at("03-05T09:10")).unwrap().away);
    assert!(set("").unwrap().folder.is_empty());
}
