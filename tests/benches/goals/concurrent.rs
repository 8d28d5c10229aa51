//! Two desks correct 20 cases while they are apart: 106 fields, 18 of them on both sides, 4 of these re-affirmed by the
//! village as they stood. What is lost, and which pairs a person is shown; plain automerge does the same beside it.

use crate::goal::Goals;
use automerge::{Automerge, ROOT, ReadDoc, transaction::Transactable};
use daiban_contract::{
    act::{Record, Set},
    ask,
    view::{Applicant, MaterialCount},
};
use daiban_domain::Instant;
use daiban_testkit::{County, at};
use std::collections::BTreeSet;

const CASES: usize = 20;
const PAIRS: usize = 18;
const RE_AFFIRMED: usize = 4;
const PHONE: &str = "applicant.phone";
const BEFORE: &str = "13900000000";
const NAMES: [&str; 2] = ["village", "township"];

/// What a side does, by case: path and value.
fn edits(side: usize) -> Vec<(usize, &'static str, String)> {
    let mut edits = Vec::new();
    for case in 0..CASES {
        if case < PAIRS {
            let value = if side == 0 && case < RE_AFFIRMED {
                BEFORE.to_owned()
            } else {
                format!("13{side}123456{case:02}")
            };
            edits.push((case, PHONE, value));
        }
        let (always, often) =
            [("applicant.address", "applicant.name"), ("applicant.contact", "materials/APP/copies")][side];
        edits.push((case, always, format!("上塬村{}组", case + 1)));
        if case < 15 {
            let value =
                if side == 0 { format!("王{}芳", ["小", "大", "玉"][case % 3]) } else { "2".to_owned() };
            edits.push((case, often, value));
        }
    }
    edits
}

pub fn run(goals: &mut Goals) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let county = runtime.block_on(County::new());
    let desks = NAMES.map(|name| county.desk(name));
    let exchange = |side: usize| runtime.block_on(county.exchange(&desks[side], at("03-06T18:00"))).unwrap();
    let cases: Vec<String> =
        (0..CASES).map(|i| desks[0].record(request(i), at("03-05T09:00")).unwrap().case_no).collect();
    exchange(0);
    exchange(1);
    let mut said = BTreeSet::new();
    let written = edits(0).len() + edits(1).len();
    for (side, desk) in desks.iter().enumerate() {
        for (i, (case, path, value)) in edits(side).into_iter().enumerate() {
            let now = Instant(at("03-05T10:00").0 + i as i64 * 60_000);
            let case_no = cases[case].clone();
            let view = desk.set(Set { case_no, path: path.to_owned(), value, reason: None }, now).unwrap();
            said.extend(view.events.iter().map(|event| event.id));
        }
    }
    for side in [0, 1, 0] {
        exchange(side);
    }
    let (mut lost, mut shown, mut events) = (0, 0, BTreeSet::new());
    for (at_desk, desk) in desks.iter().enumerate() {
        for (case, case_no) in cases.iter().enumerate() {
            let view = desk.case(ask::Case { case_no: case_no.clone() }, at("03-06T18:00")).unwrap();
            let record = county.replica(NAMES[at_desk]);
            let row = daiban_replica::case::find(record.db(), case_no).unwrap().unwrap();
            let record = daiban_replica::case::CaseRecord::load(record.db(), row).unwrap().unwrap();
            let held = |path: &str, value: &str| {
                record.fields.get(path).is_some_and(|sides| sides.iter().any(|side| side.value == value))
            };
            for side in 0..2 {
                let theirs = edits(side);
                lost += theirs.iter().filter(|(of, path, value)| *of == case && !held(path, value)).count();
            }
            shown += view.conflicts.iter().filter(|conflict| conflict.values.len() == 2).count();
            if at_desk == 0 {
                events.extend(view.events.iter().map(|event| event.id));
            }
        }
    }
    let (pairs, kept) = bare();
    println!(
        "  {written} fields, {} events; automerge alone: {kept} fields held, {pairs} of {PAIRS} pairs to be found",
        said.len()
    );
    goals.at_most("concurrent edits, fields lost on either desk", lost as f64, 0.0, "");
    goals.at_most("concurrent edits, events lost", said.difference(&events).count() as f64, 0.0, "");
    goals.at_least("same-field pairs shown on both desks", shown as f64, 2.0 * PAIRS as f64, "");
}

/// Plain automerge, a document a case: pairs that `get_all` tells, and fields that hold what was written.
fn bare() -> (usize, usize) {
    let (mut pairs, mut kept) = (0, 0);
    for case in 0..CASES {
        let mut document = Automerge::new();
        let mut tx = document.transaction();
        tx.put(ROOT, PHONE, BEFORE).unwrap();
        tx.commit();
        let mut sides = [document.fork(), document.fork()];
        for (side, document) in sides.iter_mut().enumerate() {
            let mut tx = document.transaction();
            for (_, path, value) in edits(side).into_iter().filter(|(of, ..)| *of == case) {
                tx.put(ROOT, path, value).unwrap();
            }
            tx.commit();
        }
        let [one, other] = &mut sides;
        one.merge(other).unwrap();
        pairs += usize::from(one.get_all(ROOT, PHONE).unwrap().len() == 2);
        for side in 0..2 {
            for (_, path, value) in edits(side).into_iter().filter(|(of, ..)| *of == case) {
                let all = one.get_all(ROOT, path).unwrap();
                kept += usize::from(all.iter().any(|(held, _)| held.as_str() == Some(value.as_str())));
            }
        }
    }
    (pairs, kept)
}

fn request(i: usize) -> Record {
    Record {
        item_id: "I002".to_owned(),
        applicant: Applicant {
            name: "李秀英".to_owned(),
            id_type: "414".to_owned(),
            id_no: format!("E{i:08}"),
            phone: BEFORE.to_owned(),
            address: "上塬村".to_owned(),
            ..Applicant::default()
        },
        materials: vec![MaterialCount { material_code: "APP".to_owned(), originals: 1, copies: 1 }],
        ..Record::default()
    }
}
