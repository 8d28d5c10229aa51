//! A case as its document holds it: every field with all its values, every event.

use crate::{
    ReplicaError,
    document::{Authored, Document, RowId, Side, Value, candidate, sides},
    feed::stored,
    search,
};
use automerge::ScalarValue;
use daiban_domain::{
    DeviceId, Hlc, Instant, UnitCode,
    case::{Attachment, Event, attachment, event, value},
};
use daiban_exchange::Partition;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};

pub struct CaseRecord {
    pub document: RowId,
    pub partition: Partition,
    pub case_no: String,
    /// The registering unit.
    pub unit: UnitCode,
    pub item_id: String,
    pub item_version: u16,
    /// `PROXY` or `WINDOW`.
    pub channel: String,
    pub registered_on: Date,
    /// What it has in common with the cases that were recorded with it for one event in a life: the event's id, a slash,
    /// and an id of their own.
    pub together: Option<String>,
    /// The service spot where it was recorded.
    pub spot: Option<String>,
    /// The number of the case that it goes on from.
    pub goes_on_from: Option<String>,
    /// By path (`applicant.phone`, `fields.bankAccount`, `materials/APP/originals`); the value that counts comes first.
    pub fields: BTreeMap<String, Vec<Side>>,
    pub events: Vec<Event>,
    /// There is an entry that only a newer program understands.
    pub incomplete: bool,
    /// Photos and scans, in the order of their keys; also those taken off again.
    pub attachments: Vec<Attached>,
}

/// A photo or scan of a case, and who put it there or took it off.
#[derive(Clone, Debug)]
pub struct Attached {
    pub attachment: Attachment,
    pub authored: Authored,
}

/// Keys under which fields lie; all others belong to the record itself.
const FIELDS: [&str; 4] = ["applicant.", "fields.", "materials/", "entrustment."];

impl CaseRecord {
    /// `None` if the document is not (yet) a whole case: its first change hasn't arrived.
    pub fn read(db: &Connection, document: &Document) -> Result<Option<Self>, ReplicaError> {
        let events = document.events(db)?;
        Ok(Self::of(document, events))
    }

    fn of(document: &Document, events: Vec<Event>) -> Option<Self> {
        let mut fields = BTreeMap::new();
        let mut attachments = Vec::new();
        for (key, values) in document.values() {
            if key.starts_with(attachment::PREFIX) {
                attachments.extend(attached(&values));
            } else if FIELDS.iter().any(|prefix| key.starts_with(prefix)) {
                fields.insert(key.to_owned(), sides(values));
            }
        }
        open_again(&mut fields, &events);
        let unit = document.partition.unit;
        let named = document.text("unit")?;
        if named != unit.to_string() {
            tracing::warn!(document = %document.id, "a case that names another unit than its partition's is not listed");
            return None;
        }
        Some(Self {
            document: document.row,
            partition: document.partition,
            case_no: document.text("caseNo")?.to_owned(),
            unit,
            item_id: document.text("itemId")?.to_owned(),
            item_version: document.int("itemVersion")?.try_into().ok()?,
            channel: document.text("channel")?.to_owned(),
            registered_on: document.text("registeredOn")?.parse().ok()?,
            together: document.text("together").map(str::to_owned),
            spot: document.text("spot").map(str::to_owned),
            goes_on_from: document.text("goesOnFrom").map(str::to_owned),
            fields,
            events,
            incomplete: document.incomplete,
            attachments,
        })
    }

    pub fn load(db: &Connection, row: RowId) -> Result<Option<Self>, ReplicaError> {
        Self::read(db, &Document::load(db, row)?)
    }

    /// The value that counts, "" for none.
    pub fn field(&self, path: &str) -> &str {
        self.fields.get(path).and_then(|sides| sides.first()).map_or("", |side| &side.value)
    }

    /// Fields that hold more than one value.
    pub fn conflicts(&self) -> impl Iterator<Item = (&str, &[Side])> {
        self.fields
            .iter()
            .filter(|(_, sides)| sides.len() > 1)
            .map(|(path, sides)| (path.as_str(), sides.as_slice()))
    }

    /// Originals and copies received of a material.
    pub fn received(&self, material: &str) -> (u16, u16) {
        let count = |kind: &str| self.field(&format!("materials/{material}/{kind}")).parse().unwrap_or(0);
        (count("originals"), count("copies"))
    }

    /// The events that no other event has seen: what a new one comes after.
    pub fn latest(&self) -> Vec<daiban_domain::EventId> {
        event::latest(&self.events)
    }
}

/// Puts beside the value that counts what it is to be weighed against once more.
fn open_again(fields: &mut BTreeMap<String, Vec<Side>>, events: &[Event]) {
    for back in value::put_back(events) {
        let Some(standing) = fields.get_mut(&back.path) else { continue };
        let stands = matches!((standing.as_slice(), back.sides.first()), ([only], Some((first, _))) if only.value == *first);
        if stands {
            *standing = back.sides.into_iter().map(|(value, event)| written(value, event)).collect();
        }
    }
}

fn written(value: String, event: &Event) -> Side {
    let Event { person, device, unit, at, hlc, .. } = *event;
    Side { value, authored: Authored { person: Some(person), device, unit, at, hlc, entry: None } }
}

/// What counts of an attachment's key. Where one person took it off while another kept it, it stays.
pub(crate) fn attached(values: &[Value<'_>]) -> Option<Attached> {
    let mut read: Vec<(Attached, value::Side)> = values
        .iter()
        .filter_map(|value| match value.scalar {
            ScalarValue::Bytes(bytes) => {
                let attachment = minicbor::decode(bytes).ok()?;
                Some((Attached { attachment, authored: value.authored }, candidate(value)))
            }
            _ => None,
        })
        .collect();
    if read.iter().any(|(attached, _)| !attached.attachment.removed) {
        read.retain(|(attached, _)| !attached.attachment.removed);
    }
    let (attached, sides): (Vec<Attached>, Vec<value::Side>) = read.into_iter().unzip();
    attached.into_iter().nth(value::standing(&sides)?)
}

/// The document of a case number. Of two cases with one number (a fault that is kept and flagged) the earlier document.
pub fn find(db: &Connection, case_no: &str) -> Result<Option<RowId>, ReplicaError> {
    let Some(tokens) = search::whole_number(case_no) else { return Ok(None) };
    let mut statement = db.prepare_cached(include_str!("find.sql"))?;
    let row = statement.query_row(params![tokens, case_no], |row| row.get(0)).optional()?;
    Ok(row.map(RowId))
}

/// The numbers of the cases that were recorded with this one.
pub fn recorded_with(db: &Connection, case: &CaseRecord) -> Result<Vec<String>, ReplicaError> {
    let Some(together) = &case.together else { return Ok(Vec::new()) };
    let mut statement =
        db.prepare_cached("SELECT case_no FROM case_row WHERE together = ? AND id <> ? ORDER BY case_no")?;
    let numbers = statement.query_map(params![together, case.document.0], |row| row.get(0))?;
    Ok(numbers.collect::<Result<_, _>>()?)
}

/// The numbers of the cases that go on from this one.
pub fn goes_on_in(db: &Connection, case_no: &str) -> Result<Vec<String>, ReplicaError> {
    let mut statement =
        db.prepare_cached("SELECT case_no FROM case_row WHERE goes_on_from = ? ORDER BY case_no")?;
    let numbers = statement.query_map([case_no], |row| row.get(0))?;
    Ok(numbers.collect::<Result<_, _>>()?)
}

/// The year that a case has left with, if nothing but its row is held.
pub fn archived(db: &Connection, row: RowId) -> Result<Option<i16>, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT archived FROM case_row WHERE id = ?")?;
    Ok(statement.query_row([row.0], |row| row.get(0)).optional()?.flatten())
}

/// The acts on a case, by device and stamp, whose time of day is doubtful: the device's clock was more than five minutes
/// off, as far as is known here.
pub fn doubtful_times(db: &Connection, row: RowId) -> Result<BTreeSet<(DeviceId, Hlc)>, ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("doubtful_times.sql"))?;
    let mut rows = statement.query([row.0])?;
    let mut doubtful = BTreeSet::new();
    while let Some(row) = rows.next()? {
        // A newer program's says nothing here.
        let Ok(header) = stored::read(row)?.header() else { continue };
        let receipt = row.get::<_, Option<i64>>("receipt")?.map(Instant);
        if header.at.doubtful(header.anchor, receipt) {
            doubtful.insert((DeviceId(row.get("device")?), header.hlc));
        }
    }
    Ok(doubtful)
}
