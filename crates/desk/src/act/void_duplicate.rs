use super::{
    attach,
    take::{Taking, count_paths},
};
use crate::{
    Desk, Trouble,
    ask::{self, Opened, received_later, unfit_survivor},
};
use daiban_contract::{
    Code,
    act::VoidDuplicate,
    view::{CaseView, MaterialCount},
};
use daiban_domain::{
    Instant,
    case::{Attachment, duplicate::voidable},
};
use daiban_replica::{ReplicaError, document::Writing, public::unit};
use rusqlite::Connection;
use serde_json::{Map, Value, json};

impl Desk {
    /// Both in one transaction: no material is ever with neither of the two.
    pub fn void_duplicate(&self, request: VoidDuplicate, now: Instant) -> Result<CaseView, Trouble> {
        self.with(|replica| {
            replica.commit(now, |writing| void(writing, &request))?;
            let opened = ask::open(replica.db(), &request.case_no)?;
            ask::case_view(replica, &opened, now)
        })
    }
}

fn void(writing: &mut Writing<'_>, request: &VoidDuplicate) -> Result<(), Trouble> {
    let voided = ask::open(writing.db(), &request.case_no)?;
    let surviving = ask::open(writing.db(), &request.surviving)?;
    unfit_survivor(writing.db(), &voided, &surviving)?;
    let reason = request.reason.trim();
    let open = voidable(voided.folded.state);
    if open && reason.is_empty() && received_later(writing.db(), &surviving, &voided)? {
        let message = "要作废的这一件收件（登记）在先，一般留用这一件。确实要留用另一件，请写明理由。";
        return Err(Trouble::new(Code::BadInput, message));
    }
    let reason = if reason.is_empty() { "重复申请" } else { reason };
    let payload = Map::from_iter([
        ("reason".to_owned(), json!(reason)),
        ("surviving".to_owned(), json!(surviving.case.case_no)),
    ]);
    taking("void", payload).take(writing, &voided, |_| {})?;
    if request.leave_materials {
        return Ok(());
    }
    let left = Left::of(writing.db(), &voided, &surviving)?;
    if left.is_empty() {
        return Ok(());
    }
    let taking = Taking { counts: count_paths(&left.materials), ..taking("takeOver", left.says(&voided)) };
    let mut unwritten = Ok(());
    taking.take(writing, &surviving, |edit| {
        unwritten = left.photos.iter().try_for_each(|photo| attach::put(edit, photo));
    })?;
    Ok(unwritten?)
}

fn taking(event: &str, payload: Map<String, Value>) -> Taking<'_> {
    Taking { event, payload, on: None, counts: Vec::new(), only: None }
}

/// What a voided case has that the other one lacks.
struct Left {
    materials: Vec<MaterialCount>,
    /// A case refers to photos of its own partition alone: its readers hold no others.
    photos: Vec<Attachment>,
    photos_left: usize,
    /// In words: where the paper is.
    paper_at: String,
}

impl Left {
    fn of(db: &Connection, voided: &Opened, surviving: &Opened) -> Result<Self, ReplicaError> {
        let lacking = |code: &str| surviving.case.received(code) == (0, 0);
        let materials = surviving.item.materials.iter().map(|material| material.material_code.as_str());
        let materials = materials.filter(|code| lacking(code)).map(|code| {
            let (originals, copies) = voided.case.received(code);
            let originals = voided.folded.custody.held(code, originals);
            MaterialCount { material_code: code.to_owned(), originals, copies }
        });
        let has = |photo: &Attachment| {
            let mut there = surviving.case.attachments.iter();
            there.any(|attached| attached.attachment.hash == photo.hash && !attached.attachment.removed)
        };
        let photos = voided.case.attachments.iter().map(|attached| &attached.attachment);
        let photos: Vec<Attachment> = photos.filter(|photo| !photo.removed && !has(photo)).cloned().collect();
        let together = voided.case.partition == surviving.case.partition;
        let (photos, photos_left) = if together { (photos, 0) } else { (Vec::new(), photos.len()) };
        let custody = &voided.folded.custody;
        let holder = custody.holder.map(|holder| unit::find(db, holder)).transpose()?.flatten();
        let holder = holder.filter(|_| !custody.travels).map(|unit| unit.short_name);
        Ok(Self {
            materials: materials.filter(|count| count.originals + count.copies > 0).collect(),
            photos,
            photos_left,
            paper_at: holder.unwrap_or_else(|| custody.zh().to_owned()),
        })
    }

    fn is_empty(&self) -> bool {
        self.materials.is_empty() && self.photos.is_empty() && self.photos_left == 0
    }

    fn says(&self, voided: &Opened) -> Map<String, Value> {
        Map::from_iter([
            ("takenFrom".to_owned(), json!(voided.case.case_no)),
            ("materials".to_owned(), json!(self.materials)),
            ("paperAt".to_owned(), json!(self.paper_at)),
            ("photosLeft".to_owned(), json!(self.photos_left)),
        ])
    }
}
