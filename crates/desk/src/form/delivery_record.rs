use super::{
    Stamp, earned, printed,
    slip::{held_lines, slip},
};
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
    Ok(DeliveryRecord { slip: slip(db, opened, act, stamp)?, documents: documents(opened, act), delivered })
}

/// The result, the notices that go with the end of the case, and what goes back to whoever has withdrawn.
fn documents(opened: &Opened, act: &Event) -> Vec<(String, String, u16)> {
    let counted: Vec<&Event> = opened.counted().collect();
    let ended = counted.iter().rfind(|event| matches!(event.kind.as_str(), "close" | "upperClose"));
    let result = ended.map(|event| event.said()).filter(|said| !said.result_name.is_empty());
    let mut documents: Vec<(String, String, u16)> =
        result.map(|said| (said.result_name, said.result_number, 1)).into_iter().collect();
    for earned in earned(opened).into_iter().filter(|earned| ["F04", "F09b", "F09"].contains(&earned.form)) {
        if let Some((number, ..)) = printed(opened, &earned) {
            documents.push((earned.name.to_owned(), number, 1));
        }
    }
    if act.kind == "withdraw" {
        let materials = held_lines(opened).into_iter();
        documents.extend(materials.map(|line| (line.name, String::new(), line.originals + line.copies)));
    }
    documents
}
