use super::{
    Stamp, as_of, ends,
    slip::{basis, slip_saying},
};
use crate::ask::Opened;
use daiban_domain::{
    case::Event,
    item::{Item, Material},
};
use daiban_forms::{Instead, OneTimeNotice, Point};
use daiban_replica::ReplicaError;
use rusqlite::Connection;
use serde::Deserialize;

/// One thing to put right, as the act says it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    points: Vec<SaidPoint>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SaidPoint {
    material: String,
    problem: String,
    remedy: String,
    basis: String,
}

pub(super) fn gather(
    db: &Connection,
    opened: &Opened,
    act: &Event,
    stamp: Stamp,
) -> Result<OneTimeNotice, ReplicaError> {
    let item = &opened.item;
    let said: Said = serde_json::from_str(&act.payload).unwrap_or_default();
    let due = ends(opened, "F03", act);
    Ok(OneTimeNotice {
        slip: slip_saying(db, opened, act, stamp, |wording| wording.notice)?,
        received_on: as_of(opened, act).received_on.unwrap_or(act.on.0),
        points: said.points.into_iter().map(|said| point(said, item)).collect(),
        by: due.date,
        provisional: due.provisional,
        basis: basis(item, "第三十二条第一款第四项"),
    })
}

fn point(said: SaidPoint, item: &Item) -> Point {
    let material = item.materials.iter().find(|material| material.name == said.material);
    let instead = match material {
        Some(material) => match (
            item.tolerance_allowed && material.tolerable,
            item.commitment_allowed && material.commitment_replaceable,
        ) {
            (true, true) => Instead::Either,
            (true, false) => Instead::Tolerance,
            (false, true) => Instead::Commitment,
            (false, false) => Instead::Nothing,
        },
        None => Instead::Nothing,
    };
    let of_item = |material: &Material| material.requirement_basis.clone();
    let basis = if said.basis.is_empty() { material.map(of_item).unwrap_or_default() } else { said.basis };
    Point {
        basis: if basis.is_empty() { "办事指南".to_owned() } else { basis },
        material: said.material,
        problem: said.problem,
        remedy: said.remedy,
        instead,
    }
}
