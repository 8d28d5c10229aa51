//! People who work at a device that is enrolled already.

use crate::{
    Hub, HubError,
    admit::{open_code, valid_code},
    store,
};
use daiban_domain::{DeviceId, Instant, PersonId};
use daiban_exchange::{
    Log,
    enrolment::{Code, Introduce, Introduction},
    entry, key,
    person::AnotherKey,
    request::{self, USERS},
    wire,
};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};

impl Hub {
    /// Signs for the key of somebody who has forgotten their password.
    pub fn vouch(&self, key: &[u8; 32]) -> [u8; 64] {
        AnotherKey::vouch(&self.signing, key)
    }

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
        if asked.person_key.as_ref().is_some_and(|person| !person.verify(device.key.as_bytes())) {
            return Err(HubError::UnknownDevice);
        }
        let person_key = asked.person_key.map(|person| person.key);
        let before = log.tx.query_row(
            "SELECT person, key FROM introduced WHERE code = ? AND device = ?",
            params![code, sender.0],
            |row| Ok((PersonId(row.get(0)?), row.get::<_, Option<[u8; 32]>>(1)?)),
        );
        let before = before.optional()?;
        let (person, said) = match before {
            Some((person, known)) if known == person_key => return Ok(person),
            // The answer was not heard, and the key that it was for is lost.
            Some((person, _)) => (person, open_code(&log.tx, code, now)?),
            None => (PersonId(key::random()?), valid_code(&log.tx, code, now)?),
        };
        let (unit, roles) = said.ok_or(HubError::BadCode)?;
        // Whoever has been revoked only brings what they hold.
        if unit != device.unit || device.revoked {
            return Err(HubError::BadCode);
        }
        let introduction =
            Introduction { person, name: asked.name, unit, device: sender, roles, code, key: person_key };
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
        "INSERT OR REPLACE INTO introduced (code, person, device, key) VALUES (?, ?, ?, ?)",
        params![introduction.code, introduction.person.0, introduction.device.0, introduction.key],
    )?;
    Ok(())
}
