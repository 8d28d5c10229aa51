//! Founding a hub: its keys, its units, and what the county publishes from the first day.

use crate::{Hub, HubError, Identity, store};
use daiban_domain::{DeviceId, DocumentId, Hlc, Instant, RULES_VERSION, Unit, UnitCode};
use daiban_exchange::{Entry, Header, Incarnation, entry, key};
use rusqlite::params;
use std::path::Path;

/// A document's first change, to be an entry of the county's public partition.
#[derive(Clone, Debug)]
pub struct Founding {
    pub document: DocumentId,
    /// The automerge actor of the change.
    pub actor: [u8; 8],
    pub change: Vec<u8>,
}

impl Hub {
    /// Founds a hub in a folder that holds none. All of it exists afterwards, or none.
    pub fn init(
        folder: &Path,
        county: UnitCode,
        units: &[Unit],
        founding: Vec<Founding>,
        now: Instant,
    ) -> Result<(), HubError> {
        if let Some(stranger) = units.iter().find(|unit| !county.covers(unit.code)) {
            return Err(HubError::UnknownUnit(stranger.code));
        }
        let (mut db, signing) = store::create(folder)?;
        let identity = Identity {
            county,
            hub: DeviceId(key::random()?),
            store: Incarnation::draw()?.0,
            restored: false,
            incarnation: Incarnation::draw()?,
        };
        let tx = db.transaction()?;
        tx.execute(
            "INSERT INTO identity (one, county, hub, store, moment, incarnation) VALUES (1, ?, ?, ?, 0, ?)",
            params![county.to_string(), identity.hub.0, identity.store, identity.incarnation.0],
        )?;
        for unit in units {
            tx.execute(
                "INSERT INTO unit (code, name) VALUES (?, ?)",
                params![unit.code.to_string(), unit.short_name],
            )?;
        }
        let mut named = None;
        let entries = founding.into_iter().map(|founding| {
            let header = Header {
                kind: entry::kind::CHANGE,
                version: 1,
                document: Some(founding.document),
                person: None,
                at: now,
                hlc: Hlc::at(now),
                rules_version: RULES_VERSION,
                anchor: now,
                actor: (named != Some(founding.actor)).then(|| founding.actor.to_vec()),
            };
            named = Some(founding.actor);
            Entry::new(&header, founding.change)
        });
        store::append_own(&tx, &identity.feed(), entries, &signing)?;
        tx.commit()?;
        drop(db);
        store::publish(folder)
    }
}
