//! Revoked devices: they may bring what they hold, and get nothing but what everybody may know.

use crate::HubError;
use daiban_domain::DeviceId;
use daiban_exchange::{
    FeedId, Vector,
    revocation::{Revocation, Told, accepted, standing},
};
use rusqlite::{Transaction, params};
use std::collections::BTreeMap;

/// Notes a revocation and tells anew who is revoked. One that can't be read is held, and heeded by nobody.
pub(super) fn note(tx: &Transaction<'_>, feed: &FeedId, n: u64, body: &[u8]) -> Result<(), HubError> {
    let Ok(revocation) = minicbor::decode::<Revocation>(body) else { return Ok(()) };
    tx.execute(
        "INSERT OR IGNORE INTO revocation (feed, n, device, body) VALUES (?, ?, ?, ?)",
        params![daiban_exchange::wire::encode(feed), n, revocation.device.0, body],
    )?;
    tell(tx)
}

/// Tells anew who is revoked.
pub(super) fn tell(tx: &Transaction<'_>) -> Result<(), HubError> {
    tx.execute("UPDATE device SET revoked = 0 WHERE revoked", [])?;
    for DeviceId(device) in revoked(tx)?.into_keys() {
        tx.execute("UPDATE device SET revoked = 1 WHERE device = ?", params![device])?;
    }
    Ok(())
}

/// Revoked devices, with what of theirs counts.
pub(super) fn revoked(tx: &Transaction<'_>) -> Result<BTreeMap<DeviceId, Vector>, HubError> {
    let mut statement = tx.prepare_cached(
        "SELECT feed, n, body, unit FROM revocation JOIN device USING (device) ORDER BY feed, n",
    )?;
    let mut rows = statement.query([])?;
    let mut told = Vec::new();
    while let Some(row) = rows.next()? {
        let (feed, body): (Vec<u8>, Vec<u8>) = (row.get("feed")?, row.get("body")?);
        let unit: String = row.get("unit")?;
        told.push(Told {
            feed: minicbor::decode(&feed).map_err(|_| HubError::Stored("revocation.feed"))?,
            n: row.get("n")?,
            of: unit.parse().map_err(|_| HubError::Stored("device.unit"))?,
            revocation: minicbor::decode(&body).map_err(|_| HubError::Stored("revocation.body"))?,
        });
    }
    Ok(accepted(&standing(told)))
}
