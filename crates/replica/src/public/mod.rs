//! Projections: from a document to the rows that pages query.

pub mod calendar;
pub mod county_setting;
pub mod delegation;
pub mod enrolment;
pub mod item;
pub mod life_event;
mod memo;
pub mod notice;
pub mod office;
pub mod role;
pub mod staff;
pub mod unit;

use crate::{
    Identity, ReplicaError, case,
    document::{Arrived, Document, Edit, RowId, Writing, kind},
    erasure, matter, rating, resident, search, year,
};
use daiban_domain::{DeviceId, PersonId, UnitCode, calendar::WorkCalendar, case::CountySettings, item::Item};
use daiban_exchange::{
    FeedId, Partition, PartitionKind,
    closure::Closure,
    enrolment::{Enrolment, Introduction},
    erasure::Erasure,
    kind as entry_kind,
    person::AnotherKey,
};
use rusqlite::{Connection, params};
use std::{collections::HashMap, sync::Arc};

/// Heeds what the county says in its public partition beside documents: enrolments and closed years, which are the hub's
/// alone to say, and orders to erase; and keys that the hub has signed for.
pub(crate) fn heed(
    db: &Connection,
    identity: &Identity,
    feed: &FeedId,
    kind: u16,
    body: &[u8],
) -> Result<Heeded, ReplicaError> {
    let from_hub = feed.device == identity.hub && feed.partition == Partition::public(identity.county);
    match kind {
        entry_kind::ENROLMENT if from_hub => match minicbor::decode::<Enrolment>(body) {
            Ok(enrolment) => {
                enrolment::project(db, &enrolment)?;
                return Ok(Heeded::Introduced(enrolment.device, enrolment.person));
            }
            Err(error) => tracing::warn!(%error, "an enrolment can't be read"),
        },
        entry_kind::PERSON if from_hub => match minicbor::decode::<Introduction>(body) {
            Ok(introduction) => {
                enrolment::introduce(db, &introduction)?;
                return Ok(Heeded::Introduced(introduction.device, introduction.person));
            }
            Err(error) => tracing::warn!(%error, "an introduction can't be read"),
        },
        entry_kind::PERSON_KEY => match minicbor::decode::<AnotherKey>(body) {
            Ok(another) if enrolment::another_key(db, &identity.hub_key, feed.device, &another)? => {
                return Ok(Heeded::Introduced(feed.device, another.person));
            }
            _ => {
                tracing::warn!(device = %feed.device, "a key that the hub hasn't signed for is kept and not believed")
            }
        },
        entry_kind::CLOSURE if from_hub => match minicbor::decode::<Closure>(body) {
            Ok(closure) => year::project(db, &closure)?,
            Err(error) => tracing::warn!(%error, "a closure can't be read"),
        },
        entry_kind::ERASURE => match Erasure::read(feed, body) {
            Some(order) => return Ok(erasure::obey(db, &order)?.map_or(Heeded::Nothing, Heeded::Erased)),
            None => tracing::warn!(device = %feed.device, "an order to erase can't be obeyed"),
        },
        entry_kind::ENROLMENT | entry_kind::PERSON | entry_kind::CLOSURE => {
            tracing::warn!(device = %feed.device, kind, "what only the hub may say is kept and not believed");
        }
        _ => {}
    }
    Ok(Heeded::Nothing)
}

/// What has to be told anew after an entry was heeded.
pub(crate) enum Heeded {
    Nothing,
    /// A document has lost its content.
    Erased(RowId),
    /// More is known of somebody at a device: what they wrote there may count otherwise.
    Introduced(DeviceId, PersonId),
}

/// What the projecting of all documents of a transaction has in common.
#[derive(Default)]
pub(crate) struct Projecting {
    /// Changes that have arrived in it.
    pub arrived: Arrived,
    /// What documents are found by from now on.
    pub found: search::Changes,
    items: HashMap<(String, u16), Option<Arc<Item>>>,
    calendar: Option<Arc<WorkCalendar>>,
    settings: Option<Arc<CountySettings>>,
}

impl Projecting {
    pub fn item(
        &mut self,
        db: &Connection,
        item_id: &str,
        version: u16,
    ) -> Result<Option<Arc<Item>>, ReplicaError> {
        let key = (item_id.to_owned(), version);
        if let Some(item) = self.items.get(&key) {
            return Ok(item.clone());
        }
        let item = item::version(db, item_id, version)?;
        self.items.insert(key, item.clone());
        Ok(item)
    }

    pub fn calendar(&mut self, db: &Connection) -> Result<Arc<WorkCalendar>, ReplicaError> {
        if let Some(calendar) = &self.calendar {
            return Ok(calendar.clone());
        }
        Ok(self.calendar.insert(calendar::load(db)?).clone())
    }

    pub fn settings(&mut self, db: &Connection) -> Result<Arc<CountySettings>, ReplicaError> {
        if let Some(settings) = &self.settings {
            return Ok(settings.clone());
        }
        Ok(self.settings.insert(Arc::new(county_setting::load(db)?)).clone())
    }

    /// Something is published anew.
    fn published(&mut self) {
        self.items.clear();
        self.calendar = None;
        self.settings = None;
    }
}

/// Something is published by which terms are counted: what still runs is projected anew.
fn terms_moved(db: &Connection, projecting: &mut Projecting) -> Result<(), ReplicaError> {
    projecting.published();
    case::project_open(db, projecting)?;
    matter::project_all(db, projecting)
}

/// Publishes something whole: in the document that it has, or in a new one.
fn keep(
    writing: &mut Writing<'_>,
    row: Option<RowId>,
    unit: UnitCode,
    kind: &str,
    content: String,
) -> Result<(), ReplicaError> {
    let put = |edit: &mut Edit<'_>| {
        edit.put("content", content);
        Ok::<_, ReplicaError>(())
    };
    match row {
        Some(row) => {
            let mut document = writing.load(row)?;
            writing.edit(&mut document, put)
        }
        None => writing.create(Partition::public(unit), kind, put).map(drop),
    }
}

/// Projects documents anew, in the open transaction. Entries found unfit are withheld here, those found fit no longer.
pub(crate) fn project(
    db: &Connection,
    rows: impl IntoIterator<Item = RowId>,
    projecting: &mut Projecting,
) -> Result<(), ReplicaError> {
    for row in rows {
        let document = Document::load_with(db, row, &mut projecting.arrived)?;
        for (entry, unfit) in &document.judged {
            tracing::debug!(document = %document.id, entry, ?unfit, "judged anew");
            db.prepare_cached("UPDATE entry SET withheld = ? WHERE id = ?")?
                .execute(params![unfit.map_or(0, |unfit| unfit as u8), entry])?;
        }
        project_document(db, &document, projecting)?;
    }
    Ok(())
}

/// Projects a document that is at hand. A kind counts only in the partitions that it belongs to: nobody but the county
/// publishes items.
pub(crate) fn project_document(
    db: &Connection,
    document: &Document,
    projecting: &mut Projecting,
) -> Result<(), ReplicaError> {
    delegation::note(db, document)?;
    if erasure::ordered(db, document.partition, document.id)? {
        case::forget(db, document.row, &mut projecting.found)?;
        matter::forget(db, document.row)?;
        rating::forget(db, document.row)?;
        return resident::forget(db, document.row, &mut projecting.found);
    }
    let kind = document.text("kind").unwrap_or_default().to_owned();
    db.prepare_cached("UPDATE document SET kind = ? WHERE id = ?")?.execute(params![kind, document.row.0])?;
    let partition = document.partition;
    let countys = partition == Partition::public(partition.unit.county());
    let projected = match (kind.as_str(), partition.kind) {
        (kind::CASE, PartitionKind::Work) => case::project(db, document, projecting),
        (kind::MATTER, PartitionKind::Work) => matter::project(db, document, projecting),
        (kind::RATING, PartitionKind::Work) => rating::project(db, document),
        (kind::RESIDENT, PartitionKind::Register) => resident::project(db, document, &mut projecting.found),
        (kind::RESIDENT_LINK, PartitionKind::Internal) => resident::link::project(db, document),
        (kind::UNIT, _) if countys => unit::project(db, document),
        (kind::ITEM, _) if countys => item::project(db, document, projecting),
        (kind::CALENDAR, _) if countys => calendar::project(db, document, projecting),
        (kind::LIFE_EVENT, _) if countys => life_event::project(db, document),
        (kind::COUNTY_SETTING, _) if countys => county_setting::project(db, document, projecting),
        (kind::DELEGATION, PartitionKind::Public) => delegation::project(db, document, projecting),
        (kind::STAFF, PartitionKind::Public) => staff::project(db, document),
        (kind::OFFICE, PartitionKind::Public) => office::project(db, document),
        (kind::NOTICE, PartitionKind::Public) => notice::project(db, document),
        (kind::NOTICE_RECEIPT, PartitionKind::Public) => notice::project_receipt(db, document),
        // Its first change isn't here, or has turned out not to count: whatever it was before, it is no longer.
        ("", PartitionKind::Work) => case::project(db, document, projecting)
            .and_then(|()| matter::project(db, document, projecting))
            .and_then(|()| rating::project(db, document)),
        ("", PartitionKind::Register) => resident::forget(db, document.row, &mut projecting.found),
        ("", PartitionKind::Internal) => resident::link::project(db, document),
        ("", PartitionKind::Public) => notice::forget(db, document.row).and_then(|()| match countys {
            true => county_setting::forget(db, document, projecting),
            false => Ok(()),
        }),
        // A newer program's, or out of place: kept, forwarded, not shown.
        _ => Ok(()),
    };
    match projected {
        // One document that can't be read holds nobody else up.
        Err(ReplicaError::Published(error)) => {
            let (line, column) = (error.line(), error.column());
            tracing::warn!(document = %document.id, line, column, "a published document can't be read");
            Ok(())
        }
        projected => projected,
    }
}
