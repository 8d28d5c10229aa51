//! What roles people have, and had: by their enrolment, and as units have changed them since. A change names the entries that
//! were written before it; no clock decides which roles counted for an act.

use super::delegation;
use crate::{ReplicaError, feed::rows};
use daiban_domain::{
    DeviceId, PersonId, Role,
    case::{Authority, Event, transition},
    delegation::Delegation,
};
use daiban_exchange::{Vector, revocation::accepts};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashMap;

/// Where somebody works, with which keys they sign, and their roles as they came one after the other.
struct Known {
    device: Option<DeviceId>,
    keys: Vec<[u8; 32]>,
    enrolled: Vec<Role>,
    /// Each with what was written before it.
    changes: Vec<(Vec<Role>, Vector)>,
}

impl Known {
    /// `None` of one whom nobody has introduced.
    fn of(db: &Connection, person: PersonId) -> Result<Option<Self>, ReplicaError> {
        let mut statement = db.prepare_cached("SELECT roles, device FROM person WHERE person = ?")?;
        let found = statement.query_row([person.0], |row| {
            Ok((row.get::<_, String>("roles")?, row.get::<_, Option<[u8; 8]>>("device")?))
        });
        let Some((enrolled, device)) = found.optional()? else { return Ok(None) };
        let mut statement = db.prepare_cached("SELECT key FROM person_key WHERE person = ? ORDER BY key")?;
        let keys = statement.query_map([person.0], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let mut changes = Vec::new();
        let mut statement =
            db.prepare_cached("SELECT roles, accepted FROM role_change WHERE person = ? ORDER BY place")?;
        let mut rows = statement.query([person.0])?;
        while let Some(row) = rows.next()? {
            let (roles, accepted): (String, Vec<u8>) = (row.get("roles")?, row.get("accepted")?);
            changes.push((read(&roles), minicbor::decode(&accepted)?));
        }
        let (device, enrolled) = (device.map(DeviceId), read(&enrolled));
        Ok(Some(Self { device, keys, enrolled, changes }))
    }

    fn roles_now(self) -> Vec<Role> {
        self.changes.into_iter().next_back().map_or(self.enrolled, |(roles, _)| roles)
    }

    /// At an entry: by the last change that it wasn't written before.
    fn roles_at(&self, db: &Connection, entry: Option<i64>) -> Result<&[Role], ReplicaError> {
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
    Ok(Known::of(db, person)?.map(Known::roles_now).unwrap_or_default())
}

/// Whether people might act as the events of a document say, each person looked up once.
pub(crate) struct Authorities<'d> {
    db: &'d Connection,
    people: HashMap<PersonId, Option<Known>>,
    /// What others have left to them.
    delegations: HashMap<PersonId, Vec<Delegation>>,
}

impl<'d> Authorities<'d> {
    pub fn of(db: &'d Connection) -> Self {
        Self { db, people: HashMap::new(), delegations: HashMap::new() }
    }

    /// Of an event that lies in this entry, or is being written; who wrote that has been compared already. `signed` tells
    /// whether one of some keys has signed it; `item_id`: what its case is about, empty of what is no case.
    pub fn judge(
        &mut self,
        event: &Event,
        entry: Option<i64>,
        item_id: &str,
        signed: impl FnOnce(&[[u8; 32]]) -> bool,
    ) -> Result<Authority, ReplicaError> {
        let Some(author) = self.known(event.person)? else { return Ok(Authority::Unknown) };
        if author.device.is_some_and(|device| device != event.device) {
            return Ok(Authority::Elsewhere);
        }
        let by_themselves = transition::legal_act(&event.kind) && !author.keys.is_empty();
        if by_themselves && !signed(&author.keys) {
            return Ok(Authority::Unsigned);
        }
        let db = self.db;
        let for_whom = event.on_behalf_of();
        let Some(holder) = self.known(for_whom.unwrap_or(event.person))? else {
            return Ok(Authority::Unknown);
        };
        if let Ok(role) = event.role.parse::<Role>()
            && !holder.roles_at(db, entry)?.contains(&role)
        {
            return Ok(Authority::NoRole);
        }
        if let Some(from) = for_whom
            && !self.delegated(from, event, item_id)?
        {
            return Ok(Authority::NotDelegated);
        }
        Ok(if by_themselves { Authority::Signed } else { Authority::Held })
    }

    /// Whether the one has left it to the author for the day of the act; both work at one unit then.
    fn delegated(&mut self, from: PersonId, event: &Event, item_id: &str) -> Result<bool, ReplicaError> {
        if !self.delegations.contains_key(&event.person) {
            let left = delegation::to(self.db, event.person)?;
            self.delegations.insert(event.person, left);
        }
        let counts = |one: &Delegation| one.from == from && one.holds(event.on.0) && one.of_item(item_id);
        Ok(self.delegations.get(&event.person).is_some_and(|left| left.iter().any(counts)))
    }

    fn known(&mut self, person: PersonId) -> Result<Option<&Known>, ReplicaError> {
        if !self.people.contains_key(&person) {
            let known = Known::of(self.db, person)?;
            self.people.insert(person, known);
        }
        Ok(self.people.get(&person).and_then(Option::as_ref))
    }
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
