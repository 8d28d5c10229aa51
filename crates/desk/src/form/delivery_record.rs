use super::{Stamp, name, slip::slip};
use crate::ask::Opened;
use daiban_domain::case::Event;
use daiban_forms::{Delivered, DeliveryRecord};
use daiban_replica::ReplicaError;
use rusqlite::Connection;
use serde_json::{Map, Value};

/// Before delivery to be signed by hand, afterwards as it was told.
pub(super) fn gather(
    db: &Connection,
    opened: &Opened,
    act: &Event,
    stamp: Stamp,
) -> Result<DeliveryRecord, ReplicaError> {
    let delivered = (act.kind == "deliver").then(|| {
        let said: Map<String, Value> = serde_json::from_str(&act.payload).unwrap_or_default();
        let text = |key: &str| said.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        Delivered { on: act.on.0, method: text("method"), recipient: text("recipient") }
    });
    Ok(DeliveryRecord { slip: slip(db, opened, act, stamp)?, documents: documents(opened), delivered })
}

/// The result, and the latest print of each notice that goes with the end of a case.
fn documents(opened: &Opened) -> Vec<(String, String, u16)> {
    let counts = opened.folded.placed.iter().filter(|placed| placed.contested.is_none());
    let events: Vec<&Event> = counts.map(|placed| &opened.case.events[placed.event]).collect();
    let ended = events.iter().rev().find(|event| matches!(event.kind.as_str(), "close" | "upperClose"));
    let result = ended.map(|event| event.said()).filter(|said| !said.result_name.is_empty());
    let mut documents: Vec<(String, String, u16)> =
        result.map(|said| (said.result_name, said.result_number, 1)).into_iter().collect();
    for form in ["F04", "F09b", "F09"] {
        let printed = opened.case.events.iter().rev().filter_map(|event| event.paper.as_ref());
        let paper = printed.into_iter().find(|paper| paper.form == form);
        documents.extend(paper.map(|paper| (name(form).to_owned(), paper.number.clone(), 1)));
    }
    documents
}
