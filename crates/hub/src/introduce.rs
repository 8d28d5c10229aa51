//! People who work at a device that is enrolled already.

use crate::{Hub, HubError, admit::valid_code, store};
use daiban_domain::{DeviceId, Instant, PersonId};
use daiban_exchange::{
    Log,
    enrolment::{Code, Introduce, Introduction},
    entry, key,
    request::{self, USERS},
    wire,
};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};

impl Hub {
    /// Introduces a person at the device that asks: their roles are an entry of the county's public partition, the code is
    /// spent. A device that didn't hear the answer asks again and hears the same.
    pub fn introduce(
        &self,
        sender: DeviceId,
        signature: &str,
        body: &[u8],
        now: Instant,
    ) -> Result<PersonId, HubError> {
        let mut db = self.db();
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let log = self.log(tx)?;
        let device = log.author(sender)?.ok_or(HubError::UnknownDevice)?;
        if !request::verify(USERS, body, sender, signature, &device.key) {
            return Err(HubError::UnknownDevice);
        }
        let asked: Introduce = wire::unpack(body).map_err(|_| HubError::Frame)?;
        if !(wire::PROTOCOL_MIN..=wire::PROTOCOL_MAX).contains(&asked.protocol) {
            return Err(HubError::Protocol);
        }
        let code = Code::parse(&asked.code).ok_or(HubError::BadCode)?.hash();
        let before = log.tx.query_row(
            "SELECT person FROM introduced WHERE code = ? AND device = ?",
            params![code, sender.0],
            |row| row.get(0).map(PersonId),
        );
        if let Some(person) = before.optional()? {
            return Ok(person);
        }
        let (unit, roles) = valid_code(&log.tx, code, now)?.ok_or(HubError::BadCode)?;
        if unit != device.unit {
            return Err(HubError::BadCode);
        }
        let introduction = Introduction {
            person: PersonId(key::random()?),
            name: asked.name,
            unit,
            device: sender,
            roles,
            code,
        };
        let entry = store::said(entry::kind::PERSON, wire::encode(&introduction), now);
        store::append_own(&log.tx, &log.identity.feed(), [entry], &self.signing)?;
        project(&log.tx, &introduction)?;
        log.commit()?;
        tracing::info!(device = %sender, unit = %unit, "a person was introduced");
        Ok(introduction.person)
    }
}

/// That a code is spent, and for whom.
pub(crate) fn project(tx: &Transaction<'_>, introduction: &Introduction) -> Result<(), HubError> {
    tx.execute(
        "INSERT OR REPLACE INTO introduced (code, person, device) VALUES (?, ?, ?)",
        params![introduction.code, introduction.person.0, introduction.device.0],
    )?;
    Ok(())
}
