//! Making an event.

use crate::Trouble;
use daiban_domain::{
    EventId, RULES_VERSION, Role,
    case::{Event, Paper, event::LegalDate, transition},
};
use daiban_exchange::key::random;
use daiban_replica::{ReplicaError, document::Writing};
use jiff::civil::Date;
use serde_json::{Map, Value};

/// What an act says; who, when and where are the desk's.
pub(crate) struct Saying<'a> {
    pub kind: &'a str,
    pub after: Vec<EventId>,
    pub role: Role,
    pub on: Date,
    pub item_version: u16,
    pub paper: Option<Paper>,
    pub payload: Map<String, Value>,
}

pub(crate) fn make(writing: &Writing<'_>, saying: Saying<'_>) -> Result<Event, Trouble> {
    let identity = writing.identity();
    let payload =
        if saying.payload.is_empty() { String::new() } else { Value::Object(saying.payload).to_string() };
    Ok(Event {
        id: EventId(random().map_err(ReplicaError::from)?),
        kind: saying.kind.to_owned(),
        after: saying.after,
        rank: transition::rank(saying.kind, identity.unit.level()),
        hlc: writing.hlc(),
        at: writing.now(),
        on: LegalDate(saying.on),
        person: identity.person,
        role: saying.role.as_str().to_owned(),
        unit: identity.unit,
        device: identity.device,
        rules_version: RULES_VERSION,
        item_version: saying.item_version,
        paper: saying.paper,
        payload,
        authority: Default::default(),
    })
}
