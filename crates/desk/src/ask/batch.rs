use super::{
    case::{Opened, open_row},
    names::Names,
};
use crate::{Desk, Trouble};
use daiban_contract::{
    Code,
    ask::Batch,
    view::{BatchLine, BatchMaterial, BatchView},
};
use daiban_domain::{
    Instant,
    case::{Event, event::Counted},
};
use daiban_replica::{Replica, case};

impl Desk {
    /// A hand-over, line by line: what was said, and what was counted.
    pub fn batch(&self, request: Batch, _: Instant) -> Result<BatchView, Trouble> {
        self.with(|replica| batch(replica, &request.batch))
    }
}

pub(crate) fn batch(replica: &Replica, number: &str) -> Result<BatchView, Trouble> {
    let names = Names { db: replica.db() };
    let mut view: Option<BatchView> = None;
    for row in case::of_batch(replica.db(), number)? {
        let opened = open_row(replica.db(), row)?;
        let Some(handed) = last(&opened, "handOver", number) else { continue };
        let received = last(&opened, "receive", number);
        let line = line(&opened, handed, received);
        match &mut view {
            Some(view) => view.lines.push(line),
            None => {
                view = Some(BatchView {
                    batch: number.to_owned(),
                    unit_name: names.unit(handed.unit)?,
                    by: names.person(handed.person)?,
                    on: handed.on.0,
                    lines: vec![line],
                });
            }
        }
    }
    view.ok_or_else(|| {
        Trouble::new(Code::UnknownCase, "没有这个批次的办件。可能还没有同步过来，请先同步或导入。")
    })
}

/// The last event of a kind that names the batch.
pub(crate) fn last<'o>(opened: &'o Opened, kind: &str, batch: &str) -> Option<&'o Event> {
    opened.counted().rfind(|event| event.kind == kind && event.said().batch == batch)
}

pub(crate) fn line(opened: &Opened, handed: &Event, received: Option<&Event>) -> BatchLine {
    let said = handed.said().materials;
    let counted = received.map(|event| event.said().materials);
    let of = |all: &[Counted], code: &str| {
        let one = all.iter().find(|one| one.material_code == code);
        one.map_or((0, 0), |one| (one.originals, one.copies))
    };
    let materials = opened.item.materials.iter().filter_map(|material| {
        let code = material.material_code.as_str();
        let (originals, copies) = of(&said, code);
        let found = counted.as_ref().map(|counted| of(counted, code));
        let there = originals + copies > 0 || found.is_some_and(|found| found != (0, 0));
        there.then(|| BatchMaterial {
            material_code: code.to_owned(),
            name: material.name.clone(),
            originals,
            copies,
            counted_originals: found.map(|found| found.0),
            counted_copies: found.map(|found| found.1),
        })
    });
    BatchLine {
        case_no: opened.case.case_no.clone(),
        applicant_name: opened.case.field("applicant.name").to_owned(),
        item_name: opened.item.name.clone(),
        received: received.is_some(),
        under_way: opened.folded.custody.travels_with(&handed.said().batch),
        materials: materials.collect(),
    }
}
