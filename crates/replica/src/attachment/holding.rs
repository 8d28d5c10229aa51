//! Who says that it holds which attachment: a projection of the entries that say so.

use super::settle;
use crate::ReplicaError;
use daiban_domain::{ContentHash, DeviceId, Hlc, Instant, UnitCode};
use daiban_exchange::{FeedId, Header, Partition, attachment::Holding, kind};
use rusqlite::{Connection, params};

/// A device that has said that it holds an attachment whole for the readers of a partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    pub device: DeviceId,
    /// The unit of the device; `None` for the hub itself.
    pub unit: Option<UnitCode>,
    /// When, by its own clock.
    pub at: Instant,
}

/// Takes a holder's word. It speaks for nobody but the device in whose feed it stands.
pub(crate) fn heed(db: &Connection, feed: &FeedId, header: &Header, body: &[u8]) -> Result<(), ReplicaError> {
    match minicbor::decode::<Holding>(body) {
        Ok(holding) => note(db, feed, (header.hlc, header.at), &holding),
        Err(error) => {
            tracing::warn!(device = %feed.device, %error, "a holder's word can't be read");
            Ok(())
        }
    }
}

/// Notes such a word, said at a stamp and a time of the holder's clock.
pub(super) fn note(
    db: &Connection,
    feed: &FeedId,
    (hlc, at): (Hlc, Instant),
    holding: &Holding,
) -> Result<(), ReplicaError> {
    let Partition { unit, kind, period } = feed.partition;
    for hash in &holding.hashes {
        db.prepare_cached(
            "INSERT INTO holding (hash, unit, kind, period, device, held, hlc, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET held = excluded.held, hlc = excluded.hlc, at = excluded.at
             WHERE (excluded.hlc, excluded.held, excluded.at) > (hlc, held, at)",
        )?
        .execute(params![
            hash.0,
            unit.to_string(),
            kind.as_str(),
            period,
            feed.device.0,
            holding.held,
            hlc.0 as i64,
            at.0
        ])?;
        settle(db, *hash)?;
    }
    Ok(())
}

/// All such words, anew from the entries.
pub(crate) fn project_holdings(db: &Connection) -> Result<(), ReplicaError> {
    let mut statement = db.prepare(
        "SELECT feed.*, entry.header, entry.body FROM entry JOIN feed ON feed.id = entry.feed WHERE entry.kind = ?",
    )?;
    let mut rows = statement.query([kind::HOLDING])?;
    while let Some(row) = rows.next()? {
        let header: Header = minicbor::decode(row.get_ref("header")?.as_blob().unwrap_or_default())?;
        heed(
            db,
            &crate::feed::rows::feed(row)?,
            &header,
            row.get_ref("body")?.as_blob().unwrap_or_default(),
        )?;
    }
    Ok(())
}

/// Who has said last that it holds an attachment whole for the readers of a partition, and not taken it back.
pub fn holders(
    db: &Connection,
    partition: Partition,
    hash: ContentHash,
) -> Result<Vec<Holder>, ReplicaError> {
    let mut statement = db.prepare_cached(
        "SELECT holding.device, device.unit, at FROM holding LEFT JOIN device USING (device)
         WHERE hash = ? AND holding.unit = ? AND kind = ? AND period = ? AND held",
    )?;
    let Partition { unit, kind, period } = partition;
    let mut rows = statement.query(params![hash.0, unit.to_string(), kind.as_str(), period])?;
    let mut holders = Vec::new();
    while let Some(row) = rows.next()? {
        let unit: Option<String> = row.get("unit")?;
        let unit = unit.map(|unit| unit.parse().map_err(|_| ReplicaError::Column("device.unit")));
        let (device, at) = (DeviceId(row.get("device")?), Instant(row.get("at")?));
        holders.push(Holder { device, unit: unit.transpose()?, at });
    }
    Ok(holders)
}
