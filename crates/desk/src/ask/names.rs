//! Names for what entries know by number.

use daiban_domain::{DeviceId, PersonId, UnitCode, delegation::ON_BEHALF_OF};
use daiban_replica::{
    ReplicaError,
    public::{enrolment, unit},
};
use rusqlite::Connection;
use serde_json::{Map, Value};

use super::events::blank;

/// Names of units, people and devices; an id for what nobody has introduced yet.
pub(super) struct Names<'a> {
    pub db: &'a Connection,
}

impl Names<'_> {
    pub fn unit(&self, code: UnitCode) -> Result<String, ReplicaError> {
        Ok(unit::find(self.db, code)?.map_or_else(|| code.to_string(), |unit| unit.short_name))
    }

    pub fn person(&self, id: PersonId) -> Result<String, ReplicaError> {
        Ok(enrolment::person(self.db, id)?.map_or_else(|| id.to_string(), |person| person.name))
    }

    /// Who gave a case to whom.
    pub fn succession(&self, payload: &Map<String, Value>) -> Result<String, ReplicaError> {
        let name = |key: &str| {
            let person = payload.get(key).and_then(Value::as_str).and_then(|id| id.parse().ok());
            person.map_or(Ok(String::new()), |person| self.person(person))
        };
        Ok(format!("{} → {}", blank(&name("was")?), name("agent")?))
    }

    /// Who took an act and, where it was somebody else's to take, for whom.
    pub fn actor(&self, id: PersonId, payload: &Map<String, Value>) -> Result<String, ReplicaError> {
        let name = self.person(id)?;
        let on_behalf_of = payload.get(ON_BEHALF_OF).and_then(Value::as_str).and_then(|id| id.parse().ok());
        Ok(match on_behalf_of {
            Some(other) => format!("{name}（代{}）", self.person(other)?),
            None => name,
        })
    }

    pub fn device(&self, id: DeviceId) -> Result<String, ReplicaError> {
        Ok(enrolment::device_name(self.db, id)?.unwrap_or_else(|| id.to_string()))
    }
}
