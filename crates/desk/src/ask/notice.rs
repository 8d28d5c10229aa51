//! One notice, and who has read it: what the public partitions say, held against the units as they are today.

use super::names::Names;
use crate::{Desk, Trouble, act::may_publish_notices};
use base64::{Engine, prelude::BASE64_STANDARD};
use daiban_contract::{
    Code, ask,
    view::{
        AttachmentContent, NoticeAttachment, NoticeRef, NoticeRow, NoticeView, Reached, ReaderView,
        TakenBackView,
    },
};
use daiban_domain::{DocumentId, Instant, Level, PersonId, Unit, UnitCode, case::Attachment, notice::Notice};
use daiban_replica::{
    Replica, ReplicaError, attachment,
    public::{
        enrolment,
        notice::{self, NoticeRecord},
        unit,
    },
    revocation, today,
};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// Those that haven't read come first; more are found by looking at the township alone.
const READERS: usize = 300;

impl Desk {
    pub fn notice(&self, request: ask::Notice, now: Instant) -> Result<NoticeView, Trouble> {
        self.with(|replica| view(replica, request.id, now))
    }

    pub fn notice_attachment(
        &self,
        request: ask::NoticeAttachment,
        _: Instant,
    ) -> Result<AttachmentContent, Trouble> {
        let (found, bytes) = self.with(|replica| attachment(replica.db(), request.id, &request.hash))?;
        Ok(AttachmentContent { media_type: found.media_type, content: BASE64_STANDARD.encode(bytes) })
    }
}

pub(crate) fn found(db: &Connection, id: DocumentId) -> Result<NoticeRecord, Trouble> {
    notice::find(db, id)?
        .ok_or_else(|| Trouble::new(Code::BadInput, "这里没有这条通知。刷新一下，或者等下次同步。"))
}

/// What belongs to a notice, by the beginning of its hash, with its bytes.
pub(crate) fn attachment(
    db: &Connection,
    id: DocumentId,
    hash: &str,
) -> Result<(Attachment, Vec<u8>), Trouble> {
    let record = found(db, id)?;
    let all = notice::attachments(db, record.document)?;
    let mut named = all.into_iter().filter(|one| one.hash.to_string().starts_with(hash));
    let (Some(one), None) = (named.next(), named.next()) else {
        return Err(Trouble::new(Code::UnknownAttachment, "这条通知没有这个附件。请核对附件的编号。"));
    };
    let bytes = attachment::bytes(db, one.hash)?
        .ok_or_else(|| Trouble::new(Code::UnknownAttachment, "这个附件还没有传到本机。网通了自动传过来。"))?;
    Ok((one, bytes))
}

/// Notices as this unit reads them today.
pub(super) struct Reading<'r> {
    db: &'r Connection,
    own: UnitCode,
    /// The latest first.
    pub all: Vec<NoticeRecord>,
    replaced: BTreeMap<DocumentId, DocumentId>,
    /// Units at and below this one that are there today.
    units: Vec<Unit>,
}

impl<'r> Reading<'r> {
    pub fn of(replica: &'r Replica, now: Instant) -> Result<Self, ReplicaError> {
        let (db, own, day) = (replica.db(), replica.identity().unit, today(replica.db(), now)?);
        let all = notice::all(db)?;
        // Only its own publisher says that another takes its place, and only with one that holds.
        let holding = all.iter().filter(|record| record.taken_back.is_none());
        let pairs = holding.filter_map(|record| {
            let before = all.iter().find(|other| Some(other.id) == record.notice.replaces)?;
            (before.unit == record.unit).then_some((before.id, record.id))
        });
        let replaced = pairs.collect();
        let mut units = unit::below(db, own)?;
        units.retain(|unit| unit.begun(day) && !unit.ended(day));
        Ok(Self { db, own, all, replaced, units })
    }

    fn holds(&self, record: &NoticeRecord) -> bool {
        record.taken_back.is_none() && !self.replaced.contains_key(&record.id)
    }

    fn is_for(&self, record: &NoticeRecord, unit: UnitCode) -> bool {
        record.notice.is_for(record.unit, unit)
    }

    /// Whether it is anything to this unit: for it, from it, or for one below it.
    pub fn concerns(&self, record: &NoticeRecord) -> bool {
        record.unit == self.own || self.units.iter().any(|unit| self.is_for(record, unit.code))
    }

    /// Whether this unit has to say that it has read it.
    fn asked(&self, record: &NoticeRecord) -> bool {
        record.notice.receipt && self.holds(record) && self.is_for(record, self.own)
    }

    pub fn unread(&self, record: &NoticeRecord) -> Result<bool, ReplicaError> {
        Ok(self.asked(record) && notice::receipt(self.db, record.id, self.own)?.is_none())
    }

    /// Units below this one that have to say so; a unit that was merged away is read for by its heir.
    fn readers(&self, record: &NoticeRecord) -> impl Iterator<Item = &Unit> {
        let wanted = record.notice.receipt;
        self.units
            .iter()
            .filter(move |unit| wanted && unit.code != self.own && self.is_for(record, unit.code))
    }

    pub fn row(&self, record: &NoticeRecord) -> Result<NoticeRow, ReplicaError> {
        let readers: BTreeSet<UnitCode> = self.readers(record).map(|unit| unit.code).collect();
        let counted = match readers.is_empty() {
            true => None,
            false => {
                let said = notice::receipts(self.db, record.id)?;
                let read = readers.iter().filter(|unit| said.contains_key(*unit)).count();
                Some((read as u64, readers.len() as u64))
            }
        };
        let said = notice::receipt(self.db, record.id, self.own)?;
        let Notice { kind, title, issuer, on, .. } = record.notice.clone();
        Ok(NoticeRow {
            id: record.id,
            kind,
            title,
            issuer,
            on,
            at: record.at,
            unread: self.asked(record) && said.is_none(),
            read: said.map(|said| said.at),
            taken_back: record.taken_back.is_some(),
            replaced: self.replaced.contains_key(&record.id),
            attachments: attachment::count_of(self.db, record.document)?,
            readers: counted,
        })
    }

    fn named(&self, id: Option<DocumentId>) -> Option<NoticeRef> {
        let record = self.all.iter().find(|record| Some(record.id) == id)?;
        Some(NoticeRef { id: record.id, title: record.notice.title.clone() })
    }
}

pub(crate) fn view(replica: &Replica, id: DocumentId, now: Instant) -> Result<NoticeView, Trouble> {
    let (db, identity) = (replica.db(), replica.identity());
    let record = found(db, id)?;
    let reading = Reading::of(replica, now)?;
    let names = Names { db };
    let person = |id: Option<PersonId>| id.map_or(Ok(String::new()), |id| names.person(id));
    let row = reading.row(&record)?;
    let attachments = notice::attachments(db, record.document)?.into_iter().map(|one| {
        Ok::<_, ReplicaError>(NoticeAttachment {
            hash: one.hash,
            here: attachment::here(db, one.hash)?,
            name: one.name,
            media_type: one.media_type,
            size: one.size,
        })
    });
    let taken_back = match &record.taken_back {
        Some(back) => Some(TakenBackView { at: back.at, by: person(back.by)?, reason: back.reason.clone() }),
        None => None,
    };
    let roles = enrolment::roles(db, identity.person)?;
    let mine = record.unit == identity.unit && may_publish_notices(identity.unit.level(), &roles);
    let read_by = notice::receipt(db, id, identity.unit)?.and_then(|said| said.by);
    let mut readers = readers(replica, &reading, &record)?;
    let readers_total = readers.len() as u64;
    readers.truncate(READERS);
    Ok(NoticeView {
        for_says: for_says(&names, &record)?,
        attachments: attachments.collect::<Result<_, _>>()?,
        published_by: person(record.by)?,
        taken_back,
        replaces: reading.named(record.notice.replaces),
        replaced_by: reading.named(reading.replaced.get(&id).copied()),
        read_by: person(read_by)?,
        readers,
        readers_total,
        may_confirm: row.unread && !roles.is_empty(),
        may_take_back: mine && record.taken_back.is_none(),
        notice: record.notice,
        row,
    })
}

/// 全县的村（社区）, 清源镇、柳河乡的乡镇和村（社区）.
fn for_says(names: &Names<'_>, record: &NoticeRecord) -> Result<String, ReplicaError> {
    let Notice { levels, units, .. } = &record.notice;
    let place = match units.is_empty() {
        true => match record.unit.level() {
            Level::County => "全县".to_owned(),
            _ => "全镇".to_owned(),
        },
        false => {
            let named = units.iter().map(|unit| names.unit(*unit)).collect::<Result<Vec<_>, _>>()?;
            named.join("、")
        }
    };
    let whom = match (levels.contains(&Level::Township), levels.contains(&Level::Village)) {
        (true, false) => "乡镇",
        (false, true) => "村（社区）",
        _ if record.unit.level() == Level::Township => "村（社区）",
        _ => "乡镇和村（社区）",
    };
    Ok(format!("{place}的{whom}"))
}

/// Those that haven't read it first, and of them those that can't have got it yet.
fn readers(
    replica: &Replica,
    reading: &Reading<'_>,
    record: &NoticeRecord,
) -> Result<Vec<ReaderView>, ReplicaError> {
    let db = replica.db();
    let names = Names { db };
    let mut heard: BTreeMap<UnitCode, Option<Instant>> = BTreeMap::new();
    for device in enrolment::devices(db, reading.own)? {
        if revocation::revoked(db, device.device)?.is_none() {
            let last = heard.entry(device.unit).or_default();
            *last = (*last).max(device.received_last);
        }
    }
    let said = notice::receipts(db, record.id)?;
    let mut readers = Vec::new();
    for unit in reading.readers(record) {
        let said = said.get(&unit.code);
        let last = heard.get(&unit.code).copied();
        let reached = match last {
            None => Reached::NoDevice,
            Some(last) if last.is_some_and(|last| last > record.at) => Reached::Since,
            Some(_) => Reached::Not,
        };
        let above = match unit.level {
            Level::Village => unit.code.parent().map(|above| names.unit(above)).transpose()?,
            _ => None,
        };
        readers.push(ReaderView {
            unit: unit.code,
            name: unit.short_name.clone(),
            above: above.unwrap_or_default(),
            read: said.map(|said| said.at),
            by: said.and_then(|said| said.by).map_or(Ok(String::new()), |by| names.person(by))?,
            reached,
            heard: last.flatten(),
        });
    }
    readers.sort_by_key(|reader| (reader.read.is_some(), reader.reached, reader.unit));
    Ok(readers)
}
