//! Devices: taking one out of use, what it wrote afterwards, and who did what.

use crate::{
    arguments::{AuditVerb, DeviceVerb},
    print,
};
use daiban_contract::{Failure, act, ask};
use daiban_desk::Desk;
use daiban_domain::Instant;

pub async fn device(verb: &DeviceVerb, desk: &Desk, now: Instant, json: bool) -> Result<(), Failure> {
    match verb {
        DeviceVerb::List => print::answer(&desk.devices(ask::Devices {}, now)?, json),
        DeviceVerb::Revoke { device, ground, since } => {
            let request = act::RevokeDevice { device: *device, ground: *ground, since: *since };
            print::answer(&desk.revoke_device(request, now)?, json);
        }
        DeviceVerb::Code { unit, role } => {
            let request = act::IssueCode { unit: *unit, roles: role.clone() };
            print::answer(&desk.issue_code(request, now).await?, json);
        }
        DeviceVerb::Held => print::answer(&desk.held(ask::Held {}, now)?, json),
        DeviceVerb::Review { document, accept, .. } => {
            let request = act::ReviewHeld { document: *document, accept: *accept };
            print::answer(&desk.review_held(request, now)?, json);
        }
        DeviceVerb::Breach { device, output: None } => {
            print::answer(&desk.breach(ask::Breach { device: *device }, now)?, json);
        }
        DeviceVerb::Breach { device, output: Some(file) } => {
            let request = act::ListAffected { device: *device, file: file.display().to_string() };
            print::answer(&desk.list_affected(request, now)?, json);
        }
    }
    Ok(())
}

/// Whether the records stand as they were signed for, where that is asked.
pub fn audit(verb: &AuditVerb, desk: &Desk, now: Instant, json: bool) -> Result<bool, Failure> {
    match verb {
        AuditVerb::Show { unit, since, case_no, limit } => {
            let (unit, since, case_no, limit) = (*unit, *since, case_no.clone(), *limit);
            print::answer(&desk.audit(ask::Audit { unit, since, case_no, limit }, now)?, json);
        }
        AuditVerb::Case { case_no } => {
            let audited = desk.audit_case(ask::AuditCase { case_no: case_no.clone() }, now)?;
            if json {
                print::answer(&audited, json);
            } else {
                print::sentences(&print::audit(&audited));
            }
        }
        AuditVerb::Verify => {
            let verified = desk.verify_audit(ask::VerifyAudit {}, now)?;
            print::answer(&verified, json);
            return Ok(verified.ok);
        }
    }
    Ok(true)
}
