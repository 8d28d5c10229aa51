//! One-time codes for those who ask from a township or the county: whoever sees to the devices there needn't come to the hub.

use crate::{Hub, HubError};
use daiban_domain::{DeviceId, Instant, Level, Role};
use daiban_exchange::{
    Log,
    enrolment::{AskCode, GivenCode},
    request::{self, CODES},
    wire,
};
use rusqlite::TransactionBehavior;

impl Hub {
    /// Gives a code out for the unit of the device that asks, or one below. Who of its people may ask, the desk decides.
    pub fn give_code(
        &self,
        sender: DeviceId,
        signature: &str,
        body: &[u8],
        now: Instant,
    ) -> Result<GivenCode, HubError> {
        let device = {
            let mut db = self.db();
            let log = self.log(db.transaction_with_behavior(TransactionBehavior::Immediate)?)?;
            log.author(sender)?.ok_or(HubError::UnknownDevice)?
        };
        if !request::verify(CODES, body, sender, signature, &device.key) {
            return Err(HubError::UnknownDevice);
        }
        let asked: AskCode = wire::unpack(body).map_err(|_| HubError::Frame)?;
        if !(wire::PROTOCOL_MIN..=wire::PROTOCOL_MAX).contains(&asked.protocol) {
            return Err(HubError::Protocol);
        }
        let theirs = device.unit.level() != Level::Village && device.unit.covers(asked.unit);
        let roles: Option<Vec<Role>> = asked.roles.iter().map(|role| role.parse().ok()).collect();
        let fit =
            |roles: &Vec<Role>| !roles.is_empty() && roles.iter().all(|role| role.fits(asked.unit.level()));
        let (true, false, Some(roles)) = (theirs, device.revoked, roles.filter(fit)) else {
            return Err(HubError::NotAllowed);
        };
        let issued = self.issue_code(asked.unit, &roles, now)?;
        tracing::info!(device = %sender, unit = %asked.unit, "a code was given out");
        Ok(GivenCode { code: issued.code, expires: issued.expires })
    }
}
