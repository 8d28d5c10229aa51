//! Which device of which unit this replica is, as its enrolment said.

use crate::ReplicaError;
use daiban_domain::{DeviceId, PersonId, UnitCode};
use daiban_exchange::{
    FeedId, Incarnation, Partition,
    certificate::{Chain, Root},
    wire,
};
use ed25519_dalek::VerifyingKey;
use rusqlite::{Connection, Row, Transaction, params};
use std::str::FromStr;

#[derive(Clone, Debug)]
pub struct Identity {
    pub county: UnitCode,
    pub unit: UnitCode,
    pub device: DeviceId,
    pub device_name: String,
    pub incarnation: Incarnation,
    pub tag: String,
    pub spare_tag: String,
    /// Who works at it now; whom the device was enrolled with where nobody has said.
    pub person: PersonId,
    /// age recipient, for bundles addressed to this device.
    pub recipient: String,
    pub hub_url: String,
    pub hub: DeviceId,
    /// Pinned at enrolment.
    pub hub_key: VerifyingKey,
    /// The county's, and what vouches for this device; absent where it was enrolled before there was TLS.
    pub root: Option<Root>,
    pub certificate: Option<Chain>,
}

impl Identity {
    /// The feed through which this incarnation writes a partition.
    pub fn feed(&self, partition: Partition) -> FeedId {
        FeedId { partition, device: self.device, incarnation: self.incarnation, branch: None }
    }

    pub(crate) fn insert(&self, tx: &Transaction<'_>) -> Result<(), ReplicaError> {
        tx.execute(
            include_str!("identity/insert.sql"),
            params![
                self.county.to_string(),
                self.unit.to_string(),
                self.device.0,
                self.device_name,
                self.incarnation.0 as i64,
                self.tag,
                self.spare_tag,
                self.person.0,
                self.recipient,
                self.hub_url,
                self.hub.0,
                self.hub_key.to_bytes(),
                self.root.as_ref().map(wire::encode),
                self.certificate.as_ref().map(wire::encode),
            ],
        )?;
        Ok(())
    }

    /// Whether this is still the folder's incarnation: another process may have begun a new one.
    pub(crate) fn current(&self, db: &Connection) -> Result<bool, ReplicaError> {
        let mut statement = db.prepare_cached("SELECT incarnation FROM identity")?;
        let incarnation: i64 = statement.query_row([], |row| row.get(0))?;
        Ok(incarnation as u64 == self.incarnation.0)
    }

    pub(crate) fn load(db: &Connection) -> Result<Self, ReplicaError> {
        db.query_row(include_str!("identity/load.sql"), [], |row| Ok(Self::from_row(row)))?
    }

    /// What another process may have changed. Who works here now stays.
    pub(crate) fn reload(&mut self, db: &Connection) -> Result<(), ReplicaError> {
        *self = Self { person: self.person, ..Self::load(db)? };
        Ok(())
    }

    fn from_row(row: &Row<'_>) -> Result<Self, ReplicaError> {
        let key: [u8; 32] = row.get("hub_key")?;
        Ok(Self {
            county: text(row, "county")?,
            unit: text(row, "unit")?,
            device: DeviceId(row.get("device")?),
            device_name: row.get("device_name")?,
            incarnation: Incarnation(row.get::<_, i64>("incarnation")? as u64),
            tag: row.get("tag")?,
            spare_tag: row.get("spare_tag")?,
            person: PersonId(row.get("person")?),
            recipient: row.get("recipient")?,
            hub_url: row.get("hub_url")?,
            hub: DeviceId(row.get("hub")?),
            hub_key: VerifyingKey::from_bytes(&key).map_err(|_| ReplicaError::Column("identity.hub_key"))?,
            root: decoded(row, "root")?,
            certificate: decoded(row, "certificate")?,
        })
    }
}

/// A column that holds a value's bytes, or nothing.
fn decoded<T: for<'b> minicbor::Decode<'b, ()>>(
    row: &Row<'_>,
    column: &'static str,
) -> Result<Option<T>, ReplicaError> {
    let Some(bytes) = row.get::<_, Option<Vec<u8>>>(column)? else { return Ok(None) };
    minicbor::decode(&bytes).map(Some).map_err(|_| ReplicaError::Column(column))
}

/// A column that holds the text of a value.
pub(crate) fn text<T: FromStr>(row: &Row<'_>, column: &'static str) -> Result<T, ReplicaError> {
    row.get_ref(column)?.as_str().ok().and_then(|text| text.parse().ok()).ok_or(ReplicaError::Column(column))
}
