//! Who may publish what others go by.

use crate::Trouble;
use daiban_contract::Code;
use daiban_domain::{Level, PersonId, Role, revocation::may_revoke, speaks_for_the_county};
use daiban_replica::{Replica, public::enrolment};

/// Refuses whoever doesn't speak for the county; `rule` says in words what is the county's.
pub(super) fn countys_clerk(replica: &Replica, rule: &str) -> Result<(), Trouble> {
    let roles = enrolment::roles(replica.db(), replica.identity().person)?;
    if speaks_for_the_county(replica.identity().unit.level(), &roles) {
        return Ok(());
    }
    Err(no_role(rule))
}

/// Posts are kept by the township's head, and by the county (DOMAIN §2.3).
pub(super) fn staff_keeper(replica: &Replica) -> Result<(), Trouble> {
    let roles = enrolment::roles(replica.db(), replica.identity().person)?;
    let keepers: &[Role] = match replica.identity().unit.level() {
        Level::County => &[Role::CountyMerge, Role::Admin],
        Level::Township => &[Role::CentreHead],
        Level::Village => &[],
    };
    if keepers.iter().any(|keeper| roles.contains(keeper)) {
        return Ok(());
    }
    Err(no_role("人员的岗位信息要由乡镇的中心主任或县中心来登记"))
}

/// Devices are revoked, and what they wrote afterwards is reviewed, by whoever keeps them (DOMAIN §2.3, `ADMIN`).
pub(crate) fn device_keeper(replica: &Replica) -> Result<(), Trouble> {
    let roles = enrolment::roles(replica.db(), replica.identity().person)?;
    if may_revoke(replica.identity().unit.level(), &roles) {
        return Ok(());
    }
    Err(no_role("设备要由乡镇的系统管理员或中心主任，或县中心来注销和审核"))
}

/// Notices are published by whoever publishes for the county, and by the head of a township's centre for its own villages.
pub(crate) fn may_publish_notices(level: Level, roles: &[Role]) -> bool {
    speaks_for_the_county(level, roles) || level == Level::Township && roles.contains(&Role::CentreHead)
}

pub(super) fn notice_publisher(replica: &Replica) -> Result<(), Trouble> {
    let roles = enrolment::roles(replica.db(), replica.identity().person)?;
    if may_publish_notices(replica.identity().unit.level(), &roles) {
        return Ok(());
    }
    Err(no_role("通知和政策要由县中心汇总员或乡镇的中心主任来发"))
}

/// One's own roles are one's own to leave to another; the head of the unit may do it for all.
pub(super) fn delegation_keeper(replica: &Replica, from: PersonId) -> Result<(), Trouble> {
    let identity = replica.identity();
    let head = match identity.unit.level() {
        Level::County => Role::CountyMerge,
        Level::Township => Role::CentreHead,
        Level::Village => Role::VillageHead,
    };
    if identity.person == from || enrolment::roles(replica.db(), identity.person)?.contains(&head) {
        return Ok(());
    }
    Err(no_role(&format!("委托要由委托人本人或{}来登记", head.zh())))
}

fn no_role(rule: &str) -> Trouble {
    Trouble::new(Code::NoRole, format!("{rule}，这台设备上的人没有这个权限。"))
}
