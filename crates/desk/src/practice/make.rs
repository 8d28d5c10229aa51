//! The practice county: people and requests of the last days, as a village and its township would have them.

use super::{MARK, remove};
use crate::{
    Desk, Trouble,
    sample::{County, HUB},
};
use daiban_contract::{
    Code,
    act::{Act, Record, Set},
    view::{Applicant, MaterialCount},
};
use daiban_domain::{Instant, Level};
use daiban_replica::{public::item, store::key::write, today};
use serde_json::json;
use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

/// Beside the desks' folders: nothing else is signed with these.
pub const KEYS: &str = "keys";

const DAY_MS: i64 = 86_400_000;

/// Days ago that the county was founded.
const FOUNDED: i64 = 9;

/// How far a made-up request has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Come {
    Recorded,
    HandedOver,
    Received,
    Accepted,
}

/// Who, their number, what they ask for and with what answers, days ago, and how far it has come. All of it is made up.
struct Asked(&'static str, &'static str, &'static str, &'static [(&'static str, &'static str)], i64, Come);

const REQUESTS: [Asked; 7] = [
    Asked("罗秀珍", "621099195508082563", "I020", &[("cardType", "优待证")], 8, Come::Accepted),
    Asked(
        "何得福",
        "621099194203150014",
        "I017",
        &[("supportMode", "分散"), ("selfCare", "具备")],
        8,
        Come::Received,
    ),
    Asked("古丽娜尔·买买提", "62109919991231204X", "I008", &[("hardType", "其他")], 7, Come::Received),
    Asked(
        "苏秀英",
        "62109919630720002X",
        "I006",
        &[("bizType", "补换"), ("bank", "农商银行")],
        6,
        Come::HandedOver,
    ),
    Asked("马得草", "621099195805140010", "I020", &[("cardType", "优待证")], 2, Come::Recorded),
    Asked("赵银花", "621099197203160021", "I008", &[("hardType", "失去土地")], 1, Come::Recorded),
    Asked(
        "白金莲",
        "621099194909230032",
        "I021",
        &[("disabilityLevel", "轻度失能"), ("bankAccount", "6217000000000000012")],
        1,
        Come::Recorded,
    ),
];

/// Whose telephone the village and the township corrected otherwise.
const TWO_PHONES: &str = "古丽娜尔·买买提";

/// Days ago on which the township went through what had come.
const RECEIVED: i64 = 4;

/// The folder of the desk of a level.
pub fn folder_of(level: Level) -> &'static str {
    match level {
        Level::Village => "village",
        Level::Township => "township",
        Level::County => "county",
    }
}

/// Throws away what is there and makes it from the beginning. A desk has its mark when all of it is made: one without is made
/// again.
pub async fn anew(folder: &Path, now: Instant) -> Result<(), Trouble> {
    remove(folder)?;
    fs::create_dir_all(folder).map_err(Trouble::file)?;
    let clock = Arc::new(AtomicI64::new(now.0 - FOUNDED * DAY_MS));
    let read = clock.clone();
    let county =
        County::found(folder, &folder.join(KEYS), "", move || Instant(read.load(Ordering::Relaxed))).await?;
    let [village, township, top] = &county.desks[..] else { return Err(internal()) };
    let ago = |days: i64| {
        let then = Instant(now.0 - days * DAY_MS);
        clock.store(then.0, Ordering::Relaxed);
        then
    };
    let mut recorded = Vec::new();
    for request in REQUESTS.iter().filter(|request| request.4 > RECEIVED) {
        recorded.push((record(village, request, ago(request.4))?, request));
    }
    let then = ago(RECEIVED);
    for desk in [village, township] {
        desk.exchange_at(&county.address, then).await?;
    }
    for (event, come) in [("receive", Come::Received), ("accept", Come::Accepted)] {
        for (case_no, _) in recorded.iter().filter(|(_, asked)| asked.5 >= come) {
            act(township, case_no, event, then)?;
        }
    }
    township.exchange_at(&county.address, then).await?;
    for request in REQUESTS.iter().filter(|request| request.4 <= RECEIVED) {
        record(village, request, ago(request.4))?;
    }
    // Both corrected a telephone before either heard of the other.
    let then = ago(1);
    for (desk, phone) in [(village, "13912345678"), (township, "13912342210")] {
        correct_phone(desk, &recorded, phone, then)?;
    }
    let then = ago(0);
    for desk in [village, township, top] {
        desk.exchange_at(&county.address, then).await?;
    }
    county.close().await?;
    // What these desks would have had to call is nowhere any more.
    remove(&folder.join(HUB))?;
    for level in [Level::Village, Level::Township, Level::County] {
        write(&folder.join(folder_of(level)).join(MARK), b"")?;
    }
    Ok(())
}

fn record(village: &Desk, request: &Asked, then: Instant) -> Result<String, Trouble> {
    let Asked(name, id_no, item_id, fields, _, come) = request;
    let item =
        village.with(|replica| Ok(item::in_force(replica.db(), item_id, today(replica.db(), then)?)?))?;
    let materials = item.iter().flat_map(|item| &item.materials).map(|material| MaterialCount {
        material_code: material.material_code.clone(),
        originals: 1,
        copies: 1,
    });
    let request = Record {
        item_id: (*item_id).to_owned(),
        applicant: Applicant {
            name: (*name).to_owned(),
            id_no: (*id_no).to_owned(),
            phone: "13900005678".to_owned(),
            address: "上塬村二组6号".to_owned(),
            ..Applicant::default()
        },
        fields: fields.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect(),
        materials: materials.collect(),
        ..Record::default()
    };
    let case_no = village.record(request, then)?.case_no;
    if *come >= Come::HandedOver {
        act(village, &case_no, "handOver", then)?;
    }
    Ok(case_no)
}

/// Of the one who has two.
fn correct_phone(
    desk: &Desk,
    recorded: &[(String, &Asked)],
    phone: &str,
    then: Instant,
) -> Result<(), Trouble> {
    for (case_no, _) in recorded.iter().filter(|(_, asked)| asked.0 == TWO_PHONES) {
        let set = Set {
            case_no: case_no.clone(),
            path: "applicant.phone".to_owned(),
            value: phone.to_owned(),
            reason: None,
        };
        desk.set(set, then)?;
    }
    Ok(())
}

fn act(desk: &Desk, case_no: &str, event: &str, then: Instant) -> Result<(), Trouble> {
    let act = Act { case_no: case_no.to_owned(), event: event.to_owned(), payload: None, on: None };
    desk.act(act, then).map(drop)
}

fn internal() -> Trouble {
    Trouble::new(Code::Internal, "练习用的数据没有做成。")
}
