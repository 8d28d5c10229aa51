//! Devices and people, as the hub enrolled them.

pub use super::role::now as roles;

use super::delegation;
use crate::{
    ReplicaError,
    document::{RowId, Writing},
    identity::text,
};
use daiban_domain::{DeviceId, Instant, PersonId, Role, UnitCode};
use daiban_exchange::{
    Header, Partition,
    enrolment::{Enrolment, Introduction},
    kind,
    person::AnotherKey,
    wire,
};
use ed25519_dalek::VerifyingKey;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeSet;

pub(crate) fn project(db: &Connection, enrolment: &Enrolment) -> Result<(), ReplicaError> {
    db.execute(
        "INSERT OR REPLACE INTO device (device, unit, name, key, recipient, tag) VALUES (?, ?, ?, ?, ?, ?)",
        params![
            enrolment.device.0,
            enrolment.unit.to_string(),
            enrolment.name,
            enrolment.key,
            enrolment.recipient,
            enrolment.tag
        ],
    )?;
    let Enrolment { person, unit, person_name, roles, device, person_key, .. } = enrolment;
    insert(db, *person, *unit, person_name, roles, *device)?;
    sign_with(db, *person, *person_key)
}

/// One more person at a device that is known already.
pub(crate) fn introduce(db: &Connection, introduction: &Introduction) -> Result<(), ReplicaError> {
    let Introduction { person, unit, name, roles, device, key, .. } = introduction;
    insert(db, *person, *unit, name, roles, *device)?;
    sign_with(db, *person, *key)
}

/// With which they sign from now on. Who had no key when they were introduced has none: what they have written is unsigned.
fn sign_with(db: &Connection, person: PersonId, key: Option<[u8; 32]>) -> Result<(), ReplicaError> {
    let Some(key) = key else { return Ok(()) };
    db.execute("INSERT OR IGNORE INTO person_key (person, key) VALUES (?, ?)", params![person.0, key])?;
    take_others(db, person)
}

/// Takes note of a key that the hub has signed for. Answers whether it did.
pub(crate) fn another_key(
    db: &Connection,
    hub: &VerifyingKey,
    device: DeviceId,
    another: &AnotherKey,
) -> Result<bool, ReplicaError> {
    if !another.verify(hub) {
        return Ok(false);
    }
    db.execute(
        "INSERT OR IGNORE INTO another_key (person, key, device) VALUES (?, ?, ?)",
        params![another.person.0, another.key, device.0],
    )?;
    take_others(db, another.person)?;
    Ok(true)
}

impl Writing<'_> {
    /// Says with which key somebody signs who has forgotten their password; the hub has signed for it.
    pub fn sign_with(&mut self, another: AnotherKey) -> Result<(), ReplicaError> {
        let (hub, device) = (self.identity().hub_key, self.identity().device);
        if !another_key(self.db(), &hub, device, &another)? {
            return Err(ReplicaError::KeyFile);
        }
        let header = Header { person: Some(another.person), ..self.header(kind::PERSON_KEY, None) };
        self.enter(Partition::public(self.identity().unit), header, wire::encode(&another))?;
        for row in written_by(self.db(), device, another.person)? {
            self.project(row)?;
        }
        Ok(())
    }
}

/// Documents to which somebody has written at their device, or in which others acted for them: what is known of them now may
/// tell otherwise whether that counts.
pub(crate) fn written_by(
    db: &Connection,
    device: DeviceId,
    person: PersonId,
) -> Result<BTreeSet<RowId>, ReplicaError> {
    let mut documents = BTreeSet::new();
    let mut statement = db.prepare_cached(include_str!("enrolment/written_at.sql"))?;
    let mut rows = statement.query([device.0])?;
    while let Some(row) = rows.next()? {
        let header = minicbor::decode::<Header>(row.get_ref("header")?.as_blob().unwrap_or_default());
        if header.is_ok_and(|header| header.person == Some(person)) {
            documents.insert(RowId(row.get("document")?));
        }
    }
    documents.extend(delegation::acted_for(db, person)?);
    Ok(documents)
}

fn take_others(db: &Connection, person: PersonId) -> Result<(), ReplicaError> {
    db.execute(include_str!("enrolment/take_others.sql"), [person.0])?;
    Ok(())
}

fn insert(
    db: &Connection,
    person: PersonId,
    unit: UnitCode,
    name: &str,
    roles: &[String],
    device: DeviceId,
) -> Result<(), ReplicaError> {
    db.execute(
        "INSERT OR REPLACE INTO person (person, unit, name, roles, device) VALUES (?, ?, ?, ?, ?)",
        params![person.0, unit.to_string(), name, roles.join(" "), device.0],
    )?;
    Ok(())
}

/// A person's name, and their roles now.
#[derive(Clone, Debug, Default)]
pub struct Person {
    pub name: String,
    pub roles: Vec<Role>,
}

pub fn person(db: &Connection, id: PersonId) -> Result<Option<Person>, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT name FROM person WHERE person = ?")?;
    let name = statement.query_row(params![id.0], |row| row.get(0)).optional()?;
    name.map(|name| Ok(Person { name, roles: roles(db, id)? })).transpose()
}

/// The people of a unit with this name.
pub fn named(db: &Connection, unit: UnitCode, name: &str) -> Result<Vec<PersonId>, ReplicaError> {
    let mut statement =
        db.prepare_cached("SELECT person FROM person WHERE unit = ? AND name = ? ORDER BY person")?;
    let people = statement.query_map(params![unit.to_string(), name], |row| row.get(0).map(PersonId))?;
    Ok(people.collect::<Result<_, _>>()?)
}

/// Where a person works.
pub fn unit(db: &Connection, id: PersonId) -> Result<Option<UnitCode>, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT unit FROM person WHERE person = ?")?;
    statement.query_row(params![id.0], |row| Ok(text(row, "unit"))).optional()?.transpose()
}

/// Everybody at a unit and below it.
pub fn people(db: &Connection, unit: UnitCode) -> Result<Vec<(PersonId, UnitCode)>, ReplicaError> {
    let sql = "SELECT person, unit FROM person WHERE unit LIKE ? || '%' ORDER BY unit, name, person";
    let mut statement = db.prepare_cached(sql)?;
    let people = statement.query_and_then([unit.prefix()], |row| {
        Ok::<_, ReplicaError>((PersonId(row.get("person")?), text(row, "unit")?))
    })?;
    people.collect()
}

/// How many people work at a unit.
pub fn count(db: &Connection, unit: UnitCode) -> Result<usize, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT count(*) FROM person WHERE unit = ? AND roles != ''")?;
    Ok(statement.query_row([unit.to_string()], |row| row.get(0))?)
}

/// Where bundles for a unit are sealed to: its own devices and those of all units above it, those that are revoked or those
/// that aren't.
pub fn recipients(db: &Connection, unit: UnitCode, revoked: bool) -> Result<Vec<String>, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT unit, recipient FROM device
         WHERE EXISTS (SELECT 1 FROM revoked WHERE revoked.device = device.device) = ? ORDER BY device",
    )?;
    let mut rows = statement.query([revoked])?;
    let mut recipients = Vec::new();
    while let Some(row) = rows.next()? {
        let theirs: UnitCode = text(row, "unit")?;
        if theirs.covers(unit) {
            recipients.push(row.get("recipient")?);
        }
    }
    Ok(recipients)
}

/// Public keys of the devices with a tag, and the units that they work for.
pub fn keys(db: &Connection, tag: &str) -> Result<Vec<(UnitCode, DeviceId, [u8; 32])>, ReplicaError> {
    let mut statement =
        db.prepare_cached("SELECT unit, device, key FROM device WHERE tag = ? ORDER BY device")?;
    let keys = statement.query_and_then([tag], |row| {
        Ok::<_, ReplicaError>((text(row, "unit")?, DeviceId(row.get("device")?), row.get("key")?))
    })?;
    keys.collect()
}

/// A device as it was enrolled.
#[derive(Clone, Debug)]
pub struct Device {
    pub device: DeviceId,
    pub unit: UnitCode,
    pub name: String,
    pub tag: String,
    /// When the county acknowledged something of it last, as far as has been heard here.
    pub received_last: Option<Instant>,
}

/// The devices of a unit and below it.
pub fn devices(db: &Connection, unit: UnitCode) -> Result<Vec<Device>, ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("enrolment/devices.sql"))?;
    let devices = statement.query_and_then([unit.prefix()], |row| {
        let received: Option<i64> = row.get("received_last")?;
        Ok::<_, ReplicaError>(Device {
            device: DeviceId(row.get("device")?),
            unit: text(row, "unit")?,
            name: row.get("name")?,
            tag: row.get("tag")?,
            received_last: received.map(Instant),
        })
    })?;
    devices.collect()
}

/// What people call a device.
pub fn device_name(db: &Connection, id: DeviceId) -> Result<Option<String>, ReplicaError> {
    let mut statement = db.prepare_cached("SELECT name FROM device WHERE device = ?")?;
    Ok(statement.query_row(params![id.0], |row| row.get(0)).optional()?)
}
