//! What roles people have, and had: by their enrolment, and as units have changed them since. A change names the entries that
//! were written before it; no clock decides which roles counted for an act.

use crate::{ReplicaError, feed::rows};
use daiban_domain::{
    PersonId, Role,
    case::{Authority, Event},
    delegation::ON_BEHALF_OF,
};
use daiban_exchange::{Vector, revocation::accepts};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The roles of somebody, as they came one after the other.
struct Roles {
    enrolled: Vec<Role>,
    /// Each with what was written before it.
    changes: Vec<(Vec<Role>, Vector)>,
}

impl Roles {
    /// `None` of one whom nobody has introduced.
    fn of(db: &Connection, person: PersonId) -> Result<Option<Self>, ReplicaError> {
        let mut statement = db.prepare_cached("SELECT roles FROM person WHERE person = ?")?;
        let enrolled: Option<String> = statement.query_row([person.0], |row| row.get(0)).optional()?;
        let Some(enrolled) = enrolled else { return Ok(None) };
        let mut changes = Vec::new();
        let mut statement =
            db.prepare_cached("SELECT roles, accepted FROM role_change WHERE person = ? ORDER BY place")?;
        let mut rows = statement.query([person.0])?;
        while let Some(row) = rows.next()? {
            let (roles, accepted): (String, Vec<u8>) = (row.get("roles")?, row.get("accepted")?);
            changes.push((read(&roles), minicbor::decode(&accepted)?));
        }
        Ok(Some(Self { enrolled: read(&enrolled), changes }))
    }

    fn now(self) -> Vec<Role> {
        self.changes.into_iter().next_back().map_or(self.enrolled, |(roles, _)| roles)
    }

    /// At an entry: by the last change that it wasn't written before.
    fn at(&self, db: &Connection, entry: Option<i64>) -> Result<&[Role], ReplicaError> {
        let Some((last, _)) = self.changes.last() else { return Ok(&self.enrolled) };
        let Some(entry) = entry else { return Ok(last) };
        let mut statement = db.prepare_cached(
            "SELECT feed.*, entry.n AS number FROM entry JOIN feed ON feed.id = entry.feed WHERE entry.id = ?",
        )?;
        let (feed, n) = statement.query_row([entry], |row| Ok((rows::feed(row), row.get("number"))))?;
        let (feed, n) = (feed?, n?);
        let after = self.changes.iter().rev().find(|(_, before)| !accepts(before, &feed, n));
        Ok(after.map_or(&self.enrolled, |(roles, _)| roles))
    }
}

/// A role that this program doesn't know gives no right here.
fn read(roles: &str) -> Vec<Role> {
    roles.split(' ').filter_map(|role| role.parse().ok()).collect()
}

/// The roles that somebody has now; none of one who isn't known here.
pub fn now(db: &Connection, person: PersonId) -> Result<Vec<Role>, ReplicaError> {
    Ok(Roles::of(db, person)?.map(Roles::now).unwrap_or_default())
}

/// Whether people might act as the events of a document say, each person looked up once.
pub(crate) struct Authorities<'d> {
    db: &'d Connection,
    people: HashMap<PersonId, Option<Roles>>,
}

impl<'d> Authorities<'d> {
    pub fn of(db: &'d Connection) -> Self {
        Self { db, people: HashMap::new() }
    }

    /// Of an event that lies in this entry, or is being written; who wrote that has been compared already.
    pub fn judge(&mut self, event: &Event, entry: Option<i64>) -> Result<Authority, ReplicaError> {
        let Ok(role) = event.role.parse::<Role>() else { return Ok(Authority::Held) };
        let holder = on_behalf_of(&event.payload).unwrap_or(event.person);
        for person in [event.person, holder] {
            if self.roles(person)?.is_none() {
                return Ok(Authority::Unknown);
            }
        }
        let db = self.db;
        let Some(roles) = self.roles(holder)? else { return Ok(Authority::Unknown) };
        Ok(if roles.at(db, entry)?.contains(&role) { Authority::Held } else { Authority::NoRole })
    }

    fn roles(&mut self, person: PersonId) -> Result<Option<&Roles>, ReplicaError> {
        if !self.people.contains_key(&person) {
            let roles = Roles::of(self.db, person)?;
            self.people.insert(person, roles);
        }
        Ok(self.people.get(&person).and_then(Option::as_ref))
    }
}

/// For whom an act was taken, where that was somebody else.
fn on_behalf_of(payload: &str) -> Option<PersonId> {
    // Most acts are one's own.
    if !payload.contains(ON_BEHALF_OF) {
        return None;
    }
    let said: Map<String, Value> = serde_json::from_str(payload).ok()?;
    said.get(ON_BEHALF_OF)?.as_str()?.parse().ok()
}

/// Notes a change after those that came before it.
pub(crate) fn change(
    db: &Connection,
    place: usize,
    person: PersonId,
    roles: &[String],
    accepted: &Vector,
) -> Result<(), ReplicaError> {
    db.execute(
        "INSERT INTO role_change (person, place, roles, accepted) VALUES (?, ?, ?, ?)",
        params![person.0, place as i64, roles.join(" "), daiban_exchange::wire::encode(accepted)],
    )?;
    Ok(())
}
