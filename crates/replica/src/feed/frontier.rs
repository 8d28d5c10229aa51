//! Up to when the desks of a unit have been heard here.

use super::stored;
use crate::{ReplicaError, clock};
use daiban_domain::{
    DeviceId, Instant, UnitCode,
    case::frontier::{Frontier, Heard},
};
use daiban_exchange::Partition;
use rusqlite::{Connection, named_params};

/// Up to when the desks of some units have been heard in a partition. Of its own acts a desk lacks none.
pub fn frontier(
    db: &Connection,
    partition: Partition,
    units: &[UnitCode],
    now: Instant,
) -> Result<Frontier, ReplicaError> {
    let own =
        db.prepare_cached("SELECT device FROM identity")?.query_row([], |row| row.get(0).map(DeviceId))?;
    let mut devices = db.prepare_cached(
        // What a revoked device has still to say doesn't count.
        "SELECT device FROM device WHERE unit = ? AND NOT EXISTS (SELECT 1 FROM revoked WHERE revoked.device = device.device)
         ORDER BY device",
    )?;
    let mut frontier = Vec::new();
    for unit in units {
        let mut rows = devices.query([unit.to_string()])?;
        while let Some(row) = rows.next()? {
            let device = DeviceId(row.get("device")?);
            let until = match device == own {
                true => Some(clock::reading(db, now)?),
                false => heard(db, device, partition)?,
            };
            frontier.push(Heard { device, until });
        }
    }
    Ok(Frontier(frontier))
}

/// The latest hub-signed time that a device's feeds in a partition had seen: what isn't here yet of them was written
/// after it. A device that has written nothing there is known by its other feeds.
fn heard(db: &Connection, device: DeviceId, partition: Partition) -> Result<Option<Instant>, ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("frontier.sql"))?;
    let mut rows = statement.query(named_params! {
        ":unit": partition.unit.to_string(),
        ":kind": partition.kind.as_str(),
        ":period": partition.period,
        ":device": device.0,
    })?;
    let (mut has_written_there, mut heard) = (false, None);
    while let Some(row) = rows.next()? {
        let there: bool = row.get("there")?;
        if !there && has_written_there {
            break;
        }
        has_written_there |= there;
        // A newer program's entry says nothing here; 0 is no time at all.
        let Ok(header) = stored::read(row)?.header() else { continue };
        heard = heard.max(Some(header.anchor).filter(|anchor| anchor.0 > 0));
    }
    Ok(heard)
}
