use super::names::Names;
use crate::{Desk, Trouble, wording};
use daiban_contract::{
    ask,
    view::{HeldEntry, HeldView},
};
use daiban_domain::{
    Instant,
    case::{Event, transition},
    mask::{Data, Place},
};
use daiban_replica::{
    Replica, ReplicaError,
    case::CaseRecord,
    document::{Document, RowId, kind},
    public::item,
    revocation::{self, Held},
};

impl Desk {
    /// What revoked devices wrote after the last of their entries that count, what waits for a review first.
    pub fn held(&self, _: ask::Held, _: Instant) -> Result<Vec<HeldView>, Trouble> {
        self.with(|replica| Ok(held_here(replica)?))
    }
}

pub(crate) fn held_here(replica: &Replica) -> Result<Vec<HeldView>, ReplicaError> {
    let documents = revocation::documents(replica.db())?;
    documents.into_iter().map(|row| view(replica, row)).collect()
}

const EVENTS: &str = "events/";

/// What the act is called that lies under a key of a document with these.
pub(super) fn act_under<'e>(key: &str, events: &'e [Event]) -> Option<&'e str> {
    let id = key.strip_prefix(EVENTS)?;
    let event = events.iter().find(|event| event.id.to_string() == id)?;
    Some(transition::name(&event.kind).unwrap_or(&event.kind))
}

fn view(replica: &Replica, row: RowId) -> Result<HeldView, ReplicaError> {
    let (db, names) = (replica.db(), Names { db: replica.db() });
    let held = revocation::held(db, row)?;
    let document = Document::load_with_held(db, row)?;
    let unknown = Document::load(db, row)?.text("kind").is_none();
    let case = CaseRecord::read(db, &document)?;
    let events = document.events(db)?;
    let item = match &case {
        Some(case) => item::version(db, &case.item_id, case.item_version)?,
        None => None,
    };
    let says = |held: &Held| {
        let said = held.keys.iter().filter_map(|key| {
            if key.starts_with(EVENTS) {
                return act_under(key, &events).map(str::to_owned);
            }
            let field = wording::field(key, item.as_deref());
            (field != *key).then(|| format!("填写{field}"))
        });
        said.collect::<Vec<_>>().join("、")
    };
    let entries = held.iter().map(|held| {
        let said = says(held);
        Ok(HeldEntry {
            at: held.header.at,
            by: held.header.person.map(|by| names.person(by)).transpose()?.unwrap_or_default(),
            says: if said.is_empty() { "其他改动".to_owned() } else { said },
            counts: !held.waiting,
        })
    });
    let device = held.first().map(|held| held.spoken.feed.device);
    Ok(HeldView {
        document: document.id,
        kind: match document.text("kind").unwrap_or_default() {
            kind::CASE => "办件",
            kind::MATTER => "来访事项",
            kind::RATING => "评价",
            kind::RESIDENT => "居民登记",
            kind::NOTICE => "通知",
            kind::NOTICE_RECEIPT => "通知的已读",
            _ => "其他记录",
        }
        .to_owned(),
        number: case.as_ref().map(|case| case.case_no.clone()).unwrap_or_default(),
        item_name: item.as_ref().map(|item| item.name.clone()).unwrap_or_default(),
        applicant_name: case
            .as_ref()
            .map(|case| Data::Name.at(Place::Notice, case.field("applicant.name")))
            .unwrap_or_default(),
        unknown,
        device: device.map(|device| names.device(device)).transpose()?.unwrap_or_default(),
        unit_name: names.unit(document.partition.unit)?,
        entries: entries.collect::<Result<_, ReplicaError>>()?,
        built_on: held.iter().any(|held| !held.waiting && held.accepted != Some(true)),
        accepted: held.iter().filter_map(|held| held.accepted).max(),
    })
}
