//! What is known of other devices by their own word, in a bundle or as a relay, and the county's word where it came that way.

use super::{Intake, Row, rows};
use crate::{ReplicaError, identity::text};
use daiban_domain::{DeviceId, Instant, Level, UnitCode};
use daiban_exchange::{Log, Vector, bundle::Carried, wire};
use rusqlite::{OptionalExtension, params};

impl Intake<'_> {
    /// Remembers what a device held when it signed for it. Of two words that were carried here the later counts; what is
    /// heard from the device itself always does, whatever its clock says.
    pub fn meet(
        &mut self,
        device: DeviceId,
        unit: UnitCode,
        time: Instant,
        vector: &Vector,
        carried: bool,
    ) -> Result<(), ReplicaError> {
        self.tx.execute(
            "INSERT INTO peer (device, unit, time, vector) VALUES (?, ?, ?, ?)
             ON CONFLICT (device) DO UPDATE SET unit = excluded.unit, time = excluded.time, vector = excluded.vector
             WHERE NOT ? OR excluded.time > time",
            params![device.0, unit.to_string(), time.0, wire::encode(vector), carried],
        )?;
        if unit.level() == Level::Township { self.mark_township() } else { Ok(()) }
    }

    /// Marks how far each feed is held by some township's device.
    fn mark_township(&self) -> Result<(), ReplicaError> {
        let mut statement = self.tx.prepare_cached("SELECT unit, vector FROM peer")?;
        let mut rows = statement.query([])?;
        let mut words: Vec<Vector> = Vec::new();
        while let Some(row) = rows.next()? {
            let unit: UnitCode = text(row, "unit")?;
            if unit.level() == Level::Township {
                words.push(minicbor::decode(row.get_ref("vector")?.as_blob().unwrap_or_default())?);
            }
        }
        for (id, feed) in rows::all(&self.tx)? {
            let mut reach = 0;
            for head in words.iter().filter_map(|word| word.get(&feed)) {
                if head.n > reach && self.chain_at(&feed, head.n)? == Some(head.chain) {
                    reach = head.n;
                }
            }
            self.tx
                .prepare_cached("UPDATE feed SET township_n = ?1 WHERE id = ?2 AND township_n != ?1")?
                .execute(params![reach, id])?;
        }
        Ok(())
    }

    /// What a device held by its last word.
    pub(super) fn held_by(&self, device: DeviceId) -> Result<Option<Vector>, ReplicaError> {
        let mut statement = self.tx.prepare_cached("SELECT vector FROM peer WHERE device = ?")?;
        let bytes: Option<Vec<u8>> = statement.query_row([device.0], |row| row.get(0)).optional()?;
        Ok(bytes.map(|bytes| minicbor::decode(&bytes)).transpose()?)
    }

    /// What every device of a unit that ever sent a bundle held then; `None` if none did.
    pub fn known_of(&self, unit: UnitCode) -> Result<Option<Vector>, ReplicaError> {
        let mut statement = self.tx.prepare_cached("SELECT vector FROM peer WHERE unit = ?")?;
        let mut rows = statement.query([unit.to_string()])?;
        let mut common: Option<Vector> = None;
        while let Some(row) = rows.next()? {
            let vector: Vector = minicbor::decode(row.get_ref("vector")?.as_blob().unwrap_or_default())?;
            common = Some(match common {
                None => vector,
                Some(common) => common.common(&vector),
            });
        }
        Ok(common)
    }

    /// The county's last receipt as far as it concerns a reader.
    pub fn carry_receipt(&self, reader: UnitCode) -> Result<Option<Carried>, ReplicaError> {
        let Some(last) = self.last_receipt()? else { return Ok(None) };
        let held = self.hub_vector()?;
        let vector = held.of(|feed| feed.partition.readable_by(reader));
        let others = held.roots(|partition| !partition.readable_by(reader));
        Ok(Some(Carried { receipt: last.receipt, vector, others }))
    }

    /// Marks what a carried receipt covers. It was given to someone else and may be older than what we heard ourselves, so
    /// it takes nothing back.
    pub fn heed_carried(&mut self, carried: &Carried) -> Result<(), ReplicaError> {
        for rows::County { id, feed, reach, .. } in rows::county(&self.tx)? {
            let Some(head) = carried.vector.get(&feed) else { continue };
            if head.n > reach && self.chain_at(&feed, head.n)? == Some(head.chain) {
                rows::reached(&self.tx, id, reach, head.n, carried.receipt.time, None)?;
            }
        }
        crate::clock::hear(&self.tx, carried.receipt.time)?;
        crate::counter::raise_anchor(&self.tx, carried.receipt.time)
    }

    /// The number of the last entry held of a feed.
    pub fn reach(&self, feed: &daiban_exchange::FeedId) -> Result<u64, ReplicaError> {
        Ok(Row::find(&self.tx, feed)?.map_or(0, |row| row.head.n))
    }
}
