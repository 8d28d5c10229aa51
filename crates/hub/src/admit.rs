//! Codes and enrolments.

use crate::{
    Hub, HubError,
    ca::Ca,
    store::{self, Tx},
};
use daiban_domain::{DeviceId, Instant, PersonId, Role, UnitCode};
use daiban_exchange::{
    Log,
    enrolment::{
        Admission, Application, Code, Enrolment,
        file::{Answered, Asked},
    },
    entry, key, wire,
};
use ed25519_dalek::VerifyingKey;
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use serde::Serialize;
use std::collections::BTreeSet;

/// How long a code may wait to be used.
const CODE_LIFE_MS: i64 = 24 * 60 * 60 * 1000;

/// A one-time code, to be told to one person.
#[derive(Clone, Debug, Serialize)]
pub struct IssuedCode {
    pub code: String,
    pub expires: Instant,
}

/// An answer to an application that came in a file.
pub struct ByFile {
    pub file: Vec<u8>,
    pub device: DeviceId,
    pub unit: UnitCode,
    /// What goes along.
    pub entries: u64,
}

impl Hub {
    /// Gives out a code for one device of a unit, or one person more at a device of it, who will hold these roles.
    pub fn issue_code(&self, unit: UnitCode, roles: &[Role], now: Instant) -> Result<IssuedCode, HubError> {
        let db = self.db();
        let known: bool = db.query_row(
            "SELECT EXISTS (SELECT 1 FROM unit WHERE code = ?)",
            params![unit.to_string()],
            |row| row.get(0),
        )?;
        if !known {
            return Err(HubError::UnknownUnit(unit));
        }
        let root = Ca::load(&self.folder)?.and_then(|ca| ca.root().key());
        let code = match root {
            Some(root) => Code::under_root(key::random()?, &root),
            None => Code::new(key::random()?, self.signing.verifying_key().as_bytes()),
        };
        let roles: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
        let expires = Instant(now.0 + CODE_LIFE_MS);
        db.execute(
            "INSERT INTO code (code, unit, roles, expires) VALUES (?, ?, ?, ?)",
            params![code.hash(), unit.to_string(), roles.join(" "), expires.0],
        )?;
        Ok(IssuedCode { code: code.to_string(), expires })
    }

    /// Enrols a device: its enrolment becomes an entry of the county's public partition, the code is spent.
    pub fn admit(&self, application: &Application, now: Instant) -> Result<Admission, HubError> {
        let key = applicant(application)?;
        let code = Code::parse(&application.code).ok_or(HubError::BadCode)?.hash();
        let mut db = self.db();
        let log = self.log(db.transaction_with_behavior(TransactionBehavior::Immediate)?)?;
        let enrolment = self.enrol(&log, application, &key, code, now)?;
        let hub = log.identity.hub;
        log.commit()?;
        self.admission(enrolment, hub, now)
    }

    /// The same for an application that came in a file; the answer brings what the device begins to work with. Asked again
    /// with the same file, it answers with the same enrolment, and with what the unit may read by then.
    pub fn admit_by_file(&self, file: &[u8], address: &str, now: Instant) -> Result<ByFile, HubError> {
        let asked = Asked::read(file)?;
        let application = asked.application()?;
        let key = applicant(&application)?;
        let mut db = self.db();
        let log = self.log(db.transaction_with_behavior(TransactionBehavior::Immediate)?)?;
        let code = code_of(&log.tx, &asked, &key, now)?.ok_or(HubError::BadCode)?;
        let enrolment = self.enrol(&log, &application, &key, code, now)?;
        let hub = log.identity.hub;
        log.commit()?;
        let (device, unit) = (enrolment.device, enrolment.unit);
        let log = self.log(db.transaction()?)?;
        let bundled = self.bundle(log, unit, std::slice::from_ref(&enrolment.recipient), &[], now)?;
        let admission = self.admission(enrolment, hub, now)?;
        let answered = Answered::signed(admission, address.to_owned(), bundled.file, &self.signing);
        Ok(ByFile { file: answered.write(), device, unit, entries: bundled.entries })
    }

    /// The enrolment of the device with this key and code: written now, or the one from before, for whoever didn't hear the
    /// answer and asks again.
    fn enrol(
        &self,
        log: &Tx<'_>,
        application: &Application,
        key: &VerifyingKey,
        code: [u8; 32],
        now: Instant,
    ) -> Result<Enrolment, HubError> {
        let same = |enrolment: &Enrolment| enrolment.key == key.to_bytes() && enrolment.code == code;
        if let Some(enrolment) = log.enrolments()?.into_iter().find(same) {
            let author = log.author(enrolment.device)?;
            return if author.is_some_and(|author| !author.revoked) {
                Ok(enrolment)
            } else {
                Err(HubError::BadCode)
            };
        }
        let (unit, roles) = valid_code(&log.tx, code, now)?.ok_or(HubError::BadCode)?;
        let mut tags = free_tags(&log.tx, unit, log.identity.restored)?;
        let enrolment = Enrolment {
            device: DeviceId(key::random()?),
            unit,
            name: application.device_name.clone(),
            key: key.to_bytes(),
            recipient: application.recipient.clone(),
            incarnation: application.incarnation,
            tag: tags.next().ok_or(HubError::TagsSpent)?,
            spare_tag: tags.next().ok_or(HubError::TagsSpent)?,
            person: PersonId(key::random()?),
            person_name: application.person_name.clone(),
            roles,
            code,
            person_key: application.person_key.as_ref().map(|person| person.key),
        };
        let entry = store::said(entry::kind::ENROLMENT, wire::encode(&enrolment), now);
        store::append_own(&log.tx, &log.identity.feed(), [entry], &self.signing)?;
        store::project_device(&log.tx, &enrolment)?;
        tracing::info!(device = %enrolment.device, unit = %unit, "enrolled");
        Ok(enrolment)
    }

    /// The hub's signed word about an enrolment, with a certificate that begins now.
    fn admission(&self, enrolment: Enrolment, hub: DeviceId, now: Instant) -> Result<Admission, HubError> {
        let certified = match Ca::load(&self.folder)? {
            Some(ca) => {
                let device = ca.device(enrolment.device, enrolment.unit, enrolment.key, now)?;
                Some(ca.certified(self.signing.verifying_key().to_bytes(), device, now)?)
            }
            None => None,
        };
        let (hub_key, signature) = ([0; 32], [0; 64]);
        Ok(Admission { enrolment, hub, hub_key, time: now, signature, certified }.signed(&self.signing))
    }
}

/// The key of a device that has shown that it has it, in a protocol that is spoken here.
fn applicant(application: &Application) -> Result<VerifyingKey, HubError> {
    if !(wire::PROTOCOL_MIN..=wire::PROTOCOL_MAX).contains(&application.protocol) {
        return Err(HubError::Protocol);
    }
    application.verify().ok_or(HubError::UnknownDevice)
}

/// The hash of the code that a file was made with: that of a device that is enrolled already, or one that still waits.
fn code_of(
    tx: &Transaction<'_>,
    asked: &Asked,
    key: &VerifyingKey,
    now: Instant,
) -> Result<Option<[u8; 32]>, HubError> {
    let mut statement = tx.prepare(
        "SELECT code FROM device WHERE key = ?1 UNION ALL SELECT code FROM code WHERE expires > ?2",
    )?;
    let codes = statement.query_map(params![key.to_bytes(), now.0], |row| row.get(0))?;
    for code in codes {
        let code = code?;
        if asked.made_with(&code) {
            return Ok(Some(code));
        }
    }
    Ok(None)
}

/// Unit and roles of a code that is known, not expired and not spent.
pub(crate) fn valid_code(
    tx: &Transaction<'_>,
    code: [u8; 32],
    now: Instant,
) -> Result<Option<(UnitCode, Vec<String>)>, HubError> {
    let spent: bool = tx.query_row(
        "SELECT EXISTS (SELECT 1 FROM device WHERE code = ?1) OR EXISTS (SELECT 1 FROM introduced WHERE code = ?1)",
        [code],
        |row| row.get(0),
    )?;
    if spent { Ok(None) } else { open_code(tx, code, now) }
}

/// Unit and roles of a code that is known and not expired.
pub(crate) fn open_code(
    tx: &Transaction<'_>,
    code: [u8; 32],
    now: Instant,
) -> Result<Option<(UnitCode, Vec<String>)>, HubError> {
    let row: Option<(String, String)> = tx
        .query_row(
            "SELECT unit, roles FROM code WHERE code = ? AND expires > ?",
            params![code, now.0],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let Some((unit, roles)) = row else { return Ok(None) };
    let unit = unit.parse().map_err(|_| HubError::Stored("code.unit"))?;
    Ok(Some((unit, roles.split(' ').map(str::to_owned).collect())))
}

/// Tags that no incarnation of the unit has or may yet take: A1 … A9, B1 … Z9, then all others of two characters. A store
/// that was restored may have forgotten some that it gave out, and stays away from where it would have gone on.
fn free_tags(
    tx: &Transaction<'_>,
    unit: UnitCode,
    restored: bool,
) -> Result<impl Iterator<Item = String> + use<>, HubError> {
    let mut statement = tx.prepare(
        "SELECT tag FROM device WHERE unit = ?1 UNION SELECT spare_tag FROM device WHERE unit = ?1",
    )?;
    let taken: BTreeSet<String> =
        statement.query_map(params![unit.to_string()], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let letters = || ('A'..='Z').map(String::from);
    let easy = letters().flat_map(|letter| (1..=9).map(move |digit| format!("{letter}{digit}")));
    let mut others: Vec<String> =
        letters().flat_map(move |first| letters().map(move |second| format!("{first}{second}"))).collect();
    if restored {
        let [start, _] = key::random::<2>()?.map(usize::from);
        others.rotate_left(start * 2);
    }
    let easy = easy.filter(move |_| !restored);
    Ok(easy.chain(others).filter(move |tag| !taken.contains(tag)))
}
