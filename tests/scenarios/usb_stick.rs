use super::*;
use daiban_contract::{
    Code,
    act::{ExportBundle, ImportBundle},
};
use std::fs;

/// Last week's bundle, a virus's link and a damaged file lie on the stick; the visit brings everything in and takes the
/// answers home.
#[tokio::test]
async fn a_stick_brings_a_week_and_takes_the_decisions_home() {
    let story = Story::begin().await;
    let Story { village, township, .. } = &story;
    story.all_meet("03-02T09:00").await;
    let path = |name: &str| story.county.path(name).display().to_string();
    let export = |desk: &Desk, name: &str, when: &str| {
        desk.export_bundle(ExportBundle { file: Some(path(name)), ..ExportBundle::default() }, at(when))
            .unwrap()
    };
    let take = |desk: &Desk, name: &str, when: &str| {
        desk.import_bundle(ImportBundle { file: path(name) }, at(when)).map_err(|trouble| trouble.code())
    };
    let first = record(village, "I002", &[], "03-03T09:00");
    act(village, &first, "handOver", "03-03T09:30").unwrap();
    export(village, "last-week.daiban", "03-03T10:00");
    let second = record(village, "I001", &[], "03-09T09:00");
    act(village, &second, "handOver", "03-09T09:30").unwrap();
    export(village, "this-week.daiban", "03-09T10:00");
    fs::write(story.county.path("文件夹.lnk"), b"L\0\0\0\x01\x14\x02\0").unwrap();
    let whole = fs::read(story.county.path("this-week.daiban")).unwrap();
    fs::write(story.county.path("torn.daiban"), &whole[..whole.len() / 2]).unwrap();

    for odd in ["文件夹.lnk", "torn.daiban"] {
        assert_eq!(take(township, odd, "03-09T14:00").unwrap_err(), Code::BadBundle, "{odd}");
    }
    assert_eq!(
        township.cases(ask::Cases::default(), at("03-09T14:00")).unwrap().total,
        0,
        "nothing half done"
    );
    assert!(take(township, "this-week.daiban", "03-09T14:10").unwrap().received > 0);
    take(township, "last-week.daiban", "03-09T14:11").unwrap();
    assert_eq!(take(township, "this-week.daiban", "03-09T14:12").unwrap().received, 0);
    assert_eq!(township.cases(ask::Cases::default(), at("03-09T14:12")).unwrap().total, 2);

    for case_no in [&first, &second] {
        act(township, case_no, "receive", "03-09T14:20").unwrap();
        act(township, case_no, "accept", "03-09T14:30").unwrap();
    }
    let back = ExportBundle {
        file: Some(path("home.daiban")),
        unit: Some("621099100200".parse().unwrap()),
        ..ExportBundle::default()
    };
    township.export_bundle(back, at("03-09T14:40")).unwrap();
    take(village, "home.daiban", "03-09T17:00").unwrap();
    for case_no in [&first, &second] {
        assert_eq!(see(village, case_no, "03-09T17:00").state.as_str(), "ACCEPTED");
    }
}
