//! Whom this device believes on the line, and what it shows there.

use crate::{Replica, ReplicaError, counter, identity::text};
use daiban_domain::{Level, UnitCode};
use daiban_exchange::{
    certificate::{self, Chain},
    tls::{Anchor, Credentials, Holder, Trust},
    wire,
};

impl Replica {
    /// Whom it believes where one of these should answer; `None` without a certificate.
    pub fn trust(&self, holder: Holder) -> Result<Option<Trust>, ReplicaError> {
        let Some(Credentials { root, chain, signing }) = self.credentials() else { return Ok(None) };
        let (_, since) = counter::clock(&self.db)?;
        Ok(Some(Trust { anchor: Anchor::Root(root), holder, since, us: Some((chain, signing)) }))
    }

    /// What it shows.
    pub fn credentials(&self) -> Option<Credentials> {
        let (root, chain) = (self.identity.root.clone()?, self.identity.certificate.clone()?);
        Some(Credentials { root, chain, signing: self.signing.clone() })
    }

    /// The keys of devices above this one's unit that may serve it as a relay.
    pub fn relays(&self) -> Result<Vec<[u8; 32]>, ReplicaError> {
        let mut statement = self.db.prepare_cached(
            "SELECT unit, key FROM device
             WHERE NOT EXISTS (SELECT 1 FROM revoked WHERE revoked.device = device.device)",
        )?;
        let mut rows = statement.query([])?;
        let mut keys = Vec::new();
        while let Some(row) = rows.next()? {
            let unit: UnitCode = text(row, "unit")?;
            if unit.level() != Level::Village && unit.covers(self.identity.unit) {
                keys.push(row.get("key")?);
            }
        }
        Ok(keys)
    }

    /// Shows another certificate from now on, if it is this device's and the county's.
    pub fn renew_certificate(&mut self, chain: &Chain) -> Result<bool, ReplicaError> {
        let Some(root) = &self.identity.root else { return Ok(false) };
        let (_, since) = counter::clock(&self.db)?;
        let ours = chain.key() == Some(self.signing.verifying_key().to_bytes());
        if !ours || certificate::holds(&chain.ders(), root, since).is_err() {
            return Ok(false);
        }
        self.db.execute("UPDATE identity SET certificate = ?", [wire::encode(chain)])?;
        self.identity.certificate = Some(chain.clone());
        Ok(true)
    }
}
