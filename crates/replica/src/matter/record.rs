//! A matter as its document holds it: what was taken down, and every act.

use crate::{
    ReplicaError,
    document::{Document, Edit, RowId},
};
use daiban_domain::{
    PersonId, UnitCode,
    case::Event,
    matter::{Channel, Kind, Matter, Owner, bad_rating::Rated},
};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension};

pub struct MatterRecord {
    pub document: RowId,
    pub matter_no: String,
    pub matter: Matter,
    pub events: Vec<Event>,
    /// There is an entry that only a newer program understands.
    pub incomplete: bool,
}

/// Writes what was taken down.
pub fn fill(edit: &mut Edit<'_>, matter_no: &str, matter: &Matter) {
    edit.put("matterNo", matter_no);
    edit.put("matterKind", matter.kind.as_str());
    edit.put("channel", matter.channel.as_str());
    edit.put("text", matter.text.as_str());
    edit.put("askedOn", matter.asked_on.to_string());
    edit.put("firstUnit", matter.first.unit.to_string());
    edit.put("onTheSpot", i64::from(matter.on_the_spot));
    let told = [
        ("ticketNo", matter.ticket_no.clone()),
        ("askerName", matter.asker_name.clone()),
        ("askerPhone", matter.asker_phone.clone()),
        ("caseNo", matter.case_no.clone()),
        ("limitDays", matter.limit_days.map(|days| days.to_string()).unwrap_or_default()),
        ("agreedOn", matter.agreed_on.map(|day| day.to_string()).unwrap_or_default()),
        ("firstPerson", matter.first.person.map(|person| person.to_string()).unwrap_or_default()),
    ];
    if let Some(rated) = &matter.rated {
        edit.put("rating", rated.rating.to_string());
        edit.put("raterNamed", i64::from(rated.named));
        let handlers: Vec<String> = rated.handlers.iter().map(ToString::to_string).collect();
        edit.put("handlers", handlers.join(" "));
    }
    for (key, value) in told.iter().filter(|(_, value)| !value.is_empty()) {
        edit.put(key, value.as_str());
    }
}

impl MatterRecord {
    /// `None` if the document is not (yet) a whole matter, or of a kind that only a newer program knows.
    pub fn read(db: &Connection, document: &Document) -> Result<Option<Self>, ReplicaError> {
        let events = document.events(db)?;
        Ok(Self::of(document, events))
    }

    fn of(document: &Document, events: Vec<Event>) -> Option<Self> {
        let said = |key: &str| document.text(key).unwrap_or_default().to_owned();
        let matter = Matter {
            kind: Kind::parse(document.text("matterKind")?)?,
            channel: Channel::parse(document.text("channel")?)?,
            ticket_no: said("ticketNo"),
            asker_name: said("askerName"),
            asker_phone: said("askerPhone"),
            text: document.text("text")?.to_owned(),
            case_no: said("caseNo"),
            on_the_spot: document.int("onTheSpot")? == 1,
            agreed_on: document.text("agreedOn").and_then(|day| day.parse::<Date>().ok()),
            limit_days: document.text("limitDays").and_then(|days| days.parse().ok()),
            asked_on: document.text("askedOn")?.parse().ok()?,
            unit: document.partition.unit,
            first: Owner {
                unit: document.text("firstUnit")?.parse::<UnitCode>().ok()?,
                person: document.text("firstPerson").and_then(|person| person.parse::<PersonId>().ok()),
            },
            rated: rated(document),
        };
        Some(Self {
            document: document.row,
            matter_no: document.text("matterNo")?.to_owned(),
            matter,
            events,
            incomplete: document.incomplete,
        })
    }

    pub fn load(db: &Connection, row: RowId) -> Result<Option<Self>, ReplicaError> {
        Self::read(db, &Document::load(db, row)?)
    }
}

/// Of a bad rating: which one.
fn rated(document: &Document) -> Option<Rated> {
    let handlers = document.text("handlers")?.split(' ').filter_map(|person| person.parse().ok());
    Some(Rated {
        rating: document.text("rating")?.parse().ok()?,
        named: document.int("raterNamed")? == 1,
        handlers: handlers.collect(),
    })
}

/// The document of a matter's number. Of two with one number the earlier document.
pub fn find(db: &Connection, matter_no: &str) -> Result<Option<RowId>, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT matter.id FROM matter CROSS JOIN document USING (id) WHERE matter_no = ? ORDER BY document.document LIMIT 1",
    )?;
    Ok(statement.query_row([matter_no], |row| row.get(0)).optional()?.map(RowId))
}

/// The year that a matter has left with, if nothing but its row is held.
pub fn archived(db: &Connection, row: RowId) -> Result<Option<i16>, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT archived FROM matter WHERE id = ?")?;
    Ok(statement.query_row([row.0], |row| row.get(0)).optional()?.flatten())
}
