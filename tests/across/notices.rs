//! 通知: published by the county, read without a line, the receipt on its way up, and the count of who has read.

use crate::{attachments::scan, convergence::histories};
use daiban_contract::{
    Code, Failure,
    act::{
        ConfirmNotice, DropUnfinishedNotice, ExportBundle, ImportBundle, ImportUnits, KeepUnfinished,
        KeepUnfinishedNotice, PublishNotice, RevokeDevice, SaveNoticeAttachment, TakeBackNotice,
    },
    ask,
    view::{NoticeView, Reached, UnfinishedNotice, UnfinishedRequest},
};
use daiban_desk::Desk;
use daiban_domain::{DocumentId, Instant, Level, Role, UnitCode, notice::Notice, revocation::Ground};
use daiban_testkit::{County, Relay, at};
use jiff::civil::date;
use proptest::prelude::*;
use std::{collections::BTreeSet, fs};

const DESKS: [&str; 3] = ["village", "township", "county"];

fn notice(title: &str) -> Notice {
    Notice {
        title: title.to_owned(),
        issuer: "清源县政务服务中心".to_owned(),
        number: "清政务〔2026〕8号".to_owned(),
        on: date(2026, 3, 5),
        paragraphs: vec!["三月起高龄津贴改由村里代办。".to_owned(), "请各村张贴。".to_owned()],
        receipt: true,
        ..Notice::default()
    }
}

fn publish(desk: &Desk, notice: Notice, now: Instant) -> NoticeView {
    desk.publish_notice(PublishNotice { notice, ..Default::default() }, now).unwrap()
}

fn read(desk: &Desk, id: DocumentId, now: Instant) -> NoticeView {
    desk.notice(ask::Notice { id }, now).unwrap()
}

fn unread(desk: &Desk, now: Instant) -> u64 {
    desk.notices(ask::Notices::default(), now).unwrap().unread
}

fn refusal<T: std::fmt::Debug>(done: Result<T, impl Into<Failure>>) -> Code {
    done.map_err(Into::into).unwrap_err().code
}

fn unit(code: &str) -> UnitCode {
    code.parse().unwrap()
}

/// By a stick, without any line.
fn carry(county: &County, from: &Desk, to: &Desk, unit: UnitCode, now: Instant) {
    let file = county.path("stick.bundle").display().to_string();
    from.export_bundle(ExportBundle { file: Some(file.clone()), unit: Some(unit), all: false }, now).unwrap();
    to.import_bundle(ImportBundle { file }, now).unwrap();
}

#[tokio::test]
async fn a_notice_is_read_without_a_line_and_the_county_counts_who_has() {
    let county = County::new().await;
    let [village, township, top] = DESKS.map(|name| county.desk(name));
    let now = at("03-05T09:00");
    county.hub_says(now);
    for desk in [&village, &township, &top] {
        county.exchange(desk, now).await.unwrap();
    }
    // Publishing is the county's clerk's, and for their own villages the township's head's.
    assert_eq!(
        refusal(village.publish_notice(PublishNotice { notice: notice("x"), ..Default::default() }, now)),
        Code::NoRole
    );
    let file = county.path("津贴标准.pdf");
    fs::write(&file, scan(7, 150_000)).unwrap();
    let request = PublishNotice {
        notice: notice("高龄津贴怎么办"),
        files: vec![file.display().to_string()],
        ..Default::default()
    };
    let published = top.publish_notice(request, now).unwrap();
    let id = published.row.id;
    assert_eq!((published.row.readers, published.row.unread), (Some((0, 6)), false));
    assert!(published.readers.iter().all(|reader| reader.reached != Reached::Since));

    // One by the line; the village, which has none, from the township's stick.
    let later = at("03-05T10:00");
    county.hub_says(later);
    county.exchange(&top, later).await.unwrap();
    county.exchange(&township, later).await.unwrap();
    assert_eq!((unread(&township, later), unread(&village, later)), (1, 0));
    carry(&county, &township, &village, unit("621099100200"), later);
    let seen = read(&village, id, later);
    assert!(seen.row.unread && seen.may_confirm && !seen.may_take_back);
    assert_eq!(seen.notice, notice("高龄津贴怎么办"));
    assert_eq!(seen.for_says, "全县的乡镇和村（社区）");
    let [attached] = &seen.attachments[..] else { panic!("{:?}", seen.attachments) };
    assert_eq!((attached.name.as_str(), attached.here), ("津贴标准", true), "the stick brought it too");
    let hash = attached.hash.to_string();
    let saved = village.save_notice_attachment(SaveNoticeAttachment { id, hash, file: None }, later).unwrap();
    assert_eq!(fs::read(saved.file).unwrap(), scan(7, 150_000));

    // Looking at it says nothing; saying so does, once.
    assert_eq!(unread(&village, later), 1);
    let confirmed = village.confirm_notice(ConfirmNotice { id }, at("03-05T11:00")).unwrap();
    assert_eq!((confirmed.row.read, confirmed.read_by.as_str()), (Some(at("03-05T11:00")), "李秀兰"));
    assert_eq!(unread(&village, later), 0);
    let again = village.confirm_notice(ConfirmNotice { id }, at("03-05T12:00")).unwrap();
    assert_eq!(again.row.read, Some(at("03-05T11:00")));

    // Up by stick and line; the township hears of its villages, the county of all.
    carry(&county, &village, &township, unit("621099100000"), at("03-05T13:00"));
    let at_township = read(&township, id, at("03-05T13:00"));
    let villages = at_township.readers.iter().filter(|reader| reader.read.is_some()).count();
    assert_eq!((villages, at_township.readers.len()), (1, at_township.row.readers.unwrap().1 as usize));
    county.hub_says(at("03-05T14:00"));
    for desk in [&township, &top] {
        county.exchange(desk, at("03-05T14:00")).await.unwrap();
    }
    let counted = read(&top, id, at("03-05T14:00"));
    assert_eq!(counted.row.readers, Some((1, 6)));
    let last = counted.readers.last().unwrap();
    assert_eq!(
        (last.unit, last.read, last.by.as_str()),
        (unit("621099100200"), Some(at("03-05T11:00")), "李秀兰")
    );
    // Who hasn't: the township, which has had it; those that have no computer stand first.
    assert_eq!(counted.readers[0].reached, Reached::NoDevice);
    let at_desk = counted.readers.iter().find(|reader| reader.unit == unit("621099100000")).unwrap();
    assert_eq!((at_desk.read, at_desk.reached), (None, Reached::Since));

    // Nobody but the reader's own unit says so, and one that wants no receipt asks for none.
    let quiet = publish(&top, Notice { receipt: false, ..notice("周五停电") }, at("03-05T15:00"));
    assert_eq!(quiet.row.readers, None);
    county.hub_says(at("03-05T16:00"));
    for desk in [&top, &village] {
        county.exchange(desk, at("03-05T16:00")).await.unwrap();
    }
    assert_eq!(unread(&village, at("03-05T16:00")), 0);
    assert_eq!(
        refusal(village.confirm_notice(ConfirmNotice { id: quiet.row.id }, at("03-05T16:00"))),
        Code::NotAllowed
    );
    same(&county);
}

/// Everybody shows what the entries say, also when they are read anew; township and county hold the same.
fn same(county: &County) {
    for name in DESKS {
        let mut replica = county.replica(name);
        assert_eq!(replica.verify().unwrap(), [], "{name}");
        let before = replica.digest().unwrap();
        replica.rebuild().unwrap();
        assert_eq!(replica.digest().unwrap(), before, "{name}");
    }
}

#[tokio::test]
async fn what_a_township_attaches_comes_to_its_villages_and_the_county() {
    let county = County::new().await;
    let [village, township, top] = DESKS.map(|name| county.desk(name));
    let far = county.enrol("far", "621099100201", &[Role::Agent], "马小兰", at("03-04T09:00")).await;
    let now = at("03-05T09:00");
    county.hub_says(now);
    for desk in [&village, &far, &township, &top] {
        county.exchange(desk, now).await.unwrap();
    }
    let file = county.path("值班表.pdf");
    fs::write(&file, scan(3, 150_000)).unwrap();
    let own = Notice { issuer: "清源镇人民政府".to_owned(), ..notice("镇上值班") };
    let request =
        PublishNotice { notice: own, files: vec![file.display().to_string()], ..Default::default() };
    let published = township.publish_notice(request, now).unwrap();
    let (id, hash) = (published.row.id, published.attachments[0].hash.to_string());
    let got = |desk: &Desk, when: &str| {
        let hash = hash.clone();
        let saved = desk.save_notice_attachment(SaveNoticeAttachment { id, hash, file: None }, at(when));
        saved.is_ok_and(|saved| fs::read(saved.file).unwrap() == scan(3, 150_000))
    };

    // By a stick without any line; and from the township's own computer once the county has it.
    carry(&county, &township, &far, unit("621099100201"), at("03-05T09:10"));
    assert!(got(&far, "03-05T09:15"));
    let relay = Relay::of(&county, "township").await;
    let sent = county.exchange(&township, at("03-05T10:00")).await.unwrap();
    assert_eq!((sent.attachments_sent, sent.attachments_waiting), (1, 0), "the county says that it holds it");
    village.exchange_with_relay(&relay.url, at("03-05T10:10")).await.unwrap();
    assert!(got(&village, "03-05T10:15"));
    county.exchange(&top, at("03-05T10:20")).await.unwrap();
    assert!(got(&top, "03-05T10:25"));
    let again = county.exchange(&township, at("03-05T10:30")).await.unwrap();
    assert_eq!((again.attachments_sent, again.attachments_received), (0, 0), "nothing moves twice");
    same(&county);
}

#[tokio::test]
async fn a_notice_that_was_begun_is_found_again_until_it_is_published_or_thrown_away() {
    let county = County::new().await;
    let [_, township, top] = DESKS.map(|name| county.desk(name));
    let begun = |id: u32, title: &str| UnfinishedNotice {
        id,
        title: title.to_owned(),
        text: "写到一半".to_owned(),
        units: vec![unit("621099100000")],
        files: vec!["/stick/津贴.pdf".to_owned()],
        ..UnfinishedNotice::default()
    };
    let left =
        |desk: &Desk, when: &str| desk.unfinished_notices(ask::UnfinishedNotices {}, at(when)).unwrap();
    let keep = |one: UnfinishedNotice, when: &str| {
        top.keep_unfinished_notice(KeepUnfinishedNotice { notice: one }, at(when)).unwrap();
    };
    // A request of the same number is something else.
    let request = UnfinishedRequest { id: 1, ..UnfinishedRequest::default() };
    top.keep_unfinished(KeepUnfinished { request }, at("03-05T08:59")).unwrap();
    keep(begun(1, "值"), "03-05T09:00");
    keep(begun(2, "停电"), "03-05T09:01");
    keep(begun(1, "值班"), "03-05T09:02");
    let found = left(&top, "03-05T09:03");
    let first = UnfinishedNotice { kept: Some(at("03-05T09:02")), ..begun(1, "值班") };
    assert_eq!((found.len(), &found[0]), (2, &first));
    top.drop_unfinished_notice(DropUnfinishedNotice { id: 2 }, at("03-05T09:04")).unwrap();

    // Nobody else has it; refused, it stays; published, it goes.
    county.exchange(&top, at("03-05T09:05")).await.unwrap();
    county.exchange(&township, at("03-05T09:05")).await.unwrap();
    assert_eq!(left(&township, "03-05T09:05"), []);
    let publish = |title: &str| {
        let request = PublishNotice { notice: notice(title), unfinished: Some(1), ..Default::default() };
        top.publish_notice(request, at("03-05T09:06"))
    };
    assert_eq!(refusal(publish(" ")), Code::BadInput);
    assert_eq!(left(&top, "03-05T09:06").len(), 1);
    publish("值班").unwrap();
    assert_eq!(left(&top, "03-05T09:07"), []);
    assert_eq!(top.unfinished(ask::Unfinished {}, at("03-05T09:07")).unwrap().len(), 1);
}

#[tokio::test]
async fn one_that_no_longer_holds_says_so_and_asks_nobody() {
    let county = County::new().await;
    let [village, township, top] = DESKS.map(|name| county.desk(name));
    let meet = async |now: &str| {
        county.hub_says(at(now));
        for desk in [&village, &township, &top, &village] {
            county.exchange(desk, at(now)).await.unwrap();
        }
    };
    let first = publish(&top, notice("值班表"), at("03-05T09:00")).row.id;
    let own = Notice { issuer: "清源镇人民政府".to_owned(), ..notice("镇上的会") };
    let towns = publish(&township, own, at("03-05T09:00")).row.id;
    meet("03-05T10:00").await;
    assert_eq!(unread(&village, at("03-05T10:00")), 2);
    // The county sees the township's and isn't asked to read it; nor can it take it back.
    let above = read(&top, towns, at("03-05T10:00"));
    assert!(!above.row.unread && !above.may_take_back && above.row.readers.is_some());
    let back = |id, reason: &str| TakeBackNotice { id, reason: reason.to_owned() };
    assert_eq!(refusal(top.take_back_notice(back(towns, "错了"), at("03-05T10:01"))), Code::NotAllowed);
    assert_eq!(refusal(township.take_back_notice(back(towns, " "), at("03-05T10:01"))), Code::BadInput);

    let next = Notice { replaces: Some(first), ..notice("值班表（改）") };
    let second = publish(&top, next, at("03-05T11:00")).row.id;
    township.take_back_notice(back(towns, "会改到下周"), at("03-05T11:00")).unwrap();
    meet("03-05T12:00").await;
    let old = read(&village, first, at("03-05T12:00"));
    assert!(old.row.replaced && !old.row.unread);
    assert_eq!(old.replaced_by.unwrap().id, second);
    let gone = read(&village, towns, at("03-05T12:00")).taken_back.unwrap();
    assert_eq!((gone.by.as_str(), gone.reason.as_str()), ("王建国", "会改到下周"));
    assert_eq!(unread(&village, at("03-05T12:00")), 1);
    let listed = village.notices(ask::Notices::default(), at("03-05T12:00")).unwrap();
    assert_eq!(listed.notices[0].id, second, "what is to be read stands first");

    // What took its place is taken back itself: the first holds again.
    top.take_back_notice(back(second, "发错了"), at("03-05T13:00")).unwrap();
    meet("03-05T14:00").await;
    assert!(read(&village, first, at("03-05T14:00")).row.unread);
    same(&county);
}

#[tokio::test]
async fn a_merged_unit_and_a_revoked_device_leave_the_count_right() {
    let county = County::new().await;
    let [village, township, top] = DESKS.map(|name| county.desk(name));
    let second = county.enrol("second", "621099100200", &[Role::Agent], "赵敏", at("03-04T09:00")).await;
    let other = county.enrol("other", "621099100201", &[Role::Agent], "马小兰", at("03-04T09:00")).await;
    let meet = async |now: &str| {
        county.hub_says(at(now));
        for desk in [&village, &second, &other, &township, &top] {
            county.exchange(desk, at(now)).await.unwrap();
        }
        county.exchange(&top, at(now)).await.unwrap();
    };
    let villages = Notice { levels: vec![Level::Village], ..notice("村里要办的") };
    let id = publish(&top, villages, at("03-05T09:00")).row.id;
    county.exchange(&top, at("03-05T09:00")).await.unwrap();
    meet("03-05T10:00").await;
    let all = read(&top, id, at("03-05T10:00")).row.readers.unwrap().1;

    // Two people at one village are one unit that has read it.
    for desk in [&village, &second, &other] {
        desk.confirm_notice(ConfirmNotice { id }, at("03-05T11:00")).unwrap();
    }
    meet("03-05T12:00").await;
    assert_eq!(read(&top, id, at("03-05T12:00")).row.readers, Some((2, all)));

    // The second laptop is gone since this morning: what it says doesn't count; the first one's does.
    let devices = township.devices(ask::Devices {}, at("03-06T09:00")).unwrap();
    let stolen = devices.iter().find(|device| device.name == "other").unwrap().device;
    let request = RevokeDevice { device: stolen, ground: Ground::Lost, since: Some(at("03-05T10:30")) };
    township.revoke_device(request, at("03-06T09:00")).unwrap();
    county.hub_says(at("03-06T10:00"));
    for desk in [&township, &top] {
        county.exchange(desk, at("03-06T10:00")).await.unwrap();
    }
    let after = read(&top, id, at("03-06T10:00"));
    assert_eq!(after.row.readers, Some((1, all)));
    assert!(after.readers.iter().any(|one| one.unit == unit("621099100201") && one.read.is_none()));

    // The village that had read it is merged into another one: neither its word nor itself is counted any more.
    let file = county.path("units.csv");
    let table = "区划代码,单位全称,单位简称,生效日期,撤销日期,并入代码\n\
                 621099100200,上塬村便民服务站（演示）,上塬村,,2026-03-07,621099100201\n";
    fs::write(&file, table).unwrap();
    top.import_units(ImportUnits { file: file.display().to_string() }, at("03-06T11:00")).unwrap();
    assert_eq!(read(&top, id, at("03-07T09:00")).row.readers, Some((0, all - 1)));
    for name in ["township", "county"] {
        let mut replica = county.replica(name);
        assert_eq!(replica.verify().unwrap(), [], "{name}");
        let before = replica.digest().unwrap();
        replica.rebuild().unwrap();
        assert_eq!(replica.digest().unwrap(), before, "{name}");
    }
}

#[derive(Clone, Debug)]
enum Step {
    /// The township or the county publishes one, in the place of an earlier one or not, with an attachment or not.
    Publish {
        desk: usize,
        replaces: Option<usize>,
        attached: bool,
    },
    Confirm {
        desk: usize,
        nth: usize,
    },
    TakeBack {
        desk: usize,
        nth: usize,
    },
    Exchange {
        desk: usize,
    },
    Stick {
        from: usize,
        to: usize,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let desk = 0..3usize;
    prop_oneof![
        2 => (1..3usize, prop::option::weighted(0.3, 0..4usize), any::<bool>())
            .prop_map(|(desk, replaces, attached)| Step::Publish { desk, replaces, attached }),
        4 => (0..2usize, 0..6usize).prop_map(|(desk, nth)| Step::Confirm { desk, nth }),
        1 => (1..3usize, 0..6usize).prop_map(|(desk, nth)| Step::TakeBack { desk, nth }),
        4 => desk.clone().prop_map(|desk| Step::Exchange { desk }),
        2 => (desk.clone(), desk).prop_map(|(from, to)| Step::Stick { from, to }),
    ]
}

async fn play(steps: Vec<Step>) {
    let county = County::new().await;
    let desks = DESKS.map(|name| county.desk(name));
    let units = ["621099100200", "621099100000", "621099000000"].map(unit);
    let (mut now, mut all) = (at("03-05T09:00"), Vec::new());
    let mut confirmed: BTreeSet<(DocumentId, UnitCode)> = BTreeSet::new();
    for desk in &desks {
        county.exchange(desk, now).await.unwrap();
    }
    for step in steps {
        now = Instant(now.0 + 60_000);
        county.hub_says(now);
        match step {
            Step::Publish { desk, replaces, attached } => {
                let replaces = replaces.and_then(|nth| all.get(nth)).copied();
                let file = county.path("scan.pdf");
                fs::write(&file, scan(all.len() as u8, 70_000)).unwrap();
                let files = attached.then(|| file.display().to_string()).into_iter().collect();
                let notice = Notice { replaces, ..notice(&format!("第{}条", all.len())) };
                // Another unit's, or one that isn't here yet, can't be replaced.
                if let Ok(view) =
                    desks[desk].publish_notice(PublishNotice { notice, files, unfinished: None }, now)
                {
                    all.push(view.row.id);
                }
            }
            Step::Confirm { desk, nth } => {
                let Some(id) = all.get(nth).copied() else { continue };
                if desks[desk].confirm_notice(ConfirmNotice { id }, now).is_ok() {
                    confirmed.insert((id, units[desk]));
                }
            }
            Step::TakeBack { desk, nth } => {
                let Some(id) = all.get(nth).copied() else { continue };
                let _ = desks[desk].take_back_notice(TakeBackNotice { id, reason: "错了".to_owned() }, now);
            }
            Step::Exchange { desk } => {
                let done = county.exchange(&desks[desk], now).await.unwrap();
                assert_eq!(done.attachments_failed, None);
            }
            Step::Stick { from, to } if from != to => {
                carry(&county, &desks[from], &desks[to], units[to], now);
            }
            Step::Stick { .. } => {}
        }
    }
    for _ in 0..3 {
        for desk in &desks {
            county.exchange(desk, now).await.unwrap();
        }
    }
    for id in all {
        let [village, township, top] = [0, 1, 2].map(|desk| read(&desks[desk], id, now));
        assert_eq!(village.notice, top.notice);
        for view in [&village, &township] {
            assert_eq!((view.row.taken_back, view.row.replaced), (top.row.taken_back, top.row.replaced));
            assert!(
                view.attachments.iter().all(|one| one.here)
                    && view.attachments.len() == top.attachments.len()
            );
        }
        let told: BTreeSet<_> = top
            .readers
            .iter()
            .filter(|reader| reader.read.is_some())
            .map(|reader| (id, reader.unit))
            .collect();
        let said = confirmed.iter().filter(|(of, _)| *of == id).copied().collect();
        assert_eq!(told, said, "who has read {id}");
    }
    same(&county);
    let digests = ["township", "county"].map(|name| county.replica(name).digest().unwrap());
    assert_eq!(digests[0], digests[1], "township and county hold the same and show the same");
}

#[test]
fn whatever_the_order_all_desks_end_with_the_same_notices_and_readers() {
    histories(step(), play);
}
