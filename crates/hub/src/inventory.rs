//! What a hub holds, in numbers, for whoever is to find out what is wrong with it: its status without what people typed.

use crate::{Hub, HubError, status, store};
use daiban_domain::{DeviceId, Instant, UnitCode};
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Inventory {
    pub county: UnitCode,
    pub hub: DeviceId,
    pub sqlite: String,
    /// SQLite's own words on the file; empty if it is sound.
    pub damage: Vec<String>,
    pub store: status::Store,
    pub last_backup: Option<Instant>,
    pub keys_kept: Option<Instant>,
    pub units: u64,
    pub devices: Vec<Device>,
    /// By partition.
    pub withheld: Vec<(String, u64)>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Device {
    pub device: String,
    pub unit: UnitCode,
    pub tag: String,
    pub last_seen: Option<Instant>,
    pub protocol: Option<u16>,
    pub revoked: bool,
    pub lacks: u64,
    pub clock_off_ms: Option<i64>,
    /// What isn't taken from it: partition, reason, since when.
    pub refused: Vec<(String, String, Instant)>,
}

impl Hub {
    pub fn inventory(&self, now: Instant) -> Result<Inventory, HubError> {
        let status = self.status(0, now)?;
        let db = store::reader(&self.folder)?;
        let damage = store::damage(&db)?;
        Ok(Inventory {
            county: status.county,
            hub: self.device,
            sqlite: rusqlite::version().to_owned(),
            damage,
            store: status.store,
            last_backup: status.last_backup,
            keys_kept: status.keys_kept,
            units: status.units,
            devices: status.devices.into_iter().map(Device::from).collect(),
            withheld: status.withheld.into_iter().map(|held| (held.partition, held.verdicts)).collect(),
        })
    }
}

impl From<status::Device> for Device {
    fn from(device: status::Device) -> Self {
        let refused = device.refused.into_iter().map(|run| (run.partition, run.reason, run.since)).collect();
        Self {
            device: device.device,
            unit: device.unit,
            tag: device.tag,
            last_seen: device.last_seen,
            protocol: device.protocol,
            revoked: device.revoked,
            lacks: device.lacks,
            clock_off_ms: device.clock_off_ms,
            refused,
        }
    }
}
