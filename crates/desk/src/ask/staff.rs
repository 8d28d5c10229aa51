use crate::{Desk, Trouble};
use daiban_contract::{ask::Staff, view::StaffView};
use daiban_domain::{Instant, PersonId, UnitCode};
use daiban_replica::{
    Replica, ReplicaError,
    public::{enrolment, staff, unit},
};
use rusqlite::Connection;

impl Desk {
    /// Everybody at and below this desk's unit, with what is known of their posts.
    pub fn staff(&self, _: Staff, _: Instant) -> Result<Vec<StaffView>, Trouble> {
        self.with(|replica| {
            let people = enrolment::people(replica.db(), replica.identity().unit)?;
            let views = people.into_iter().map(|(person, unit)| view(replica.db(), person, unit));
            Ok(views.collect::<Result<_, _>>()?)
        })
    }
}

pub(crate) fn staff_of(replica: &Replica, person: PersonId) -> Result<StaffView, Trouble> {
    let unit = enrolment::unit(replica.db(), person)?.ok_or(ReplicaError::Column("person.unit"))?;
    Ok(view(replica.db(), person, unit)?)
}

fn view(db: &Connection, person: PersonId, code: UnitCode) -> Result<StaffView, ReplicaError> {
    let enrolled = enrolment::person(db, person)?.unwrap_or_default();
    let unit_name = unit::find(db, code)?.map_or_else(|| code.to_string(), |unit| unit.short_name);
    Ok(StaffView {
        person,
        name: enrolled.name,
        unit: code,
        unit_name,
        roles: enrolled.roles.iter().map(ToString::to_string).collect(),
        staff: staff::find(db, person)?.map(|(_, staff)| staff),
    })
}
