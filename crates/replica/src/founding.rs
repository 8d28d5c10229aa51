//! The documents a county begins with: its units, the service items and what of them is handled together, the calendar.

use crate::{
    ReplicaError,
    document::{Edit, Registers, kind},
};
use automerge::ScalarValue;
use daiban_domain::{
    DocumentId, Instant, Unit,
    item::{Catalogue, bundle::LifeEventBundle},
};
use daiban_exchange::key::random;

/// A document's first change, ready to be an entry of the county's public partition.
pub struct Document {
    pub document: DocumentId,
    pub actor: [u8; 8],
    pub change: Vec<u8>,
}

/// One document a unit, an item version, a life event and a calendar year (`calendar_json` has the shape of `data/calendar.json`).
pub fn documents(
    units: &[Unit],
    catalogue: &Catalogue,
    bundles: &[(LifeEventBundle, String)],
    calendar_json: &str,
    now: Instant,
) -> Result<Vec<Document>, ReplicaError> {
    let actor = random()?;
    let mut documents = Vec::new();
    for unit in units {
        let content = serde_json::to_string(unit)?;
        documents.push(document(actor, now, kind::UNIT, |edit| edit.put("content", content))?);
    }
    for (_, content) in &catalogue.items {
        documents.push(document(actor, now, kind::ITEM, |edit| {
            edit.put("catalogue", catalogue.version.as_str());
            edit.put("content", content.as_str());
        })?);
    }
    for (_, content) in bundles {
        let content = content.as_str();
        documents.push(document(actor, now, kind::LIFE_EVENT, |edit| edit.put("content", content))?);
    }
    let calendar: serde_json::Value = serde_json::from_str(calendar_json)?;
    let source = calendar["source"].as_str().unwrap_or_default();
    for (year, content) in calendar["years"].as_object().into_iter().flatten() {
        let number: i64 = year.parse().map_err(|_| ReplicaError::Column("calendar year"))?;
        documents.push(document(actor, now, kind::CALENDAR, |edit| {
            edit.put("year", number);
            edit.put("source", source);
            edit.put("content", content.to_string());
        })?);
    }
    Ok(documents)
}

fn document(
    actor: [u8; 8],
    now: Instant,
    kind: &str,
    fill: impl FnOnce(&mut Edit<'_>),
) -> Result<Document, ReplicaError> {
    let nothing = Registers::default();
    let nonce: [u8; 16] = random()?;
    let mut edit = Edit::of(&nothing);
    edit.put("nonce", ScalarValue::Bytes(nonce.to_vec()));
    edit.put("kind", kind);
    fill(&mut edit);
    let change = edit.finish(actor)?.map(|(_, bytes)| bytes).unwrap_or_default();
    Ok(Document { document: DocumentId::new(now.0, random()?), actor, change })
}
